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
- *type*: a firm is one of data where its dominant logic is above one half or half of its sales are digital.
  Digital industrialization where firms of data have two thirds or more of the sales of the five largest;
  industrial digitalization where they have one third or less; a hybrid between;
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
judgement (three quarters), the temper, and 0.6 as the probability from which a type is called were all chosen
on the clusters for building, by reading each under a card that was made without it. The clusters for scoring
were then scored, 504 at first and 96 more since few were called with half of the tables removed; nothing was
changed between. None of them had been looked at before: the clusters on which earlier cards were judged,
and on which the reading of hybrids was thought out, are of another series of draws.

*Hybrids*. Up to card 2026.11.3 a cluster was a hybrid where the mean logic of its leading firms was within five
points of one half. No record shows that, and 47 of 49 hybrids were called a type. What a user means by a hybrid,
and what a record can show, is that two logics lead side by side. So the truth asks which firms have the sales,
and the diagnosis asks the same of the accounts. The one mirrors the other, on purpose, and nobody should be
surprised that it does well where a record has accounts and the origins of its largest firms. Where it lacks
them, look at the scores with half of the tables removed.

What is short of what was hoped for. It abstains on a few more than one in ten, most of them near the line of
0.2, where it also calls clusters of the first digital stage traditional. The likeliest stage lies within one
window of the truth in somewhat less than four in five, of digital types alone in seven of ten. In scenarios that
the card was not built on, the probability of a stage is too low (its 80% sets hold more), since the temper was
chosen for makes that the card has not seen. And where each kind of firm has near a third of the sales, a digital
type is called a hybrid more often than the other way round.

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
building 4% would abstain without it, and 9% do, with as many right. Shuffled dates leave the type, which hardly
rests on dates, so that to call it then is no mistake: they take away the order of stages.

A model is no region. These figures say that the diagnosis finds what is there when clusters are made as the
model makes them; they do not say that real clusters are made so.
""",
    """仿真集群的类型与阶段已知;去掉部分数据表后,对所余部分作诊断(`jiqun verify`)。集群*实为*何种类型,
由模型机制状态按 `diagnosis/loop/truth.py` 所载规则读取,不使用记录、测度或参照卡:

- *是否为数字型*:平台参与企业达 16%,或平均数字能力达 0.2;
- *类型*:主导逻辑超过一半、或一半以上销售额为数字业务的企业为数据型企业。数据型企业占前五企业销售额三分之二以上者,
  为数字产业化集群;不超过三分之一者,为产业数字化集群;介于其间者为混合型集群;
- *产业数字化的阶段*:使用数字化工具;平台形成规模(16% 的企业);四分之一企业参与平台,且联盟超出双边、超出本区域;
- *数字产业化的阶段*:平台建设中;平台形成规模且其数据池服务于企业;承载 40% 的企业,多方协作且多由平台方以外的企业发起。

传统集群与产业数字化第一阶段之间并无跃变:数字能力逐步提高,规则以 0.2 为界。界线附近的集群同样计分;
未作判定者大多在此。

构建参照卡的集群取自三个情景,评分的集群取自九个情景,其中六个为参照卡从未见过;评分所用集群均未用于构建。
各类型与各阶段的期望、同一阶段集群之间的离散程度、各行证据的权重、仿真与判断的比重(仿真占四分之三)、缓和系数以及
0.6 的判定概率,均在构建用集群上选定,方法是用未含该集群的参照卡读取该集群。随后对评分用集群评分:先评 504 个,因去掉一半数据表后判定者少,
再评 96 个,其间未作任何改动。这些集群此前从未看过:
早先参照卡评分所用、以及构思混合型读法时所看的集群,属于另一组随机抽取。

*混合型*:在参照卡 2026.11.3 及以前,领先企业主导逻辑的均值在一半上下五个百分点之内者为混合型。任何记录都看不出这一点,
49 个混合型中有 47 个被判为某一类型。使用者所说的混合型,也是记录能够显示的混合型,是两种逻辑并列主导。因此真实类型问的是
销售额归于哪些企业,诊断则就账目提出同样的问题。二者有意互为镜像;凡记录有账目且注明最大企业的出身,诊断表现良好并不意外。
若记录缺少这些,请看去掉一半数据表后的评分。

未达预期之处:未作判定者略多于十分之一,多在 0.2 的界线附近,该处也有数字化第一阶段的集群被判为传统集群。最可能阶段
误差不超过一个时段者略少于五分之四,仅就数字型集群则为十分之七。在参照卡未用的情景中,阶段的概率偏低(80% 集合所含多于
80%),因缓和系数的选定兼顾了参照卡未见过的情景。两类企业的销售额接近三分之一的界线时,数字型被判为混合型多于相反的情形。

检验中未计入平台对外部企业的吸引力(`installed_base_elasticity`):它占一次诊断的一半时间,且在仿真集群 750 个时段
中仅 3 个可测。诊断时予以计入。将其计入的 12 个集群(123 个时段,均不可测),判定与概率完全相同。

模型记录有一处易于真实记录:企业的出身(`digital_native`)没有误差;也有一处难于真实记录:迁址很少,镜像次序
常无法判定。集群数不多,下列份额均不确定:n 个集群中份额 p 的标准误为 √(p (1 − p) / n)。

*失去含义的记录*:各表企业互换或随机生成后,各表所示核心企业彼此不一致,程序不再读取其逻辑;镜像、网络与弹性
也无所指。只计企业数而不问是哪家企业的内容(平台参与企业之多少、数字业务收入之份额)仍有所指,故概率不会完全回到
先验,但程序不据此作判定:数字型须有核心、镜像、网络、数据价值中的两项,传统型须有核心或网络。这条规则在完整记录上
也有代价,主要在没有核心的传统集群:构建用集群中,无此规则时 4% 未作判定,有此规则时为 9%,判对的比例不变。
打乱日期不影响类型(类型几乎不依赖日期),此时作出判定并非错误,但会消除阶段的次序。

模型不是现实区域。这些数字说明:若集群如模型所示,诊断能够识别;并不说明现实集群确实如此。
""",
)
