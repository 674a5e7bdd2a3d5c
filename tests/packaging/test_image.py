"""The image: built in stages from hashed wheels, run as nobody in particular, watched on /livez."""

import json
import re
import tomllib
from collections.abc import Sequence

import pytest

from tests.packaging.dockerfile import Stage, stages
from tests.packaging.files import ROOT, text_of

STAGES = stages(text_of("Dockerfile"))
FINAL = STAGES[-1]


def copied_from_here(stage: Stage) -> Sequence[str]:
    copies = [value.split() for value in stage.values("COPY")]
    return [source for words in copies if not words[0].startswith("--from=") for source in words[:-1]]


def test_it_is_built_in_stages_that_are_named_and_used() -> None:
    assert len(STAGES) >= 2
    used = {m[1] for s in STAGES for value in s.values("COPY") if (m := re.match(r"--from=(\S+)", value))}
    assert used == {s.alias for s in STAGES[:-1]}


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.alias or "final")
def test_base_images_name_their_version(stage: Stage) -> None:
    assert ":" in stage.image
    assert not stage.image.endswith(":latest")
    assert stage.image.startswith(f"python:{_oldest_python()}")


def _oldest_python() -> str:
    return str(tomllib.loads(text_of("pyproject.toml"))["project"]["requires-python"]).removeprefix(">=")


def test_it_runs_as_an_unprivileged_user() -> None:
    user = FINAL.values("USER")[-1].split(":")[0]
    assert user not in {"root", "0"}
    assert f"--uid {user}" in " ".join(FINAL.values("RUN"))
    positions = {i.name: n for n, i in enumerate(FINAL.instructions)}
    assert max(positions["RUN"], positions["COPY"]) < positions["USER"]


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.alias or "final")
def test_it_lives_in_srv(stage: Stage) -> None:
    assert stage.values("WORKDIR") == ["/srv"]


def test_health_is_asked_on_livez_with_the_standard_library() -> None:
    (health,) = FINAL.values("HEALTHCHECK")
    command = json.loads(health[health.index("CMD") + 3 :])
    assert command[:2] == ["python", "-c"]
    assert "/livez" in command[2]
    assert "urllib.request" in command[2]
    compile(command[2], "healthcheck", "exec")


@pytest.mark.parametrize("name", ["ENTRYPOINT", "CMD"])
def test_no_shell_stands_between_the_signals_and_the_service(name: str) -> None:
    words = json.loads(FINAL.values(name)[-1])
    assert all(isinstance(word, str) for word in words)


def test_it_serves_on_all_addresses_of_the_container() -> None:
    command = [*json.loads(FINAL.values("ENTRYPOINT")[-1]), *json.loads(FINAL.values("CMD")[-1])]
    assert command == ["insights", "serve", "--host", "0.0.0.0", "--port", "8000"]  # noqa: S104 - inside the container
    assert FINAL.values("EXPOSE") == ["8000"]


def test_all_that_is_copied_exists_and_passes_the_ignore_file() -> None:
    allowed = {line[1:] for line in text_of(".dockerignore").splitlines() if line.startswith("!")}
    for source in {s for stage in STAGES for s in copied_from_here(stage)}:
        assert ROOT.joinpath(source).exists(), source
        assert source in allowed


def test_every_package_of_the_distribution_is_in_the_image() -> None:
    packages = tomllib.loads(text_of("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert set(packages) <= {source for stage in STAGES for source in copied_from_here(stage)}


def test_wheels_are_checked_against_the_lock_and_nothing_else_is_asked_for() -> None:
    fetching, installing = (" ".join(s.values("RUN")) for s in STAGES[:2])
    assert "--require-hashes" in fetching
    assert "--requirement requirements.lock" in fetching
    assert "--no-index" in installing
    assert "[" not in installing, "no extras in the image"


def test_every_entry_of_the_lock_has_a_hash_and_no_address() -> None:
    lock = text_of("requirements.lock")
    entries = re.split(r"\n(?=[a-z0-9])", lock)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock
