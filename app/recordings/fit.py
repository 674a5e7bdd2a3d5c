"""FIT files: one recording per session, transitions of a multisport file dropped."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.recordings.fit_messages import FIT_EPOCH_S, Message, read_messages
from app.recordings.resampling import resample
from app.recordings.sports import INDOORS, ON_FOOT, device_of, sport_of
from app.recordings.track import Stretch, Track, track_of
from chains.errors import RecordingError
from chains.training.activity import Lap, Sport
from chains.training.recording import DeviceTotals, Recording

NO_ACTIVITY = frozenset({"course", "workout", "settings", "device", "sport", "schedules", "totals", "goals", "segment", "segment_list"})
LATE_START_S = 60.0
"""A first sample this long after the session's start still belongs to it: the device was finding satellites."""
FARTHEST_OFFSET_S = 14 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session message and the stretch of time that is its own."""

    message: Message
    sport: Sport
    sub_sport: str | None
    start_s: float
    end_s: float


def decode_fit(content: bytes) -> tuple[Recording, ...]:
    """Every session with samples. A damaged tail costs what it held, no more. Raises RecordingError where no session is usable."""
    by_name: dict[str, list[Message]] = {}
    for message in read_messages(content):
        by_name.setdefault(message.name, []).append(message)
    file_type = next((m.text("type") for m in by_name.get("file_id", ())), None)
    if file_type in NO_ACTIVITY:
        raise RecordingError(f"a FIT file of type {file_type}, not an activity")
    return _recordings(by_name)


def _recordings(by_name: Mapping[str, Sequence[Message]]) -> tuple[Recording, ...]:
    done: list[Recording] = []
    failed: RecordingError | None = None
    for session in _sessions(by_name):
        try:
            done.append(_recording(session, by_name))
        except RecordingError as error:
            failed = failed or error
    if not done:
        raise failed or RecordingError("the FIT file holds no activity session")
    return tuple(done)


def _sessions(by_name: Mapping[str, Sequence[Message]]) -> Iterator[Session]:
    messages = by_name.get("session") or [Message("session", {})]
    starts = sorted((_start(m), i) for i, m in enumerate(messages))
    for order, (start, i) in enumerate(starts):
        message = messages[i]
        if message.text("sport") == "transition":
            continue
        sport, sub_sport = sport_of(message.text("sport"), message.text("sub_sport"))
        yield Session(
            message=message,
            sport=sport,
            sub_sport=sub_sport,
            start_s=start,
            end_s=starts[order + 1][0] if order + 1 < len(starts) else math.inf,
        )


def _start(session: Message) -> float:
    start = session.instant("start_time")
    return -math.inf if math.isnan(start) else start


def _recording(session: Session, by_name: Mapping[str, Sequence[Message]]) -> Recording:
    alone = len(by_name.get("session", ())) <= 1

    def own(name: str, instant: str) -> list[Message]:
        return [m for m in by_name.get(name, ()) if alone or session.start_s <= m.instant(instant) < session.end_s]

    track = _track(session, own("record", "timestamp"), own("length", "start_time"), own("event", "timestamp"), by_name.get("hr", ()))
    start = session.start_s if 0 <= track.time_s[0] - session.start_s <= LATE_START_S else float(track.time_s[0])
    resampled = resample(track, sport=session.sport, start_s=start)
    return Recording(
        sport=session.sport,
        sub_sport=session.sub_sport,
        started_at=datetime.fromtimestamp(start, UTC),
        utc_offset_s=_utc_offset_s(by_name),
        format="fit",
        device=_device(by_name),
        trainer=session.sub_sport in INDOORS,
        device_power=resampled.series.power_w is not None,
        series=resampled.series,
        laps=tuple(_lap(lap, start) for lap in own("lap", "start_time") if not math.isnan(lap.instant("start_time"))),
        pauses=resampled.pauses,
        totals=_totals(session.message),
    )


def _track(
    session: Session, records: Sequence[Message], lengths: Sequence[Message], events: Sequence[Message], beats: Sequence[Message]
) -> Track:
    strides = 2.0 if session.sport in ON_FOOT else 1.0
    rows: list[Mapping[str, float]] = [_row(record, strides) for record in records]
    active = None
    if session.sport is Sport.SWIM and lengths:
        active = _swum(lengths)
        rows = [{name: value for name, value in row.items() if name not in {"distance_m", "speed_mps"}} for row in rows]
        rows += _length_rows(session, active)
    if beats and not any("heart_rate" in row for row in rows):
        rows += _beat_rows(beats, rows)
    return track_of(rows, stops=_stops(events), active=active)


def _row(record: Message, strides: float) -> Mapping[str, float]:
    row = {
        "time_s": record.instant("timestamp"),
        "distance_m": record.number("distance"),
        "speed_mps": record.number("enhanced_speed", "speed"),
        "altitude_m": record.number("enhanced_altitude", "altitude"),
        "heart_rate": record.number("heart_rate"),
        "power_w": record.number("power", "developer power"),
        "cadence": strides * (record.number("cadence") + (_or_none(record.number("fractional_cadence")) or 0.0)),
    }
    return {name: value for name, value in row.items() if not math.isnan(value)}


def _swum(lengths: Sequence[Message]) -> tuple[Stretch, ...]:
    """Lengths under way, in order; one that runs into the next is cut there."""
    swum = [m for m in lengths if m.text("length_type") != "idle" and m.number("total_timer_time") > 0]
    starts = sorted((m.instant("start_time"), m.number("total_timer_time")) for m in swum if not math.isnan(m.instant("start_time")))
    ends = [start for start, _ in starts[1:]] + [math.inf]
    return tuple(Stretch(start_s=s, end_s=min(s + d, end)) for (s, d), end in zip(starts, ends, strict=True))


def _length_rows(session: Session, swum: Sequence[Stretch]) -> list[Mapping[str, float]]:
    total = session.message.number("total_distance")
    length = session.message.number("pool_length")
    each = total / len(swum) if total > 0 and swum else length
    return [
        {"time_s": at, "distance_m": each * done} for i, s in enumerate(swum) for at, done in ((s.start_s, i), (s.end_s, i + 1)) if each > 0
    ]


def _beat_rows(beats: Sequence[Message], rows: Sequence[Mapping[str, float]]) -> list[Mapping[str, float]]:
    """Heart rate that a strap stored under water and handed over afterwards."""
    times = [row["time_s"] for row in rows if "time_s" in row]
    first, last = min(times, default=math.inf), max(times, default=-math.inf)
    pairs = (
        (math.floor(at + FIT_EPOCH_S), bpm)
        for beat in beats
        for at, bpm in zip(beat.numbers("event_timestamp"), beat.numbers("filtered_bpm"), strict=False)
    )
    return [{"time_s": at, "heart_rate": bpm} for at, bpm in pairs if first <= at <= last]


def _stops(events: Sequence[Message]) -> tuple[Stretch, ...]:
    """Stretches with the timer off, from the first stop to the next start."""
    timer = sorted((m.instant("timestamp"), m.text("event_type") or "") for m in events if m.text("event") == "timer")
    stops: list[Stretch] = []
    since: float | None = None
    for at, change in timer:
        if change.startswith("stop"):
            since = at if since is None else since
        elif change == "start" and since is not None:
            stops.append(Stretch(start_s=since, end_s=at))
            since = None
    return tuple(stops)


def _lap(lap: Message, start_s: float) -> Lap:
    elapsed = _or_none(lap.number("total_elapsed_time", "total_timer_time")) or 0.0
    return Lap(
        start_s=max(lap.instant("start_time") - start_s, 0.0),
        elapsed_s=elapsed,
        moving_s=min(_or_none(lap.number("total_moving_time", "total_timer_time")) or elapsed, elapsed),
        distance_m=_or_none(lap.number("total_distance")) or 0.0,
        mean_hr=_positive(lap.number("avg_heart_rate")),
        mean_power_w=_positive(lap.number("avg_power")),
        trigger=lap.text("lap_trigger"),
    )


def _totals(session: Message) -> DeviceTotals:
    return DeviceTotals(
        distance_m=_or_none(session.number("total_distance")),
        elapsed_s=_positive(session.number("total_elapsed_time")),
        moving_s=_positive(session.number("total_moving_time", "total_timer_time")),
        ascent_m=_or_none(session.number("total_ascent")),
        mean_hr=_positive(session.number("avg_heart_rate")),
        max_hr=_positive(session.number("max_heart_rate")),
        mean_power_w=_positive(session.number("avg_power")),
        max_power_w=_positive(session.number("max_power")),
        temperature_c=_or_none(session.number("avg_temperature")),
    )


def _utc_offset_s(by_name: Mapping[str, Sequence[Message]]) -> int | None:
    """Local less universal time of the activity message, to a quarter of an hour.

    Zero counts only from Garmin: others write universal time into both fields.
    """
    for message in by_name.get("activity", ()):
        offset = message.instant("local_timestamp") - message.instant("timestamp")
        if abs(offset) <= FARTHEST_OFFSET_S:
            rounded = round(offset / 900) * 900
            return rounded if rounded or _manufacturer(by_name) == "garmin" else None
    return None


def _manufacturer(by_name: Mapping[str, Sequence[Message]]) -> str | None:
    return next((m.text("manufacturer") for m in by_name.get("file_id", ())), None)


def _device(by_name: Mapping[str, Sequence[Message]]) -> str | None:
    for message in by_name.get("file_id", ()):
        product = message.text("product_name") or message.text("garmin_product") or message.text("product")
        return device_of(message.text("manufacturer"), product)
    return None


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value


def _positive(value: float) -> float | None:
    return value if value > 0 else None
