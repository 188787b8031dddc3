"""Formulas, works and what to cite; and the report rebuilt from what it says about itself."""

import html
import re
import shlex
import subprocess
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import polars as pl

import jiqun as jq
from jiqun.measures import MEASURES, Measurement
from jiqun.report import fonts
from jiqun.report.bibliography import citation, references_of
from jiqun.report.equations import EQUATIONS
from jiqun.report.sections.methods import METHODS
from tests.cli.conftest import SCRIPT
from tests.report.study_samples import a_full_study, a_study, firms_only, small_record


def test_each_measure_with_a_formula_in_its_file_has_it_in_the_report() -> None:
    with_formula = {
        name
        for name in MEASURES
        if ".. math::" in (import_module(f"jiqun.measures.{name}").__doc__ or "")
    }
    assert set(EQUATIONS) == with_formula
    assert fonts.missing(EQUATIONS.values()) == ()


def test_works_are_parted_into_author_year_title_and_doi() -> None:
    fieller = next(r for r in references_of("decomposability") if r.key == "fieller1954")
    assert fieller.title == "Some problems in interval estimation."
    assert fieller.doi == "10.1111/j.2517-6161.1954.tb00159.x"
    assert "author = {Fieller, E. C.}" in fieller.bibtex("fieller1954")
    parted = [r for name in MEASURES for r in references_of(name)]
    assert len(parted) > 40
    assert sum(bool(r.title) for r in parted) / len(parted) > 0.9


def test_the_citation_has_theory_program_data_and_methods_each_once() -> None:
    told = citation(a_full_study())
    keys = re.findall(r"^@\w+\{([^,]+),", told, re.MULTILINE)
    assert len(set(keys)) == len(keys)
    assert keys[:3] == ["xia2025", "jiqun", "data1"]
    assert "moineddin2003" in keys
    assert f"version = {{{version('jiqun')}}}" in told
    assert "title = {名录}" in told
    assert told.count("{") == told.count("}")


def test_what_a_source_says_of_itself_is_no_command() -> None:
    words = pl.lit("50% & \\input{x} #1 {")
    sources = small_record()["sources"].with_columns(citation=words)
    told = citation(a_study(small_record().replace(sources=sources)))
    assert r"50\% \& input\{x\} \#1 \{" in told


def test_a_study_without_numbers_has_no_methods() -> None:
    assert METHODS.build(a_study(firms_only(), measurement=Measurement({}))) == ()


def test_a_report_is_rebuilt_to_the_same_bytes_from_what_it_says(tmp_path: Path) -> None:
    """The command that the page names, run beside the record, makes that very page."""
    jq.write(small_record(), tmp_path / "my cluster.jiqun")
    record, out = str(tmp_path / "my cluster.jiqun"), str(tmp_path / "a")
    first = [str(SCRIPT), "report", record, "--seed", "3", "--out", out]
    subprocess.run(first, check=True, capture_output=True)
    page = (tmp_path / "a" / "report.en.html").read_text(encoding="utf-8")
    (command,) = re.findall(r"jiqun report [^<]*", html.unescape(page))
    words = shlex.split(command)
    assert words[0] == "jiqun"
    subprocess.run([str(SCRIPT), *words[1:]], cwd=tmp_path, check=True, capture_output=True)
    for name in ("report.en.html", "report.zh.html"):
        again = tmp_path / "my cluster-report" / name
        assert again.read_bytes() == (tmp_path / "a" / name).read_bytes()
