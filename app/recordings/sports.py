"""Names of sports and devices as files write them, as the names used here."""

import re
from collections.abc import Mapping

from chains.training.activity import Sport

SPORTS: Mapping[str, Sport] = {
    "run": Sport.RUN,
    "running": Sport.RUN,
    "trail_running": Sport.RUN,
    "treadmill_running": Sport.RUN,
    "street_running": Sport.RUN,
    "track_running": Sport.RUN,
    "ride": Sport.RIDE,
    "biking": Sport.RIDE,
    "cycling": Sport.RIDE,
    "e_biking": Sport.RIDE,
    "road_biking": Sport.RIDE,
    "mountain_biking": Sport.RIDE,
    "gravel_cycling": Sport.RIDE,
    "indoor_cycling": Sport.RIDE,
    "virtual_ride": Sport.RIDE,
    "swim": Sport.SWIM,
    "swimming": Sport.SWIM,
    "lap_swimming": Sport.SWIM,
    "open_water_swimming": Sport.SWIM,
    "walk": Sport.WALK,
    "walking": Sport.WALK,
    "hike": Sport.HIKE,
    "hiking": Sport.HIKE,
    "mountaineering": Sport.HIKE,
    "strength_training": Sport.STRENGTH,
    # Strava's GPX export numbers its types.
    "1": Sport.RIDE,
    "4": Sport.HIKE,
    "9": Sport.RUN,
    "10": Sport.WALK,
    "16": Sport.SWIM,
}

SUB_SPORTS: Mapping[str, str] = {
    "lap_swimming": "pool",
    "open_water": "open_water",
    "open_water_swimming": "open_water",
    "virtual_activity": "virtual",
    "virtual_ride": "virtual",
    "indoor_cycling": "indoor",
    "indoor_running": "indoor",
    "indoor_walking": "indoor",
    "spin": "indoor",
    "treadmill": "treadmill",
    "treadmill_running": "treadmill",
    "gravel_cycling": "gravel",
    "mountain": "mountain",
    "mountain_biking": "mountain",
    "trail": "trail",
    "trail_running": "trail",
    "track": "track",
    "track_running": "track",
}

MACHINES: Mapping[str, Sport] = {"treadmill": Sport.RUN, "indoor_running": Sport.RUN, "indoor_cycling": Sport.RIDE, "spin": Sport.RIDE}
INDOORS = frozenset({"indoor", "treadmill", "virtual"})
ON_FOOT = frozenset({Sport.RUN, Sport.WALK, Sport.HIKE})
UNSAID = frozenset({"generic", "all", "other", "road", "street", "street_running", "exercise"})


def named(text: str) -> str:
    """A sport's name in the one spelling that the tables use: 'Trail Running' and 'trail-running' are 'trail_running'."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def sport_of(name: str | None, sub_name: str | None = None) -> tuple[Sport, str | None]:
    """Sport and sub-sport; a sport without a place of its own is OTHER, its name the sub-sport."""
    main, sub = named(name or ""), named(sub_name or "")
    sport = SPORTS.get(main) or MACHINES.get(sub) or SPORTS.get(sub, Sport.OTHER)
    said = [s for s in (sub, main) if s and s not in UNSAID and s not in {"training", "fitness_equipment"}]
    if sport is Sport.OTHER:
        return sport, said[-1][:40] if said else None
    return sport, next((SUB_SPORTS[s] for s in said if s in SUB_SPORTS), None)


def device_of(manufacturer: str | None, product: str | None) -> str | None:
    """A readable name: 'garmin', 'fr935' is 'Garmin Forerunner 935'."""
    words = [_spelled(part) for part in (manufacturer, product) if part and not part.isdigit()]
    if len(words) == 2 and words[1].lower().startswith(words[0].lower()):
        words = words[1:]
    return " ".join(words)[:80] or None


def _spelled(name: str) -> str:
    if " " in name or name.isupper():
        return name.strip()
    series = re.sub(r"^fr_?(?=\d)", "forerunner_", name)
    apart = re.sub(r"(?<=[a-z]{3})(?=\d)", "_", series)
    return " ".join(_word(word) for word in apart.split("_") if word)


def _word(word: str) -> str:
    """Model numbers and abbreviations in capitals: '310XT', 'HR', 'SRM'."""
    return word.upper() if word[0].isdigit() or len(word) <= 3 else word[0].upper() + word[1:]
