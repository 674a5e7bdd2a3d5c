"""`insights import`: files, folders and exports into the database, without a server."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar
from rich.table import Table

from app.activities.service import Fate
from app.cli.athlete import checked
from app.imports.report import ImportReport
from app.imports.sources import check_archives, sent_from
from app.jobs.job import Progress
from app.resources import open_resources
from app.settings import Settings, load_settings
from chains.errors import RecordingError

commands = typer.Typer()

Source = Annotated[Path, typer.Argument(exists=True, readable=True, help="A FIT, TCX or GPX file or its .gz, a folder, or an export .zip.")]
Athlete = Annotated[str, typer.Option("--athlete", callback=checked, help="Whose activities these are.")]


@commands.command("import")
def import_path(path: Source, athlete: Athlete) -> None:
    """Import recordings; what is there already stays as it is. Ends with 1 if nothing could be read."""
    console = Console()
    try:
        report = asyncio.run(import_from(path, athlete, load_settings(), console))
    except RecordingError as reason:
        console.print(escape(str(reason)), style="red")
        raise typer.Exit(1) from reason
    console.print(report_table(report))
    if not report.imported and not report.duplicate:
        raise typer.Exit(1)


async def import_from(
    path: Path, athlete_id: str, settings: Settings, console: Console, *, database_name: str | None = None
) -> ImportReport:
    """Import a path with a progress bar. Raises RecordingError for an archive that must not be opened or a folder without files."""
    sent = sent_from(path)
    if not sent:
        raise RecordingError(f"{path.name}: the folder holds no files")
    check_archives(sent)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    async with open_resources(settings, database_name=database_name) as resources:
        with ProgressBar(*columns, console=console) as bar:
            task = bar.add_task("Importing", total=None)

            async def show(progress: Progress) -> None:
                bar.update(task, completed=progress.done, total=progress.total)

            return await resources.imports.take(athlete_id, sent, show)


def report_table(report: ImportReport) -> Table:
    """Counts, then every file that failed with its reason."""
    table = Table(title="Import")
    table.add_column("result")
    table.add_column("count", justify="right")
    table.add_column("file", overflow="fold")
    table.add_column("remark", overflow="fold")
    enriched = sum(taken.fate is Fate.ENRICHED for taken in report.duplicate)
    table.add_row("imported", str(len(report.imported)))
    table.add_row("duplicate", str(len(report.duplicate)), "", f"{enriched} richer than what was there" if enriched else "")
    table.add_row("failed", str(len(report.failed)))
    for refused in report.failed:
        table.add_row("", "", escape(refused.file), escape(refused.reason))
    return table
