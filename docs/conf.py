"""How the manual is built: once in each language, by ``make docs``."""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

project = "jiqun 集群"
author = "The jiqun developers"
project_copyright = "The jiqun developers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
exclude_patterns = ["_build", "locale"]
language = "en"
locale_dirs = ["locale"]
gettext_compact = False
gettext_uuid = False
gettext_location = False
html_theme = "furo"
html_title = "jiqun 集群"
html_show_sourcelink = False
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
napoleon_use_ivar = True
autodoc_typehints = "none"


def choose_pages(app: Sphinx, config: Config) -> None:
    """Leave out the twin of each page that is written in the other language.

    A page is either translated sentence by sentence (docs/locale), or, where it is made from the
    code or of tables, written in both languages as ``page.md`` and ``page.zh.md``.
    """
    folder = Path(app.srcdir)
    chinese = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.zh.md"))]
    english = [f"{name.removesuffix('.zh.md')}.md" for name in chinese]
    config.exclude_patterns += english if config.language.startswith("zh") else chinese
    # A translated sentence may lead to a Chinese twin, where the English one leads to the English page.
    config.suppress_warnings += ["i18n.inconsistent_references"]


def follow_twins(app: Sphinx, page: str, source: list[str]) -> None:
    """Lead the links of an untranslated page to the Chinese twins, where the manual is Chinese.

    Translated pages keep their links, as a changed sentence would lose its translation; their
    translations name the twin.
    """
    catalogue = Path(app.srcdir, "locale", "zh_CN", "LC_MESSAGES", f"{page}.po")
    if not app.config.language.startswith("zh") or catalogue.exists():
        return
    folder = Path(app.srcdir, page).parent

    def twin(link: re.Match[str]) -> str:
        there = (folder / f"{link[2]}.zh.md").exists() and not link[2].endswith(".zh")
        return f"{link[1]}{link[2]}.zh.md" if there else link[0]

    source[0] = re.sub(r"(\]\()([^)#:\s]+)\.md", twin, source[0])


def setup(app: Sphinx) -> None:
    """Register the choice of pages."""
    app.connect("config-inited", choose_pages)
    app.connect("source-read", follow_twins)
