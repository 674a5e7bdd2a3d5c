"""Word lists as patterns: written one beside another with ` | ` between."""

import re

_GAP = re.compile(r"\s+\|\s+")


def any_of(listed: str) -> str:
    """A group of the listed alternatives; the blanks on both sides of ` | ` do not count."""
    return f"(?:{_GAP.sub('|', listed.strip())})"


def words(listed: str, behind: str = r"\b") -> re.Pattern[str]:
    """The listed alternatives as whole words."""
    return re.compile(rf"\b{any_of(listed)}{behind}")


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is separated by blanks."""
    return frozenset(listed.split())
