"""Subjects that need a fact of their own: a text speaks of sleep or weather only where it refers to a fact of that topic."""

from collections.abc import Iterator

from chains.facts.fact import Topic
from chains.grounding.lexicon import words
from chains.grounding.passage import Passage, Role, Sentence
from chains.grounding.violation import Violation

_WORDS = {
    Topic.SLEEP: r"""
        sleep\w* | slept | asleep | oversle\w+ | under-?slept | naps? | napped | insomnia | bed | beds | bedtime | pillow | drows\w+
        | snooz\w+ | awake\w* | wak(?:e|es|ing)
        | woke | woken | restless | shut-eye | unrested | overnight | hrv | night's | last night | the night before | nights? (?:of|in)
        | (?:poor|bad|short|long|rough|good|broken|late|early|sleepless|restful|decent|tough) nights?
    """,
    Topic.WEATHER: r"""
        weather | rain\w* | winds? | windy | windless | wind-\w+ | headwinds? | tailwinds? | crosswinds? | gust\w* | breez\w+
        | heat(?! of the moment) | heatwave | heated
        | hot | hotter | hottest | warm(?!-up|ing[- ]up|ed[- ]up| up|ed up) | warmer | warmth | cold(?!ly) | colder | coldest
        | chill\w* | humid\w* | muggy | sun | sunny
        | sunshine | sunlight | snow\w* | ice | icy | storm\w* | drizzl\w+ | fog\w* | mist | misty | freez\w+ | frozen | frost\w*
        | temperatures? | sultry | showers? | wet
        | damp | scorch\w+ | swelter\w+ | overcast | cloud\w* | slush | hail | thunder\w* | climate | sticky air
        | (?:cool(?:er|est)?|mild(?:er)?) (?:days?|air|conditions|weather|mornings?|evenings?|temperatures?|start)
    """,
    Topic.FOOD: r"""
        food | foods | fuel | fuelling | fueling | under-?fuell?ed | eat | eats | eaten | eating | ate | breakfast | lunch | dinner
        | meals? | snacks? | gels? | carb\w*
        | protein\w* | hydrat\w+ | dehydrat\w+ | drinks? | drank | drinking | caffeine | coffee | alcohol | beers? | wine
        | nutrition\w* | diets? | dietary | hungry | hunger
        | stomach | sugar\w* | glycogen | bonk\w* | electrolyt\w+ | thirst\w* | salt
    """,
    Topic.STRESS: r"""
        (?<!training )stress(?!-free| score| balance)\w* | anxious | anxiety | nervous\w* | nerves | worr(?:y|ied|ies) | jet ?lag\w*
        | burn-?out | overwork\w* | hectic
        | busy (?:week|days?|time) at work
    """,
    Topic.ILLNESS: r"""
        ill | illness\w* | sick\w* | flu | fevers? | feverish | virus\w* | viral | infect\w+ | covid | cough\w* | headaches?
        | nause\w+ | allerg\w+ | unwell | a cold
        | antibod\w+ | immune
    """,
    Topic.MOTIVATION: r"""
        motivat\w+ | demotivat\w+ | unmotivated | mood | willpower | mental\w* | mindset | enthusias\w+ | bored\w*
        | determin(?:ed|ation) | lazy | laziness | eager\w*
        | psycholog\w+ | enjoy\w* | joy | grit
    """,
    Topic.INJURY: r"""
        injur\w+ | hurt\w* | pain\w* | sore\w* | ach(?:e|es|ed|ing|y) | niggl\w+ | limp\w* | tendons? | achilles | shins? | fractur\w+
        | blister\w* | cramp\w* | sprain\w*
        | twinge\w* | physio\w*
    """,
    Topic.DEVICE: r"sensors? | straps? | batter(?:y|ies) | optical | satellites? | firmware | calibrat\w+",
}
_PATTERNS = {topic: words(listed, behind=r"(?!\w)") for topic, listed in _WORDS.items()}
_ANY = words("|".join(_WORDS.values()), behind=r"(?!\w)")


def topics_in(text: str) -> set[Topic]:
    """The topics that a text speaks of."""
    return {topic for topic, pattern in _PATTERNS.items() if pattern.search(text)}


def topic(passage: Passage, sentence: Sentence) -> Iterator[Violation]:
    """Each topic has a fact in the passage; questions may ask about anything."""
    if passage.role in {Role.QUESTION, Role.CHOICE} or _ANY.search(sentence.text) is None:
        return
    given = {f.topic for f in passage.facts}
    for subject, pattern in _PATTERNS.items():
        if subject not in given and (match := pattern.search(sentence.text)):
            yield sentence.broken("topic", match.start(), match.end(), f"a reference to a fact about {subject.value}")
