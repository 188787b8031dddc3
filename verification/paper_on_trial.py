"""Write the page that puts the paper's stages on trial.

    python verification/paper_on_trial.py verify.jsonl RECORD...

``verify.jsonl`` is what ``jiqun verify`` leaves; records are given as NAME.jiqun or NAME.jiqun.zip.
Writes ``docs/explanation/paper_on_trial.md`` and its Chinese twin. A few seconds a record.
"""

import sys
from pathlib import Path

import jiqun as jq
from jiqun.diagnosis.card import reference_card
from jiqun.diagnosis.lines_file import read_lines
from jiqun.diagnosis.loop.paper_page import paper_page
from jiqun.vocabulary.text import Language

PAGES = Path(__file__).parents[1] / "docs" / "explanation"
NAMES: dict[Language, str] = {"en": "paper_on_trial.md", "zh": "paper_on_trial.zh.md"}


def main() -> None:
    """Read runs and records and write the page."""
    runs, *records = (Path(argument) for argument in sys.argv[1:])
    tried = {path.name.split(".")[0]: jq.diagnose(jq.read(path)).stage.trial for path in records}
    lines = read_lines(runs)
    for language, name in NAMES.items():
        text = paper_page(lines, tried, reference_card(), language)
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
