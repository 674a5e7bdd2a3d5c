"""`insights import`."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from app.activities.service import Fate
from app.cli.imports import import_from, report_table
from app.imports.report import ImportReport, Refused, Taken
from app.settings import Settings
from chains.errors import RecordingError
from tests.app.imports.files import tcx, zipped


def quiet() -> Console:
    return Console(file=io.StringIO(), width=100)


@pytest.mark.usefixtures("database")
async def test_a_folder_goes_in_with_its_archives(settings: Settings, database_name: str, tmp_path: Path) -> None:
    (tmp_path / "archive.zip").write_bytes(zipped({"in/run.tcx": tcx()}))
    (tmp_path / "notes.md").write_text("no recording")
    (tmp_path / ".hidden").write_text("left out")

    report = await import_from(tmp_path, "ada", settings, quiet(), database_name=database_name)

    assert [taken.file for taken in report.imported] == ["in/run.tcx"]
    assert [refused.file for refused in report.failed] == ["notes.md"]


@pytest.mark.usefixtures("database")
async def test_an_archive_that_points_outside_is_not_opened(settings: Settings, database_name: str, tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    path.write_bytes(zipped({"run.tcx": tcx(), "../../outside.tcx": tcx()}))

    with pytest.raises(RecordingError, match=r"evil\.zip: .*outside"):
        await import_from(path, "ada", settings, quiet(), database_name=database_name)


async def test_a_folder_without_files_is_told(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="the folder holds no files"):
        await import_from(tmp_path, "ada", settings, quiet())


def test_a_long_name_of_a_failed_file_is_never_cut() -> None:
    console = Console(file=io.StringIO(), width=60)
    console.print(report_table(ImportReport(imported=(), duplicate=(), failed=(Refused(file="a" * 90, reason="the file is empty"),))))

    output = console.file
    assert isinstance(output, io.StringIO)
    assert output.getvalue().count("a") >= 90
    assert "…" not in output.getvalue()


def test_the_table_counts_and_names_what_failed() -> None:
    console = quiet()
    report = ImportReport(
        imported=(Taken(file="a.fit", activity_id="1", fate=Fate.IMPORTED),),
        duplicate=(Taken(file="b.fit", activity_id="1", fate=Fate.ENRICHED),),
        failed=(Refused(file="[red].fit", reason="the file is empty"),),
    )

    console.print(report_table(report))

    output = console.file
    assert isinstance(output, io.StringIO)
    shown = output.getvalue()
    assert "[red].fit" in shown
    assert "the file is empty" in shown
    assert "1 richer than what was there" in shown
