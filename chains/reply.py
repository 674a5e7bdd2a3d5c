"""What a writer answers: texts with `{fact}` references and no numbers of its own. One contract for every provider."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MAX_OBSERVATIONS = 4
MAX_ACTIONS = 3
MIN_CHOICES, MAX_CHOICES = 2, 4

Text = Annotated[str, Field(min_length=1, max_length=1200)]


class Choice(BaseModel):
    """One option of the sheet, chosen and explained."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    option: str = Field(description="id of an option on the sheet")
    why: Text = Field(description="one sentence with references: why this option, for this athlete, now")


class Question(BaseModel):
    """What to ask the athlete instead of guessing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Text
    choices: Annotated[list[str], Field(min_length=MIN_CHOICES, max_length=MAX_CHOICES)]


class Reply(BaseModel):
    """An insight as written, before it is checked and printed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headline: Text
    observations: Annotated[list[Text], Field(min_length=1, max_length=MAX_OBSERVATIONS)]
    actions: Annotated[list[Choice], Field(max_length=MAX_ACTIONS)]
    question: Question | None
