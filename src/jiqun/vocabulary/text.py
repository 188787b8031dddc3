"""A sentence in English and in Chinese: whatever a user reads is written once in both."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
CHINESE = r"[\u3001-\u301f\u3400-\u9fff\uff08\uff09“”]"
BLANK = r"[^\S\n]?"
"""A blank beside a mark, but no end of a line, which may be the end of an item of a list."""
HALF_WIDTH = re.compile(
    rf"(?<={CHINESE}){BLANK}[,:;!?]{BLANK}|[,:;!?]{BLANK}(?={CHINESE})|(?<=}})[,:;](?={{)"
)
FULL_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in both languages; a missing translation cannot be constructed.

    Attributes
    ----------
    en, zh
        The English and the Chinese wording. Both may hold ``{fields}`` for :meth:`fill`.
    typeset
        The Chinese wording as it is printed, where values were put in that stay as they are.
    """

    en: str
    zh: str
    typeset: str = field(default="", compare=False, repr=False, kw_only=True)

    def __post_init__(self) -> None:
        """Refuse a wording that is empty in one language only."""
        if bool(self.en.strip()) != bool(self.zh.strip()):
            msg = f"a text needs both languages, got en={self.en!r}, zh={self.zh!r}"
            raise ValueError(msg)

    def to(self, language: Language) -> str:
        """Return the wording in one language."""
        if language == "en" or self.zh == self.en:
            return self.en
        return self.typeset or typeset(self.zh)

    def both(self) -> dict[Language, str]:
        """Return both wordings, as files for programs keep them."""
        return {language: self.to(language) for language in LANGUAGES}

    def fill(self, **fields: object) -> "Text":
        """Put values into the ``{fields}`` of both wordings; a field may itself be a ``Text``."""
        en, zh, printed = (
            {k: read(v) if isinstance(v, Text) else v for k, v in fields.items()}
            for read in (_english, _chinese, _printed)
        )
        return Text(
            self.en.format(**en), self.zh.format(**zh), typeset=typeset(self.zh).format(**printed)
        )


def _english(text: Text) -> str:
    return text.en


def _chinese(text: Text) -> str:
    return text.zh


def _printed(text: Text) -> str:
    return text.to("zh")


@lru_cache(maxsize=65_536)
def typeset(chinese: str) -> str:
    """Set punctuation between Chinese characters in the width that Chinese is printed with."""
    return HALF_WIDTH.sub(lambda mark: FULL_WIDTH[mark[0].strip()], chinese)


def same(wording: str) -> Text:
    """Return a text that reads the same in both languages, such as a symbol or a code."""
    return Text(wording, wording)
