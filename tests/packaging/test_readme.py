"""The README stays true: its commands, settings and routes are those of the code, all of them."""

import re
from collections.abc import Iterator

import pytest
from pydantic import AliasChoices
from pydantic_settings import BaseSettings

from app.cli import commands
from app.main import create_app
from app.settings import AuthSettings, JobSettings, LoadSettings, ModelSettings, MongoSettings, Settings, TraceSettings
from chains.request import InsightKind
from tests.packaging.files import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
LATER = {"INSIGHTS_ECONOMY_MODEL", "REDIS_URL"}
"""Read and checked already, used by nothing yet."""


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def first_cells(table: str) -> Iterator[str]:
    yield from (row.split("|")[1] for row in table.splitlines() if row.startswith("| `"))


def settings_names() -> Iterator[str]:
    owners: tuple[type[BaseSettings], ...] = (MongoSettings, AuthSettings, ModelSettings, LoadSettings, TraceSettings, JobSettings)
    for owner in owners:
        for field in owner.model_fields.values():
            assert not isinstance(field.validation_alias, AliasChoices)
            yield str(field.validation_alias)


def test_every_setting_is_in_the_configuration_table() -> None:
    named = {name for cell in first_cells(section("Configuration")) for name in re.findall(r"`([A-Z_]+)`", cell)}

    assert named == set(settings_names()) - LATER


def test_every_command_is_in_the_table() -> None:
    cells = " ".join(first_cells(section("Commands")))
    named = set(re.findall(r"`insights ([a-z]+)", cells)) | {"demo"}
    assert commands.registered_commands
    registered = {command.name or command.callback.__name__ for command in commands.registered_commands if command.callback}

    assert named == registered


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"make ([a-z]+)", README)) <= targets


@pytest.fixture
def routes(settings: Settings) -> set[tuple[str, str]]:
    """Methods and paths; what stands in braces is an id or a day, whatever it is called."""
    paths = create_app(settings).openapi()["paths"]
    return {(method.upper(), re.sub(r"{\w+}", "{}", path)) for path, item in paths.items() for method in item if path.startswith("/api")}


def test_every_route_is_in_the_table(routes: set[tuple[str, str]]) -> None:
    named = set()
    for cell in first_cells(section("HTTP")):
        words = re.findall(r"`([^`]+)`", cell)
        methods = [word.split()[0] for word in words if word.split()[0].isupper()]
        paths = [word.split()[-1] for word in words if "/" in word]
        first = paths[0]
        whole = [path if path.startswith("/api") else first.rsplit("/", 1)[0] + path for path in paths]
        named |= {(method, re.sub(r"{\w+}", "{}", path)) for method in methods for path in whole}

    assert named == routes


def test_every_kind_is_named() -> None:
    assert all(f"`{kind}`" in README for kind in InsightKind)
