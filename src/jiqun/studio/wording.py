"""Every text of the page, in both languages; the page itself holds none."""

from jiqun.studio.words.comparing import COMPARING
from jiqun.studio.words.finding import FINDING
from jiqun.studio.words.showing import SHOWING
from jiqun.studio.words.working import WORKING
from jiqun.vocabulary.text import Text

WORDS: dict[str, Text] = {**WORKING, **SHOWING, **FINDING, **COMPARING}
