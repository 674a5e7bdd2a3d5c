"""Recovery: the nights against the athlete's own, the last days' training, and what such days led to."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from chains.facts.cost import cost_of
from chains.facts.fact import Topic
from chains.facts.prices import prices
from chains.facts.registry import analyse
from chains.facts.sheet import FactSheet
from chains.request import AthleteAnswer
from chains.training.activity import Purpose
from chains.training.profile import Profile
from tests.builders import TODAY, run, weeks_of
from tests.chains.facts.reading import reasons, shown, value
from tests.chains.rules.situations_recovery import STEADY, recovery_of
from tests.nights import nights


def direction(sheet: FactSheet, fact_id: str) -> int | None:
    return sheet.facts[fact_id].direction


def names(sheet: FactSheet, side: str) -> tuple[str, ...]:
    fact = sheet.facts.get(f"recovery.{side}_names")
    assert fact is None or isinstance(fact.value, tuple)
    return () if fact is None else tuple(str(v) for v in fact.value)  # type: ignore[union-attr]


def options(sheet: FactSheet) -> list[str]:
    return [o.id for o in sheet.options]


def test_hrv_is_the_weeks_mean_of_logarithms_against_half_a_standard_deviation() -> None:
    low, same = analyse(recovery_of(STEADY, wellness=nights(hrv=50))), analyse(recovery_of(STEADY, wellness=nights()))
    assert (direction(low, "recovery.hrv_vs_usual"), direction(same, "recovery.hrv_vs_usual")) == (-1, 0)
    week = [math.log(w.hrv_ms) for w in nights(hrv=50) if w.hrv_ms and w.date > TODAY - timedelta(days=7)]
    assert value(low, "recovery.hrv") == pytest.approx(math.exp(sum(week) / 7))
    assert value(same, "recovery.hrv_low") < value(same, "recovery.hrv") < value(same, "recovery.hrv_high")
    assert low.facts["recovery.hrv"].topic is Topic.SLEEP


def test_hrv_above_the_band_is_neither_better_nor_worse() -> None:
    fact = analyse(recovery_of(STEADY, wellness=nights(hrv=85))).facts["recovery.hrv_vs_usual"]
    assert (fact.direction, fact.polarity) == (1, 0)


def test_three_nights_of_seven_are_no_trend_and_four_are() -> None:
    three = analyse(recovery_of(STEADY, wellness=nights(missed=4)))
    assert "recovery.hrv" not in three.facts
    assert "3 of the last seven" in reasons(three)["recovery.hrv"]
    assert "recovery.hrv" in analyse(recovery_of(STEADY, wellness=nights(missed=3))).facts


def test_without_two_weeks_before_there_is_no_normal() -> None:
    assert "recovery.resting" in reasons(analyse(recovery_of(STEADY, wellness=nights(count=15))))


def test_later_nights_are_invisible() -> None:
    tomorrow = [replace(w, date=w.date + timedelta(days=7)) for w in nights(hrv=40) if w.date > TODAY - timedelta(days=7)]
    assert analyse(recovery_of(STEADY, wellness=[*nights(), *tomorrow])).facts == analyse(recovery_of(STEADY, wellness=nights())).facts


def test_without_nights_it_is_load_alone_and_said_so() -> None:
    sheet = analyse(recovery_of(STEADY))
    assert shown(sheet, "recovery.nights", "count") == "no nights"
    assert "recovery.body" in reasons(sheet)
    assert [a.id for a in sheet.asks] == ["legs_today"]


def test_signals_that_disagree_are_named_on_both_sides() -> None:
    sheet = analyse(recovery_of(STEADY, wellness=nights(resting=54)))
    assert names(sheet, "strained") == ("resting heart rate",)
    assert {"HRV", "sleep"} <= set(names(sheet, "calm"))
    assert "rest_tomorrow" not in options(sheet)


def test_two_signals_of_the_body_offer_a_day_of_rest() -> None:
    sheet = analyse(recovery_of(STEADY, wellness=nights(hrv=48, resting=55)))
    assert set(names(sheet, "strained")) == {"HRV", "resting heart rate"}
    assert options(sheet)[0] == "rest_tomorrow"
    assert "as_planned" not in options(sheet)


def test_a_body_that_is_off_without_more_training_is_asked_about_and_never_explained() -> None:
    sheet = analyse(recovery_of(STEADY, wellness=nights(resting=55)))
    assert [a.id for a in sheet.asks] == ["body_off"]
    assert "alcohol or late meals" in sheet.asks[0].choices


def test_what_the_athlete_answers_today_is_a_signal() -> None:
    heavy = AthleteAnswer(question_id="legs_today", choice="heavy", activity_id=None, answered_on=TODAY)
    assert "your word on your legs" in names(analyse(recovery_of(STEADY, answers=(heavy,))), "strained")
    old = replace(heavy, answered_on=TODAY - timedelta(days=1))
    assert "your word on your legs" not in names(analyse(recovery_of(STEADY, answers=(old,))), "strained")


def test_a_full_week_is_up_and_a_break_is_no_usual() -> None:
    full = [*weeks_of(20), *(run(d, km=14) for d in range(6, -1, -1))]
    assert direction(analyse(recovery_of(full)), "recovery.time_7d_vs_usual") == 1
    after_break = [*weeks_of(12, from_weeks_ago=4), run(3), run(1)]
    with_break = value(analyse(recovery_of(after_break)), "recovery.usual_time_7d")
    assert with_break == pytest.approx(value(analyse(recovery_of(STEADY)), "recovery.usual_time_7d"), rel=0.05)


def test_hard_days_are_counted_against_the_athletes_own_spacing() -> None:
    raced = sorted([*STEADY, *(run(d, km=5, purpose=Purpose.WORKOUT, hour=18) for d in range(120, 0, -7))], key=lambda a: a.started_at)
    sheet = analyse(recovery_of(raced))
    assert (value(sheet, "recovery.hard_days"), value(sheet, "recovery.hard_gap")) == (1, 7)
    fresh = analyse(recovery_of(raced, as_of=TODAY - timedelta(days=1)))
    assert "easy_until" in options(fresh)
    assert "as_planned" not in options(fresh)


def test_an_injury_on_file_never_goes_on_as_planned() -> None:
    assert "as_planned" in options(analyse(recovery_of(STEADY, wellness=nights())))
    hurt = Profile(injury="left calf")
    assert "as_planned" not in options(analyse(recovery_of(STEADY, wellness=nights(), profile=hurt)))


def test_prices_are_what_cost_of_says_run_by_run() -> None:
    runs = [replace(a, mean_hr=140.0 + i % 9, moving_s=a.moving_s * (1 + i % 5 / 50)) for i, a in enumerate(STEADY)]
    runs[30] = replace(runs[30], moving_s=runs[30].moving_s * 0.8, mean_hr=172.5, mean_cadence=180.0)
    by_run = {p.run.id: p for p in prices(runs, Profile())}
    for a in runs:
        cost = cost_of(a, runs, Profile())
        assert (cost is None) == (a.id not in by_run)
        if cost is not None:
            assert by_run[a.id].change == pytest.approx(cost.change)
            assert by_run[a.id].n == cost.n


def test_precedents_and_the_worth_of_a_day_off() -> None:
    pairs = [a for d in range(160, 0, -4) for a in (run(d, hr=138), run(d - 1, hr=150))]
    sheet = analyse(recovery_of(pairs, as_of=TODAY - timedelta(days=1)))
    assert (direction(sheet, "recovery.rest_effect"), sheet.facts["recovery.rest_effect"].polarity) == (-1, 1)
    assert value(sheet, "recovery.like_days") >= 5
