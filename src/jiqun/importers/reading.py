"""Import a source by the name of its format, with its provenance."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from jiqun.importers import IMPORTERS
from jiqun.importers.imported import Imported
from jiqun.record.problem import InputError, Rule
from jiqun.record.provenance import append
from jiqun.vocabulary.text import Text

UNKNOWN_FORMAT = Rule(
    id="import.unknown_format",
    title=Text("The format is one that jiqun reads.", "格式须为本软件可读取的格式。"),
    remedy=Text("Choose one of: {formats}.", "请从以下格式中选择:{formats}。"),
)
UNKNOWN_OPTION = Rule(
    id="import.unknown_option",
    title=Text("The option is one that the format has.", "选项须为该格式所支持。"),
    remedy=Text("Options of this format: {options}.", "该格式的选项:{options}。"),
)
NO_SUCH_SOURCE = Rule(
    id="import.no_such_source",
    title=Text("The source exists.", "来源须存在。"),
    remedy=Text("Check the path.", "请检查路径。"),
)


def import_record(
    format: str,  # noqa: A002 - the word that users type
    source: str | Path,
    *,
    options: Mapping[str, str] | None = None,
) -> Imported:
    """Read ``source`` in one of the formats and append the step to the record's provenance.

    Parameters
    ----------
    format
        Name of an importer, such as ``table`` or ``supplier-list``.
    source
        File or folder.
    options
        Options that the importer documents.

    Returns
    -------
    Imported
        Record, problems, row counts and proposed merges. Store the record only where no problem
        is an error.

    Raises
    ------
    InputError
        For an unknown format or option, a source that is not there, or one that can't be read.
    """
    chosen = dict(options or {})
    _refuse_bad_call(format, Path(source), chosen)
    imported = IMPORTERS[format].read(Path(source), options=chosen)
    record = append(
        imported.record,
        command=f"import {format}",
        parameters=chosen,
        inputs=imported.inputs,
    )
    return replace(imported, record=record)


def _refuse_bad_call(name: str, source: Path, options: Mapping[str, str]) -> None:
    """Raise with everything that is wrong about the call itself."""
    problems = []
    if name not in IMPORTERS:
        problems.append(
            UNKNOWN_FORMAT.problem(
                table="",
                value=name,
                message=Text("No format is called {name}.", "没有名为 {name} 的格式。").fill(
                    name=name
                ),
                remedy=UNKNOWN_FORMAT.remedy.fill(formats=", ".join(IMPORTERS)),
            )
        )
    else:
        known = IMPORTERS[name].options
        problems.extend(
            UNKNOWN_OPTION.problem(
                table="",
                value=option,
                message=Text(
                    "Format {name} has no option {option}.", "格式 {name} 没有选项 {option}。"
                ).fill(name=name, option=option),
                remedy=UNKNOWN_OPTION.remedy.fill(options=", ".join(known) or "-"),
            )
            for option in options
            if option.split(".")[0] not in {k.split(".")[0] for k in known}
        )
    if not source.exists():
        problems.append(
            NO_SUCH_SOURCE.problem(
                table="",
                value=source,
                source=source.name,
                message=Text(
                    "There is no file or folder {path}.", "文件或文件夹 {path} 不存在。"
                ).fill(path=source),
            )
        )
    if problems:
        raise InputError(tuple(problems))
