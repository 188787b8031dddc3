"""What a record on disk, or an archive that is handed in, must be like: each rule declared once."""

from jiqun.record.problem import Rule
from jiqun.vocabulary.text import Text

AGAIN = Text("Ask the sender for an undamaged copy.", "请向提供者索取完好的副本。")
REPACK = Text(
    "Do not open it. Ask the sender for the plain files, packed anew.",
    "请勿打开;请向提供者索取原始文件并重新打包。",
)

NOT_AN_ARCHIVE = Rule(
    id="archive.readable",
    title=Text("The archive is a readable ZIP file.", "压缩包为可读的 ZIP 文件。"),
    remedy=AGAIN,
)
MEMBER_COUNT = Rule(
    id="archive.members",
    title=Text("The archive holds a sensible number of files.", "压缩包内文件数量合理。"),
    remedy=REPACK,
)
MEMBER_NAME = Rule(
    id="archive.names",
    title=Text(
        "Each file in the archive has a plain relative name and is listed once.",
        "压缩包内文件名均为普通相对路径,且不重复。",
    ),
    remedy=REPACK,
)
MEMBER_KIND = Rule(
    id="archive.kinds",
    title=Text(
        "The archive holds only plain files, neither links nor encrypted files, stored or deflated.",
        "压缩包内只含普通文件,无链接、无加密,采用存储或 Deflate 方式。",
    ),
    remedy=REPACK,
)
EXPANSION = Rule(
    id="archive.expansion",
    title=Text(
        "The archive does not expand beyond the limits and holds what it declares.",
        "压缩包解压后不超限,且与声明的大小一致。",
    ),
    remedy=REPACK,
)

ARCHIVE_RULES = (NOT_AN_ARCHIVE, MEMBER_COUNT, MEMBER_NAME, MEMBER_KIND, EXPANSION)
