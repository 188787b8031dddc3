"""What can be wrong with a spreadsheet as a whole: files, sheets, headings, rows."""

from jiqun.record.problem import Rule
from jiqun.vocabulary.text import Text

SAVE_AS = Text(
    "Open it in Excel or WPS and save it as .xlsx or as CSV UTF-8.",
    "请用 Excel 或 WPS 打开,另存为 .xlsx 或“CSV UTF-8”。",
)
EMPTY_FILE = Rule(
    id="table.empty_file",
    title=Text("The file holds something", "文件不为空"),
    remedy=Text(
        "Save the file again; `jiqun template OUT.xlsx` writes one to fill in.",
        "请重新保存文件;可用 `jiqun template OUT.xlsx` 生成模板。",
    ),
)
FILE_KIND = Rule(
    id="table.file_kind",
    title=Text("The file is an .xlsx workbook or a CSV file", "文件为 .xlsx 或 CSV"),
    remedy=SAVE_AS,
)
PROTECTED = Rule(
    id="table.password",
    title=Text("The workbook has no password", "工作簿没有密码"),
    remedy=Text(
        "Open it with its password, take the password off (File > Info > Protect), and save it.",
        "请输入密码打开,在“文件 > 信息 > 保护工作簿”中取消密码后保存。",
    ),
)
UNREADABLE = Rule(
    id="table.unreadable",
    title=Text("The workbook can be read", "工作簿可以读取"),
    remedy=SAVE_AS,
)
ENCODING = Rule(
    id="table.encoding",
    title=Text("Every byte of a CSV file can be decoded", "CSV 文件的每个字节都能解码"),
    remedy=Text(
        "Save it as CSV UTF-8, or say --set encoding=NAME (utf-8, gb18030, utf-16, cp1252).",
        "请另存为“CSV UTF-8”,或用 --set encoding=名称 指明编码(utf-8、gb18030、utf-16、cp1252)。",
    ),
)
CSV_FORM = Rule(
    id="table.csv_form",
    title=Text("A CSV file keeps the rules of CSV", "CSV 文件格式正确"),
    remedy=Text("Save it again from Excel as CSV UTF-8.", "请在 Excel 中另存为“CSV UTF-8”。"),
)
RAGGED = Rule(
    id="table.ragged",
    title=Text("Each row has as many cells as the heading row", "每行的列数与表头一致"),
    remedy=Text(
        "Put text that holds commas in double quotes, or fill in the missing cells.",
        "含逗号的文本请加双引号,或补齐缺少的单元格。",
    ),
)
TOO_SPARSE = Rule(
    id="table.extent",
    title=Text("The cells of a sheet lie together", "工作表的单元格集中"),
    remedy=Text(
        "Copy the rows and columns with data into a new workbook.",
        "请把有数据的行和列复制到新的工作簿。",
    ),
)
NOTHING_FOUND = Rule(
    id="table.nothing_found",
    title=Text("There is a table to read", "有可读取的表"),
    remedy=Text(
        "Give .xlsx or .csv files; `jiqun template OUT.xlsx` writes one to fill in.",
        "请提供 .xlsx 或 .csv 文件;可用 `jiqun template OUT.xlsx` 生成模板。",
    ),
)
NO_HEADING = Rule(
    id="table.no_heading",
    title=Text(
        "One of the first ten rows has headings in English or Chinese",
        "前十行内有中文或英文表头",
    ),
    remedy=Text(
        "Put a heading row above the data, for example 企业名称, 成立日期, or name headings with "
        "--set column.HEADING=table.column.",
        "请在数据上方加表头行,例如 企业名称、成立日期;或用 --set column.表头=表.列 指明。",
    ),
)
SHEET_UNUSED = Rule(
    id="table.sheet_unused",
    title=Text("Each sheet is for one table of the record", "每个工作表对应记录的一张表"),
    remedy=Text(
        "Name the sheet after a table (企业, 双边关系, ...), or say --set sheet.NAME=table; "
        "--set sheet.NAME=none leaves it out.",
        "请用表名命名工作表(企业、双边关系等),或用 --set sheet.名称=表 指明;"
        "--set sheet.名称=none 表示忽略。",
    ),
    severity="warning",
)
SHEET_MISSING = Rule(
    id="table.sheet_missing",
    title=Text("A sheet that an option names is there", "选项所指的工作表存在"),
    remedy=Text("Check the name of the sheet.", "请核对工作表名称。"),
)
HIDDEN = Rule(
    id="table.hidden",
    title=Text("No sheet is hidden", "没有隐藏的工作表"),
    remedy=Text(
        "It was read like any other; delete it if it should not be.",
        "已照常读取;如不需要,请删除该工作表。",
    ),
    severity="warning",
)
HEADING_UNKNOWN = Rule(
    id="table.heading_unknown",
    title=Text("Each heading is recognised", "每个表头都能识别"),
    remedy=Text(
        "Say --set column.HEADING=table.column, or leave it: the column is kept as text.",
        "可用 --set column.表头=表.列 指明;如不处理,该列按文本保留。",
    ),
    severity="warning",
)
HEADING_OPTION = Rule(
    id="table.heading_option",
    title=Text("An option names a heading and a column that exist", "选项所指的表头和列存在"),
    remedy=Text(
        "Write --set column.HEADING=table.column with a column of that sheet's table, or "
        "--set column.HEADING=x_name.",
        "请写 --set column.表头=表.列(该工作表对应的表的列),或 --set column.表头=x_名称。",
    ),
)
HEADING_TWICE = Rule(
    id="table.heading_twice",
    title=Text("No two headings name the same column", "没有两个表头指同一列"),
    remedy=Text(
        "Delete one of them, or say --set column.HEADING=x_name for the one to set aside.",
        "请删除其中一列,或对其中一列使用 --set column.表头=x_名称。",
    ),
)
HEADING_MISSING = Rule(
    id="table.heading_missing",
    title=Text("No column with data lacks a heading", "有数据的列都有表头"),
    remedy=Text("Give the column a heading, or clear it.", "请为该列添加表头或清空该列。"),
)
MERGED = Rule(
    id="table.merged",
    title=Text("No cells are merged among the data", "数据区没有合并单元格"),
    remedy=Text("Unmerge the cells and fill each row.", "请取消合并单元格,并逐行填写。"),
)
TOTALS = Rule(
    id="table.totals",
    title=Text("No row holds totals", "没有合计行"),
    remedy=Text("Nothing: the row was left out.", "无需处理:该行未导入。"),
    severity="warning",
)
CURRENCY = Rule(
    id="table.currency",
    title=Text("The currency of an amount is said once", "金额的币种说明一致"),
    remedy=Text(
        "Add a currency column (币种) with CNY, USD, ..., that agrees with the cells.",
        "请增加“币种”列(CNY、USD 等),并与单元格一致。",
    ),
)
DATUM = Rule(
    id="table.datum",
    title=Text("The datum of coordinates in China is stated", "中国境内坐标说明坐标系"),
    remedy=Text(
        "Say --set datum=WGS84, GCJ02 (Amap, Tencent, Google China) or BD09 (Baidu); the wrong "
        "one puts each site half a kilometre off.",
        "请用 --set datum=WGS84、GCJ02(高德、腾讯)或 BD09(百度)指明;选错会偏移约五百米。",
    ),
)
DATUM_TAKEN = Rule(
    id="table.datum_taken",
    title=Text("Which datum was taken", "所采用的坐标系"),
    remedy=Text("Nothing, if that is right.", "如无误,无需处理。"),
    severity="warning",
)
SWAPPED = Rule(
    id="table.swapped",
    title=Text("Longitude and latitude are not swapped", "经纬度没有颠倒"),
    remedy=Text("Exchange the two values, or the two headings.", "请对调两列的值或表头。"),
)
REGISTRATION = Rule(
    id="table.registration",
    title=Text(
        "A registration number has the right length and check digit", "登记号长度和校验码正确"
    ),
    remedy=Text("Compare it with the business licence.", "请与营业执照核对。"),
)
NAME_AMBIGUOUS = Rule(
    id="table.name_ambiguous",
    title=Text("A firm that is named is one firm", "企业名称对应唯一企业"),
    remedy=Text("Use the firm's identifier.", "请改用企业编号。"),
)
DERIVED = Rule(
    id="table.derived",
    title=Text("Which identifiers were derived", "自动生成的编号"),
    remedy=Text("Nothing, or add a column of your own.", "无需处理,或自行添加编号列。"),
    severity="warning",
)
PERIOD = Rule(
    id="table.period",
    title=Text("Amounts have a period", "金额对应明确期间"),
    remedy=Text(
        "Add a column 年份 (year), put the year into the heading (2023年营业收入), or say "
        "--set year=2023.",
        "请增加“年份”列,或在表头写明年份(如 2023年营业收入),或用 --set year=2023 指明。",
    ),
)
OPTION = Rule(
    id="table.option",
    title=Text("An option has a value that it can have", "选项取值有效"),
    remedy=Text("Choose one of: {choices}.", "请从以下取值中选择:{choices}。"),
)
