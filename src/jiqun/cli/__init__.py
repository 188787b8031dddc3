"""The command line 命令行: parse, call one function, show."""


def run() -> None:
    """Run ``jiqun`` (the console entry point)."""
    from jiqun.cli.main import main

    main()
