"""Sections out of text that is still being written: each when its closing mark is there, none of half a sentence."""

import pytest

from chains.sections import sections_of
from chains.writers.growing import MAX_LOOKS, GrowingReply
from tests.chains.writing import GOOD, reply

WHOLE = list(sections_of(reply()))
TOLD_WHILE_WRITTEN = WHOLE[:-1]
"""A question waits for the whole reply."""


def told(text: str, size: int = 1) -> list[tuple[int, object]]:
    """Each section with the place at which it was first there."""
    growing, found = GrowingReply(), list[tuple[int, object]]()
    for start in range(0, len(text), size):
        if growing.add(text[start : start + size]):
            sections = list(growing.finished())
            assert [section for _, section in found] == sections[: len(found)]
            found += [(start + size, section) for section in sections[len(found) :]]
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, len(GOOD)])
def test_all_sections_in_order_however_the_text_is_cut(size: int) -> None:
    assert [section for _, section in told(GOOD, size)] == TOLD_WHILE_WRITTEN


def test_a_section_is_told_with_its_closing_mark() -> None:
    places = [place for place, _ in told(GOOD)]

    assert [GOOD[place - 1] for place in places] == ['"', '"', "}"]
    assert GOOD[: places[0]].endswith('are not"')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON at all",
        "[1, 2, 3]",
        '{"headline": 3, "observations": ["x"]}',
        '{"headline": "half a sen',
        '{"observations": ["first"], "actions": []}',
        "[" * 5000,
        '"' * 5000,
    ],
)
def test_what_is_no_section_is_not_told(text: str) -> None:
    assert told(text) == []


def test_marks_within_a_sentence_end_nothing() -> None:
    found = told('{"headline": "he said \\"stop\\" and } ] went on", "observations": ["x"]}')

    assert [getattr(section, "value", None) for _, section in found] == ['he said "stop" and } ] went on', "x"]


def test_a_fence_is_forgiven() -> None:
    assert [section for _, section in told(f"```json\n{GOOD}\n```")] == TOLD_WHILE_WRITTEN


def test_a_reply_of_nothing_but_endings_is_not_read_again_and_again() -> None:
    growing = GrowingReply()

    looks = sum(growing.add('"x",') for _ in range(10_000))

    assert looks == MAX_LOOKS
    assert growing.text == '"x",' * 10_000
