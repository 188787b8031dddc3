"""What the page of the loop says before its numbers.

Paper: T1, K1c, B5 (what a simulated cluster is)
"""

from jiqun.vocabulary.text import Text

TITLE = Text("How diagnoses of simulated clusters fared", "仿真集群诊断的检验")
ABOUT = Text(
    """Clusters are simulated whose type and stage are known, tables are taken away, and what is left is
diagnosed (`jiqun verify`). What a cluster *is* is read from the state of the model's mechanisms by rules
that are written down in `diagnosis/loop/truth.py` and use no record, no measure and no reference card:

- *digital at all*: 16% of the firms on platforms, or a mean digital capability of 0.2 and more;
- *type*: digital industrialization where the dominant logic of the five firms with most sales is above one
  half, or half of their sales are digital; industrial digitalization where neither is near; between, the
  truth is a hybrid;
- *stages of industrial digitalization*: tools in use; a platform has taken root (16% of firms); a quarter
  of the firms on it, with alliances beyond pairs and beyond the region;
- *stages of digital industrialization*: the platform is being built; it has taken root and its pool serves
  what firms use; it carries 40% of the firms, in groups that others than the owners begin.

Between a traditional cluster and one at the first stage of industrial digitalization lies no leap: digital
capability grows by degrees, and the rule draws the line at 0.2. Clusters near the line are scored like all
others; most of those on which the program abstains are there.

Clusters for building the card come from three scenarios, those for scoring from nine, six of which the card
has never seen; no number of a scored cluster was drawn for building. What is expected of each type and stage,
how far clusters of one stage lie apart, how much each line counts, how much simulation counts beside
judgement (three quarters), the temper, and 2/3 as the probability from which a type is called were all chosen
on the clusters for building, by reading each under a card that was made without it. The clusters for scoring
were then scored once. More than a third of them had been looked at under earlier cards, and one rule was
mended then (a record of the virtual layer without any tie of data counts as one that shows none); the table
by make parts them from those looked at for the first time.

What is short of what was hoped for.

- *Two cores*. Where incumbents and digital natives lead side by side (the scenario `hybrid`), two in three
  clusters of industrial digitalization are called digital industrialization. The truth goes by the firms that
  sell most; the reading also asks who innovates, who owns platforms and who holds alliances together, and
  those are the natives. For this reason scenarios that the card was not built on fall below nine in ten
  right; without this one they are at 95%.
- *Hybrids* are nearly all called, most as digital industrialization. Here a hybrid is a band of five points
  on either side of one half, and the logic of four or five core firms is known to fifteen at best. On the
  clusters for building no rule parted them: to ask for odds of three that the core is beyond one half gives
  up 15 of 65 clusters of digital industrialization rightly called, and 4 of 8 hybrids.
- *The probability of the stage* is too low where it is near three quarters, since the temper was chosen for
  makes that the card has not seen as well; there, without any cluster of a type to learn from, it is too high.

Left out of the loop is the pull of platforms on those outside (`installed_base_elasticity`): half of the time
of a diagnosis, and measured in 3 of 750 windows of simulated clusters. A diagnosis has it. Twelve clusters
diagnosed with it (123 windows, measured in none) had the same verdicts and probabilities.

Records of the model are easier in one respect than real ones: how a firm began (`digital_native`) stands in
them without error. They are harder in another: few sites move, so that the order of the mirror is seldom
decided. Small numbers of clusters make every share below uncertain: of n clusters, a share p has a standard
error of √(p (1 − p) / n).

*Records without meaning*: where the firms of every table are exchanged or drawn, the tables name different
firms as core and the program reads no logic; mirror, network and elasticity say nothing. What counts firms
without asking which they are (how many are on a platform, how much of all revenue is digital) still speaks,
so that the probabilities do not go all the way back to the prior. No type is called on it: a digital type
takes two of core, mirror, network and value of data, a traditional one the core or the network. That rule
costs verdicts on whole records as well, on traditional clusters without a core above all: on the clusters for
building, 6% abstained without it and 11% with it at a probability of 3/4; at 2/3 it is 8%, with as many
right. Shuffled dates leave the type, which hardly rests on dates, so that to call it then is no mistake: they
take away the order of stages.

A model is no region. These figures say that the diagnosis finds what is there when clusters are made as the
model makes them; they do not say that real clusters are made so.
""",
    """仿真集群的类型与阶段已知;去掉部分数据表后,对所余部分作诊断(`jiqun verify`)。集群*实为*何种类型,
由模型机制状态按 `diagnosis/loop/truth.py` 所载规则读取,不使用记录、测度或参照卡:

- *是否为数字型*:平台参与企业达 16%,或平均数字能力达 0.2;
- *类型*:销售额前五企业的主导逻辑超过一半,或其销售额一半以上为数字业务者,为数字产业化集群;二者均远低于此者,
  为产业数字化集群;介于其间者为混合型;
- *产业数字化的阶段*:使用数字化工具;平台形成规模(16% 的企业);四分之一企业参与平台,且联盟超出双边、超出本区域;
- *数字产业化的阶段*:平台建设中;平台形成规模且其数据池服务于企业;承载 40% 的企业,多方协作且多由平台方以外的企业发起。

传统集群与产业数字化第一阶段之间并无跃变:数字能力逐步提高,规则以 0.2 为界。界线附近的集群同样计分;
未作判定者大多在此。

构建参照卡的集群取自三个情景,评分的集群取自九个情景,其中六个为参照卡从未见过;评分所用集群均未用于构建。
各类型与各阶段的期望、同一阶段集群之间的离散程度、各行证据的权重、仿真与判断的比重(仿真占四分之三)、缓和系数以及
2/3 的判定概率,均在构建用集群上选定,方法是用未含该集群的参照卡读取该集群。评分用集群随后只评分一次。其中三分之一强
曾在早先的参照卡下评过分,当时修正了一条规则(记录了虚拟层而没有任何数据关系者,视为表明没有数据互通);
“按情景来源”一表将其与首次用于评分的集群分列。

未达预期之处:

- *双核心*:在位企业与数字原生企业并存(情景 `hybrid`)时,产业数字化集群有三分之二判为数字产业化。真实类型以
  销售额最高的企业为准;读取时还问由谁引领创新、拥有平台、维系联盟,而这些是数字原生企业。参照卡未用的情景因此
  判对不足九成;不计该情景则为 95%。
- *混合型*几乎均被判定,多判为数字产业化。此处混合型指一半上下五个百分点之内,而四五家核心企业的逻辑至多可知至
  十五个百分点。在构建用集群上没有规则可将其分开:若要求核心越过一半的胜算达三比一,则 65 个判对的数字产业化集群
  失去 15 个,8 个混合型只减少 4 个。
- *阶段的概率*在四分之三附近偏低,因缓和系数的选定兼顾参照卡未见过的情景;而对于没有任何同类集群可供参照的情景,
  概率则偏高。

检验中未计入平台对外部企业的吸引力(`installed_base_elasticity`):它占一次诊断的一半时间,且在仿真集群 750 个时段
中仅 3 个可测。诊断时予以计入。将其计入的 12 个集群(123 个时段,均不可测),判定与概率完全相同。

模型记录有一处易于真实记录:企业的出身(`digital_native`)没有误差;也有一处难于真实记录:迁址很少,镜像次序
常无法判定。集群数不多,下列份额均不确定:n 个集群中份额 p 的标准误为 √(p (1 − p) / n)。

*失去含义的记录*:各表企业互换或随机生成后,各表所示核心企业彼此不一致,程序不再读取其逻辑;镜像、网络与弹性
也无所指。只计企业数而不问是哪家企业的内容(平台参与企业之多少、数字业务收入之份额)仍有所指,故概率不会完全回到
先验,但程序不据此作判定:数字型须有核心、镜像、网络、数据价值中的两项,传统型须有核心或网络。这条规则在完整记录上
也有代价,主要在没有核心的传统集群:构建用集群在 3/4 的概率下,无此规则时 6% 未作判定,有此规则时为 11%;
降至 2/3 时为 8%,判对的比例不变。打乱日期不影响类型(类型几乎不依赖日期),此时作出判定并非错误,但会消除阶段的次序。

模型不是现实区域。这些数字说明:若集群如模型所示,诊断能够识别;并不说明现实集群确实如此。
""",
)
