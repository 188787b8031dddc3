"""Write docs/explanation/paper_row_by_row.md: where each of the paper's 186 statements stands.

A file cites a row in a paragraph that starts with ``Paper:`` (ids, ranges such as ``K3a-K3k``, and
what is meant in parentheses) or in a declaration ``paper=("K3a", ...)``. Run with ``--check`` to
only say whether the page is current.
"""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PAGE = REPOSITORY / "docs" / "explanation" / "paper_row_by_row.md"
ROWS = REPOSITORY / "docs" / "paper_rows.csv"
QUESTIONS = REPOSITORY / "docs" / "paper_questions.csv"
MEASURES = ("src", "jiqun", "measures")

PARAGRAPH = re.compile(
    r'^[ \t#]*Paper: (.+?)(?:\n[ \t#]*\n|"""|\n```|\Z)', re.MULTILINE | re.DOTALL
)
DECLARATION = re.compile(r"\bpaper=\(([^)]*)\)")
CITATION = re.compile(r"\b([A-Z]{1,2}\d+[a-z]?)(?:\s*[-–]\s*([A-Z]{1,2}\d+[a-z]?))?\b")

HEAD = """\
# The paper, row by row

Every statement of 夏杰长, 陶鸠 (2025), 数字产业集群创新与演化研究, 财经问题研究 (1): 3-14, as a
numbered row, and its homes in the program. A home under `record/`, `importers/` or `vocabulary/`
means that the data the statement is about have a place; only one under `measures/` means that a
number is put to it. *Not yet built* means that nothing in the program rests on it today. The page
is made from what the files themselves cite, by `scripts/paper_rows.py`.

Of {rows} rows {built} have a home, {measured} of them among the measures.
"""

QUESTIONS_HEAD = """
## Where the paper is open to more than one reading

| id | where | question | our reading | home |
|---|---|---|---|---|
"""


def table(path: Path) -> list[dict[str, str]]:
    """Read a CSV file as a list of rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def known_ids() -> list[str]:
    """Return the ids of all rows and open questions, in the order of the paper."""
    return [row["id"] for path in (ROWS, QUESTIONS) for row in table(path)]


def cited(text: str, ids: list[str]) -> Iterator[str]:
    """Yield every id that a file's text cites, ranges spelt out.

    Raises
    ------
    ValueError
        For an id that the paper's list does not have.
    """
    passages = [*PARAGRAPH.findall(text), *DECLARATION.findall(text)]
    for passage in passages:
        for first, last in CITATION.findall(re.sub(r"\([^)]*\)", " ", passage)):
            unknown = {first, last or first} - set(ids)
            if unknown:
                msg = f"no such row of the paper: {', '.join(sorted(unknown))}"
                raise ValueError(msg)
            yield from ids[ids.index(first) : ids.index(last or first) + 1]


def sources(repository: Path) -> Iterator[Path]:
    """Yield the files that may cite the paper, in a fixed order."""
    for folder, pattern in (("src", "*.py"), ("tests", "*.py"), ("docs", "*.md")):
        for path in sorted((repository / folder).rglob(pattern)):
            if path.name != PAGE.name and "_build" not in path.parts:
                yield path.relative_to(repository)


def homes(repository: Path) -> dict[str, list[Path]]:
    """Return id → files that cite it.

    Raises
    ------
    ValueError
        For an id that does not exist, with the file that cites it.
    """
    ids = known_ids()
    found: dict[str, list[Path]] = {name: [] for name in ids}
    for path in sources(repository):
        try:
            for name in dict.fromkeys(cited((repository / path).read_text(encoding="utf-8"), ids)):
                found[name].append(path)
        except ValueError as error:
            msg = f"{path.as_posix()}: {error}"
            raise ValueError(msg) from error
    return found


def links(paths: list[Path], folder: str) -> str:
    """Return links to those of the files that are in one folder."""
    return ", ".join(
        f"[{path.relative_to(folder).as_posix()}](../../{path.as_posix()})"
        for path in paths
        if path.parts[0] == folder
    )


def built_in(paths: list[Path]) -> str:
    """Return links to the sources that cite a row, or that there are none."""
    return links(paths, "src").replace("[jiqun/", "[") or "*not yet built*"


def page(repository: Path = REPOSITORY) -> str:
    """Return the whole page."""
    found = homes(repository)
    rows, group = table(ROWS), ""
    built = sum(any(p.parts[0] == "src" for p in found[row["id"]]) for row in rows)
    measured = sum(any(p.parts[:3] == MEASURES for p in found[row["id"]]) for row in rows)
    lines = [HEAD.format(built=built, measured=measured, rows=len(rows))]
    for row in rows:
        if row["group"] != group:
            group = row["group"]
            lines += [f"\n## {group}\n", "| # | id | the paper says | home | tested in |"]
            lines += ["|---|---|---|---|---|"]
        paths = found[row["id"]]
        lines.append(
            f"| {row['number']} | {row['id']} | {row['gloss']} 「{row['quote']}」 "
            f"| {built_in(paths)} | {links(paths, 'tests')} |"
        )
    questions = [
        f"| {row['id']} | {row['where']} | {row['question']} | {row['reading']} "
        f"| {built_in(found[row['id']])} |"
        for row in table(QUESTIONS)
    ]
    return "\n".join(lines) + "\n" + QUESTIONS_HEAD + "\n".join(questions) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` compare it."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.relative_to(REPOSITORY)} is out of date: make pages", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
