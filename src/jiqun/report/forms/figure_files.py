"""Every figure as files of its own: PNG, SVG, what is drawn as CSV, and its words as JSON."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from jiqun.report import fonts
from jiqun.report.block import Figure, Number
from jiqun.report.csv_file import csv_text
from jiqun.report.forms.typesetting import picture
from jiqun.report.report import Report
from jiqun.report.wording import printable
from jiqun.vocabulary.text import Language


def render(report: Report, language: Language, own_fonts: Sequence[Path] = ()) -> dict[str, bytes]:
    """Return name → content of the files of all figures.

    Parameters
    ----------
    report
        Whose figures.
    language
        Language of the words in the drawings and of the headings in the CSV files.
    own_fonts
        Font files for characters that the bundled font lacks.

    Raises
    ------
    InputError
        Where a character has no glyph, or the extra ``pdf`` is not installed.
    """
    files: dict[str, bytes] = {}
    for number, figure in enumerate(report.figures, start=1):
        svg = printable(str(figure.draw(language)))
        fonts.demand([svg], tuple(own_fonts))
        stem = f"figures/{number:02d}-{figure.name}"
        files[f"{stem}.svg"] = svg.encode()
        files[f"{stem}.png"] = picture(svg, own_fonts)
        table = csv_text(figure.data, language, synthetic=report.study.synthetic)
        files[f"{stem}.csv"] = table.encode("utf-8-sig")
        told = described(report, figure, number)
        files[f"{stem}.json"] = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return files


def described(report: Report, figure: Figure, number: int) -> dict[str, object]:
    """Return what a reader of the bare files must know, in both languages."""
    bases = {v.basis for row in figure.data.rows for v in row if isinstance(v, Number)}
    return {
        "figure": number,
        "name": figure.name,
        "title": figure.title.both(),
        "description": figure.alt.both(),
        "notes": [note.both() for note in figure.notes],
        "columns": [
            {"name": f.name, "heading": f.head.both(), "meaning": f.meaning and f.meaning.both()}
            for f in figure.data.fields
        ],
        "rows": len(figure.data.rows),
        "estimates": sorted(b for b in bases if not b.startswith("count:")),
        "record": report.study.name,
        "synthetic": report.study.synthetic,
        "software": f"jiqun {version('jiqun')}",
        "seed": report.study.seed,
    }
