"""Short ways to read a sheet in a test, and a field of like runs."""

from chains.facts.forms import print_fact
from chains.facts.sheet import FactSheet
from chains.training.activity import Activity
from chains.training.profile import Units
from tests.builders import run


def value(sheet: FactSheet, fact_id: str) -> float:
    number = sheet.facts[fact_id].value
    assert isinstance(number, (int, float))
    return float(number)


def shown(sheet: FactSheet, fact_id: str, form: str | None = None) -> str:
    return print_fact(sheet.facts[fact_id], form, Units.METRIC)


def reasons(sheet: FactSheet) -> dict[str, str]:
    return {m.fact: m.reason for m in sheet.missing}


def like(count: int, *, km: float = 10.0, pace_s: float = 330.0, hr: float | None = 145.0, hour: int = 7, since: int = 3) -> list[Activity]:
    return [run(days_ago=since + 4 * i, km=km, pace_s=pace_s, hr=hr, hour=hour) for i in reversed(range(count))]
