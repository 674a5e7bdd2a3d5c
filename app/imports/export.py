"""What the table of a Strava bulk export adds to its files, and the hand entries that it lists without one."""

from collections.abc import Sequence
from dataclasses import replace

from app.activities.repository import Entry
from app.recordings.archive import ExportEntry
from chains.training.activity import Activity, Purpose


def with_export_entry(entries: Sequence[Entry], listed: ExportEntry) -> list[Entry]:
    """The title, the description and the commute that the athlete gave the activity at Strava, and its number there."""
    number = listed.activity_id if len(entries) == 1 else None
    return [replace(entry, activity=_listed(entry.activity, listed, number)) for entry in entries]


def _listed(activity: Activity, listed: ExportEntry, number: str | None) -> Activity:
    return replace(
        activity,
        title=listed.title or activity.title,
        notes=listed.description or activity.notes,
        purpose=Purpose.COMMUTE if listed.commute else activity.purpose,
        origin=replace(activity.origin, external_id=number or None),
    )


def as_strava_object(listed: ExportEntry) -> dict[str, object]:
    """A row without a file, in the shape in which Strava's API would have sent it."""
    known = {
        "id": listed.activity_id,
        "name": listed.title,
        "type": listed.activity_type or None,
        "start_date": listed.started_at,
        "elapsed_time": listed.elapsed_s or listed.moving_s,
        "moving_time": listed.moving_s,
        "distance": listed.distance_m,
        "total_elevation_gain": listed.ascent_m,
        "commute": listed.commute,
        "description": listed.description or None,
        "manual": True,
    }
    return {name: value for name, value in known.items() if value is not None}
