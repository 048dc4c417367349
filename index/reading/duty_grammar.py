"""The patterns by which a clause gives somebody something to do, over its key."""

from __future__ import annotations

import re

from index.reading.actors import WORKS
from index.reading.references import TYPE_NAME

VOID = re.compile(
    r"(?<!\w)(?:trước\s+đây\s+(?:là|yêu\s+cầu|quy\s+định|giao)|(?:nay|đã)\s+(?:được\s+|bị\s+)?(?:bãi\s+bỏ|thu\s+hồi"
    r"|hủy\s+bỏ|thay\s+thế)|không\s+còn\s+(?:áp\s+dụng|hiệu)"
    r"|(?:kế\s+hoạch|quy\s+định|hướng\s+dẫn|công\s+văn|quy\s+chế)\s+cũ|thực\s+tế\s+(?:khánh|hoàn)|kể\s+lại)(?!\w)"
)
TOLD = re.compile(
    r"(?<!\w)(?:vừa\s+qua|cho\s+thấy|cùng\s+kỳ|ước\s+đạt|so\s+với"
    r"|kết\s+quả\s+khảo\s+sát|diễn\s+ra|tính\s+đến|số\s+liệu\s+(?:đến|lấy)|trong\s+đó\s+có\s+\d+|lần\s+lượt)(?!\w)"
)
DONE = re.compile(r"(?<!\w)đã(?!\w)")
HOLDS = re.compile(
    r"(?<!\w)(?:(?:có|hết|còn)\s+(?:hiệu\s+lực|giá\s+trị)|hiệu\s+lực\s+thi\s+hành|nhiệm\s+kỳ(?=\s+(?:của|là))"
    r"|hợp\s+đồng|thời\s+gian\s+(?:dự\s+bị|thử\s+thách|tập\s+sự))(?!\w)"
)
TERM = re.compile(r"(?<!\w)nhiệm\s+kỳ\s+\d")
"""What a term of office holds for; a congress of that term may well have a deadline."""
RIGHT = re.compile(
    r"(?<!\w)(?:được\s+(?:nghỉ|hưởng|miễn|giảm|quyền|xét|cộng|tính|thông\s+báo\s+trước|bảo\s+lưu|ưu\s+tiên|trừ)"
    r"|có\s+quyền|mức\s+(?:đóng|chi|phụ|hỗ|thu|khoán)|phụ\s+cấp|\d+\s+điểm"
    r"|giá\s+thuê|nghỉ\s+phép|mở\s+cửa|lịch\s+trực|tuổi\s+đời|tuổi\s+đảng)(?!\w)"
)
AIM = re.compile(
    r"(?<!\w)(?:phấn\s+đấu(?!\s+hoàn\s+thành)|t[ỷỉ]\s+lệ|chỉ\s+tiêu|mục\s+tiêu|đạt\s+(?:từ|trên|ít|tối|\d)"
    r"|bình\s+quân|tăng\s+trưởng)(?!\w)"
)
STRIVES = re.compile(r"(?<!\w)phấn\s+đấu(?!\w)")
SOME_TIME = re.compile(
    r"(?<!\w)(?:(?:trước|chậm\s+nhất|muộn\s+nhất|không\s+quá|trong|xong|hết)\s+(?:(?:vòng|ngày|tuần|tháng|quý|đợt"
    r"|giờ)\s+)?(?:\d+\s*(?:giờ|ngày|tuần|tháng|/)|này(?!\w)|tới(?!\w))|(?:hằng|hàng)\s+(?:ngày|giờ|buổi)(?!\w))"
)
"""Words of a time, whether it was understood or not."""
SHARE = re.compile(r"\d\s*%")
IF = re.compile(
    r"(?<!\w)(?:(?<!không\s)quá(?=\s+(?:thời\s+hạn|\d))|nếu\s+(?:không|chưa|sau)|mà\s+(?:không|chưa)"
    r"|chậm\s+quá)(?!\w)"
)
CASE = re.compile(r"\W*(?:trường\s+hợp|nếu)(?!\w)")
THEN = re.compile(r"(?<!\w)thì(?!\w)")
PUT_INTO = re.compile(
    r"(?<!\w)(?:đưa|bổ\s+sung)\s+vào\s+(?:nội\s+dung|chương\s+trình|kế\s+hoạch|tiêu\s+chí)(?!\w)[^,;]*$"
)
"""What follows says of what kind that is: "đưa vào nội dung đánh giá đảng viên hằng năm"."""
REGULAR = re.compile(
    r"(?<!\w)(?:hằng\s+năm|hàng\s+năm|mỗi\s+năm|định\s+kỳ|chế\s+độ\s+(?:thông\s+tin,?\s+)?báo\s+cáo)(?!\w)"
)
REGULAR_SPAN = re.compile(
    r"(?<!\w)(?:báo\s+cáo|sơ\s+kết|tổng\s+kết|kỳ|quý|và|,|đối\s+với)\s+(?:[^\W\d]+\s+){0,3}?(?P<span>(?:0?6"
    r"|sáu)\s+tháng|(?:0?9|chín)\s+tháng|quý|năm)(?!\w)(?!\s+20)"
)
REPORTS = re.compile(
    r"(?<!\w)(?:báo\s+cáo|sơ\s+kết|tổng\s+kết)\s+(?:sơ\s+kết\s+|tổng\s+kết\s+|định\s+kỳ\s+|công\s+tác\s+)?(?:0?6\s+tháng"
    r"|sáu\s+tháng|0?9\s+tháng|chín\s+tháng|quý|năm)(?!\w)(?!\s*/?\s*(?:20\d|[ivx]+(?!\w)|[1-4](?!\d)|đầu|cuối|qua|học))"
)
"""Reports that come again: "báo cáo 6 tháng …; báo cáo năm …"."""
ACTS = re.compile(
    r"\W*(?:(?:định\s+kỳ\s+)?(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)\s*,?\s*)?"
    rf"(?!(?:quy\s+định|{TYPE_NAME})\s+(?:này|số|về)(?!\w)|quy\s+định)(?:(?:phải|cần|tiếp\s+tục|khẩn\s+trương"
    rf"|chủ\s+động|kịp\s+thời|nghiêm\s+túc|định\s+kỳ|đồng\s+thời)\s+){{0,2}}{WORKS.pattern}"
)
THEN_ACTS = re.compile(rf"\s*[:,]\s*{WORKS.pattern}")
OWN_SUBJECT = re.compile(
    r"\W*(?:việc|kinh\s+phí|công\s+trình|danh\s+sách|hồ\s+sơ|kết\s+quả|báo\s+cáo|nội\s+dung|văn\s+bản"
    r"|thời\s+gian)(?!\w)[^;]*?(?<!\w)(?:được|nộp|gửi|hoàn)(?!\w)"
)
UNABLE = re.compile(
    r"(?:đều(?!\s+(?:phải|cần))|có\s+(?:quyền|thể)|được|bị|đã|đang|không|chưa|là(?!\s+(?:cơ\s+quan\s+|đơn\s+vị\s+)?đầu\s+mối)|thì|gồm|nên)(?!\w)"
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
    r"(?:có\s+mặt|thảo\s+luận|cho\s+ý\s+kiến|(?:tiếp\s+tục\s+)?phát\s+huy\s+(?:kết|thành)|tham\s+dự|đến\s+dự|quan\s+tâm|biết)(?!\w)|(?:nghiêm\s+túc|khẩn\s+trương"
    r"|phối\s+hợp)\s+(?:triển\s+khai\s+)?(?:tổ\s+chức\s+)?thực\s+hiện\s*(?:nghiêm\s+túc\s*)?[.;]?\s*$"
)
BY_ANYONE = re.compile(
    r"(?<!\w)(?:chi\s+bộ|chi\s+[uủ][ỷy]|chi\s+uỷ|cấp\s+(?:ủy|uỷ)|cơ\s+sở|đại\s+hội|hội\s+nghị|bí\s+thư)(?!\w)"
)
SHOULD_NEED = re.compile(r"(?<!\w)(?:khó\s+khăn|vướng\s+mắc|khi\s+cần|nếu\s+có)(?!\w)")
MUST = re.compile(
    r"(?<!\w)(?:phải|được\s+(?:gửi|phân\s+loại|xử\s+lý|thẩm\s+định|xem\s+xét|thanh\s+toán|hoàn|bổ\s+sung|chuyển|công\s+bố"
    r"|niêm\s+yết|lập|phê\s+duyệt|tổ\s+chức|lưu|cập\s+nhật|cấp|trả|giải\s+quyết|thông\s+báo|báo\s+cáo|nộp|công\s+khai))(?!\w)"
)
PHRASE = re.compile(r"[^;.:()]{2,70}(?!\w)")
SAYS = re.compile(
    r"(?:ban\s+hành|thông\s+báo|công\s+bố|kết\s+luận|thống\s+nhất|đồng\s+ý|quyết\s+định|trân\s+trọng|biểu\s+dương"
    r"|ghi\s+nhận|nhận\s+thấy|đề\s+nghị|kiến\s+nghị|hoàn\s+thành\s+tốt|đạt)(?!\w)"
)
EVENT_CUE = re.compile(r"tr[ưu][ơớo]c\s+(?:khi|đại|kỳ|phiên|hội|tết|mỗi|ngày|các|mùa)|ngay\s+sau")
GIVEN = re.compile(r"(?:giao|phân\s+công)(?:\s+(?:cho|nhiệm\s+vụ\s+cho))?\s*:?\s*$")
BYGONE = re.compile(
    r"\W*(?:trước\s+đây|(?:thời\s+gian|năm|nhiệm\s+kỳ|những\s+năm)\s+(?:vừa\s+)?qua|vừa\s+qua|những\s+năm"
    r"|trong\s+(?:năm|quý|tháng|kỳ|nhiệm\s+kỳ)\s*,|(?:tại|phát\s+biểu)\s[^;]*?(?:hội\s+nghị|buổi|cuộc|phiên|đại\s+hội)"
    r"|biên\s+bản|kiểm\s+điểm|theo\s+(?:quy\s+chế|điều\s+lệ)\s*,|năm\s+(?P<year>20\d\d))(?!\w)"
)
"""How a clause begins that tells what was or what a rule says."""
NO_CHARGE = re.compile(
    r"(?<!\w)(?:chức\s+năng|quyền\s+hạn|về\s+(?:việc\s+)?(?:chậm|để\s+xảy|những\s+(?:hạn|khuyết|tồn)))(?!\w)"
)
NEEDED = re.compile(r"(?:(?:có|chịu)\s+trách\s+nhiệm|phải|cần|góp\s+ý)(?!\w)")
EVERYBODY = re.compile(
    r"(?:(?:các|mỗi|mọi|toàn\s+thể|từng|những|và|cán\s+bộ|công\s+chức|viên\s+chức|đảng\s+viên|đại\s+biểu"
    r"|người\s+lao\s+động)[\s,]*)+"
)
ALONE = re.compile(r"(?:tham\s+mưu|chủ\s+trì(?:\s*,\s*kết\s+luận)?|giám\s+sát|phụ\s+trách|tham\s+gia|dự)\s*$")
"""Without an object: who sat at the head of a table."""
SINCE = re.compile(r"(?<!\w)từ\s+(?:năm|tháng)\s+\d")
