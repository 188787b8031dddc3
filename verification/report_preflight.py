"""Does a reader of PDF other than the one that wrote it find a report sound? Asked of Apache PDFBox Preflight.

::

    apt-get install libpdfbox2-java libactivation-java libjaxb-api-java
    python verification/report_preflight.py demo/*/report.*.pdf

Preflight checks PDF/A-1b, and reports are PDF/A-2a, which allows more: colour profiles of version 4 and
transparency. The first are given the number of version 2 in a copy, since Preflight stops after 10,000 findings;
``ALLOWED`` names the rest. All else is printed, and leads to an exit with 1: fonts that are not whole or not
embedded, colours without a profile, metadata that do not fit, broken objects.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import StreamObject

JARS = (
    *("pdfbox2", "fontbox2", "preflight", "xmpbox", "commons-logging", "commons-io"),
    *("javax.activation", "jaxb-api"),
)
ALLOWED = {
    "4.1.2": "opacity, which PDF/A-2 allows",
    "2.2.2": "soft masks, which PDF/A-2 allows",
    "7.3": "the mark of PDF/UA, which the file's own extension schema describes",
    "1.2.3": "links to named places by reference, which PDFBox does not follow",
}
FINDING = re.compile(r"^([\d.]+) : (.*?)(?: \[.*)?(?: on page (\d+))?$")
VERSION, SIGNATURE = 8, slice(36, 40)
"""Where a colour profile holds the number of its version, and by what it is known."""


def with_old_profiles(path: Path, to: Path) -> None:
    """Write a copy whose colour profiles say that they are of version 2."""
    writer = PdfWriter(clone_from=path)
    for made in writer._objects:
        if isinstance(made, StreamObject) and "/N" in made:
            content = bytearray(made.get_data())
            if content[SIGNATURE] == b"acsp":
                content[VERSION] = 2
                made.set_data(bytes(content))
    writer.write(to)


def findings(path: Path, jars: Path) -> Counter[tuple[str, str]]:
    """Return what Preflight finds: code and words, with how often."""
    classes = ":".join(str(jars / f"{name}.jar") for name in JARS)
    command = ["java", "-cp", classes, "org.apache.pdfbox.preflight.Validator_A1b", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if "is not a valid PDF/A-1b file" not in told.stdout and "is a valid" not in told.stdout:
        sys.exit(told.stdout + told.stderr)
    found = (FINDING.match(line.strip()) for line in told.stdout.splitlines())
    return Counter((m[1], m[2][:120]) for m in found if m)


def main() -> None:
    """Check each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--jars", type=Path, default=Path("/usr/share/java"))
    arguments = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for path in arguments.files:
            copy = Path(folder) / path.name
            with_old_profiles(path, copy)
            found = findings(copy, arguments.jars)
            rest = {finding: n for finding, n in found.items() if finding[0] not in ALLOWED}
            print(f"{path}: {sum(found.values())} findings, {sum(rest.values())} beyond PDF/A-2")
            print("".join(f"    {n} x {code} {told}\n" for (code, told), n in rest.items()), end="")
            failed |= bool(rest)
    sys.exit(failed)


if __name__ == "__main__":
    main()
