"""Typst as our typesetter: it is given our own template, the bundled fonts and data, and nothing else."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jiqun.record.problem import InputError, Rule
from jiqun.report import fonts
from jiqun.report.forms.extra import demand_extra
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    import typst

PICTURE = """\
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: ("Jiqun Sans SC",))
#image(bytes(sys.inputs.data), format: "svg")
"""
PIXELS_PER_INCH = 96.0
UNSHAPED = Rule(
    id="report.shaping",
    title=Text("The fonts can draw every text of the report.", "字体可排出报告中的全部文字。"),
    remedy=Text(
        "Name one font that has the whole script, letters and marks, with --font FILE.otf, or take the page "
        "(html) or the workbook (xlsx), which need none.",
        "请以 --font FILE.otf 指定含有该文字全部字母与附加符号的单一字体;或改用网页(html)、工作簿(xlsx),二者无需字体。",
    ),
)
REFUSED = Text(
    "The PDF was not made. The typesetter says: {reason}.", "未能生成 PDF。排版程序提示:{reason}。"
)


def typeset_pdf(template: str, data: Mapping[str, object], own: Sequence[Path] = ()) -> bytes:
    """Typeset a document as PDF/A-2a and PDF/UA-1; the same data give the same bytes.

    Parameters
    ----------
    template
        Typst source; it reads ``sys.inputs.data``, a JSON text, so that data never become mark-up.
    data
        What JSON can hold.
    own
        Font files besides the bundled ones.

    Raises
    ------
    InputError
        Where the extra ``pdf`` is not installed, or the fonts given cannot shape some text.
    """
    demand_extra("pdf", "typst")
    import typst

    with _compiler(template, json.dumps(data, ensure_ascii=False), own) as compiler:
        try:
            made = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0)
        except typst.TypstError as error:
            # Every character has a glyph, but not every run: marks and their letter in two fonts.
            raise InputError((UNSHAPED.problem(table="", message=told(error)),)) from error
    return _whole(made)


def told(error: Exception) -> Text:
    """Repeat what the typesetter says, which is English only."""
    return REFUSED.fill(reason=str(error).strip())


def picture(svg: str, own: Sequence[Path] = (), *, dots_per_px: float = 2.0) -> bytes:
    """Turn one of our drawings into a PNG.

    Raises
    ------
    InputError
        Where the extra ``pdf`` is not installed.
    """
    with _compiler(PICTURE, svg, own) as compiler:
        return _whole(compiler.compile(format="png", ppi=PIXELS_PER_INCH * dots_per_px))


@contextmanager
def _compiler(source: str, data: str, own: Sequence[Path]) -> Iterator["typst.Compiler"]:
    """Open a compiler that sees an empty folder, our fonts and the data."""
    demand_extra("pdf", "typst")
    import typst

    with tempfile.TemporaryDirectory() as empty:
        for path in own:
            shutil.copy(path, empty)
        found = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(fonts.folder()), empty],
        )
        yield typst.Compiler(
            source.encode(), root=empty, font_paths=found, sys_inputs={"data": data}
        )


def _whole(made: object) -> bytes:
    """Return the one file that was made."""
    if not isinstance(made, bytes):
        msg = f"typst gave {type(made).__name__}, not one file"
        raise TypeError(msg)
    return made
