"""The project's own files, for checks that need no container engine."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def text_of(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text("utf-8")
