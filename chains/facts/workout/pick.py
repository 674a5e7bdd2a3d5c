"""The session that is chosen, and why: the reason is a fact, so that a text can only give this one."""

from chains.facts.advice.continuous import is_long
from chains.facts.advice.limits import NotMaximal
from chains.facts.fact import Dimension, Missing
from chains.facts.finding import Finding
from chains.facts.thresholds import Estimate
from chains.facts.workout.view import NextView
from chains.training.activity import Sport

NAMES = {
    "easy": "an easy session",
    "long": "a long session",
    "tempo": "a tempo session",
    "threshold": "a threshold session",
    "vo2": "short hard repetitions",
    "hills": "hill repetitions",
    "strides": "easy with quick strides",
    "recovery": "a short recovery session",
    "rest": "no session at all",
    "cross_training": "another sport",
    "race_day": "the race",
}
LONGER = "a longer session"
"""What the library's long one is called where it is far from the athlete's own."""


def tell_choice(view: NextView) -> Finding:
    """The day, the pick, the alternative and the reason."""
    choice = view.choice
    facts = [
        view.fact("next.pick", "session that comes first of all the library has", _name(view, choice.pick), Dimension.TEXT),
        view.fact("next.because", "what decided it", choice.reason.value, Dimension.TEXT),
        view.fact("next.day", "day of the next session", view.basis.day, Dimension.DATE),
    ]
    if choice.other is not None:
        facts.append(view.fact("next.other", "session that stands in for it", _name(view, choice.other), Dimension.TEXT))
    return Finding(facts=tuple(facts), missing=_missing(view))


def _name(view: NextView, name: str) -> str:
    """As the library has it; what is longer than usual and far from the athlete's long is called that."""
    short_of_long = name == "long" and not is_long(view.basis, view.basis.limits.most_m)
    return LONGER if short_of_long else NAMES[name]


def _missing(view: NextView) -> tuple[Missing, ...]:
    found = []
    if view.basis.limits.not_maximal is NotMaximal.AGE_UNKNOWN:
        reason = "no year of birth on file; without it no session close to the maximum is offered. Enter it in your profile."
        found.append(Missing(fact="option.vo2", reason=reason))
    if view.basis.limits.not_maximal is NotMaximal.MINOR:
        reason = "below eighteen no session close to the maximum is offered"
        found.append(Missing(fact="option.vo2", reason=reason))
    if not any(map(_steers, _of_sport(view))):
        reason = (
            "no threshold on file and no recent effort that clearly shows one, so hard sessions go by feel; a test or a race would help"
        )
        found.append(Missing(fact="option.threshold", reason=reason))
    return tuple(found)


def _of_sport(view: NextView) -> tuple[Estimate | None, ...]:
    known = view.basis.thresholds
    return (known.ftp_w, known.lthr) if view.basis.sport is Sport.RIDE else (known.speed_mps, known.lthr)


def _steers(estimate: Estimate | None) -> bool:
    return estimate is not None and estimate.confidence != "low"
