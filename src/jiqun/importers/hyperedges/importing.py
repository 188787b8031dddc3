"""From hyperedges to a record."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl

from jiqun.importers.hyperedges.layouts import Hyperedges, hyperedges_of, text_of
from jiqun.importers.hyperedges.times import UNIX, days_of
from jiqun.importers.imported import Imported, Importer
from jiqun.importers.parsing.open_data import DOUBTFUL, NOTICE, checksum
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

UNIX_DAY = UNIX.toordinal()
MEANING = Text(
    "Nodes are read as firms, whatever the file is about ({nodes} of them): where it is not about firms, no "
    "measure of the record says anything about a cluster.",
    "节点一律按企业读取(共 {nodes} 个),无论文件内容为何:若其并非企业,则该记录的任何测度都不说明产业集群。",
)
ALONE = Text(
    "{n} hyperedges have one node: alliances of one, which are not measured.",
    "{n} 条超边仅有一个节点:单一成员的联盟,不参与测度。",
)
LABELS = Text(
    "Labels were not read, since they may name persons: {files}. Read them with --set names=yes.",
    "未读取标签文件(可能含个人姓名):{files}。可用 --set names=yes 读取。",
)
BEYOND = Text(
    "The time is beyond the calendar; the day is left empty.", "时间超出历法范围,日期留空。"
)
UNUSED = Text(
    "The file has no times: unit and from say nothing.", "文件不含时间:unit 与 from 无效。"
)
WRONG_LABELS = Text(
    "{file} has {n} labels for {m} hyperedges; they are left out.",
    "{file} 有 {n} 个标签,而超边为 {m} 条,故不采用。",
)


def read(source: Path, *, options: Mapping[str, str]) -> Imported:
    """Read the folder or file.

    Raises
    ------
    InputError
        Where it cannot be read, its parts do not fit, or the options do not.
    """
    found = hyperedges_of(source)
    named = options.get("names") == "yes"
    record = Record.of(
        firms=_firms(found, named=named),
        alliances=_alliances(found, options, named=named),
        memberships=_memberships(found),
    )
    found.ledger.note(NOTICE, MEANING.fill(nodes=record["firms"].height))
    ones = int((np.bincount(np.array(found.edge, dtype=np.int64)) == 1).sum())
    if ones:
        found.ledger.note(NOTICE, ALONE.fill(n=ones))
    if found.labels and not named:
        files = ", ".join(path.name for path in found.labels.values())
        found.ledger.note(NOTICE, LABELS.fill(files=files))
    return Imported(
        record=record,
        problems=tuple(found.ledger.problems),
        rows=(found.ledger.count(),),
        inputs={path.name: checksum(path) for path in found.files},
    )


def _firms(found: Hyperedges, *, named: bool) -> pl.DataFrame:
    """Return every node once, with its label where labels are read."""
    nodes = pl.Series("firm_id", [*found.node, *(str(n) for n in found.alone)], dtype=pl.String)
    firms = pl.DataFrame({"firm_id": nodes.unique().sort()})
    if not named or "node-labels" not in found.labels:
        return firms
    pairs = [line.split(maxsplit=1) for line in text_of(found.labels["node-labels"]).splitlines()]
    names = {pair[0]: pair[1].strip() for pair in pairs if len(pair) > 1}
    name = pl.col("firm_id").replace_strict(names, default=None, return_dtype=pl.String)
    return firms.with_columns(name=name)


def _alliances(found: Hyperedges, options: Mapping[str, str], *, named: bool) -> pl.DataFrame:
    """Return every hyperedge, with its day where the times tell one."""
    alliances = pl.DataFrame({"alliance_id": pl.Series(found.edges, dtype=pl.String)})
    if found.times is not None and found.times.size:
        days, told = days_of(found.times, options)
        found.ledger.note(NOTICE, told)
        alliances = alliances.with_columns(x_time=pl.Series(found.times).cast(pl.String))
        if days is not None:
            # Days count from 1970 in a column of dates.
            start = pl.Series(days - UNIX_DAY).cast(pl.Int32).cast(pl.Date)
            known = pl.Series(days > 0)
            alliances = alliances.with_columns(start=pl.when(known).then(start))
            for place in np.flatnonzero(days <= 0):
                found.ledger.note(DOUBTFUL, BEYOND, row=int(found.edges[place]))
    elif {"unit", "from"} & set(options):
        found.ledger.note(NOTICE, UNUSED)
    if named and "simplex-labels" in found.labels:
        path = found.labels["simplex-labels"]
        labels = [line.strip() for line in text_of(path).splitlines()]
        if len(labels) == found.ledger.read:
            chosen = [labels[int(edge) - 1] for edge in found.edges]
            alliances = alliances.with_columns(x_label=pl.Series(chosen, dtype=pl.String))
        else:
            told = WRONG_LABELS.fill(file=path.name, n=len(labels), m=found.ledger.read)
            found.ledger.note(DOUBTFUL, told)
    return alliances


def _memberships(found: Hyperedges) -> pl.DataFrame:
    """Return every node of every hyperedge."""
    edges = pl.Series(found.edges, dtype=pl.String)
    memberships = pl.DataFrame(
        {
            "alliance_id": edges.gather(pl.Series(found.edge, dtype=pl.Int64)),
            "firm_id": pl.Series(found.node, dtype=pl.String),
        }
    )
    if any(found.weights):
        weights = pl.Series([weight or None for weight in found.weights], dtype=pl.String)
        memberships = memberships.with_columns(x_weight=weights)
    return memberships


IMPORTER = Importer(
    name="hyperedges",
    title=Text("Lists of hyperedges, with or without times", "超边列表(可含时间)"),
    meaning=Text(
        "Folder with NAME-nverts.txt, NAME-simplices.txt and NAME-times.txt (ScHoLP), or a text file with a "
        "hyperedge a line, or one with hyperedge and node a line under “# source, target”: nodes become "
        "firms, hyperedges alliances with a start where their times can be told, memberships.",
        "含 NAME-nverts.txt、NAME-simplices.txt、NAME-times.txt 的文件夹(ScHoLP),或每行一条超边的文本,"
        "或以“# source, target”开头、每行一个超边与节点的文本:节点为企业,超边为联盟(时间可辨时有开始日期),"
        "并生成成员关系。",
    ),
    read=read,
    options={
        "unit": Text(
            "What times count: day, second or millisecond (else told from their size).",
            "时间单位:day、second 或 millisecond(缺省时按数值大小判断)。",
        ),
        "from": Text(
            "Day at which times are 0, such as 2009-10-01 (1970-01-01); with unit.",
            "时间为 0 的日期,如 2009-10-01(缺省 1970-01-01),与 unit 同用。",
        ),
        "names": Text(
            "yes: read files of labels too, which may name persons.",
            "取 yes 时同时读取标签文件(可能含个人姓名)。",
        ),
    },
)
