"""What several detectors and rules of one sheet ask for is worked out once: kept with the context, and gone with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from chains.request import AthleteContext

Rest = ParamSpec("Rest")
Found = TypeVar("Found")


def once(work: Callable[Concatenate[AthleteContext, Rest], Found]) -> Callable[Concatenate[AthleteContext, Rest], Found]:
    """For pure functions of a context and hashable arguments. A context made by `replace` knows nothing yet; an error is raised anew."""

    @wraps(work)
    def known(context: AthleteContext, /, *args: Rest.args, **named: Rest.kwargs) -> Found:
        asked = (work, args, *named.items())
        if asked not in context.worked_out:
            context.worked_out[asked] = work(context, *args, **named)
        found: Any = context.worked_out[asked]
        return found  # type: ignore[no-any-return]

    return known
