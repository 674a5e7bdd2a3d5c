"""Seeded lies: a good reply with one thing made wrong, by the types that the checker has to catch."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from chains.facts.fact import Dimension, Fact
from chains.facts.forms import forms_of, print_fact
from chains.facts.sheet import FactSheet
from chains.reply import Reply
from chains.request import InsightKind
from chains.text import Reference, references
from tests.chains.grounding import vocabulary as words

QUANTITIES = frozenset(words.MISFITS) | {"energy", "cadence"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Mutant:
    """`text` is the changed text, for reading the misses."""

    sheet: FactSheet
    reply: Reply
    text: str


Where = tuple[str, int]
Mutator = Callable[[Random, FactSheet, str], tuple[FactSheet, str] | None]


def _texts(reply: Reply) -> list[tuple[Where, str]]:
    observations = [(("observations", i), text) for i, text in enumerate(reply.observations)]
    return [(("headline", 0), reply.headline), *observations, *((("actions", i), a.why) for i, a in enumerate(reply.actions))]


def _with(reply: Reply, where: Where, text: str) -> Reply:
    part, index = where
    if part == "headline":
        return reply.model_copy(update={"headline": text})
    if part == "observations":
        return reply.model_copy(update={"observations": [text if i == index else o for i, o in enumerate(reply.observations)]})
    actions = [a.model_copy(update={"why": text}) if i == index else a for i, a in enumerate(reply.actions)]
    return reply.model_copy(update={"actions": actions})


def mutants(kind: str, good: tuple[tuple[FactSheet, Reply], ...], count: int, seed: int) -> Iterator[Mutant]:
    """`count` different mutants of one kind; the same seed gives the same ones."""
    random, seen, mutate = Random(f"{kind}-{seed}"), set[str](), MUTATORS[kind]
    while len(seen) < count:
        sheet, reply = random.choice(good)
        where, text = random.choice(_texts(reply))
        made = mutate(random, sheet, text)
        if made is not None and made[1] not in seen:
            seen.add(made[1])
            yield Mutant(made[0], _with(reply, where, made[1]), made[1])


def _some_reference(random: Random, text: str) -> Reference | None:
    found = references(text)
    return random.choice(found) if found else None


def _spliced(text: str, reference: Reference, new: str) -> str:
    return text[: reference.start] + new + text[reference.end :]


def literal(random: Random, sheet: FactSheet, text: str) -> tuple[FactSheet, str] | None:
    """A reference written out, rightly or with an invented value."""
    reference = _some_reference(random, text)
    if reference is None:
        return None
    fact = sheet.facts[reference.fact_id]
    form = random.choice([reference.form, reference.form, None, *sorted(forms_of(fact))])
    new = print_fact(fact, form, sheet.units) if random.random() < 0.6 else random.choice(words.LITERALS)
    return sheet, _spliced(text, reference, new)


def unknown(random: Random, sheet: FactSheet, text: str) -> tuple[FactSheet, str] | None:
    """A reference to nothing: invented, misspelt, or without its braces' other half."""
    reference = _some_reference(random, text)
    if reference is None:
        return None
    form, name = f"|{reference.form}" if reference.form else "", reference.fact_id
    head, tail = name.split(".", 1)
    made = [
        f"{{{head}.{tail}_avg{form}}}",
        f"{{{name[:-1]}{form}}}",
        f"{{{tail}{form}}}",
        f"{{activity.calories{form}}}",
        f"{{{head}.vo2max{form}}}",
    ]
    made += [
        f"{{{name}|rounded}}",
        f"{{{name}{form}",
        f"{{{{{name}{form}}}}}",
        f"{{ {name} }}",
        f"{{{name.title()}}}",
        f"[{name}]",
        f"${name}",
    ]
    return sheet, _spliced(text, reference, random.choice(made))


def unit_or_number(random: Random, sheet: FactSheet, text: str) -> tuple[FactSheet, str] | None:
    """A unit or a second number beside a reference."""
    reference = _some_reference(random, text)
    if reference is None:
        return None
    held = text[reference.start : reference.end]
    glue = random.choice([" ", " ", " ", "-", ""])
    new = random.choice(
        [f"{held}{glue}{random.choice(words.UNITS)}"] * 2
        + [f"{random.choice(words.NUMBERS_BEFORE)} {held}", f"{held} {random.choice(words.NUMBERS_AFTER)}"]
    )
    return sheet, _spliced(text, reference, new)


def _sentences_with(sheet: FactSheet, text: str, wanted: Callable[[Fact], bool]) -> list[str]:
    return [s for s in _SENTENCE.split(text) if any(wanted(sheet.facts[r.fact_id]) for r in references(s))]


_BEHIND_CHANGE = r"(?<=\}} ){}\b(?= (?:your|base|usual|normal|it\b))"
_MOVING = r"(?<=\}} ){0}\b(?! \{{)|(?<!gave )(?<!made )\b{0}(?= (?:by )?\{{)"
_COMPARING = r"(?<=\}} ){0}\b|\b{0}(?= than\b)"
_TREND_USE = {
    **dict.fromkeys(("over", "under", "above", "below"), _BEHIND_CHANGE),
    **dict.fromkeys(("up", "down"), _MOVING),
    **dict.fromkeys(("more", "less", "fewer"), _COMPARING),
}
"""Where a word of place or amount speaks of a trend: turned round in 'over 10 km' or 'the more honest figure', it is no lie."""


def trend(random: Random, sheet: FactSheet, text: str) -> tuple[FactSheet, str] | None:
    """A trend word turned round in a sentence that refers to a change."""
    return _turned(random, sheet, text, _TREND_USE)


def any_trend(random: Random, sheet: FactSheet, text: str) -> tuple[FactSheet, str] | None:
    """The same wherever the word stands, in 'over 10 km' and 'one run more' too: mostly nonsense, seldom a lie."""
    return _turned(random, sheet, text, {})


def _turned(random: Random, sheet: FactSheet, text: str, use: Mapping[str, str]) -> tuple[FactSheet, str] | None:
    changes = _sentences_with(sheet, text, lambda f: bool(f.direction))
    pairs = [pair for ab in words.ANTONYMS for pair in (ab, ab[::-1])]
    random.shuffle(pairs)
    for old, new in pairs:
        near = use.get(old, r"\b{}\b").format(old)
        for sentence in changes:
            turned = re.sub(near, new, sentence, count=1, flags=re.IGNORECASE)
            if turned != sentence:
                return sheet, text.replace(sentence, turned)
    return None


def _others(sheet: FactSheet, dimension: Dimension) -> list[str]:
    return [
        f.id
        for f in sheet.facts.values()
        if f.dimension in QUANTITIES and f.dimension is not dimension and {f.dimension, dimension} != {"pace", "speed"}
    ]


def dimension(random: Random, sheet: FactSheet, text: str) -> tuple[FactSheet, str] | None:
    """A reference of another quantity where the words around it ask for one, or a clause that asks for another than it gets."""
    if random.random() < 0.5:
        fact = random.choice([f for f in sheet.facts.values() if f.dimension in words.MISFITS])
        clause = random.choice(words.MISFITS[fact.dimension]).format(f"{{{fact.id}}}")
        return sheet, f"{text.rstrip('.?!')}, {clause}."
    for reference in random.sample(references(text), len(references(text))):
        asked = sheet.facts[reference.fact_id].dimension
        before, after = text[: reference.start].rstrip().lower(), text[reference.end :].lstrip().lower()
        head = before.endswith(words.HEADWORDS.get(asked, ()) or ("\0",)) and asked in QUANTITIES
        tail = after.startswith(words.TAILWORDS.get(asked, ()) or ("\0",)) and asked in QUANTITIES
        if (head or tail) and (others := _others(sheet, asked)):
            return sheet, _spliced(text, reference, f"{{{random.choice(others)}}}")
    return None


def any_dimension(random: Random, sheet: FactSheet, text: str) -> tuple[FactSheet, str] | None:
    """Any quantity for any other, wherever it stands: often clumsy rather than false, so it is shown and not judged."""
    quantities = [r for r in references(text) if sheet.facts[r.fact_id].dimension in QUANTITIES]
    if not quantities:
        return None
    reference = random.choice(quantities)
    others = _others(sheet, sheet.facts[reference.fact_id].dimension)
    return (sheet, _spliced(text, reference, f"{{{random.choice(others)}}}")) if others else None


def foreign(random: Random, sheet: FactSheet, text: str) -> tuple[FactSheet, str] | None:
    """A number of another activity in the place of this one's; where the kind has no activity, one that is not on the sheet."""
    if sheet.kind is not InsightKind.ACTIVITY_SUMMARY:
        reference = _some_reference(random, text)
        made = random.choice(["activity.pace", "activity.moving_time", "split.second_half", "activity.hr"])
        return None if reference is None or made in sheet.facts else (sheet, _spliced(text, reference, f"{{{made}}}"))
    own = [
        r for r in references(text) if sheet.activity_id in sheet.facts[r.fact_id].activity_ids and sheet.facts[r.fact_id].direction is None
    ]
    if not own:
        return None
    reference = random.choice(own)
    fact = sheet.facts[reference.fact_id]
    there = [
        f.id for f in sheet.facts.values() if f.dimension is fact.dimension and f.activity_ids and sheet.activity_id not in f.activity_ids
    ]
    if there and random.random() < 0.5:
        return sheet, _spliced(text, reference, f"{{{random.choice(there)}}}")
    other = replace(fact, id=f"{random.choice(['best', 'history', 'progress', 'record', 'activity'])}.elsewhere", activity_ids=("another",))
    form = f"|{reference.form}" if reference.form else ""
    return replace(sheet, facts={**sheet.facts, other.id: other}), _spliced(text, reference, f"{{{other.id}{form}}}")


def _added(random: Random, sentence: str, phrase: str) -> str:
    body, end = (sentence[:-1], sentence[-1]) if sentence[-1] in ".?!" else (sentence, "")
    front = f"{phrase[0].upper()}{phrase[1:]}, {body[0].lower()}{body[1:]}{end}"
    return random.choice([f"{body}, {phrase}{end}", f"{body} {phrase}{end}", f"{body} ({phrase}){end}", f"{body}, {phrase}{end}", front])


def _adding(phrases: tuple[str, ...], unless: Callable[[Fact], bool]) -> Mutator:
    def mutate(random: Random, sheet: FactSheet, text: str) -> tuple[FactSheet, str] | None:
        if any(unless(sheet.facts[r.fact_id]) for r in references(text)):
            return None
        sentence = random.choice(_SENTENCE.split(text))
        return sheet, text.replace(sentence, _added(random, sentence, random.choice(phrases)))

    return mutate


JUDGED: dict[str, Mutator] = {
    "reference to literal": literal,
    "unknown id": unknown,
    "unit or number beside a reference": unit_or_number,
    "flipped trend word": trend,
    "wrong dimension": dimension,
    "fact of another activity": foreign,
    "invented cause": _adding(words.CAUSES, lambda f: False),
    "invented first ever": _adding(words.RANKS, lambda f: f.rank is not None),
    "invented sleep": _adding(words.SLEEP, lambda f: f.topic == "sleep"),
    "invented weather": _adding(words.WEATHER, lambda f: f.topic == "weather"),
}
MUTATORS = {**JUDGED, "any trend word (shown only)": any_trend, "any dimension (shown only)": any_dimension}
