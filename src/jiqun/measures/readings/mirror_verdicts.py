"""What the verdicts on the mirror's order, and the reasons for none, are called.

Paper: K2c, K2g (either order), Q7 (undetermined is not the same as not yet observable)
"""

from jiqun.numerics.mirror.judgement import Reason, Verdict
from jiqun.vocabulary.text import Text

VERDICTS: dict[Verdict, Text] = {
    "physical first": Text("place first, ties follow", "先有实体邻近,后有关系"),
    "virtual first": Text("ties first, places follow", "先有关系,后有实体邻近"),
    "mutual": Text("each follows the other", "二者互为先后"),
    "no mirror": Text("neither follows the other", "二者互不跟随"),
    "undetermined": Text("undetermined", "无法判定"),
}
REASONS: dict[Reason, Text] = {
    "too few ties": Text(
        "fewer than 20 ties began between firms that were there",
        "已在场企业间新建立的关系不足 20 条",
    ),
    "founding-time co-location": Text(
        "no two firms became neighbours after both were there: who is near whom was settled when they "
        "were founded, so whether places follow ties cannot be seen",
        "没有企业在双方均已在场之后才成为邻近:邻近关系在成立时即已确定,无从观察地点是否跟随关系",
    ),
    "too few moves": Text(
        "fewer than 20 new sites of firms that had one already", "已有场所的企业新设场所不足 20 处"
    ),
    "small blocks": Text(
        "too few firms are alike in industry, entry and mobility to exchange their ties",
        "行业、进入时间与迁址频次相近的企业过少,无法互换关系",
    ),
    "simultaneous onsets": Text(
        "too many pairs met and tied in the same step: the dates are too coarse, or one event did both",
        "过多企业对在同一期内既成为邻近又建立关系:日期过粗,或同一事件同时导致二者",
    ),
    "ties not ruled out": Text(
        "no sign that ties follow places, but too few ties to rule out that a tenth of them does",
        "未见关系跟随地点的迹象,但关系过少,不能排除其中十分之一系跟随地点",
    ),
    "moves not ruled out": Text(
        "no sign that places follow ties, but too few moves to rule out that a tenth of them does",
        "未见地点跟随关系的迹象,但迁址过少,不能排除其中十分之一系跟随关系",
    ),
    "unblocked homophily": Text(
        "a hidden likeness of firms that makes them both meet and tie would give the same figures",
        "若企业间存在未记录的相似性,使其既邻近又建立关系,也会得到同样的数值",
    ),
    "triadic closure": Text(
        "ties between neighbours are mostly with partners of partners",
        "邻近企业间的关系多为与合作伙伴的伙伴建立",
    ),
    "recording lag": Text(
        "dates of ties that are wrong by no more than the stated lag would change the verdict",
        "关系日期在所述登记滞后范围内的误差即可改变结论",
    ),
    "hub leverage": Text(
        "without a single firm the verdict is another", "去除某一家企业后结论即改变"
    ),
}
