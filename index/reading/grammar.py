"""The patterns by which a clause rules about other papers, over its shape (`shapes.Shape`)."""

from __future__ import annotations

import re

from index.reading.references import TYPE_NAME
from index.reading.shapes import ISSUED, D, P, Q, R, S

_MID = (
    rf"(?:\s*vào\s+(?:ngay\s+)?(?:sau|trước|cuối)\s+{P})?(?:\s+về[^;:,\x01\x02\x03]{{1,120}}?)?\s*,?\s*"
    rf"(?:(?:của|tại|trong|thuộc|(?:ban\s+hành\s+)?kèm\s+theo)\s+)?(?:{Q}\s*)?"
)
"""Between parts and their paper."""
_MORE_AMENDING = r"(?:\s*(?:,|và|,\s*và)?\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|điều\s+chỉnh))*"
VERB = re.compile(
    r"(?<!\w)(?:(?P<words>(?:thay(?:\s+thế)?|bãi\s+bỏ|bỏ|sửa(?:\s+đổi)?|bổ\s+sung)\s+(?:các\s+|một\s+số\s+)?"
    rf"(?:(?:cụm\s+từ|từ\s+ngữ|từ|chữ|câu|đoạn)(?!\w)|(?:số\s+)?(?={Q}))[^;\x01\x02\x03]*?(?:tại|trong|ở|của|vào)\s+(?:các\s+)?"
    r"(?=[\x01\x02]))"
    rf"|(?P<amends>(?:sửa\s+đổi|điều\s+chỉnh)\s+[^,;:\x01-\x05]{{1,60}}?\s(?:tại|trong|ở)(?=\s+{P}(?:{_MID}){R})"
    rf"|(?:sửa\s+đổi|bổ\s+sung|điều\s+chỉnh|đính\s+chính){_MORE_AMENDING})"
    r"|(?P<replaces>thay\s+thế(?:\s+cho)?|thay\s+cho|thay(?=\s+\x01))"
    r"|(?P<repeals>bãi\s+bỏ|bỏ(?=\s+\x02)|hủy\s+bỏ|hủy|thu\s+hồi|(?<!tạm\s)(?:thôi|dừng|ngừng)\s+(?:áp\s+dụng|thực\s+hiện|thi\s+hành)"
    r"|chấm\s+dứt(?:\s+(?:hiệu\s+lực(?:\s+thi\s+hành)?|(?:việc\s+)?(?:thực\s+hiện|áp\s+dụng|thi\s+hành))))"
    r"|(?P<extends>kéo\s+dài|gia\s+hạn))(?!\w)"
)

_SOME = (
    r"một\s+số\s+(?:điều|khoản|điểm|mục|phần|nội\s+dung|quy\s+định)|một\s+phần|một\s+(?:điều|khoản|điểm|nội\s+dung)"
    r"|(?:các\s+)?(?:nội\s+dung|quy\s+định)(?=\s+(?:quy\s+định|nêu|tại|của|về|trong))|(?:các\s+)?biểu\s+mẫu"
    r"|(?:các\s+)?phụ\s+lục|danh\s+(?:sách|mục)(?:\s+thành\s+viên)?|tên(?:\s+gọi)?|thành\s+phần"
)
"""Parts of a paper that are not named."""
_GLUE = (
    r"toàn\s+bộ|(?:ban\s+hành\s+)?kèm\s+theo|hiệu\s+lực(?:\s+(?:thi\s+hành|áp\s+dụng))?|quy\s+định|nêu|của|tại|trong|đối\s+với|cho|các|những"
    r"|thời\s+(?:hạn|gian)(?:\s+(?:có\s+)?(?:thực\s+hiện|áp\s+dụng|thi\s+hành|hiệu\s+lực))?|việc"
    rf"|(?:\d+\s+)?(?:văn\s+bản|{TYPE_NAME})\s+(?:sau(?:\s+đây)?|dưới\s+đây)|văn\s+bản|gồm|sau(?:\s+đây)?"
    r"|thực\s+hiện|vào(?!\s+(?:ngay\s+)?(?:sau|trước))"
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
LIST = re.compile(r"(?:[^;\x01\x02\x03]{0,120})(?:văn\s+bản|" + TYPE_NAME + r")[^;:\x01\x02\x03]{0,90}:\s*$")

DOUBT = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|đề\s+nghị|đề\s+xuất|kiến\s+nghị|giao|tham\s+mưu|nghiên\s+cứu|xem\s+xét|dự\s+kiến"
    r"|dự\s+thảo|sẽ|nếu|trường\s+hợp|khi|cần|phải|trình|xin|đang|chủ\s+trương|rà\s+soát|chuẩn\s+bị|soạn\s+thảo|có\s+thể"
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
    r"(?<!\w)(?:trong\s+(?:quý|tháng|năm)|trước\s+(?:ngày|tháng)|hoàn\s+thành|chậm\s+nhất|cho\s+phù\s+hợp|đề\s+xuất"
    r"|trình|tham\s+mưu|nghiên\s+cứu|rà\s+soát|xem\s+xét|góp\s+ý|khi\s+(?:cần|có)|nếu|kịp\s+thời|theo\s+hướng|dự\s+kiến"
    r"|theo\s+(?:thẩm\s+quyền|quy\s+định))(?!\w)"
)
_DAY_FIRST = (
    rf"(?:(?:kể\s+)?từ\s+(?:(?:ngày|khi|thời\s+điểm)\s+)?(?:{D}|{ISSUED}|{S})(?:\s+{S})?"
    rf"(?:\s+(?:có\s+)?hiệu\s+lực(?:\s+thi\s+hành)?)?\s*,?\s*)"
)
_MARKS = r"[^\w\x01-\x05]*"
OPENING = re.compile(
    rf"{_MARKS}(?:{_ITEM})?(?:(?:điều\s+\d+|khoản\s+\d+)\s*[.:]\s*)?(?:[^;:,.\x01\x02\x03]{{2,60}}:\s*)?"
    rf"(?:{_DAY_FIRST})?"
    r"(?:[^;:\x01\x02\x03]{3,120}\s(?:quyết\s+(?:định|nghị)|thống\s+nhất|đồng\s+ý|nhất\s+trí|cho\s+phép)(?!\w)\s*:?\s*)?"
    rf"{_DAY_FIRST}?(?:(?:nay|đồng\s+thời|và|theo\s+đó|quyết\s+định|(?:đình\s+chỉ|thu\s+hồi|hủy\s+bỏ)\s+(?:và|,)|cho\s+phép|đồng\s+ý|thống\s+nhất|cho)(?!\w)\s*,?\s*)*",
)
TITLE_OPENING = re.compile(
    rf"{_MARKS}(?:(?:{TYPE_NAME})\s*)?(?:của\s+[^;\x01\x02]{{5,80}}?,?\s+)?(?:(?:về|v/v)\s*:?\s*)?(?:việc\s+)?"
)
CONNECTED = re.compile(rf"{_TOPIC}?(?:\s*như\s+sau)?\s*(?:[,;]|\s(?:và|đồng\s+thời))\s*(?:(?:và|đồng\s+thời)\s*,?\s*)?")
SAID_OF_SELF = re.compile(
    r"\s*(?:.*(?:[,;]|\s(?:và|đồng\s+thời|nhằm\s+để))\s*)?(?:(?:chính\s+thức|cũng|(?:được\s+)?áp\s+dụng|được\s+ban\s+hành\s+(?:để|nhằm))\s+)*",
    re.S,
)
NEW_WORDING = re.compile(rf"như\s+sau|(?<!\w)(?:thành|bằng)(?!\w)|:\s*$|{Q}")

HEAD = re.compile(
    r"(?<!\w)(?:(?:riêng|toàn\s+bộ|các|những|nội\s+dung|các\s+quy\s+định|quy\s+định)\s+(?:(?:tại|của)\s+)?)?"
    r"(?:(?:hiệu\s+lực(?:\s+thi\s+hành)?"
    r"|thời\s+(?:hạn|gian)(?:\s+(?:có\s+)?(?:thực\s+hiện|áp\s+dụng|thi\s+hành|hiệu\s+lực))?)\s+(?:của\s+)?)?$"
)
"""What may stand before a paper that a sentence is about: "hiệu lực của"."""
PASSIVE = re.compile(
    rf"{_TOPIC}?(?:\s+và\s+các\s+(?:văn\s+bản|phụ\s+lục)[^;:\x01\x03]{{0,80}}?)?\s*,?\s*(?:(?:cùng|đều|cũng|nay|chính\s+thức)\s+)*"
    r"(?:(?P<repeals>(?:hết|không\s+còn|chấm\s+dứt|thôi)\s+(?:có\s+)?(?:hiệu\s+lực|giá\s+trị)(?:\s+thi\s+hành)?|thôi\s+áp\s+dụng"
    r"|(?:được|bị)\s+(?:bãi\s+bỏ|hủy\s+bỏ|thu\s+hồi))"
    r"|(?P<replaces>(?:được|bị)\s+thay(?:\s+thế|(?=\s+b(?:ằng|ởi))))"
    rf"|(?P<amends>được\s+(?:sửa\s+đổi|bổ\s+sung|điều\s+chỉnh|đính\s+chính){_MORE_AMENDING})"
    r"|(?P<extends>(?:được\s+)?(?:tiếp\s+tục\s+)?(?:kéo\s+dài|gia\s+hạn)|được\s+tiếp\s+tục\s+(?:áp\s+dụng|thực\s+hiện))"
    r")(?!\w)(?P<tail>[^;]*)"
)
ANNOUNCED = re.compile(
    rf"{_MARKS}{_DAY_FIRST}?(?:các|những)\s+văn\s+bản\s+(?:sau(?:\s+đây)?|dưới\s+đây)(?:\s+(?:của|do)[^:;\x01]{{0,80}}?)?\s+"
    r"(?:(?P<repeals>hết\s+hiệu\s+lực(?:\s+thi\s+hành)?|(?:được|bị)\s+(?:bãi\s+bỏ|hủy\s+bỏ))"
    r"|(?P<replaces>được\s+thay\s+thế))[^:;\x01]{0,80}:"
)
AND_PAPER = re.compile(rf"\s*(?:,|\s(?:và|cùng\s+với))\s+(?:(?P<parts>{P}){_MID})?(?P<paper>{R})")
PAPER = re.compile(rf"(?=[\x01\x02])(?P<parts>{P})?(?:(?:{_MID})?(?P<paper>{R}))?")
BY_ANOTHER = re.compile(
    r"(?<!\w)(?:bằng|bởi|theo|tại|khi|cho\s+đến|nếu|thì|ngày)\s+(?:các\s+)?\x01|(?<!\w)(?:khi|nếu|thì)(?!\w)"
)
AMENDED = re.compile(rf"\s*(?:như\s+sau|thành|bằng|{S}|{Q}|:|(?:theo|tại|bởi)\s+{S})")


FIRST = re.compile(f"{R}|{P}")

TERMS = re.compile(r"có\s+hiệu\s+lực[^,;]*|do\s+[^,;]*thông\s+qua|được\s+ban\s+hành[^,;]*")
