"""Who is told to act in a clause: the bodies and people that stand before what they do.

A body counts where it can be the subject: at the head of a clause, behind "giao", "đề nghị", "yêu cầu", behind "do" and
"được", and where a verb of work or a time follows it. "gửi về Văn phòng Đảng ủy" makes Văn phòng no actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.language.text import key
from index.reading.markers import CAPITALS

_COUNTED = (
    r"(?:(?:các|những|mỗi|mọi|từng|toàn\s+thể|tập\s+thể|cấp|quý(?=\s+(?:cơ|đơn|đồng)\s)|tất\s+cả(?:\s+các)?"
    r"|\d{1,3}(?:/\d{1,3})?)\s+){0,3}"
)
_HEAD = (
    r"(?:cấp(?=\s+có\s+thẩm)|ban(?!\s+hành)|[ủu][ỷy]\s+ban|uỷ\s+ban|chi\s+bộ|chi\s+[uủ][ỷyỵ]|chi\s+uỷ|chi\s+đoàn"
    r"|chi\s+hội|đảng\s+viên\s+(?:dự\s+bị|chính\s+thức)|đảng\s+(?:uỷ|ủy|bộ|viên|đoàn)"
    r"|cấp\s+(?:uỷ|ủy)|(?:tỉnh|thành|huyện|quận|thị|quân)\s+(?:uỷ|ủy)|văn\s+phòng|thường\s+(?:trực|vụ)"
    r"|bộ\s+(?:chính\s+trị|phận)"
    r"|đoàn(?!\s+kết)|hội(?!\s+(?:nghị|trường|thi|thảo|nhập|viên|họp))|hội\s+viên|hđnd|ubnd|ubkt|mttq|mặt\s+trận"
    r"|công\s+(?:đoàn|an|chức)"
    r"|phòng(?!\s*(?:,|chống|cháy|ngừa|họp|thủ))|sở(?!\s+(?:chỉ|hữu|dĩ))|trung\s+tâm|trường(?!\s+hợp)|trạm"
    r"|bệnh\s+viện|viện|cơ\s+quan\s+thường\s+trực|cơ\s+(?:quan|sở)"
    r"|đơn\s+vị|địa\s+phương|đ/c|hạt|đài|bưu\s+(?:điện|cục)|nhà\s+(?:trường|thầu)|điện\s+lực|(?:chi\s+)?cục|ngành"
    r"|nhóm|cụm|khối(?!\s+lượng)|hộ(?=\s+(?:gia|kinh|dân|sản|nào|ở))|gia\s+đình|quần\s+chúng|thí\s+sinh|ứng\s+viên"
    r"|chủ\s+(?:hộ|đầu\s+tư|cơ\s+sở)|nhân\s+viên|(?:tuyên\s+truyền|hòa\s+giải|cấp\s+dưỡng)\s+viên|tư\s+lệnh|chỉ\s+huy"
    r"|toàn\s+(?:cơ\s+quan|đơn\s+vị)|(?:xóm|thôn|ấp|buôn|làng|phường|thị\s+trấn)(?=\s+[^\W\d])|nơi(?=\s+(?:chưa|còn|đã|có))"
    r"|tập\s+thể|cá\s+nhân|tổ\s+chức\s+(?:đảng|cơ\s+sở|chính\s+trị|đoàn)|tổ(?!\s+chức)|tiểu\s+ban|đội(?!\s+ngũ)"
    r"|liên\s+đoàn|đồng\s+chí|ông|bà"
    r"|(?:phó\s+)?(?:bí\s+thư|chủ\s+tịch|chủ\s+nhiệm|giám\s+đốc|hiệu\s+trưởng|chánh|trưởng|tổ\s+trưởng"
    r"|viện\s+trưởng)|thủ\s+trưởng"
    r"|người(?=\s+(?:tiếp|đứng|được|chủ|phụ|trực|có|ký|giới))|lãnh\s+đạo(?=\s+(?:các|cơ|đơn|phòng|ban|văn|ubnd|ủy))"
    r"|thành\s+viên|thư\s+ký|thủ\s+quỹ|kế\s+toán|cán\s+bộ|đại\s+biểu|báo\s+cáo\s+viên"
    r"|giáo\s+viên|học\s+viên|giảng\s+viên|đoàn\s+viên|cộng\s+tác\s+viên|[uủ][ỷyỵ]\s+viên|uỷ\s+viên|(?:đảng|cấp"
    r"|chi)\s+(?:uỷ|ủy)\s+viên|hợp\s+tác\s+xã|doanh\s+nghiệp|công\s+ty"
    r"|khoa|lực\s+lượng|trợ\s+lý|chuyên\s+viên|kiểm\s+tra\s+viên|ngân\s+hàng|tòa\s+án|toà\s+án|kho\s+bạc|bhxh|đặc\s+khu"
    r"|(?:các|\d{1,3})\s+(?:xã|phường|khu\s+phố|thôn|ấp|xóm|huyện|tỉnh|đoàn\s+thể|ngành|chi|nhóm|hộ|khối|lớp)"
    r"|(?:khu\s+phố|tổ\s+dân\s+phố|khóm)\s+\d{1,2})(?!\w)"
)
_WORK = (
    r"(?:báo\s+cáo|tổng\s+hợp|gửi|nộp|hoàn\s+(?:thành|thiện|chỉnh|tất)|xây\s+dựng|tổ\s+chức|triển\s+khai|rà\s+soát"
    r"|lập|chuẩn\s+bị"
    r"|đăng\s+ký|bàn\s+giao|kiểm\s+(?:tra|điểm|kê|phiếu)|giám\s+sát|hướng\s+dẫn|theo\s+dõi|đôn\s+đốc|tham\s+mưu"
    r"|chủ\s+(?:trì|động)|phối\s+hợp"
    r"|phụ\s+trách|(?:chịu|có|nêu\s+cao)\s+trách\s+nhiệm|có(?:\s+các)?\s+nhiệm\s+vụ|lãnh\s+đạo|chỉ\s+đạo|ban\s+hành"
    r"|trình(?!\s+(?:độ|tự))|họp|sinh\s+hoạt|giao\s+ban|quy\s+định|hội\s+ý|nghe|sơ\s+kết|tổng\s+kết|phân\s+công"
    r"|kiện\s+toàn|cử|làm(?:\s+việc|\s+xong)?|cập\s+nhật|thống\s+(?:kê|nhất)|đối\s+(?:chiếu|thoại)|thông\s+báo"
    r"|niêm\s+yết|công\s+(?:khai|bố)"
    r"|tiếp(?:\s+(?:nhận|thu|tục|công|xúc))?|bố\s+trí|phê\s+duyệt|duyệt|thẩm\s+(?:định|tra)|trả|xem\s+xét"
    r"|kết\s+(?:luận|nạp)|cho\s+ý\s+kiến|góp\s+ý"
    r"|đề\s+(?:xuất|nghị)|kiến\s+nghị|tuyên\s+truyền|vận\s+động|phổ\s+biến|quán\s+triệt|tập\s+(?:huấn|trung)"
    r"|bồi\s+dưỡng|mở|đưa|dự(?!\s+(?:bị|án|toán|kiến|phòng|thảo))|phát\s+(?:hành|động|hiện)"
    r"|quyết\s+(?:toán|định)|thanh\s+toán|khắc\s+phục|chấn\s+chỉnh|xử\s+lý|giải\s+(?:quyết|trình)|thực\s+hiện"
    r"|thi\s+hành|cụ\s+thể\s+hóa|tháo\s+(?:dỡ|gỡ)"
    r"|di\s+dời|lắp(?:\s+đặt)?|sửa(?:\s+chữa)?|thu(?:\s+(?:gom|hồi|thập|nộp))?|nhập|số\s+hóa|chuyển|chốt"
    r"|tuyển(?:\s+chọn)?|giới\s+thiệu|ký|viết|lưu|giữ|chứng\s+kiến"
    r"|nhận\s+xét|bảo\s+đảm|đảm\s+bảo|duy\s+trì|thành\s+lập|sắp\s+xếp|biểu\s+dương|khen\s+thưởng|trao(?!\s+đổi)|tặng"
    r"|thăm|ra(?=\s)|gắn|mời|tham\s+(?:gia|dự)"
    r"|cung\s+cấp|sưu\s+tầm|xác\s+minh|truy\s+thu|đánh\s+giá|xếp\s+loại|bầu|yêu\s+cầu|đồng\s+ý|nhất\s+trí"
    r"|giao(?!\s+(?:ban|thông|dịch|lưu))|nghiên\s+cứu|học\s+tập|soạn\s+thảo|dự\s+thảo|biên\s+soạn"
    r"|in|vận\s+hành|khai\s+trương|nghiệm\s+thu|giúp(?!\s+việc)(?:\s+đỡ)?|bổ\s+sung|điều\s+chỉnh|quản\s+lý|sử\s+dụng"
    r"|đầu\s+tư|nâng\s+cấp|cải\s+tạo|trồng|quét|treo|trang\s+trí"
    r"|tiến\s+hành|nắm|di\s+chuyển|thảo\s+luận|phản\s+ánh|kê\s+khai|thẩm\s+định|tự|đón|gặp(?:\s+mặt)?|chúc"
    r"|khảo\s+sát|thí\s+điểm|nhân\s+rộng|lấy|phát(?!\s+triển)|sao|dán|đọc|ghi|nhắc|trực(?!\s+(?:tiếp|thuộc|tuyến"
    r"|quan))|công\s+nhận|cam\s+kết"
    r"|có\s+(?:văn\s+bản|ý\s+kiến|kế\s+hoạch|mặt)|hỗ\s+trợ|đảm\s+(?:nhiệm|nhận)|củng\s+cố|tăng\s+cường|phấn\s+đấu"
    r"|nâng\s+cao|đẩy\s+mạnh|giữ\s+vững|khuyến\s+khích|động\s+viên|trích|chi\s+(?:trả|hỗ)|đóng|mua|thuê|giải\s+ngân"
    r"|cấp(?=\s+(?:phát|đổi|lại|giấy|thẻ|mã))|chấm|thẩm\s+vấn|quay|đăng|tải|truyền|kết\s+nối|liên\s+hệ|hòa\s+giải|đo"
    r"|đếm|xóa|khai\s+giảng|bế\s+giảng|tổ\s+giác"
    r"|nhận|bốc\s+thăm|khóa(?=\s+sổ)|biểu\s+diễn|rà\s+lại|tập\s+(?:hợp|luyện|kết)|chào(?=\s+cờ)|truyền\s+đạt|lồng\s+ghép|nạo\s+vét"
    r"|phân\s+(?:bổ|loại|phối)|phát\s+huy|soát\s+xét|soạn|thông\s+qua|thi\s+công|trang\s+bị|trưng\s+bày|triệu\s+tập"
    r"|tra\s+soát|tu\s+sửa|viếng|xác\s+nhận|xuất\s+bản|hoàn\s+trả|phúc\s+(?:tra|đáp)|phản\s+hồi|hạch\s+toán|hiệp\s+thương"
    r"|chỉnh\s+(?:sửa|lý)|bảo\s+quản|khởi\s+công|kiểm\s+(?:đếm|soát|duyệt)|đối\s+soát|tìm|bỏ\s+phiếu|nhất\s+loạt|gia\s+hạn|giải\s+tán|thay|ủy\s+quyền|uỷ\s+quyền|lên|đi|về(?=\s+dự)|bám|đạt|hình\s+thành|kết\s+thúc"
    r"|rút\s+kinh|chăm\s+lo|tri\s+ân|dọn|vệ\s+sinh|khám|tiêm|phun|ủng\s+hộ|quyên\s+góp|chọn|lựa\s+chọn|xin"
    r"|chuyển\s+giao|luân\s+chuyển|nêu|đề\s+ra|xác\s+định|đối\s+khớp|rút)"
)
_ADVERB = (
    r"(?:phải|cần|sẽ|nên|trực\s+tiếp|khẩn\s+trương|nghiêm\s+túc|kịp\s+thời|thường\s+xuyên|chủ\s+động|tích\s+cực"
    r"|tiếp\s+tục"
    r"|sớm|đồng\s+loạt|chính\s+thức|tự|cùng|cũng|đồng\s+thời|tập\s+trung|định\s+kỳ|trong|trước|chậm\s+nhất"
    r"|muộn\s+nhất|hằng|hàng|mỗi|vào|xong|đến|từ\s+ngày"
    r"|căn\s+cứ|đều|không|chưa|đã|đang|được|bị|có\s+(?:thể|quyền)|là|thì|gồm)"
)
_STOP = re.compile(rf"(?P<verb>{_WORK}|{_ADVERB})(?!\w)")
WORKS = re.compile(rf"{_WORK}(?!\w)")
_SUBJECT = re.compile(rf"{_COUNTED}{_HEAD}")
_INNER = re.compile(
    r"(?:phụ\s+trách|được|chưa|còn|bị|có(?!\s+(?:trách|nhiệm|thể|quyền|văn\s+bản|ý\s+kiến|kế\s+hoạch|mặt))|đã"
    r"|đang)(?!\w)"
)
"""What may still belong to who is meant: "cấp ủy viên phụ trách địa bàn", "chi bộ được giám sát"."""
_NOT_INNER = re.compile(r"được\s+(?:nghỉ|hưởng|miễn|giảm|quyền|xét|cộng|tính|thông\s+báo|bảo|ưu)|đã\s+\w+")
_COMPOUND = re.compile(
    r"(?<!\w)(?:(?:(?<!công\s)đoàn|tổ|ban|đội|bộ\s+phận|hội\s+đồng)\s+(?:kiểm\s+(?:tra|phiếu|kê)|giám\s+sát"
    r"|tổ\s+chức|thẩm\s+(?:tra|định)|xác\s+minh"
    r"|soạn\s+thảo|biên\s+soạn|quản\s+lý|vận\s+động|tiếp\s+(?:nhận|công)|tuyên\s+truyền|chỉ\s+đạo|trực|xử\s+lý)"
    r"|giúp\s+việc|thư\s+ký|thường\s+trực|nơi\s+(?:[^\W\d]+\s+)?[^\W\d]+"
    r"|cấp\s+trên\s+trực\s+tiếp|(?:của|các|từ)\s+tổ\s+chức|vắng\s+họp|theo\s+phân\s+công|(?:cơ\s+quan|đơn\s+vị)\s+(?:chủ\s+trì|soạn\s+thảo|tham\s+mưu|phối\s+hợp|quản\s+lý)|cán\s+bộ\s+tổ\s+chức"
    r"|người\s+chủ\s+trì)$"
)
"""A word of work that belongs to a name: "đoàn kiểm tra", "tổ kiểm phiếu", "cơ quan soạn thảo"."""
_WORD = re.compile(r"[^\s,;:()]+")
_JOIN = re.compile(rf"\s*(?:,(?:\s+và)?|\s(?:và|cùng|hoặc))\s+(?={_SUBJECT.pattern})")
_SAME_HEAD = re.compile(
    r"\s*(?:,(?:\s+và)?|\s(?:và|hoặc))\s+(?=(?:đơn\s+vị|giúp\s+việc|phường|xã|đặc\s+khu|thị\s+trấn|thành\s+phố|phó"
    r"|bản|thôn|khu|tổ\s+chức|đoàn\s+thể|cá\s+nhân|địa\s+phương|ban|ngành|viên\s+chức|người\s+lao|công\s+chức|chống"
    r"|tp|dịch\s+vụ))"
)
_ORDER = (
    r"(?:(?<!bàn\s)(?<!chuyển\s)(?<!được\s)giao(?!\s+ban(?!\s+(?:tổ|tuyên|xây|dân|nội|thường|chỉ|chấp|quản|kiểm|bảo"
    r"|kinh)))(?:\s+(?:cho|nhiệm\s+vụ(?:\s+cho)?|trách\s+nhiệm(?:\s+cho)?))?|phân\s+công|yêu\s+cầu|đề\s+nghị"
    r"|ủy\s+nhiệm|ủy\s+quyền(?:\s+cho)?)"
)
_NAMED = re.compile(rf"(?:[{CAPITALS}][^\W\d_]*\s+){{2,5}}")
_ORDERING = re.compile(_ORDER)
_TOPIC = re.compile(r"\svề\s+(?:các|việc|những)\s")
"""In no name: "báo cáo lên tỉnh ủy, thành ủy về các biến động" names who is reported to."""
_COLON = re.compile(r":\s*")
_NAME_ONLY = re.compile(rf"[Đđ]ồng\s+chí(?:\s+[{CAPITALS}][^\W\d_]*){{2,5}}")
_APPOSED = re.compile(rf",\s(?!nguyên\s)[^,;:.]{{3,60}},\s+(?P<verb>{WORKS.pattern})")
_TITLED = re.compile(rf"[Đđ]ồng\s+chí\s+(?:[{CAPITALS}][^\W\d_]*\s*){{2,5}}(?=,\s+(?!đồng\s+chí)\w)")
_PLACES = re.compile(
    r"(?P<head>^\W*)|(?P<semi>[;:.]\s*(?:-\s*|\+\s*|\(\d\)\s*|riêng\s+|còn\s+|đồng\s+thời\s*,?\s*|và\s+)?)"
    rf"|(?P<comma>,\s*(?:và\s+|còn\s+|riêng\s+)?)|(?P<order>(?<!\w){_ORDER}(?:\s+cho)?\s*:?\s*)"
    r"|(?P<by>(?<!\w)(?:do|bởi|được)\s+)|(?P<mark>\(\d\)\s*)|(?P<also>(?<!\w)(?:riêng|đối\s+với)\s+)"
    r"|(?P<after>(?:(?<=20\d\d)|(?<=/\d)|(?<=/\d\d))\s+(?:[-–]\s+)?)"
    r"|(?P<every>(?<!\w)(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)\s+)"
)
_CONDITION = re.compile(
    r"(?:^|[;.]\s*)(?:nếu|trường\s+hợp|khi|sau\s+khi|trước\s+khi|để|nhằm|trên\s+cơ\s+sở|căn\s+cứ|theo|thực\s+hiện"
    r"|xét|qua|nhân|nhận\s+được|hưởng\s+ứng|kết\s+thúc)(?!\w)[^,;]*$"
)
_LONGEST = 220


class Actor(NamedTuple):
    """``text[start:end]`` names who acts. ``verb``: where what they do begins, and ``verb_end`` its first word's end.

    ``ordered``: the paper itself gives it to them in this clause; ``inner``: named on the way ("do … chủ trì", "phân
    công đảng viên …" in what another does); ``first``: no other stands before them in their segment.
    """

    start: int
    end: int
    verb: int
    verb_end: int
    ordered: bool = False
    inner: bool = False
    first: bool = True


def find_actors(shown: str, text: str) -> tuple[Actor, ...]:
    """The actors of a clause in order. ``shown``: its key; ``text``: as printed."""
    found: list[Actor] = []
    position = 0
    for place in _PLACES.finditer(shown):
        start = place.end()
        if start < position or not (head := _SUBJECT.match(shown, start) or _person(shown, text, start)):
            continue
        kind = place.lastgroup
        if kind in ("after", "every") and _CONDITION.search(shown, 0, start):
            continue
        begin = shown.rfind(";", 0, start) + 1
        ordered = kind == "order" and _ORDERS.search(shown, begin, place.start()) is not None
        if ordered and _COMMA.search(shown, begin, place.start()) and any(one.start >= begin for one in found):
            ordered = False  # "Chi bộ xem xét, đề nghị cấp ủy …"
        told = _read(shown, text, head, open_end=ordered or not shown[: head.start()].strip())
        if told is None or (kind == "by" and not WORKS.match(shown, told[1])) or _TOPIC.search(shown, start, told[0]):
            continue
        end, verb, verb_end = told
        inner = kind in ("by", "also") or (kind == "order" and not ordered)
        first = kind != "comma" or not any(one.start >= begin for one in found)
        found.append(Actor(head.start(), end, verb, verb_end, ordered, inner, first))
        position = max(end, verb)
    return tuple(_without_orderers(shown, found))


def _read(shown: str, text: str, head: re.Match[str], *, open_end: bool) -> tuple[int, int, int] | None:
    """Where the actor that begins here ends, and where its verb begins and ends; None where none follows.

    ``open_end``: a colon may stand for the verb.
    """
    position, limit = head.end(), min(len(shown), head.start() + _LONGEST)
    inner: re.Match[str] | None = None
    while position < limit:
        gap = shown[position]
        if gap == "(" and (close := shown.find(")", position)) >= 0:
            position = close + 1
        elif joined := inner is None and _joined(shown, text, position):
            after = _SUBJECT.match(shown, joined)
            position = after.end() if after else joined
        elif gap in ",;:(":
            break
        elif not (word := _WORD.match(shown, position)):
            position += 1
        elif stop := _stops(shown, text, head, word):
            if inner or not (inner := _belongs(shown, text, stop)):
                return _told(shown, text, head, stop)
            position = _past(shown, inner)
        else:
            position = word.end()
    if inner is not None and (stop := _STOP.match(shown, inner.start())):
        return _told(shown, text, head, stop)
    if told := _behind_title(shown, text, head):
        return told
    colon = _COLON.match(shown, position) if open_end else None
    return (position, colon.end(), colon.end()) if colon else None


def _behind_title(shown: str, text: str, head: re.Match[str]) -> tuple[int, int, int] | None:
    """ "Đồng chí Bùi Văn Long, đảng viên chính thức, theo dõi …"."""
    name = _NAME_ONLY.match(text, head.start())
    verb = _APPOSED.match(shown, name.end()) if name else None
    return (name.end(), verb.start("verb"), verb.end()) if name and verb else None


def _joined(shown: str, text: str, position: int) -> int:
    """Where a name goes on behind a comma or "và"; 0 where it does not."""
    match = _JOIN.match(shown, position) or _SAME_HEAD.match(shown, position)
    if match is None and (name := _AND.match(shown, position)) and text[name.end() : name.end() + 1].isupper():
        match = name
    return match.end() if match else 0


def _stops(shown: str, text: str, head: re.Match[str], word: re.Match[str]) -> re.Match[str] | None:
    """The verb or adverb that begins with this word, where it is none of the name's."""
    stop = _STOP.match(shown, word.start())
    if stop is None or text[word.start()].isupper() or _COMPOUND.search(shown, head.start(), stop.end()):
        return None
    return stop


def _belongs(shown: str, text: str, stop: re.Match[str]) -> re.Match[str] | None:
    """What may still say who is meant."""
    more = _INNER.match(shown, stop.start())
    if more is None or _NOT_INNER.match(shown, stop.start()) or _AND.match(shown, more.end()):
        return None
    before = text[: stop.start()].rsplit(None, 1)
    by_name = more[0].startswith("phụ") and bool(before) and before[-1][:1].isupper()
    return None if by_name else more


def _person(shown: str, text: str, start: int) -> re.Match[str] | None:
    """A name without a title, where a verb follows: "Trần Thị Bích Hạnh hoàn thiện …"."""
    named = None if _ORDERING.match(shown, start) else _NAMED.match(text, start)
    return named if named and WORKS.match(shown, named.end()) and text[named.end()].islower() else None


def _past(shown: str, inner: re.Match[str]) -> int:
    """Behind the word that follows "được" or "có"."""
    word = None if " " in inner[0] else _WORD.match(shown, inner.end() + 1)
    return word.end() if word else inner.end()


def _told(shown: str, text: str, head: re.Match[str], stop: re.Match[str]) -> tuple[int, int, int]:
    end = head.start() + len(shown[head.start() : stop.start()].rstrip(" ,\n"))
    if title := _TITLED.match(text, head.start(), end):
        end = title.end()
    return end, stop.start(), stop.end()


_AND = re.compile(r"\s*,(?:\s+và)?\s+|\s+và\s+")
_COMMA = re.compile(r",\s*$")
_ORDERS = re.compile(
    r"(?:^|[:.,)]|^\W*\(\d\))\s*(?:(?:đồng\s+thời|theo\s+đó"
    rf"|và)\s*,?\s*)?(?:(?:{_SUBJECT.pattern})(?:\s[^\W\d_]+){{0,9}}?"
    r"(?:\s+(?:thống\s+nhất|quyết\s+định|kết\s+luận|đồng\s+ý|nhất\s+trí|đề\s+nghị))?\s*,?\s*|(?:kết\s+luận"
    r"|thống\s+nhất|quyết\s+định|đồng\s+ý)\s*:?\s*"
    r"|(?:nhiệm\s+vụ|công\s+việc|việc|nội\s+dung)(?!\w)[^,;:]{0,60}?\s)?$"
)
"""What stands before "giao" where the paper itself gives: nothing, or its issuer."""
_GIVES = re.compile(rf"(?:(?:thống\s+nhất|quyết\s+định|kết\s+luận|đồng\s+ý|nhất\s+trí)\s*,?\s+)?{_ORDER}(?!\w)")


def _without_orderers(shown: str, actors: list[Actor]) -> Iterator[Actor]:
    """Those that do the work: "Ban Thường vụ giao Ban Xây dựng Đảng …" tells the second."""
    for place, actor in enumerate(actors):
        following = actors[place + 1] if place + 1 < len(actors) else None
        gives = None if actor.ordered else _GIVES.match(shown, actor.verb)
        if gives and following and following.start - gives.end() <= 3:
            continue
        yield actor


_OF = re.compile(
    r"(?:^|(?:đối\s+với|trách\s+nhiệm\s+của|nhiệm\s+vụ\s+của|báo\s+cáo\s+của|phân\s+công"
    rf"|giao)\s+)(?P<who>{_SUBJECT.pattern}.*)$"
)
_DECLARES = re.compile(
    r"(?:ban\s+hành|thông\s+báo|công\s+bố|kết\s+luận|quy\s+định|quyết\s+định|thống\s+nhất|xây\s+dựng|báo\s+cáo"
    r"|yêu\s+cầu|đề\s+nghị|hướng\s+dẫn|nêu)(?!\w)"
)
_LEADS = re.compile(r"(?:chịu|có)\s+trách\s+nhiệm|có(?:\s+các)?\s+nhiệm\s+vụ|thực\s+hiện|chủ\s+trì|tập\s+trung|làm")


def named_in(heading: str) -> str:
    """Whom a heading names as those whom what stands below is for: "2. Đối với các chi bộ trực thuộc"."""
    text = _LABEL.sub("", heading).strip(" .:")
    match = _OF.search(key(text))
    return text[match.start("who") :] if match and len(match["who"]) <= _LONGEST_NAME else ""


def charged_in(lead: str) -> tuple[str, bool]:
    """Whom the lead of a list names, and whether it gives them what the items say."""
    shown = key(lead)
    actors = find_actors(shown, lead)
    if not actors:
        named = named_in(lead)
        return named, False
    last = actors[-1]
    if not last.ordered and _DECLARES.match(shown, last.verb):
        return "", False
    return lead[last.start : last.end], last.ordered or _LEADS.match(shown, last.verb) is not None


_LABEL = re.compile(r"^\s*(?:(?:Điều|Mục|Phần|Chương)\s+\w+|[IVX]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)/–-]\s*")
_LONGEST_NAME = 90
