"""How much disk does the core take? Installs it into a fresh environment and adds up each package.

Run from the repository: ``.venv/bin/python benchmarks/install_size.py``; exit status 1 above the limit.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
LIMIT_MB = 700

# Runs in the fresh environment: package → bytes of its files, compiled ones and all.
ADD_UP = """
import importlib.metadata as m, json
print(json.dumps({d.name: sum(p.stat().st_size for f in d.files or () if (p := f.locate()).is_file())
                  for d in m.distributions()}))
"""


def install(folder: Path) -> Path:
    """Install the core, as locked, and the package itself; return the environment's Python."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    uv = [Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--python", python]
    uv += ["--link-mode", "copy"]
    lock = REPOSITORY / "requirements" / "core.txt"
    subprocess.run([*uv, "--require-hashes", "-r", lock], check=True)
    subprocess.run([*uv, "--no-deps", REPOSITORY], check=True)
    return python


def main() -> int:
    """Print megabytes per package, largest first, and the sum."""
    with tempfile.TemporaryDirectory() as folder:
        python = install(Path(folder))
        answer = subprocess.run([python, "-c", ADD_UP], check=True, capture_output=True, text=True)
        sizes: dict[str, int] = json.loads(answer.stdout)
        whole = sum(path.lstat().st_size for path in Path(folder).rglob("*") if path.is_file())
    for package, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        print(f"{size / 1e6:8.1f} MB  {package}")
    print(f"{whole / 1e6:8.1f} MB  the whole environment (limit {LIMIT_MB} MB)")
    return 0 if whole / 1e6 <= LIMIT_MB else 1


if __name__ == "__main__":
    sys.exit(main())
