"""What a sensor got wrong for a part of the session, what it costs, and the tap that settles it. Nothing is corrected."""

from collections.abc import Mapping

from chains.facts.activity.view import ActivityView
from chains.facts.fact import Confidence, Dimension, Missing, Topic
from chains.facts.finding import NOTHING, Finding
from chains.facts.sheet import Ask
from chains.facts.trust import has_gps_jump, has_made_speed, overlaps, sensor_fault
from chains.metrics.faults import FASTEST_MPS
from chains.metrics.heart_rate import HeartRateFault
from chains.training.activity import FaultKind, Sport

_KINDS: Mapping[HeartRateFault, FaultKind] = {
    HeartRateFault.LOCKED_IN_PART: FaultKind.CADENCE_LOCK,
    HeartRateFault.FROZEN: FaultKind.FROZEN_HEART_RATE,
    HeartRateFault.SPIKING: FaultKind.SPIKING_HEART_RATE,
}
_SHOWS = {
    HeartRateFault.LOCKED_IN_PART: "your steps instead of your pulse",
    HeartRateFault.FROZEN: "one and the same value",
    HeartRateFault.SPIKING: "leaps that no heart makes",
}
_NEEDS_EVERY_BEAT = ("zone", "activity.drift", "activity.max_hr")
_CHOICES = {
    HeartRateFault.LOCKED_IN_PART: ("the watch counted steps", "it was that high", "not sure"),
    HeartRateFault.FROZEN: ("the sensor hung", "it was that even", "not sure"),
    HeartRateFault.SPIKING: ("the sensor leapt", "it was that high", "not sure"),
}
_QUESTIONS = {
    HeartRateFault.LOCKED_IN_PART: "Did the watch count steps there, or was your heart that high?",
    HeartRateFault.FROZEN: "Did the sensor hang there, or was your heart that even?",
    HeartRateFault.SPIKING: "Did the sensor lose your pulse there, or did your heart truly leap, {data.hr_max} at its highest?",
}


def explain_part(view: ActivityView, fault: HeartRateFault | None) -> Finding:
    """A fault of a part: the mean may stand, all that needs every beat may not."""
    if fault is None or fault not in _KINDS:
        return NOTHING
    seen = sensor_fault(view.activity, _KINDS[fault])
    facts = [
        view.fact("data.hr_part", "fault of the heart rate in a part of the session", _SHOWS[fault], Dimension.TEXT, topic=Topic.DEVICE)
    ]
    if seen is not None and seen.seconds > 0:
        label = "time that the sensor was wrong for"
        facts.append(view.fact("data.hr_fault_time", label, seen.seconds, Dimension.DURATION, causes=("data.hr_part",), topic=Topic.DEVICE))
    if fault is HeartRateFault.SPIKING and view.activity.max_hr:
        label = "peak heart rate as recorded, withheld"
        facts.append(
            view.fact(
                "data.hr_max",
                label,
                view.activity.max_hr,
                Dimension.HEART_RATE,
                confidence=Confidence.LOW,
                causes=("data.hr_part",),
                topic=Topic.DEVICE,
            )
        )
    known = {fact.id for fact in facts}
    text = _QUESTIONS[fault]
    needed = tuple(name for name in ("data.hr_fault_time", "data.hr_max") if name in text)
    asks = (Ask(id="hr_part_fault", text=text, choices=_CHOICES[fault], fact_ids=needed),) if set(needed) <= known else ()
    reason = f"a part of the heart rate shows {_SHOWS[fault]}: what needs every beat is left out"
    return Finding(facts=tuple(facts), missing=tuple(Missing(fact=name, reason=reason) for name in _NEEDS_EVERY_BEAT), asks=asks)


def check_distance(view: ActivityView) -> Finding:
    """Leaps of the satellites: best stretches and top speed are withheld, the pace too where the leaps make it."""
    if not has_gps_jump(view.activity):
        return NOTHING
    seen = sensor_fault(view.activity, FaultKind.GPS_JUMP)
    limit = FASTEST_MPS.get(view.activity.sport, 0.0) * 3.6
    reason = f"the distance leaps at more than {limit:.0f} km/h, which the satellites or a car can do"
    missing = [Missing(fact="best", reason=reason), Missing(fact="activity.max_speed", reason=reason)]
    if seen is None or not seen.spoils_mean:
        return Finding(missing=tuple(missing))
    by_road = view.activity.sport is not Sport.SWIM
    shows = "leaps of the satellites or a ride in a car" if by_road else "leaps of the satellites"
    leapt = view.fact("data.gps_jump", "what the distance shows", shows, Dimension.TEXT, topic=Topic.DEVICE)
    pace = Missing(fact="activity.pace", reason=reason)
    if not by_road:
        return Finding(facts=(leapt,), missing=(*missing, pace))
    ask = Ask(
        id="gps_jump",
        text="Which was it in the distance: {data.gps_jump}?",
        choices=("the satellites", "I was driven for a part", "not sure"),
        fact_ids=("data.gps_jump",),
    )
    return Finding(facts=(leapt,), missing=(*missing, pace), asks=(ask,))


def check_power(view: ActivityView) -> Finding:
    """A meter that fell silent with the cranks turning: its means and bests are too low."""
    seen = sensor_fault(view.activity, FaultKind.POWER_DROPOUT)
    if seen is None:
        return NOTHING
    reason = "the power meter fell silent while you pedalled: its means would be too low"
    label = "time without a watt while the cranks turned"
    silent = view.fact("data.power_silent", label, seen.seconds, Dimension.DURATION, topic=Topic.DEVICE)
    return Finding(
        facts=(silent,), missing=tuple(Missing(fact=name, reason=reason) for name in ("activity.np", "activity.if", "best.power"))
    )


def check_source(view: ActivityView) -> Finding:
    """Belts and simulations make a speed of their own; entries by hand are told elsewhere."""
    if view.activity.hand_entered or not has_made_speed(view.activity):
        return NOTHING
    made = view.fact("data.speed_source", "where the speed comes from", "the belt or the simulation", Dimension.TEXT, topic=Topic.DEVICE)
    reason = "indoors the belt or the simulation makes the speed: it ranks with no run or ride outside"
    return Finding(facts=(made,), missing=(Missing(fact="record", reason=reason),))


def check_double(view: ActivityView) -> Finding:
    """The same session twice: one of the two would count double in every sum."""
    twin = next((a for a in view.context.recent if overlaps(view.activity, a)), None)
    if twin is None:
        return NOTHING
    found = view.fact(
        "data.double_upload",
        "distance of another session of the same sport at the same time",
        twin.distance_m,
        Dimension.DISTANCE,
        topic=Topic.DEVICE,
        activity_ids=(view.activity.id, twin.id),
    )
    ask = Ask(
        id="double_upload",
        text="Another session of {data.double_upload} lies over the same hours. The same one from a second device?",
        choices=("the same, keep this one", "the same, keep the other", "two sessions"),
        fact_ids=("data.double_upload",),
    )
    return Finding(facts=(found,), missing=(Missing(fact="week.distance_recorded", reason="a session may be counted twice"),), asks=(ask,))


def note_injury(view: ActivityView) -> Finding:
    """That there is an injury on file; in the athlete's words it stays between the athlete and the profile."""
    if not view.profile.injury:
        return NOTHING
    return Finding(facts=(view.fact("profile.injury", "injury in the profile", "an injury on file", Dimension.TEXT, topic=Topic.INJURY),))
