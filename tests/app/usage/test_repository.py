"""The ledger's rows: open, settled, and what is made of those that a crash left open."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.database import Database
from app.usage.repository import ModelUsage, UsageRepository
from chains.attempt import Attempt, Outcome, PendingAttempt, Usage
from chains.request import InsightKind

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)


def pending(identifier: str = "call", *, at: datetime = NOW) -> PendingAttempt:
    return PendingAttempt(
        id=identifier,
        insight_id="insight",
        athlete_id="ada",
        kind=InsightKind.WEEKLY_REVIEW,
        prompt="weekly_review/v1@0",
        provider="openai",
        model="gpt-4o",
        started_at=at,
        expires_at=at + timedelta(seconds=60),
        estimate=Usage(input_tokens=900, output_tokens=600),
        estimate_micro_usd=8_250,
    )


def settled(identifier: str = "call", **changes: object) -> Attempt:
    attempt = Attempt(
        id=identifier,
        insight_id="insight",
        athlete_id="ada",
        kind=InsightKind.WEEKLY_REVIEW,
        prompt="weekly_review/v1@0",
        provider="openai",
        model="gpt-4o",
        started_at=NOW,
        latency_ms=900,
        outcome=Outcome.OK,
        usage=Usage(input_tokens=1_000, output_tokens=100),
        cost_micro_usd=3_500,
    )
    return replace(attempt, **changes)  # type: ignore[arg-type]  # any field of an attempt


async def total(ledger: UsageRepository) -> ModelUsage | None:
    rows = await ledger.by_model(NOW.date(), NOW.date())
    return rows[0] if rows else None


async def test_a_call_under_way_counts_as_nothing(database: Database) -> None:
    ledger = UsageRepository(database)
    await ledger.open(pending())

    assert await ledger.settle_abandoned(NOW + timedelta(seconds=60)) == 0
    assert await total(ledger) is None


async def test_an_abandoned_call_is_booked_with_its_estimate_once(database: Database) -> None:
    ledger, later = UsageRepository(database), NOW + timedelta(seconds=61)
    await ledger.open(pending())

    assert [await ledger.settle_abandoned(later) for _ in range(2)] == [1, 0]

    used = await total(ledger)
    assert used is not None
    assert (used.attempts, used.answered, used.cost_micro_usd) == (1, 0, 8_250)
    assert (used.input_tokens, used.output_tokens) == (900, 600)
    row = await database["attempts"].find_one({"_id": "call"})
    assert row is not None
    assert (row["outcome"], row["estimated"], "open" in row) == ("cancelled", True, False)


async def test_what_became_of_it_replaces_the_estimate_and_nothing_replaces_that(database: Database) -> None:
    ledger, later = UsageRepository(database), NOW + timedelta(seconds=61)
    await ledger.open(pending())
    await ledger.settle_abandoned(later)

    await ledger.settle(settled())
    await ledger.settle(settled(cost_micro_usd=1))
    await ledger.settle_abandoned(later)

    used = await total(ledger)
    assert used is not None
    assert (used.attempts, used.answered, used.cost_micro_usd) == (1, 1, 3_500)


async def test_the_sweep_reads_no_row_that_is_settled(database: Database) -> None:
    ledger = UsageRepository(database)
    for number in range(20):
        await ledger.record(settled(f"done-{number}"))
    await ledger.open(pending())

    plan = await database.command(
        "explain",
        {"find": "attempts", "filter": {"open": True, "expires_at": {"$lt": NOW + timedelta(days=1)}}},
        verbosity="executionStats",
    )

    assert plan["executionStats"]["totalDocsExamined"] == 1
