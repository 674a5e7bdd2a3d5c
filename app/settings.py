"""Settings, one small class per owner; the names are those of the environment. Read by composition roots only."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, HttpUrl, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.startup import SettingsError
from chains.request import InsightKind

MIN_SECRET_BYTES = 32
"""RFC 7518 section 3.2: an HS256 key is at least as long as the hash."""

Seconds = Annotated[float, Field(gt=0, le=600, allow_inf_nan=False)]

_MODEL_NAME = re.compile(r"[a-z_]+:\S+")


def _split(value: object) -> object:
    """'openai:gpt-4o, google_genai:gemini' → a route."""
    if not isinstance(value, str):
        return value
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    for name in names:
        if not _MODEL_NAME.fullmatch(name):
            raise ValueError("a route is a list of provider:model, separated by commas")
    return names


Route = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


class _FromEnvironment(BaseSettings):
    model_config = SettingsConfigDict(populate_by_name=True, env_ignore_empty=True, frozen=True, hide_input_in_errors=True)


class MongoSettings(_FromEnvironment):
    """Where the data lives. Without a URI an embedded MongoDB under `data_dir` is used."""

    uri: Annotated[SecretStr | None, Field(validation_alias="MONGODB_URI")] = None
    data_dir: Annotated[Path, Field(validation_alias="INSIGHTS_DATA_DIR")] = Path(".insights")

    @field_validator("uri")
    @classmethod
    def _is_mongodb(cls, uri: SecretStr | None) -> SecretStr | None:
        if uri and not uri.get_secret_value().startswith(("mongodb://", "mongodb+srv://")):
            raise ValueError("must start with mongodb:// or mongodb+srv://")
        return uri


class AuthSettings(_FromEnvironment):
    """How tokens are verified: by one shared secret or by a file of public keys, never both."""

    jwt_secret: Annotated[SecretStr | None, Field(validation_alias="INSIGHTS_JWT_SECRET")] = None
    jwks_file: Annotated[Path | None, Field(validation_alias="INSIGHTS_JWKS_FILE")] = None
    issuer: Annotated[str | None, Field(validation_alias="INSIGHTS_JWT_ISSUER")] = None
    audience: Annotated[str | None, Field(validation_alias="INSIGHTS_JWT_AUDIENCE")] = None

    @field_validator("jwt_secret")
    @classmethod
    def _is_long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and len(secret.get_secret_value().encode()) < MIN_SECRET_BYTES:
            raise ValueError(f"must have at least {MIN_SECRET_BYTES} bytes")
        return secret

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if self.jwt_secret and self.jwks_file:
            raise SettingsError("INSIGHTS_JWKS_FILE", "set either this or INSIGHTS_JWT_SECRET, not both")
        return self


class ModelSettings(_FromEnvironment):
    """Which models write, in which order, and how long they may take."""

    openai_api_key: Annotated[SecretStr | None, Field(validation_alias="OPENAI_API_KEY")] = None
    openai_base_url: Annotated[HttpUrl | None, Field(validation_alias="OPENAI_BASE_URL")] = None
    google_api_key: Annotated[SecretStr | None, Field(validation_alias="GOOGLE_API_KEY")] = None
    google_base_url: Annotated[HttpUrl | None, Field(validation_alias="GOOGLE_BASE_URL")] = None
    route: Annotated[Route, Field(validation_alias="INSIGHTS_ROUTE")] = ("openai:gpt-4o", "google_genai:gemini-2.5-flash-lite")
    route_activity_summary: Annotated[Route | None, Field(validation_alias="INSIGHTS_ROUTE_ACTIVITY_SUMMARY")] = None
    route_weekly_review: Annotated[Route | None, Field(validation_alias="INSIGHTS_ROUTE_WEEKLY_REVIEW")] = None
    route_training_load: Annotated[Route | None, Field(validation_alias="INSIGHTS_ROUTE_TRAINING_LOAD")] = None
    route_progress: Annotated[Route | None, Field(validation_alias="INSIGHTS_ROUTE_PROGRESS")] = None
    route_race_outlook: Annotated[Route | None, Field(validation_alias="INSIGHTS_ROUTE_RACE_OUTLOOK")] = None
    route_recovery: Annotated[Route | None, Field(validation_alias="INSIGHTS_ROUTE_RECOVERY")] = None
    route_next_workout: Annotated[Route | None, Field(validation_alias="INSIGHTS_ROUTE_NEXT_WORKOUT")] = None
    route_question: Annotated[Route | None, Field(validation_alias="INSIGHTS_ROUTE_QUESTION")] = None
    economy_model: Annotated[str | None, Field(validation_alias="INSIGHTS_ECONOMY_MODEL", pattern=_MODEL_NAME.pattern)] = None
    deadline_s: Annotated[Seconds, Field(validation_alias="INSIGHTS_DEADLINE_S")] = 20.0
    call_s: Annotated[Seconds, Field(validation_alias="INSIGHTS_CALL_S")] = 12.0
    first_token_s: Annotated[Seconds, Field(validation_alias="INSIGHTS_FIRST_TOKEN_S")] = 8.0
    idle_s: Annotated[Seconds, Field(validation_alias="INSIGHTS_IDLE_S")] = 5.0
    prices_file: Annotated[Path | None, Field(validation_alias="INSIGHTS_PRICES_FILE")] = None
    consent: Annotated[Literal["granted", "ask"], Field(validation_alias="INSIGHTS_MODEL_CONSENT")] = "granted"

    def route_for(self, kind: InsightKind) -> tuple[str, ...]:
        """The models asked for one kind, in order."""
        chosen: tuple[str, ...] | None = getattr(self, f"route_{kind}")
        return self.route if chosen is None else chosen


class LoadSettings(_FromEnvironment):
    """How much one process takes on at once, and how it leaves."""

    max_in_flight: Annotated[int, Field(validation_alias="INSIGHTS_MAX_IN_FLIGHT", ge=1, le=10_000)] = 128
    max_queue: Annotated[int, Field(validation_alias="INSIGHTS_MAX_QUEUE", ge=0, le=10_000)] = 64
    max_per_athlete: Annotated[int, Field(validation_alias="INSIGHTS_MAX_PER_ATHLETE", ge=1, le=1_000)] = 2
    drain_s: Annotated[float, Field(validation_alias="INSIGHTS_DRAIN_S", ge=0, le=10, allow_inf_nan=False)] = 2.0


class TraceSettings(_FromEnvironment):
    """LangSmith reads its own names from the environment too; here they are for `doctor` and for the tracer we build."""

    enabled: Annotated[bool, Field(validation_alias="LANGSMITH_TRACING")] = False
    endpoint: Annotated[HttpUrl | None, Field(validation_alias="LANGSMITH_ENDPOINT")] = None
    api_key: Annotated[SecretStr | None, Field(validation_alias="LANGSMITH_API_KEY")] = None
    project: Annotated[str | None, Field(validation_alias="LANGSMITH_PROJECT")] = None
    hash_key: Annotated[SecretStr | None, Field(validation_alias="INSIGHTS_HASH_KEY")] = None


class JobSettings(_FromEnvironment):
    """Without Redis, jobs run inside the service."""

    redis_url: Annotated[SecretStr | None, Field(validation_alias="REDIS_URL")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of them."""

    mongo: MongoSettings = field(default_factory=MongoSettings)
    auth: AuthSettings = field(default_factory=AuthSettings)
    models: ModelSettings = field(default_factory=ModelSettings)
    traces: TraceSettings = field(default_factory=TraceSettings)
    jobs: JobSettings = field(default_factory=JobSettings)
    load: LoadSettings = field(default_factory=LoadSettings)


def load_settings() -> Settings:
    """From the environment. Raises SettingsError with the name of the first bad one."""
    try:
        return Settings()
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_input=False, include_context=False)[0]
        raise SettingsError(str(first["loc"][0]), first["msg"].removeprefix("Value error, ")) from None
