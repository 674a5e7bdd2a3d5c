"""One attempt: write, parse, ground. An invented number is handled like a timeout: the attempt has failed, with its reason."""

from collections.abc import Callable
from dataclasses import dataclass

from chains.errors import InvalidReply, ModelError, ProviderFault, Ungrounded
from chains.facts.sheet import FactSheet
from chains.grounding.violation import Violation
from chains.reply import Reply
from chains.tracing.step import Step
from chains.writers.brief import Brief, Repair
from chains.writers.port import Answer, Heard, Writer
from chains.writers.reading import read_reply

Ground = Callable[[Reply, FactSheet], tuple[Violation, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A reply and the sheet it has to agree with."""

    reply: Reply
    sheet: FactSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Empty where every sentence holds."""

    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of one attempt: a reply, or the error that says why there is none."""

    answer: Answer | None = None
    reply: Reply | None = None
    error: ModelError | None = None

    @property
    def violations(self) -> tuple[Violation, ...]:
        return self.error.violations if isinstance(self.error, Ungrounded) else ()

    @property
    def repair(self) -> Repair | None:
        """What a second turn would have to put right; None where asking again would not help."""
        if self.answer is None or not isinstance(self.error, InvalidReply):
            return None
        return Repair(raw=self.answer.raw, faults=tuple(map(_sentence, self.violations)) or (self.error.detail,))


def bracket(writer: Writer, ground: Ground, heard: Heard | None = None) -> Step[Brief, Judged]:
    """The attempt as one named step: its parts are its children in a trace. Streamed where somebody listens."""

    async def parse(answer: Answer) -> Reply:
        return read_reply(answer)

    async def check(claim: Claim) -> Verdict:
        return Verdict(violations=ground(claim.reply, claim.sheet))

    parsing, grounding = Step(parse, name="parse"), Step(check, name="ground")

    async def attempt(brief: Brief) -> Judged:
        try:
            answer = await writer.write(brief, heard)
        except ProviderFault as fault:
            return Judged(error=fault)
        try:
            reply = await parsing.run(answer)
        except ModelError as error:
            return Judged(answer=answer, error=error)
        verdict = await grounding.run(Claim(reply=reply, sheet=brief.sheet))
        if verdict.violations:
            return Judged(answer=answer, error=Ungrounded(verdict.violations))
        return Judged(answer=answer, reply=reply)

    return Step(attempt, name=f"attempt {writer.provider}:{writer.model}")


def _sentence(violation: Violation) -> str:
    return f'{violation.rule}: in "{violation.sentence}" the piece "{violation.span}". Expected: {violation.expected}'
