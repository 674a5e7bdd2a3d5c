"""Compose: the service, MongoDB 8 and Redis, started in order, with no secret in the file."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from tests.packaging.files import text_of

TEXT = text_of("compose.yaml")
COMPOSE: Mapping[str, Any] = yaml.safe_load(TEXT)
SERVICES: Mapping[str, Any] = COMPOSE["services"]


def test_there_are_the_service_its_database_and_its_queue() -> None:
    assert SERVICES.keys() == {"insights", "mongo", "redis"}
    assert SERVICES["mongo"]["image"] == "mongo:8"
    assert SERVICES["redis"]["image"] == "redis:8"
    assert SERVICES["insights"]["build"] == "."


def test_the_service_waits_until_the_others_are_healthy() -> None:
    waits = SERVICES["insights"]["depends_on"]
    assert waits == {name: {"condition": "service_healthy"} for name in ("mongo", "redis")}
    assert all("healthcheck" in SERVICES[name] for name in waits)


def test_secrets_come_from_the_environment() -> None:
    environment = SERVICES["insights"]["environment"]
    assert environment["INSIGHTS_JWT_SECRET"].startswith("${INSIGHTS_JWT_SECRET:?")
    assert "${MONGO_PASSWORD:?" in environment["MONGODB_URI"]
    assert "${MONGO_PASSWORD:?" in SERVICES["mongo"]["environment"]["MONGO_INITDB_ROOT_PASSWORD"]
    assert all(value is None for name, value in environment.items() if name.endswith("_API_KEY"))


@pytest.mark.parametrize("name", SERVICES)
def test_only_the_service_is_reached_from_outside_and_only_from_this_machine(name: str) -> None:
    ports = SERVICES[name].get("ports", [])
    assert ports == (["127.0.0.1:8000:8000"] if name == "insights" else [])


def test_the_service_can_write_to_its_own_places_only() -> None:
    service = SERVICES["insights"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "insights-data:/var/lib/insights" in service["volumes"]
    assert 'VOLUME ["/var/lib/insights"]' in text_of("Dockerfile")


def test_every_volume_is_declared() -> None:
    named = {v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", [])}
    assert named == COMPOSE["volumes"].keys()


def test_nothing_here_follows_the_newest() -> None:
    assert not re.search(r"image: \S+:latest|image: [^:\s]+$", TEXT, re.MULTILINE)
