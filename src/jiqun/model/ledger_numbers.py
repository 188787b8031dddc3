"""What the rows of the ledger look at: shares left, shares of variance, edges of policy.

Paper: K1c (shares of the variance), P3 (edge of matched policy).
"""

from itertools import product

import numpy as np

from jiqun.model.ledger import Number, Results, above, average, below, ratio
from jiqun.model.ledger_variants import FACTORS, LOGICS, design_name
from jiqun.vocabulary.text import Text

HALF = 0.5
MOST = 0.8
"""What has to stay may fall to this share."""
CELLS = tuple(product(LOGICS, repeat=len(FACTORS)))


def left(scenario: str, words: str, name: str) -> Number:
    """Return the share of an outcome that is left with a mechanism off; it has to be below half."""
    label = Text("share left of {name}", "{name}的剩余比例").fill(name=NAMES[name])
    return Number(label=label, of=lambda r: share_left(r, scenario, words, name), judge=below(HALF))


def kept(scenario: str, words: str, name: str) -> Number:
    """Return the same share, which has to stay above four fifths."""
    label = Text("share kept of {name}", "{name}的保留比例").fill(name=NAMES[name])
    return Number(label=label, of=lambda r: share_left(r, scenario, words, name), judge=above(MOST))


def share_left(results: Results, scenario: str, words: str, name: str) -> float:
    """Return an outcome with a mechanism off over the same without; what is not seen counts as 0."""
    with_switch = average(results, f"{scenario}, {words}", name)
    return ratio(0.0 if np.isnan(with_switch) else with_switch, average(results, scenario, name))


NAMES = {
    "growth": Text("growth of sales", "销售增长"),
    "users": Text("users", "用户数"),
    "early_users": Text("users in years 8 to 12", "第 8 至 12 年用户数"),
    "early_sales": Text("sales in years 8 to 12", "第 8 至 12 年销售额"),
    "indivisible": Text("value that does not divide into pairs", "不可分解为双边关系的价值占比"),
    "multilateral": Text("alliances of three and more", "三方及以上联盟占比"),
    "alliance_size": Text("size of alliances", "联盟规模"),
    "digital": Text("digital capability", "数字能力"),
    "leading_digital_sales": Text("digital services of the leading firms", "主导企业数字业务占比"),
    "digital_sales": Text("digital services in sales", "数字业务占比"),
    "on_platforms": Text("firms on platforms", "加入平台的企业占比"),
    "twins": Text("links that follow trade", "先有交易后有数据联系的比例"),
    "ties_cross_region": Text("ties across regions", "跨区域联系占比"),
    "ties_beyond_chain": Text("ties beyond the chain", "产业链以外联系占比"),
    "beyond_chain": Text("joint projects beyond the chain", "产业链以外合作项目占比"),
    "functions": Text("industries that a platform serves", "平台服务的行业数"),
    "margin": Text("margin", "利润率"),
    "virtual_first": Text("pairs linked before they met", "先虚拟后实体的企业对占比"),
    "leading_sigma": Text("σ of the leading firms", "主导企业的替代弹性 σ"),
    "firms": Text("firms", "企业数"),
    "pooled": Text("pooled data", "汇聚数据"),
    "efficiency": Text("share of efficiency innovations", "效率提升型创新占比"),
}


def shapley(results: Results, name: str) -> dict[str, float]:
    """Return how much of the variance of an outcome each factor and chance make.

    The design of eight exchanges the core's logic, the firms and the places. Between its cells the
    variance divides into main effects and interactions (Walsh contrasts of the means); a factor gets
    its main effect and an equal part of every interaction that it is in. What is left is chance.
    """
    values = np.array([results[design_name(*cell)][name] for cell in CELLS])
    if np.isnan(values).all(axis=1).any():
        return dict.fromkeys((*FACTORS, "chance"), float("nan"))
    means = np.nanmean(values, axis=1)
    total = float(np.nanvar(values))
    signs = np.array([[1.0 if level == "native" else -1.0 for level in cell] for cell in CELLS])
    shares = dict.fromkeys(FACTORS, 0.0)
    for chosen in product((0, 1), repeat=len(FACTORS)):
        inside = [f for f, c in zip(FACTORS, chosen, strict=True) if c]
        contrast = np.prod(np.where(np.array(chosen) == 1, signs, 1.0), axis=1)
        for factor in inside:
            shares[factor] += float((means * contrast).mean()) ** 2 / len(inside)
    if total == 0.0:
        return dict.fromkeys((*FACTORS, "chance"), float("nan"))
    found = {factor: share / total for factor, share in shares.items()}
    return found | {"chance": 1.0 - sum(found.values())}


def lead_of_logic(results: Results, name: str) -> float:
    """Return the share of logic less the largest other share."""
    shares = shapley(results, name)
    return shares["logic"] - max(share for of, share in shares.items() if of != "logic")


def advantage(results: Results, suffix: str = "") -> float:
    """Return the growth of the native scenario over that of the incumbent one, less one."""
    native, incumbent = (average(results, v + suffix, "growth") for v in ("native", "incumbent"))
    return ratio(native, incumbent) - 1.0


def gain(results: Results, scenario: str, policy: str) -> float:
    """Return the growth of a scenario under a policy over that without."""
    with_policy = average(results, f"{scenario}, {policy}", "growth")
    return ratio(with_policy, average(results, scenario, "growth")) - 1.0


def matched_edge(results: Results) -> float:
    """Return what matched policy adds to mean growth over mismatched policy of equal budget."""
    matched = gain(results, "incumbent", "templates") + gain(results, "native", "open scenarios")
    crossed = gain(results, "incumbent", "open scenarios") + gain(results, "native", "templates")
    return 0.5 * (matched - crossed)
