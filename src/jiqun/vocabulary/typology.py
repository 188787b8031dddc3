"""The cluster types and stages of the paper, with their names in English and Chinese.

Paper: T1, Q25 (types), I1a, I2a, I3a, N1a, N2a, N3a (stages). The model may not import this file.
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
    },
)

STAGE = CodeList(
    "stage",
    Text("stage", "阶段"),
    {
        "basic_digitalization": Text("basic digitalization", "基础数字化"),
        "multiple_innovation": Text("multiple innovation", "多元创新"),
        "ecosystem_building": Text("ecosystem building", "生态系统构建"),
        "platform_building": Text("platform building", "数字平台搭建"),
        "dynamic_innovation": Text("dynamic innovation", "动态创新"),
        "ecosystem_optimization": Text("ecosystem optimization", "生态系统优化"),
    },
)
