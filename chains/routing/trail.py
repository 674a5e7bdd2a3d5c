"""What was tried for one insight, in order: the trail that is stored with it."""

from dataclasses import dataclass, field, replace

from chains.attempt import Attempt, Draft
from chains.insight import ServedModel
from chains.reply import Reply
from chains.routing.order import Authored
from chains.routing.outcomes import CONSEQUENCES, Next
from chains.writers.bracket import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One attempt, and what became of it; `is_call` where a provider was asked."""

    attempt: Attempt
    judged: Judged
    is_call: bool = True

    @property
    def explained(self) -> Attempt:
        """The attempt as it stands with the insight: with the sentence that broke a rule, which the ledger never holds."""
        violations = self.judged.violations
        return replace(self.attempt, sentence=violations[0].sentence) if violations else self.attempt

    @property
    def next(self) -> Next:
        """What follows."""
        return Next.DONE if self.judged.reply is not None else CONSEQUENCES[self.attempt.outcome].next


@dataclass(slots=True)
class Trail:
    """Grows while the router works."""

    tried: list[Tried] = field(default_factory=list)

    def add(self, tried: Tried) -> None:
        self.tried.append(tried)

    @property
    def calls(self) -> int:
        return sum(tried.is_call for tried in self.tried)

    @property
    def reply(self) -> Reply | None:
        """A good one, if the last attempt brought it."""
        return self.tried[-1].judged.reply if self.tried else None

    def authored_by_model(self) -> Authored:
        """By whoever was tried last."""
        attempt = self.tried[-1].attempt
        served = ServedModel(provider=attempt.provider, requested=attempt.model, served=attempt.served)
        return self._authored(model=served, degraded=False)

    def authored_by_rules(self, *, degraded: bool) -> Authored:
        return self._authored(model=None, degraded=degraded)

    def _authored(self, *, model: ServedModel | None, degraded: bool) -> Authored:
        reply = self.reply
        if reply is None:
            raise ValueError("nothing good was written yet")
        return Authored(
            reply=reply,
            model=model,
            degraded=degraded,
            attempts=tuple(tried.explained for tried in self.tried),
            drafts=tuple(_draft(tried) for tried in self.tried if tried.judged.answer or tried.judged.reply),
        )


def _draft(tried: Tried) -> Draft:
    answer, reply = tried.judged.answer, tried.judged.reply
    raw = answer.raw if answer else reply.model_dump_json() if reply else ""
    return Draft(attempt_id=tried.attempt.id, raw=raw, violations=tried.judged.violations)
