"""What a route may ask for, by name; all of it was opened in `app/resources.py`."""

from typing import Annotated

from fastapi import Depends, Request

from app.activities.intake import Intake
from app.activities.service import ActivityService
from app.admission import Admission
from app.auth import CurrentAthlete
from app.ending import Ending
from app.imports.desk import ImportDesk
from app.insights.service import InsightService
from app.insights.streams import InsightStreams
from app.jobs.following import Follower
from app.jobs.runner import JobRunner
from app.metrics import Metrics
from app.profile.service import ProfileService
from app.resources import Resources
from app.usage.service import UsageService
from app.wellness.service import WellnessService


async def opened(request: Request) -> Resources:
    resources: Resources = request.app.state.resources
    return resources


Opened = Annotated[Resources, Depends(opened)]


async def _ending(request: Request) -> Ending:
    ending: Ending = request.app.state.ending
    return ending


async def _profiles(resources: Opened) -> ProfileService:
    return resources.profiles


async def _wellness(resources: Opened) -> WellnessService:
    return resources.wellness


async def _activities(resources: Opened) -> ActivityService:
    return resources.activities


async def _intake(resources: Opened) -> Intake:
    return resources.intake


async def _imports(resources: Opened) -> ImportDesk:
    return resources.import_desk


async def _jobs(resources: Opened) -> JobRunner:
    return resources.jobs


async def _insights(resources: Opened) -> InsightService:
    return resources.insights


async def _streams(resources: Opened) -> InsightStreams:
    return resources.streams


async def _follower(resources: Opened) -> Follower:
    return resources.follower


async def _metrics(resources: Opened) -> Metrics:
    return resources.metrics


async def _usage(resources: Opened) -> UsageService:
    return resources.usage


async def generating(request: Request, caller: CurrentAthlete) -> None:
    """For routes that generate: this request is the caller's. Raises Overloaded where the caller has too many under way."""
    admission: Admission = request.app.state.admission
    admission.join(caller.athlete_id)


End = Annotated[Ending, Depends(_ending)]
Profiles = Annotated[ProfileService, Depends(_profiles)]
WellnessDays = Annotated[WellnessService, Depends(_wellness)]
Activities = Annotated[ActivityService, Depends(_activities)]
ActivityIntake = Annotated[Intake, Depends(_intake)]
Imports = Annotated[ImportDesk, Depends(_imports)]
Jobs = Annotated[JobRunner, Depends(_jobs)]
Insights = Annotated[InsightService, Depends(_insights)]
Streams = Annotated[InsightStreams, Depends(_streams)]
JobEvents = Annotated[Follower, Depends(_follower)]
Counted = Annotated[Metrics, Depends(_metrics)]
Usage = Annotated[UsageService, Depends(_usage)]
