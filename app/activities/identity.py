"""When two activities are the same one, which of them is richer, and the keys under which one of them can exist only once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chains.training.activity import Activity, Source, Sport

SAME_START_S = 60
SAME_TIME = 0.02
SAME_DISTANCE = 0.05

SLOT_S = 60
"""Length of a start slot. An activity claims its own slot and the next, so two that start within a minute always share one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """As much of an activity as it takes to recognise it."""

    id: str
    sport: Sport
    started_at: datetime
    elapsed_s: float
    moving_s: float
    distance_m: float
    richness: int
    claims: tuple[str, ...]
    """The keys that it holds; no two activities of an athlete hold the same."""
    revision: str
    """Changes with every write, so that nobody overwrites what they have not seen."""


def is_same(known: Imprint, new: Activity) -> bool:
    """Start within 60 s, same sport, elapsed or moving time within 2 %, distance within 5 % unless one has none."""
    return (
        known.sport is new.sport
        and abs((known.started_at - new.started_at).total_seconds()) <= SAME_START_S
        and (_close(known.elapsed_s, new.elapsed_s, SAME_TIME) or _close(known.moving_s, new.moving_s, SAME_TIME))
        and (not known.distance_m or not new.distance_m or _close(known.distance_m, new.distance_m, SAME_DISTANCE))
    )


def _close(a: float, b: float, share: float) -> bool:
    return abs(a - b) <= share * max(a, b)


def richness(activity: Activity) -> int:
    """Higher is richer: a recording before a detailed account, that before a summary, that before a hand entry; then the channels count."""
    match activity.origin:
        case _ if activity.hand_entered:
            source = 0
        case origin if origin.source is Source.FILE:
            source = 3
        case origin:
            source = 2 if origin.format == "detailed" else 1
    channels = (
        activity.mean_hr is not None,
        activity.mean_power_w is not None and activity.device_power,
        activity.mean_cadence is not None,
        activity.altitude_low_m is not None,
        activity.distance_m > 0,
    )
    return 10 * source + sum(channels)


def external_key(activity: Activity) -> str | None:
    """The activity's name at the service it came from; files have one if a Strava export gave it to them."""
    origin = activity.origin
    service = origin.source if origin.source is Source.MANUAL else Source.STRAVA
    return f"{service}:{origin.external_id}" if origin.external_id else None


def start_slot(started_at: datetime) -> int:
    return int(started_at.timestamp()) // SLOT_S


def claims_of(activity: Activity, neighbours: Iterable[Imprint]) -> tuple[str, ...]:
    """The keys for a new activity beside the distinct ones that are there already.

    A key is a start slot with a running number. Whoever has not seen a neighbour picks the neighbour's number, and the unique index
    refuses one of the two: that is how two uploads of one activity at the same moment become one.
    """
    slot = start_slot(activity.started_at)
    numbers = [_split(key) for known in neighbours for key in known.claims if _is_slot(key)]

    def next_number(name: str) -> int:
        return max((number for held, number in numbers if held == name), default=-1) + 1

    names = (f"@{activity.sport}/{slot}", f"@{activity.sport}/{slot + 1}")
    external = external_key(activity)
    return (*(f"{name}#{next_number(name)}" for name in names), *((external,) if external else ()))


def claims_after_replacing(known: Imprint, new: Activity, neighbours: Iterable[Imprint]) -> tuple[str, ...]:
    """The keys of an activity whose numbers a richer recording replaces: those it holds already stay with it."""
    held = {_split(key)[0]: key for key in known.claims if _is_slot(key)}
    fresh = claims_of(new, (n for n in neighbours if n.id != known.id))
    kept = (held.get(_split(key)[0], key) if _is_slot(key) else key for key in fresh)
    return tuple(dict.fromkeys((*kept, *(key for key in known.claims if not _is_slot(key)))))


def _is_slot(key: str) -> bool:
    return key.startswith("@")


def _split(key: str) -> tuple[str, int]:
    name, _, number = key.rpartition("#")
    return name, int(number)
