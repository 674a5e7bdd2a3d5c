"""How facts print: units, forms, borders of rounding, and that nothing is lost but rounding."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.facts.fact import Dimension, Fact, FactValue, Window
from chains.facts.forms import forms_of, print_fact
from chains.training.profile import Units

KM, MILES = Units.METRIC, Units.IMPERIAL


def fact(
    value: FactValue, dimension: Dimension, *, noun: str | None = None, sport: str | None = None, window: Window | None = None
) -> Fact:
    return Fact(id="a.b", label="", value=value, dimension=dimension, noun=noun, sport=sport, window=window)


@pytest.mark.parametrize(
    ("value", "dimension", "form", "metric", "imperial"),
    [
        (84270.0, Dimension.DISTANCE, None, "84.3 km", "52.4 miles"),
        (84270.0, Dimension.DISTANCE, "about", "just over 84 km", "about 52 miles"),
        (84770.0, Dimension.DISTANCE, "about", "just under 85 km", "just under 53 miles"),
        (84500.0, Dimension.DISTANCE, "about", "about 85 km", "about 53 miles"),
        (99960.0, Dimension.DISTANCE, None, "100 km", "62.1 miles"),
        (219400.0, Dimension.DISTANCE, None, "219 km", "136 miles"),
        (558.0, Dimension.ELEVATION, None, "558 m", "1,831 ft"),
        (558.0, Dimension.ELEVATION, "about", "about 560 m", "about 1,850 ft"),
        (5277.0, Dimension.DURATION, None, "1:27:57", "1:27:57"),
        (59.6, Dimension.DURATION, None, "1:00", "1:00"),
        (3599.6, Dimension.DURATION, None, "1:00:00", "1:00:00"),
        (22353.0, Dimension.DURATION, "about", "about 6 h 15 min", "about 6 h 15 min"),
        (1000 / 328.4, Dimension.PACE, None, "5:28 /km", "8:49 /mile"),
        (1000 / 359.7, Dimension.PACE, None, "6:00 /km", "9:39 /mile"),
        (7.5, Dimension.SPEED, None, "27.0 km/h", "16.8 mph"),
        (-0.008, Dimension.PACE_CHANGE, None, "-0:08 /km", "-0:13 /mile"),
        (0.0126, Dimension.PACE_CHANGE, None, "+0:13 /km", "+0:20 /mile"),
        (-0.0001, Dimension.PACE_CHANGE, None, "0:00 /km", "0:00 /mile"),
        (-0.008, Dimension.PACE_CHANGE, "about", "8 s/km", "13 s/mile"),
        (0.075, Dimension.PACE_CHANGE, "about", "1:15 /km", "2:01 /mile"),
        (140.5, Dimension.HEART_RATE, None, "141 bpm", "141 bpm"),
        (-4.1, Dimension.HEART_RATE_CHANGE, None, "-4 bpm", "-4 bpm"),
        (-4.1, Dimension.HEART_RATE_CHANGE, "about", "4 bpm", "4 bpm"),
        (0.0623, Dimension.CHANGE, None, "+6 %", "+6 %"),
        (-0.0623, Dimension.CHANGE, None, "-6 %", "-6 %"),
        (-0.002, Dimension.CHANGE, None, "0 %", "0 %"),
        (-0.0623, Dimension.CHANGE, "about", "6 %", "6 %"),
        (0.209, Dimension.CHANGE, "words", "just over a fifth", "just over a fifth"),
        (0.47, Dimension.SHARE, None, "47 %", "47 %"),
        (0.47, Dimension.SHARE, "about", "about 47 %", "about 47 %"),
        (0.333, Dimension.SHARE, "words", "a third", "a third"),
        (0.43, Dimension.SHARE, "words", "just over two fifths", "just over two fifths"),
        (0.15, Dimension.SHARE, "words", "15 %", "15 %"),
        (815.2, Dimension.EFFICIENCY, None, "815 beats/km", "1,312 beats/mile"),
        (date(2025, 10, 3), Dimension.DATE, None, "3 Oct 2025", "3 Oct 2025"),
        (date(2025, 10, 3), Dimension.DATE, "date", "Friday", "Friday"),
        (date(2025, 10, 3), Dimension.DATE, "words", "3 October", "3 October"),
        (date(2025, 10, 3), Dimension.DATE, "about", "October 2025", "October 2025"),
        (("March 2019", "May 2022"), Dimension.LIST, "list", "March 2019 and May 2022", "March 2019 and May 2022"),
        (("a", "b", "c"), Dimension.LIST, None, "a, b and c", "a, b and c"),
        (1.04, Dimension.RATIO, None, "1.04", "1.04"),
        (612.4, Dimension.ENERGY, None, "612 kJ", "612 kJ"),
    ],
)
def test_forms(value: FactValue, dimension: Dimension, form: str | None, metric: str, imperial: str) -> None:
    assert print_fact(fact(value, dimension), form, KM) == metric
    assert print_fact(fact(value, dimension), form, MILES) == imperial


def test_counts_carry_their_noun_or_leave_it_to_the_text() -> None:
    days = fact(4, Dimension.COUNT, noun="day")
    assert [print_fact(days, f, KM) for f in (None, "count", "words")] == ["4 days", "four days", "four"]
    assert print_fact(fact(1, Dimension.COUNT, noun="run"), "count", KM) == "one run"
    assert print_fact(fact(74, Dimension.COUNT, noun="week"), "count", KM) == "74 weeks"
    assert print_fact(fact(1436, Dimension.COUNT), None, KM) == "1,436"


def test_swims_are_told_per_hundred() -> None:
    assert print_fact(fact(100 / 110, Dimension.PACE, sport="swim"), None, KM) == "1:50 /100 m"
    assert print_fact(fact(100 / 110, Dimension.PACE, sport="swim"), None, MILES) == "1:41 /100 yd"
    assert print_fact(fact(2000.0, Dimension.DISTANCE, sport="swim"), None, KM) == "2,000 m"


def test_power_per_heartbeat_and_cadence_know_their_unit() -> None:
    assert print_fact(fact(1.084, Dimension.EFFICIENCY, noun="W/bpm"), None, KM) == "1.08 W/bpm"
    assert print_fact(fact(191.2, Dimension.CADENCE, sport="run"), None, KM) == "191 steps a minute"
    assert print_fact(fact(88.0, Dimension.CADENCE, sport="ride"), None, KM) == "88 rpm"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 9, 29), date(2025, 10, 5), "29 Sep to 5 Oct"),
        (date(2025, 9, 1), date(2025, 9, 28), "1 to 28 Sep"),
        (date(2025, 10, 5), date(2025, 10, 5), "5 Oct"),
        (date(2024, 12, 30), date(2025, 1, 5), "30 Dec 2024 to 5 Jan 2025"),
    ],
)
def test_any_fact_with_a_window_can_tell_it(first: date, last: date, words: str) -> None:
    told = fact(84270.0, Dimension.DISTANCE, window=Window(first=first, last=last))
    assert print_fact(told, "date", KM) == words
    assert "date" in forms_of(told)


def test_an_illegal_form_is_refused() -> None:
    with pytest.raises(LookupError, match="no form 'list'"):
        print_fact(fact(1.0, Dimension.DISTANCE), "list", KM)


def test_standing_still_has_no_pace() -> None:
    with pytest.raises(ValueError, match="no pace"):
        print_fact(fact(0.0, Dimension.PACE), None, KM)


def _seconds(clock: str) -> int:
    parts = [int(p) for p in clock.split(":")]
    assert all(p < 60 for p in parts[1:]), clock
    return sum(p * 60**i for i, p in enumerate(reversed(parts)))


@given(st.floats(min_value=0, max_value=400_000))
def test_durations_come_back_within_half_a_second(seconds: float) -> None:
    assert abs(_seconds(print_fact(fact(seconds, Dimension.DURATION), None, KM)) - seconds) <= 0.5


@given(st.floats(min_value=0.3, max_value=12), st.sampled_from([(KM, 1000.0), (MILES, 1609.344)]))
def test_paces_come_back_within_half_a_second(speed: float, unit: tuple[Units, float]) -> None:
    clock, _ = print_fact(fact(speed, Dimension.PACE), None, unit[0]).split(" ")
    assert abs(_seconds(clock) - unit[1] / speed) <= 0.5


@given(st.floats(min_value=0, max_value=500_000), st.sampled_from([(KM, 1000.0), (MILES, 1609.344)]))
def test_distances_come_back_within_the_last_digit(meters: float, unit: tuple[Units, float]) -> None:
    number, _ = print_fact(fact(meters, Dimension.DISTANCE), None, unit[0]).split(" ")
    step = 0.05 if "." in number else 0.5
    assert abs(float(number.replace(",", "")) - meters / unit[1]) <= step + 1e-9


@given(st.floats(min_value=-5, max_value=5))
def test_changes_come_back_with_their_sign(change: float) -> None:
    number, sign = print_fact(fact(change, Dimension.CHANGE), None, KM).split(" ")
    assert sign == "%"
    assert abs(int(number.replace(",", "")) / 100 - change) <= 0.005 + 1e-9


@given(st.sampled_from([d for d in Dimension if d not in (Dimension.TEXT, Dimension.LIST, Dimension.DATE)]), st.floats(0.5, 5000))
def test_every_form_of_every_number_prints(dimension: Dimension, value: float) -> None:
    told = fact(value, dimension, window=Window(first=date(2025, 1, 1), last=date(2025, 1, 7)))
    for form in (None, *forms_of(told)):
        for units in Units:
            assert print_fact(told, form, units)
