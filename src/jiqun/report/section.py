"""A section of the report: a heading and a function from a study to blocks."""

from collections.abc import Callable
from dataclasses import dataclass

from jiqun.report.block import Block
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section, registered in :data:`jiqun.report.sections.SECTIONS`.

    Attributes
    ----------
    name
        Stable; the anchor in the page.
    title
        Heading.
    build
        Makes the blocks; none where the section does not apply to the record.
    """

    name: str
    title: Text
    build: Callable[[Study], tuple[Block, ...]]
