"""The language is what the user asked for, else what the system says."""

import pytest

from jiqun.cli.language import choose_language, split_language


@pytest.mark.parametrize(
    ("arguments", "wanted", "rest"),
    [
        (["check", "r"], None, ["check", "r"]),
        (["--lang", "zh", "check", "r"], "zh", ["check", "r"]),
        (["check", "r", "--lang=en"], "en", ["check", "r"]),
        (["check", "--lang"], "", ["check"]),
    ],
)
def test_the_option_is_taken_wherever_it_stands(
    arguments: list[str], wanted: str | None, rest: list[str]
) -> None:
    assert split_language(arguments) == (wanted, rest)


@pytest.mark.parametrize(
    ("wanted", "environment", "expected"),
    [
        ("zh", {"LANG": "en_GB.UTF-8"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"JIQUN_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        (None, {}, "en"),
    ],
)
def test_option_before_variable_before_locale(
    wanted: str | None, environment: dict[str, str], expected: str
) -> None:
    assert choose_language(wanted, environment) == expected
