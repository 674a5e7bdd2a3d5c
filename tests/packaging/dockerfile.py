"""A Dockerfile read into stages of instructions: as much of its grammar as ours uses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """From one FROM to the next; `alias` is its AS name."""

    image: str
    alias: str | None
    instructions: tuple[Instruction, ...]

    def values(self, name: str) -> Sequence[str]:
        return [i.value for i in self.instructions if i.name == name]


def stages(dockerfile: str) -> Sequence[Stage]:
    """All stages in order. Comments go, continued lines are joined."""
    kept = "\n".join(line for line in dockerfile.splitlines() if not line.lstrip().startswith("#"))
    lines = [line for line in re.sub(r"\\\n\s*", " ", kept).splitlines() if line.strip()]
    instructions = [Instruction(name=line.split(None, 1)[0].upper(), value=line.split(None, 1)[1].strip()) for line in lines]
    starts = [i for i, instruction in enumerate(instructions) if instruction.name == "FROM"]
    ends = [*starts[1:], len(instructions)]
    return [_stage(instructions[first], instructions[first + 1 : last]) for first, last in zip(starts, ends, strict=True)]


def _stage(opening: Instruction, instructions: Sequence[Instruction]) -> Stage:
    words = opening.value.split()
    return Stage(image=words[0], alias=words[2] if len(words) == 3 else None, instructions=tuple(instructions))
