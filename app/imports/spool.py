"""Uploads kept in MongoDB while a job works on them, in pieces, so that any replica can take the job over."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bson import Binary
from pymongo import ASCENDING, IndexModel
from pymongo.asynchronous.database import AsyncDatabase

from app.imports.sources import Sent

PIECE_BYTES = 4 * 1024 * 1024
"""A document holds at most 16 MB."""

KEPT = timedelta(days=3)
"""Whatever a crash before the job was on record has left behind goes by itself."""

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "spool": [
        IndexModel([("athlete_id", ASCENDING), ("job_id", ASCENDING), ("file", ASCENDING), ("piece", ASCENDING)], unique=True),
        IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0),
    ],
}


class Spool:
    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._pieces = database["spool"]

    async def keep(self, athlete_id: str, job_id: str, sent: Sequence[Sent], now: datetime) -> None:
        """Durably, before the job is on record."""
        for number, file in enumerate(sent):
            with file.path.open("rb") as content:
                piece = 0
                while data := await asyncio.to_thread(content.read, PIECE_BYTES):
                    key = {"athlete_id": athlete_id, "job_id": job_id, "file": number, "piece": piece}
                    await self._pieces.insert_one({**key, "data": Binary(data), "expires_at": now + KEPT})
                    piece += 1

    async def fetch(self, athlete_id: str, job_id: str, names: Sequence[str], folder: Path) -> list[Sent]:
        """The files of a job, written into a folder under names of our own."""
        sent = [Sent(name=name, path=folder / str(number)) for number, name in enumerate(names)]
        for number, file in enumerate(sent):
            match = {"athlete_id": athlete_id, "job_id": job_id, "file": number}
            with file.path.open("wb") as content:
                async for piece in self._pieces.find(match, {"data": 1}, sort=[("piece", ASCENDING)], batch_size=2):
                    await asyncio.to_thread(content.write, piece["data"])
        return sent

    async def remove(self, athlete_id: str, job_id: str) -> None:
        await self._pieces.delete_many({"athlete_id": athlete_id, "job_id": job_id})
