"""The page that puts the paper's stages on trial, on simulated clusters and on records.

Paper: Q17 ("three stages" is a hypothesis), Q4 (stages are of a type)
"""

from collections.abc import Mapping, Sequence

from jiqun.diagnosis.card import Card
from jiqun.diagnosis.findings import Trial
from jiqun.diagnosis.lines_file import Line
from jiqun.diagnosis.loop.conclusions import gathered_of
from jiqun.diagnosis.stage.emissions import log_emissions, total
from jiqun.diagnosis.stage.trial import MOST, pooled, trial
from jiqun.vocabulary.text import Language, Text
from jiqun.vocabulary.typology import CLUSTER_TYPE, DIGITAL

ABOUT = Text(
    """# The paper's stages on trial

The paper says that a digital cluster passes three stages, one after the other. Each record is asked twice.

- **Ordered or free?** How much more probable are the markers where stages come one after the other than
  where a cluster changes as often and goes to any stage? Both use the reference card. Natural logarithm
  of the Bayes factor: above 1.1 (odds of 3) for order, below −1.1 against it.
- **How many?** Without the card: into how many stretches, in each of which the markers keep their make,
  does the record fall? Logarithm of the Bayes factor of two to five stretches against one. Traditional
  beginnings count as a stretch of their own, so that three stages after one would be four stretches.

A record that begins late or ends early holds fewer stretches than its cluster passed. *Pooled* adds up the
evidence of all clusters of a row. Where a window holds thousands of firms, a steady drift counts as many
stretches, since small differences are then certain; *for order* is the share of clusters above 1.1.
""",
    """# 论文阶段假说的检验

论文认为数字产业集群依次经历三个阶段。对每个记录提两个问题。

- **有序还是自由?** 阶段依次而来,与变化同样频繁但可转入任一阶段相比,所见标志更可能出自哪一种?二者均用参照卡。
  所列为贝叶斯因子的自然对数:高于 1.1(三比一)支持有序,低于 −1.1 反对有序。
- **几个阶段?** 不用参照卡:记录可分为几段,使各段内标志构成保持不变?所列为二至五段相对一段的贝叶斯因子的对数。
  传统时期自成一段,故此后三个阶段合计四段。

开始较晚或结束较早的记录,所含段数少于集群实际经历者。*合计*为该行所有集群证据之和。时段内企业数以千计时,
平稳的渐变也会被分为多段,因为微小差异此时亦确定无疑;*支持有序*为高于 1.1 的集群份额。
""",
)
CLEAR = 1.1
SIMULATED = Text("Simulated clusters", "仿真集群")
RECORDS = Text("Records", "真实记录")
SIMULATED_HEAD = Text(
    "simulated clusters, by true type | clusters | for order | against | pooled | "
    "likeliest stretches (clusters)",
    "仿真集群(按真实类型) | 集群数 | 支持有序 | 反对有序 | 合计 | 最可能段数(集群数)",
)
RECORD_HEAD = Text("record | windows | ordered against free", "记录 | 时段数 | 有序相对自由")
TOO_SHORT = Text("too few, or no type with stages", "时段过少,或类型不分阶段")


def paper_page(
    lines: Sequence[Line], records: Mapping[str, Trial | None], card: Card, language: Language
) -> str:
    """Write the page.

    Parameters
    ----------
    lines
        Simulated worlds with full records.
    records
        Name of a record → its trial; None where it is too short.
    card
        The reference card.
    language
        Of the words.
    """
    by_type = {code: _trials(lines, code, card) for code in DIGITAL}
    rows = [(CLUSTER_TYPE.terms[code].to(language), found) for code, found in by_type.items()]
    body = "".join(_row(name, found) for name, found in rows if found)
    head = _head(SIMULATED_HEAD.to(language))
    simulated = f"## {SIMULATED.to(language)}\n\n{head}{body}"
    return f"{ABOUT.to(language)}\n{simulated}\n{_records(records, language)}"


def _head(words: str) -> str:
    """Write the head of a table whose last columns are stretches."""
    stretches = " | ".join(str(k) for k in range(2, MOST + 1))
    return f"| {words} | {stretches} |\n|" + "---|" * (words.count("|") + MOST) + "\n"


def _trials(lines: Sequence[Line], code: str, card: Card) -> list[Trial]:
    """Try every world of one true type."""
    found = []
    for line in lines:
        gathered = gathered_of(line["gathered"]["full"])
        seen = gathered.observations
        if line["truth"]["type"] != code or isinstance(seen, Text):
            continue
        emission = total(log_emissions(seen, card.stages))
        tried = trial(seen, emission, code, card.stages)
        if tried is not None:
            found.append(tried)
    return found


def _row(name: str, found: Sequence[Trial]) -> str:
    """Write one row of simulated clusters."""
    together = pooled(found)
    if together is None:
        return ""
    n = len(found)
    order = sum(t.ordered > CLEAR for t in found) / n
    against = sum(t.ordered < -CLEAR for t in found) / n
    counts = [sum(t.likeliest == k for t in found) for k in range(1, MOST + 1)]
    likeliest = ", ".join(f"{k}: {c}" for k, c in enumerate(counts, 1) if c)
    factors = " | ".join(f"{together.stretches[k]:.0f}" for k in range(2, MOST + 1))
    shares = f"{order:.0%} | {against:.0%}".replace("%", " %")
    return f"| {name} | {n} | {shares} | {together.ordered:.0f} | {likeliest} | {factors} |\n"


def _records(records: Mapping[str, Trial | None], language: Language) -> str:
    """Write one row a record."""
    body = ""
    for name, tried in records.items():
        if tried is None:
            body += f"| {name} | {TOO_SHORT.to(language)} | – |" + " – |" * (MOST - 1) + "\n"
            continue
        factors = " | ".join(f"{tried.stretches[k]:.1f}" for k in range(2, MOST + 1))
        body += f"| {name} | {tried.windows} | {tried.ordered:.1f} | {factors} |\n"
    return f"## {RECORDS.to(language)}\n\n{_head(RECORD_HEAD.to(language))}{body}"
