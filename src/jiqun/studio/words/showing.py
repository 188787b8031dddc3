"""Texts of the map, the network and the policy desk."""

from jiqun.vocabulary.text import Text

SHOWING: dict[str, Text] = {
    "map.label": Text(
        "Map of {count} sites. Arrow keys move, plus and minus zoom, Enter names the sites in the middle.",
        "{count} 个场所的地图。方向键移动,加减键缩放,回车键列出中心处的场所。",
    ),
    "map.in": Text("Zoom in", "放大"),
    "map.out": Text("Zoom out", "缩小"),
    "map.all": Text("Show all sites", "显示全部场所"),
    "map.play": Text("Play", "播放"),
    "map.stop": Text("Stop", "停止"),
    "map.day": Text("Sites that stand on {day}", "{day} 存续的场所"),
    "map.count": Text(
        "{count} sites with coordinates, {unlocated} without.",
        "有坐标的场所 {count} 个,无坐标 {unlocated} 个。",
    ),
    "map.cells": Text("Sites in a cell (logarithmic):", "每格场所数(对数刻度):"),
    "map.near": Text("{count} sites here", "此处 {count} 个场所"),
    "map.borders": Text(
        "The map shows coasts and no political borders.", "地图仅绘海岸线,不绘任何政治边界。"
    ),
    "map.help": Text(
        "Drag to move, turn the wheel to zoom, click to name the sites.",
        "拖动可移动,滚轮可缩放,点击可列出场所。",
    ),
    "network.day": Text("On the day", "日期"),
    "network.most": Text("Largest alliances", "显示最大的联盟数"),
    "network.form": Text("Shown as", "显示方式"),
    "network.graph": Text("graph of firms and alliances", "企业与联盟二部图"),
    "network.matrix": Text("incidence matrix", "关联矩阵"),
    "network.ties": Text("bilateral ties too", "同时显示双边关系"),
    "network.count": Text(
        "{shown} of {all} alliances with {firms} firms; {ties} bilateral ties in all.",
        "显示 {all} 个联盟中的 {shown} 个,涉及企业 {firms} 家;双边关系共 {ties} 条。",
    ),
    "network.no_cliques": Text(
        "A line joins a firm to an alliance. Pairs within an alliance are not drawn: whether it "
        "divides into pairs is what decomposability measures.",
        "连线表示企业加入联盟。联盟内的成员对不画连线:联盟能否分解为双边关系,正是可分解性所测度的。",
    ),
    "network.none": Text("The record names no alliance on that day.", "记录中该日期没有联盟。"),
    "network.label": Text("Firms and alliances", "企业与联盟"),
    "network.firm": Text("Firm {name}, in {count} alliances", "企业 {name},加入 {count} 个联盟"),
    "network.alliance": Text(
        "Alliance {name} {kind}, {count} members", "联盟 {name} {kind},成员 {count} 家"
    ),
    "network.legend_firm": Text("Firm", "企业"),
    "network.legend_alliance": Text("Alliance", "联盟"),
    "network.matrix_caption": Text(
        "{rows} of {all} firms, those in most alliances first.",
        "显示 {all} 家企业中的 {rows} 家,按加入联盟数从多到少排列。",
    ),
    "desk.hint": Text(
        "Both worlds run from the same seeds, so that the difference is the policy and not luck. These "
        "are bundled scenarios, not calibrated to your record: read directions, not amounts.",
        "两个情景使用相同的随机种子,差异来自政策而非偶然。此处为内置情景,未按您的记录校准:"
        "宜看方向,不宜看数额。",
    ),
    "desk.compiling": Text(
        "The model is being compiled; after an installation this takes a few minutes, later seconds.",
        "模型正在编译;安装后首次需几分钟,之后仅需数秒。",
    ),
    "desk.scenario": Text("Scenario", "情景"),
    "desk.size": Text("Size (×)", "规模(倍)"),
    "desk.periods": Text("Quarters", "季度数"),
    "desk.runs": Text("Runs", "模拟次数"),
    "desk.levers": Text("Budget of each lever, per quarter", "各政策工具每季度预算"),
    "desk.spent": Text("In all {spent} per quarter.", "合计每季度 {spent}。"),
    "desk.baseline": Text("without policy", "无政策"),
    "desk.policy": Text("with policy", "有政策"),
    "desk.fan": Text(
        "{runs} runs: middle run, middle half, middle nine tenths",
        "{runs} 次模拟:中位、中间 50%、中间 90%",
    ),
    "desk.done": Text("{runs} runs are done.", "{runs} 次模拟已完成。"),
    "desk.differences": Text(
        "What the policy changed in quarter {periods}", "政策在第 {periods} 季度带来的变化"
    ),
    "desk.outcome": Text("Outcome", "结果"),
    "desk.middle": Text("Middle run", "中位"),
    "desk.range": Text("Range of {runs} runs", "{runs} 次模拟的范围"),
    "fan.words": Text(
        "{title} at the end: {baseline} without policy, {policy} with it.",
        "期末{title}:无政策 {baseline},有政策 {policy}。",
    ),
    "fan.period": Text("quarter {period}", "第 {period} 季度"),
}
