"""What to cite 引用: the theory, the program, the data and the methods that a report uses, as BibTeX."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from unicodedata import normalize

from jiqun.measures import MEASURES
from jiqun.record.record import Record
from jiqun.report.study import Study

REFERENCES = "References\n----------\n"
ENTRY = re.compile(r"\n(?=[^\n]{2,120}\((?:19|20)\d\d\))")
PARTS = re.compile(
    r"(?P<authors>.+?) \((?P<year>\d{4})\)\. (?P<title>.+?[.?!]) (?P<rest>.+)", re.DOTALL
)
DOI = re.compile(r"doi:(?P<doi>10\.\S+?)(?=[\s)]|$)")
SPECIAL = re.compile(r"([&%$#_{}])")
PAPER = """@article{xia2025,
  author = {夏, 杰长 and 陶, 鸠},
  title = {数字产业集群创新与演化研究},
  journal = {财经问题研究},
  year = {2025},
  number = {1},
  pages = {3--14},
  doi = {10.19654/j.cnki.cjwtyj.2025.01.001}
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One work.

    Attributes
    ----------
    words
        The reference as a reader sees it.
    authors, year, title, rest
        Its parts; empty where it could not be parted.
    doi
        Without its prefix; empty where there is none.
    """

    words: str
    authors: str = ""
    year: str = ""
    title: str = ""
    rest: str = ""
    doi: str = ""

    @property
    def key(self) -> str:
        """Name of its entry: the first author and the year."""
        first = normalize("NFKD", self.authors.split(",")[0]).encode("ascii", "ignore").decode()
        return re.sub(r"\W", "", first).lower() + self.year

    def bibtex(self, key: str) -> str:
        """Return its entry."""
        fields = {
            "author": self.authors.replace(" & ", " and ").replace("., ", ". and "),
            "title": self.title.rstrip("."),
            "year": self.year,
            "note": DOI.sub("", self.rest).strip().rstrip("."),
        }
        written = [f"  {k} = {{{_safe(v)}}}" for k, v in fields.items() if v]
        written += [f"  doi = {{{self.doi}}}"] if self.doi else []
        return f"@misc{{{key},\n" + ",\n".join(written) + "\n}"


def references_of(measure: str) -> tuple[Reference, ...]:
    """Return the works that a measure's own file names."""
    text = import_module(f"jiqun.measures.{measure}").__doc__ or ""
    _, _, listed = text.partition(REFERENCES)
    entries = (re.sub(r"\s+", " ", entry).strip() for entry in ENTRY.split(f"\n{listed.strip()}"))
    return tuple(_parted(entry) for entry in entries if entry)


def _parted(words: str) -> Reference:
    found, doi = PARTS.fullmatch(words), DOI.search(words)
    name = doi["doi"].rstrip(".") if doi else ""
    if found is None:
        return Reference(words=words, doi=name)
    return Reference(words=words, doi=name, **found.groupdict())


def used(study: Study) -> dict[str, tuple[Reference, ...]]:
    """Return the works of each measure that gave a number."""
    return {name: references_of(name) for name in study.measured if name in MEASURES}


def citation(study: Study) -> str:
    """Return BibTeX entries for all that a report on this study rests on.

    Parameters
    ----------
    study
        What is reported.

    Returns
    -------
    str
        The paper, the program with its version, each source of the record, and the methods of the
        measures that gave a number, each once.
    """
    works = {r.words: r for found in used(study).values() for r in found}
    return (
        "\n\n".join([PAPER, _program(), *_sources(study.record), *_methods(works.values())]) + "\n"
    )


def _program() -> str:
    number = version("jiqun")
    title = "{jiqun} 集群: diagnosis of digital industrial clusters"
    return (
        f"@software{{jiqun,\n  author = {{{{The jiqun developers}}}},\n  title = {{{title}}},\n"
        f"  version = {{{number}}}\n}}"
    )


def _sources(record: Record) -> Iterable[str]:
    sources = record["sources"].sort("source_id")
    for place, row in enumerate(sources.iter_rows(named=True), start=1):
        retrieved = f",\n  note = {{retrieved {row['retrieved']}}}" if row["retrieved"] else ""
        words = _safe(row["citation"] or row["source_id"])
        yield f"@misc{{data{place},\n  title = {{{words}}}{retrieved}\n}}"


def _methods(works: Iterable[Reference]) -> Iterable[str]:
    taken: set[str] = set()
    for work in works:
        key, n = work.key or "work", 1
        while key in taken:
            n += 1
            key = f"{work.key or 'work'}{chr(95 + n)}"
        taken.add(key)
        yield (
            work.bibtex(key)
            if work.title
            else f"@misc{{{key},\n  title = {{{_safe(work.words)}}}\n}}"
        )


def _safe(words: str) -> str:
    """Keep what BibTeX would read as commands as characters."""
    return SPECIAL.sub(r"\\\1", words.replace("\\", ""))
