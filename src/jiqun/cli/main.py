"""The commands of ``jiqun``, and what a failure becomes: 2 the call or input, 1 a defect of ours."""

import sys
import traceback
from importlib.metadata import version
from typing import Annotated

import typer

from jiqun.cli import (
    ablate,
    backtest,
    calibrate,
    check,
    clusters,
    compare,
    demo,
    diagnose,
    doctor,
    export,
    forecast,
    import_source,
    measure,
    partners,
    report,
    scan,
    sensitivity,
    simulate,
    studio,
    study,
    template,
    twins,
    verify,
)
from jiqun.cli.language import ARGUMENTS, LANGUAGE, WANTED
from jiqun.cli.options import say
from jiqun.cli.output import show_problems, speak_any_language
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.vocabulary.text import LANGUAGES, Text

app = typer.Typer(
    name="jiqun",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "Which kind of digital industrial cluster this is, how far along, on what evidence.",
        "判断数字产业集群的类型与阶段,并给出证据与不确定性。",
    ),
    epilog=say(
        "--lang en|zh sets the language of any command.", "任一命令均可用 --lang en|zh 选择语言。"
    ),
)


def _version(*, wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"jiqun {version('jiqun')}")
        raise typer.Exit


@app.callback()
def _options(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda wanted: _version(wanted=wanted),
            is_eager=True,
            help=say("Version.", "版本号。"),
        ),
    ] = False,
) -> None:
    """Accept the options that belong to no command."""
    _ = show_version


for command in (
    demo,
    study,
    import_source,
    template,
    check,
    measure,
    diagnose,
    report,
    scan,
    clusters,
    partners,
    export,
    simulate,
    ablate,
    verify,
    studio,
    calibrate,
    forecast,
    backtest,
    compare,
    sensitivity,
    twins,
    doctor,
):
    command.register(app)


def main() -> None:
    """Run the command line and leave with its exit status."""
    speak_any_language()
    if WANTED not in (None, *LANGUAGES):
        typer.echo(f"--lang {WANTED}: {' | '.join(LANGUAGES)}", err=True)
        sys.exit(2)
    try:
        app(args=ARGUMENTS, prog_name="jiqun")
    except InputError as error:
        show_problems(error.problems)
        sys.exit(2)
    except OSError as error:
        show_problems((_refused(error),))
        sys.exit(2)
    except Exception:
        traceback.print_exc()
        typer.echo(_DEFECT.to(LANGUAGE), err=True)
        sys.exit(1)


SYSTEM = Rule(
    id="system.refused",
    title=Text("The system lets files be read and written.", "系统允许读写文件。"),
    remedy=Text(
        "Check the path, its permissions and the free space; nothing was left half-written.",
        "请检查路径、权限与剩余空间;未留下不完整的文件。",
    ),
)
_DEFECT = Text(
    "This is a defect of jiqun, not of your data. Please report it with the lines above.",
    "这是本软件的缺陷,与您的数据无关。请附上以上内容反馈。",
)


def _refused(error: OSError) -> Problem:
    """Say what the system refused."""
    from jiqun.record.storage.faults import reason

    message = Text("The system refused: {reason}.", "系统拒绝:{reason}。")
    return SYSTEM.problem(
        table=str(error.filename or ""), message=message.fill(reason=reason(error))
    )
