"""What many running days and a hard day on the eve have meant in heartbeats per kilometre."""

import pytest

from chains.facts.registry import analyse
from chains.facts.sheet import FactSheet
from chains.training.activity import Activity
from tests.builders import review_of, weeks_of
from tests.chains.facts.reading import reasons, shown, value
from tests.chains.rules.situations_density import parted, spaced


def review(activities: tuple[Activity, ...]) -> FactSheet:
    return analyse(review_of(activities))


@pytest.mark.parametrize(("many_hr", "direction"), [(152.0, 1), (145.0, 0), (138.0, -1)])
def test_weeks_of_many_running_days_stand_against_weeks_of_fewer(many_hr: float, direction: int) -> None:
    sheet = review(parted(many_hr, 145.0))
    fact = sheet.facts["density.many_days_beats"]
    assert fact.direction == direction
    assert fact.polarity == -direction
    assert shown(sheet, "density.many_days", "count") == "five days"
    assert value(sheet, "density.many_weeks") + value(sheet, "density.few_weeks") >= 20
    assert "95 % interval" in (fact.against or "")


def test_the_difference_is_that_of_the_heartbeats() -> None:
    sheet = review(parted(152.0, 145.0, jitter=0.0))
    assert value(sheet, "density.many_days_beats") == pytest.approx(152 / 145 - 1, abs=0.005)


def test_weeks_of_one_size_have_nothing_to_be_set_against() -> None:
    sheet = review(weeks_of(26, from_weeks_ago=0))
    assert "density.many_days_beats" not in sheet.facts
    assert "running days" in reasons(sheet)["density.many_days_beats"]


@pytest.mark.parametrize(("next_day_hr", "direction"), [(153.0, 1), (145.0, 0), (137.0, -1)])
def test_easy_runs_on_the_day_after_a_hard_day_stand_against_later_ones(next_day_hr: float, direction: int) -> None:
    sheet = review(spaced(next_day_hr))
    assert sheet.facts["density.after_hard_beats"].direction == direction
    assert value(sheet, "density.after_hard_runs") >= 20


def test_without_hard_days_their_day_after_is_missing_with_what_it_takes() -> None:
    sheet = review(weeks_of(26, from_weeks_ago=0))
    assert "density.after_hard_beats" not in sheet.facts
    assert "hard day" in reasons(sheet)["density.after_hard_beats"]


def test_hard_days_side_by_side_are_parted_only_where_the_day_after_is_dear() -> None:
    assert "part_hard_days" in {o.id for o in review(spaced(153.0, close=True)).options}
    assert "part_hard_days" not in {o.id for o in review(spaced(145.0, close=True)).options}
    assert "part_hard_days" not in {o.id for o in review(spaced(153.0)).options}
