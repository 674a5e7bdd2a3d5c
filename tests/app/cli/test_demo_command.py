"""`insights demo` as a person runs it: a process of its own, from an empty folder."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.app.test_mongod import is_running

INSIGHTS = Path(sys.executable).with_name("insights")
LIMIT_S = 120


def environment(data_dir: Path) -> Mapping[str, str]:
    """Nothing but a path: no keys, no settings of this machine."""
    return {"PATH": os.environ["PATH"], "INSIGHTS_DATA_DIR": str(data_dir), "COLUMNS": "400"}


@contextmanager
def demo(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [str(INSIGHTS), "demo", *arguments]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment(folder / "data"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(LIMIT_S)


def printed_until(process: subprocess.Popen[str], wanted: str) -> str:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if wanted in line:
            return "".join(lines)
    pytest.fail(f"never printed {wanted!r}, but:\n{''.join(lines)}")


def test_a_terminated_demo_leaves_no_mongod_behind(tmp_path: Path) -> None:
    with demo(tmp_path, "--port", "0") as process:
        printed_until(process, "curl -s")
        process.terminate()
        process.wait(LIMIT_S)

    assert process.returncode == 0
    assert not is_running(tmp_path / "data")


def test_the_demo_prints_insights_then_serves_with_the_token_it_printed(tmp_path: Path) -> None:
    with demo(tmp_path, "--port", "0") as process:
        text = printed_until(process, "curl -s")
        url, token = re.findall(r"curl -s '(\S+)' -H 'Authorization: Bearer (\S+)'", text)[0]
        with httpx.Client(transport=httpx.HTTPTransport(retries=5), timeout=LIMIT_S) as client:
            answer = client.get(url, headers={"Authorization": f"Bearer {token}"})
    assert "activity summary of" in text
    assert "weekly review, as of" in text
    assert answer.status_code == 200
    assert answer.json()["items"][0]["source"] == "rules"
    assert process.returncode == 0


def test_a_busy_port_is_one_sentence_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [str(INSIGHTS), "demo", "--port", port],
            cwd=tmp_path,
            env=environment(tmp_path / "data"),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
        )
    said = (done.stdout + done.stderr).strip()
    assert done.returncode == 1
    assert said.endswith(f"port {port} on 127.0.0.1 is in use; choose another one with --port, or --once to do without")
    assert "\n" not in said
    assert not (tmp_path / "data").exists()
