"""A sentence in English and in Chinese: whatever a user reads is written once in both."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
CHINESE = r"[\u3001-\u301f\u3400-\u9fff\uff08\uff09“”]"
BLANK = r"[^\S\n]?"
"""A blank beside a mark, but no end of a line, which may be the end of an item of a list."""
HALF_WIDTH = re.compile(
    rf"(?<={CHINESE}){BLANK}[,:;!?]{BLANK}|[,:;!?]{BLANK}(?={CHINESE})"
    r"|(?<=\})[,:;!?](?=[{\u0370-\u03ff]|$)|^[,:;!?](?=\{|$)"
)
FULL_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
ARGUMENT_OF = re.compile(r"[A-Za-z0-9_\u0370-\u03ff]")
"""What stands before a bracket that is part of a formula or a command, as in ``M(r)``."""


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
    """Set punctuation beside Chinese characters in the width that Chinese is printed with."""
    return HALF_WIDTH.sub(lambda mark: FULL_WIDTH[mark[0].strip()], _wide_brackets(chinese))


def _wide_brackets(chinese: str) -> str:
    """Widen the brackets of a sentence, but not those of a formula or a command."""
    made, open_ = list(chinese), list[int]()
    for end, character in enumerate(chinese):
        if character == "(":
            open_.append(end)
        elif character == ")" and open_:
            start = open_.pop()
            if _of_a_sentence(chinese, start, end):
                made[start], made[end] = FULL_WIDTH["("], FULL_WIDTH[")"]
    return "".join(made)


def _of_a_sentence(chinese: str, start: int, end: int) -> bool:
    """Tell whether the words in brackets, or what they stand beside, are Chinese."""
    if IDEOGRAPH.search(chinese, start, end):
        return True
    before, after = chinese[:start].rstrip(), chinese[end + 1 :].lstrip()
    if not before:
        return chinese[start + 1 : start + 2] == "{"
    if ARGUMENT_OF.match(before[-1]):
        return bool(IDEOGRAPH.match(after)) and chinese[:start] != before
    return bool(IDEOGRAPH.match(before[-1])) or before[-1] in "}”%"


def joined(texts: Iterable["Text"], english: str = " ", chinese: str = "") -> "Text":
    """Put texts behind one another with a mark of each language between them."""
    each = tuple(texts)
    between = FULL_WIDTH.get(chinese, chinese)
    return Text(
        english.join(t.en for t in each),
        chinese.join(t.zh for t in each),
        typeset=between.join(t.to("zh") for t in each),
    )


def capitalised(text: Text) -> Text:
    """Return a text as it opens a sentence."""
    return Text(f"{text.en[:1].upper()}{text.en[1:]}", text.zh, typeset=text.typeset)


def same(wording: str) -> Text:
    """Return a text that reads the same in both languages, such as a symbol or a code."""
    return Text(wording, wording)
