"""Which model made a run: a hash of the sources that its result depends on."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

SOURCES = (
    *("model", "numerics/addressed.py", "numerics/random.py"),
    *("experiments/census.py", "experiments/counting.py"),
)
"""What a summarised run depends on; the census is a part, as it decides what is kept."""


def model_version() -> str:
    """Return the version of the model and of what is kept of a run."""
    return version_of(SOURCES)


@cache
def version_of(sources: tuple[str, ...]) -> str:
    """Return 16 hexadecimal digits that change with any of some sources of the package."""
    package = files("jiqun")
    digest = hashlib.sha256()
    for source in sources:
        for name, content in _sources(package.joinpath(*source.split("/")), source):
            digest.update(f"{name}\x1f{len(content)}\x1f".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


def _sources(place: Traversable, name: str) -> list[tuple[str, bytes]]:
    """Return every program and setting at a place with its name, in the order of the names."""
    if not place.is_dir():
        wanted = name.endswith((".py", ".yaml"))
        return [(name, place.read_bytes().replace(b"\r\n", b"\n"))] if wanted else []
    parts = sorted(place.iterdir(), key=lambda part: part.name)
    return [found for part in parts for found in _sources(part, f"{name}/{part.name}")]
