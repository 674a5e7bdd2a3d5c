"""Several logs as one, and a log without what it no longer refers to: how stored years become a history and back."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chains.training.log import Columns, Rows, TrainingLog, log_of
from chains.training.rows import COLUMNS, NONE


def joined(logs: Sequence[TrainingLog]) -> TrainingLog:
    """All rows of several logs in order of start; none may be in two of them."""
    if not logs:
        return log_of(())
    if len(logs) == 1:
        return logs[0]
    rows = [len(log.columns["started_ms"]) for log in logs]
    beside = {
        "device": offsets([len(log.devices) for log in logs]),
        "heart": offsets([len(log.hearts) for log in logs]),
        "stretches": offsets([len(log.stretches) for log in logs]),
        "powers": offsets([len(log.powers) for log in logs]),
    }

    devices, which = named_once([device for log in logs for device in log.devices])

    def column(name: str) -> NDArray[Any]:
        together = np.concatenate([log.columns[name] for log in logs])
        values = moved(together, beside[name], rows) if name in beside else together
        return which[values] if name == "device" else values

    columns = Columns(column)
    at = np.concatenate([log.at + offset for log, offset in zip(logs, offsets(rows), strict=True)])
    return TrainingLog(
        columns=columns,
        at=in_order(at, columns["started_ms"][at]),
        hearts=np.concatenate([log.hearts for log in logs]),
        stretches=np.concatenate([log.stretches for log in logs]),
        powers=np.concatenate([log.powers for log in logs]),
        devices=devices,
    )


def trimmed(log: TrainingLog) -> TrainingLog:
    """Its own rows and no others, ordered as `log_of` orders them, and beside them only what they use."""
    at = np.lexsort((log.field("id"), log.field("started_ms")))
    columns = {name: log.field(name)[at] for name in COLUMNS}
    names = [log.devices[i] if i != NONE else "" for i in columns["device"].tolist()]
    devices = tuple(sorted({name for name in names if name}))
    columns["device"] = np.array([devices.index(name) if name else NONE for name in names], dtype=COLUMNS["device"])
    used: dict[str, NDArray[np.int32]] = {}
    for name in ("heart", "stretches", "powers"):
        known = columns[name] != NONE
        used[name] = columns[name][known]
        columns[name] = np.where(known, np.cumsum(known) - 1, NONE).astype(COLUMNS[name])
    return TrainingLog(
        columns=columns,
        at=np.arange(len(at)),
        hearts=log.hearts[used["heart"]],
        stretches=log.stretches[used["stretches"]],
        powers=log.powers[used["powers"]],
        devices=devices,
    )


def offsets(sizes: Sequence[int]) -> Rows:
    """Where each of several lists begins once they lie one after the other."""
    return np.cumsum([0, *sizes])[:-1]


def named_once(devices: Sequence[str]) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Each device once, and which of them each is, NONE last so that NONE stays what it is: the watch of two years is one watch."""
    known = {name: i for i, name in enumerate(dict.fromkeys(devices))}
    return tuple(known), np.array([*(known[name] for name in devices), NONE], dtype=COLUMNS["device"])


def moved(index: NDArray[Any], first: Rows, rows: Sequence[int]) -> NDArray[Any]:
    """Indices into lists, so many rows into each, as they are once the lists lie one after the other and begin at `first`."""
    return np.where(index == NONE, index, index + np.repeat(first, rows).astype(index.dtype))


def in_order(at: Rows, started_ms: NDArray[np.int64]) -> Rows:
    """The same rows in order of start."""
    return at if np.all(started_ms[1:] >= started_ms[:-1]) else at[np.argsort(started_ms, kind="stable")]
