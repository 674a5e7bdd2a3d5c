"""The rules one by one: what each rejects, and the nearest thing that it lets pass."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.errors import Ungrounded
from chains.grounding.checker import check, check_text
from chains.grounding.passage import Role
from chains.reply import Choice, Question, Reply
from tests.chains.grounding.good import good_sheets

RUN, SLOW, LONG, FAULT, WORKOUT, RIDE, NOTED = "a_metric", "b_metric", "c_metric", "e_metric", "f_metric", "g_metric", "p_metric"
BUILD, STEADY, GAP, EXAMPLE = "j_metric", "k_metric", "l_metric", "j_example"
"""Sheets by what they are about; their facts are in good_sheets.json."""


def rules(sheet: str, text: str, role: Role = Role.OBSERVATION, option: str | None = None) -> set[str]:
    return {v.rule for v in check_text(text, good_sheets()[sheet], role, option)}


@pytest.mark.parametrize(
    ("rule", "sheet", "text"),
    [
        ("unknown_reference", RUN, "You ran {activity.distence}."),
        ("unknown_reference", RUN, "You ran {activity.distance|rounded}."),
        ("unknown_reference", RUN, "You ran {activity.distance at {activity.pace}."),
        ("unknown_reference", RUN, "You ran activity.distance at {activity.pace}."),
        ("no_reference", RUN, "A good run on a quiet day."),
        ("free_number", RUN, "You ran 10 km at {activity.pace}."),
        ("free_number", RUN, "You ran ten kilometres at {activity.pace}."),
        ("free_number", RUN, "You ran ３０ at {activity.pace}."),
        ("free_number", RUN, "You are at three runs and {week.distance_so_far}."),
        ("free_number", RUN, "One run of {activity.distance}, no more."),
        ("ratio_word", RUN, "Half of it went at {activity.pace}."),
        ("ratio_word", RUN, "That is twice {activity.distance}."),
        ("ratio_word", LONG, "A third of the week was {activity.distance}."),
        ("weekday_or_date", RUN, "On Tuesday you ran {activity.distance}."),
        ("weekday_or_date", RUN, "You ran {activity.distance} in May."),
        ("weekday_or_date", RUN, "You ran {activity.distance}, as you did last spring."),
        ("markup", RUN, "**{activity.distance}** today."),
        ("markup", RUN, "You ran {activity.distance}, see www.example.com."),
        ("markup", RUN, "You ran {activity.distance} 🎉."),
        ("markup", RUN, "You ran {activity.distance} on little sl\u0435ep."),
        ("unit_beside_reference", RUN, "You ran {activity.distance} km."),
        ("unit_beside_reference", RUN, "It took {activity.hr} beats per minute."),
        ("unit_beside_reference", BUILD, "You ran on {week.running_days|count} days."),
        ("unit_beside_reference", BUILD, "That is {week.distance_vs_base|about}%."),
        ("written_out", EXAMPLE, "Of {history.big_weeks} weeks only last week was as tight."),
        ("dimension", RUN, "You ran at a heart rate of {activity.distance}."),
        ("dimension", RUN, "A pace of {activity.hr} for {activity.distance}."),
        ("dimension", RUN, "You covered {activity.distance} in {activity.hr}."),
        ("dimension", RUN, "{activity.moving_time} of climbing in all."),
        ("dimension", RUN, "{activity.hr} in the first half after {split.second_half}."),
        ("foreign_fact", RUN, "You ran {activity.distance} at {best.previous_pace}."),
        ("foreign_fact", RUN, "Today you managed {best.previous_pace}."),
        ("trend", RUN, "You were {activity.pace_vs_usual|about} slower than usual."),
        ("trend", RUN, "The heart rate rose by {activity.hr_vs_usual|about}."),
        ("trend", RUN, "The pace got worse by {activity.pace_vs_usual|about}."),
        ("trend", SLOW, "You were {activity.pace_vs_usual|about} faster, at a heart rate {activity.hr_vs_usual|about} higher."),
        ("trend", BUILD, "The distance was {week.distance_vs_base|about} below your base."),
        ("trend", BUILD, "Your volume fell to {week.distance}, from a base of {week.base}."),
        ("trend", LONG, "Injuries were less frequent past {record.rule}."),
        ("trend", LONG, "With {activity.decoupling} of drift you stayed above your usual {progress.drift_usual}."),
        ("trend", STEADY, "{week.easy_share} of the time was above your aerobic threshold."),
        ("dimension", RUN, "You covered {activity.ascent}."),
        ("cause", RUN, "Because you rested, the pace was {activity.pace}."),
        ("cause", RUN, "The pace of {activity.pace} was due to the flat course."),
        ("cause", SLOW, "Because of the new shoes, this run took {activity.beats_vs_usual|about} more heartbeats."),
        ("cause", SLOW, "It took {activity.beats_vs_usual|about} more heartbeats, and that is why it felt long."),
        ("rank", RUN, "Your fastest run ever, {activity.pace}."),
        ("rank", RUN, "A personal best of {activity.pace}."),
        ("rank", RUN, "For the first time you ran {activity.distance}."),
        ("rank", BUILD, "{week.longest} was the longest run ever."),
        ("topic", RUN, "After a poor night you ran {activity.pace}."),
        ("topic", RUN, "You ran {activity.pace} into the wind."),
        ("topic", RUN, "You ran {activity.pace} on an empty stomach."),
        ("topic", RUN, "{activity.pace}, with some pain."),
        ("praise", RUN, "An amazing run of {activity.distance}."),
        ("unsafe_diagnosis", GAP, "A gap of {history.gap_days|count} is a sign of overtraining."),
        ("unsafe_injury_probability", LONG, "{activity.longest_ratio|about} beyond the month raises your risk of injury."),
        ("unsafe_age_formula", WORKOUT, "{activity.max_hr} is high for your age."),
        ("unsafe_medication", SLOW, "After {activity.distance} take ibuprofen."),
        ("unsafe_promise", RUN, "With {activity.pace} you will beat your goal."),
        ("unsafe_weight", RUN, "{activity.distance} helps you lose weight."),
        ("length", RUN, "{activity.distance} " + "and so on " * 60),
    ],
)
def test_rejected(rule: str, sheet: str, text: str) -> None:
    assert rule in rules(sheet, text)


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (WORKOUT, "Your VO2max work paid: {split.repetition_pace} and a fast 5K inside, {best.five_k}."),
        (RUN, "One of the quiet ones: {activity.pace} in the second half as in the first half, {activity.hr}."),
        (RUN, "You may march on at {activity.pace}."),
        (BUILD, "You ran on {week.running_days|words} days."),
        (EXAMPLE, "On {double_days.count} you did the same with two full runs."),
        (WORKOUT, "Above zone two for {zone.hard_share} of the time."),
        (RUN, "You gave up {activity.hr_vs_usual|about} of heart rate and ended up at {activity.pace}."),
        (RUN, "That says more than the splits: {activity.pace}."),
        (LONG, "You stayed below your usual {progress.drift_usual} with {activity.decoupling} of drift."),
        (SLOW, "It cost {activity.beats_vs_usual|about} more heartbeats, with {recovery.hours_since} between the runs."),
        (LONG, "{best.longest_before} had been the longest run of the month before."),
        (BUILD, "{week.longest} was the longest run of the week."),
        (NOTED, "In the heat the heart rate was {history.hot_cost|about} higher."),
        (FAULT, "The sensor wrote {activity.hr_fault}."),
        (WORKOUT, "An impressive {best.five_k}, {best.five_k_gap|about} quicker than before."),
        (RUN, "At the end, a no-nonsense {activity.pace}; you began as usual – and with {activity.hr}."),
    ],
)
def test_let_pass(sheet: str, text: str) -> None:
    assert rules(sheet, text) == set()


def test_neighbouring_sentences_lend_their_fact() -> None:
    assert rules(BUILD, "The long run grew. {week.longest_ratio|about} is a big step.") == set()
    assert rules(BUILD, "The long run shrank. {week.longest_ratio|about} is a big step.") == {"trend"}


def test_headlines_lean_on_the_sheet() -> None:
    assert rules(GAP, "Fewer runs this week", Role.HEADLINE) == set()
    assert rules(RUN, "Slower than usual", Role.HEADLINE) == {"trend"}
    assert rules(RUN, "The fastest of all", Role.HEADLINE) == {"rank"}


def test_a_why_may_repeat_its_option_and_give_its_fact_as_the_reason() -> None:
    assert rules(GAP, "An easy week costs no fitness.", Role.WHY, "easy_days") == set()
    assert rules(LONG, "Because the step was {activity.longest_ratio|about}, the next is smaller.", Role.WHY, "long_run_cap") == {"trend"}
    assert rules(LONG, "Because the step was {activity.longest_ratio|about}, hold it.", Role.WHY, "long_run_cap") == set()
    assert rules(LONG, "Because of the hills, hold it.", Role.WHY, "long_run_cap") == {"cause"}


def test_questions_may_ask_about_anything_but_numbers() -> None:
    assert rules(RUN, "Did the heat or a bad night make it slower?", Role.QUESTION) == set()
    assert rules(RUN, "Was it 30 degrees?", Role.QUESTION) == {"free_number"}


def test_the_sheets_own_question_is_not_the_writers_to_answer_for() -> None:
    sheet = good_sheets()["i_metric"]
    ask = sheet.asks[0]
    own = _reply(question=Question(text=ask.text, choices=list(ask.choices)))
    invented = _reply(question=Question(text=ask.text, choices=["33 m", "50 m"]))

    assert check(own, sheet) == ()
    assert {v.span for v in check(invented, sheet)} == {"3"}


def test_options_come_from_the_sheet_once_each() -> None:
    sheet = good_sheets()[RUN]
    unknown = _reply(actions=[Choice(option="intervals", why="It fits {activity.pace}.")])
    twice = _reply(actions=[Choice(option="change_nothing", why="It fits {activity.pace}.")] * 2)

    assert [v.rule for v in check(unknown, sheet)] == ["option"]
    assert [v.rule for v in check(twice, sheet)] == ["option"]


def test_on_the_safety_path_nothing_is_praised() -> None:
    sheet = replace(good_sheets()[WORKOUT], safety="illness")
    (violation,) = check_text("An impressive {best.five_k}.", sheet, Role.OBSERVATION)

    assert (violation.rule, violation.outcome) == ("unsafe_praise", "unsafe")


def test_a_violation_names_sentence_and_span_as_they_were_written() -> None:
    text = "You ran {activity.distance}. That was Slower, by {activity.pace_vs_usual|about}."
    (violation,) = check_text(text, good_sheets()[RUN], Role.OBSERVATION)

    assert violation.sentence == "That was Slower, by {activity.pace_vs_usual|about}."
    assert violation.span == "Slower"
    assert Ungrounded([violation]).outcome == "ungrounded"


def _reply(actions: list[Choice] | None = None, question: Question | None = None) -> Reply:
    return Reply(headline="Done", observations=["You covered {activity.distance}."], actions=actions or [], question=question)


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        """{ } {activity.pace} {activity.pace_vs_usual|about} {a.b} {x.y|z} | faster because|of first|ever up at from than two sleep
        the|longest % \ue000 \u0130 ß ½ ﬁ ’ . , in""".replace("|of", " of").split()
    ),
)


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(Role), st.sampled_from([RUN, EXAMPLE, GAP, "l_empty"]))
@settings(max_examples=250, deadline=None)
def test_no_text_at_all_makes_it_raise(text: str, role: Role, sheet: str) -> None:
    for violation in check_text(text, good_sheets()[sheet], role, "easy_days"):
        assert violation.rule
        assert violation.expected
