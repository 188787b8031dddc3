"""What can be wrong with an experiment, declared once."""

from jiqun.record.problem import InputError, Rule
from jiqun.vocabulary.text import Text

PATH = Rule(
    id="experiment.path",
    title=Text("A dotted path names a part of the scenario.", "点分路径须指向情景中存在的一项。"),
    remedy=Text(
        "Check the spelling against the scenario: groups, regions and industries go by name or code.",
        "请对照情景检查拼写:企业组、区域与行业按名称或代码引用。",
    ),
)
RANGE = Rule(
    id="experiment.range",
    title=Text("A range has a lower end below its upper end.", "区间下限须小于上限。"),
    remedy=Text("Give [low, high], two numbers.", "请给出两个数:[下限, 上限]。"),
)
SETTINGS = Rule(
    id="experiment.settings",
    title=Text("The file is YAML of the form described.", "文件须为规定格式的 YAML。"),
    remedy=Text(
        "Compare it with the example in the manual, or use the bundled one.",
        "请对照手册中的示例,或使用内置文件。",
    ),
)
DOCUMENT = Rule(
    id="experiment.document",
    title=Text(
        "A comparison, forecast or back-test is the JSON that its command wrote.",
        "政策比较、预测或回测文件须为相应命令写出的 JSON。",
    ),
    remedy=Text(
        "Make it again with jiqun compare --out, jiqun forecast --json or jiqun backtest --json.",
        "请用 jiqun compare --out、jiqun forecast --json 或 jiqun backtest --json 重新生成。",
    ),
)
OWN_RECORD = Rule(
    id="experiment.own_record",
    title=Text(
        "A forecast that a report takes in was made from its record.",
        "报告所采用的预测须由同一记录得出。",
    ),
    remedy=Text(
        "Make it from this record, as it stands: jiqun forecast RECORD --json.",
        "请由本记录(现有状态)重新生成:jiqun forecast RECORD --json。",
    ),
)
LEVER = Rule(
    id="policy.lever",
    title=Text("A policy names levers that the model has.", "政策须使用模型已有的政策工具。"),
    remedy=Text("Use one of the levers listed.", "请使用所列的政策工具。"),
)
POLICY_VALUE = Rule(
    id="policy.value",
    title=Text("A lever's setting is of its kind and within its bounds.", "政策工具取值有效。"),
    remedy=Text("Correct the value.", "请更正该值。"),
)
BUDGET = Rule(
    id="policy.budget",
    title=Text("Policies that are compared cost the same.", "相互比较的政策预算须相等。"),
    remedy=Text(
        "Make the budgets equal, or write equal_budget: false to compare unequal ones knowingly.",
        "请使预算相等;若有意比较不等预算,请写明 equal_budget: false。",
    ),
)
SERIES = Rule(
    id="experiment.series",
    title=Text("The record has series over years.", "记录须含跨年序列。"),
    remedy=Text(
        "Fill in the accounts of four years or more, or dates of founding.",
        "请补充四年以上的账目或成立日期。",
    ),
)
TWINS = Rule(
    id="experiment.twins",
    title=Text("Twins have a core each.", "双生实验的两个情景均须有核心企业。"),
    remedy=Text(
        "Choose two scenarios with core firms, such as incumbent_core and native_core.",
        "请选择两个有核心企业的情景,如 incumbent_core 与 native_core。",
    ),
)
STORE_MODEL = Rule(
    id="store.model",
    title=Text(
        "A store holds runs of one version of the model.", "一个结果库只存同一模型版本的运行。"
    ),
    remedy=Text(
        "Choose another folder; the old store is unchanged and can still be read.",
        "请换一个文件夹;原结果库未作改动,仍可读取。",
    ),
)
STORE_FOREIGN = Rule(
    id="store.foreign",
    title=Text("A store is an empty folder or a store.", "结果库须为空文件夹或已有结果库。"),
    remedy=Text("Choose another folder.", "请换一个文件夹。"),
)
STORE_SPACE = Rule(
    id="store.space",
    title=Text("The disk holds what the runs will leave.", "磁盘空间足以存放全部结果。"),
    remedy=Text(
        "Ask for fewer runs, or choose a folder on a larger disk.",
        "请减少运行数,或选择更大磁盘上的文件夹。",
    ),
)
STORE_BUSY = Rule(
    id="store.busy",
    title=Text("One program writes to a store at a time.", "同一时间只有一个程序写入结果库。"),
    remedy=Text("Wait for the other to end, or stop it.", "请等待另一程序结束,或将其停止。"),
)
EXECUTOR = Rule(
    id="executor.reached",
    title=Text("The executor can be used.", "执行器可用。"),
    remedy=Text(
        "Start the scheduler, correct its address, or leave out --executor to use this machine.",
        "请启动调度器、更正地址,或省略 --executor 以使用本机。",
    ),
)
WORKERS = Rule(
    id="executor.workers",
    title=Text("Workers live through their runs.", "工作进程能完成其运行。"),
    remedy=Text(
        "They may lack memory: use fewer workers, or fewer firms; finished runs are kept.",
        "可能内存不足:请减少工作进程数或企业数;已完成的运行均已保留。",
    ),
)
DIED = Text("Workers died over the same runs.", "多个工作进程在同一批运行中终止。")
VERSIONS = Rule(
    id="executor.versions",
    title=Text("All workers have the same version of the model.", "各工作进程的模型版本须一致。"),
    remedy=Text("Install the same version everywhere.", "请在各处安装相同版本。"),
)
RULES = (
    PATH,
    RANGE,
    SETTINGS,
    DOCUMENT,
    OWN_RECORD,
    LEVER,
    POLICY_VALUE,
    BUDGET,
    SERIES,
    TWINS,
    STORE_MODEL,
    STORE_FOREIGN,
    STORE_SPACE,
    STORE_BUSY,
    EXECUTOR,
    WORKERS,
    VERSIONS,
)


def refusal(rule: Rule, message: Text, *, table: str, column: str | None = None) -> InputError:
    """Make the error that one broken rule raises."""
    return InputError((rule.problem(table=table, column=column, message=message),))
