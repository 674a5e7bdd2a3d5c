"""Weeks with an injury on file: told as a return, with no word on what is missing and no step up on offer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chains.facts.gates import unmet
from chains.facts.registry import analyse
from chains.facts.sheet import FactSheet
from chains.grounding.checker import check
from chains.render import printed
from chains.request import InsightKind
from chains.training.profile import Profile, Units
from chains.writers.rules.analyst import RulesWriter
from chains.writers.rules.phrases import return_phrases
from tests.builders import TODAY, context, run, strength, weeks_of
from tests.chains.facts.reading import reasons, shown
from tests.chains.rules.situations_progress import weeks

KINDS = (InsightKind.WEEKLY_REVIEW, InsightKind.PROGRESS, InsightKind.TRAINING_LOAD)
WELL = (*weeks_of(40, from_weeks_ago=2), *weeks_of(1, from_weeks_ago=1, kms=(6.0, 4.0)), run(3, km=5.0, pace_s=370.0, hr=150.0))
"""Forty weeks of four runs, then two thin ones that end in a slow and dear run."""
HURT = Profile(injury="left achilles since the winter")


def told(kind: InsightKind, profile: Profile, *, days_ago: int = 0, person: str = "ada") -> tuple[FactSheet, str]:
    sheet = replace(analyse(context(kind, WELL, profile=profile, as_of=TODAY - timedelta(days=days_ago))), athlete_id=person)
    reply = RulesWriter().compose(sheet)
    assert not check(reply, sheet)
    return sheet, "\n".join(
        printed(t, sheet.facts, sheet.units) for t in (reply.headline, *reply.observations, *(a.why for a in reply.actions))
    )


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_was_missed_is_told_as_a_lack(kind: InsightKind) -> None:
    sheet, text = told(kind, HURT)
    assert [i for i, f in sheet.facts.items() if f.direction == -1 or f.polarity == -1 or f.rank] == []
    assert not any(word in text for word in ("%", "less", "below", "slower", "dearer", "usual week of", "behind"))
    assert any(f.direction is not None for f in told(kind, Profile())[0].facts.values()), "without the injury the same weeks are compared"


@pytest.mark.parametrize("kind", KINDS)
def test_no_step_up_is_offered(kind: InsightKind) -> None:
    sheet, _ = told(kind, HURT)
    assert {o.id for o in sheet.options} <= {"rest", "rest_day", "recovery", "cross_training"}
    assert sheet.asks == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_injury_is_named_as_the_reason_without_the_athletes_words(kind: InsightKind) -> None:
    sheet, text = told(kind, HURT)
    assert "injury in your profile" in text
    assert "achilles" not in f"{text}{sheet.facts}"
    assert "take it out of the profile" in reasons(sheet)["injury"]


def test_the_last_weeks_stand_side_by_side() -> None:
    sheet, text = told(InsightKind.WEEKLY_REVIEW, HURT)
    assert shown(sheet, "return.weeks", "list") == "40.0 km, 40.0 km, 10.0 km and 5.0 km"
    assert shown(sheet, "return.weeks", "list") in text


def test_a_week_without_a_run_is_none_and_distances_are_in_the_athletes_units() -> None:
    profile = replace(HURT, units=Units.IMPERIAL)
    sheet = analyse(context(InsightKind.WEEKLY_REVIEW, weeks_of(12, from_weeks_ago=2), profile=profile))
    assert shown(sheet, "return.weeks", "list").endswith("miles, none and none")


@pytest.mark.parametrize("kind", [InsightKind.RACE_OUTLOOK, InsightKind.RECOVERY, InsightKind.NEXT_WORKOUT])
def test_other_kinds_are_read_as_before(kind: InsightKind) -> None:
    assert "return.sessions" not in analyse(context(kind, (*weeks_of(30), run(4, km=10, pace_s=280, hr=172)), profile=HURT)).facts


def test_every_wording_of_a_return_is_said_somewhere() -> None:
    broken = (*weeks_of(30, from_weeks_ago=40), *weeks_of(20, from_weeks_ago=16), *weeks_of(12, from_weeks_ago=2))
    lifting = [strength(days_ago=d) for d in range(60, 0, -2)]
    daily = [run(days_ago=d, km=5) for d in range(80, -1, -1)]
    gaps = [a for gap in (1, 14, 27, 40) for a in weeks_of(12, from_weeks_ago=gap)][::-1]
    returns = [*weeks(30, ago=70), *weeks(20, ago=44), *weeks(20, ago=18), *weeks(14)]
    said = ""
    for activities in (WELL, broken, returns, lifting, daily, gaps, weeks_of(12, from_weeks_ago=5)):
        for kind in KINDS:
            for days in (*range(0, 49, 7), 2):
                said += _said(kind, activities, days)
    assert [p for p, wordings in return_phrases().items() if not any(w in said for w in wordings)] == []


def _said(kind: InsightKind, activities: object, days_ago: int) -> str:
    asked = context(kind, activities, profile=HURT, as_of=TODAY - timedelta(days=days_ago))  # type: ignore[arg-type]
    if unmet(asked, kind):
        return ""
    sheet = analyse(asked)
    reply = RulesWriter().compose(sheet)
    assert not check(reply, sheet)
    return "\n".join((reply.headline, *reply.observations, *(a.why for a in reply.actions)))
