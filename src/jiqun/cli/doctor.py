"""``jiqun doctor``: what this machine has and lacks."""

import os
import platform
import re
import sys
import time
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import AsJson, say
from jiqun.vocabulary.text import Text

EXTRAS = {
    "pdf": ("typst",),
    "word": ("docx",),
    "geo": ("pyogrio", "geopandas"),
    "studio": ("fastapi",),
}
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "~/Library/Fonts",
)
CHINESE_FONTS = re.compile(
    r"NotoSans(Mono)?CJK|NotoSansSC|SourceHan|msyh|PingFang|wqy|simhei|simsun|Hiragino",
    re.IGNORECASE,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help=say("What this machine has and lacks.", "检查本机环境。"))(doctor)


def doctor(
    as_json: AsJson = False,
    warm: Annotated[
        bool,
        typer.Option(
            "--warm",
            help=say(
                "Compile the model now, so that the first run begins at once.",
                "预先编译模型,使首次运行立即开始。",
            ),
        ),
    ] = False,
) -> None:
    """Report versions, cores, memory, Chinese fonts and optional parts."""
    from jiqun.cli.output import show_json

    if warm:
        _warm_up()

    findings = {
        "jiqun": version("jiqun"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count() or "?"),
        "language": LANGUAGE,
        "encoding": sys.stdout.encoding or "?",
        "folder writable": _yes(os.access(Path.cwd(), os.W_OK)),
        "chinese fonts": ", ".join(_chinese_fonts())
        or say("none found: text may show as boxes", "未找到:文字可能显示为方框"),
        **{f"package {name}": found for name, found in _packages().items()},
        **{
            f"extra [{name}]": _yes(all(find_spec(m) for m in modules))
            for name, modules in EXTRAS.items()
        },
    }
    if as_json:
        show_json(findings)
        return
    for name, value in findings.items():
        typer.echo(f"{name:24} {value}")


def _warm_up() -> None:
    """Run a small scenario in every way that is compiled, and say how long that took."""
    from jiqun.cli.output import note
    from jiqun.experiments.run import Run, perform
    from jiqun.model.period import advance_on_threads
    from jiqun.model.scenario import bundled
    from jiqun.model.simulation import Simulation
    from jiqun.model.years import simulate_years

    begun = time.monotonic()
    short = bundled("traditional").model_copy(update={"periods": 4})
    simulate_years(short)
    perform(Run(short, seed=0))
    run = Simulation.begin(short, seed=0)
    run.run(2)
    advance_on_threads(run.world, 2, 3, threads=2)
    seconds = time.monotonic() - begun
    note(Text(f"The model is compiled ({seconds:.0f} s).", f"模型已编译({seconds:.0f} 秒)。"))


def _yes(value: bool) -> str:
    """Say yes or no."""
    return say("yes", "有") if value else say("no", "无")


def _packages() -> dict[str, str]:
    """Return each required package and its version."""
    found = {}
    for requirement in requires("jiqun") or []:
        name = requirement.split(";")[0].split(">")[0].split("=")[0].split("[")[0].strip()
        if "extra ==" in requirement:
            continue
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = say("missing", "缺失")
    return found


def _chinese_fonts() -> list[str]:
    """Return the font files on this machine that can show Chinese."""
    files = (
        path
        for folder in FONT_FOLDERS
        for path in Path(folder).expanduser().rglob("*")
        if path.suffix.lower() in {".ttc", ".ttf", ".otf"}
    )
    return sorted({path.stem for path in files if CHINESE_FONTS.search(path.name)})
