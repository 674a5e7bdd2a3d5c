"""What stays and what changes when a richer recording of the same activity arrives."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from chains.training.activity import Activity, Source

ATHLETES_FIELDS = ("title", "notes", "rpe", "purpose", "planned", "weather", "official_time_s", "excluded_series")
"""What the athlete may say about an activity, and no recording overrules."""


def enriched(known: Activity, new: Activity, edited: Collection[str]) -> Activity:
    """The numbers of `new` under the identity of `known`. `edited` fields stay even where the athlete emptied them."""
    kept: dict[str, Any] = {
        name: getattr(known, name) for name in ATHLETES_FIELDS if name in edited or getattr(known, name) not in (None, "", ())
    }
    return replace(
        new,
        id=known.id,
        sub_sport=new.sub_sport or known.sub_sport,
        device=new.device or known.device,
        trainer=new.trainer or known.trainer,
        # Strava looks the zone up at the place of the start; a file often leaves it to the profile.
        utc_offset_s=known.utc_offset_s if known.origin.source is Source.STRAVA else new.utc_offset_s,
        **kept,
    )
