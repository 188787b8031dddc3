"""The report 报告: what it says, before it is laid out in any form or language.

Each form (a page, a PDF, a Word file, a workbook) lays out these same parts, so that none can say what
another does not.
"""

from dataclasses import dataclass

from jiqun.report.block import Block, Download, Figure, Grid
from jiqun.report.sections import SECTIONS
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text

TITLE = Text("Report on {name}", "{name} 报告")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section with its blocks.

    Attributes
    ----------
    name
        Stable; the anchor in the page.
    title
        Heading.
    blocks
        What it says, in order.
    """

    name: str
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A study laid out in parts.

    Attributes
    ----------
    study
        What is reported.
    parts
        The sections that have something to say, in the order in which they are read.
    """

    study: Study
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, study: Study) -> "Report":
        """Build every section."""
        built = ((s, s.build(study)) for s in SECTIONS)
        return cls(
            study=study,
            parts=tuple(Part(name=s.name, title=s.title, blocks=b) for s, b in built if b),
        )

    @property
    def title(self) -> Text:
        """What the report is called."""
        return TITLE.fill(name=self.study.name)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in order."""
        return tuple(block for part in self.parts for block in part.blocks)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in order; the first is figure 1 in every form."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))

    @property
    def grids(self) -> tuple[Grid, ...]:
        """All tables in order; the first is table 1 in every form."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    @property
    def downloads(self) -> tuple[Download, ...]:
        """Rows that are too many for a page."""
        return tuple(block for block in self.blocks if isinstance(block, Download))
