"""One year of the training log as a document: all columns one block of numbers, one after the other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from bson import Binary
from numpy.typing import NDArray

from app.activities.documents import Document
from chains.training.joining import in_order, moved, named_once, offsets, trimmed
from chains.training.log import HEART_WIDTH, POWERS_WIDTH, STRETCHES_WIDTH, Columns, Make, Rows, TrainingLog, log_of
from chains.training.rows import COLUMNS, NONE

EMPTY = log_of(())
_MATRICES: Mapping[str, tuple[str, NDArray[Any]]] = {
    "hearts": ("heart", EMPTY.hearts),
    "stretches": ("stretches", EMPTY.stretches),
    "powers": ("powers", EMPTY.powers),
}
"""What lies beside the columns: the column that counts into it, and an empty one."""
_NONE = np.array([NONE], dtype=COLUMNS["heart"]).tobytes()
_HEX = re.compile(rb"(?:[0-9a-f]{32})*")
_NUMBERS = tuple(name for name in COLUMNS if name != "id")
_SIZES = np.array([COLUMNS[name].itemsize for name in _NUMBERS])

FORM = 2
"""To be raised with every change of what `to_block` writes."""


def with_hearts_from(year: int) -> Document:
    """Projection: years that no daily load is computed from are read without heart rate times, which are half of a block."""
    read = dict.fromkeys(("year", "n", "ids", "whole", "columns", "stretches", "powers", "devices"), 1)
    return {"_id": 0, **read, "hearts": {"$cond": [{"$gte": ["$year", year]}, "$hearts", "$$REMOVE"]}}


def to_block(log: TrainingLog) -> Document:
    """The same bytes for the same activities. A column that says the same of all, and most say nothing, is written once.

    `whole` marks the others, a bit each in the order of `COLUMNS` after the identifiers, which come first, written as `ids` says.
    """
    kept = trimmed(log)
    ids, identifiers = _packed_ids(kept.columns["id"])
    numbers = [_once(kept.columns[name]) for name in _NUMBERS]
    return {
        "n": len(kept),
        "ids": ids,
        "whole": sum(1 << bit for bit, values in enumerate(numbers) if len(values) == len(kept)),
        "columns": Binary(identifiers + b"".join(values.tobytes() for values in numbers)),
        "hearts": Binary(kept.hearts.tobytes()),
        "stretches": Binary(kept.stretches.tobytes()),
        "powers": Binary(kept.powers.tobytes()),
        "devices": list(kept.devices),
    }


def to_log(blocks: Sequence[Mapping[str, Any]]) -> TrainingLog:
    """What `to_block` was given, the years as one; without heart rate times where they were not read.

    Bytes are joined before they become numbers: fifty years cost little more than one.
    """
    rows = [block["n"] for block in blocks]
    packed = {name: [block.get(name, b"") for block in blocks] for name in _MATRICES}
    firsts = {index: offsets([len(part) // _bytes_a_row(name) for part in packed[name]]) for name, (index, _) in _MATRICES.items()}
    firsts["device"] = offsets([len(block["devices"]) for block in blocks])
    devices, which = named_once([device for block in blocks for device in block["devices"]])
    columns = _columns(blocks, firsts, which)
    matrices = {name: np.frombuffer(b"".join(parts), _MATRICES[name][1].dtype) for name, parts in packed.items()}
    return TrainingLog(
        columns=columns,
        at=in_order(np.arange(sum(rows)), columns["started_ms"]),
        hearts=matrices["hearts"].reshape(-1, HEART_WIDTH),
        stretches=matrices["stretches"].reshape(-1, STRETCHES_WIDTH),
        powers=matrices["powers"].reshape(-1, POWERS_WIDTH),
        devices=devices,
    )


def _columns(blocks: Sequence[Mapping[str, Any]], firsts: Mapping[str, Rows], which: NDArray[Any]) -> Columns:
    """Those of all blocks, and shorter ones of some. What indices count into begins at `firsts`; `which` device each name is."""
    rows, starts = [block["n"] for block in blocks], _starts(blocks)
    begins = offsets(rows)

    def of_blocks(chosen: Sequence[int]) -> Make:
        some, start, n = [blocks[i] for i in chosen], [starts[i] for i in chosen], [rows[i] for i in chosen]

        def column(name: str) -> NDArray[Any]:
            parts = map(_ids, some) if name == "id" else _parts(some, name, start)
            values = np.frombuffer(b"".join(parts), COLUMNS[name])
            index = moved(values, firsts[name][chosen], n) if name in firsts else values
            return which[index] if name == "device" else index

        return column

    def near(at: Rows) -> tuple[Make, Rows]:
        held = np.searchsorted(begins, at, side="right") - 1
        chosen = np.unique(held).tolist()
        shorter = offsets([rows[i] for i in chosen])
        return of_blocks(chosen), at - begins[held] + shorter[np.searchsorted(chosen, held)]

    return Columns(of_blocks(range(len(blocks))), near)


def _starts(blocks: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """Where in the bytes of each block its columns of numbers begin."""
    if not blocks:
        return []
    rows = np.array([[block["n"]] for block in blocks])
    whole = np.array([[block["whole"]] for block in blocks]) >> np.arange(len(_NUMBERS)) & 1 == 1
    lengths = np.where(whole, rows, 1) * _SIZES
    first = np.array([[block["n"] * _id_bytes(block)] for block in blocks])
    starts: list[list[int]] = (first + np.cumsum(lengths, axis=1) - lengths).tolist()
    return starts


def _parts(blocks: Sequence[Mapping[str, Any]], name: str, starts: Sequence[Sequence[int]]) -> Iterator[bytes]:
    """The bytes of a column of each block, one number for each row."""
    bit, size = _NUMBERS.index(name), COLUMNS[name].itemsize
    for block, start in zip(blocks, starts, strict=True):
        n, at = block["n"], start[bit]
        if name == "heart" and "hearts" not in block:
            yield _NONE * n
        elif block["whole"] >> bit & 1:
            yield block["columns"][at : at + n * size]
        else:
            yield block["columns"][at : at + size] * n


def _packed_ids(ids: NDArray[np.bytes_]) -> tuple[str, bytes]:
    """How they are written, and their bytes: 32 hex digits as the 16 bytes they stand for, others as wide as the longest."""
    packed = ids.tobytes()
    if _HEX.fullmatch(packed):
        return "hex", bytes.fromhex(packed.decode())
    narrow = ids.astype(f"S{max(map(len, ids.tolist()))}")
    return narrow.dtype.str, narrow.tobytes()


def _ids(block: Mapping[str, Any]) -> bytes:
    packed: bytes = block["columns"][: block["n"] * _id_bytes(block)]
    if block["ids"] == "hex":
        return packed.hex().encode()
    return np.frombuffer(packed, block["ids"]).astype(COLUMNS["id"]).tobytes()


def _id_bytes(block: Mapping[str, Any]) -> int:
    return COLUMNS["id"].itemsize // 2 if block["ids"] == "hex" else np.dtype(block["ids"]).itemsize


def _bytes_a_row(matrix: str) -> int:
    like = _MATRICES[matrix][1]
    return int(like.shape[1]) * like.itemsize


def _once(values: NDArray[Any]) -> NDArray[Any]:
    same = len(values) > 1 and np.array_equal(values, np.broadcast_to(values[:1], values.shape), equal_nan=values.dtype.kind == "f")
    return values[:1] if same else values
