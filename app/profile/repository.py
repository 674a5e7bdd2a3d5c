"""Stored profiles, one document per athlete."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pymongo import IndexModel
from pymongo.asynchronous.database import AsyncDatabase

from chains.training.profile import Profile

INDEXES: Mapping[str, Sequence[IndexModel]] = {"profiles": [IndexModel([("athlete_id", 1)], unique=True)]}

_PROFILE = TypeAdapter(Profile)


class ProfileRepository:
    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._profiles = database["profiles"]

    async def get(self, athlete_id: str) -> Profile:
        """What the athlete told us; the defaults where that is nothing."""
        document = await self._profiles.find_one({"athlete_id": athlete_id}, {"_id": 0, "athlete_id": 0})
        return _PROFILE.validate_python(document) if document else Profile()

    async def put(self, athlete_id: str, profile: Profile) -> None:
        """Replace the whole profile."""
        await self._profiles.replace_one(
            {"athlete_id": athlete_id}, {"athlete_id": athlete_id, **_PROFILE.dump_python(profile, mode="json")}, upsert=True
        )
