"""The words of harm of all languages, read from a file for each: what speaks of each concern, and what only sounds like it."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from chains.facts.safety.concern import CONCERNS
from chains.facts.safety.phrases import Phrase, Phrases, phrase_of
from chains.facts.safety.plain import plain

LANGUAGES = ("en", "es", "de", "fr", "it", "pt")
MASKED = " ~ "
"""Stands for a phrase that means no harm."""
STOP, COMMA = " . ", " , "
NEVER_OVER = {"crisis", "eating", "pregnancy"}
"""House rule: a fracture of years ago is told as a story. A crisis and trouble with eating come back, and a period missed since a year
is missed now: "a year" is how long it lasts; these are asked about however long ago they began."""


class Language(BaseModel):
    """One file, one phrase a line. `always` is looked for first, then `harmless` is blanked, then `concerns` are looked for.

    A clause with a phrase of `over` tells of harm that lies years back, unless its sentence has one of `still`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    lists: dict[str, str]
    harmless: str
    over: str
    still: str
    always: dict[str, str]
    concerns: dict[str, str]

    def phrases(self, lines: str) -> Iterator[Phrase]:
        lists = {name: "|".join(part.strip() for part in words.split("|")) for name, words in self.lists.items()}
        yield from (phrase_of(line.strip(), lists) for line in lines.splitlines() if line.strip())


class Lexicon:
    """All languages as one: athletes mix them, and a text does not say which it is in."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        spoken = languages.values()
        names = [concern.name for concern in CONCERNS]
        self._harmless = Phrases(p for one in spoken for p in one.phrases(one.harmless))
        self._pasts = [(Phrases(one.phrases(one.over)), Phrases(one.phrases(one.still))) for one in spoken]
        self._always = {name: Phrases(p for one in spoken for p in one.phrases(one.always.get(name, ""))) for name in names}
        self._concerns = {name: Phrases(p for one in spoken for p in one.phrases(one.concerns[name])) for name in names}

    def concerns_in(self, text: str) -> set[str]:
        """Names of the concerns that a text speaks of."""
        said = plain(text)
        blanked = self.blank(said)
        fresh = self._fresh(blanked)
        surely = {name for name, phrases in self._always.items() if phrases.found_in(said)}
        return surely | {n for n, phrases in self._concerns.items() if phrases.found_in(blanked if n in NEVER_OVER else fresh)}

    def blank(self, text: str) -> str:
        """The plain text with a placeholder for each phrase that means no harm."""
        for start, end in reversed(list(self._harmless.spans(text))):
            text = text[: start - 1] + MASKED + text[end + 1 :]
        return text

    def _fresh(self, text: str) -> str:
        """The plain text with a placeholder for each clause about what lies years back."""
        return STOP.join(COMMA.join(self._kept(sentence)) for sentence in text.split(STOP))

    def _kept(self, sentence: str) -> Iterator[str]:
        pasts = [over for over, still in self._pasts if not still.found_in(f" {sentence} ")]
        for clause in sentence.split(COMMA):
            yield MASKED if any(over.found_in(f" {clause} ") for over in pasts) else clause


@cache
def lexicon() -> Lexicon:
    """Read once. Raises ValidationError for a file of another shape, KeyError for a concern or a list that a file lacks."""
    return Lexicon({code: _read(code) for code in LANGUAGES})


def concerns_in(text: str) -> set[str]:
    """Names of the concerns that a text speaks of, whatever its language."""
    return lexicon().concerns_in(text)


def _read(code: str) -> Language:
    content = (files("chains.facts.safety.languages") / f"{code}.yaml").read_text(encoding="utf-8")
    return Language.model_validate(yaml.safe_load(content))
