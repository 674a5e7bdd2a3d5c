"""A file's bytes to measured sessions: all the arithmetic of an import, run in the process pool, never on the event loop."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.activities.bounds import FIRST_START, LAST_START
from app.activities.repository import Entry
from app.activities.service import new_activity_id
from app.activities.strava import offset_at
from app.recordings.decode import decode
from chains.errors import RecordingError
from chains.metrics.measure import Measured, measure
from chains.training.activity import Activity, Origin, Source, Sport
from chains.training.compression import pack
from chains.training.recording import Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session of a file as it goes on record: numbers, and the series packed."""

    sport: Sport
    sub_sport: str | None
    title: str
    started_at: datetime
    utc_offset_s: int | None
    format: str
    device: str | None
    trainer: bool
    device_power: bool
    measured: Measured
    series: bytes


_DAMAGE = (ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, RecursionError, TypeError, ValueError)
"""What arithmetic and third-party parsers raise on content that nobody foresaw; it must cost its own file only."""


def read_sessions(file_name: str, content: bytes) -> tuple[Session, ...]:
    """Decode and measure. Raises RecordingError."""
    try:
        return tuple(measured_session(recording) for recording in decode(file_name, content))
    except _DAMAGE as damage:
        raise RecordingError(f"the file is damaged in a way that cannot be read ({type(damage).__name__})") from damage


def measured_session(recording: Recording) -> Session:
    """Raises RecordingError for a recording that lasted no time, or one of a time without such recordings."""
    if not FIRST_START <= recording.started_at <= LAST_START:
        raise RecordingError(f"the recording does not start between {FIRST_START.year} and {LAST_START.year}: its clock cannot be right")
    measured = measure(recording)
    if measured.elapsed_s <= 0:
        raise RecordingError("the recording has no samples")
    return Session(
        sport=recording.sport,
        sub_sport=recording.sub_sport,
        title=recording.title,
        started_at=recording.started_at,
        utc_offset_s=recording.utc_offset_s,
        format=recording.format,
        device=recording.device,
        trainer=recording.trainer,
        device_power=recording.device_power,
        measured=measured,
        series=pack(recording.series),
    )


def entry_of(session: Session, athlete_id: str, zone: ZoneInfo, file_name: str | None) -> Entry:
    """The session as an activity; `zone` serves where the file does not say how far from UTC it was recorded."""
    measured = session.measured
    activity = Activity(
        id=new_activity_id(),
        athlete_id=athlete_id,
        sport=session.sport,
        sub_sport=session.sub_sport,
        title=session.title,
        started_at=session.started_at,
        utc_offset_s=offset_at(session.started_at, zone) if session.utc_offset_s is None else session.utc_offset_s,
        elapsed_s=measured.elapsed_s,
        moving_s=measured.moving_s,
        distance_m=measured.distance_m,
        ascent_m=measured.ascent_m,
        altitude_low_m=measured.altitude_low_m,
        altitude_high_m=measured.altitude_high_m,
        mean_hr=measured.mean_hr,
        max_hr=measured.max_hr,
        mean_cadence=measured.mean_cadence,
        mean_power_w=measured.mean_power_w,
        max_power_w=measured.max_power_w,
        max_speed_mps=measured.max_speed_mps,
        device_power=session.device_power,
        temperature_c=measured.temperature_c,
        origin=Origin(source=Source.FILE, format=session.format, file_name=file_name),
        device=session.device,
        trainer=session.trainer,
        metrics=measured.metrics,
        detail=measured.detail,
    )
    return Entry(activity=activity, series=session.series)
