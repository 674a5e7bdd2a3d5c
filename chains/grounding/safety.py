"""Rules that protect the athlete: no diagnosis, no probability of injury, no medicine, no promise."""

from collections.abc import Iterator

from chains.grounding.lexicon import any_of, words
from chains.grounding.passage import Passage, Role, Sentence
from chains.grounding.violation import Violation

_ILLS = any_of(r"""
    overtrain(?:ing|ed)(?: syndrome)? | overreach(?:ing|ed) | an[ae]*mia | (?:iron|vitamin)[ -]deficien\w+ | red-s | tendin\w+
    | tendon\w+ | fasciitis | stress fractures?
    | shin splints | arrhythmia\w* | atrial fibrillation | myocarditis | asthma | depress(?:ion|ed) | eating disorder | anorexi\w+
    | diabet\w+ | hypertension | infection
    | covid | the flu | arthritis | bursitis | torn | sprain\w* | rhabdo\w*
""")
_SHOWS = any_of(r"""
    you (?:have|may have|might have|could have|probably have|are|seem to have|suffer from|are suffering from)
    | you (?:show|are showing) signs of
    | (?:signs?|symptoms?|case|typical|evidence) of | points? to | suggests? | indicates? | consistent with | looks like | this is
""")
_RULES = {
    "unsafe_diagnosis": words(rf"diagnos\w+ | {_SHOWS}(?: \w+){{0,3}} {_ILLS} | syndrome | symptoms?"),
    "unsafe_injury_probability": words(r"""
        (?:risk|chance|probability|likelihood|odds|danger) (?:of|for|to)(?: \w+){0,3} (?:injur\w+|hurt\w*|illness|breakdown)
        | injur\w+[ -](?:risk|prone|probability|chance|danger)
        | (?:prone|likely|bound|going|about|certain) to(?: \w+){0,2} (?:injur\w+|hurt|break down)
        | you(?:'ll| will)(?: \w+){0,3} (?:injur\w+|hurt) | (?:high|higher|low|lower|elevated|increased|greater|moderate) (?:injury )?risk
        | danger zone | red zone | sweet spot | acute.chronic | acwr
    """),
    "unsafe_age_formula": words("minus (?:your |the )?age | age[ -](?:predicted|based|adjusted) | (?:for|at) your age | your age"),
    "unsafe_medication": words(r"""
        ibuprofen | paracetamol | acetaminophen | aspirin | naproxen | diclofenac | nsaids? | painkillers? | antibiotics?
        | medication\w* | medicines? | beta.?blockers? | steroids?
        | epo | doping | cortison\w* | pills? | tablets? | dos(?:e|age) | creatine | supplements? | melatonin | inhaler
    """),
    "unsafe_promise": words(r"""
        guarantee[ds]? | without (?:a )?doubt | no doubt | certain to | sure to | bound to | promise[ds]? | will definitely
        | definitely will | surely
        | (?:you(?:'ll| will)|this will|it will) (?:\w+ )?(?:beat|break|smash|set a|achieve|reach|hit|win|qualify|improve|pr|pb)
        | (?:you(?:'ll| will)|this will|it will) (?:\w+ )?(?:run|be|get) faster
    """),
    "unsafe_weight": words(
        "los(?:e|ing) weight | weight loss | body ?fat | calorie deficit | fast(?:ing|ed) | your bmi | race weight | lean out | overweight"
    ),
}
_PRAISE = words(r"""
    amazing | awesome | fantastic | incredibl[ey] | impressive(?:ly)? | excellent | outstanding | superb | brilliant | wonderful
    | stellar | phenomenal | magnificent | remarkable
    | terrific | splendid | tremendous | well done | (?:good|nice|great|solid|strong) (?:job|work|stuff|effort) | keep (?:it|this) up
    | congratulations | congrats | kudos | bravo
    | hats off | proud | crushed | nailed | smashed | killed it | rocked | way to go | great(?! deal| many)
""")


def unsafe(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Said by nobody, in no text, on no evidence."""
    for rule, pattern in _RULES.items():
        for match in pattern.finditer(sentence.text):
            yield sentence.broken(rule, match.start(), match.end(), "nothing of this kind", outcome="unsafe")


def praise(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Praise needs a number that earns it, and none is given where safety speaks."""
    if passage.role in {Role.QUESTION, Role.CHOICE}:
        return
    earned = any((f.polarity or 0) > 0 or f.rank is not None for f in sentence.facts)
    for match in _PRAISE.finditer(sentence.text):
        if passage.sheet.safety is not None:
            yield sentence.broken("unsafe_praise", match.start(), match.end(), "no judgement at all", outcome="unsafe")
        elif not earned:
            yield sentence.broken(
                "praise", match.start(), match.end(), "a reference in the same sentence to a fact that is better or ranked"
            )
