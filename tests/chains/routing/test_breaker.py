"""The breaker of one model, by a clock that is turned by hand."""

from dataclasses import dataclass, field

from chains.routing.breaker import (
    FIRST_HOLD_S,
    FIRST_PATIENCE_S,
    LEASE_S,
    LEAST_JUDGED,
    LEAST_PATIENCE_S,
    LONGEST_HOLD_S,
    SILENCE,
    WINDOW,
    WINDOW_S,
    Breaker,
    BreakerChange,
    BreakerState,
    Call,
)
from chains.routing.outcomes import Blame

MODEL = "openai:gpt-4o"


@dataclass
class Watched:
    """A breaker, its clock, and all that it told."""

    now: float = 1_000_000.0
    changes: list[BreakerChange] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.breaker = Breaker(model=MODEL, changed=self.changes.append)

    @property
    def state(self) -> str:
        return self.breaker.state.value

    @property
    def states(self) -> list[str]:
        return [change.after.value for change in self.changes]

    def begin(self) -> Call | None:
        return self.breaker.admit(self.now, may_try=True)

    def begun(self) -> Call:
        call = self.begin()
        assert call is not None
        return call

    def end(self, call: Call, blame: Blame, reason: str = "unavailable") -> None:
        self.breaker.ended(call, blame, reason, self.now)

    def succeed(self, times: int = 1, *, took_s: float = 0.1) -> None:
        for _ in range(times):
            call = self.begun()
            self.now += took_s
            self.end(call, Blame.SUCCESS, "ok")

    def fail(self, times: int = 1) -> None:
        for _ in range(times):
            self.end(self.begun(), Blame.FAILURE)

    def open(self) -> None:
        self.fail(LEAST_JUDGED)
        assert self.state == "open"


def test_a_few_failures_do_not_open_it() -> None:
    watched = Watched()

    watched.fail(LEAST_JUDGED - 1)

    assert watched.begin() is not None
    assert watched.changes == []


def test_half_of_the_last_calls_failed_opens_it() -> None:
    watched = Watched()
    watched.succeed(WINDOW)

    watched.fail(WINDOW // 2 - 1)
    assert watched.state == "closed"
    watched.fail()

    assert watched.begin() is None
    assert watched.changes == [
        BreakerChange(model=MODEL, before=BreakerState.CLOSED, after=BreakerState.OPEN, reason="unavailable", hold_s=FIRST_HOLD_S)
    ]


def test_failures_of_long_ago_say_nothing_about_now() -> None:
    watched = Watched()
    watched.fail(LEAST_JUDGED - 1)

    watched.now += WINDOW_S + 1
    watched.fail()

    assert watched.state == "closed"


def test_what_nobody_can_judge_does_not_count() -> None:
    watched = Watched()

    for _ in range(WINDOW):
        watched.end(watched.begun(), Blame.NONE, "bad_request")

    assert watched.changes == []


def test_a_fault_of_the_account_opens_it_at_once() -> None:
    watched = Watched()
    watched.succeed(WINDOW)

    watched.end(watched.begun(), Blame.OPENS, "quota")

    assert watched.begin() is None
    assert watched.changes[-1].reason == "quota"


def test_after_the_hold_one_call_at_a_time_tries_it() -> None:
    watched = Watched()
    watched.open()

    watched.now += FIRST_HOLD_S - 0.1
    assert watched.begin() is None
    watched.now += 0.2
    trial = watched.begin()

    assert trial is not None
    assert [watched.begin() for _ in range(10)] == [None] * 10
    assert watched.states == ["open", "half_open"]


def test_without_the_right_to_try_nobody_does() -> None:
    watched = Watched()
    watched.open()
    watched.now += FIRST_HOLD_S + 1

    assert watched.breaker.admit(watched.now, may_try=False) is None
    assert watched.breaker.is_due(watched.now)


def test_a_trial_that_succeeds_closes_it_and_forgets_the_hold() -> None:
    watched = Watched()
    watched.open()
    watched.now += FIRST_HOLD_S + 1
    watched.fail()
    watched.now += 2 * FIRST_HOLD_S + 1

    watched.succeed()

    assert watched.states == ["open", "half_open", "open", "half_open", "closed"]
    watched.open()
    assert watched.changes[-1].hold_s == FIRST_HOLD_S


def test_the_hold_doubles_up_to_two_minutes() -> None:
    watched = Watched()
    watched.open()

    for _ in range(7):
        watched.now += watched.breaker.hold_s + 1
        watched.fail()

    holds = [change.hold_s for change in watched.changes if change.after is BreakerState.OPEN]
    assert holds == [5.0, 10.0, 20.0, 40.0, 80.0, 120.0, 120.0, 120.0]
    assert holds[-1] == LONGEST_HOLD_S


def test_a_trial_that_nobody_can_judge_is_made_again() -> None:
    watched = Watched()
    watched.open()
    watched.now += FIRST_HOLD_S + 1
    watched.end(watched.begun(), Blame.NONE, "cancelled")

    watched.succeed()

    assert watched.state == "closed"


def test_a_trial_that_never_reports_frees_itself_and_counts_for_nothing() -> None:
    watched = Watched()
    watched.open()
    watched.now += FIRST_HOLD_S + 1
    lost = watched.begun()

    watched.now += LEASE_S - 1
    assert watched.begin() is None
    watched.now += 2
    trial = watched.begin()
    watched.end(lost, Blame.OPENS, "auth")

    assert trial is not None
    assert watched.state == "half_open"


def test_calls_under_way_when_it_opened_do_not_count() -> None:
    watched = Watched()
    early = [watched.begun() for _ in range(WINDOW - LEAST_JUDGED)]
    watched.open()

    for call in early[:3]:
        watched.end(call, Blame.FAILURE)
    watched.end(early[3], Blame.SUCCESS, "ok")
    assert watched.state == "open"
    assert watched.breaker.hold_s == FIRST_HOLD_S

    watched.now += FIRST_HOLD_S + 1
    watched.succeed()
    for call in early[4:]:
        watched.end(call, Blame.FAILURE)
    assert watched.state == "closed"


def test_an_outage_in_silence_costs_one_window_at_twenty_requests_a_second() -> None:
    watched = Watched()
    watched.succeed(WINDOW, took_s=0.4)

    asked = 0
    for _ in range(60 * 20):
        asked += watched.begin() is not None
        watched.now += 0.05

    trials = watched.states.count("half_open")
    assert asked - trials == WINDOW
    assert trials == 1  # the only one is silent too, up to the end of its lease
    assert watched.changes[0].reason == SILENCE


def test_a_model_that_always_takes_long_is_not_silent() -> None:
    watched = Watched()
    watched.succeed(3, took_s=8.0)

    begun = []
    for _ in range(int(7.9 * 20)):
        begun.append(watched.begun())
        watched.now += 0.05

    assert watched.changes == []


def test_silence_is_measured_from_the_last_answer() -> None:
    watched = Watched()
    watched.succeed()

    for _ in range(10):
        calls = [watched.begun() for _ in range(WINDOW - 1)]
        watched.now += LEAST_PATIENCE_S + 1
        watched.end(calls[0], Blame.SUCCESS, "ok")

    assert watched.changes == []


def test_an_answer_refutes_silence() -> None:
    watched = Watched()
    calls = [watched.begun() for _ in range(WINDOW)]
    watched.now += FIRST_PATIENCE_S
    assert watched.begin() is None

    watched.end(calls[0], Blame.SUCCESS, "ok")

    assert watched.states == ["open", "closed"]


def test_calls_that_never_report_are_forgotten() -> None:
    watched = Watched()
    for _ in range(WINDOW):
        watched.begun()

    watched.now += LEASE_S + 1

    assert watched.begin() is not None


def test_a_flapping_model_is_closed_again_and_again() -> None:
    watched = Watched()
    for _ in range(3):
        watched.open()
        watched.now += FIRST_HOLD_S + 1
        watched.succeed()

    assert watched.states == ["open", "half_open", "closed"] * 3
    assert {change.hold_s for change in watched.changes if change.after is BreakerState.OPEN} == {FIRST_HOLD_S}
