"""The command in poor surroundings: no locale, narrow encodings, a closed pipe, an interrupt."""

import os
import signal
import subprocess
import time
from pathlib import Path

import polars as pl
import pytest

import jiqun as jq
from tests.cli.conftest import SCRIPT


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder whose name has blanks and Chinese, with a record that has warnings."""
    folder = tmp_path / "有 空格"
    folder.mkdir()
    firms = pl.DataFrame([{"firm_id": f"f{i}", "name": f"企业² {i % 9}"} for i in range(90)])
    jq.write(jq.Record.of(firms=firms), folder / "我的 记录.jiqun")
    return folder


def said(place: Path, *call: str, **environment: str) -> bytes:
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [SCRIPT, "--lang", "zh", *call],
        capture_output=True,
        cwd=place,
        env=bare | environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_names_of_files_survive_without_a_locale(place: Path, environment: dict[str, str]) -> None:
    written = said(place, "study", "我的 记录.jiqun", **environment).decode()
    assert "我的 记录-study/report.zh.html" in written
    assert (place / "我的 记录-study" / "report.zh.html").is_file()


@pytest.mark.parametrize("encoding", ["cp1252", "gbk", "ascii"])
def test_a_narrow_encoding_shows_escapes_rather_than_failing(place: Path, encoding: str) -> None:
    out = said(place, "check", "我的 记录.jiqun", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    if encoding == "gbk":
        assert "个警告" in out.decode("gbk")


def test_a_reader_that_has_seen_enough_gets_no_traceback(place: Path) -> None:
    with subprocess.Popen(
        [SCRIPT, "check", "我的 记录.jiqun", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=place,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


@pytest.mark.parametrize("seconds", [0.5, 2.0])
def test_an_interrupt_leaves_nothing_half_written(place: Path, seconds: float) -> None:
    before = sorted(place.iterdir())
    with subprocess.Popen(
        [SCRIPT, "study", "我的 记录.jiqun"], stderr=subprocess.PIPE, cwd=place
    ) as running:
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        complaint = running.stderr.read()
    after = sorted(place.iterdir())
    if after == before:
        assert running.returncode == 130
        assert b"Traceback" not in complaint
    else:
        assert len(list((place / "我的 记录-study").iterdir())) == 4


def test_two_studies_at_once_give_one_whole_report(place: Path) -> None:
    both = [
        subprocess.Popen(
            [SCRIPT, "study", "我的 记录.jiqun", "-q"], stdout=subprocess.DEVNULL, cwd=place
        )
        for _ in range(2)
    ]
    assert [running.wait(120) for running in both] == [0, 0]
    assert sorted(p.name for p in (place / "我的 记录-study").iterdir()) == [
        "estimates.csv",
        "problems.csv",
        "report.en.html",
        "report.zh.html",
    ]
