"""The house rules that no linter knows: sizes, names, registration, both languages, the lock.

Paper: E15 (rows are cited by ids that exist).
"""

import ast
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from statistics import median
from types import ModuleType

import pytest
from packaging.requirements import Requirement

import jiqun.importers
import jiqun.measures
import jiqun.record.requirements
from jiqun.importers import IMPORTERS
from jiqun.measures import MEASURES
from jiqun.record.requirements import RULES

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "src" / "jiqun"
SOURCES = sorted(PACKAGE.rglob("*.py"))
PYTHON = sorted(
    path
    for folder in ("src", "tests", "scripts", "reference", "benchmarks", "verification")
    for path in (REPOSITORY / folder).rglob("*.py")
)
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))

# What is not itself a measure, an importer or a family of rules: what these share, and parts of one.
SHARED = {
    jiqun.measures: {
        "curve_points",
        "estimate",
        "registry",
        "stage_markers",
        "readings",
        "collaboration",
    },
    jiqun.importers: {"imported", "reading", "merges", "parsing"},
    jiqun.record.requirements: {"query", "run", "country_boxes"},
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Yield every function and method of a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def length(path: Path, node: Function) -> int:
    """Count the lines of a function without its docstring.

    On the command line the signature is the declaration of the options, and is not counted either.
    """
    docstring = ast.get_docstring(node, clean=False)
    start = node.body[0].lineno if path.parent.name == "cli" else node.lineno
    assert node.end_lineno is not None
    return node.end_lineno - start + 1 - (docstring.count("\n") + 1 if docstring else 0)


def lines(path: Path) -> int:
    """Count the lines of a file."""
    return path.read_text(encoding="utf-8").count("\n")


def name(path: Path) -> str:
    """Return a file's name from the top of the repository."""
    return path.relative_to(REPOSITORY).as_posix()


def modules(package: ModuleType) -> set[str]:
    """Return the modules of a package, without those that the others share."""
    (folder,) = package.__path__
    found = {
        p.stem for p in Path(folder).iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()
    }
    return found - {"__init__", "__pycache__"} - SHARED[package]


def test_files_are_short() -> None:
    assert {name(p): lines(p) for p in PYTHON if lines(p) > 400} == {}
    assert median(lines(p) for p in SOURCES) <= 150


def test_functions_are_short() -> None:
    """What tests spell out as data may be longer; everything else is held to the limit."""
    programs = [path for path in PYTHON if not path.is_relative_to(REPOSITORY / "tests")]
    lengths = {f"{name(p)}:{f.lineno}": length(p, f) for p in programs for f in functions(p)}
    assert {place: size for place, size in lengths.items() if size > 40} == {}
    assert median(length(p, f) for p in SOURCES for f in functions(p)) <= 15


def public(node: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Yield what a module or class offers, and what its classes offer."""
    for child in node.body:
        if isinstance(child, Function | ast.ClassDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_what_is_public_is_described_and_typed(path: Path) -> None:
    assert ast.get_docstring(tree(path)), "a module says what it is for"
    for node in public(tree(path)):
        assert ast.get_docstring(node), f"{node.name} has no docstring"
        if isinstance(node, Function):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            bare = [a.arg for a in given if a.annotation is None and a.arg not in {"self", "cls"}]
            assert (node.returns is not None, bare) == (True, []), f"{node.name} lacks types"


def test_no_file_is_named_after_being_shared() -> None:
    shared = re.compile(r"(utils?|helpers?|common|manager|base|core|misc)$|.*_$")
    parts = {part for p in SOURCES for part in (*p.relative_to(PACKAGE).parts[:-1], p.stem)}
    assert {part for part in parts if shared.fullmatch(part)} <= {"__init__"}


def test_imports_are_absolute() -> None:
    relative = [
        f"{name(path)}:{node.lineno}"
        for path in PYTHON
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def committed_texts() -> Iterator[Path]:
    """Yield every text file that is written by hand."""
    folders = (
        "src",
        "tests",
        "scripts",
        "docs",
        "benchmarks",
        "verification",
        "requirements",
        ".ci",
    )
    endings = {
        ".py",
        ".md",
        ".po",
        ".txt",
        ".csv",
        ".toml",
        ".sh",
        ".json",
        ".html",
        ".css",
        ".js",
        "",
    }
    for folder in folders:
        for path in sorted((REPOSITORY / folder).rglob("*")):
            if path.is_file() and path.suffix in endings and "_build" not in path.parts:
                yield path
    yield from (p for p in sorted(REPOSITORY.iterdir()) if p.suffix in {".md", ".toml", ".cff"})
    yield REPOSITORY / "Makefile"


# Put together from pieces, so that this file does not hold what it looks for.
UNFINISHED = "|".join(
    rf"\b{a}{b}\b" for a, b in (("TO", "DO"), ("FIX", "ME"), ("NotImplemented", "Error"))
)
MACHINE = "|".join(rf"(?<![\w.~}}])/{root}/" for root in ("work", "farm", "tmp", "opt"))
REGISTRY = "|".join(
    re.escape(".".join(host))
    for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
)


@pytest.mark.parametrize(
    "mark", [UNFINISHED, MACHINE, REGISTRY], ids=["unfinished", "machine", "registry"]
)
def test_nothing_unfinished_or_local_is_left(mark: str) -> None:
    pattern = re.compile(mark)
    found = [
        f"{name(path)}:{number} {line.strip()[:80]}"
        for path in committed_texts()
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        )
        if pattern.search(line)
    ]
    assert found == []


def test_every_measure_is_registered_tested_and_described() -> None:
    assert set(MEASURES) == modules(jiqun.measures)
    for measure in MEASURES:
        assert list((REPOSITORY / "tests" / "measures").rglob(f"test_{measure}*.py")), measure
        assert (REPOSITORY / "docs" / "reference" / "measures" / f"{measure}.md").exists(), measure


def test_every_importer_is_registered_tested_and_described() -> None:
    homes = {
        i.name: str(getattr(i.read, "__module__", "")).split(".")[2] for i in IMPORTERS.values()
    }
    assert set(homes.values()) == modules(jiqun.importers)
    guide = (REPOSITORY / "docs" / "how-to" / "import_open_data.md").read_text(encoding="utf-8")
    for importer, home in homes.items():
        tests = REPOSITORY / "tests" / "importers"
        assert list(tests.glob(f"test_{home}*.py")) or list(tests.glob(f"{home}/test_*.py")), home
        assert importer == "table" or f"jiqun import {importer} " in guide, importer


def test_every_family_of_rules_is_registered() -> None:
    for family in sorted(modules(jiqun.record.requirements)):
        module = getattr(jiqun.record.requirements, family)
        assert module.RULES, family
        assert set(module.RULES) <= set(RULES), family


def test_every_rule_of_the_record_is_tested() -> None:
    tests = "".join(
        p.read_text(encoding="utf-8") for p in (REPOSITORY / "tests" / "record").rglob("*.py")
    )
    assert [rule.id for rule in RULES if rule.id not in tests] == []


def wording(node: ast.expr) -> str | None:
    """Return what is written out as an argument, a formatted string as it stands in the source."""
    if isinstance(node, ast.JoinedStr):
        return ast.unparse(node)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def texts(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line, English and Chinese of each text that a file writes out."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Text", "say"}:
            written = [wording(argument) for argument in node.args]
            if len(written) == 2 and written[0] is not None and written[1] is not None:
                yield node.lineno, written[0], written[1]


def fields(text: str) -> set[str | None]:
    """Return the fields that a wording leaves open."""
    return {field for _, field, _, _ in string.Formatter().parse(text)} - {None}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_texts_are_in_both_languages(path: Path) -> None:
    """Neither wording stands in the other's language, and both leave the same fields open."""
    chinese, field = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"\{[^}]*\}")
    latin = re.compile(r"[A-Za-z]{3,}")
    for line, en, zh in texts(path):
        is_english = latin.search(field.sub("", zh)) and not chinese.search(zh)
        assert en == zh or not is_english, f"line {line}: the Chinese is missing"
        is_chinese = chinese.search(en) and not latin.search(field.sub("", en))
        assert not is_chinese, f"line {line}: the English is missing"
        assert not re.search(r"[0-9}] %", en + zh), f"line {line}: 5%, not 5 %"
        if not en.startswith(("f'", 'f"')):
            assert fields(en) == fields(zh), f"line {line}: the wordings have different fields"


def test_the_version_has_its_entry() -> None:
    version = PROJECT["project"]["version"]
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(version)} ", changelog, re.MULTILINE)
    assert f"\nversion: {version}\n" in citation


def imported_packages() -> set[str]:
    """Return the distributions that the package imports, wherever in a file it does so.

    A module that is not installed here (an extra) counts under its own name.
    """
    found = set()
    for node in (node for path in SOURCES for node in ast.walk(tree(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            found |= {text.split(".")[0] for text in map(wording, node.args[:1]) if text}
    homes = packages_distributions()
    found = {module for module in found if module.isidentifier()}
    return {homes.get(m, [m])[0].lower() for m in found - sys.stdlib_module_names - {"jiqun"}}


def test_the_dependencies_are_those_imported() -> None:
    """What is declared is imported; what is imported is declared, some of it as an extra."""
    core = {Requirement(text).name for text in PROJECT["project"]["dependencies"]}
    extras = PROJECT["project"]["optional-dependencies"].values()
    optional = {Requirement(text).name for texts in extras for text in texts}
    assert core - imported_packages() == set()
    assert imported_packages() - core - optional == set()


def locked(lock: str) -> dict[str, list[str]]:
    """Return package → versions that a lock file holds."""
    text = (REPOSITORY / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for package, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE):
        found.setdefault(package, []).append(version)
    return found


@pytest.mark.parametrize("lock", ["setup", "core", "test", "lint", "docs", "bench"])
def test_the_lock_is_current(lock: str) -> None:
    """Every direct dependency is locked, at a version that pyproject.toml allows: make lock."""
    group = (
        PROJECT["project"]["dependencies"] if lock == "core" else PROJECT["dependency-groups"][lock]
    )
    versions = locked(lock)
    for requirement in map(Requirement, group):
        assert requirement.name in versions, f"{requirement.name}: make lock"
        assert all(v in requirement.specifier for v in versions[requirement.name]), requirement.name


def test_the_lock_names_neither_server_nor_path() -> None:
    for path in sorted((REPOSITORY / "requirements").iterdir()):
        assert not re.search(r"://|^-|@ ", path.read_text(encoding="utf-8"), re.MULTILINE), (
            path.name
        )
