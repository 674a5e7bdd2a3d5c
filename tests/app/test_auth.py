"""Tokens: who gets in, and all who must not."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import SecretStr

from app.auth import Tokens, issue_token, open_tokens
from app.database import Database
from app.errors import Unauthenticated
from app.keys import KeySet, jwks, read_jwks, shared_secret
from app.settings import AuthSettings, MongoSettings, Settings
from app.startup import SettingsError
from tests.conftest import SECRET, api_with
from tests.shared_data import needs

TokenFor = Callable[..., dict[str, str]]

KEYS: dict[str, Any] = {
    "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}


def public_jwk(algorithm: str, **extra: object) -> dict[str, Any]:
    made: type[Any] = type(jwt.get_algorithm_by_name(algorithm))
    jwk = made.to_jwk(KEYS[algorithm].public_key(), as_dict=True)
    return {**jwk, "kid": algorithm, "alg": algorithm, "use": "sig", **extra}


def claims(**changes: object) -> dict[str, Any]:
    now = datetime.now(UTC)
    made = {"sub": "ada", "scope": "athlete", "exp": now + timedelta(hours=1), **changes}
    return {name: value for name, value in made.items() if value is not None}


def signed(key: Any = SECRET, algorithm: str = "HS256", kid: str | None = None, **changes: object) -> str:
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers={"kid": kid} if kid else None)


def unsigned() -> str:
    header, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "none"}, {"sub": "ada"}))
    return f"{header}.{body}."


async def test_the_issued_token_opens_the_own_data(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    assert (await api.get("/api/profile", headers=token_for("ada"))).status_code == 200


@pytest.mark.parametrize(
    "token",
    [
        signed(exp=datetime.now(UTC) - timedelta(minutes=1)),
        signed(exp=None),
        signed(sub=None),
        signed(sub=""),
        signed(sub="a\nb"),
        signed(sub="x" * 129),
        signed(sub=7),
        signed(scope=["athlete"]),
        signed(nbf=datetime.now(UTC) + timedelta(hours=1)),
        signed(key="another secret that is long enough for it"),
        signed(algorithm="HS384"),
        signed(KEYS["RS256"], "RS256"),
        unsigned(),
        "nonsense",
        "a.b.c",
        signed() + "=",
        "x" * 10_000,
    ],
)
def test_a_bad_token_is_refused_without_repeating_it(settings: Settings, token: str) -> None:
    with pytest.raises(Unauthenticated) as refused:
        open_tokens(settings).verify(token)

    assert token not in str(refused.value)


async def test_a_bad_token_is_401_with_the_reason_in_the_challenge(api: httpx.AsyncClient) -> None:
    refused = await api.get("/api/profile", headers={"Authorization": f"Bearer {signed(exp=datetime(2020, 1, 1, tzinfo=UTC))}"})

    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert refused.json()["type"] == "/problems/unauthenticated"


async def test_no_token_is_401_with_a_challenge(api: httpx.AsyncClient) -> None:
    refused = await api.get("/api/profile")

    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")


async def test_a_token_without_the_scope_is_403(api: httpx.AsyncClient) -> None:
    refused = await api.get("/api/profile", headers={"Authorization": f"Bearer {signed(scope='read')}"})

    assert refused.status_code == 403
    assert refused.headers["www-authenticate"] == 'Bearer error="insufficient_scope", scope="athlete"'


def test_admin_is_a_scope_of_its_own(settings: Settings) -> None:
    tokens = open_tokens(settings)

    assert not tokens.verify(issue_token(settings, "ada")).is_admin
    assert tokens.verify(issue_token(settings, "ada", admin=True)).is_admin


def test_issuer_and_audience_are_checked_where_set() -> None:
    keys = shared_secret(SECRET.encode())
    strict = Tokens(keys, issuer="https://app.test", audience="insights")

    assert strict.verify(strict.issue("ada")).athlete_id == "ada"
    for changes in ({}, {"iss": "https://app.test"}, {"iss": "https://else.test", "aud": "insights"}):
        with pytest.raises(Unauthenticated):
            strict.verify(signed(**changes))
    assert Tokens(keys).verify(signed(aud="whoever")).athlete_id == "ada"


@pytest.mark.parametrize("algorithm", list(KEYS))
def test_public_keys_verify_and_each_is_pinned_to_its_algorithm(algorithm: str) -> None:
    tokens = Tokens(jwks([public_jwk(name) for name in KEYS]))

    assert tokens.verify(signed(KEYS[algorithm], algorithm, kid=algorithm)).athlete_id == "ada"
    with pytest.raises(Unauthenticated):
        tokens.verify(signed(KEYS[algorithm], algorithm))
    other = next(name for name in KEYS if name != algorithm)
    with pytest.raises(Unauthenticated):
        tokens.verify(signed(KEYS[algorithm], algorithm, kid=other))


def test_a_public_key_is_no_shared_secret() -> None:
    """The classic confusion: the public key's text as an HMAC secret. Signed by hand, because the library refuses to."""
    pem = KEYS["RS256"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = signed(key=SECRET, kid="RS256").rpartition(".")[0]
    forged = f"{head}.{base64.urlsafe_b64encode(hmac.digest(pem, head.encode(), 'sha256')).decode().rstrip('=')}"

    with pytest.raises(Unauthenticated):
        Tokens(jwks([public_jwk("RS256")])).verify(forged)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ([], "holds no signature key"),
        ([public_jwk("RS256", use="enc")], "holds no signature key"),
        ([public_jwk("RS256", alg="PS256")], "holds no signature key"),
        ([public_jwk("ES256"), public_jwk("ES256")], "a kid of its own"),
        ([public_jwk("ES256"), {k: v for k, v in public_jwk("RS256").items() if k != "kid"}], "a kid of its own"),
        ([{"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}], "public keys only"),
        ([public_jwk("ES256", d="c2VjcmV0")], "public keys only"),
        ([public_jwk("ES256", x="AAAA")], "cannot be read"),
        ([public_jwk("RS256", e="AQ")], "cannot be read|exponent"),
    ],
)
def test_a_doubtful_key_set_is_refused_at_start(keys: list[dict[str, Any]], reason: str) -> None:
    with pytest.raises(SettingsError, match=f"^INSIGHTS_JWKS_FILE: .*({reason})"):
        jwks(keys)


@pytest.mark.parametrize("content", [None, "nonsense", "[]", "{}", '{"keys": [1]}'])
def test_a_file_that_is_no_key_set_is_refused_at_start(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "jwks.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(SettingsError, match=r"^INSIGHTS_JWKS_FILE: "):
        read_jwks(path)


async def test_the_service_runs_on_a_jwks_file(settings: Settings, database: Database, tmp_path: Path) -> None:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps({"keys": [public_jwk("ES256")]}))
    by_file = replace(settings, auth=AuthSettings(jwt_secret=None, jwks_file=path))

    async with api_with(by_file, database.name) as api:
        good = await api.get("/api/profile", headers={"Authorization": f"Bearer {signed(KEYS['ES256'], 'ES256', kid='ES256')}"})
        bad = await api.get("/api/profile", headers={"Authorization": f"Bearer {signed()}"})

    assert (good.status_code, bad.status_code) == (200, 401)
    with pytest.raises(SettingsError, match="issued by whoever has the private ones"):
        issue_token(by_file, "ada")


def test_without_settings_the_embedded_service_makes_its_own_secret_once(tmp_path: Path) -> None:
    nothing = AuthSettings(jwt_secret=None, jwks_file=None)
    embedded = Settings(mongo=MongoSettings(uri=None, data_dir=tmp_path), auth=nothing)

    assert open_tokens(embedded).verify(issue_token(embedded, "ada")).athlete_id == "ada"
    assert [path.name for path in tmp_path.iterdir()] == ["jwt_secret"]
    assert (tmp_path / "jwt_secret").stat().st_mode & 0o077 == 0

    own_server = replace(embedded, mongo=MongoSettings(uri=SecretStr("mongodb://db.test"), data_dir=tmp_path))
    with pytest.raises(SettingsError, match=r"^INSIGHTS_JWT_SECRET: "):
        open_tokens(own_server)


STRICTER = {"emptyPayload", "InvalidCharacterInsertedInHeader", "InvalidCharacterInsertedInPayload"}
"""Valid there, refused here: a token without claims is none, and characters outside the alphabet have no place in one (RFC 4648, 3.3)."""

SAME_AS_A_VALID_ONE = {"invalidBase64Padding", "invalidBase64PaddingInPayload"}
"""Their padding got lost on the way into the file: byte for byte tcId 357, which is valid."""


def wycheproof(name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Group and test, for every vector."""
    for group in json.loads(needs("security", "wycheproof", f"{name}.json").read_text())["testGroups"]:
        for test in group["tests"]:
            yield group, test


def verifies(keys: KeySet, token: str) -> bool:
    """The same steps as `Tokens.verify`, for payloads that are no claims."""
    try:
        key = keys.key_for(token)
        jwt.api_jws.decode(token, key.key, algorithms=[key.algorithm])
    except (Unauthenticated, jwt.InvalidTokenError):
        return False
    return True


def keys_of(group: dict[str, Any]) -> KeySet | None:
    """As we would take them from the settings; None where we refuse."""
    private = group["private"]
    if "public" not in group and private.get("alg") == "HS256":
        return shared_secret(base64.urlsafe_b64decode(private["k"] + "=="))
    keys = group.get("public") or private
    try:
        return jwks(keys.get("keys", [keys]))
    except SettingsError:
        return None


def test_wycheproof_signatures() -> None:
    accepted = {"HS256", "RS256", "ES256"}
    seen, verified_and_valid = 0, 0
    for group, test in wycheproof("json_web_signature_test"):
        keys = keys_of(group)
        verified = keys is not None and verifies(keys, test["jws"])
        seen += 1
        verified_and_valid += verified and test["result"] == "valid"
        if test["result"] == "invalid":
            assert verified == (test["comment"] in SAME_AS_A_VALID_ONE), f"tcId {test['tcId']}: {test['comment']}"
        elif (group.get("public") or group["private"]).get("alg") in accepted and keys is not None:
            wanted = test["comment"] not in STRICTER
            assert verified == wanted, f"tcId {test['tcId']}: {test['comment']}"
    assert (seen, verified_and_valid) == (401, 17)


def test_wycheproof_keys() -> None:
    for group, test in wycheproof("json_web_key_test"):
        keys = keys_of(group)
        verified = keys is not None and verifies(keys, test["jws"])
        known_exception = "ROCA" in str(test["flags"]).upper() or "roca" in test["comment"].lower() or "roca" in group["comment"]
        if test["result"] == "invalid" and not known_exception:
            assert not verified, f"tcId {test['tcId']}: {test['comment']}"
