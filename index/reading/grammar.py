"""The patterns by which a clause rules about other papers, over its shape (`shapes.Shape`)."""

from __future__ import annotations

import re

from index.reading.references import TYPE_NAME
from index.reading.shapes import ISSUED, D, P, Q, R, S

_MID = (
    rf"(?:\s*(?:vào\s+)?(?:ngay\s+)?(?:phía\s+)?(?:sau|trước|cuối)\s+{P})?(?:\s+về[^;:,\x01\x02\x03]{{1,120}}?"
    rf"|\s*[-–]?\s*(?:về|danh\s+mục)\s[^;:\x01-\x03]{{1,200}}?(?=\s(?:của|(?:ban\s+hành\s+)?kèm\s+theo)\s))?\s*,?\s*"
    rf"(?:(?:của|tại|trong|thuộc|vào|(?:ban\s+hành\s+)?kèm\s+theo)\s+)?(?:{Q}\s*)?"
)
"""Between parts and their paper."""
_AMEND = (
    r"(?:chỉnh\s+sửa|sửa\s+đổi|sửa(?!\s+(?:chữa|sang|soạn))(?:\s+lại)?|bổ\s+sung(?:\s+thêm)?|điều\s+chỉnh|đính\s+chính"
    r"|hiệu\s+chỉnh|chỉnh\s+lý|viết\s+lại)"
)
_CUT = r"(?:thêm|bớt|cắt(?:\s+bỏ)?|lược(?:\s+bỏ)?|đổi|chèn|xóa(?:\s+bỏ)?|bỏ|bãi\s+bỏ|hủy(?:\s+bỏ)?|thay(?:\s+thế)?)"
_REPLACE = r"(?:thay\s+thế(?:\s+cho)?|(?<=\x03\s)thay\s+vì|thay\s+cho|thế\s+cho|thay(?=\s+[\x01\x02]))"
_ABOLISH = r"(?:bãi\s+bỏ|hủy\s+bỏ|hủy|xóa\s+bỏ|loại\s+bỏ|thu\s+hồi|rút(?:\s+lại)?)"
_APPLY = r"(?:áp\s+dụng|thực\s+hiện|thi\s+hành|sử\s+dụng)"
_STOP = (
    rf"(?:(?<!tạm\s)(?:thôi|dừng|ngừng|ngưng|kết\s+thúc)(?:\s+(?:việc\s+)?{_APPLY})|chấm\s+dứt(?:\s+(?:hiệu\s+lực"
    rf"(?:\s+thi\s+hành)?|(?:việc\s+)?{_APPLY})))"
)
_HALT = rf"(?<!tạm\s)(?:dừng|ngừng|đình\s+chỉ|thu\s+hồi|hủy\s+bỏ|bãi\s+bỏ|chấm\s+dứt)(?:\s+{_APPLY})?\s*(?:,|và)\s*"
_SUSPEND = r"(?:(?:tạm\s+)?(?:ngưng|ngừng|dừng|đình\s+chỉ)\s+(?:việc\s+)?hiệu\s+lực(?:\s+(?:thi\s+hành|áp\s+dụng))?)"
_PROLONG = r"(?:kéo\s+dài|gia\s+hạn|lùi)"
_MORE_AMENDING = rf"(?:\s*(?:,|và|,\s*và)?\s+(?:{_AMEND}|thay\s+thế|bãi\s+bỏ))*+"
_FAR = (
    r"(?:(?!(?<!\w)(?:theo|thực\s+hiện|trái|do|nhằm|để|phù\s+hợp|trên\s+cơ\s+sở|căn\s+cứ|có\s+tên)"
    r"(?!\w))[^;:\x01-\x03])"
)
"""A letter of what is changed in a paper: "bổ sung đồng chí A vào Ban Chỉ đạo nêu tại"; not of another's deed."""
_AT = r"(?:(?:(?:được\s+)?(?:nêu|quy\s+định|ghi|in)\s+)?(?:tại|trong|ở|thuộc))"
VERB = re.compile(
    rf"(?<!\w)(?:(?P<shifts>điều\s+chỉnh(?=\s+thời\s+(?:gian|hạn)\s+(?:thực\s+hiện|áp\s+dụng|hoàn\s+thành|thi\s+hành)\s"
    rf"[^;\x01\x02]{{0,60}}\x01[^;]*?\sđến\s))|(?P<words>(?:{_AMEND}|{_CUT})\s+(?:các\s+|những\s+|một\s+số\s+|thêm\s+)?"
    rf"(?:(?:cụm\s+từ|từ\s+ngữ|từ|chữ|câu|đoạn|dòng|số\s+liệu|đồng\s+chí|ông|bà)(?!\w)|(?:số\s+)?(?={Q}))"
    rf"[^;\x01\x02\x03]{{0,400}}?(?:(?:{_AT}|của|vào|khỏi)\s+(?:các\s+)?(?:(?:danh\s+sách|thành\s+phần)\s+(?:"
    rf"(?:ban\s+hành\s+)?kèm\s+theo|tại|ở)\s+)?|(?:đầu|cuối|hai|ba|\d)\s+)(?=[\x01\x02]))"
    rf"|(?P<amends>{_AMEND}{_MORE_AMENDING}\s+{_FAR}{{1,200}}?\s(?:{_AT}(?=\s+(?:số\s+thứ\s+tự\s+\d+\s+(?:của\s+)?)?(?:{P}{_MID})?{R})|của"
    rf"(?=\s+{P}{_MID}{R}))"
    rf"|(?:{_AMEND}|(?:thêm|bớt|cắt(?:\s+bỏ)?|lược\s+bỏ)(?=\s+\x02)){_MORE_AMENDING})"
    rf"|(?P<drops>không\s+(?:còn\s+)?(?:tiếp\s+tục\s+)?{_APPLY}(?:\s+theo)?)"
    rf"|(?P<replaces>{_REPLACE})|(?P<suspends>{_SUSPEND})"
    rf"|(?P<repeals>(?:{_HALT})?{_ABOLISH}|bỏ(?=\s+\x02)|{_STOP})"
    rf"|(?P<extends>{_PROLONG}|tiếp\s+tục\s+{_APPLY}(?=[^;]*đến\s+hết)))(?!\w)"
)
BEGGED = re.compile(r"(?<!\w)xin\s+(?!thu\s+hồi|rút|đính\s+chính|hủy)")
"""An office that "xin thu hồi" its own letter takes it back; whoever "xin kéo dài" asks."""
ANYMORE = re.compile(rf"(?<!\w)(?:nữa|(?:kể\s+)?từ\s+(?:ngày|{D}))")
INSTEAD = re.compile(rf"(?:mà|thay\s+vào\s+đó|chuyển\s+sang|và)\s*,?\s*(?:sẽ\s+)?{_APPLY}(?:\s+theo)?\s+{S}")

_NOUN = (
    r"(?:nội\s+dung|quy\s+định|mức|mẫu|biểu\s+mẫu|phụ\s+lục|danh\s+(?:sách|mục)|thành\s+phần|tên(?:\s+gọi)?|tiêu\s+đề"
    r"|thẩm\s+quyền|định\s+mức|tiêu\s+chuẩn|chế\s+độ|biểu|bảng|số\s+liệu|phần|đoạn|câu|chỉ\s+tiêu|thời\s+gian"
    r"|thời\s+hạn)"
)
"""What a paper holds."""
_SOME = (
    rf"(?:(?:các|những|một\s+số|phần)\s+)?{_NOUN}(?:\s(?!theo\s|trái\s|cũ\s)[^\W\d_]+){{0,12}}?(?=\s+(?:{_AT}"
    rf"|của)\s+[\x01\x02])"
    r"|một\s+số\s+(?:điều|khoản|điểm|mục|phần|nội\s+dung|quy\s+định)(?:(?:\s*,|\s+và)\s+(?:điều|khoản|điểm|mục"
    r"|phụ\s+lục|biểu\s+mẫu))*|một\s+phần|một\s+(?:điều|khoản|điểm|nội\s+dung)"
    r"|(?:các\s+)?(?:nội\s+dung|quy\s+định)(?=\s+(?:quy\s+định|nêu|tại|ở|của|về|trong|\x01))|(?:các\s+)?biểu\s+mẫu"
    r"|(?:các\s+)?phụ\s+lục|danh\s+(?:sách|mục)(?:\s+thành\s+viên)?|tên(?:\s+gọi)?|thành\s+phần"
)
"""Parts of a paper that are not named."""
_GLUE = (
    r"(?:toàn\s+bộ|tất\s+cả)(?:\s+(?:các\s+)?(?:nội\s+dung|quy\s+định))?|(?:ban\s+hành\s+)?kèm\s+theo|hiệu\s+lực"
    r"(?:\s+(?:thi\s+hành|áp\s+dụng))?|quy\s+định|nêu|của|tại|trong|ở|đối\s+với|cho|các|những"
    r"|thời\s+(?:hạn|gian|điểm)(?:\s+(?:có\s+)?(?:thực\s+hiện|áp\s+dụng|thi\s+hành|hiệu\s+lực|hoàn\s+thành))?"
    r"(?:\s+thí\s+điểm)?(?:\s+theo)?|việc(?:\s+(?:áp\s+dụng|thi\s+hành))?"
    rf"|(?:\d+\s+)?(?:văn\s+bản|{TYPE_NAME})\s+(?:sau(?:\s+đây)?|dưới\s+đây)|văn\s+bản|gồm|sau(?:\s+đây)?|cả"
    rf"|đến\s+(?:hết\s+)?{D}"
    r"|số\s+thứ\s+tự\s+\d+|thực\s+hiện|vào(?!\s+(?:ngay\s+)?(?:sau|trước))"
)
_ITEM = r"(?:\(?\d{1,2}[.)]|[a-zđ]\)|[-+•–])\s*"
_TOPIC = r"(?:\s*,?\s*(?:về|hướng\s+dẫn|quy\s+định|ban\s+hành|do)(?!\w)[^;:\x01\x02\x03]{0,250}?)"
OBJECT = re.compile(
    rf"(?P<glue>(?:\s*(?P<some>{_SOME})(?!\w)|\s*(?:{_GLUE})(?!\w))*)\s*:?\s*(?:{_ITEM})?"
    rf"(?P<parts>{P})?(?:{_MID}(?P<paper>{R}))?"
)
FURTHER = re.compile(
    rf"{_TOPIC}?\s*(?:[,;]\s*(?:và\s+)?|\s(?:và|cùng\s+với)\s+)(?:các\s+)?(?:{_ITEM})?(?:(?P<parts>{P}){_MID})?"
    rf"(?P<paper>{R})(?P<behind>[^;,.\x01]*)"
)
PLACE = re.compile(rf"\s*,?\s*(?:tại|ở)\s+(?P<parts>{P})")
PREDICATE = re.compile(r"(?<!\w)(?:tiếp\s+tục|vẫn|giữ\s+nguyên|hết\s+hiệu|có\s+hiệu|không|được|bị)(?!\w)")
AMONG = re.compile(
    rf"\s+(?:toàn\s+bộ\s+|tất\s+cả\s+)?(?:các|những|mọi)\s+(?:văn\s+bản|{TYPE_NAME})(?!\w)[^;:\x01-\x03]{{0,200}}?"
    r"(?:trong\s+đó\s+(?:có|gồm)|(?:bao\s+)?gồm(?:\s+cả)?|kể\s+cả|cụ\s+thể\s+là)\s*:?\s*(?=\x01)"
)
"""Sweeping words that go on to name a paper: "các quy định trước đây, trong đó có Quy định số …"."""
LIST = re.compile(r"(?:[^;\x01\x02\x03]{0,120})(?:văn\s+bản|" + TYPE_NAME + r")[^;:\x01\x02\x03]{0,90}:\s*$")

DOUBT = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|đề\s+nghị|đề\s+xuất|kiến\s+nghị|giao|tham\s+mưu|nghiên\s+cứu|xem\s+xét|dự\s+kiến"
    r"|dự\s+thảo|sẽ|nếu|trường\s+hợp|khi|cần|phải|trình|xin(?!\s*$)|đang|chủ\s+trương|rà\s+soát|chuẩn\s+bị|"
    r"(?<!kỹ\sthuật\s)soạn\s+thảo|có\s+thể"
    r"|yêu\s+cầu|phân\s+công|(?<!làm\s)việc|nhằm|để|bị|bởi|câu\s+hỏi|góp\s+ý|định\s+hướng"
    r"|tạm|ủy\s+quyền|thẩm\s+quyền|vẫn)(?!\w)"
)
GOVERNED = re.compile(
    r"(?<!\w)(?:đề\s+nghị|đề\s+xuất|kiến\s+nghị|giao|tham\s+mưu|nghiên\s+cứu|xem\s+xét|dự\s+kiến|trình|yêu\s+cầu"
    r"|phân\s+công|rà\s+soát|nếu|trường\s+hợp|câu\s+hỏi|góp\s+ý|chủ\s+trương)(?!\w)"
)
"""What rules over the further clauses of a sentence too."""
CONDITION = re.compile(r"(?<!\w)(?:nếu|trường\s+hợp|khi|dự\s+thảo|giả\s+sử|(?<!làm\s)việc|cho\s+đến|không|chưa)(?!\w)")
PLAN = re.compile(
    r"(?<!\w)(?:trong\s+(?:quý|tháng|năm)|trước\s+(?:ngày|tháng)|(?<!hạn\s)(?<!gian\s)hoàn\s+thành|chậm\s+nhất"
    r"|cho\s+phù\s+hợp|đề\s+xuất"
    r"|trình|tham\s+mưu|nghiên\s+cứu|rà\s+soát|xem\s+xét|góp\s+ý|khi\s+(?:cần|có)|nếu|kịp\s+thời|theo\s+hướng|dự\s+kiến"
    r"|theo\s+(?:thẩm\s+quyền|quy\s+định))(?!\w)"
)
_DAY_FIRST = (
    rf"(?:(?:kể\s+)?từ\s+(?:(?:ngày|khi|thời\s+điểm)\s+)?(?:{D}|{ISSUED}|{S}|đó|này|nêu\s+trên)(?:\s+{S})?"
    rf"(?:\s+(?:có\s+)?hiệu\s+lực(?:\s+thi\s+hành)?)?\s*,?\s*)"
)
_MARKS = r"[^\w\x01-\x05]*"
OPENING = re.compile(
    rf"{_MARKS}(?:{_ITEM})?(?:(?:điều\s+\d+|khoản\s+\d+)\s*[.:]\s*)?(?:(?:tại|ở)\s+{P}\s*[,:]\s*)?(?:[^;:,.\x01\x02\x03]{{2,60}}:\s*)?"
    rf"(?:{_DAY_FIRST})?"
    r"(?:[^;:\x01\x02\x03]{3,120}\s(?:quyết\s+(?:định|nghị)|thống\s+nhất|đồng\s+ý|nhất\s+trí|cho\s+phép|công\s+bố"
    r"|xin(?:\s+thông\s+báo)?)(?!\w)\s*:?\s*)?"
    rf"{_DAY_FIRST}?(?:(?:đồng\s+thời|và|theo\s+đó|quyết\s+định|(?:đình\s+chỉ|thu\s+hồi|hủy\s+bỏ)\s+(?:và|,)"
    rf"|cho\s+phép|đồng\s+ý|thống\s+nhất|cho)(?!\w)\s*,?\s*)*",
)
ISSUING = re.compile(r"(?:[^;\x01-\x03]{0,20})ban\s+hành\s+[^;\x01\x02]{3,250}?(?:,|\s(?:mới|để|và|nhằm))\s*(?:để\s+)?")
"""A title that issues something: "ban hành Quy chế làm việc, thay thế …"."""
TITLE_LINE = re.compile(rf"\W*(?:(?:{TYPE_NAME})\s+)?(?:về\s+việc|v(?:/v)?)(?!\w)")
"""The paper's title where it stands in small letters in the text."""
TITLE_OPENING = re.compile(
    rf"{_MARKS}(?:(?:{TYPE_NAME})\s*)?(?:của\s+[^;\x01\x02]{{5,80}}?,?\s+)?(?:(?:về|v(?:/v)?)\s*:?\s*)?(?:việc\s+)?"
)
CONNECTED = re.compile(rf"{_TOPIC}?(?:\s*như\s+sau)?\s*(?:[,;]|\s(?:và|đồng\s+thời))\s*(?:(?:và|đồng\s+thời)\s*,?\s*)?")
SAID_OF_SELF = re.compile(
    r"\s*(?:.*(?:[,;]|\s(?:và|đồng\s+thời|nhằm\s+để))\s*)?(?:(?:chính\s+thức|cũng|còn|chỉ|(?:được\s+)?áp\s+dụng"
    r"|được\s+ban\s+hành(?:\s+(?:để|nhằm))?)\s+)*",
    re.S,
)
NEW_WORDING = re.compile(rf"như\s+sau|(?<!\w)(?:thành|bằng|sang)(?!\w)|:\s*$|{Q}")

HEAD = re.compile(
    r"(?<!\w)(?:(?:riêng|(?P<all>toàn\s+bộ|tất\s+cả|mọi)|các|những|nội\s+dung|(?:"
    r"(?:tất\s+cả\s+)?các\s+)?quy\s+định)\s+(?:(?:tại|của|ở|trong)\s+)?)*"
    r"(?:(?:hiệu\s+lực(?:\s+thi\s+hành)?"
    r"|thời\s+(?:hạn|gian)(?:\s+(?:có\s+)?(?:thực\s+hiện|áp\s+dụng|thi\s+hành|hiệu\s+lực|hoàn\s+thành))?(?:\s+thí\s+điểm)?)\s+"
    r"(?:của\s+)?)?$"
)
"""What may stand before a paper that a sentence is about: "hiệu lực của"."""
PART_HEAD = re.compile(
    rf"(?P<all>(?:tất\s+cả|toàn\s+bộ|mọi)\s+)?(?:(?:các|những|một\s+số)\s+)?{_NOUN}(?:,?\s(?!(?:theo|trái"
    rf"|không)\s)[^\W\d_]+){{0,20}}?"
    rf"\s+(?:{_AT}|của|kèm\s+theo)\s+(?:các\s+)?$"
)
"""What a paper holds, as what a sentence is about: "mức chi quy định tại"."""
WORDS_HEAD = re.compile(
    rf"(?:các\s+|những\s+)?(?:cụm\s+từ|từ\s+ngữ|từ|chữ|câu|đoạn)\s[^;:\x01-\x03]{{0,300}}?(?:{_AT}|của)\s+(?:các\s+)?$"
)
_ENDS_BARE = r"(?=\s*(?:$|[.;,]|(?:kể\s+)?từ\s|thành\s|bằng\s|bởi\s|như\s+sau|là\s|lại\s|(?:thành|bằng|sau|là):))"
_SHIFTED = rf"điều\s+chỉnh(?=\s+(?:từ\s+{D}\s+)?(?:thành\s+|sang\s+|kéo\s+dài\s+)?đến\s)"
PASSIVE = re.compile(
    rf"(?:{_TOPIC}|(?:\s(?!(?:theo|không|hết|thôi|chấm|được|bị|đã|thay|và|trái|còn|có|tiếp|nếu|khi|cần|phải|sẽ"
    rf"|chưa)\s)[^\W\d_]+){{1,8}}?)?(?:\s+và\s+các\s+(?:văn\s+bản|phụ\s+lục)[^;:\x01\x03]{{0,80}}?)?(?:\s+trái\s+"
    rf"(?:với\s+)?{S})?"
    rf"(?:\s+(?:ghi|in|viết|nêu)\s+(?:là\s+)?{Q})?\s*[,:–-]?\s*"
    rf"(?:(?P<suspends>(?:(?:được|bị)\s+)?{_SUSPEND})|(?P<repeals>(?:hết|không\s+còn|chấm\s+dứt|thôi|mất)\s+(?:có\s+|được\s+)?(?:hiệu\s+lực|giá\s+trị|{_APPLY})"
    rf"(?:\s+thi\s+hành)?"
    rf"|không\s+(?:được\s+)?(?:tiếp\s+tục\s+)?{_APPLY}(?=\s+nữa|\s+(?:kể\s+)?từ\s)"
    rf"|(?:được|bị)\s+(?:{_HALT})?{_ABOLISH}|(?:được\s+)?{_STOP}|{_ABOLISH}{_ENDS_BARE})"
    rf"|(?P<replaces>(?:được|bị)\s+thay(?:\s+thế|(?=\s+b(?:ằng|ởi)))|thay(?:\s+thế)?(?=\s+b(?:ằng|ởi)(?!\w)))"
    rf"|(?P<amends>được\s+(?!{_SHIFTED})(?:{_AMEND}|bớt|thêm|cắt(?:\s+bỏ)?|lược\s+bỏ){_MORE_AMENDING}"
    rf"|{_AMEND}{_MORE_AMENDING}{_ENDS_BARE})"
    rf"|(?P<extends>được\s+{_SHIFTED}|(?:được\s+)?(?:tiếp\s+tục\s+)?{_PROLONG}|(?:được\s+tiếp\s+tục|tiếp\s+tục(?:\s+được|"
    rf"(?=[^;]*đến\s+hết)))\s+(?:{_APPLY}|có\s+(?:hiệu\s+lực|giá\s+trị)))"
    r")(?!\w)(?P<tail>[^;]*)"
)
ANNOUNCED = re.compile(
    rf"{_MARKS}{_DAY_FIRST}?(?P<published>(?:công\s+bố|ban\s+hành)\s+(?:kèm\s+theo\s+{S}\s+)?)?(?:(?:các|những|danh\s+mục)\s+)*(?:văn\s+bản|{TYPE_NAME})(?:\s+(?:sau(?:\s+đây)?"
    rf"|dưới\s+đây))?(?:\s+(?:của|do)[^:;\x01]{{0,80}}?)?\s+"
    rf"(?:(?P<repeals>hết\s+hiệu\s+lực(?:\s+thi\s+hành)?|(?:(?:được|bị)\s+)?{_ABOLISH}|{_STOP}|không\s+còn\s+"
    rf"(?:hiệu\s+lực|được\s+{_APPLY}))"
    r"|(?P<replaces>(?:(?:được|bị)\s+)?thay\s+thế))(?:\s[^:;\x01]{0,80})?:"
)
DEAD_LIST = re.compile(
    rf"(?:^|(?<!\w)(?:công\s+bố|ban\s+hành)\s[^;:\x01]{{0,60}}?|{_MARKS}(?:về\s+)?việc\s+công\s+bố\s+)(?:các\s+)?danh\s+mục\s+"
    rf"(?:\d+\s+|các\s+)*(?:văn\s+bản|{TYPE_NAME})[^;:\x01]{{0,120}}?(?:hết\s+hiệu\s+lực|(?:được|bị)\s+{_ABOLISH}"
    r"|không\s+còn\s+hiệu\s+lực)"
)
"""A paper whose annex lists those that hold no more."""
WISHED = re.compile(r"(?<!\w)(?:cần|phải|sẽ|dự\s+kiến|đề\s+nghị|nếu|trường\s+hợp|không(?!\s+còn)|chưa)(?!\w)")
TOPIC_PAPER = re.compile(
    rf"{_MARKS}(?:{_ITEM})?(?:(?:tại|đối\s+với|về|trong|riêng)\s+|"
    rf"(?:{_AMEND}{_MORE_AMENDING})\s[^;:\x01-\x03]{{0,100}}?)?(?P<paper>{R})(?P<rest>[^;:\x01-\x03]{{0,200}}):\s*"
    rf"(?=[^\s])"
)
"""A paper that all of the sentence is about: "Tại Kế hoạch số 5: sửa mục 1; bỏ mục 6"."""
TOPIC_PLACE = re.compile(
    rf"{_MARKS}(?:{_ITEM})?(?:tại|ở|trong)\s+(?P<parts>{P}){_MID}(?P<paper>{R})(?P<rest>[^;:,\x01-\x03]{{0,160}})[,:]\s*"
    rf"(?={_AMEND}|{_CUT}|{_ABOLISH})"
)
"""A place that the sentence changes: "Tại khoản 1 Điều 5 Quy chế số …, thay từ “a” bằng từ “b”"."""
BARE_LIST = re.compile(r"\s*:\s*$")
PARTS_LIST = re.compile(
    rf"\s+(?:các|những|một\s+số)\s+(?:điều|khoản|điểm|nội\s+dung|quy\s+định)(?!\w)[^;:\x01-\x03]{{0,60}}?\s(?:của|tại|trong)"
    rf"\s+(?P<paper>{R})[^;:\x01-\x03]{{0,160}}:\s*$"
)
""""Bãi bỏ các điều, khoản sau của Quy chế số …:"."""
SUPERSEDED = re.compile(
    rf"[^;\x01]{{0,120}}?(?:được|bị)\s+thay(?:\s+thế)?\s+b(?:ằng|ởi)\s+(?:các\s+)?[^;\x01]{{0,80}}{S}"
)
JOINT = re.compile(
    r"(?P<object>(?:\s+(?:thời\s+(?:hạn|gian)|hiệu\s+lực|việc|thực\s+hiện|áp\s+dụng|thi\s+hành))*)\s*(?:,|\s(?:và"
    r"|đồng\s+thời))\s*(?:(?:và|đồng\s+thời)\s+)?$"
)
"""Between two verbs of one object: "kéo dài thời gian thực hiện và sửa đổi Nghị định số …"."""
NOMINAL = re.compile(rf"{_MARKS}(?:{_DAY_FIRST})?(?P<beside>ngoài\s+)?việc\s+")
PROLONGED = re.compile(rf"\s*(?:được\s+)?{_PROLONG}(?!\w)[^;]*đến\s")
BY_SELF = re.compile(
    rf"[^;:\x01-\x03]{{0,80}}?(?:,\s*(?={S}\s+còn)|\s(?:bằng|bởi|theo|tại)\s+(?:{P}\s+(?:của\s+)?)?){S}"
)
TAIL_PARTS = re.compile(rf"[^;\x01-\x03]{{0,200}}?(?P<parts>{P})(?!\s*(?:(?:của|tại|trong)\s+)?[\x01\x03])")
AND_PAPER = re.compile(rf"\s*(?:,|\s(?:và|cùng\s+với))\s+(?:(?P<parts>{P}){_MID})?(?P<paper>{R})")
PAPER = re.compile(rf"(?=[\x01\x02])(?P<parts>{P})?(?:(?:{_MID})?(?P<paper>{R}))?")
BY_ANOTHER = re.compile(
    r"(?<!\w)(?:bằng|bởi|theo|tại|khi|cho\s+đến|nếu|thì|ngày)\s+(?:các\s+)?\x01|(?<!\w)(?:khi|nếu|thì)(?!\w)"
    r"(?!\s+\x03++\s+(?:bắt\s+đầu\s+)?(?:có\s+hiệu|được\s+ban|ban|được\s+ký))"
)
AMENDED = re.compile(
    rf"\s*(?:lại\s+)?(?:như\s+sau|thành|bằng|là|{S}|{Q}|:|(?:theo|tại|bởi)\s+{S}|(?:tại|ở|vào)\s+{P}"
    rf"|{P}\s*,?\s*(?:như\s+sau|:|{Q})|(?:đoạn|câu|cụm\s+từ|từ|dòng|ý)\s[^;\x01-\x03]{{0,120}}{P})"
)


FIRST = re.compile(f"{R}|{P}")

TERMS = re.compile(r"có\s+hiệu\s+lực[^,;]*|do\s+[^,;]*thông\s+qua|được\s+ban\s+hành[^,;]*")
LISTED = re.compile(
    r"(?:[^|\x01;]{0,60}\|\s*)*(?:[^|:\x01;]{1,30}:)?[\s\W]*(?:\x01|\x02+[^;:\x01]{0,20}\x01)"
    r"|(?:[^|\x01;]{0,60}\|\s*)+[^\x01;]{0,200}\x01"
)
"""An item, or a row: "STT: 1 | Tên văn bản: Hướng dẫn số …"."""
NUMBERED_ROW = re.compile(r"\s*(?:\d{1,3}[.)\s|]|(?:STT|TT)\s*:?\s*\d)", re.IGNORECASE)
PARTS_ITEM = re.compile(r"\W*\x02+\W*$")
OWN_PART = re.compile(r"\x02+\s*(?:của\s+)?\x03")
