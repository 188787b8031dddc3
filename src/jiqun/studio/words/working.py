"""Texts around the views: coming in, records, uploads, problems, jobs."""

from jiqun.vocabulary.text import Text

WORKING: dict[str, Text] = {
    "title": Text("jiqun studio", "集群工作台"),
    "skip": Text("Skip to the content", "跳至正文"),
    "sections": Text("Sections", "栏目"),
    "views": Text("Views of this record", "记录视图"),
    "footer": Text(
        "jiqun {version}. Everything stays on this machine.", "jiqun {version}。数据均留在本机。"
    ),
    "loading": Text("Loading …", "加载中……"),
    "more": Text("Show {count} more", "再显示 {count} 项"),
    "comma": Text(", ", "、"),
    "yes": Text("yes", "是"),
    "no": Text("no", "否"),
    "interval": Text("{value} ({low} to {high})", "{value}({low} 至 {high})"),
    "range": Text("{low} to {high}", "{low} 至 {high}"),
    "synthetic": Text("synthetic data", "模拟数据"),
    "read_only": Text(
        "You may read, not change: an editor can order this.",
        "您仅有阅读权限,须由编辑者发起此任务。",
    ),
    "nav.records": Text("Records", "记录"),
    "nav.desk": Text("Policy desk", "政策台"),
    "nav.compare": Text("Compare policies", "比较政策"),
    "nav.jobs": Text("Jobs", "任务"),
    "nav.audit": Text("Audit log", "审计日志"),
    "view.overview": Text("Overview and evidence", "概览与证据"),
    "view.map": Text("Map", "地图"),
    "view.network": Text("Network", "网络"),
    "view.stages": Text("Stages", "阶段"),
    "view.clusters": Text("Clusters", "集群识别"),
    "view.partners": Text("Partners", "伙伴"),
    "view.changes": Text("Changes", "变化"),
    "view.report": Text("Report", "报告"),
    "sign_in.title": Text("Sign in", "登录"),
    "sign_in.name": Text("Name", "用户名"),
    "sign_in.password": Text("Password", "密码"),
    "sign_in.enter": Text("Sign in", "登录"),
    "sign_in.oidc": Text("Sign in with your organisation", "使用单位账号登录"),
    "sign_in.proxy": Text(
        "Your organisation's sign-in did not say who you are. Open the studio through it.",
        "未收到单位登录系统提供的身份信息,请经该系统打开工作台。",
    ),
    "sign_in.link": Text(
        "Open the newest link that jiqun studio printed in its terminal. Each link works once.",
        "请打开 jiqun studio 在终端最近打印的链接。每个链接仅可使用一次。",
    ),
    "sign_out": Text("Sign out", "退出"),
    "records.title": Text("Records", "记录"),
    "records.none": Text(
        "No record is open yet. Drop a workbook below, or start with jiqun studio RECORD.",
        "尚未打开记录。可将工作簿拖至下方,或用 jiqun studio RECORD 启动。",
    ),
    "records.uploaded": Text("uploaded by {user}", "由 {user} 上传"),
    "records.opened": Text("opened on this machine", "在本机打开"),
    "records.forget": Text("Remove from the list", "从列表移除"),
    "records.forget_which": Text("Remove from the list: {name}", "从列表移除:{name}"),
    "samples.title": Text("Or look at an example first (synthetic data)", "或先看示例(模拟数据)"),
    "samples.open": Text("Open {name}", "打开 {name}"),
    "upload.title": Text("Add a record", "添加记录"),
    "upload.drop": Text(
        "Drop a workbook or record here, or choose a file", "将工作簿或记录拖至此处,或选择文件"
    ),
    "upload.kinds": Text(
        "Excel workbook or CSV made from jiqun template, NAME.jiqun.zip, or HIF JSON. The file is "
        "checked first; nothing wrong is stored.",
        "按 jiqun template 模板填写的 Excel 工作簿或 CSV、NAME.jiqun.zip,或 HIF JSON。"
        "文件先经检查,有错误则不保存。",
    ),
    "upload.reading": Text("Reading {name} …", "正在读取 {name}……"),
    "upload.done": Text("The record was stored.", "记录已保存。"),
    "upload.refused": Text(
        "The file has problems; they are listed below.", "文件存在问题,列于下方。"
    ),
    "upload.stored": Text("{name} was stored: {firms} firms.", "{name} 已保存:企业 {firms} 家。"),
    "upload.open": Text("Open it", "打开"),
    "upload.not_stored": Text(
        "{name} was not stored. Correct what is listed below and drop it again.",
        "{name} 未保存。请更正下列问题后重新拖入。",
    ),
    "upload.rows": Text(
        "{source}: {read} rows read, {kept} kept, {reported} reported.",
        "{source}:读取 {read} 行,保留 {kept} 行,报告 {reported} 行。",
    ),
    "upload.merges": Text(
        "{count} pairs of firms may be one; nothing was merged.",
        "{count} 对企业可能为同一家;未做任何合并。",
    ),
    "upload.marked": Text(
        "Take a copy of your file with the problems marked", "下载已标注问题的文件副本"
    ),
    "excerpt.title": Text(
        "{source}: rows with problems, as they stand in your file",
        "{source}:有问题的数据行(与您的文件一致)",
    ),
    "excerpt.row": Text("Row", "行"),
    "problems.title": Text("{count} problems", "{count} 个问题"),
    "problems.where": Text("Where", "位置"),
    "problems.what": Text("What is wrong", "问题"),
    "problems.remedy": Text("What to do", "处理办法"),
    "problems.row": Text("row {row}", "第 {row} 行"),
    "problems.error": Text("error", "错误"),
    "problems.warning": Text("warning", "警告"),
    "job.waiting": Text("is waiting", "等待中"),
    "job.running": Text("is running", "运行中"),
    "job.done": Text("is done", "已完成"),
    "job.failed": Text("has failed", "未能完成"),
    "job.cancelled": Text("was cancelled", "已取消"),
    "job.open": Text("Open", "打开"),
    "job.open_which": Text("Open: {title}", "打开:{title}"),
    "job.cancel": Text("Cancel", "取消"),
    "jobs.hint": Text(
        "Jobs go on while the page is closed, and are taken up again after a restart of the studio.",
        "关闭网页后任务仍会继续;工作台重启后任务会接着运行。",
    ),
    "jobs.none": Text("No job was ordered yet.", "尚无任务。"),
    "audit.at": Text("Time (UTC)", "时间(UTC)"),
    "audit.user": Text("User", "用户"),
    "audit.action": Text("Action", "操作"),
    "audit.subject": Text("Subject", "对象"),
    "python.title": Text("The Python for this view", "本视图的 Python 代码"),
    "python.copy": Text("Copy", "复制"),
    "python.copied": Text("Copied", "已复制"),
}
