"""Writing a report: every form wanted is laid out first, then all files appear together."""

from collections.abc import Sequence
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from jiqun.record.exchange.whole_files import write_whole
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.report.forms import FORMS
from jiqun.report.report import Report
from jiqun.report.study import Study
from jiqun.vocabulary.text import LANGUAGES, Language, Text

FORM = Rule(
    id="report.form",
    title=Text("The form is one that a report can have.", "报告支持该格式。"),
    remedy=Text("Choose among: {forms}.", "可选格式:{forms}。"),
)
FONT = Rule(
    id="report.font",
    title=Text("The font file is there and is a font.", "字体文件存在且有效。"),
    remedy=Text("Name a TrueType or OpenType file.", "请指定 TrueType 或 OpenType 文件。"),
)
UNKNOWN_FORM = Text("There is no form “{form}”.", "没有“{form}”格式。")
NO_FONT = Text("“{path}” is no font that can be read.", "“{path}”不是可读取的字体。")


def write_report(
    study: Study,
    folder: Path,
    *,
    to: Sequence[str] = ("html",),
    languages: Sequence[Language] = LANGUAGES,
    own_fonts: Sequence[Path] = (),
) -> tuple[Path, ...]:
    """Write a report in each form and language that is wanted.

    Parameters
    ----------
    study
        What to report.
    folder
        Where the files go; it is made if need be.
    to
        Forms: ``html``, ``pdf``, ``docx``, ``xlsx``, ``figures``, ``parquet``.
    languages
        ``en``, ``zh`` or both.
    own_fonts
        Font files for characters that the bundled font lacks.

    Returns
    -------
    tuple
        The files, in the order of the forms. The same study gives the same bytes.

    Raises
    ------
    InputError
        For an unknown form, an extra that is not installed, a character that no font has. Nothing is
        written then.
    """
    refuse_wrong(to, own_fonts)
    report = Report.of(study)
    files: dict[Path, bytes] = {}
    for form in dict.fromkeys(to):
        for language in languages:
            for name, content in FORMS[form].make(report, language, own_fonts).items():
                files[folder / name] = content
    write_whole(files)
    return tuple(files)


def refuse_wrong(to: Sequence[str], own_fonts: Sequence[Path]) -> None:
    """Refuse unknown forms and unreadable fonts, before anything is measured for them.

    Raises
    ------
    InputError
        With all of them.
    """
    problems = (*_unknown(to), *_unreadable(own_fonts))
    if problems:
        raise InputError(problems)


def _unknown(to: Sequence[str]) -> tuple[Problem, ...]:
    remedy = FORM.remedy.fill(forms=", ".join(FORMS))
    return tuple(
        FORM.problem(table="", value=form, message=UNKNOWN_FORM.fill(form=form), remedy=remedy)
        for form in to
        if form not in FORMS
    )


def _unreadable(own_fonts: Sequence[Path]) -> tuple[Problem, ...]:
    found = []
    for path in own_fonts:
        try:
            with path.open("rb") as file:
                TTFont(file, lazy=True, fontNumber=0).close()
        except (OSError, TTLibError):
            found.append(FONT.problem(table="", message=NO_FONT.fill(path=path.name)))
    return tuple(found)
