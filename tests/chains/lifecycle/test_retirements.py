"""The table of known models: what it warns of, when, and which names it knows a model by."""

from datetime import date, timedelta

import pytest

from chains.lifecycle.names import is_same_model
from chains.lifecycle.retirements import NOTICE, retirement_of, retirement_warnings, retirements
from chains.writers.dialects import Provider

LAST_DAY = date(2027, 1, 14)


def test_the_default_model_is_warned_of_with_its_day_and_successor() -> None:
    (warning,) = retirement_warnings(["openai:gpt-4o", "google_genai:gemini-2.5-flash-lite"], date(2026, 11, 22))

    assert warning.startswith("openai:gpt-4o retires on 2027-01-14, in 53 days; its provider names gpt-6-luna instead (https://")


@pytest.mark.parametrize(("today", "warned"), [(LAST_DAY - NOTICE - timedelta(days=1), 0), (LAST_DAY - NOTICE, 1), (LAST_DAY, 1)])
def test_the_warning_begins_sixty_days_ahead_and_stays(today: date, warned: int) -> None:
    assert NOTICE.days == 60
    assert len(retirement_warnings(["openai:gpt-4o"], today)) == warned


def test_what_is_gone_is_said_to_be_gone() -> None:
    (warning,) = retirement_warnings(["google_genai:gemini-2.0-flash"], date(2026, 11, 22))

    assert "was retired on 2026-06-01" in warning


def test_a_model_is_named_once_however_many_routes_it_is_in() -> None:
    assert len(retirement_warnings(["openai:gpt-4o", "openai:gpt-4o"], LAST_DAY)) == 1


@pytest.mark.parametrize(
    ("model", "retires"),
    [
        ("gpt-4o-2024-11-20", date(2027, 1, 14)),
        ("gpt-4o-2024-05-13", date(2026, 10, 23)),
        ("ft:gpt-4o-mini-2024-07-18:club::x1", date(2027, 1, 14)),
        ("models/gpt-4o", date(2027, 1, 14)),
    ],
)
def test_snapshots_and_fine_tunes_go_with_their_model(model: str, retires: date) -> None:
    row = retirement_of("openai", model)

    assert row is not None
    assert row.retires == retires


@pytest.mark.parametrize("model", ["gpt-4o-audio", "my-own-model", "gemini-2.5-flash"])
def test_no_date_is_made_up_for_what_the_table_does_not_hold(model: str) -> None:
    assert retirement_of("openai", model) is None


def test_every_row_is_of_a_provider_that_routes_can_name_and_no_model_succeeds_itself() -> None:
    for (provider, model), row in retirements().items():
        assert provider in set(Provider), model
        assert row.successor not in row.models


@pytest.mark.parametrize(
    ("asked", "served", "same"),
    [
        ("gpt-4o", "gpt-4o-2024-08-06", True),
        ("gemini-2.5-flash-lite", "models/gemini-2.5-flash-lite-001", True),
        ("gpt-4o-2024-08-06", "gpt-4o-2024-11-20", False),
        ("gpt-4o-2024-08-06", "gpt-4o", False),
        ("gpt-4o", "gpt-4o-mini", False),
        ("gemini-2.5-flash", "gemini-3.5-flash-lite", False),
    ],
)
def test_an_alias_is_served_by_its_snapshots_and_nothing_else(asked: str, served: str, *, same: bool) -> None:
    assert is_same_model(asked, served) is same
