"""The patterns by which a clause gives somebody something to do, over its key."""

from __future__ import annotations

import re

from index.reading.actors import WORKS
from index.reading.references import TYPE_NAME

VOID = re.compile(
    r"(?<!\w)(?:trước\s+đây\s+(?:yêu\s+cầu|quy\s+định|giao)|(?:nay|đã)\s+(?:được\s+|bị\s+)?(?:bãi\s+bỏ|thu\s+hồi"
    r"|hủy\s+bỏ|thay\s+thế)|không\s+còn\s+(?:áp\s+dụng|hiệu)"
    r"|(?:kế\s+hoạch|quy\s+định|hướng\s+dẫn|công\s+văn|quy\s+chế)\s+cũ|thực\s+tế\s+(?:khánh|hoàn)|kể\s+lại)(?!\w)"
)
TOLD = re.compile(
    r"(?<!\w)(?:vừa\s+qua|cho\s+thấy|cùng\s+kỳ|ước\s+đạt|so\s+với"
    r"|kết\s+quả\s+khảo\s+sát|diễn\s+ra|tính\s+đến|số\s+liệu\s+(?:đến|lấy)|trong\s+đó\s+có\s+\d|lần\s+lượt)(?!\w)"
)
DONE = re.compile(r"(?<!\w)đã(?!\w)")
HOLDS = re.compile(
    r"(?<!\w)(?:(?:có|hết|còn)\s+(?:hiệu\s+lực|giá\s+trị)|hiệu\s+lực\s+thi\s+hành|nhiệm\s+kỳ(?=\s+(?:của|là|\d))"
    r"|hợp\s+đồng|thời\s+gian\s+(?:dự\s+bị|thử\s+thách|tập\s+sự))(?!\w)"
)
RIGHT = re.compile(
    r"(?<!\w)(?:được\s+(?:nghỉ|hưởng|miễn|giảm|quyền|xét|cộng|tính|thông\s+báo\s+trước|bảo\s+lưu|ưu\s+tiên|trừ)"
    r"|có\s+quyền|mức\s+(?:đóng|chi|phụ|hỗ|thu|khoán)|phụ\s+cấp|\d+\s+điểm"
    r"|giá\s+thuê|nghỉ\s+phép|mở\s+cửa|lịch\s+trực|tuổi\s+đời|tuổi\s+đảng)(?!\w)"
)
AIM = re.compile(
    r"(?<!\w)(?:phấn\s+đấu(?!\s+hoàn\s+thành)|t[ỷỉ]\s+lệ|chỉ\s+tiêu|mục\s+tiêu|đạt\s+(?:từ|trên|ít|tối|\d)"
    r"|bình\s+quân|tăng\s+trưởng)(?!\w)"
)
SHARE = re.compile(r"\d\s*%")
IF = re.compile(
    r"(?<!\w)(?:(?<!không\s)quá(?=\s+(?:thời\s+hạn|\d))|nếu\s+(?:không|chưa|sau)|mà\s+(?:không|chưa)"
    r"|chậm\s+quá)(?!\w)"
)
REGULAR = re.compile(
    r"(?<!\w)(?:hằng\s+năm|hàng\s+năm|mỗi\s+năm|định\s+kỳ|chế\s+độ\s+(?:thông\s+tin,?\s+)?báo\s+cáo)(?!\w)"
)
REGULAR_SPAN = re.compile(
    r"(?<!\w)(?:báo\s+cáo|sơ\s+kết|tổng\s+kết|kỳ|quý|và|,|đối\s+với)\s+(?:[^\W\d]+\s+){0,3}?(?P<span>(?:0?6"
    r"|sáu)\s+tháng|(?:0?9|chín)\s+tháng|quý|năm)(?!\w)(?!\s+20)"
)
ACTS = re.compile(
    rf"\W*(?!(?:quy\s+định|{TYPE_NAME})\s+(?:này|số|về)(?!\w)|quy\s+định)(?:(?:phải|cần|tiếp\s+tục|khẩn\s+trương"
    rf"|chủ\s+động|kịp\s+thời|nghiêm\s+túc|định\s+kỳ|đồng\s+thời)\s+){{0,2}}{WORKS.pattern}"
)
THEN_ACTS = re.compile(rf"\s*[:,]\s*{WORKS.pattern}")
OWN_SUBJECT = re.compile(
    r"\W*(?:việc|kinh\s+phí|công\s+trình|danh\s+sách|hồ\s+sơ|kết\s+quả|báo\s+cáo|nội\s+dung|văn\s+bản"
    r"|thời\s+gian)(?!\w)[^;]*?(?<!\w)(?:được|nộp|gửi|hoàn)(?!\w)"
)
UNABLE = re.compile(
    r"(?:có\s+(?:quyền|thể)|được|bị|đã|đang|không|chưa|là(?!\s+(?:cơ\s+quan\s+|đơn\s+vị\s+)?đầu\s+mối)|thì|gồm|nên)(?!\w)"
)
MANNER = r"(?:(?:trực\s+tiếp|thường\s+xuyên|tiếp\s+tục|chủ\s+động|cùng|phải|sẽ)\s+)*"
CHARGED = re.compile(
    rf"{MANNER}(?:(?:chịu|có)\s+trách\s+nhiệm|có(?:\s+các)?\s+nhiệm\s+vụ|chủ\s+trì(?!\s+(?:các\s+)?(?:hội\s+nghị"
    r"|cuộc|buổi|phiên|kỳ|lễ))|phụ\s+trách|tham\s+mưu"
    r"|theo\s+dõi\s*,\s*(?:đôn\s+đốc|kiểm\s+tra|giám\s+sát|tổng\s+hợp)|đôn\s+đốc|hướng\s+dẫn\s+(?:thực|triển|cụ|việc"
    r"|các)|(?:làm|là)\s+(?:cơ\s+quan\s+|đơn\s+vị\s+)?đầu\s+mối|đảm\s+(?:nhiệm|nhận)|giám\s+sát\s+việc|kiểm\s+tra\s+việc|trực\s+tiếp\s+chỉ\s+đạo)(?!\w)"
)
GUIDES = re.compile(rf"{MANNER}(?:theo\s+dõi|hướng\s+dẫn|lãnh\s+đạo|chỉ\s+đạo|phối\s+hợp|giám\s+sát|tổng\s+hợp)(?!\w)")
ANYBODY = re.compile(
    r"(?:(?:các|mỗi|mọi|toàn\s+thể|từng)\s+)?(?:cán\s+bộ|đảng\s+viên|công\s+chức|người"
    r"|các\s+cấp\s+ủy\s*,)(?!\s+(?:dự|chính|được|phụ|tổ))"
)
OWES = re.compile(r"(?:phải\s+)?(?:có|chịu)\s+trách\s+nhiệm")
HEAD = re.compile(r"(?:^|[;:.])\s*$")
COUNTED = re.compile(r"(?<!\w)(?:có|được)\s+\d")
REPORTING = re.compile(r"(?<!\w)chế\s+độ\s+(?:thông\s+tin|báo\s+cáo)")
IS_DONE = re.compile(
    r"(?<!\w)(?:hoàn\s+thành|tổ\s+chức|tiến\s+hành|thực\s+hiện|báo\s+cáo|gửi|nộp|tổng\s+hợp|triển\s+khai|ban\s+hành"
    r"|trình|công\s+khai)(?!\w)[^;]{0,60}$"
)
POLITE = re.compile(
    r"(?:có\s+mặt|tham\s+dự|đến\s+dự|quan\s+tâm|biết)(?!\w)|(?:nghiêm\s+túc|khẩn\s+trương"
    r"|phối\s+hợp)\s+(?:triển\s+khai\s+)?(?:tổ\s+chức\s+)?thực\s+hiện\s*(?:nghiêm\s+túc\s*)?[.;]?\s*$"
)
BY_ANYONE = re.compile(
    r"(?<!\w)(?:chi\s+bộ|chi\s+[uủ][ỷy]|chi\s+uỷ|cấp\s+(?:ủy|uỷ)|cơ\s+sở|đại\s+hội|hội\s+nghị|bí\s+thư)(?!\w)"
)
SHOULD_NEED = re.compile(r"(?<!\w)(?:khó\s+khăn|vướng\s+mắc|khi\s+cần|nếu\s+có)(?!\w)")
MUST = re.compile(
    r"(?<!\w)(?:phải|được\s+(?:gửi|cập\s+nhật|cấp|trả|giải\s+quyết|thông\s+báo|báo\s+cáo|nộp|công\s+khai))(?!\w)"
)
PHRASE = re.compile(r"[^;.:()]{2,70}(?!\w)")
SAYS = re.compile(
    r"(?:ban\s+hành|thông\s+báo|công\s+bố|kết\s+luận|thống\s+nhất|đồng\s+ý|quyết\s+định|trân\s+trọng|biểu\s+dương"
    r"|ghi\s+nhận|nhận\s+thấy|đề\s+nghị|kiến\s+nghị|hoàn\s+thành\s+tốt|đạt)(?!\w)"
)
EVENT_CUE = re.compile(r"tr[ưu][ơớo]c\s+(?:khi|đại|kỳ|phiên|hội|tết|mỗi|ngày|các|mùa)|ngay\s+sau")
ALONE = re.compile(r"(?:chủ\s+trì|giám\s+sát|phụ\s+trách|tham\s+gia|dự)\s*$")
"""Without an object: who sat at the head of a table."""
SINCE = re.compile(r"(?<!\w)từ\s+(?:năm|tháng)\s+\d")
