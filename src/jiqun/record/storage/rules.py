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

FORMAT_REMEDY = Text(
    "Write it again with jiqun (`jiqun import`), or restore a copy of the record.",
    "请用 jiqun 重新写出(`jiqun import`),或恢复该记录的备份。",
)

FOUND = Rule(
    id="storage.found",
    title=Text("There is a record at the path given.", "所给路径处有记录。"),
    remedy=Text(
        "Give the path of a folder NAME.jiqun or of a file NAME.jiqun.zip.",
        "请给出 NAME.jiqun 文件夹或 NAME.jiqun.zip 文件的路径。",
    ),
)
NAMED = Rule(
    id="storage.named",
    title=Text(
        "A record is named NAME.jiqun or NAME.jiqun.zip.", "记录名为 NAME.jiqun 或 NAME.jiqun.zip。"
    ),
    remedy=Text("Choose a name that ends so.", "请改用此类名称。"),
)
IS_RECORD = Rule(
    id="storage.record",
    title=Text("What is read or replaced is a record.", "所读取或替换的确为记录。"),
    remedy=Text(
        "Give the path of a record; nothing else is read or replaced.",
        "请给出记录的路径;其他内容不会被读取或替换。",
    ),
)
KNOWN_FORMAT = Rule(
    id="storage.format",
    title=Text(
        "The record is in a format that this version reads.", "记录的格式为本版本可读取的格式。"
    ),
    remedy=Text("Update jiqun, then read it again.", "请更新 jiqun 后重新读取。"),
)
DESCRIPTOR_SOUND = Rule(
    id="storage.descriptor",
    title=Text(
        "datapackage.json lists every table with its file, size and checksum.",
        "datapackage.json 列出每个表的文件、大小和校验和。",
    ),
    remedy=FORMAT_REMEDY,
)
TABLE_KNOWN = Rule(
    id="storage.table",
    title=Text("Each table is one of the record's.", "每个表均为记录所定义的表。"),
    remedy=Text(
        "Remove it, or keep what it says in x_ columns of a table of the record.",
        "请删除该表,或将其内容存入记录中某个表的 x_ 列。",
    ),
)
FILE_PRESENT = Rule(
    id="storage.file",
    title=Text("The file of each listed table is there.", "所列每个表的文件均存在。"),
    remedy=FORMAT_REMEDY,
)
CHECKSUM = Rule(
    id="storage.checksum",
    title=Text("Each file holds what was written.", "每个文件的内容与写入时一致。"),
    remedy=Text(
        "The file was changed or damaged after it was written: restore a copy of the record, or "
        "make it again from its sources.",
        "文件在写入后被更改或损坏:请恢复该记录的备份,或由原始来源重新生成。",
    ),
)
TABLE_READABLE = Rule(
    id="storage.parquet",
    title=Text("Each table is a readable Parquet file.", "每个表均为可读的 Parquet 文件。"),
    remedy=FORMAT_REMEDY,
)
COLUMN_KNOWN = Rule(
    id="storage.column",
    title=Text(
        "Each stored column is declared or is an extension (x_…).",
        "每个存储列均为已声明的列或扩展列(x_…)。",
    ),
    remedy=Text("Name a column of your own x_…", "自有列请以 x_ 开头命名。"),
)
COLUMN_PRESENT = Rule(
    id="storage.column_present",
    title=Text("Each required column is stored.", "每个必填列均已存储。"),
    remedy=FORMAT_REMEDY,
)
COLUMN_TYPE = Rule(
    id="storage.column_type",
    title=Text("Each stored column has its declared type.", "每个存储列均为所声明的类型。"),
    remedy=FORMAT_REMEDY,
)
WRITABLE = Rule(
    id="storage.writable",
    title=Text("The record can be written where it is to be.", "记录可写入目标位置。"),
    remedy=Text(
        "Choose a folder that you may write to, or ask for the right to write there.",
        "请选择有写入权限的文件夹,或申请该处的写入权限。",
    ),
)
ROOM = Rule(
    id="storage.room",
    title=Text("There is room for the record.", "有足够空间存放记录。"),
    remedy=Text(
        "Free some space (or raise the quota or file size limit), or choose another disk; what was "
        "there before is unchanged.",
        "请释放空间(或提高配额、文件大小上限),或改用其他磁盘;原有内容未变。",
    ),
)
FOREIGN_FILES = Rule(
    id="storage.foreign_files",
    title=Text(
        "A record that is replaced holds no other files.", "被替换的记录文件夹内没有其他文件。"
    ),
    remedy=Text(
        "Move them elsewhere: replacing the record would delete them.",
        "请先移走这些文件,替换记录会将其删除。",
    ),
)

STORAGE_RULES = (
    FOUND,
    NAMED,
    IS_RECORD,
    KNOWN_FORMAT,
    DESCRIPTOR_SOUND,
    TABLE_KNOWN,
    FILE_PRESENT,
    CHECKSUM,
    TABLE_READABLE,
    COLUMN_KNOWN,
    COLUMN_PRESENT,
    COLUMN_TYPE,
    WRITABLE,
    ROOM,
    FOREIGN_FILES,
)
RULES = (*ARCHIVE_RULES, *STORAGE_RULES)
