"""Each prompt as it is sent, word for word: a change of wording shows in review. `UPDATE_SNAPSHOTS=1` writes them anew."""

import os
from pathlib import Path

import pytest

from chains.facts.sheet import FactSheet, Quote
from chains.request import InsightKind
from chains.writers.brief import Brief, Repair
from chains.writers.script import script_for
from tests.chains.writing import UNGROUNDED, sheet

SNAPSHOTS = Path(__file__).parent / "snapshots"

SEASON_KINDS = (
    InsightKind.TRAINING_LOAD,
    InsightKind.PROGRESS,
    InsightKind.RACE_OUTLOOK,
    InsightKind.RECOVERY,
    InsightKind.NEXT_WORKOUT,
)
REPAIR = Repair(raw=UNGROUNDED, faults=('free_number: in "You ran 25 km." the piece "25". Expected: a reference to a fact',))


def rendered(facts: FactSheet, repair: Repair | None) -> str:
    messages = Brief(sheet=facts, script=script_for(facts.kind), repair=repair).messages
    return "\n".join(f"===== {message.type} =====\n{message.text}" for message in messages)


@pytest.mark.parametrize(
    ("name", "facts", "repair"),
    [
        ("weekly_review", sheet(), None),
        ("activity_summary", sheet(kind=InsightKind.ACTIVITY_SUMMARY, activity_id="a1", quotes=(), contrasts=()), None),
        *((kind.value, sheet(kind=kind, quotes=(), contrasts=()), None) for kind in SEASON_KINDS),
        ("question", sheet(kind=InsightKind.QUESTION, quotes=(Quote(source="question", text="Am I getting faster?"),), contrasts=()), None),
        ("repair", sheet(), REPAIR),
    ],
)
def test_prompt_is_sent_as_recorded(name: str, facts: FactSheet, repair: Repair | None) -> None:
    path = SNAPSHOTS / f"{name}.txt"
    text = rendered(facts, repair)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text)

    assert text == path.read_text()


def test_every_kind_has_its_snapshot() -> None:
    assert {kind.value for kind in InsightKind} <= {path.stem for path in SNAPSHOTS.iterdir()}


def test_the_stable_part_comes_first_and_holds_nothing_of_the_athlete() -> None:
    script = script_for(InsightKind.WEEKLY_REVIEW)
    one, other = (Brief(sheet=facts, script=script).messages[0].text for facts in (sheet(), sheet(facts={}, quotes=())))

    assert one == other
