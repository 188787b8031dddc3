"""Typst as our typesetter: it is given our own template, the bundled fonts and data, and nothing else."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jiqun.report import fonts
from jiqun.report.forms.extra import demand_extra

if TYPE_CHECKING:
    import typst

PICTURE = """\
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: ("Jiqun Sans SC",))
#image(bytes(sys.inputs.data), format: "svg")
"""
PIXELS_PER_INCH = 96.0


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
        Where the extra ``pdf`` is not installed.
    """
    with _compiler(template, json.dumps(data, ensure_ascii=False), own) as compiler:
        made = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0)
    return _whole(made)


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
