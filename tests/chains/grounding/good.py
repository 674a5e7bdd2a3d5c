"""The frozen good replies and the sheets they were written for."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict

from pydantic import TypeAdapter

from chains.facts.fact import Fact, Missing
from chains.facts.sheet import Ask, Contrast, FactSheet, Option
from chains.reply import Reply
from chains.request import InsightKind
from chains.training.profile import Units

HERE = Path(__file__).parent


class SheetDocument(TypedDict):
    kind: str
    activity_id: str | None
    as_of: str
    units: str
    facts: list[dict[str, object]]
    options: list[dict[str, object]]
    asks: list[dict[str, object]]
    contrasts: list[dict[str, object]]
    missing: list[dict[str, object]]


def _fact(document: dict[str, object]) -> Fact:
    """A window is a pair of days in the file."""
    fields = dict(document)
    if isinstance(window := fields.get("window"), list):
        fields["window"] = {"first": window[0], "last": window[1]}
    return TypeAdapter(Fact).validate_python(fields)


def _sheet(document: SheetDocument) -> FactSheet:
    facts = [_fact(f) for f in document["facts"]]
    return FactSheet(
        kind=InsightKind(document["kind"]),
        athlete_id="athlete",
        activity_id=document["activity_id"],
        as_of=date.fromisoformat(document["as_of"]),
        units=Units(document["units"]),
        facts={f.id: f for f in facts},
        options=TypeAdapter(tuple[Option, ...]).validate_python(document["options"]),
        asks=TypeAdapter(tuple[Ask, ...]).validate_python(document["asks"]),
        contrasts=TypeAdapter(tuple[Contrast, ...]).validate_python(document["contrasts"]),
        missing=TypeAdapter(tuple[Missing, ...]).validate_python(document["missing"]),
    )


@cache
def good_sheets() -> dict[str, FactSheet]:
    documents: dict[str, SheetDocument] = json.loads((HERE / "good_sheets.json").read_text())
    return {name: _sheet(document) for name, document in documents.items()}


@cache
def good_replies() -> tuple[tuple[FactSheet, Reply], ...]:
    """Every frozen reply with its sheet."""
    lines = (HERE / "good_replies.jsonl").read_text().splitlines()
    documents = [json.loads(line) for line in lines]
    return tuple((good_sheets()[d["sheet"]], Reply.model_validate(d["reply"])) for d in documents)
