"""The sample athlete: a runner who also rides, made from a seed, with sixteen months of training up to a given day.

A build, a taper and a half marathon, twelve days of illness, a strap fault, double days, hand-entered runs. Nothing is
copied from anyone, there are no coordinates, and everything depends on the seed and the day alone. On a later day of the
same week the same athlete has done a little more; in a new week the whole calendar moves on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chains.sample.form import FormedSession, with_form
from chains.sample.heart import LTHR_BPM, MAX_BPM, RESTING_BPM
from chains.sample.plan import planned_sessions
from chains.sample.recorder import record, started_at, utc_offset_s
from chains.sample.season import race_day, weeks_until
from chains.sample.sleep import nights
from chains.sample.workout import EASY_EFFORT, Session
from chains.training.activity import Purpose, Sport
from chains.training.profile import Experience, Goal, Profile, Sex, Threshold
from chains.training.recording import Recording
from chains.training.wellness import Wellness

TIME_ZONE = "Europe/Berlin"
AGE = 36
MEASURED_BEFORE_RACE = timedelta(weeks=11)
"""When the thresholds on file were tested."""
HALF_MARATHON_M = 21_097.5
_PURPOSES = {Session.RACE: Purpose.RACE, Session.LONG: Purpose.LONG, Session.INTERVALS: Purpose.WORKOUT, Session.TEMPO: Purpose.WORKOUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRecording:
    """One session as a device recorded it; the series are made only when asked for."""

    formed: FormedSession
    file_name: str
    purpose: Purpose | None

    @property
    def started_at(self) -> datetime:
        return started_at(self.formed, TIME_ZONE)

    def record(self) -> Recording:
        return record(self.formed, TIME_ZONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandEntry:
    """A session that the athlete typed in: round numbers, no samples."""

    title: str
    sport: Sport
    started_at: datetime
    utc_offset_s: int
    distance_m: float
    elapsed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAthlete:
    """Oldest first throughout."""

    profile: Profile
    recordings: Sequence[SampleRecording]
    hand_entries: Sequence[HandEntry]
    wellness: Sequence[Wellness]


def sample_athlete(seed: int, today: date) -> SampleAthlete:
    """The athlete with all that was done up to the end of `today`."""
    weeks = list(weeks_until(today))
    sessions = list(with_form(planned_sessions(seed, today), weeks))
    return SampleAthlete(
        profile=_profile(today),
        recordings=[_recording(s) for s in sessions if not s.planned.by_hand],
        hand_entries=[_hand_entry(s) for s in sessions if s.planned.by_hand],
        wellness=nights(seed, today, sessions, weeks),
    )


def _recording(session: FormedSession) -> SampleRecording:
    name = f"{session.planned.day.isoformat()}-{session.planned.session.value.replace('_', '-')}"
    return SampleRecording(formed=session, file_name=name, purpose=_PURPOSES.get(session.planned.session))


def _hand_entry(session: FormedSession) -> HandEntry:
    start = started_at(session, TIME_ZONE)
    distance = round(sum(s.length for s in session.planned.stretches) / 500) * 500.0
    elapsed = distance / (session.form.threshold_speed_mps * EASY_EFFORT)
    return HandEntry(
        title=session.planned.title,
        sport=Sport.RUN,
        started_at=start,
        utc_offset_s=utc_offset_s(start, TIME_ZONE),
        distance_m=distance,
        elapsed_s=round(elapsed / 60) * 60.0,
    )


def _profile(today: date) -> Profile:
    race = race_day(today)
    measured = race - MEASURED_BEFORE_RACE

    def threshold(value: float) -> Threshold:
        return Threshold(value=value, date=measured)

    return Profile(
        time_zone=TIME_ZONE,
        sports=(Sport.RUN, Sport.RIDE),
        experience=Experience.INTERMEDIATE,
        goals=(
            Goal(event="Half marathon", date=race, distance_m=HALF_MARATHON_M, target_s=100 * 60.0, priority="A"),
            Goal(
                event="Spring half marathon", date=race + timedelta(weeks=24), distance_m=HALF_MARATHON_M, target_s=98 * 60.0, priority="A"
            ),
        ),
        birth_year=today.year - AGE,
        sex=Sex.FEMALE,
        weight_kg=threshold(60.0),
        resting_hr=threshold(RESTING_BPM),
        max_hr=threshold(MAX_BPM),
        lthr={sport: threshold(bpm) for sport, bpm in LTHR_BPM.items()},
        ftp_w=threshold(208.0),
        threshold_speed_mps=threshold(3.58),
    )
