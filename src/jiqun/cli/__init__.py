"""The command line 命令行: parse, call one function, show."""

import os
import sys


def run() -> None:
    """Run ``jiqun`` (the console entry point)."""
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        # Where the locale is C, names of files in Chinese would not survive.
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - the same program again
    from jiqun.cli.main import main

    main()
