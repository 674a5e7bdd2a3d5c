"""What must hold under load: one function a bar. Each says what it measured and whether it held."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from signal import SIGTERM

from chains.routing.breaker import FIRST_HOLD_S, WINDOW
from tests.benchmarks.faults.replies import GOOGLE, OPENAI, PARTIES
from tests.benchmarks.faults.stage import refreshed
from tests.benchmarks.load.open_loop import at_once, at_rate, percentile_ms, written
from tests.benchmarks.load.target import LIMITS, STREAM_S, Target, slowly, well
from tests.benchmarks.load.wire import Reply
from tests.provider.turn import Turn, fails

PER_S = 20.0
HEALTHY_S, OUTAGE_S, DEAD_S, OVERLOAD_S = 20.0, 60.0, 25.0, 10.0
AT_ONCE = 32
STREAMS = 20
ROUNDS = 8
STEADY_S = 20.0
SILENT = Turn(silent=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One bar."""

    what: str
    measured: str
    bar: str
    held: bool


Course = Callable[[Target], Awaitable[Sequence[Figure]]]


async def silent_primary(target: Target) -> list[Figure]:
    """A few at once, before any breaker can know."""
    figures = []
    for party, limit_s in ((PARTIES[0], LIMITS.call), (PARTIES[1], LIMITS.first_token)):
        await refreshed(target.stage)
        target.stage.double.clear()
        target.stage.double.always(OPENAI, SILENT)
        target.stage.double.always(GOOGLE, Turn(text=party.text(GOOGLE)))
        replies = [await target.generate(number, party) for number in range(3)]
        worst_s = max(reply.seconds for reply in replies)
        by_second = all(reply.status in (200, 201) and b"google_genai" in reply.body for reply in replies)
        figures.append(
            Figure(
                what=f"silent primary, {party.way}",
                measured=f"{worst_s:.2f} s, {'second model' if by_second else 'not by the second model'}",
                bar=f"≤ {1.2 * limit_s:.2f} s (1.2 × {limit_s:g} s)",
                held=by_second and worst_s <= 1.2 * limit_s,
            )
        )
    return figures


async def outage(target: Target) -> list[Figure]:
    """The model asked first dead for a minute: failing at once, then silent."""
    return [*await _outage(target, "failing", fails(503)), *await _outage(target, "silent", SILENT)]


async def _outage(target: Target, name: str, turn: Turn) -> list[Figure]:
    await refreshed(target.stage)
    target.providers(well(OPENAI))
    healthy = await at_rate(PER_S, HEALTHY_S, target.generate)
    target.providers(turn)
    before, began = target.stage.double.calls(OPENAI), time.perf_counter()
    replies = await at_rate(PER_S, OUTAGE_S, target.generate)
    calls = target.stage.double.calls(OPENAI) - before
    trials = _trials(OUTAGE_S)
    late = [reply.seconds for reply in written(replies) if reply.asked_at - began > OUTAGE_S / 2]
    p95, healthy_p95 = percentile_ms(late, 95), percentile_ms([r.seconds for r in written(healthy)], 95)
    answered = len(written(replies))
    return [
        Figure(
            what=f"outage, {name}: calls to the dead model",
            measured=f"{calls} at {len(replies)} requests, {answered} answered",
            bar=f"≤ {WINDOW} + {trials} trials",
            held=calls <= WINDOW + trials and answered == len(replies),
        ),
        Figure(
            what=f"outage, {name}: p95 once open",
            measured=f"{p95:.0f} ms, healthy {healthy_p95:.0f} ms",
            bar="≤ 1.3 ×",
            held=p95 <= 1.3 * healthy_p95,
        ),
    ]


def _trials(seconds: float) -> int:
    """One at the end of each hold, which doubles."""
    trials, hold_s = 0, FIRST_HOLD_S
    while hold_s <= seconds:
        trials, seconds, hold_s = trials + 1, seconds - hold_s, 2 * hold_s
    return trials


async def both_dead(target: Target) -> list[Figure]:
    """Rules answer everybody; who looks after the service sees that it is ready."""
    await refreshed(target.stage)
    target.providers(fails(503), fails(503))
    began = time.perf_counter()

    async def live(_: int) -> Reply:
        return await target.get("/livez")

    before_s = target.cpu_s()
    replies, lives = await asyncio.gather(at_rate(PER_S, DEAD_S, target.generate), at_rate(10, DEAD_S, live))
    cpu_ms = 1000 * (target.cpu_s() - before_s) / len(replies)
    ready = await target.get("/readyz")
    by_rules = [reply for reply in written(replies) if reply.json["source"] == "rules"]
    late = [reply.seconds for reply in by_rules if reply.asked_at - began > DEAD_S / 5]
    p95, p99 = percentile_ms(late, 95), percentile_ms([r.seconds for r in lives], 99)
    share = len(by_rules) / len(replies)
    return [
        Figure(what="both dead: by rules", measured=f"{share:.1%} of {len(replies)}", bar="100 %", held=share == 1),
        Figure(what="both dead: p95 once open", measured=f"{p95:.0f} ms, {cpu_ms:.0f} ms of CPU each", bar="≤ 300 ms", held=p95 <= 300),
        Figure(what="both dead: /livez p99", measured=f"{p99:.0f} ms", bar="≤ 50 ms", held=p99 <= 50),
        Figure(what="both dead: /readyz", measured=str(ready.status), bar="200", held=ready.status == 200),
    ]


async def overload(target: Target) -> list[Figure]:
    """The plateau first, then three and ten times as much, and how soon it is as before."""
    await refreshed(target.stage)
    target.providers(well(OPENAI))
    before_s = target.cpu_s()
    insights = len(written(await at_once(AT_ONCE, OVERLOAD_S, target.generate)))
    plateau, cpu_ms = insights / OVERLOAD_S, 1000 * (target.cpu_s() - before_s) / insights
    measured = f"{plateau:.0f} insights a second, {AT_ONCE} at once, {cpu_ms:.0f} ms of CPU each, {plateau * cpu_ms / 1000:.0%} of a core"
    figures = [Figure(what="plateau", measured=measured, bar="-", held=True)]
    for times in (3, 10):
        figures += await _overload(target, plateau, times)
    return figures


async def _overload(target: Target, plateau: float, times: int) -> list[Figure]:
    before_mb, before_s = target.memory_mb(), target.cpu_s()
    replies = await at_rate(times * plateau, OVERLOAD_S, target.generate)
    busy = (target.cpu_s() - before_s) / OVERLOAD_S
    peak_mb = target.memory_mb()
    began = time.perf_counter()
    while (calm := await target.generate(0)).status != 201 or calm.seconds > 1.0:
        if time.perf_counter() - began > 30:
            break
        await asyncio.sleep(0.1)
    recovery_s = time.perf_counter() - began
    first = min(reply.asked_at for reply in replies)
    last = max(reply.asked_at + reply.seconds for reply in written(replies))
    goodput = len(written(replies)) / (last - first)
    shed = [reply for reply in replies if reply.status == 503]
    lost = len(replies) - len(written(replies)) - len(shed)
    p99 = percentile_ms([reply.seconds for reply in shed], 99)
    name = f"overload, {times} ×"
    return [
        Figure(
            what=f"{name}: goodput",
            measured=f"{goodput:.0f} a second, {goodput / plateau:.0%} of the plateau; {len(shed)} of {len(replies)} shed, {lost} lost; "
            f"{busy:.0%} of a core",
            bar="≥ 90 %, none lost",
            held=goodput >= 0.9 * plateau and not lost,
        ),
        Figure(what=f"{name}: shed answers p99", measured=f"{p99:.0f} ms", bar="≤ 100 ms", held=p99 <= 100),
        Figure(what=f"{name}: memory", measured=f"{before_mb:.0f} → {peak_mb:.0f} MB", bar="≤ + 100 MB", held=peak_mb <= before_mb + 100),
        Figure(what=f"{name}: recovery", measured=f"{recovery_s:.1f} s", bar="≤ 5 s", held=recovery_s <= 5),
    ]


async def first_content(target: Target) -> list[Figure]:
    """The `facts` event with twenty streams under way, and with twenty asked for in one instant; the providers well, and silent."""
    party, figures = PARTIES[1], []
    for name, turn in (("well", slowly(OPENAI, party)), ("silent", SILENT)):
        await refreshed(target.stage)
        target.stage.double.clear()
        target.stage.double.always(OPENAI, turn)
        target.stage.double.always(GOOGLE, slowly(GOOGLE, party))
        steady = await at_rate(STREAMS / STREAM_S, STEADY_S, lambda number: target.generate(number, party))
        burst: list[Reply] = []
        for beginning in range(0, ROUNDS * STREAMS, STREAMS):
            numbers = range(beginning, beginning + STREAMS)
            burst += await asyncio.gather(*(target.generate(number, party) for number in numbers))
        figures.append(_first(f"first content, {STREAMS} under way, providers {name}", steady))
        figures.append(_first(f"first content, {STREAMS} in one instant, providers {name}", burst))
    return figures


def _first(what: str, replies: Sequence[Reply]) -> Figure:
    whole = sum(reply.status == 200 and b"event: insight" in reply.body for reply in replies)
    p99 = percentile_ms([reply.first_s for reply in replies], 99)
    measured = f"p99 {p99:.0f} ms, {whole} of {len(replies)} streams whole"
    return Figure(what=what, measured=measured, bar="≤ 100 ms", held=p99 <= 100 and whole == len(replies))


async def stop(target: Target) -> list[Figure]:
    """SIGTERM under load; the last, for there is no service after it."""
    await refreshed(target.stage)
    target.providers(well(OPENAI))
    loading = asyncio.ensure_future(at_rate(PER_S, 8.0, target.generate))
    await asyncio.sleep(3.0)
    target.stage.server.process.send_signal(SIGTERM)
    replies = await loading
    code = await asyncio.to_thread(target.stage.server.process.wait, 30)
    reset = sum(reply.status == -1 for reply in replies)
    refused = sum(reply.status == 0 for reply in replies)
    shed = sum(reply.status == 503 for reply in replies)
    measured = f"{len(written(replies))} written, {shed} shed, {refused} not accepted after the end, {reset} reset, exit {code}"
    odd = [reply.status for reply in replies if reply.status not in (0, 201, 503)]
    return [Figure(what="stop under load", measured=measured, bar="none reset, exit 0", held=not odd and code == 0)]


COURSES: Sequence[Course] = (silent_primary, first_content, both_dead, outage, overload, stop)
