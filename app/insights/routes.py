"""Insights over HTTP."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response, status

from app.auth import CurrentAthlete
from app.bodies import IsoDay
from app.dependencies import Insights, Jobs, generating
from app.errors import problems
from app.event_stream import EventStream
from app.insights.events import read_by
from app.insights.forms import Form, wanted_form
from app.insights.jobs import INSIGHT_JOB
from app.insights.repository import HistoryQuery
from app.insights.schemas import (
    HISTORY_LIMIT,
    MAX_HISTORY_LIMIT,
    FeedbackRead,
    GenerateInsight,
    GiveAnswer,
    GiveFeedback,
    HistoryPage,
    InsightCard,
    InsightRead,
    InsightReadByAdmin,
)
from app.insights.streaming import OpenStream, stream_opener
from app.jobs.schemas import ACCEPTED, JobAccepted, accepted_headers
from chains.request import InsightKind

router = APIRouter(prefix="/api/insights", tags=["insights"])

AnyInsight = InsightReadByAdmin | InsightRead


@router.post(
    "/generate",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(generating)],
    responses={
        200: {"model": InsightRead, "description": "A stored insight that still holds: nothing it says has changed."},
        **ACCEPTED,
        **problems(404, 406, 409, 422, 503),
    },
    response_model=InsightReadByAdmin | InsightRead | JobAccepted,
)
async def generate(
    body: GenerateInsight,
    caller: CurrentAthlete,
    insights: Insights,
    jobs: Jobs,
    form: Annotated[Form, Depends(wanted_form)],
    open_stream: Annotated[OpenStream, Depends(stream_opener)],
    response: Response,
) -> AnyInsight | JobAccepted | EventStream:
    """Write an insight about the caller's training, or return the stored one that still holds. With `Accept: text/event-stream` it is
    told while it is written, whatever `wait` says: `facts`, `headline`, `observation`, `action`, `question`, and the `insight` last;
    `reset` where a writer failed midway, `error` (a problem document) where nothing can be given."""
    if form is Form.EVENTS:
        return await open_stream(body)
    if not body.wait:
        await insights.accept(caller.athlete_id, body)
        job = await jobs.submit(caller.athlete_id, INSIGHT_JOB, body.model_dump(mode="json"))
        response.status_code = status.HTTP_202_ACCEPTED
        response.headers.update(accepted_headers(job))
        return JobAccepted(job_id=job.id)
    generated = await insights.generate(caller.athlete_id, body)
    if not generated.is_new:
        response.status_code = status.HTTP_200_OK
    return read_by(generated.stored, await insights.units_of(caller.athlete_id), is_admin=caller.is_admin)


@router.get("/history", responses=problems(422, 503))
async def history(
    caller: CurrentAthlete,
    insights: Insights,
    kind: InsightKind | None = None,
    activity_id: Annotated[str | None, Query(max_length=64)] = None,
    since: Annotated[IsoDay | None, Query(description="First day of `as_of`.")] = None,
    until: Annotated[IsoDay | None, Query(description="Last day of `as_of`.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_HISTORY_LIMIT)] = HISTORY_LIMIT,
    cursor: Annotated[str | None, Query(max_length=300, description="`next_cursor` of the page before.")] = None,
    view: Literal["card", "full"] = "card",
) -> HistoryPage:
    """The caller's insights, newest first."""
    query = HistoryQuery(kind=kind, activity_id=activity_id, since=since, until=until)
    page = await insights.history(caller.athlete_id, query, cursor=cursor, limit=limit)
    units = await insights.units_of(caller.athlete_id)
    if view == "card":
        return HistoryPage(items=[InsightCard.of(stored, units) for stored in page.items], next_cursor=page.next_cursor)
    return HistoryPage(items=[read_by(stored, units, is_admin=caller.is_admin) for stored in page.items], next_cursor=page.next_cursor)


@router.get("/{insight_id}", responses=problems(404, 503))
async def read(insight_id: str, caller: CurrentAthlete, insights: Insights) -> AnyInsight:
    """One insight with its facts."""
    stored = await insights.get(caller.athlete_id, insight_id)
    return read_by(stored, await insights.units_of(caller.athlete_id), is_admin=caller.is_admin)


@router.delete("/{insight_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(404, 503))
async def delete(insight_id: str, caller: CurrentAthlete, insights: Insights) -> None:
    """Remove an insight, what it was made from, and its answers; the ledger keeps what it cost."""
    await insights.delete(caller.athlete_id, insight_id)


@router.post("/{insight_id}/feedback", responses=problems(404, 422, 503))
async def give_feedback(insight_id: str, body: GiveFeedback, caller: CurrentAthlete, insights: Insights) -> FeedbackRead:
    """Rate an insight; a later rating replaces an earlier one."""
    return FeedbackRead.of(await insights.rate(caller.athlete_id, insight_id, body))


@router.post("/{insight_id}/answer", status_code=status.HTTP_204_NO_CONTENT, responses=problems(404, 422, 503))
async def give_answer(insight_id: str, body: GiveAnswer, caller: CurrentAthlete, insights: Insights) -> None:
    """Answer the question that an insight asked; later insights read the answer."""
    await insights.answer(caller.athlete_id, insight_id, body.choice)
