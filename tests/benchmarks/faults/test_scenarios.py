"""The list of scenarios, and that the checks would see what they are there for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.benchmarks.faults.asking import Answered, Event
from tests.benchmarks.faults.checks import Run, broken
from tests.benchmarks.faults.replies import OPENAI, PARTIES, PROVIDERS, Party
from tests.benchmarks.faults.scenarios import SCENARIOS, By, Scenario, Side
from tests.benchmarks.faults.table import Line, report
from tests.provider.turn import Exchange, Request, Tokens, Turn, says

PLAIN, STREAMED = PARTIES[0], PARTIES[1]
TOKENS = Tokens(input=100, cached=40, output=50, reasoning=20)
RULES = {"headline": "By the rules", "observations": [{"text": "{week.distance} so far."}]}


def test_every_scenario_has_a_name_of_its_own() -> None:
    names = [scenario.name for scenario in SCENARIOS]
    assert len(set(names)) == len(names)


def test_both_orders_are_asked_plain_and_streamed_by_models_that_no_other_party_asks() -> None:
    assert {(party.first, party.streamed) for party in PARTIES} == {(name, streamed) for name in PROVIDERS for streamed in (False, True)}
    models = [party.models[provider] for party in PARTIES for provider in PROVIDERS]
    assert len(set(models)) == len(models)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.name for scenario in SCENARIOS])
@pytest.mark.parametrize("party", PARTIES, ids=[f"{party.first} {party.way}" for party in PARTIES])
def test_a_writer_that_is_to_write_is_scripted_to_write_well_in_the_end(scenario: Scenario, party: Party) -> None:
    makes = {By.FIRST: (scenario.first, party.first), By.SECOND: (scenario.second, party.second)}
    if scenario.by in makes:
        make, provider = makes[scenario.by]
        turn = make(Side(party=party, provider=provider))
        assert (turn.is_whole, turn.text) == (True, party.text(provider))


def good_run(party: Party = PLAIN, **turn: Any) -> Run:
    """The model asked first answered at once."""
    text = party.text(party.first)
    observations = [{"text": text, "facts": []} for text in party.reply(party.first)["observations"]]
    insight: dict[str, Any] = {
        "id": "one",
        "headline": party.reply(party.first)["headline"],
        "observations": observations,
        "actions": [],
        "question": None,
        "model": {"provider": party.first},
        "attempts": [{"outcome": "ok"}],
    }
    sections = [Event(name="headline", data={"text": insight["headline"]}), *(Event(name="observation", data=o) for o in observations)]
    request = Request(provider=party.first, model=party.models[party.first], stream=party.streamed, path="", headers={}, body={})
    usage = {"input_tokens": 100, "cached_input_tokens": 40, "output_tokens": 50, "reasoning_tokens": 20}
    row = {"provider": party.first, "model": party.models[party.first], "outcome": "ok", "usage": usage, "cost_micro_usd": 7}
    return Run(
        party=party,
        answered=Answered(status=201, seconds=0.4, insight=insight, events=tuple(sections) if party.streamed else ()),
        read_again=insight,
        stored=insight,
        ledger=[row],
        exchanges=[Exchange(request=request, turn=says(text, **turn), tokens=TOKENS)],
        deadline_s=6.0,
    )


@pytest.mark.parametrize("party", PARTIES)
def test_a_good_run_holds(party: Party) -> None:
    assert broken(good_run(party), By.FIRST, RULES) == []


def with_row(run: Run, **changes: Any) -> Run:
    return replace(run, ledger=[{**run.ledger[0], **changes}])


def spliced(stored: Mapping[str, Any] | None) -> Mapping[str, Any]:
    assert stored is not None
    return {**stored, "observations": stored["observations"][:1]}


GOOD, TOLD = good_run(), good_run(STREAMED)

WRONG = {
    "no insight": (replace(GOOD, answered=Answered(status=503, seconds=1.0, insight=None)), "no insight"),
    "too late": (replace(GOOD, answered=replace(GOOD.answered, seconds=6.6)), "6.6 s"),
    "nothing stored": (replace(GOOD, stored=None), "not what was told"),
    "half of it stored": (replace(GOOD, stored=spliced(GOOD.stored)), "nobody wrote"),
    "shown twice": (
        replace(TOLD, answered=replace(TOLD.answered, events=(*TOLD.answered.events, TOLD.answered.events[-1]))),
        "what was shown",
    ),
    "a call that is not on the ledger": (replace(GOOD, ledger=[]), "0 calls on the ledger"),
    "too many calls": (replace(GOOD, exchanges=[*GOOD.exchanges] * 4, ledger=[*GOOD.ledger] * 4), "4 calls"),
    "not settled": (with_row(GOOD, open=True), "not settled"),
    "another sum": (with_row(GOOD, usage={"input_tokens": 1}), "booked (1, 0, 0, 0)"),
    "estimated needlessly": (with_row(GOOD, estimated=True), "estimated what was counted"),
    "another model": (with_row(GOOD, model="gpt-3"), "another model"),
}


@pytest.mark.parametrize(("run", "reason"), WRONG.values(), ids=WRONG)
def test_what_does_not_hold_is_seen(run: Run, reason: str) -> None:
    assert any(reason in wrong for wrong in broken(run, By.FIRST, RULES))


def test_a_silent_call_costs_something() -> None:
    request = GOOD.exchanges[0].request
    silent = [Exchange(request=request, turn=Turn(silent=True), tokens=Tokens()), *GOOD.exchanges]
    free = {**GOOD.ledger[0], "outcome": "timeout", "usage": {}}
    assert broken(replace(GOOD, exchanges=silent, ledger=[free, *GOOD.ledger]), By.FIRST, RULES) == ["nothing booked for a silent call"]


def test_the_report_counts_scenarios_and_names_whose_figures_are_whose() -> None:
    held = Line(
        scenario="500 once", first=OPENAI, way="plain", outcomes="ok", writer=OPENAI, calls=2, seconds=0.3, cost_micro_usd=5, broken=()
    )
    missed = replace(held, scenario="both down", broken=("no insight",))

    text = report([held, missed], measured_on="a machine", day="2026-11-22", versions="openai 3")

    assert "**1 of 2 scenarios held**, in 2 runs." in text
    assert "LiteLLM, public figure of September 2026" in text
    assert "| both down | openai | plain | ok | openai | 2 | 0.3 | 0.000005 | no insight |" in text
