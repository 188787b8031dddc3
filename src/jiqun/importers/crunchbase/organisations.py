"""Which organisations does a Crunchbase folder name, and which investors are organisations?"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

import polars as pl

from jiqun.importers.parsing.open_data import frame_of

SOURCE_ID = "crunchbase"
CATEGORIES = "|"

FINANCIAL = frozenset(
    [
        "angels",
        "asset",
        "assets",
        "banco",
        "bancorp",
        "bank",
        "banking",
        "banque",
        "capital",
        "capitale",
        "endowment",
        "equities",
        "equity",
        "finance",
        "financial",
        "finanz",
        "fonds",
        "fund",
        "funding",
        "funds",
        "insurance",
        "invest",
        "investing",
        "investment",
        "investments",
        "investor",
        "investors",
        "kapital",
        "leasing",
        "lending",
        "mutual",
        "partners",
        "pension",
        "savings",
        "securities",
        "seed",
        "syndicate",
        "trust",
        "vc",
        "vcs",
        "venture",
        "ventures",
    ]
)
"""Words, in lower case, that names of financiers carry."""
ORGANISATIONAL = FINANCIAL | frozenset(
    [
        "accelerator",
        "accelerators",
        "advisors",
        "advisory",
        "agency",
        "alliance",
        "associates",
        "association",
        "authority",
        "beteiligungen",
        "beteiligungs",
        "brothers",
        "business",
        "businesses",
        "center",
        "centre",
        "club",
        "commission",
        "committee",
        "communications",
        "companies",
        "company",
        "consortium",
        "consulting",
        "corporate",
        "corporation",
        "council",
        "department",
        "development",
        "digital",
        "electronics",
        "energy",
        "enterprise",
        "enterprises",
        "entertainment",
        "entrepreneurs",
        "exchange",
        "factory",
        "family",
        "firm",
        "forum",
        "foundation",
        "founders",
        "games",
        "genetics",
        "gesellschaft",
        "global",
        "government",
        "group",
        "groups",
        "growth",
        "health",
        "healthcare",
        "holding",
        "holdings",
        "hospital",
        "hotels",
        "incubator",
        "industries",
        "industry",
        "initiative",
        "innovation",
        "innovations",
        "institute",
        "institutes",
        "institutional",
        "international",
        "lab",
        "laboratories",
        "laboratory",
        "labs",
        "limited",
        "management",
        "markets",
        "media",
        "medical",
        "ministry",
        "mobile",
        "network",
        "networks",
        "office",
        "offices",
        "opportunities",
        "organisation",
        "organization",
        "partnership",
        "partnerships",
        "pharma",
        "pharmaceutical",
        "pharmaceuticals",
        "private",
        "program",
        "programme",
        "properties",
        "publishing",
        "realty",
        "research",
        "resources",
        "school",
        "science",
        "sciences",
        "services",
        "society",
        "software",
        "solutions",
        "startup",
        "startups",
        "state",
        "stiftung",
        "studio",
        "studios",
        "systems",
        "tech",
        "technologies",
        "technology",
        "telecom",
        "telecoms",
        "university",
        "works",
    ]
)
"""Words, in lower case, that names of organisations carry and names of persons do not."""
LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "as",
        "asa",
        "bv",
        "bvba",
        "co",
        "corp",
        "gmbh",
        "inc",
        "kg",
        "kk",
        "llc",
        "llp",
        "lp",
        "ltd",
        "nv",
        "oy",
        "oyj",
        "plc",
        "pte",
        "pty",
        "sa",
        "sarl",
        "sas",
        "se",
        "spa",
        "srl",
    ]
)
"""Counted as the last word only: Sá and Se are also names."""
NOT_PERSONAL = re.compile(r"[0-9/+@!:%#®]|\.(com|net|org|io|de|tv)\b", re.IGNORECASE)
CAPITALS = re.compile(r"\b(?!(?:III|MBA|CFA|CPA)\b)[A-Z]{3,}\b")


@dataclass(slots=True)
class Firm:
    """What the rows say of one organisation; the first that says something counts."""

    name: str
    country: str = ""
    region: str = ""
    categories: str = ""

    def complete(self, country: str, region: str, categories: str) -> None:
        """Fill in what was missing."""
        self.country = self.country or country
        self.region = self.region or region
        self.categories = self.categories or categories


@dataclass(slots=True)
class Organisations:
    """All organisations of the folder, by id."""

    firms: dict[str, Firm] = field(default_factory=dict)
    _by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(
        self, permalink: str, name: str, country: str = "", region: str = "", categories: str = ""
    ) -> str:
        """Note an organisation with a permalink; return its id."""
        firm_id = permalink.removeprefix("/organization/")
        self.firms.setdefault(firm_id, Firm(name)).complete(country, region, categories)
        self._by_name[name].add(firm_id)
        return firm_id

    def named(self, name: str) -> str:
        """Return the id of the one organisation of that name, or note a new one."""
        known = self._by_name[name]
        if len(known) == 1:
            return next(iter(known))
        firm_id = f"name:{name}"
        self.firms.setdefault(firm_id, Firm(name))
        return firm_id

    def knows(self, name: str) -> bool:
        """Tell whether an organisation of the folder has that name."""
        return bool(self._by_name.get(name)) or f"name:{name}" in self.firms

    def table(self) -> pl.DataFrame:
        """Return the firms of the record."""
        rows = []
        for firm_id, firm in sorted(self.firms.items()):
            first = firm.categories.split(CATEGORIES, maxsplit=1)[0]
            rows.append(
                {
                    "firm_id": firm_id,
                    "name": firm.name,
                    "kind": "financier" if is_financier(firm.name) else None,
                    "industry_scheme": "other" if first else None,
                    "industry_code": first or None,
                    "country": firm.country or None,
                    "region_scheme": "other" if firm.region else None,
                    "region_code": firm.region or None,
                    "source_id": SOURCE_ID,
                    "x_categories": firm.categories.replace(CATEGORIES, "; ") or None,
                }
            )
        return frame_of("firms", rows)


def is_organisation(name: str, organisations: Organisations) -> bool:
    """Tell whether an investor's name can only be that of an organisation.

    The rule is in the description of this package. It errs on the side of leaving out.
    """
    words = _words(name)
    return (
        organisations.knows(name)
        or (len(words) == 1 and len(name) > 1)
        or (len(words) == 2 and "&" in name)  # noqa: PLR2004 - Johnson & Johnson, no couple
        or not LEGAL_FORMS.isdisjoint(words[-1:])
        or not ORGANISATIONAL.isdisjoint(words)
        or NOT_PERSONAL.search(name) is not None
        or (CAPITALS.search(name) is not None and not name.isupper())
    )


def is_financier(name: str) -> bool:
    """Tell whether the name carries a word of finance; others may be financiers too."""
    return not FINANCIAL.isdisjoint(_words(name))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.lower())
