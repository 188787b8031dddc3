"""Where the open data sets lie that some tests read; they are not part of the project."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "data"


def shared(name: str) -> Path:
    """Return a file or folder of the data sets; skip the test where it is absent."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the open data set {name} is not on this machine")
    return path
