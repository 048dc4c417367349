"""Which papers a paper implements: by its title, by its opening words, or by what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.reading.references import TYPE_NAME
from index.reading.shapes import P, Q, R, S, Shape
from index.types import Reference

_DEED = (
    r"(?:(?:tổ\s+chức\s+)?(?:học\s+tập|nghiên\s+cứu|quán\s+triệt|phổ\s+biến|tuyên\s+truyền|triển\s+khai|thực\s+hiện"
    r"|chấp\s+hành"
    r"|thi\s+hành|cụ\s+thể\s+hóa|hướng\s+dẫn|quy\s+định\s+chi\s+tiết))"
)
_DEEDS = rf"{_DEED}(?:(?:\s*,\s*|\s+và\s+|\s+){_DEED})*"
_GLUE = (
    r"(?:\s+(?:một\s+số\s+(?:điều|nội\s+dung|nhiệm\s+vụ|giải\s+pháp)|các|những|nội\s+dung|có\s+hiệu\s+quả|hiệu\s+quả"
    r"|thắng\s+lợi|nghiêm\s+túc|nghiêm|tốt|việc|của|tại|theo|tinh\s+thần|chỉ\s+đạo|ý\s+kiến))*"
)
_NAMED_IN = (
    r"(?:\s+(?:sự\s+)?(?:chỉ\s+đạo|kết\s+luận|ý\s+kiến|yêu\s+cầu|hướng\s+dẫn)\s+của\s+[^;,:.\x01-\x05]{3,60}\s+"
    r"(?:tại|theo|nêu\s+tại))?"
)
_PAPER = rf"(?:(?P<parts>{P})\s*,?\s*(?:(?:của|tại)\s+)?)?(?P<paper>{R})"
_TITLE = re.compile(
    rf"\W*(?:(?:{TYPE_NAME})\s+)?(?:hành\s+động\s+)?(?:của\s+[^;\x01\x02]{{5,80}}?,?\s+)?(?:(?:về|v/v)\s*:?\s*)?"
    rf"(?:việc\s+)?{_DEEDS}{_GLUE}\s+{_PAPER}"
)
_OPENING = re.compile(rf"\W*(?:để\s+|nhằm\s+)?{_DEEDS}{_GLUE}{_NAMED_IN}\s+{_PAPER}")
_OWN = re.compile(
    rf"{S}(?:\s+(?:được\s+(?:ban\s+hành|xây\s+dựng)|nhằm|để|này))*\s+{_DEEDS}(?:\s+(?:việc|về))?{_GLUE}\s+{_PAPER}"
)
_ANOTHER_AIM = (
    r"(?<!\w)(?:kiểm\s+tra|giám\s+sát|sơ\s+kết|tổng\s+kết|tiếp\s+tục|đánh\s+giá|báo\s+cáo|khảo\s+sát|phối\s+hợp|về"
    r"|theo|khi|nếu|đề\s+nghị"
    r"|yêu\s+cầu|chưa|không|đã|sẽ|dự\s+thảo|kết\s+quả|tình\s+hình|công\s+tác)(?!\w)"
)
_NEAR = rf"(?:(?!{_ANOTHER_AIM})[^;:\x01\x02])"
_ISSUED = re.compile(
    rf"\W*(?:(?!các\s){_NEAR}{{3,120}}?\s)?ban\s+hành\s+(?:kèm\s+theo\s+{S}\s+)?(?:{TYPE_NAME})(?!\w){_NEAR}{{0,80}}?\s"
    rf"{_DEEDS}{_GLUE}\s+{_PAPER}"
)
""""Ban hành Kế hoạch hành động thực hiện Kết luận số …"."""
_GUIDED = re.compile(
    rf"\W*{_NEAR}{{3,120}}?\s(?=hướng\s+dẫn|quy\s+định\s+chi\s+tiết|cụ\s+thể\s+hóa){_DEEDS}{_GLUE}\s+{_PAPER}[^;.]*"
    rf"(?:như\s+sau|:)"
)
""""Ban Thường vụ hướng dẫn thực hiện Quy chế số … như sau:"."""
_FURTHER = re.compile(
    rf"(?:\s+(?:về|quy\s+định)[^;:,.\x01\x02\x03]{{1,250}}?)?\s*(?:[,;]\s*(?:và\s+)?|\s(?:và|cùng)\s+)(?:các\s+)?"
    rf"(?:{Q}\s*)?{_PAPER}"
)
_TOLD = re.compile(
    r"(?<!\w)(?:đã|thời\s+gian\s+qua|những\s+năm|trong\s+(?:\d+|những|nhiệm\s+kỳ|thời\s+gian)|đến\s+nay|qua\s+\d+"
    r"|kết\s+quả)(?!\w)"
)
_REPORTS = frozenset({"BC", "BB"})


def read_implementing(
    shape: Shape, *, title: bool, opening: bool, type_: str | None
) -> Iterator[tuple[Reference, tuple[str, ...]]]:
    """The papers that the clause says are implemented, with the parts that it names.

    Beyond title and opening only what a paper says of itself counts: an item "Thực hiện Chỉ thị số …" is a task.
    """
    match = _match(shape.text, title=title, opening=opening, type_=type_)
    while match:
        parts = shape.parts[match.start("parts")] if match["parts"] else ()
        yield shape.references[match.start("paper")], parts
        match = _FURTHER.match(shape.text, match.end())


def _match(text: str, *, title: bool, opening: bool, type_: str | None) -> re.Match[str] | None:
    if title:
        return None if type_ in _REPORTS else _TITLE.match(text) or _ISSUED.match(text)
    if opening and (match := _OPENING.match(text) or _ISSUED.match(text) or _GUIDED.match(text)):
        return None if _TOLD.search(text, match.end()) else match
    return _OWN.search(text)
