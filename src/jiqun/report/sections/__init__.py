"""Sections 章节 of the report, one file each, in the order in which they are read."""

from jiqun.report.section import Section
from jiqun.report.sections.alliances import ALLIANCES
from jiqun.report.sections.colocation import COLOCATION
from jiqun.report.sections.data_quality import DATA_QUALITY
from jiqun.report.sections.elements import ELEMENTS
from jiqun.report.sections.forecast import FORECAST
from jiqun.report.sections.front import FRONT
from jiqun.report.sections.glossary import GLOSSARY
from jiqun.report.sections.key_figures import KEY_FIGURES
from jiqun.report.sections.map import MAP
from jiqun.report.sections.markers import MARKERS
from jiqun.report.sections.measures import MEASURES_IN_FULL
from jiqun.report.sections.methods import METHODS
from jiqun.report.sections.missing import MISSING
from jiqun.report.sections.paper import PAPER
from jiqun.report.sections.policies import POLICIES
from jiqun.report.sections.provenance import PROVENANCE
from jiqun.report.sections.since import SINCE
from jiqun.report.sections.sources import SOURCES
from jiqun.report.sections.stages import STAGES
from jiqun.report.sections.timeline import TIMELINE

SECTIONS: tuple[Section, ...] = (
    FRONT,
    ELEMENTS,
    STAGES,
    MARKERS,
    SINCE,
    FORECAST,
    POLICIES,
    PAPER,
    KEY_FIGURES,
    MAP,
    COLOCATION,
    TIMELINE,
    ALLIANCES,
    MEASURES_IN_FULL,
    MISSING,
    METHODS,
    DATA_QUALITY,
    PROVENANCE,
    SOURCES,
    GLOSSARY,
)
