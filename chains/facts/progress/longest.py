"""The longest session and the biggest four weeks of late, where they are the largest in half a year or more."""

from datetime import date, timedelta

import numpy as np

from chains.facts.fact import Dimension, Fact, Rank, Window
from chains.facts.finding import Finding
from chains.facts.progress.view import TREND_DAYS, ProgressView
from chains.facts.wording import age_of
from chains.training.history import Column

BLOCK_DAYS = 28
NEWS_DAYS = 180


def find_longest(view: ProgressView) -> Finding:
    """Of the last twelve weeks, against every day before."""
    days, last = view.season.days, view.day
    session = _largest(view, days.cut(days.longest_m, days.first_day, last), 1)
    block = _largest(view, _sums(days.cut(days.distance_m, days.first_day, last)), BLOCK_DAYS)
    facts: list[Fact] = []
    if session is not None:
        facts += _facts(view, "longest", "longest session", *session)
    if block is not None:
        facts += _facts(view, "block4", "biggest four weeks", *block)
    return Finding(facts=tuple(facts))


def _sums(distance_m: Column) -> Column:
    """Of each day and the 27 before it, to the millimetre: blocks of equal days are equal."""
    total = np.cumsum(distance_m)
    total[BLOCK_DAYS:] -= total[:-BLOCK_DAYS].copy()
    return np.round(total, 3)


def _largest(view: ProgressView, values: Column, length: int) -> tuple[float, Window, date | None, int] | None:
    """The largest of the last twelve weeks, its days, the last day that was as large (None for never), and its place; None if no news."""
    if len(values) < NEWS_DAYS + TREND_DAYS:
        return None
    lately = values[-TREND_DAYS:]
    at = len(values) - TREND_DAYS + int(lately.argmax())
    value = float(values[at])
    before = np.flatnonzero(values[: max(at - length + 1, 0)] >= value)
    since = int(before[-1]) if len(before) else None
    if value <= 0 or at - (since or 0) < NEWS_DAYS:
        return None
    first = view.season.days.first_day
    day = first + timedelta(days=at)
    place = 1 + int(np.sum(values > value)) if length == 1 else 1 + int(since is not None)
    window = Window(first=day - timedelta(days=length - 1), last=day)
    return value, window, first + timedelta(days=since) if since is not None else None, place


def _facts(view: ProgressView, name: str, label: str, value: float, window: Window, since: date | None, place: int) -> tuple[Fact, ...]:
    covered = (view.day - view.season.days.first_day).days + 1
    rank = Rank(place=place, of=covered, since=since)
    amount, unit = age_of(since or view.season.days.first_day, window.last)
    told = (
        view.fact(f"{name}.distance", f"{label} of the last twelve weeks", value, Dimension.DISTANCE, window=window, n=covered, rank=rank),
        view.fact(f"{name}.span", "time without one as large", amount, Dimension.COUNT, noun=unit, window=window, n=covered, rank=rank),
    )
    if since is None:
        return (
            *told,
            view.fact(f"{name}.ever", "how it ranks", "the largest on file", Dimension.TEXT, window=window, n=covered, rank=rank),
        )
    return (*told, view.fact(f"{name}.since", "last day that one was as large", since, Dimension.DATE, window=window, n=covered, rank=rank))
