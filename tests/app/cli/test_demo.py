"""What the demo shows: one insight of each kind about the sample athlete, and how to go on."""

from datetime import UTC, date, datetime
from functools import partial
from io import StringIO

import pytest
from rich.console import Console

from app.cli.demo import last_sunday, print_invitation, show_insights
from app.database import Database
from app.demo.loading import SampleLoader
from app.resources import open_resources
from app.settings import Settings
from chains.request import InsightKind
from tests.app.demo.test_loading import WEDNESDAY, recent_part, silent

THURSDAY_NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "sunday"),
    [(date(2026, 5, 14), date(2026, 5, 10)), (date(2026, 5, 17), date(2026, 5, 10)), (date(2026, 5, 18), date(2026, 5, 17))],
)
def test_the_week_that_is_reviewed_is_the_last_whole_one(today: date, sunday: date) -> None:
    assert last_sunday(today) == sunday


async def test_one_insight_of_each_kind_with_its_facts_and_its_writer(settings: Settings, database: Database) -> None:
    out = StringIO()
    async with open_resources(settings, clock=lambda: THURSDAY_NOON, database_name=database.name) as resources:
        loader = SampleLoader(activities=resources.activities, profiles=resources.profiles, wellness=resources.wellness)
        await partial(loader.load, "sample", recent_part(WEDNESDAY), now=THURSDAY_NOON)(report=silent)
        await show_insights(resources, "sample", Console(file=out, width=120, color_system=None))
    text = out.getvalue()
    assert all(kind.value.replace("_", " ") in text for kind in InsightKind)
    assert "No model key is set, so the rules write." in text
    assert text.count("written by rules, no model asked") == len(InsightKind)
    assert "activity.distance  distance: " in text
    assert "week.distance  distance: " in text


def test_the_invitation_can_be_pasted_whole() -> None:
    out, token = StringIO(), "abc." * 60
    print_invitation(Console(file=out, width=60, color_system=None), token, 8123)
    lines = out.getvalue().splitlines()
    assert token in lines
    assert f"curl -s 'http://127.0.0.1:8123/api/insights/history?view=full&limit=1' -H 'Authorization: Bearer {token}'" in lines
