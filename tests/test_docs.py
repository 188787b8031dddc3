"""The manual is current, complete in what it translates, and shows only commands that exist.

Paper: E15 (each of the 186 rows has its line on the page).
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import paper_rows
import pytest
import typer.main
from babel.messages.pofile import read_po

from jiqun.cli.main import app

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"
CATALOGUES = DOCS / "locale" / "zh_CN" / "LC_MESSAGES"
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("[a-z]*/*.md"), *REPOSITORY.glob("*.md")])
COMMANDS = typer.main.get_group(app).commands


def page_name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def python(*arguments: str, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    """Run this Python and return what it said."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("script", ["paper_rows", "reference_pages"])
def test_generated_pages_are_current(script: str) -> None:
    answer = python(f"scripts/{script}.py", "--check")
    assert answer.returncode == 0, answer.stderr


def test_the_list_of_the_paper_is_whole() -> None:
    rows = paper_rows.table(paper_rows.ROWS)
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 187)]
    assert len({row["id"] for row in rows}) == 186
    assert all(row["gloss"] and 0 < len(row["quote"]) <= 30 for row in rows)
    questions = [row["id"] for row in paper_rows.table(paper_rows.QUESTIONS)]
    assert questions == [f"Q{number}" for number in range(1, 26)]


def test_every_row_of_the_paper_is_on_the_page() -> None:
    text = paper_rows.PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^\| (\d+) \| (\w+) \| .+「.+」 \| (.+) \|.*\|$", text, re.MULTILINE)
    rows = paper_rows.table(paper_rows.ROWS)
    assert [(number, row) for number, row, _ in shown] == [(r["number"], r["id"]) for r in rows]
    assert all("](../../src/" in home or home == "*not yet built*" for _, _, home in shown)
    assert len(re.findall(r"^\| Q\d+ \|", text, re.MULTILINE)) == 25


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pa" + "per: K3f, K3g (what it is, M1)", ["K3f", "K3g"]),
        ("# Pa" + "per: K2i-K3b.", ["K2i", "K2j", "K2k", "K3a", "K3b"]),
        ("Pa" + "per: Q24–Q25 and\nE1\n\nE2", ["Q24", "Q25", "E1"]),
        ("Pa" + 'per: E1."""\nE2', ["E1"]),
        ("pap" + 'er=("E1", "S18")', ["E1", "S18"]),
        ("the paper says E1", []),
    ],
)
def test_citations_are_read(text: str, expected: list[str]) -> None:
    assert list(paper_rows.cited(text, paper_rows.known_ids())) == expected


@pytest.mark.parametrize("row", ["K9z", "S19", "Q26", "K3a-K9z"])
def test_a_citation_of_nothing_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match="no such row"):
        list(paper_rows.cited("Pa" + f"per: {row}", paper_rows.known_ids()))


def shown_commands(path: Path) -> Iterator[list[str]]:
    """Yield each call of jiqun that a page shows, as a list of words."""
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    calls = [line.split("#")[0] for block in blocks for line in block.splitlines()]
    calls += re.findall(r"`(jiqun [a-z][^`]*)`", text)
    for call in calls:
        words = shlex.split(call)
        if words and Path(words[0]).name == "jiqun":
            yield words[1:]


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_every_command_shown_exists(path: Path) -> None:
    for words in shown_commands(path):
        subcommand, *rest = [word for word in words if word != "--version"] or ["demo"]
        assert subcommand in COMMANDS, words
        known = {o for parameter in COMMANDS[subcommand].params for o in parameter.opts} | {
            "--lang"
        }
        assert {word for word in rest if word.startswith("--")} <= known, words


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.slow
def test_translated_pages_are_translated_whole(tmp_path: Path) -> None:
    """A page in docs/locale has each of its sentences, as it now stands, in Chinese."""
    answer = python("-m", "sphinx", "--quiet", "-b", "gettext", "docs", str(tmp_path))
    assert answer.returncode == 0, answer.stderr
    pages = sorted(CATALOGUES.rglob("*.po"))
    names = {page.relative_to(CATALOGUES).with_suffix("").as_posix() for page in pages}
    assert names >= {"index", "tutorials/install", "tutorials/first_report"}
    for name in names:
        with (tmp_path / f"{name}.pot").open("rb") as file:
            wanted = {message.id for message in read_po(file) if message.id}
        with (CATALOGUES / f"{name}.po").open("rb") as file:
            found = {message.id for message in read_po(file) if message.id and message.string}
        assert wanted - found == set(), f"{name}: make translate"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            {
                "tutorials/first_report.html": "Run the demo",
                "reference/record.html": "First day after the tie.",
            },
        ),
        (
            "zh_CN",
            {
                "tutorials/first_report.html": "运行演示",
                "reference/record.zh.html": "关系结束后的首日。",
            },
        ),
    ],
    ids=["en", "zh_CN"],
)
def test_the_manual_builds_without_a_warning(
    tmp_path: Path, language: str, words: dict[str, str]
) -> None:
    options = ("--fail-on-warning", "--keep-going", "--quiet", "-D", f"language={language}")
    answer = python("-m", "sphinx", *options, "-b", "html", "docs", str(tmp_path))
    assert answer.returncode == 0, answer.stderr
    for page, word in words.items():
        assert word in (tmp_path / page).read_text(encoding="utf-8")
