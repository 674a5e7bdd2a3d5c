"""The frozen good replies: what a sound checker has to let pass."""

from collections import Counter

import pytest

from chains.grounding.checker import check, check_text
from chains.grounding.passage import Role
from chains.text import skeleton
from tests.chains.grounding.good import good_replies, good_sheets

MOST_REJECTED = 0.01


def test_there_are_enough_of_them_and_they_differ() -> None:
    used = Counter(id(sheet) for sheet, _ in good_replies())
    texts = {
        skeleton(text) for _, reply in good_replies() for text in (reply.headline, *reply.observations, *(a.why for a in reply.actions))
    }

    assert len(good_replies()) >= 320
    assert len(used) >= 25
    assert len(texts) >= 300


def test_at_most_one_in_a_hundred_is_rejected() -> None:
    rejected = [(reply.headline, violations) for sheet, reply in good_replies() if (violations := check(reply, sheet))]

    assert len(rejected) <= MOST_REJECTED * len(good_replies()), rejected[:3]


@pytest.mark.parametrize("name", sorted(good_sheets()))
def test_sections_alone_are_judged_like_the_whole(name: str) -> None:
    sheet = good_sheets()[name]
    for reply in (r for s, r in good_replies() if s is sheet):
        assert check_text(reply.headline, sheet, Role.HEADLINE) == ()
        assert [check_text(o, sheet, Role.OBSERVATION) for o in reply.observations] == [()] * len(reply.observations)
        assert [check_text(a.why, sheet, Role.WHY, a.option) for a in reply.actions] == [()] * len(reply.actions)
