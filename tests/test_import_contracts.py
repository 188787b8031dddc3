"""Each import contract holds, and breaks when the import that it forbids is planted.

Paper: E15 (the engine reads no type and no stage).
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

LAYERS = "The package is read from top to bottom"
EMERGENCE = "Types and stages emerge"
MEASURES = "No measure knows another"
IMPORTERS = "No importer knows another"
REQUIREMENTS = "No family of rules knows another"
NUMERICS = "Numerics sees arrays only"

# Contract → the files to plant: path below src/jiqun → its text.
VIOLATIONS: list[tuple[str, dict[str, str]]] = [
    (LAYERS, {"vocabulary/planted.py": "import jiqun.record.problem\n"}),
    (LAYERS, {"record/planted.py": "import jiqun.numerics.planted\n", "numerics/planted.py": ""}),
    (LAYERS, {"helpers/__init__.py": ""}),
    (LAYERS, {"model/__init__.py": "import jiqun.importers.imported\n"}),
    (LAYERS, {"diagnosis/__init__.py": "import jiqun.report\n"}),
    (EMERGENCE, {"model/__init__.py": "import jiqun.vocabulary.typology\n"}),
    (EMERGENCE, {"model/__init__.py": "", "model/a.py": "import jiqun.measures.estimate\n"}),
    (EMERGENCE, {"model/__init__.py": "import jiqun.diagnosis\n", "diagnosis/__init__.py": ""}),
    (
        EMERGENCE,
        {
            "model/__init__.py": "import jiqun.record.planted\n",
            "record/planted.py": "import jiqun.vocabulary.typology\n",
        },
    ),
    (MEASURES, {"measures/a.py": "import jiqun.measures.b\n", "measures/b.py": ""}),
    (IMPORTERS, {"importers/a.py": "import jiqun.importers.b\n", "importers/b.py": ""}),
    (
        REQUIREMENTS,
        {
            "record/requirements/a.py": "import jiqun.record.requirements.b\n",
            "record/requirements/b.py": "",
        },
    ),
    (NUMERICS, {"numerics/planted.py": "import polars\n"}),
    (NUMERICS, {"numerics/planted.py": "import matplotlib.pyplot\n"}),
    (NUMERICS, {"numerics/planted.py": "import pandas\n"}),
    (NUMERICS, {"numerics/planted.py": "import dataframely\n"}),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with the package and its settings, to plant things in."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "src", tmp_path / "src", ignore=ignore)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def contracts(folder: Path) -> dict[str, bool]:
    """Run the linter in a folder; contract → whether it was kept."""
    answer = subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=folder,
        env={"PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = answer.stdout.splitlines()
    verdicts = {
        name: next(
            (line.removeprefix(name).split()[0] for line in lines if line.startswith(name)), ""
        )
        for name in (LAYERS, EMERGENCE, MEASURES, IMPORTERS, REQUIREMENTS, NUMERICS)
    }
    assert set(verdicts.values()) <= {"KEPT", "BROKEN"}, answer.stdout + answer.stderr
    return {name: verdict == "KEPT" for name, verdict in verdicts.items()}


def plant(folder: Path, files: dict[str, str]) -> None:
    """Write files into the copied package."""
    for name, text in files.items():
        path = folder / "src" / "jiqun" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_every_contract_is_kept(copy: Path) -> None:
    assert contracts(copy) == dict.fromkeys(
        (LAYERS, EMERGENCE, MEASURES, IMPORTERS, REQUIREMENTS, NUMERICS), True
    )


@pytest.mark.parametrize(
    ("contract", "files"),
    VIOLATIONS,
    ids=[f"{contract}: {files}" for contract, files in VIOLATIONS],
)
def test_a_planted_violation_breaks_its_contract(
    copy: Path, contract: str, files: dict[str, str]
) -> None:
    """What a contract forbids breaks that contract, by name."""
    plant(copy, files)
    assert not contracts(copy)[contract]


@pytest.mark.parametrize("name", ["model", "diagnosis", "experiments", "studio"])
def test_an_innocent_layer_may_appear(copy: Path, name: str) -> None:
    """A layer that is still to come fits in without a change to the contracts."""
    before = contracts(copy)
    plant(copy, {f"{name}/__init__.py": "import jiqun.vocabulary.text\n"})
    assert contracts(copy) == before
