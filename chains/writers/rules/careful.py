"""The analyst as the service runs it: should a wording of his ever slip, the athlete still gets the rest, and the log the rule."""

from dataclasses import dataclass

import structlog

from chains.facts.sheet import FactSheet
from chains.grounding.checker import check, check_text
from chains.grounding.passage import Role
from chains.reply import Reply
from chains.writers.rules.analyst import RulesWriter

WORDINGS = 6
PLAIN_HEADLINE = "What your training shows"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CarefulAnalyst:
    """An `Analyst` that reads his own text before he hands it over."""

    writer: RulesWriter

    def compose(self, sheet: FactSheet) -> Reply:
        """The first wording that is grounded; if none is, what holds of the first one."""
        replies = [self.writer.compose(sheet)]
        broken = check(replies[0], sheet)
        if not broken:
            return replies[0]
        _log.error("analyst_slipped", kind=sheet.kind.value, rule=broken[0].rule)
        for wording in range(1, WORDINGS):
            replies.append(self.writer.compose(sheet, wording=wording))
            if not check(replies[-1], sheet):
                return replies[-1]
        return _what_holds(replies, sheet)


def _what_holds(replies: list[Reply], sheet: FactSheet) -> Reply:
    """Without a single observation that holds, the reply stays as it is: the router refuses it."""
    first = replies[0]
    headlines = (reply.headline for reply in replies if not check_text(reply.headline, sheet, Role.HEADLINE))
    observations = [text for text in first.observations if not check_text(text, sheet, Role.OBSERVATION)]
    actions = [action for action in first.actions if not check_text(action.why, sheet, Role.WHY, action.option)]
    return Reply(
        headline=next(headlines, PLAIN_HEADLINE), observations=observations or first.observations, actions=actions, question=first.question
    )
