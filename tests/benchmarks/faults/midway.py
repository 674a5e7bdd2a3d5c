"""What goes wrong around a request while a provider is at work: the client leaves, the service is told to stop or killed, the database is
slow or away, the model comes and goes."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.app.storage import StorageProxy
from tests.benchmarks.faults.asking import GENERATE, STREAM, Answered, ask, events_of
from tests.benchmarks.faults.checks import MAX_CALLS, SLACK_S, broken
from tests.benchmarks.faults.course import Rules, known
from tests.benchmarks.faults.replies import PARTIES, Party
from tests.benchmarks.faults.scenarios import By, Side
from tests.benchmarks.faults.stage import Stage, Times, refreshed, staged
from tests.benchmarks.faults.table import Line
from tests.provider.turn import Turn, fails

LONG = Times(deadline=12.0)
"""For what takes the database away and brings it back."""

AWAY_S = 5.0
SLOW_S = 2.0
LATER_S = 8.0
"""Until a row that could not be written at once must be on the ledger."""

UNSTORED_SLACK_S = 1.0
"""Storing has half a second beyond the deadline; then the caller is told that it failed."""

FAILURES = 8
"""Requests to a dead model: enough for its breaker to open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all of them need."""

    folder: Path
    database_uri: str
    rules: Rules


Midway = Callable[[Setting], Coroutine[Any, Any, list[Line]]]


def line(scenario: str, party: Party, answered: Answered, rows: list[Mapping[str, Any]], calls: int, wrong: list[str]) -> Line:
    insight = answered.insight or {}
    model = insight.get("model")
    return Line(
        scenario=scenario,
        first=party.first,
        way=party.way,
        outcomes=", ".join(row["outcome"] for row in rows if "outcome" in row),
        writer=(model["provider"] if model else "rules") if insight else str(answered.status or "nobody"),
        calls=calls,
        seconds=answered.seconds,
        cost_micro_usd=sum(row.get("cost_micro_usd", 0) for row in rows),
        broken=tuple(wrong),
    )


def _slowly(side: Side) -> Turn:
    """About two seconds, streamed or not."""
    return side.says(pause_s=0.05) if side.party.streamed else side.says(delay_s=1.0)


def _set(stage: Stage, party: Party, turn: Turn | None = None) -> int:
    """Both models answer slowly, or the first one as given. How many requests the double has seen."""
    stage.double.clear()
    for provider in (party.first, party.second):
        stage.double.always(provider, _slowly(Side(party=party, provider=provider)))
    if turn is not None:
        stage.double.always(party.first, turn)
    return len(stage.double.exchanges)


async def _arrival(stage: Stage, seen: int) -> None:
    await asyncio.to_thread(stage.double.wait_for, seen + 1)


async def _rows(stage: Stage, party: Party, *, wait_s: float) -> list[Mapping[str, Any]]:
    """Of this party, when none is open any more."""
    rows: list[Mapping[str, Any]] = []
    for _ in range(round(wait_s / 0.2)):
        rows = [row async for row in stage.database["attempts"].find({"kind": party.kind.value}).sort("started_at", 1)]
        if rows and not any(row.get("open") for row in rows):
            break
        await asyncio.sleep(0.2)
    return rows


def _on_the_ledger(rows: list[Mapping[str, Any]], calls: int) -> list[str]:
    booked = [row for row in rows if row["provider"] != "rules"]
    wrong = [f"{len(booked)} calls on the ledger, the providers saw {calls}"] if len(booked) != calls else []
    wrong += ["a call is not settled"] if any(row.get("open") for row in rows) else []
    return wrong + ([f"{calls} calls"] if calls > MAX_CALLS else [])


async def client_gone(setting: Setting) -> list[Line]:
    """After sending, after the facts, after the headline; and a plain one. Whole or not at all, and on the ledger."""
    lines = []
    async with staged(setting.folder / "gone", setting.database_uri) as stage:
        for stop_at in ("nothing", "facts", "headline"):
            await refreshed(stage)
            lines += [await _gone(stage, party, stop_at) for party in PARTIES if party.streamed or stop_at == "nothing"]
    return lines


async def _gone(stage: Stage, party: Party, stop_at: str) -> Line:
    seen = _set(stage, party)
    async with httpx.AsyncClient(base_url=stage.client.base_url, headers=stage.client.headers, timeout=60) as leaving:
        if stop_at == "nothing":
            asking = asyncio.create_task(ask(leaving, party))
            await _arrival(stage, seen)
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
        else:
            await _read_until(leaving, party, stop_at)
    await asyncio.sleep(0.5)
    rows = await _rows(stage, party, wait_s=LATER_S)
    calls = len(stage.double.exchanges) - seen
    await asyncio.sleep(0.5)
    stored = [insight async for insight in stage.database["insights"].find({"kind": party.kind.value})]
    wrong = _on_the_ledger(rows, calls)
    whole = [party.reply(party.first)["headline"]]
    wrong += ["something half is stored"] if any(insight["headline"] not in whole for insight in stored) else []
    answered = Answered(status=0, seconds=0.0, insight=None)
    name = {"nothing": "client gone during the call", "facts": "client gone after facts", "headline": "client gone after the headline"}
    made = line(name[stop_at], party, answered, rows, calls, wrong)
    return replace(made, writer=f"stored: {len(stored)}")


async def _read_until(client: httpx.AsyncClient, party: Party, name: str) -> None:
    body = {"kind": party.kind.value, "refresh": True}
    async with client.stream("POST", GENERATE, json=body, headers=STREAM) as answer:
        async for event in events_of(answer):
            if event.name == name:
                return


async def told_to_stop(setting: Setting) -> list[Line]:
    """SIGTERM while a provider is at work: the request is answered, the process ends with 0."""
    lines = []
    for party in PARTIES:
        async with staged(setting.folder / "stop", setting.database_uri) as stage:
            await refreshed(stage)
            seen = _set(stage, party)
            asking = asyncio.create_task(ask(stage.client, party))
            await _arrival(stage, seen)
            stage.server.process.send_signal(signal.SIGTERM)
            answered = await _answered(asking)
            code = await asyncio.to_thread(stage.server.process.wait, 30)
            rows = await _rows(stage, party, wait_s=1.0)
            calls = len(stage.double.exchanges) - seen
            wrong = _on_the_ledger(rows, calls)
            wrong += [] if answered.insight else ["no insight"]
            wrong += [] if code == 0 else [f"exit code {code}"]
            lines.append(line("SIGTERM midway", party, answered, rows, calls, wrong))
    return lines


async def _answered(asking: "asyncio.Task[Answered]") -> Answered:
    """Nothing, where the connection broke."""
    try:
        return await asking
    except httpx.TransportError:
        return Answered(status=0, seconds=0.0, insight=None)


async def killed(setting: Setting) -> list[Line]:
    """kill -9 while a provider is at work: nothing half is stored, and after the restart the call is booked. Its row's time is put
    forward, so that nobody has to wait for the minute in which no other replica may touch it."""
    lines = []
    for party in PARTIES:
        async with staged(setting.folder / "kill", setting.database_uri) as stage:
            await refreshed(stage)
            seen = _set(stage, party, Turn(silent=True))
            asking = asyncio.create_task(ask(stage.client, party))
            await _arrival(stage, seen)
            stage.server.process.kill()
            answered = await _answered(asking)
            await asyncio.to_thread(stage.server.process.wait, 30)
            stored = await stage.database["insights"].count_documents({"kind": party.kind.value})
            calls = len(stage.double.exchanges) - seen
            long_ago = {"expires_at": datetime.now(UTC) - timedelta(minutes=10)}
            await stage.database["attempts"].update_many({"open": True}, {"$set": long_ago})
            rows = await _after_restart(setting, party)
            wrong = _on_the_ledger(rows, calls)
            wrong += ["something is stored"] if stored else []
            wrong += [] if rows and all(row.get("estimated") and row["cost_micro_usd"] for row in rows) else ["its cost is not booked"]
            lines.append(line("kill -9 midway", party, answered, rows, calls, wrong))
    return lines


async def _after_restart(setting: Setting, party: Party) -> list[Mapping[str, Any]]:
    async with staged(setting.folder / "again", setting.database_uri, remembers=True) as stage:
        return await _rows(stage, party, wait_s=LATER_S)


async def slow_database(setting: Setting) -> list[Line]:
    """Every answer of MongoDB takes 2 s: an insight, or 503 that says when to come back."""
    with StorageProxy(setting.database_uri) as proxy:
        async with staged(setting.folder / "slow", proxy.uri, times=LONG, direct_uri=setting.database_uri) as stage:
            lines = []
            for party in PARTIES:
                await refreshed(stage)
                proxy.delay_s = SLOW_S
                seen = _set(stage, party)
                answered = await ask(stage.client, party)
                proxy.delay_s = 0.0
                lines.append(await _insight_or_503(stage, "MongoDB slow (2 s)", party, answered, seen))
            return lines


async def database_back(setting: Setting) -> list[Line]:
    """It breaks off while a provider is at work, and is back after 5 s."""
    return await _away(setting, for_ever=False)


async def database_away(setting: Setting) -> list[Line]:
    """The same, and it is not back before the deadline."""
    return await _away(setting, for_ever=True)


async def _away(setting: Setting, *, for_ever: bool) -> list[Line]:
    name = "MongoDB down beyond the deadline" if for_ever else "MongoDB down for 5 s midway"
    times = Times() if for_ever else LONG
    with StorageProxy(setting.database_uri) as proxy:
        async with staged(setting.folder / "away", proxy.uri, times=times, direct_uri=setting.database_uri) as stage:
            lines = []
            for party in PARTIES:
                await refreshed(stage)
                seen = _set(stage, party)
                asking = asyncio.create_task(ask(stage.client, party))
                await _arrival(stage, seen)
                proxy.cut()
                if not for_ever:
                    proxy.mend_after(AWAY_S)
                answered = await asking
                proxy.mend()
                made = await _insight_or_503(stage, name, party, answered, seen)
                if not for_ever and answered.insight is None:
                    made = replace(made, broken=(*made.broken, "it was back within the deadline"))
                lines.append(made)
            return lines


async def _insight_or_503(stage: Stage, name: str, party: Party, answered: Answered, seen: int) -> Line:
    rows = await _rows(stage, party, wait_s=LATER_S)
    calls = len(stage.double.exchanges) - seen
    stored = [insight["_id"] async for insight in stage.database["insights"].find({"kind": party.kind.value})]
    wrong = _on_the_ledger(rows, calls) if rows or calls else []
    if answered.seconds > stage.times.deadline + (SLACK_S if answered.insight is not None else UNSTORED_SLACK_S):
        wrong.append(f"{answered.seconds:.1f} s")
    if answered.insight is not None and answered.insight["id"] not in stored:
        wrong.append("shown as final, and not stored")
    problem = answered.problem or {}
    if answered.insight is None and (problem.get("status") != 503 or not answered.retry_after):
        wrong.append(f"no 503 with Retry-After, but {problem.get('status')} {problem.get('title', '')}".strip())
    return line(name, party, answered, rows, calls, wrong)


async def flapping(setting: Setting) -> list[Line]:
    """The model asked first dies and comes back: its breaker opens, so that it is left alone, and closes, so that it writes again."""
    lines = []
    async with staged(setting.folder / "flap", setting.database_uri) as stage:
        for party in PARTIES:
            await refreshed(stage)
            side, other = Side(party=party, provider=party.first), Side(party=party, provider=party.second)
            stage.double.clear()
            stage.double.always(party.first, fails(503))
            stage.double.always(party.second, other.says())
            before = stage.double.calls(party.first)
            runs = [await _checked(stage, party, By.SECOND, setting.rules) for _ in range(FAILURES)]
            asked = stage.double.calls(party.first) - before
            stage.double.always(party.first, side.says())
            back = await _until_back(stage, party)
            runs.append(await _checked(stage, party, By.FIRST, setting.rules))
            wrong = [reason for _, reasons in runs for reason in reasons]
            wrong += [] if asked < 2 * FAILURES else ["the breaker never opened"]
            wrong += [] if back else ["the breaker never closed"]
            answered, _ = max(runs, key=lambda run: run[0].seconds)
            made = line("flapping primary", party, answered, [], asked, wrong)
            lines.append(replace(made, outcomes=f"{FAILURES} requests, {asked} calls to the dead model"))
    return lines


async def _checked(stage: Stage, party: Party, by: By, rules: Rules) -> tuple[Answered, list[str]]:
    seen = len(stage.double.exchanges)
    answered = await ask(stage.client, party)
    return answered, broken(await known(stage, party, answered, seen), by, rules[party.kind.value])


async def _until_back(stage: Stage, party: Party) -> bool:
    """Whether the model asked first writes again, some time after its hold."""
    for _ in range(20):
        answered = await ask(stage.client, party)
        if answered.insight and answered.insight["model"] and answered.insight["model"]["provider"] == party.first:
            return True
        await asyncio.sleep(0.5)
    return False
