"""The shapes of the three synthetic clusters: every number that ``synthetic_cluster.py`` draws from.

Industries are those of GB/T 4754-2017, seats those of GB/T 2260; the shares and rates are made up.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Trade:
    """An industry by GB/T 4754-2017, its share of the firms, and what such a firm calls itself."""

    code: str
    share: float
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A seat by GB/T 2260, where it is (WGS 84), and its share of the firms."""

    region: str
    longitude: float
    latitude: float
    share: float


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What sets one synthetic cluster apart; rates are per firm unless said otherwise.

    Attributes
    ----------
    key
        Prefix of its identifiers.
    firms, core
        Number of firms; how many of the first are its core.
    places, spread
        Seats; standard deviation of a firm around its seat, degrees.
    trades
        Industries.
    founded
        First and last year of founding.
    native_core, native
        Digital-native score of core and other firms, as means.
    supply, flows
        Ties of supply, and of data, per firm.
    flows_follow
        Whether data flow where supply already runs; else between any two firms.
    reach
        Distance over which the chance of a supply tie falls to 1/e, degrees.
    platform_years
        Year in which each platform opens.
    joining
        Share of firms that take part in a platform.
    alliances, members
        Number of alliances; smallest and largest number of members.
    alliance_kinds, roles
        What alliances are for; roles filled in turn.
    fit
        Chance that the interface of a pair works.
    weakest_link
        Whether one failed interface ends an alliance.
    substitution
        Elasticity of substitution of data capital; 0 where accounts tell of none.
    modes
        Shares of efficiency, convergence and digital value among innovations.
    innovations
        Number of innovations.
    gaps
        Share of founding days and head counts that are missing.
    """

    key: str
    firms: int
    core: int
    places: tuple[Place, ...]
    spread: float
    trades: tuple[Trade, ...]
    founded: tuple[int, int]
    native_core: float
    native: float
    supply: float
    flows: float
    flows_follow: bool
    reach: float
    platform_years: tuple[int, ...]
    joining: float
    alliances: int
    members: tuple[int, int]
    alliance_kinds: tuple[str, ...]
    roles: tuple[str, ...]
    fit: float
    weakest_link: bool
    substitution: float
    modes: tuple[float, float, float]
    innovations: int
    gaps: float

    @property
    def source(self) -> str:
        """Identifier of the source that every row names."""
        return f"synthetic-{self.key}"


TEXTILE = Shape(
    key="textile", firms=240, core=4, spread=0.045, founded=(1988, 2016), native_core=0.0, native=0.02,
    places=(Place(region="330603", longitude=120.49, latitude=30.08, share=0.8),
            Place(region="330602", longitude=120.58, latitude=30.0, share=0.2)),
    trades=(Trade(code="1751", share=0.34, zh="织造", en="Weaving"),
            Trade(code="1752", share=0.2, zh="染整", en="Dyeing"),
            Trade(code="1711", share=0.14, zh="纺纱", en="Spinning"),
            Trade(code="5131", share=0.22, zh="布行", en="Cloth Trading"),
            Trade(code="3551", share=0.1, zh="纺机", en="Looms")),
    supply=3.2, flows=0.0, flows_follow=True, reach=0.05, platform_years=(), joining=0.0, alliances=9,
    members=(2, 4), alliance_kinds=("joint_venture", "joint_innovation"),
    roles=("lead", "member"), fit=0.9, weakest_link=False, substitution=0.0,
    modes=(0.85, 0.15, 0.0), innovations=70, gaps=0.12,
)  # fmt: skip
HARDWARE = Shape(
    key="hardware", firms=260, core=5, spread=0.06, founded=(1992, 2020), native_core=0.1, native=0.08,
    places=(Place(region="330784", longitude=120.05, latitude=28.9, share=0.75),
            Place(region="330723", longitude=119.82, latitude=28.9, share=0.15),
            Place(region="330110", longitude=120.0, latitude=30.28, share=0.1)),
    trades=(Trade(code="3322", share=0.26, zh="手工具", en="Hand Tools"),
            Trade(code="3465", share=0.24, zh="电动工具", en="Power Tools"),
            Trade(code="3484", share=0.2, zh="零部件", en="Parts"),
            Trade(code="3391", share=0.12, zh="铸造", en="Castings"),
            Trade(code="5431", share=0.08, zh="物流", en="Freight"),
            Trade(code="6531", share=0.1, zh="系统集成", en="Systems")),
    supply=3.0, flows=1.1, flows_follow=True, reach=0.08, platform_years=(2013, 2018), joining=0.55,
    alliances=34, members=(2, 5), alliance_kinds=("joint_innovation", "data_sharing", "consortium"),
    roles=("initiator", "lead", "component", "member"), fit=0.85, weakest_link=False,
    substitution=0.6, modes=(0.55, 0.35, 0.1), innovations=150, gaps=0.0,
)  # fmt: skip
DATA = Shape(
    key="data", firms=220, core=5, spread=0.04, founded=(2004, 2021), native_core=0.95, native=0.75,
    places=(Place(region="330110", longitude=120.0, latitude=30.28, share=0.45),
            Place(region="330108", longitude=120.2, latitude=30.2, share=0.2),
            Place(region="440305", longitude=113.94, latitude=22.54, share=0.12),
            Place(region="110108", longitude=116.3, latitude=39.96, share=0.11),
            Place(region="510107", longitude=104.05, latitude=30.62, share=0.12)),
    trades=(Trade(code="6513", share=0.34, zh="软件", en="Software"),
            Trade(code="6550", share=0.22, zh="数据服务", en="Data Services"),
            Trade(code="6450", share=0.16, zh="数据平台", en="Data Hub"),
            Trade(code="6531", share=0.14, zh="系统集成", en="Systems"),
            Trade(code="5431", share=0.07, zh="物流", en="Freight"),
            Trade(code="3922", share=0.07, zh="终端", en="Devices")),
    supply=0.8, flows=3.0, flows_follow=False, reach=4.0, platform_years=(2009, 2015, 2019),
    joining=0.8, alliances=70, members=(3, 7),
    alliance_kinds=("joint_innovation", "data_sharing", "open_source_project", "standard_setting"),
    roles=("initiator", "data_generation", "data_storage", "data_integration", "data_application",
           "component", "complement"),
    fit=0.96, weakest_link=True, substitution=1.6, modes=(0.15, 0.35, 0.5), innovations=190, gaps=0.0,
)  # fmt: skip
SHAPES = (TEXTILE, HARDWARE, DATA)
