"""Sentences of the studio itself, each with what to do; the page shows them as they are."""

from fastapi import HTTPException

from jiqun.record.problem import Problem, Rule
from jiqun.studio.wire import ProblemView, Refusal
from jiqun.vocabulary.text import Text

SIGNED_IN = Rule(
    id="studio.signed_in",
    title=Text("Whoever asks has signed in.", "访问者须已登录。"),
    remedy=Text(
        "Open the newest link that jiqun studio printed, or sign in.",
        "请打开 jiqun studio 最近打印的链接,或登录。",
    ),
)
MAY_EDIT = Rule(
    id="studio.may_edit",
    title=Text("Changes need the right to edit.", "修改须有编辑权限。"),
    remedy=Text("Ask an editor, or for that right.", "请联系编辑者,或申请编辑权限。"),
)
KNOWN = Rule(
    id="studio.known",
    title=Text("What is asked for is there.", "所请求的内容须存在。"),
    remedy=Text("Go back to the list and choose again.", "请返回列表重新选择。"),
)
UPLOAD = Rule(
    id="studio.upload",
    title=Text("An upload is a file that can be read.", "上传内容须为可读取的文件。"),
    remedy=Text(
        "Make it smaller, or import it with jiqun import.", "请缩小文件,或改用 jiqun import 导入。"
    ),
)
WITHIN_LIMITS = Rule(
    id="studio.within_limits",
    title=Text("Work is within the limits.", "任务须在限额之内。"),
    remedy=Text(
        "Ask for fewer firms, periods or runs, or wait until other jobs are done.",
        "请减少企业数、期数或模拟次数,或等待其他任务完成。",
    ),
)
VALID = Rule(
    id="studio.valid",
    title=Text("The question is well formed.", "请求格式须正确。"),
    remedy=Text("Correct the value.", "请更正该值。"),
)
RULES = (SIGNED_IN, MAY_EDIT, KNOWN, UPLOAD, WITHIN_LIMITS, VALID)

NO_RECORD = Text("There is no such record.", "没有该记录。")
NO_JOB = Text("There is no such job.", "没有该任务。")
NO_TABLE = Text("The record has no such table.", "记录中没有该表。")
NO_RESULT = Text("There is no result yet.", "尚无结果。")
NO_PAGE = Text("There is nothing at this address.", "该地址没有内容。")


class Refused(HTTPException):
    """A question that is answered by what is wrong with it."""

    def __init__(self, status: int, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(status)


def refused(status: int, rule: Rule, message: Text, *, value: object = None) -> Refused:
    """Return the refusal of one thing."""
    return Refused(status, rule.problem(table="studio", message=message, value=value))


def as_refusal(problems: tuple[Problem, ...]) -> Refusal:
    """Write problems as an answer."""
    return Refusal(problems=[ProblemView.of(problem) for problem in problems])
