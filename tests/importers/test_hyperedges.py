"""Lists of hyperedges: three layouts, times, labels, and what is told of bad ones.

Paper: K3g, K3h (alliances and who is in them).
"""

import datetime as dt
from pathlib import Path

import pytest

from jiqun.importers.hyperedges import IMPORTER
from jiqun.importers.imported import Imported
from jiqun.record.problem import InputError
from jiqun.record.requirements import check
from tests.importers.shared_data import shared


def simplices(folder: Path, sizes: str, nodes: str, times: str | None = None) -> Path:
    """Write a data set of timestamped simplices, one number a line."""
    parts = {"nverts": sizes, "simplices": nodes, "times": times}
    for part, numbers in parts.items():
        if numbers is not None:
            (folder / f"x-{part}.txt").write_text("\n".join(numbers.split()), encoding="utf-8")
    return folder


def lines(folder: Path, text: str) -> Imported:
    path = folder / "edges.txt"
    path.write_text(text, encoding="utf-8")
    return IMPORTER.read(path, options={})


def members(found: Imported) -> set[tuple[str, str]]:
    return set(found.record["memberships"].select("alliance_id", "firm_id").iter_rows())


def days(found: Imported) -> list[dt.date | None]:
    return found.record["alliances"].sort("alliance_id")["start"].to_list()


def refused(folder: Path, **options: str) -> str:
    with pytest.raises(InputError) as error:
        IMPORTER.read(folder, options=options)
    return " ".join(problem.message.en for problem in error.value.problems)


def test_the_example_of_the_format(tmp_path: Path) -> None:
    """{1, 2, 3} at 10, {2, 4} at 15, {1, 3, 4, 5} at 21, with the unit said."""
    folder = simplices(tmp_path, "3 2 4", "1 2 3 2 4 1 3 4 5", "10 15 21")
    found = IMPORTER.read(folder, options={"unit": "day", "from": "2020-01-01"})
    assert members(found) == {
        *(("1", n) for n in "123"),
        *(("2", n) for n in "24"),
        *(("3", n) for n in "1345"),
    }
    assert days(found) == [dt.date(2020, 1, 11), dt.date(2020, 1, 16), dt.date(2020, 1, 22)]
    assert found.record["firms"].height == 5
    assert found.record["alliances"]["x_time"].to_list() == ["10", "15", "21"]
    assert check(found.record) == ()


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("1385982020", dt.date(2013, 12, 2)),
        ("1385982020000", dt.date(2013, 12, 2)),
        ("730000", dt.date(1999, 9, 3)),
        ("63072000000000", dt.date(1999, 9, 3)),
        ("31220", None),
    ],
)
def test_times_are_told_by_their_size(tmp_path: Path, time: str, day: dt.date | None) -> None:
    """2013-12-02 11:00:20 UTC in seconds and milliseconds; day 730,000 of the calendar is 1999-09-03."""
    folder = simplices(tmp_path, "2 2", "1 2 1 3", f"{time} {time}")
    found = IMPORTER.read(folder, options={})
    assert days(found) == [day, day]
    told = [p.message.en for p in found.problems]
    assert any("not clear" in text for text in told) == (day is None)


def test_a_time_beyond_the_calendar_is_told(tmp_path: Path) -> None:
    folder = simplices(tmp_path, "2 2 2", "1 2 1 3 2 3", f"{10**18} 730000 730001")
    found = IMPORTER.read(folder, options={})
    assert days(found) == [None, dt.date(1999, 9, 3), dt.date(1999, 9, 4)]
    assert [p.row for p in found.problems if p.rule == "source.doubtful_value"] == [1]


def test_empty_hyperedges_and_nodes_named_twice_are_reported(tmp_path: Path) -> None:
    found = IMPORTER.read(simplices(tmp_path, "2 0 3 1", "7 8 7 7 9 5"), options={})
    assert members(found) == {("1", "7"), ("1", "8"), ("3", "7"), ("3", "9"), ("4", "5")}
    (rows,) = found.rows
    assert (rows.read, rows.kept, rows.reported) == (4, 3, 1)
    told = {(p.rule, p.row) for p in found.problems if p.rule != "source.notice"}
    assert told == {("source.unusable_row", 2), ("source.duplicate_row", 3)}
    assert any("1 hyperedges have one node" in p.message.en for p in found.problems)


def test_parts_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    assert "adds up to 5 memberships" in refused(simplices(tmp_path, "2 3", "1 2 3 4"))
    assert "2 hyperedges, but 1 times" in refused(simplices(tmp_path, "2 2", "1 2 3 4", "9"))
    assert "two is no whole number" in refused(simplices(tmp_path, "2 two", "1 2 3 4", "9 9"))
    assert "-1 is no whole number" in refused(simplices(tmp_path, "2 -1", "1 2", "9 9"))
    folder = simplices(tmp_path, "2 2", "1 2 3 4", "9 9")
    assert "says no time" in refused(folder, unit="week")
    assert "says no time" in refused(folder, **{"from": "2020-01-01"})
    assert "says no time" in refused(folder, unit="day", **{"from": "soon"})


def test_a_hyperedge_a_line(tmp_path: Path) -> None:
    found = lines(tmp_path, "size=6\n0, 1, 2\n# a remark\n\n3 4\n,\n1;1;2\n")
    assert members(found) == {
        *(("2", n) for n in "012"),
        *(("5", n) for n in "34"),
        *(("7", n) for n in "12"),
    }
    assert sorted(found.record["firms"]["firm_id"]) == list("012345")
    (rows,) = found.rows
    assert (rows.read, rows.reported) == (4, 1)
    assert {p.row for p in found.problems if p.rule != "source.notice"} == {6, 7}


def test_a_million_isolated_nodes_are_firms(tmp_path: Path) -> None:
    found = lines(tmp_path, "size=1000000\n0,1\n")
    assert found.record["firms"].height == 1_000_000
    with pytest.raises(InputError):
        lines(tmp_path, "size=99999999999999999999\n0,1\n")


def test_a_membership_a_line(tmp_path: Path) -> None:
    """The source is the hyperedge, the target the node."""
    found = lines(tmp_path, "# source, target, weight\n0,8,.5\n0,9,.5\n1,9,1\n0,9,.5\n1,\n")
    assert members(found) == {("0", "8"), ("0", "9"), ("1", "9")}
    assert found.record["memberships"]["x_weight"].to_list() == [".5", ".5", "1"]
    (rows,) = found.rows
    assert (rows.read, rows.reported) == (5, 2)


def test_labels_are_read_when_asked(tmp_path: Path) -> None:
    folder = simplices(tmp_path, "2 0 2", "1 2 1 3")
    (folder / "x-node-labels.txt").write_text("1 Alpha Ltd\n3 Gamma\n", encoding="utf-8")
    (folder / "x-simplex-labels.txt").write_text("one\ntwo\nthree\n", encoding="utf-8")
    plain = IMPORTER.read(folder, options={})
    assert plain.record["firms"]["name"].null_count() == 3
    assert any("may name persons" in p.message.en for p in plain.problems)
    found = IMPORTER.read(folder, options={"names": "yes"})
    assert found.record["firms"].sort("firm_id")["name"].to_list() == ["Alpha Ltd", None, "Gamma"]
    assert found.record["alliances"]["x_label"].to_list() == ["one", "three"]


def test_a_folder_without_one_data_set_is_refused(tmp_path: Path) -> None:
    assert "no one NAME-nverts.txt" in refused(tmp_path)


@pytest.mark.parametrize(
    ("name", "firms", "alliances"),
    [
        ("ScHoLP/email-Enron", 143, 10_883),
        ("ScHoLP/NDC-classes", 1_161, 49_724),
        ("bayes_reconstruction/hypergraphs/karate.txt", 34, 40),
        ("bayes_reconstruction/hypergraphs/best-case.csv", 100, 123),
        ("bayes_reconstruction/bipartite_graphs/crimes.csv", 551, 829),
    ],
)
def test_the_open_data(name: str, firms: int, alliances: int) -> None:
    """Lines and nodes as counted in the files; in crimes.csv people (829) are the sources."""
    found = IMPORTER.read(shared(f"hypergraphs/{name}"), options={})
    assert (found.record["firms"].height, found.record["alliances"].height) == (firms, alliances)
    assert not [p for p in check(found.record) if p.severity == "error"]
