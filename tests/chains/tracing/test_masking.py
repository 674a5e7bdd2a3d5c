"""The athlete's words do not come back out, fenced or repeated."""

from hypothesis import given
from hypothesis import strategies as st

from chains.sheet_text import sheet_text
from chains.tracing.client import _first_line
from chains.tracing.masking import MASK, mask, words_masked
from tests.chains.writing import WORDS, sheet

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=8)


def test_a_quote_cannot_close_its_own_fence() -> None:
    text = sheet_text(sheet())

    assert "Anna Petersen" in text
    assert text.count("</athlete_words>") == 1
    assert "Petersen" not in mask(text)


def test_three_words_in_a_row_are_a_repetition() -> None:
    with words_masked([WORDS]):
        assert mask("She wrote: Call ANNA, Petersen! Then more.") == f"She wrote: {MASK} {MASK}, {MASK}! Then more."
        assert mask("the left lane") == "the left lane"


def test_a_short_quote_is_masked_whole() -> None:
    with words_masked(["Knee pain"]):
        assert mask("you noted knee pain today") == f"you noted {MASK} {MASK} today"


def test_nothing_is_masked_outside_the_block() -> None:
    with words_masked([WORDS]):
        pass

    assert mask("call Anna Petersen") == "call Anna Petersen"


@given(st.lists(WORD, min_size=1, max_size=12), st.text(max_size=30), st.text(max_size=30))
def test_no_quote_of_four_words_survives(words: list[str], before: str, after: str) -> None:
    quote = " ".join(words)
    with words_masked([quote]):
        assert quote not in mask(f"{before} {quote} {after}")


def test_errors_keep_only_words_that_are_ours() -> None:
    assert _first_line("InvalidReply('does not fit the schema')\n\nTraceback ...") == "InvalidReply('does not fit the schema')"
    assert _first_line("AuthenticationError('Incorrect API key provided: sk-1')\n\nTraceback ...") == "AuthenticationError"
    assert _first_line(None) is None
