"""How long work is shown and stopped: a line with the time left, Ctrl-C that keeps what is done."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from jiqun.experiments.ensemble import Progress

STOPPED = 130
"""Exit status of a program that was stopped by Ctrl-C."""


def refuse_unknown(criterion: str) -> None:
    """Stop at an outcome that there is not."""
    from jiqun.experiments.census import NAMES

    if criterion not in NAMES:
        known = ", ".join(NAMES)
        raise typer.BadParameter(
            say(f"no outcome {criterion}; there are: {known}", f"没有结果 {criterion};可选:{known}")
        )


def workers_of(wanted: int | None) -> int:
    """Return how many workers to start: as asked, else one for each core."""
    return wanted or os.cpu_count() or 1


class ProgressLine:
    """Shows how far the runs are, on one line of a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._open = False

    def show(self, progress: "Progress") -> None:
        """Replace the line."""
        if self._shown:
            typer.echo(f"\r{progress.text.to(LANGUAGE)}", err=True, nl=False)
            self._open = True

    def end(self) -> None:
        """End the line, where one was begun."""
        if self._open:
            typer.echo("", err=True)
            self._open = False


@contextmanager
def stoppable(store: Path, line: ProgressLine) -> Iterator[None]:
    """Let Ctrl-C stop the work, and say that it can go on."""
    try:
        yield
    except KeyboardInterrupt:
        line.end()
        kept = Text(
            "Stopped. Finished runs are kept in {store}; the same command goes on from there.",
            "已停止。已完成的运行保存在 {store};再次执行同一命令即可继续。",
        )
        typer.echo(kept.fill(store=store).to(LANGUAGE), err=True)
        raise typer.Exit(STOPPED) from None
    finally:
        line.end()
