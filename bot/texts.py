"""Every Vietnamese sentence that the application says; words in braces are filled in.

To be read and corrected by somebody who does not program. The bot calls itself "tôi" and the person "đồng chí".
An error says what happened, with which value, and what to do now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Protocol

# ---------------------------------------------------------------------------------------------------- conversation
GREETING: Final = (
    "Chào đồng chí! Tôi là trợ lý tra cứu chỉ thị, nghị quyết và văn bản của Đảng. "
    "Đồng chí cứ hỏi bằng lời thường; tôi trả lời bằng đúng lời của văn bản, kèm số hiệu, mục và trang."
)
THANKS: Final = "Không có gì, rất vui được giúp đồng chí. Đồng chí cần tra cứu thêm thì cứ hỏi tôi."
FAREWELL: Final = "Chào đồng chí, hẹn gặp lại."
HELP: Final = (
    "Tôi là trợ lý tra cứu văn bản: tôi trả lời bằng đúng lời của văn bản, kèm nơi trích dẫn. Đồng chí có thể:\n"
    "• Hỏi về nội dung: “Chi bộ sinh hoạt mỗi tháng mấy lần?”\n"
    "• Hỏi theo số hiệu: “QĐ 19 điều 7”, “Quy định 19-QĐ/ĐU ai ký?”\n"
    "• Hỏi tiếp: “còn khoản 2?”, “ban hành ngày nào?”, “thế đảng viên dự bị thì sao?”\n"
    "• Gõ không dấu cũng được.\n"
    "Gõ /moi để bắt đầu chuyện khác, /trogiup để xem lại hướng dẫn này."
)
NEW_CONVERSATION: Final = "Vâng, ta bắt đầu chuyện mới. Đồng chí muốn hỏi điều gì?"
EMPTY_MESSAGE: Final = "Tôi chưa thấy câu hỏi nào. Đồng chí muốn hỏi điều gì?"
TOO_LONG: Final = (
    "Tin nhắn dài {length} ký tự, quá mức {limit} ký tự mà tôi đọc được một lần. "
    "Đồng chí vui lòng hỏi ngắn gọn hơn, mỗi lần một việc."
)
UNKNOWN_COMMAND: Final = "Tôi không có lệnh {command}. Gõ /trogiup để xem hướng dẫn, hoặc cứ hỏi bằng lời thường."
UNEXPECTED: Final = "Xin lỗi đồng chí, tôi gặp trục trặc nên chưa trả lời được. Đồng chí vui lòng hỏi lại sau ít phút."
FILE: Final = "Tệp: {name}"

# --------------------------------------------------------------------------------------------------------- answers
WHICH_DIRECTIVE: Final = "Đồng chí hỏi về văn bản nào? Hãy nêu số hiệu hoặc tên văn bản, ví dụ: Quy định 19-QĐ/ĐU."
NOT_FOUND: Final = "Tôi không tìm thấy nội dung trả lời câu hỏi này trong các văn bản hiện có."
NUMBER_NOT_FOUND: Final = "Tôi không tìm thấy văn bản {numbers} trong các văn bản hiện có."
NEAREST: Final = "Văn bản gần nhất với câu hỏi:"
TRY_AGAIN: Final = "Đồng chí thử hỏi bằng từ ngữ khác, hoặc nêu số hiệu văn bản."
ALSO_MISSING: Final = "Lưu ý: tôi không tìm thấy văn bản {numbers} trong các văn bản hiện có."
SEVERAL_MATCH: Final = "Có nhiều văn bản trùng số đồng chí nêu; tôi trả lời theo {used}. Văn bản khác: {others}."
SEVERAL_MATCH_REST: Final = "{shown} và {count} văn bản khác"
QUOTE_ON_PAGE: Final = "Trích dẫn vừa rồi ở trang {page}."
QUOTE_WITHOUT_PAGE: Final = "Tệp của {directive} không chia trang nên tôi không nói được trích dẫn vừa rồi ở trang nào."
QUOTED_FROM: Final = "Trích dẫn vừa rồi là của {directive}."
SAMPLE: Final = "(văn bản mẫu)"
MORE_ITEMS: Final = "(còn {count} ý)"

# -------------------------------------------------------------------------------------------------------- citations
UNNAMED_DIRECTIVE: Final = "Văn bản “{title}”"
TITLED_DIRECTIVE: Final = "{type} “{title}”"
ON_DATE: Final = "ngày {date}"
OF_ISSUER: Final = "của {issuer}"
ON_PAGE: Final = "trang {page}"
POINT: Final = "điểm {label}"
CLAUSE: Final = "khoản {label}"
ITEM: Final = "mục {label}"

# ------------------------------------------------------------------------------------------- fields of a directive
SIGNED_BY: Final = "{directive} do đồng chí {value} ký."
ISSUED_BY: Final = "{directive} do {value} ban hành."
ISSUED_ON: Final = "{directive} ban hành ngày {value}."
TITLED: Final = "{directive} có trích yếu: {value}"
NUMBERED: Final = "Số hiệu của văn bản là {value}."
OF_KIND: Final = "{directive} là {value}"
PAGES: Final = "{directive} có {count} trang."
NO_PAGES: Final = "Tệp của {directive} không chia trang nên tôi không biết số trang."
CONTAINS: Final = "{directive} gồm {count}:"
CONTAINS_COUNT: Final = "{directive} gồm {count}."
CONTAINS_NONE: Final = "{directive} không chia thành {unit}."
CONTAINS_MORE: Final = "… (còn {count} mục)"
FIELD_UNKNOWN: Final = "Tôi không đọc được {field} trong {directive}."
FIELD_FROM_SIDECAR: Final = "(Theo thông tin người quản trị ghi kèm văn bản.)"
FIELD_NAMES: Final[Mapping[str, str]] = {
    "signer": "người ký",
    "issuer": "cơ quan ban hành",
    "date": "ngày ban hành",
    "title": "trích yếu",
    "number": "số hiệu",
    "contents": "bố cục",
    "pages": "số trang",
    "kind": "loại văn bản",
}
UNITS: Final[Mapping[str, str]] = {
    "part": "phần",
    "chapter": "chương",
    "division": "mục",
    "article": "điều",
    "roman": "mục",
    "number": "mục",
    "annex": "phụ lục",
}

# ---------------------------------------------------------------------------------------------------------- console
CONSOLE_TITLE: Final = "Trợ lý tra cứu văn bản của Đảng"
CONSOLE_HINT: Final = "Gõ câu hỏi rồi Enter. /trogiup: hướng dẫn · /moi: chuyện mới · /thoat: kết thúc"
CONSOLE_PROMPT: Final = "Hỏi: "
CONSOLE_LIBRARY: Final = "{directives} văn bản, cập nhật {built_at}"

# ----------------------------------------------------------------------------------------------------------- errors
ERRORS: Final[Mapping[str, str]] = {
    "library": "Kho văn bản gặp sự cố. Hãy báo người quản trị xem nhật ký.",
    # one file of the corpus: the path is said before
    "unreadable": "Không đọc được tệp. Hãy mở thử tệp, lưu lại rồi chạy reindex.",
    "empty": "Tệp không có chữ nào. Hãy thay bằng tệp có nội dung hoặc xóa đi.",
    "damaged": "Tệp bị hỏng. Hãy chép lại bản gốc hoặc lưu lại tệp.",
    "mislabelled": "Nội dung tệp không đúng với đuôi {suffix}. Hãy lưu lại đúng định dạng rồi đặt đúng đuôi.",
    "password": "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi chạy reindex.",
    "no_text_layer": "Tệp PDF chỉ có ảnh chụp trang, không có chữ. Hãy dùng bản có chữ (.docx hoặc PDF xuất từ Word).",
    "not_permitted": "Không có quyền mở tệp. Hãy cấp quyền đọc tệp cho tài khoản chạy chương trình.",
    "unknown_suffix": "Không đọc tệp có đuôi “{suffix}”, chỉ đọc {known}. Hãy chuyển sang một trong các định dạng đó.",
    "outside_corpus": "Liên kết trỏ ra ngoài thư mục văn bản. Hãy chép tệp thật vào thư mục.",
    "classified": "Văn bản có dấu {mark}. Văn bản mật không bao giờ được đưa vào; hãy chuyển tệp khỏi thư mục này.",
    "duplicate": "{number} đã có trong tệp {other}. Hãy giữ một tệp, bỏ tệp kia.",
    "bad_sidecar": "Tệp .yaml đi kèm sai nên văn bản chưa được đưa vào: {problem} Sửa xong, hãy chạy reindex.",
    # the library
    "corpus_missing": "Không có thư mục văn bản {folder}. Hãy chỉ đúng nơi bằng --corpus hoặc BOT_CORPUS_DIR.",
    "build_busy": "Kho {folder} đang được lập chỉ mục ở nơi khác. Hãy đợi việc đó xong rồi chạy lại.",
    "build_failed": "Chưa lập được kho mới ở {folder}; kho cũ, nếu có, vẫn trả lời. Hãy xem lại ổ đĩa rồi reindex.",
    "library_missing": "Chưa có kho văn bản ở {folder}. Hãy chạy: python -m bot reindex --library {folder}",
    "library_damaged": "Không mở được kho văn bản ở {folder}. Hãy chạy lại: python -m bot reindex",
    "library_outdated": "Kho ở {folder} do phiên bản khác lập. Hãy chạy: python -m bot reindex --library {folder}",
    "encoder_missing": "Không nạp được mô hình {name} ({detail}). Hãy xem lại --encoder hoặc BOT_ENCODER.",
    "encoder_mismatch": "Kho được lập bằng mô hình {built}, nay đặt {wanted}. Hãy sửa BOT_ENCODER, hoặc reindex.",
    "question_set_missing": "Không có tệp hay thư mục {path}. Hãy kiểm tra lại đường dẫn.",
    "bad_question_set": "Không dùng được bộ câu hỏi {path}: {detail}. Cần thư mục BEIR hoặc tệp SQuAD .json.",
    # the application
    "bot": "Chương trình gặp sự cố. Hãy báo người quản trị xem nhật ký.",
    "bad_settings": "{problems}",
    "no_channel": "Chưa cài đặt kênh nào. Để hỏi trên màn hình này, hãy chạy: python -m bot run --console",
    "bad_usage": "Lệnh chưa đúng: {detail}. Xem hướng dẫn: python -m bot --help",
    "file_missing": "Không mở được tệp {path} ({detail}). Hãy kiểm tra lại đường dẫn.",
    "bad_line": "Dòng {line}: {detail}. Đã bỏ qua dòng này.",
}


class CodedError(Protocol):
    @property
    def code(self) -> str: ...

    facts: dict[str, str]


SIDECAR_PROBLEMS: Final[Mapping[str, str]] = {
    "unknown_key": "không có khóa “{key}” (các khóa: number, type, issuer, date, title, audience, sample).",
    "bad_value": "khóa “{key}” có giá trị “{value}” không dùng được.",
    "no_mapping": "mỗi dòng phải có dạng “khóa: giá trị”.",
    "unreadable": "tệp không đúng dạng YAML ({value}).",
    "no_file": "không có tệp {value} ở cạnh nó.",
}


def error_text(error: CodedError) -> str:
    """One line (bad settings: one for each key) that says what happened and what to do now."""
    template = ERRORS[error.code]
    about = f"{error.facts['path']}: " if "path" in error.facts and "{path}" not in template else ""
    return about + _filled(template, error.facts)


def skip_text(reason: str, facts: Mapping[str, str]) -> str:
    """Why a file of the corpus was left out, and the cure; the path is not said."""
    return _filled(ERRORS[reason], facts)


def _filled(template: str, facts: Mapping[str, str]) -> str:
    problem = SIDECAR_PROBLEMS.get(facts.get("fault", ""), "").format_map(facts)
    return template.format_map({**facts, "problem": problem})


# --------------------------------------------------------------------------------------------------------- settings
SETTING_UNKNOWN: Final = "{key}: không có cài đặt này{suggestion} (các cài đặt: {known})"
SETTING_SUGGESTION: Final = ", có phải {key}?"
SETTING_BAD: Final = "{key}: giá trị “{value}” không dùng được; cần {needed}"
SETTING_SECRET_FILE: Final = "{key}: không đọc được tệp {path} ({detail})"
SETTINGS_FILE: Final = "Không đọc được tệp cài đặt {path} ({detail}). Hãy lưu lại tệp dạng UTF-8, cho phép đọc."
NOT_UTF8: Final = "không phải UTF-8"
SETTINGS_LINE: Final = "Tệp cài đặt {path}, dòng {line}: không đọc được. Mỗi dòng phải có dạng KHÓA=giá trị."
SETTING_TWICE: Final = "{key} và {key}_FILE cùng có giá trị; chỉ đặt một trong hai"
HIDDEN: Final = "***"
SETTINGS: Final[Mapping[str, str]] = {
    "BOT_CORPUS_DIR": "đường dẫn thư mục văn bản",
    "BOT_LIBRARY_DIR": "đường dẫn thư mục của kho đã lập chỉ mục",
    "BOT_ENCODER": "“built-in”, hoặc tên hay đường dẫn một mô hình sentence-transformers",
    "BOT_LOG_LEVEL": "một trong DEBUG, INFO, WARNING, ERROR",
}

# --------------------------------------------------------------------------------------------------------- commands
APP_HELP: Final = "Trợ lý tra cứu chỉ thị, nghị quyết của Đảng: trả lời bằng đúng lời của văn bản, kèm nơi trích dẫn."
RUN_HELP: Final = "Chạy mọi kênh đã cài đặt; thêm --console để hỏi ngay trên màn hình này."
CHAT_HELP: Final = "Hỏi đáp trên màn hình này (hoặc từng dòng từ đường ống)."
ASK_HELP: Final = "Trả lời một câu hỏi, hoặc cả loạt câu hỏi (--batch)."
REINDEX_HELP: Final = "Lập lại chỉ mục kho văn bản; trong lúc chạy kho cũ vẫn trả lời."
EVALUATE_HELP: Final = "Đo chất lượng tìm kiếm trên một bộ câu hỏi (thư mục BEIR hoặc tệp SQuAD .json)."
NUMBERS_HELP: Final = "Tìm số hiệu văn bản trong một câu, hoặc trong cả loạt câu (--batch)."
CONSOLE_OPTION: Final = "Mở thêm hỏi đáp trên màn hình này."
CORPUS_OPTION: Final = "Thư mục văn bản (BOT_CORPUS_DIR; mặc định docs_corpus)."
LIBRARY_OPTION: Final = "Thư mục của kho đã lập chỉ mục (BOT_LIBRARY_DIR; mặc định library)."
ENCODER_OPTION: Final = "Mô hình: built-in, hoặc tên hay đường dẫn sentence-transformers (BOT_ENCODER)."
JSON_OPTION: Final = "In kết quả dạng JSON."
BATCH_OPTION: Final = "Tệp JSON từng dòng, hoặc - để đọc từ đầu vào; in mỗi dòng một kết quả JSON."
QUESTION_ARGUMENT: Final = "Câu hỏi."
TEXT_ARGUMENT: Final = "Câu cần tìm số hiệu."
PATH_ARGUMENT: Final = "Bộ câu hỏi: thư mục BEIR hoặc tệp SQuAD .json."
UNACCENTED_OPTION: Final = "Bỏ dấu các câu hỏi trước khi tìm."
HALF_OPTION: Final = "Chỉ lấy một nửa số câu hỏi: even hoặc odd."

ONE_OF_QUESTION_AND_BATCH: Final = "cần một câu hỏi, hoặc --batch, không phải cả hai"
ONE_OF_TEXT_AND_BATCH: Final = "cần một câu, hoặc --batch, không phải cả hai"
HALF_NEEDED: Final = "--half nhận even hoặc odd, không nhận “{value}”"
LINE_NOT_JSON: Final = "không phải JSON"
LINE_WRONG: Final = "khóa “{key}” thiếu hoặc không đúng kiểu ({expected})"
ASK_LINE_EXPECTED: Final = 'cần {"id": …, "question": câu hỏi hoặc danh sách câu hỏi}'
NUMBERS_LINE_EXPECTED: Final = 'cần {"id": …, "text": câu}'
NO_PERMISSION: Final = "Không có quyền mở {path}. Hãy cấp quyền cho tài khoản chạy chương trình, hoặc chỉ nơi khác."
INTERRUPTED: Final = "Đã dừng theo yêu cầu."
CRASHED: Final = "Chương trình gặp lỗi ngoài dự kiến: {detail}. Chạy lại với BOT_LOG_LEVEL=DEBUG để xem chi tiết."
NO_NUMBERS: Final = "Không thấy số hiệu văn bản nào."

BUILD_FIRST: Final = "Chưa có kho văn bản dùng được; đang lập từ {folder} …"
BUILD_STAGES: Final[Mapping[str, str]] = {
    "read": "Đọc văn bản",
    "embed": "Mã hóa",
    "write": "Ghi chỉ mục",
    "ask": "Hỏi thử",
}
REPORT: Final = (
    "Đã lập chỉ mục trong {seconds} giây: thêm {added}, đổi {changed}, giữ nguyên {unchanged}, bỏ {removed} văn bản; "
    "{passages} đoạn."
)
REPORT_SKIPPED: Final = "Bỏ qua {count} tệp:"
SKIPPED_LINE: Final = "- {path}: {text}"
NOTHING_INDEXED: Final = (
    "Không có văn bản nào được đưa vào kho. Hãy đặt tệp .docx, .pdf, .md hoặc .txt vào {folder} rồi chạy lại."
)

EVALUATION_TITLE: Final = "Bộ {kind}, {questions} câu hỏi"
EVALUATION_INTERVAL: Final = "  (khoảng tin cậy 95 %: {low} – {high})"

FOLDER_VALUE: Final = "THƯ_MỤC"
FILE_VALUE: Final = "TỆP"
NAME_VALUE: Final = "TÊN"
PATH_VALUE: Final = "ĐƯỜNG_DẪN"
QUESTION_VALUE: Final = "CÂU_HỎI"
TEXT_VALUE: Final = "CÂU"
HELP_WORDS: Final[Mapping[str, str]] = {
    "Usage:": "Cách dùng:",
    "Options:": "Tùy chọn:",
    "Commands:": "Các lệnh:",
    "Arguments:": "Tham số:",
    "[OPTIONS]": "[TÙY CHỌN]",
    "[required]": "[bắt buộc]",
    " <str>": "",
    " <path>": "",
    "COMMAND [ARGS]...": "LỆNH [THAM SỐ]...",
    "Show this message and exit.": "Hiện hướng dẫn này.",
}
USAGE_ERRORS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (
        re.compile(r"No such option:? '?([^'\s]+?)'?[.\s]*(?:\(?(?:Did you mean|Possible options).*)?$"),
        "không có tùy chọn {0}",
    ),
    (re.compile(r"Missing (?:argument|option|parameter) '?([^'.]*)'?"), "thiếu {0}"),
    (re.compile(r"Missing command"), "thiếu tên lệnh"),
    (re.compile(r"No such command '([^']*)'"), "không có lệnh {0}"),
    (re.compile(r"Option '?([^'\s]+)'? requires an argument"), "tùy chọn {0} cần một giá trị"),
    (re.compile(r"Got unexpected extra argument\S* \((.*)\)"), "thừa tham số {0}"),
    (re.compile(r"Invalid value for '?([^':]*)'?:?"), "giá trị của {0} không đúng"),
)


def usage_text(message: str) -> str:
    """What the command-line parser said, in Vietnamese; a message that is not known stays as it is."""
    for pattern, words in USAGE_ERRORS:
        if found := pattern.match(message):
            return words.format(*(group or "" for group in found.groups()))
    return message
