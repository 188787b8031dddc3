"""The public names: those promised, each loaded when first used."""

import subprocess
import sys

import pytest

import jiqun as jq


@pytest.mark.parametrize("name", jq.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(jq, name).__doc__
    assert name in dir(jq)


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'diagnoze'; it has .*check"):
        _ = jq.diagnoze


def test_importing_jiqun_loads_no_data_frame_library() -> None:
    heavy = "import sys, jiqun; print({'polars', 'numpy', 'matplotlib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
