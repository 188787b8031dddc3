"""How the manual is built: once in each language, by ``make docs``."""

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
    code, written in both languages as ``page.md`` and ``page.zh.md``.
    """
    folder = Path(app.srcdir)
    chinese = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.zh.md"))]
    english = [f"{name.removesuffix('.zh.md')}.md" for name in chinese]
    config.exclude_patterns += english if config.language.startswith("zh") else chinese


def setup(app: Sphinx) -> None:
    """Register the choice of pages."""
    app.connect("config-inited", choose_pages)
