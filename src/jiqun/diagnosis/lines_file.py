"""A file with a line of JSON for each thing done, so that work that was stopped can be gone on with.

Paper: E15 (what was done can be traced)
"""

import json
from pathlib import Path
from typing import Any

Line = dict[str, Any]


def read_lines(path: Path) -> list[Line]:
    """Return what was done before; a line that was cut off when the work was stopped is left out."""
    found = []
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            found.append(json.loads(text))
        except json.JSONDecodeError:
            continue
    return found


def append_line(path: Path, line: Line) -> None:
    """Add a line; one that was cut off before is ended first."""
    with path.open("a+b") as out:
        if out.tell() > 0:
            out.seek(-1, 2)
            if out.read(1) != b"\n":
                out.write(b"\n")
        out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
