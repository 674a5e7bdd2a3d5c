"""A thousand and more seeded lies, by type: at least 98 % of each are caught."""

from functools import cache

import pytest

from chains.grounding.checker import check
from tests.chains.grounding.good import good_replies
from tests.chains.grounding.mutations import JUDGED, MUTATORS, mutants

LEAST_CAUGHT = 0.98
EACH = 120
SEED = 20260418


@cache
def _missed(kind: str) -> list[str]:
    return [m.text for m in mutants(kind, good_replies(), EACH, SEED) if not check(m.reply, m.sheet)]


@pytest.mark.parametrize("kind", sorted(JUDGED))
def test_nearly_all_lies_of_this_type_are_caught(kind: str) -> None:
    missed = _missed(kind)

    assert len(missed) <= (1 - LEAST_CAUGHT) * EACH, missed


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    shares = {kind: 1 - len(_missed(kind)) / EACH for kind in MUTATORS}
    with capsys.disabled():
        print()
        for kind, share in shares.items():
            print(f"{kind:36} {share:7.1%} of {EACH} caught")

    assert len(JUDGED) * EACH >= 1000


def test_the_same_seed_tells_the_same_lies() -> None:
    first, second = ([m.text for m in mutants("invented cause", good_replies(), 20, seed)] for seed in (7, 7))

    assert first == second
