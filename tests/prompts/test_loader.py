"""Prompt files are checked when they are read, and say themselves which version they are."""

from pathlib import Path

import pytest

from chains.request import InsightKind
from chains.writers.script import script_for
from prompts.loader import FOLDER, IN_USE, PromptError, load, newest, read


def file(folder: Path, *, inputs: str = "[sheet]", text: str = "Write about $sheet.") -> Path:
    path = folder / "v1.md"
    path.write_text(f"---\nname: draft\nversion: 1\ndescription: for a test\ninputs: {inputs}\n---\n{text}\n")
    return path


def test_every_prompt_in_use_loads_under_its_own_name() -> None:
    for name, version in IN_USE.items():
        prompt = load(name, version)
        assert prompt.label == f"{name}/v{version}@{prompt.hash}"
        assert prompt.description


def test_every_file_is_readable_and_every_kind_has_one() -> None:
    for path in FOLDER.glob("*/v*.md"):
        assert load(path.parent.name, int(path.stem[1:])).text
    assert {kind.value for kind in InsightKind} <= set(IN_USE)


def test_placeholders_are_filled_and_dollars_in_values_stay(tmp_path: Path) -> None:
    assert read(file(tmp_path)).render(sheet="$5 and $name") == "Write about $5 and $name.\n"


@pytest.mark.parametrize(
    ("inputs", "text", "reason"),
    [
        ("[sheet]", "no placeholder", "differ from placeholders"),
        ("[]", "a $sheet", "differ from placeholders"),
        ("[sheet]", "$sheet for $ 5", "starts no placeholder"),
    ],
)
def test_inputs_that_differ_from_placeholders_are_refused(tmp_path: Path, inputs: str, text: str, reason: str) -> None:
    with pytest.raises(PromptError, match=reason):
        read(file(tmp_path, inputs=inputs, text=text))


def test_a_file_without_frontmatter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v1.md"
    path.write_text("just text")

    with pytest.raises(PromptError, match=r"v1\.md: no readable prompt file"):
        read(path)


def test_a_missing_or_an_unknown_value_is_refused(tmp_path: Path) -> None:
    prompt = read(file(tmp_path))

    with pytest.raises(PromptError, match="was given"):
        prompt.render()
    with pytest.raises(PromptError, match="was given"):
        prompt.render(sheet="s", tone="t")


def test_the_script_s_label_covers_all_of_its_files(tmp_path: Path) -> None:
    script = script_for(InsightKind.WEEKLY_REVIEW)
    other = script.with_task(read(file(tmp_path)))

    assert script.label.startswith("weekly_review/v1@")
    assert other.label.startswith("draft/v1@")
    assert newest("repair").hash not in script.label
    assert script.label == script_for(InsightKind.WEEKLY_REVIEW).label
