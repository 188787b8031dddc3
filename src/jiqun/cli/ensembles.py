"""How long work is shown and stopped: a line with the time left, Ctrl-C that keeps what is done."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import say
from jiqun.vocabulary.text import Language, Text

if TYPE_CHECKING:
    from jiqun.experiments.ensemble import Progress
    from jiqun.experiments.executors import Executor
    from jiqun.experiments.store import RunStore
    from jiqun.report.answer_folder import Answer
    from jiqun.report.block import Figure

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


@dataclass(frozen=True, slots=True)
class Running:
    """Where runs are kept, who does them, and the line that shows how far they are."""

    store: "RunStore"
    executor: "Executor"
    workers: int
    line: ProgressLine


@contextmanager
def running(store: Path, executor: str, workers: int | None, *, quiet: bool) -> Iterator[Running]:
    """Open a store and workers, one a core where none are asked for.

    Ctrl-C stops the work, and says that it can go on.
    """
    from jiqun.experiments.executors import open_executor
    from jiqun.experiments.store import RunStore

    count, line = workers or os.cpu_count() or 1, ProgressLine(quiet=quiet)
    try:
        with open_executor(executor, workers=count) as opened:
            yield Running(RunStore(store), opened, count, line)
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


def give_answer(
    found: "Answer",
    text: Callable[[Language], str],
    figures: "Callable[[], tuple[Figure | None, ...]]",
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    """Write what was found into a folder, where one is given, and print it.

    ``text`` says it in a language; ``figures`` draws it, which is not asked for without a folder.
    """
    from jiqun.cli.output import show_json

    if out is not None:
        from jiqun.report.answer_folder import write_answer

        name = type(found).__name__.lower()
        write_answer(found, text, figures(), out, name=name, language=LANGUAGE)
    if as_json:
        show_json(found.to_dict(LANGUAGE))
    else:
        typer.echo(text(LANGUAGE), nl=False)
