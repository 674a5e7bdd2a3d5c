"""What became of the files of an import."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.activities.service import Fate, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One activity of a file, and what became of it."""

    file: str
    activity_id: str
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that could not be read, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    imported: tuple[Taken, ...] = ()
    duplicate: tuple[Taken, ...] = ()
    """Known before; `fate` tells whether this recording was the richer one."""
    failed: tuple[Refused, ...] = ()

    @classmethod
    def of(cls, results: Iterable[Taken | Refused]) -> "ImportReport":
        listed = list(results)
        taken = [result for result in listed if isinstance(result, Taken)]
        return cls(
            imported=tuple(t for t in taken if t.fate is Fate.IMPORTED),
            duplicate=tuple(t for t in taken if t.fate is not Fate.IMPORTED),
            failed=tuple(result for result in listed if isinstance(result, Refused)),
        )


def taken(file: str, outcomes: Sequence[Outcome]) -> list[Taken | Refused]:
    return [Taken(file=file, activity_id=outcome.activity_id, fate=outcome.fate) for outcome in outcomes]
