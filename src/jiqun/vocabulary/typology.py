"""The cluster types and stages of the paper, with their names in English and Chinese.

Paper: T1, Q25 (types), I1a, I2a, I3a, N1a, N2a, N3a (stages), B1-B10 (the elements of Table 1). The
model may not import this file.
"""

from jiqun.vocabulary.codes import CodeList
from jiqun.vocabulary.text import Text

CLUSTER_TYPE = CodeList(
    "cluster_type",
    Text("cluster type", "集群类型"),
    {
        "traditional": Text("traditional cluster", "传统产业集群"),
        "industrial_digitalization": Text("industrial-digitalization cluster", "产业数字化集群"),
        "digital_industrialization": Text("digital-industrialization cluster", "数字产业化集群"),
        "hybrid": Text("hybrid cluster", "混合型集群"),
    },
)

TRADITIONAL, HYBRID = "traditional", "hybrid"
DIGITAL = ("industrial_digitalization", "digital_industrialization")
"""The types that have a path of several stages."""

TYPE_VERDICT = CodeList(
    "type_verdict",
    Text("verdict on the type", "类型判定"),
    {
        **CLUSTER_TYPE.terms,
        "none_of_these": Text("none of these types", "不属于上述任一类型"),
        "insufficient_evidence": Text("insufficient evidence", "证据不足"),
    },
)

ELEMENT = CodeList(
    "element",
    Text("element of a cluster's type", "集群类型的要素"),
    {
        "positioning": Text("positioning", "集群定位"),
        "core_logic": Text("core firms and their dominant logic", "核心企业及其主导逻辑"),
        "mirror": Text("mirror of the platform", "平台镜像映现"),
        "network": Text("network of relations", "网络关系"),
        "data_value": Text("value of data", "数据要素价值创造"),
    },
)

STAGE = CodeList(
    "stage",
    Text("stage", "阶段"),
    {
        "baseline": Text("before digitalization", "数字化之前"),
        "basic_digitalization": Text("basic digitalization", "基础数字化"),
        "multiple_innovation": Text("multiple innovation", "多元创新"),
        "ecosystem_building": Text("ecosystem building", "生态系统构建"),
        "platform_building": Text("platform building", "数字平台搭建"),
        "dynamic_innovation": Text("dynamic innovation", "动态创新"),
        "ecosystem_optimization": Text("ecosystem optimization", "生态系统优化"),
    },
)

STAGE_VERDICT = CodeList(
    "stage_verdict",
    Text("verdict on the stage", "阶段判定"),
    {
        **STAGE.terms,
        "not_yet_observable": Text("not yet observable", "尚不可观测"),
        "insufficient_evidence": Text("insufficient evidence", "证据不足"),
    },
)

STAGES_OF = {
    "traditional": ("baseline",),
    "industrial_digitalization": (
        "basic_digitalization",
        "multiple_innovation",
        "ecosystem_building",
    ),
    "digital_industrialization": (
        "platform_building",
        "dynamic_innovation",
        "ecosystem_optimization",
    ),
}
"""The stages of each type in their order."""
