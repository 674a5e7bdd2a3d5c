"""All breakers of a process: permits, what the operator is told, and what replicas tell each other."""

from dataclasses import dataclass, field

from chains.attempt import Outcome
from chains.routing.breaker import FIRST_HOLD_S, LEAST_JUDGED
from chains.routing.breakers import ALARM_EVERY_S, Breakers, Permit
from chains.writers.brief import Brief
from chains.writers.port import Answer, Heard
from tests.chains.writing import MemoryMonitor


@dataclass(frozen=True)
class Named:
    """A writer that is only asked for its name."""

    provider: str = "openai"
    model: str = "gpt-4o"

    async def write(self, brief: Brief, heard: Heard | None = None) -> Answer:
        raise AssertionError("nobody writes here")


@dataclass
class Clock:
    """Turned by hand; one for all replicas."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Replica:
    """One process."""

    clock: Clock = field(default_factory=Clock)
    monitor: MemoryMonitor = field(default_factory=MemoryMonitor)

    def __post_init__(self) -> None:
        self.breakers = Breakers(monitor=self.monitor, now=self.clock)

    def ask(self, writer: Named = Named()) -> Permit | None:
        return self.breakers.permit(writer)

    def asked(self, writer: Named = Named()) -> Permit:
        permit = self.ask(writer)
        assert permit is not None
        return permit

    def end(self, outcome: Outcome, writer: Named = Named(), detail: str | None = None) -> None:
        self.asked(writer).report(outcome, detail)

    def open(self) -> None:
        for _ in range(LEAST_JUDGED):
            self.end(Outcome.UNAVAILABLE)
        assert self.ask() is None


def test_each_model_has_its_own() -> None:
    replica = Replica()
    replica.open()

    assert replica.ask(Named(model="gpt-4o-mini")) is not None
    assert replica.breakers.left_alone() == ["openai:gpt-4o"]
    assert replica.breakers.why(Named()) == "unavailable"


def test_an_unusable_reply_comes_from_a_healthy_provider() -> None:
    replica = Replica()

    for outcome in (Outcome.UNGROUNDED, Outcome.OFF_SCHEMA, Outcome.REFUSED, Outcome.FILTERED, Outcome.TRUNCATED, Outcome.CONTEXT_LENGTH):
        for _ in range(LEAST_JUDGED):
            replica.end(outcome)

    assert replica.ask() is not None


def test_a_call_that_ends_without_a_report_frees_its_place() -> None:
    replica = Replica()
    replica.open()
    replica.clock.now += FIRST_HOLD_S

    with replica.asked():
        assert replica.ask() is None

    assert replica.ask() is not None


def test_only_the_first_report_counts() -> None:
    replica = Replica()
    replica.open()
    replica.clock.now += FIRST_HOLD_S

    with replica.asked() as permit:
        permit.report(Outcome.OK)

    assert replica.breakers.left_alone() == []


def test_one_alarm_in_five_minutes_for_each_model_and_fault() -> None:
    replica = Replica()
    for _ in range(5):
        replica.end(Outcome.AUTH, detail="AuthenticationError, HTTP 401")
        replica.clock.now += ALARM_EVERY_S / 5

    replica.end(Outcome.RETIRED, Named(model="old"))
    replica.clock.now += FIRST_HOLD_S * 32
    replica.end(Outcome.AUTH)

    assert [(a.model, a.outcome.value, a.repeated) for a in replica.monitor.alarms] == [
        ("gpt-4o", "auth", 0),
        ("old", "retired", 0),
        ("gpt-4o", "auth", 4),
    ]
    assert replica.monitor.alarms[0].detail == "AuthenticationError, HTTP 401"


def test_what_one_replica_finds_the_others_learn() -> None:
    clock = Clock()
    first, second = Replica(clock), Replica(clock)
    first.open()

    second.breakers.merge(first.breakers.records())

    assert second.ask() is None
    assert [change.reason for change in second.monitor.changes] == ["unavailable"]
    clock.now += FIRST_HOLD_S
    first.end(Outcome.OK)
    second.breakers.merge(first.breakers.records())
    assert second.ask() is not None


def test_older_news_changes_nothing() -> None:
    clock = Clock()
    first, second = Replica(clock), Replica(clock)
    first.open()
    stale = first.breakers.records()
    clock.now += FIRST_HOLD_S
    first.end(Outcome.OK)

    first.breakers.merge(stale)
    clock.now += 3600
    second.breakers.merge(stale)

    assert first.breakers.left_alone() == []
    assert second.breakers.left_alone() == []


def test_two_changes_at_one_instant_are_told_apart() -> None:
    clock = Clock()
    first, second = Replica(clock), Replica(clock)
    first.open()
    clock.now += FIRST_HOLD_S
    first.end(Outcome.OK)
    second.breakers.merge(first.breakers.records())

    first.end(Outcome.QUOTA)
    second.breakers.merge(first.breakers.records())

    assert second.breakers.left_alone() == ["openai:gpt-4o"]


def test_a_right_is_to_one_opening() -> None:
    clock = Clock()
    first, second = Replica(clock), Replica(clock)
    second.breakers.shared = True
    first.open()
    second.breakers.merge(first.breakers.records())
    clock.now += FIRST_HOLD_S
    second.breakers.grant(first.breakers.records()[0], 60.0)

    first.end(Outcome.TIMEOUT)
    second.breakers.merge(first.breakers.records())
    clock.now += 2 * FIRST_HOLD_S

    assert second.ask() is None


def test_shared_a_model_is_tried_only_by_right_and_the_right_is_used_up() -> None:
    replica = Replica()
    replica.breakers.shared = True
    replica.open()
    assert replica.breakers.wanted() == []
    replica.clock.now += FIRST_HOLD_S

    assert replica.ask() is None
    (record,) = replica.breakers.wanted()
    replica.breakers.grant(record, 5.0)
    trial = replica.asked()

    assert replica.breakers.wanted() == [record]  # to be kept while the trial is under way
    trial.report(Outcome.TIMEOUT)
    replica.clock.now += 2 * FIRST_HOLD_S
    assert replica.ask() is None


def test_a_right_that_is_not_used_runs_out() -> None:
    replica = Replica()
    replica.breakers.shared = True
    replica.open()
    replica.clock.now += FIRST_HOLD_S
    assert replica.ask() is None
    (record,) = replica.breakers.wanted()
    replica.breakers.grant(record, 5.0)

    replica.clock.now += 5.0

    assert replica.ask() is None


def test_the_operator_hears_of_a_fault_from_one_replica() -> None:
    clock = Clock()
    first, second = Replica(clock), Replica(clock)
    first.end(Outcome.QUOTA)
    second.breakers.merge(first.breakers.records())

    clock.now += FIRST_HOLD_S
    second.end(Outcome.QUOTA)

    assert [len(first.monitor.alarms), len(second.monitor.alarms)] == [1, 0]
