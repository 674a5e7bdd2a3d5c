"""Small recordings made on the spot, and the service that imports them."""

import asyncio
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase

from app.imports.service import ImportService, Read, Workers
from app.imports.sources import Sent
from app.jobs.job import Progress
from app.profile.repository import ProfileRepository
from tests.app.activities.entries import service_on

Database = AsyncDatabase[dict[str, Any]]
START = datetime(2026, 5, 3, 5, 30, tzinfo=UTC)


def tcx(*, start: datetime = START, minutes: int = 5, heart_rate: int | None = 140) -> bytes:
    """A run at 3 m/s, one point a second."""
    heart = f"<HeartRateBpm><Value>{heart_rate}</Value></HeartRateBpm>" if heart_rate else ""
    points = "".join(
        f"<Trackpoint><Time>{(start + timedelta(seconds=s)).isoformat().replace('+00:00', 'Z')}</Time>"
        f"<DistanceMeters>{3 * s}</DistanceMeters>{heart}</Trackpoint>"
        for s in range(60 * minutes + 1)
    )
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
        f'<Activity Sport="Running"><Id>{start.isoformat()}</Id><Lap StartTime="{start.isoformat()}"><TotalTimeSeconds>{60 * minutes}'
        f"</TotalTimeSeconds><DistanceMeters>{180 * minutes}</DistanceMeters><Track>{points}</Track></Lap></Activity></Activities>"
        "</TrainingCenterDatabase>"
    ).encode()


NO_SAMPLES = b"""<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>
<Activity Sport="Running"><Id>2026-05-03T05:30:00Z</Id></Activity></Activities></TrainingCenterDatabase>"""


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def on_disk(folder: Path, files: Mapping[str, bytes]) -> Sequence[Sent]:
    sent = []
    for number, (name, content) in enumerate(files.items()):
        path = folder / str(number)
        path.write_bytes(content)
        sent.append(Sent(name=name, path=path))
    return sent


class Inline:
    """Decodes in a thread: for tests of what happens around the process pool, which takes seconds to start."""

    async def read(self, work: Callable[[str, bytes], Read], file_name: str, content: bytes) -> Read:
        return await asyncio.to_thread(work, file_name, content)


def imports_on(database: Database, workers: Workers | None = None) -> ImportService:
    return ImportService(activities=service_on(database), profiles=ProfileRepository(database), workers=workers or Inline())


async def ignore(progress: Progress) -> None:
    """Progress that nobody looks at."""
