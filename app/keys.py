"""Keys that tokens are signed with: each is pinned to one algorithm, whatever a token says of itself."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.utils import base64url_decode, base64url_encode

from app.errors import Unauthenticated
from app.secret_file import own_secret
from app.settings import AuthSettings, MongoSettings
from app.startup import SettingsError

SHARED = "HS256"
PUBLIC: Final = frozenset({"RS256", "ES256", "EdDSA"})
_CURVES: Final[Mapping[str, str]] = {"ES256": "P-256", "EdDSA": "Ed25519"}

MIN_RSA_BITS = 2048
MIN_RSA_EXPONENT = 65537
"""NIST SP 800-56B: at least 65,537."""

MAX_TOKEN_CHARS = 8192

_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedKey:
    """One key and the one algorithm it may be used with."""

    kid: str | None
    algorithm: str
    key: Any


class KeySet:
    """All keys that a token may be signed with."""

    def __init__(self, keys: Sequence[PinnedKey]) -> None:
        self._keys = tuple(keys)

    def key_for(self, token: str) -> PinnedKey:
        """The key this token must be signed with. Raises Unauthenticated where there is none."""
        if len(token) > MAX_TOKEN_CHARS or not _is_canonical(token):
            raise Unauthenticated("the token is malformed", challenge='Bearer error="invalid_token"')
        try:
            header = jwt.get_unverified_header(token)
        except jwt.InvalidTokenError:
            raise Unauthenticated("the token is malformed", challenge='Bearer error="invalid_token"') from None
        kid = header.get("kid")
        fitting = [key for key in self._keys if key.kid is None or kid == key.kid or (kid is None and len(self._keys) == 1)]
        if "crit" in header or not fitting or header.get("alg") != fitting[0].algorithm:
            raise Unauthenticated(
                "the token is signed with a key or an algorithm that is not accepted", challenge='Bearer error="invalid_token"'
            )
        return fitting[0]

    @property
    def signing_key(self) -> PinnedKey | None:
        """The shared secret; None where we only hold public keys."""
        return next((key for key in self._keys if key.algorithm == SHARED), None)


def _is_canonical(token: str) -> bool:
    """Decoders skip what they don't know and ignore unused bits, and would take many spellings for one token."""
    if not _COMPACT.fullmatch(token):
        return False
    try:
        return all(base64url_encode(base64url_decode(part)).decode() == part for part in token.split("."))
    except ValueError:
        return False


def open_keys(auth: AuthSettings, mongo: MongoSettings) -> KeySet:
    """From the settings; with an embedded MongoDB and no setting, a secret of our own. Raises SettingsError."""
    if auth.jwks_file:
        return read_jwks(auth.jwks_file)
    if auth.jwt_secret:
        return shared_secret(auth.jwt_secret.get_secret_value().encode())
    if mongo.uri:
        raise SettingsError("INSIGHTS_JWT_SECRET", "set it, or INSIGHTS_JWKS_FILE: tokens could not be verified otherwise")
    return shared_secret(own_secret(mongo.data_dir, "jwt_secret"))


def shared_secret(secret: bytes) -> KeySet:
    return KeySet([PinnedKey(kid=None, algorithm=SHARED, key=secret)])


def read_jwks(path: Path) -> KeySet:
    """A JWK set of public keys; keys for other uses or algorithms are passed over. Raises SettingsError."""
    try:
        keys = json.loads(path.read_text())["keys"]
        return jwks([dict(key) for key in keys])
    except OSError as refused:
        raise SettingsError("INSIGHTS_JWKS_FILE", f"cannot be read: {refused.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise SettingsError("INSIGHTS_JWKS_FILE", "is no JWK set") from None


def jwks(keys: Sequence[Mapping[str, Any]]) -> KeySet:
    """Raises SettingsError for a set that is ambiguous, weak, or holds secrets."""
    if any("d" in key or key.get("kty") == "oct" for key in keys):
        raise SettingsError("INSIGHTS_JWKS_FILE", "must hold public keys only")
    pinned = [_pin(key) for key in keys if _is_for_us(key)]
    if not pinned:
        raise SettingsError("INSIGHTS_JWKS_FILE", f"holds no signature key for {', '.join(sorted(PUBLIC))}")
    kids = [key.kid for key in pinned]
    if len(set(kids)) < len(kids) or (None in kids and len(kids) > 1):
        raise SettingsError("INSIGHTS_JWKS_FILE", "every key needs a kid of its own")
    return KeySet(pinned)


def _is_for_us(key: Mapping[str, Any]) -> bool:
    return key.get("use", "sig") == "sig" and "verify" in key.get("key_ops", ["verify"]) and _algorithm(key) in PUBLIC


def _algorithm(key: Mapping[str, Any]) -> str | None:
    implied = {"RSA": "RS256", "EC": "ES256", "OKP": "EdDSA"}.get(str(key.get("kty")))
    algorithm = str(key.get("alg", implied))
    return algorithm if key.get("crv") == _CURVES.get(algorithm) else None


def _pin(key: Mapping[str, Any]) -> PinnedKey:
    algorithm = str(_algorithm(key))
    try:
        public = jwt.PyJWK(dict(key), algorithm).key
    except (jwt.PyJWTError, ValueError):
        raise SettingsError("INSIGHTS_JWKS_FILE", "holds a key that cannot be read") from None
    if isinstance(public, RSAPublicKey) and (public.key_size < MIN_RSA_BITS or public.public_numbers().e < MIN_RSA_EXPONENT):
        raise SettingsError("INSIGHTS_JWKS_FILE", f"holds an RSA key below {MIN_RSA_BITS} bits or exponent {MIN_RSA_EXPONENT}")
    return PinnedKey(kid=key.get("kid"), algorithm=algorithm, key=public)
