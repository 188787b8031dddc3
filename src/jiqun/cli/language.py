"""Which language to speak: ``--lang`` first, then JIQUN_LANG, then the locale."""

import os
import sys
from collections.abc import Mapping, Sequence

from jiqun.vocabulary.text import LANGUAGES, Language

_VARIABLES = ("JIQUN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_OPTION = "--lang"


def split_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take ``--lang X`` or ``--lang=X`` out of the arguments, wherever it stands.

    Returns
    -------
    tuple
        What was asked for, if anything, and the arguments without it.
    """
    wanted, rest = None, []
    remaining = iter(arguments)
    for argument in remaining:
        if argument == _OPTION:
            wanted = next(remaining, "")
        elif argument.startswith(f"{_OPTION}="):
            wanted = argument.removeprefix(f"{_OPTION}=")
        else:
            rest.append(argument)
    return wanted, rest


def choose_language(wanted: str | None, environment: Mapping[str, str]) -> Language:
    """Choose before the commands are declared, since their help speaks it too."""
    for language in LANGUAGES:
        if wanted == language:
            return language
    for variable in _VARIABLES:
        if value := environment.get(variable):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


WANTED, ARGUMENTS = split_language(sys.argv[1:])
LANGUAGE: Language = choose_language(WANTED, os.environ)
