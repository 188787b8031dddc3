"""What the page of the loop says before its numbers.

Paper: T1, K1c, B5 (what a simulated cluster is)
"""

from jiqun.vocabulary.text import Text

TITLE = Text("How diagnoses of simulated clusters fared", "仿真集群诊断的检验")
ABOUT = Text(
    """Clusters are simulated whose type and stage are known, tables are taken away, and what is left is
diagnosed (`jiqun verify`). What a cluster *is* is read from the state of the model's mechanisms by rules
that are written down in `diagnosis/loop/truth.py` and use no record, no measure and no reference card:

- *digital at all*: 16 % of the firms on platforms, or a mean digital capability of 0.2 and more;
- *type*: digital industrialization where the dominant logic of the five firms with most sales is above one
  half, or half of their sales are digital; industrial digitalization where neither is near; between, the
  truth is a hybrid;
- *stages of industrial digitalization*: tools in use; a platform has taken root (16 % of firms); a quarter
  of the firms on it, with alliances beyond pairs and beyond the region;
- *stages of digital industrialization*: the platform is being built; it has taken root and its pool serves
  what firms use; it carries 40 % of the firms, in groups that others than the owners begin.

Between a traditional cluster and one at the first stage of industrial digitalization lies no leap: digital
capability grows by degrees, and the rule draws the line at 0.2. Clusters near the line are scored like all
others; most of those on which the program abstains are there.

Clusters for building the card come from three scenarios, those for scoring from nine, six of which the card
has never seen; no number of a scored cluster was drawn for building. Which sixth of a share is expected of a
type, and how much each line counts, was estimated on the clusters for building, and so was the choice of
0.75 as the probability from which a type is called. One rule was mended after a first look at clusters for
scoring: a record of the virtual layer without any tie of data now counts as one that shows none.

What is short of what was hoped for. *Hybrids* are nearly all called: the logic of the core passes one half in
what is recorded of it where in the mechanisms it lies just below. *Stages*: which platform share, of which
size, belongs to which stage is a judgement that the card takes only halfway to what simulation shows, so that
industrial digitalization is often read one stage late and digital industrialization one early. The temper was
chosen so that sets cover 80 % when half of the makes are unseen, and they turn out wider than they need be.

Records of the model are easier in one respect than real ones: how a firm began (`digital_native`) stands in
them without error. They are harder in another: few sites move, so that the order of the mirror is seldom
decided. Small numbers of clusters make every share below uncertain: of n clusters, a share p has a standard
error of √(p (1 − p) / n).

*Records without meaning*: where the firms of every table are exchanged or drawn, the tables name different
firms as core and the program reads no logic; mirror, network and elasticity say nothing. What counts firms
without asking which they are (how many are on a platform, how much of all revenue is digital) is the same
after an exchange, and still speaks; the table therefore parts the two. Shuffled dates leave the type, which
hardly rests on dates, and take away the order of stages.

A model is no region. These figures say that the diagnosis finds what is there when clusters are made as the
model makes them; they do not say that real clusters are made so.
""",
    """仿真集群的类型与阶段已知;去掉部分数据表后,对所余部分作诊断(`jiqun verify`)。集群*实为*何种类型,
由模型机制状态按 `diagnosis/loop/truth.py` 所载规则读取,不使用记录、测度或参照卡:

- *是否为数字型*:平台参与企业达 16 %,或平均数字能力达 0.2;
- *类型*:销售额前五企业的主导逻辑超过一半,或其销售额一半以上为数字业务者,为数字产业化集群;二者均远低于此者,
  为产业数字化集群;介于其间者为混合型;
- *产业数字化的阶段*:使用数字化工具;平台形成规模(16 % 的企业);四分之一企业参与平台,且联盟超出双边、超出本区域;
- *数字产业化的阶段*:平台建设中;平台形成规模且其数据池服务于企业;承载 40 % 的企业,多方协作且多由平台方以外的企业发起。

传统集群与产业数字化第一阶段之间并无跃变:数字能力逐步提高,规则以 0.2 为界。界线附近的集群同样计分;
未作判定者大多在此。

构建参照卡的集群取自三个情景,评分的集群取自九个情景,其中六个为参照卡从未见过;评分所用集群均未用于构建。
各类型份额的期望分布、各行证据的权重,以及 0.75 的判定概率,均在构建用集群上确定。首次查看评分用集群后修正了一条
规则:记录了虚拟层而没有任何数据关系者,现视为表明没有数据互通。

未达预期之处:*混合型*几乎均被判定,因机制中略低于一半的核心逻辑,在记录中往往已过半;*阶段*的标志值为判断与仿真的
中值,因而产业数字化常被判晚一个阶段,数字产业化常被判早一个阶段。缓和系数按一半情景未曾见过而选定,使 80 % 集合偏宽。

模型记录有一处易于真实记录:企业的出身(`digital_native`)没有误差;也有一处难于真实记录:迁址很少,镜像次序
常无法判定。集群数不多,下列份额均不确定:n 个集群中份额 p 的标准误为 √(p (1 − p) / n)。

*失去含义的记录*:各表企业互换或随机生成后,各表所示核心企业彼此不一致,程序不再读取其逻辑;镜像、网络与弹性
也无所指。只计企业数而不问是哪家企业的内容(平台参与企业之多少、数字业务收入之份额)互换后不变,仍有所指,
故下表将二者分列。打乱日期不影响类型(类型几乎不依赖日期),但会消除阶段的次序。

模型不是现实区域。这些数字说明:若集群如模型所示,诊断能够识别;并不说明现实集群确实如此。
""",
)
