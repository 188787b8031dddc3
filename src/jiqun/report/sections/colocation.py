"""Co-location 共址: curves of a few industries within the bands of chance, with maps of their sites."""

from collections.abc import Sequence

from jiqun.measures.curve_points import CurvePoints, runs
from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.located_sites import LocatedSites, located_sites
from jiqun.report.block import Block, Field, Figure, Number, Paragraph, Rows, Value
from jiqun.report.code_names import industry_title
from jiqun.report.figures.band_curve import band_curve
from jiqun.report.figures.site_map import unwrapped
from jiqun.report.formatting import number
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text, joined, same

LARGEST, LOCALISED = 2, 4
"""Industries drawn: those that rest on most sites, and those that depart most from chance."""

NO_CURVE = Text(
    "There is no curve: co-location was not measured for any industry; the section “Not measured” says "
    "why.",
    "没有曲线:未能测量任何行业的共址,原因见“未能测量的内容”一节。",
)
HOW = Text(
    "How to read it: the curve tells how many pairs of an industry's sites lie at each distance. Within "
    "the light band, the industry is spread like all sites of the record. Above it, more of its sites "
    "are that far from each other than chance explains; below it, fewer. Shown are the industries with "
    "most sites, and those with the largest share of pairs closer than chance explains, of those that "
    "count as discoveries; all are under “Measures in full”.",
    "读法:曲线表示某行业两两场所处于各距离的密度。位于浅色带内,说明该行业与全部场所的分布无异;"
    "高于该带,说明处于这一距离的场所对多于偶然所能解释;低于则为更少。图中列出场所最多的行业,"
    "以及在认定为发现的行业中邻近份额最大的行业;全部结果见“指标明细”。",
)
BANDS = Text(
    "Bands of sites drawn at random from all sites of the record: the local one holds 95% of null curves "
    "at each distance by itself, the global one is left anywhere by 5% of them.",
    "置信带由记录全部场所的随机抽取得出:局部带在每一距离上各含 95% 的零假设曲线,全局带仅有 5% "
    "的零假设曲线会在任一处越出。",
)
TITLE = Text("Industry {i}: {v}", "行业 {i}:{v}")
WEIGHTED = Text("Industry {i}, pairs weighted by employees: {v}", "行业 {i}(按从业人数加权):{v}")
ALT = Text(
    "Density of distances between the {n} sites of industry {i}, from {first} to {last} km: highest, "
    "{top} per km, at {peak} km, where chance gives {expected}. {out} The map shows the sites.",
    "行业 {i} 的 {n} 个场所之间距离的密度,{first} 至 {last} 公里:最高为每公里 {top},位于 {peak} 公里处,"
    "该处偶然均值为 {expected}。{out}地图显示这些场所。",
)
WITHIN = Text("It stays within the global band.", "曲线始终位于全局置信带内。")
ABOVE = Text("Above the global band at {spans} km.", "在 {spans} 公里处高于全局置信带。")
BELOW = Text("Below the global band at {spans} km.", "在 {spans} 公里处低于全局置信带。")
SPAN, POINT = Text("{a} to {b}", "{a} 至 {b}"), Text("{a}", "{a}")
FIELDS = (
    Field("estimate", Text("estimate", "估计编号")),
    Field("at", Text("distance, km", "距离(公里)")),
    Field("value", Text("observed", "观测值")),
    Field("expected", Text("mean of chance", "偶然均值")),
    Field("low", Text("local band, low", "局部带下限")),
    Field("high", Text("local band, high", "局部带上限")),
    Field("global_low", Text("global band, low", "全局带下限")),
    Field("global_high", Text("global band, high", "全局带上限")),
)


def _of(estimate: Estimate, key: str) -> str:
    return dict(estimate.of)[key]


def chosen(estimates: Sequence[Estimate]) -> tuple[Estimate, ...]:
    """Return the curves to draw: of the largest industries, and of those that depart from chance.

    A weighted curve goes with the plain one of its industry.
    """
    curves = [e for e in estimates if e.curve is not None]
    plain = [e for e in curves if _of(e, "statistic") == "Kd"]
    largest = sorted(plain, key=lambda e: -e.n)[:LARGEST]
    localised = [e for e in plain if e.curve is not None and e.curve.departs and e.value]
    most = sorted(localised, key=lambda e: -(e.value or 0.0))[:LOCALISED]
    industries = [_of(e, "industry") for e in (*largest, *most)]
    wanted = dict.fromkeys(industries)
    return tuple(e for i in wanted for e in curves if _of(e, "industry") == i)


def _said(value: float) -> Text:
    return Text(number(value, "en"), number(value, "zh"))


def _told(words: Text, found: tuple[tuple[float, float], ...]) -> Text:
    parts = [(SPAN if a < b else POINT).fill(a=_said(a), b=_said(b)) for a, b in found]
    return words.fill(spans=joined(parts, ", ", "、"))


def _outside(curve: CurvePoints) -> Text:
    above = [v > high for v, high in zip(curve.value, curve.global_high, strict=True)]
    below = [v < low for v, low in zip(curve.value, curve.global_low, strict=True)]
    parts = [
        _told(words, found)
        for words, outside in ((ABOVE, above), (BELOW, below))
        if (found := runs(curve.at, outside))
    ]
    return joined(parts) if parts else WITHIN


def described(estimate: Estimate, curve: CurvePoints) -> Text:
    """Say in words where the curve is highest, and where it leaves its global band."""
    top = max(range(len(curve.at)), key=lambda k: curve.value[k])
    values = {
        "first": curve.at[0],
        "last": curve.at[-1],
        "top": curve.value[top],
        "peak": curve.at[top],
        "expected": curve.expected[top],
    }
    said = {k: _said(v) for k, v in values.items()}
    return ALT.fill(i=_of(estimate, "industry"), n=f"{estimate.n:,}", out=_outside(curve), **said)


def _figure(estimate: Estimate, curve: CurvePoints, sites: LocatedSites, study: Study) -> Figure:
    industry, statistic = _of(estimate, "industry"), _of(estimate, "statistic")
    of_industry = sites.points[sites.industry == sites.industries.index(industry)]
    points = of_industry[:0] if study.shared else unwrapped(of_industry)
    alt = described(estimate, curve)
    title = TITLE if statistic == "Kd" else WEIGHTED
    return Figure(
        name=f"colocation-{sites.industries.index(industry)}-{statistic.replace(' ', '-').lower()}",
        title=title.fill(i=industry_title(study.record, industry), v=estimate.verdict or same("")),
        alt=alt,
        draw=lambda language: band_curve(
            curve, points, alt.to(language), language, synthetic=study.synthetic
        ),
        data=Rows(fields=FIELDS, rows=_rows(estimate, curve)),
        notes=estimate.warnings[:1],
    )


def _rows(estimate: Estimate, curve: CurvePoints) -> tuple[tuple[Value, ...], ...]:
    numbers = ((Number(value=x, basis=estimate.id) for x in row) for row in curve.rows())
    return tuple((estimate.id, *row) for row in numbers)


def _colocation(study: Study) -> tuple[Block, ...]:
    drawn = chosen(study.measurement.get("colocation", ()))
    sites = located_sites(study.record)
    if not drawn or isinstance(sites, Text):
        return (Paragraph(text=NO_CURVE),)
    return (
        Paragraph(text=HOW),
        Paragraph(text=BANDS),
        *(_figure(e, e.curve, sites, study) for e in drawn if e.curve is not None),
    )


COLOCATION = Section(name="colocation", title=Text("Co-location", "共址"), build=_colocation)
