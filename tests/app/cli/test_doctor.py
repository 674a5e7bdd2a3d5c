"""What `insights doctor` says of models that will be gone."""

from pathlib import Path

from tests.app.server import output_of


def test_doctor_names_the_day_a_model_of_the_route_is_gone_and_what_comes_after(tmp_path: Path) -> None:
    code, out, err = output_of("doctor", data_dir=tmp_path, environment={"COLUMNS": "400"})

    warned = [line for line in out.splitlines() if "lifecycle" in line]
    assert code == 0, out + err
    assert len(warned) == 1
    assert "openai:gpt-4o" in warned[0]
    assert "2027-01-14" in warned[0]
    assert "gpt-6-luna" in warned[0]
