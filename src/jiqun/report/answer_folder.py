"""What an experiment found as a folder: the document, the text in both languages, and its pictures."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from jiqun.record.exchange.whole_files import write_whole
from jiqun.report.block import Figure
from jiqun.report.csv_file import csv_text
from jiqun.vocabulary.text import LANGUAGES, Language


class Answer(Protocol):
    """What an experiment found, as a document."""

    def to_dict(self, language: Language = "en") -> dict[str, object]:
        """Return the document."""
        ...


def write_answer(
    found: Answer,
    text: Callable[[Language], str],
    figures: Iterable[Figure | None],
    folder: Path,
    *,
    name: str,
    language: Language,
) -> tuple[Path, ...]:
    """Write ``NAME.json``, ``NAME.en.md``, ``NAME.zh.md`` and each picture as SVG and CSV; return the files.

    Parameters
    ----------
    found
        What was found.
    text
        Language → what the command prints.
    figures
        Pictures; None is left out.
    folder
        Where; it is made.
    name
        Of the document.
    language
        Of the labels in the document.

    Raises
    ------
    InputError
        Where the folder cannot be written to; it is then as it was.
    """
    document = json.dumps(found.to_dict(language), ensure_ascii=False, indent=2)
    files = {folder / f"{name}.json": f"{document}\n"}
    files |= {folder / f"{name}.{each}.md": text(each) for each in LANGUAGES}
    for figure in figures:
        if figure is None:
            continue
        for each in LANGUAGES:
            files[folder / f"{figure.name}.{each}.svg"] = str(figure.draw(each))
        table = csv_text(figure.data, language, synthetic=False)
        files[folder / f"{figure.name}.csv"] = f"\ufeff{table}"
    write_whole({path: content.encode() for path, content in files.items()})
    return tuple(files)
