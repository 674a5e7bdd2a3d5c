"""The one client: what it starts, what it promises, and the indexes that are there from the start."""

from pathlib import Path

from pydantic import SecretStr
from pymongo import WriteConcern

from app.database import INDEXES, OPERATION_LIMIT_MS, Database, open_database
from app.settings import MongoSettings


async def test_with_a_uri_nothing_is_started(mongodb_uri: str, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"

    async with open_database(MongoSettings(uri=SecretStr(mongodb_uri), data_dir=data_dir), "elsewhere") as database:
        assert (await database.command("ping"))["ok"] == 1.0

    assert not data_dir.exists()


async def test_every_operation_is_durable_and_has_a_limit(database: Database) -> None:
    assert database.write_concern == WriteConcern("majority", j=True)
    assert database.client.options.timeout == OPERATION_LIMIT_MS / 1000


async def test_every_index_is_there_from_the_start(database: Database) -> None:
    for collection, declared in INDEXES.items():
        there = {tuple(index["key"]) for index in (await database[collection].index_information()).values()}

        assert {tuple(index.document["key"].items()) for index in declared} <= there, collection
