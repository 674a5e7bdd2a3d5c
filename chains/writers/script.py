"""The prompt files one kind of insight is written with: the shared part, the kind's own, and the repair turn."""

import hashlib
from dataclasses import dataclass, replace

from chains.request import InsightKind
from prompts.loader import Prompt, newest

HASH_LENGTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """`label` names the kind's prompt and covers all three files: a change in any of them is another prompt."""

    writer: Prompt
    task: Prompt
    repair: Prompt

    @property
    def label(self) -> str:
        """'weekly_review/v1@<hash>'."""
        together = "\n".join(prompt.hash for prompt in (self.writer, self.task, self.repair))
        digest = hashlib.sha256(together.encode()).hexdigest()[:HASH_LENGTH]
        return f"{self.task.name}/v{self.task.version}@{digest}"

    def with_task(self, task: Prompt) -> "Script":
        """The same with another prompt for the kind: how a draft is tried on a stored sheet."""
        return replace(self, task=task)


def script_for(kind: InsightKind) -> Script:
    """The prompts in use for a kind."""
    return Script(writer=newest("writer"), task=newest(kind.value), repair=newest("repair"))
