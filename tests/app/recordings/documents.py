"""Tiny recordings in each format, made here."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from garmin_fit_sdk import Encoder
from garmin_fit_sdk.profile import Profile

START = datetime(2026, 5, 1, 6, 0, tzinfo=UTC)
GPX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="{creator}" xmlns="http://www.topografix.com/GPX/1/1" '
    'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
)
TCX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase '
    'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
)
TCX_TAIL = "</Activities></TrainingCenterDatabase>"

Fields = Mapping[str, object]


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


def iso(second: float) -> str:
    return at(second).isoformat().replace("+00:00", "Z")


def gpx_point(second: float, *, latitude: float = 0.0, longitude: float = 0.0, extension: str = "") -> str:
    more = f"<extensions><gpxtpx:TrackPointExtension>{extension}</gpxtpx:TrackPointExtension></extensions>" if extension else ""
    return f'<trkpt lat="{latitude}" lon="{longitude}"><ele>100</ele><time>{iso(second)}</time>{more}</trkpt>'


def gpx(*segments: Sequence[str], sport: str = "running", name: str = "Morning", creator: str = "A watch") -> bytes:
    body = "".join(f"<trkseg>{''.join(points)}</trkseg>" for points in segments)
    return f"{GPX_HEAD.format(creator=creator)}<trk><name>{name}</name><type>{sport}</type>{body}</trk></gpx>".encode()


def tcx_point(second: float, *, metres: float | None = None, heart_rate: int | None = None, more: str = "") -> str:
    distance = "" if metres is None else f"<DistanceMeters>{metres}</DistanceMeters>"
    beats = "" if heart_rate is None else f"<HeartRateBpm><Value>{heart_rate}</Value></HeartRateBpm>"
    return f"<Trackpoint><Time>{iso(second)}</Time>{distance}{beats}{more}</Trackpoint>"


def tcx_lap(*tracks: Sequence[str], start: float = 0.0, timer_s: float = 60.0, metres: float = 180.0) -> str:
    body = "".join(f"<Track>{''.join(points)}</Track>" for points in tracks)
    return (
        f'<Lap StartTime="{iso(start)}"><TotalTimeSeconds>{timer_s}</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters>'
        f"<TriggerMethod>Manual</TriggerMethod>{body}</Lap>"
    )


def tcx_activity(*laps: str, sport: str = "Running", device: str = "Forerunner 310XT") -> str:
    return f'<Activity Sport="{sport}"><Id>{iso(0)}</Id>{"".join(laps)}<Creator><Name>{device}</Name></Creator></Activity>'


def tcx(*activities: str) -> bytes:
    return (TCX_HEAD + "".join(activities) + TCX_TAIL).encode()


def fit(*messages: tuple[str, Fields], manufacturer: str = "garmin", file_type: str = "activity") -> bytes:
    """A FIT file of the given messages by name, after a file_id."""
    encoder = Encoder()
    numbers = {name.lower(): number for name, number in Profile["mesg_num"].items()}
    head = ("file_id", {"type": file_type, "manufacturer": manufacturer, "product": 2691, "time_created": START})
    for name, fields in (head, *messages):
        encoder.write_mesg({"mesg_num": numbers[name], **fields})
    return bytes(encoder.close())


def fit_records(seconds: Sequence[float], **columns: float) -> list[tuple[str, Fields]]:
    """Records at 3 m/s, with the given constant fields."""
    return [("record", {"timestamp": at(s), "distance": 3.0 * i, **columns}) for i, s in enumerate(seconds)]


def fit_session(*, start: float = 0.0, seconds: float = 60.0, sport: str = "running", **fields: object) -> tuple[str, Fields]:
    return (
        "session",
        {
            "timestamp": at(start + seconds),
            "start_time": at(start),
            "total_elapsed_time": seconds,
            "total_timer_time": seconds,
            "sport": sport,
            "sub_sport": "generic",
            **fields,
        },
    )


def fit_timer(second: float, change: str) -> tuple[str, Fields]:
    return ("event", {"timestamp": at(second), "event": "timer", "event_type": change, "timer_trigger": "manual"})
