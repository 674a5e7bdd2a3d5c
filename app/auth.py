"""Who is asking: bearer tokens, made and verified. The athlete is the token's `sub`, never a field of a body."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import jwt
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.errors import Forbidden, Unauthenticated
from app.keys import KeySet, open_keys
from app.settings import Settings
from app.startup import SettingsError

ATHLETE, ADMIN = "athlete", "admin"

LEEWAY_S = 10
"""For clocks that differ a little."""

MAX_ATHLETE_ID = 128
ATHLETE_ID_RULE = f"an athlete id has 1 to {MAX_ATHLETE_ID} printable characters"
DEFAULT_TTL = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whose data a request is about, and what its token allows."""

    athlete_id: str
    scopes: frozenset[str]

    @property
    def is_admin(self) -> bool:
        return ADMIN in self.scopes


class Tokens:
    """Makes and verifies tokens with one set of keys."""

    def __init__(self, keys: KeySet, *, issuer: str | None = None, audience: str | None = None) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience

    def verify(self, token: str) -> Caller:
        """Raises Unauthenticated."""
        key = self._keys.key_for(token)
        try:
            claims = jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm],
                issuer=self._issuer,
                audience=self._audience,
                leeway=LEEWAY_S,
                options={"require": ["exp", "sub"], "verify_aud": self._audience is not None},
            )
        except jwt.ExpiredSignatureError:
            raise _rejected("the token has expired") from None
        except jwt.InvalidTokenError as invalid:
            raise _rejected(f"the token is not valid ({type(invalid).__name__})") from None
        return _caller(claims)

    def issue(self, athlete_id: str, *, admin: bool = False, ttl: timedelta = DEFAULT_TTL, now: datetime | None = None) -> str:
        """Raises SettingsError where only public keys are configured, ValueError for an id that no token may carry."""
        key = self._keys.signing_key
        if key is None:
            raise SettingsError("INSIGHTS_JWKS_FILE", "holds public keys; tokens are issued by whoever has the private ones")
        if not is_athlete_id(athlete_id):
            raise ValueError(ATHLETE_ID_RULE)
        issued = now or datetime.now(UTC)
        scope = f"{ATHLETE} {ADMIN}" if admin else ATHLETE
        claims: dict[str, Any] = {"sub": athlete_id, "scope": scope, "iat": issued, "exp": issued + ttl}
        optional = {"iss": self._issuer, "aud": self._audience}
        return jwt.encode(claims | {k: v for k, v in optional.items() if v}, key.key, algorithm=key.algorithm)


def open_tokens(settings: Settings) -> Tokens:
    """Raises SettingsError."""
    return Tokens(open_keys(settings.auth, settings.mongo), issuer=settings.auth.issuer, audience=settings.auth.audience)


def issue_token(settings: Settings, athlete_id: str, *, admin: bool = False, ttl: timedelta = DEFAULT_TTL) -> str:
    """A token that a service with the same settings accepts."""
    return open_tokens(settings).issue(athlete_id, admin=admin, ttl=ttl)


def caller_with(scope: str) -> Callable[..., Awaitable[Caller]]:
    """A dependency: the caller, if the token carries the scope."""

    async def caller(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Caller:
        if credentials is None:
            raise Unauthenticated("no bearer token was sent")
        tokens: Tokens = request.app.state.tokens
        verified = tokens.verify(credentials.credentials)
        if scope not in verified.scopes:
            raise Forbidden(scope)
        return verified

    return caller


_bearer = HTTPBearer(auto_error=False, description="A JWT whose `sub` is the athlete; `insights token` makes one.")

CurrentAthlete = Annotated[Caller, Depends(caller_with(ATHLETE))]
AdminCaller = Annotated[Caller, Depends(caller_with(ADMIN))]


def _caller(claims: dict[str, Any]) -> Caller:
    athlete_id, scope = claims["sub"], claims.get("scope", "")
    if not is_athlete_id(athlete_id) or not isinstance(scope, str):
        raise _rejected("the token's sub or scope is not usable")
    return Caller(athlete_id=athlete_id, scopes=frozenset(scope.split()))


def is_athlete_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_ATHLETE_ID and value.isprintable()


def _rejected(reason: str) -> Unauthenticated:
    return Unauthenticated(reason, challenge='Bearer error="invalid_token"')
