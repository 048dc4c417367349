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
    "Gõ /moi để bắt đầu chuyện khác, /giupdo để xem lại hướng dẫn này."
)
HELP_MORE: Final = (
    "Gõ /vanban để xem danh sách văn bản, /hieuluc SỐ_HIỆU để xem văn bản còn hiệu lực không. "
    "Gõ /bantin để xem bản tin gần nhất, tắt, bật hoặc chọn kênh nhận bản tin. "
    "Gõ /maweb để lấy mã liên kết vào trang web. "
    "Gõ /toi để xem tôi đang lưu những gì về đồng chí, gõ /xoa để hủy liên kết và xóa. "
    "Khi tôi không tìm thấy câu trả lời, đồng chí chọn “Hỏi văn phòng” để chuyển câu hỏi cho văn phòng cấp ủy."
)
NEW_CONVERSATION: Final = "Vâng, ta bắt đầu chuyện mới. Đồng chí muốn hỏi điều gì?"
NUMBER_NOT_OFFERED: Final = "Số {number} không có trong danh sách lựa chọn. Đồng chí hỏi bằng lời giúp tôi."
CHOICE_GONE: Final = "Lựa chọn này đã cũ, đồng chí hỏi lại giúp tôi."
EMPTY_MESSAGE: Final = "Tôi chưa thấy câu hỏi nào. Đồng chí muốn hỏi điều gì?"
TOO_LONG: Final = (
    "Tin nhắn dài {length} ký tự, quá mức {limit} ký tự mà tôi đọc được một lần. "
    "Đồng chí vui lòng hỏi ngắn gọn hơn, mỗi lần một việc."
)
UNKNOWN_COMMAND: Final = "Tôi không có lệnh {command}. Gõ /giupdo để xem hướng dẫn, hoặc cứ hỏi bằng lời thường."
UNEXPECTED: Final = "Xin lỗi đồng chí, tôi gặp trục trặc nên chưa trả lời được. Đồng chí vui lòng hỏi lại sau ít phút."
FILE: Final = "Tệp: {name}"
ONLY_IN_PRIVATE: Final = "Việc này tôi chỉ làm khi đồng chí nhắn riêng cho tôi, không làm trong nhóm."
HELP_ADMINISTRATOR: Final = (
    "Dành cho quản trị viên:\n"
    "• /reindex: lập lại chỉ mục · /nhap: thêm văn bản · /trangthai: tình hình\n"
    "• /an, /hien, /doituong SỐ_HIỆU: rút, đưa lại, đặt đối tượng được xem\n"
    "• /dexuat: xác nhận văn bản nào thay thế, sửa đổi văn bản nào · /canbosung: văn bản cần bổ sung\n"
    "• /nhiemvu: xác nhận nhiệm vụ, thời hạn để bản tin nhắc\n"
    "• /thanhvien: mời, đổi vai trò, đưa ra · /nhom: cho nhóm này xem văn bản của đảng viên\n"
    "• /thongbao: nhắn một chi bộ hoặc tất cả · /chuatraloi: các câu hỏi chờ văn phòng\n"
    "• /vietcau bật, tắt: máy viết câu tóm tắt phía trên trích dẫn\n"
    "• /bantin xem, gửi, tình trạng, gửi lại, lịch: bản tin gửi đảng viên"
)
ATTACHMENTS: Final[Mapping[str, str]] = {
    "voice": "Tôi chưa nghe được tin nhắn thoại. Đồng chí gõ câu hỏi bằng chữ giúp tôi.",
    "sticker": "Cảm ơn đồng chí. Đồng chí cần tra cứu văn bản nào thì cứ hỏi tôi.",
    "photo": "Tôi không đọc ảnh gửi trong trò chuyện. Đồng chí gõ câu hỏi giúp tôi.",
    "file": "Tôi không nhận tệp ở đây. Đồng chí gõ câu hỏi; muốn thêm văn bản, đồng chí báo văn phòng cấp ủy.",
    "unsupported": "Tôi không xem được nội dung này. Đồng chí gõ câu hỏi bằng chữ giúp tôi.",
}

ATTACHMENT_ON_PAGE: Final = "Muốn nói thay cho gõ, đồng chí mở trang web rồi bấm nút “Nói”."
OPEN_PAGE: Final = "Mở trang web"
GROUP_INTRO: Final = "Tôi là hệ thống trả lời tự động của {organization}, không phải người trả lời."

# --------------------------------------------------------------------------------------------------------- answers
WHICH_DIRECTIVE: Final = "Đồng chí hỏi về văn bản nào? Hãy nêu số hiệu hoặc tên văn bản, ví dụ: Quy định 19-QĐ/ĐU."
NOT_FOUND: Final = "Tôi không tìm thấy nội dung trả lời câu hỏi này trong các văn bản hiện có."
NUMBER_NOT_FOUND: Final = "Tôi không tìm thấy văn bản {numbers} trong các văn bản hiện có."
NEAREST: Final = "Văn bản gần nhất với câu hỏi:"
TRY_AGAIN: Final = "Đồng chí thử hỏi bằng từ ngữ khác, hoặc nêu số hiệu văn bản."
RELATED: Final = "Có thể liên quan (chưa phải câu trả lời; đồng chí chọn để xem nguyên văn):"
RELATED_LABEL: Final = "{heading} – {directive}"
COMPARED: Final = "Lời của từng văn bản đồng chí nêu, để đồng chí đối chiếu:"
COMPARED_PAPER: Final = "{directive}:"
COMPARED_NOTHING: Final = "Trong {directive}, tôi không tìm thấy nội dung trả lời câu hỏi này."
DECLINED: Final[Mapping[str, str]] = {
    "prompt": (
        "Tôi chỉ tra cứu và trích đúng lời văn bản, nên không đóng vai, không đổi cách làm việc và không cho xem phần "
        "cài đặt của mình. Đồng chí cần tìm nội dung văn bản nào, tôi sẵn sàng giúp."
    ),
    "abuse": (
        "Nếu tôi trả lời chưa đúng ý, tôi xin lỗi đồng chí. Đồng chí cho biết cần tìm nội dung gì trong văn bản, tôi "
        "sẽ tra cứu lại."
    ),
    "personal": (
        "Đây là thông tin riêng của cá nhân nên tôi không tra cứu và không cung cấp, mong đồng chí thông cảm. Đồng chí "
        "cần liên hệ công việc thì hỏi văn phòng cấp ủy giúp tôi."
    ),
    "opinion": (
        "Tôi không nhận xét, so sánh con người và không bình luận về chủ trương, mong đồng chí thông cảm. Tôi chỉ "
        "trích đúng lời văn bản; đồng chí cần xem quy định nào thì cứ hỏi."
    ),
    "task": (
        "Việc này tôi không làm giúp đồng chí được: tôi chỉ tra cứu và trích nguyên văn văn bản của Đảng. Đồng chí cần "
        "tìm quy định nào, tôi xin tra cứu ngay."
    ),
    "health": (
        "Tôi không có hiểu biết để tư vấn sức khỏe; đồng chí nên hỏi bác sĩ hoặc trạm y tế. Đồng chí cần tra cứu văn "
        "bản của Đảng thì tôi sẵn sàng giúp."
    ),
    "other": (
        "Chuyện này nằm ngoài các văn bản tôi tra cứu nên tôi không trả lời được, mong đồng chí thông cảm. Đồng chí "
        "hỏi tôi về nội dung chỉ thị, nghị quyết, quy định nhé."
    ),
}
ALSO_MISSING: Final = "Lưu ý: tôi không tìm thấy văn bản {numbers} trong các văn bản hiện có."
SEVERAL_MATCH: Final = "Có nhiều văn bản trùng số đồng chí nêu; tôi trả lời theo {used}. Văn bản khác: {others}."
SEVERAL_MATCH_REST: Final = "{shown} và {count} văn bản khác"
QUOTE_ON_PAGE: Final = "Trích dẫn vừa rồi ở trang {page}."
QUOTE_WITHOUT_PAGE: Final = "Tệp của {directive} không chia trang nên tôi không nói được trích dẫn vừa rồi ở trang nào."
QUOTED_FROM: Final = "Trích dẫn vừa rồi là của {directive}."
SAMPLE: Final = "(văn bản mẫu)"
MORE_ITEMS: Final = "(còn {count} ý)"

# -- above and behind a quote: whether its words still hold, how they were read
QUOTE_REPLACED: Final = "Đã được thay thế bởi {by}."
QUOTE_REPEALED: Final = "Đã bị bãi bỏ bởi {by}."
QUOTE_ENDED: Final = "Văn bản này không còn hiệu lực."
QUOTE_EXPIRED: Final = "Đã hết hiệu lực; ngày cuối cùng có hiệu lực là {date}."
QUOTE_NOT_YET: Final = "Chưa có hiệu lực."
QUOTE_NOT_YET_SINCE: Final = "Chưa có hiệu lực; có hiệu lực từ ngày {date}."
QUOTE_DRAFT: Final = "Bản dự thảo, chưa được ban hành."
QUOTE_CHANGED: Final[Mapping[str, str]] = {
    "amends": "{place} đã được sửa đổi, bổ sung bởi {by}.",
    "replaces": "{place} đã được thay thế bởi {by}.",
    "repeals": "{place} đã bị bãi bỏ bởi {by}.",
}
QUOTE_BASE_ENDED: Final[Mapping[str, str]] = {
    "replaced": "Văn bản được sửa đổi đã được thay thế bởi {by}.",
    "repealed": "Văn bản được sửa đổi đã bị bãi bỏ bởi {by}.",
}
QUOTE_SUPERSEDED: Final = "Nội dung sửa đổi này đã được sửa đổi tiếp bởi {by}."
QUOTE_CHANGED_SOMEHOW: Final = "Nội dung này đã được sửa đổi."
QUOTE_CHANGED_PERHAPS: Final = "Nội dung này có thể đã được sửa đổi hoặc thay thế; đồng chí nên hỏi lại."
QUOTE_EXTENDED: Final = "Thời hạn này đã được kéo dài{until} bởi {by}."
UNTIL_DAY: Final = "đến ngày {date}"
QUOTE_EXTENDED_SOMEHOW: Final = "Thời hạn này đã được kéo dài."
AMENDING_PAPERS_LEFT: Final = "… và {count} văn bản sửa đổi nữa."
AMENDING_PLACES_LEFT: Final = "… và {count} chỗ sửa đổi nữa."
THIS_PAPER: Final = "Văn bản này"
STANDING_MARKS: Final[Mapping[str, str]] = {
    "replaced": "hết hiệu lực",
    "repealed": "hết hiệu lực",
    "expired": "hết hiệu lực",
    "not_yet": "chưa có hiệu lực",
    "draft": "dự thảo",
}
SCANNED: Final = "văn bản quét"
SCANNED_WEAK: Final = "văn bản quét, có thể sai chính tả"
QUOTES_DIFFER: Final = (
    "Hai văn bản còn hiệu lực nêu khác nhau về điểm này. Tôi nêu văn bản của cấp cao hơn và mới hơn trước; "
    "đồng chí nên hỏi lại văn phòng cấp ủy trước khi thực hiện."
)

# -------------------------------------------------------------------------------------------------------- citations
UNNAMED_DIRECTIVE: Final = "Văn bản “{title}”"
TITLED_DIRECTIVE: Final = "{type} “{title}”"
ATTACHED_DIRECTIVE: Final = "{type} kèm theo {decision}"
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
CONTAINS_CHANGED: Final = "(đã được sửa đổi)"
CONTAINS_REPEALED: Final = "(đã bị bãi bỏ)"
FIELD_UNKNOWN: Final = "Tôi không đọc được {field} trong {directive}."
FIELD_FROM_SIDECAR: Final = "(Theo thông tin quản trị viên ghi kèm văn bản.)"
FIELD_NAMES: Final[Mapping[str, str]] = {
    "signer": "người ký",
    "issuer": "cơ quan ban hành",
    "date": "ngày ban hành",
    "title": "trích yếu",
    "number": "số hiệu",
    "contents": "bố cục",
    "pages": "số trang",
    "kind": "loại văn bản",
    "validity": "hiệu lực",
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
CONSOLE_HINT: Final = "Gõ câu hỏi rồi Enter. /giupdo: hướng dẫn · /moi: chuyện mới · /thoat: kết thúc"
CONSOLE_PROMPT: Final = "Hỏi: "
CONSOLE_ENDED: Final = "Phần hỏi đáp trên màn hình đã kết thúc; bot vẫn chạy. Nhấn Ctrl-C để dừng."
CONSOLE_LIBRARY: Final = "{directives} văn bản, cập nhật {built_at}"

# ----------------------------------------------------------------------------------------------------------- errors
ERRORS: Final[Mapping[str, str]] = {
    "library": "Kho văn bản gặp sự cố. Hãy báo quản trị viên xem nhật ký.",
    # one file of the corpus: the path is said before
    "unreadable": "Không đọc được tệp. Hãy mở thử tệp, lưu lại rồi chạy reindex.",
    "empty": "Tệp không có chữ nào. Hãy thay bằng tệp có nội dung hoặc xóa đi.",
    "damaged": "Tệp bị hỏng. Hãy chép lại bản gốc hoặc lưu lại tệp.",
    "mislabelled": "Nội dung tệp không đúng với đuôi {suffix}. Hãy lưu lại đúng định dạng rồi đặt đúng đuôi.",
    "password": "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi chạy reindex.",
    "no_text_layer": (
        "Tệp chỉ có ảnh chụp trang và chưa đọc được chữ trong ảnh. Hãy cài tesseract-ocr và tesseract-ocr-vie trên máy "
        "chạy chương trình rồi chạy reindex, hoặc dùng bản có chữ (.docx, PDF xuất từ Word)."
    ),
    "too_large": "Tệp nặng {size} MB, quá mức {limit} MB. Hãy nén hoặc chia nhỏ tệp.",
    "too_many_pages": "Tệp có {pages} trang, quá mức {limit} trang. Hãy chia nhỏ tệp.",
    "too_many_scans": "Tệp có {pages} trang là ảnh chụp, quá mức {limit} trang. Hãy chia nhỏ tệp.",
    "needs_office": (
        "Muốn đọc tệp {suffix}, máy chủ cần có LibreOffice. Hãy cài LibreOffice (gói libreoffice-writer-nogui) rồi "
        "chạy reindex, hoặc mở tệp bằng Word và lưu lại thành .docx."
    ),
    "not_permitted": "Không có quyền mở tệp. Hãy cấp quyền đọc tệp cho tài khoản chạy chương trình.",
    "unknown_suffix": "Không đọc tệp có đuôi “{suffix}”, chỉ đọc {known}. Hãy chuyển sang một trong các định dạng đó.",
    "outside_corpus": "Liên kết trỏ ra ngoài thư mục văn bản. Hãy chép tệp thật vào thư mục.",
    "classified": (
        "Văn bản có dấu {mark} nên không được đưa vào. Theo Luật Bảo vệ bí mật nhà nước số 117/2025/QH15 (hiệu lực từ "
        "01/3/2026), văn bản mật không được để trên máy tính nối mạng: hãy xóa tệp khỏi máy này, dọn sạch thùng rác và "
        "báo ngay người phụ trách bảo vệ bí mật nhà nước của cơ quan."
    ),
    "bad_sidecar": "Tệp .yaml đi kèm sai nên văn bản chưa được đưa vào: {problem} Sửa xong, hãy chạy reindex.",
    # the library
    "corpus_missing": "Không có thư mục văn bản {folder}. Hãy chỉ đúng nơi bằng --corpus hoặc BOT_CORPUS_DIR.",
    "build_busy": "Kho {folder} đang được lập chỉ mục ở nơi khác. Hãy đợi việc đó xong rồi chạy lại.",
    "build_failed": "Chưa lập được kho mới ở {folder}; kho cũ, nếu có, vẫn trả lời. Hãy xem lại ổ đĩa rồi reindex.",
    "library_missing": "Chưa có kho văn bản ở {folder}. Hãy chạy: python -m bot reindex --library {folder}",
    "library_damaged": "Không mở được kho văn bản ở {folder}. Hãy chạy lại: python -m bot reindex",
    "library_outdated": "Kho ở {folder} do phiên bản khác lập. Hãy chạy: python -m bot reindex --library {folder}",
    "history_damaged": (
        "Không đọc được tệp lưu các bản cũ {path}. Hãy phục hồi từ bản sao lưu, hoặc chuyển tệp này đi nơi khác rồi "
        "chạy reindex; khi đó các bản cũ bắt đầu được lưu lại từ đầu."
    ),
    "history_closed": (
        "Chưa mở được tệp lưu các bản cũ {path} ({detail}). Hãy kiểm tra quyền của thư mục và chỗ trống trên ổ đĩa, "
        "đợi việc khác đang dùng tệp xong, rồi thử lại."
    ),
    "no_previous": "Ở {folder} không có kho nào lập trước kho đang dùng để lùi về. Kho đang dùng vẫn giữ nguyên.",
    "previous_outdated": (
        "Kho lập trước ở {folder} là của phiên bản chương trình hoặc mô hình khác nên không lùi về được. Kho đang dùng "
        "vẫn giữ nguyên; muốn trở lại nội dung cũ, hãy đặt lại các tệp cũ rồi chạy reindex."
    ),
    "encoder_missing": "Không nạp được mô hình {name} ({detail}). Hãy xem lại --encoder hoặc BOT_ENCODER.",
    "encoder_mismatch": "Kho được lập bằng mô hình {built}, nay đặt {wanted}. Hãy sửa BOT_ENCODER, hoặc reindex.",
    "question_set_missing": "Không có tệp hay thư mục {path}. Hãy kiểm tra lại đường dẫn.",
    "bad_question_set": "Không dùng được bộ câu hỏi {path}: {detail}. Cần tệp .yaml, thư mục BEIR, tệp SQuAD .json.",
    # the application
    "bot": "Chương trình gặp sự cố. Hãy báo quản trị viên xem nhật ký.",
    "bad_settings": "{problems}",
    "bad_usage": "Lệnh chưa đúng: {detail}. Xem hướng dẫn: python -m bot --help",
    "file_missing": "Không mở được tệp {path} ({detail}). Hãy kiểm tra lại đường dẫn.",
    "bad_line": "Dòng {line}: {detail}. Đã bỏ qua dòng này.",
    "channel_failed": "Kênh {channel} gặp sự cố: {detail}. Hãy kiểm tra mạng và mã token của kênh này.",
    "file_too_large": "Tệp lớn hơn {limit} MB nên tôi không nhận. Hãy chia nhỏ hoặc nén lại tệp rồi gửi.",
    "state_busy": "Không kết nối được cơ sở dữ liệu ({detail}). Hãy kiểm tra BOT_DATABASE_URL và máy chủ dữ liệu.",
    "state_damaged": "Không dùng được cơ sở dữ liệu ({detail}). Hãy phục hồi từ bản sao lưu: python -m bot restore TỆP",
    "state_newer": "Cơ sở dữ liệu do phiên bản mới hơn ghi ({revision}). Hãy cập nhật chương trình rồi chạy lại.",
    "no_such_member": "Không có đảng viên nào có mã hoặc tên “{member}”. Hãy xem: python -m bot members list",
    "ambiguous_member": "Có nhiều người tên “{member}”: {candidates}. Hãy dùng mã của người cần chọn.",
    "bad_roll": "Chưa nhập danh sách {path}, vì có dòng sai:\n{problems}\nHãy sửa các dòng này rồi nhập lại cả tệp.",
    "samples_refused": (
        "Thư mục {folder} chứa văn bản mẫu, không được trả lời cho đảng viên qua Telegram hay Zalo. "
        "Hãy đặt BOT_CORPUS_DIR tới thư mục văn bản thật, hoặc BOT_ALLOW_SAMPLES=1 nếu chỉ chạy thử."
    ),
    "bad_questions": "Bộ câu hỏi {path} có chỗ sai nên chưa dùng được:\n{problems}",
    "question_failed": "Câu hỏi {id} gặp lỗi ({error}) nên phép đo dừng lại. Hãy xem nhật ký rồi chạy lại.",
    "child_stopped": (
        "Việc này đã bị dừng vì quá lâu hoặc quá tốn bộ nhớ. Hãy thử lại; với một tệp, hãy kiểm tra tệp đó."
    ),
    "bad_backup": "Không dùng được bản sao lưu {path}: {detail}. Hãy chọn tệp do lệnh backup tạo ra.",
    "restore_refused": "{target} không trống nên không phục hồi vào đó. Hãy chỉ tới nơi còn trống.",
}


ERRORS_IN_CHAT: Final[Mapping[str, str]] = {
    "no_such_member": ("Không có đảng viên nào có mã hoặc tên “{member}”. Đồng chí gõ /thanhvien để xem danh sách."),
    "ambiguous_member": "Có nhiều người tên “{member}”: {candidates}. Đồng chí gõ mã của người cần chọn.",
    "channel_failed": "Kênh {channel} gặp sự cố: {detail}. Đồng chí thử lại sau ít phút.",
}
"""Where somebody in a chat cannot do what the person at the server can."""


class CodedError(Protocol):
    @property
    def code(self) -> str: ...

    facts: dict[str, str]


SIDECAR_PROBLEMS: Final[Mapping[str, str]] = {
    "unknown_key": (
        "không có khóa “{key}” (các khóa: number, type, issuer, date, title, audience, sample, draft, attached, "
        "corrections, relations)."
    ),
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


def error_text_in_chat(error: CodedError) -> str:
    """The same for an administrator in a chat, who has no command line."""
    template = ERRORS_IN_CHAT.get(error.code)
    return _filled(template, error.facts) if template else error_text(error)


def skip_text(reason: str, facts: Mapping[str, str]) -> str:
    """Why a file of the corpus was left out, and the cure; the path is not said."""
    return _filled(ERRORS[reason], facts)


def trouble_text(code: str, facts: Mapping[str, str]) -> str:
    """What is to be looked at in a file that was taken in; the path is not said."""
    reason = UNREAD_REASONS.get(facts.get("reason", ""), "")
    return TROUBLES[code].format_map({**facts, "reason": reason, "number": facts.get("number") or UNNUMBERED}).strip()


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
    "BOT_QUESTIONS_DIR": "đường dẫn thư mục các bộ câu hỏi .yaml (có thể chưa có)",
    "BOT_ANSWER_THRESHOLD": "số từ 0 đến 1, ví dụ 0.5; cao hơn thì ít trả lời sai hơn và từ chối nhiều hơn",
    "BOT_QUALITY_MARGIN": "số từ 0 đến 1, ví dụ 0.05 là 5 %",
    "BOT_LOG_LEVEL": "một trong DEBUG, INFO, WARNING, ERROR",
    "BOT_STATE_DIR": "đường dẫn thư mục dữ liệu riêng của bot",
    "BOT_DATABASE_URL": (
        "sqlite:///đường/dẫn, hoặc postgresql://người_dùng:mật_khẩu@máy_chủ/tên (trong mật khẩu, dấu @ viết thành %40)"
    ),
    "BOT_SECRET_KEY": "chuỗi bí mật dài ít nhất 16 ký tự",
    "BOT_TELEGRAM_TOKEN": "mã token do BotFather cấp, dạng chữ số:chuỗi bí mật",
    "BOT_TELEGRAM_API_URL": "địa chỉ http:// hoặc https://, không kèm /bot và mã token",
    "BOT_TELEGRAM_WEBHOOK_SECRET": "từ 1 đến 256 ký tự, chỉ gồm A-Z, a-z, 0-9, _ và -",
    "BOT_TELEGRAM_AUDIENCE": "public hoặc member",
    "BOT_ZALO_TOKEN": "mã token do Zalo Bot Manager cấp, dạng chữ số:chuỗi bí mật",
    "BOT_ZALO_API_URL": "địa chỉ http:// hoặc https://, không kèm /bot và mã token",
    "BOT_ZALO_WEBHOOK_SECRET": "từ 8 đến 256 ký tự không dấu, không có dấu cách",
    "BOT_ZALO_AUDIENCE": "public hoặc member",
    "BOT_WEB_ADDRESS": "tên máy:cổng, ví dụ 127.0.0.1:8080",
    "BOT_PUBLIC_URL": "địa chỉ http:// hoặc https:// mà đảng viên mở trang web, ví dụ https://tracuu.example.vn",
    "BOT_ORGANIZATION": "tên tổ chức đảng",
    "BOT_ADMIN_NAME": "họ tên quản trị viên đầu tiên",
    "BOT_PUBLIC_ANSWERS": "1 (có) hoặc 0 (không)",
    "BOT_ALLOW_SAMPLES": "1 (có) hoặc 0 (không)",
    "BOT_RELATIONS_AT_ONCE": "1 (có) hoặc 0 (không)",
    "BOT_INVITATION_DAYS": "số ngày, từ 1 đến 365",
    "BOT_QUESTIONS_PER_MINUTE": "số câu hỏi, từ 1 trở lên",
    "BOT_QUESTION_LOG_DAYS": "số ngày, từ 1 trở lên",
    "BOT_SEND_WORKERS": "số luồng gửi, từ 1 đến 64",
    "BOT_UPLOAD_MEGABYTES": "số MB, từ 1 đến 200",
    "BOT_REINDEX_AT": "giờ:phút, ví dụ 02:00, hoặc off để tắt",
    "BOT_TIMEZONE": "tên múi giờ, ví dụ Asia/Ho_Chi_Minh",
    "BOT_DIGEST_AT": (
        "thứ và giờ gửi bản tin, ví dụ monday 07:30 (hằng tuần) hoặc first monday 07:30 (đầu tháng), ngoài giờ yên "
        "tĩnh của BOT_QUIET_HOURS; hoặc off để tắt"
    ),
    "BOT_QUIET_HOURS": "giờ:phút-giờ:phút, ví dụ 21:30-06:00; để trống nếu không có giờ yên tĩnh",
    "BOT_DIGEST_QUIET_WEEK": "line (tuần không có gì mới thì báo một dòng) hoặc skip (không gửi)",
    "BOT_DIGEST_READ_NAMES": "1 (có) hoặc 0 (không)",
    "BOT_WRITER_URL": "địa chỉ máy chủ kiểu OpenAI, đến hết /v1, ví dụ http://localhost:11434/v1",
    "BOT_WRITER_MODEL": "tên mô hình trên máy chủ đó; phải có khi đã đặt BOT_WRITER_URL",
    "BOT_WRITER_KEY": "khóa của máy chủ đó, chữ và dấu không có khoảng trắng",
    "BOT_WRITER_SECONDS": "số giây, trên 0 đến 30",
}

# --- channels: Telegram
TELEGRAM_MENU: Final[Mapping[str, str]] = {
    "moi": "Bắt đầu chuyện khác",
    "vanban": "Danh sách văn bản",
    "hieuluc": "Văn bản còn hiệu lực không",
    "bantin": "Bản tin gần nhất; tắt, bật, chọn kênh",
    "toi": "Thông tin về tôi đang được lưu",
    "giupdo": "Hướng dẫn sử dụng",
    "xoa": "Hủy liên kết và xóa thông tin của tôi",
}
TELEGRAM_CHOOSE: Final = "Đồng chí vui lòng chọn:"
TELEGRAM_FILE_NOT_SENT: Final = "Xin lỗi đồng chí, tôi chưa gửi được tệp {name} ở đây."

# --- channels: Zalo
ZALO_CHOOSE: Final = "Đồng chí gõ số để chọn (ví dụ: 1):"
ZALO_TOKEN: Final = "Zalo không nhận mã token; mã có thể sai hoặc đã được đặt lại"
ZALO_UNREACHED: Final = "không kết nối được tới máy chủ Zalo ({detail})"
ZALO_NO_ANSWER: Final = "Zalo nhận yêu cầu nhưng không trả lời ({detail})"
ZALO_REFUSED: Final = "Zalo báo lỗi {code} ở {method}: {description}"
ZALO_NO_DESCRIPTION: Final = "không nêu lý do"
ZALO_SECRET: Final = "BOT_ZALO_WEBHOOK_SECRET phải dài từ 8 đến 256 ký tự, hiện có {length} ký tự"
ZALO_NOTHING_TO_FETCH: Final = "Zalo không kèm đường dẫn tải nội dung đã gửi"

# --- channels: web page
WEB_TITLE: Final = "Trợ lý tra cứu văn bản của Đảng"
WEB_ABOUT: Final = (
    "Đây là hệ thống trả lời tự động của {organization}, không phải người trả lời. Hệ thống trích nguyên văn chỉ thị, "
    "nghị quyết và văn bản của Đảng, kèm số hiệu, mục và trang; đồng chí nên mở bản gốc để đối chiếu."
)
WEB_STORED_TITLE: Final = "Hệ thống lưu những gì?"
WEB_STORED: Final = (
    "Hệ thống lưu họ tên, chi bộ, vai trò của đồng chí theo danh sách của tổ chức đảng; nội dung trao đổi tại đây; và "
    "nhật ký câu hỏi không ghi tên. Gõ /toi để xem những gì được lưu về mình, gõ /xoa để xóa."
)
WEB_STORED_GUEST: Final = "Khi chưa đăng nhập, hệ thống chỉ lưu nội dung trao đổi tại đây, không biết đồng chí là ai."
WEB_STORED_DEVICE: Final = (
    "Trên máy này, trang chỉ lưu cỡ chữ, phần chữ đang gõ dở và một mã phiên đăng nhập. Nếu đồng chí bấm nút Nói, "
    "trình duyệt có thể chuyển giọng nói qua máy chủ của hãng trình duyệt để đổi thành chữ."
)
WEB_SKIP: Final = "Đến ô nhập câu hỏi"
WEB_SIGN_IN: Final = "Đăng nhập"
WEB_SIGN_OUT: Final = "Đăng xuất"
WEB_SIGNED_IN_AS: Final = "Đồng chí {name}"
WEB_GUEST: Final = "Chưa đăng nhập: chỉ tra cứu được văn bản công khai."
WEB_CODE: Final = "Mã liên kết (10 chữ số)"
WEB_CODE_HINT: Final = (
    "Mã do văn phòng cấp ủy cấp, chỉ dùng được một lần, ví dụ: 12345 67890. Gõ liền hay có dấu cách đều được. "
    "Chưa có mã, đồng chí liên hệ văn phòng cấp ủy."
)
WEB_CODE_EXAMPLE: Final = "12345 67890"
WEB_CODE_REFUSED: Final = "Mã không đúng hoặc đã hết hạn."
WEB_TEXT_SIZE: Final = "Cỡ chữ"
WEB_SMALLER: Final = "Chữ nhỏ hơn"
WEB_USUAL_SIZE: Final = "Cỡ chữ thường"
WEB_LARGER: Final = "Chữ to hơn"
WEB_CONVERSATION: Final = "Cuộc trò chuyện"
WEB_ASKING: Final = "Đặt câu hỏi"
WEB_QUESTION: Final = "Câu hỏi của đồng chí"
WEB_QUESTION_EXAMPLE: Final = "Gõ câu hỏi…"
WEB_KEYS: Final = "Phím Enter để gửi, Shift + Enter để xuống dòng."
WEB_SEND: Final = "Gửi"
WEB_SPEAK_QUESTION: Final = "Nói"
WEB_SPEAK_QUESTION_LONG: Final = "Nói câu hỏi thay cho gõ"
WEB_LISTENING: Final = "Đang nghe, mời đồng chí nói…"
WEB_NOT_HEARD: Final = "Tôi chưa nghe rõ, đồng chí vui lòng nói lại hoặc gõ câu hỏi."
WEB_READ_ALOUD: Final = "Đọc to"
WEB_STOP_READING: Final = "Dừng đọc"
WEB_FILE: Final = "Tải văn bản lên (tối đa {megabytes} MB)"
WEB_YOU_ASKED: Final = "Đồng chí hỏi:"
WEB_ANSWER: Final = "Trả lời:"
WEB_CHOICES: Final = "Các lựa chọn"
WEB_OPEN_ORIGINAL: Final = "mở bản gốc trong thẻ mới"
WEB_WAITING: Final = "Đang trả lời…"
WEB_REFRESH: Final = "Xem câu trả lời mới"
WEB_RECONNECTING: Final = "Mất kết nối với máy chủ, đang nối lại… Nội dung đang gõ vẫn được giữ."
WEB_NOT_SENT: Final = "Chưa gửi được. Nội dung vẫn còn trong ô; đồng chí kiểm tra mạng rồi bấm Gửi lần nữa."
WEB_TOO_LARGE: Final = (
    "Nội dung gửi lên quá lớn nên tôi không nhận. Mỗi tin nhắn tối đa {kilobytes} KB, mỗi tệp tối đa {megabytes} MB."
)
WEB_FILE_ADMINS_ONLY: Final = "Chỉ quản trị viên được tải văn bản lên."
WEB_GUEST_INVITE: Final = "Đồng chí gõ câu hỏi vào ô bên dưới."
WEB_AS_GUEST: Final = "Hỏi mà không đăng nhập (chỉ văn bản công khai)"
WEB_GOODBYE: Final = (
    "Đồng chí đã ra khỏi trang hỏi đáp. Nếu đồng chí đã yêu cầu xóa thông tin thì việc xóa đã xong. "
    "Muốn đăng nhập lại, đồng chí cần một mã mới."
)
WEB_NOT_SHOWN: Final = "(Nội dung này không còn được hiển thị.)"
WEB_UPLOAD_GONE: Final = "tệp tải lên không còn ở chỗ tôi, đồng chí gửi lại tệp"
WEB_BACK: Final = "Về trang hỏi đáp"
WEB_FAULTS: Final[Mapping[int, str]] = {
    400: "Yêu cầu gửi lên không đúng dạng. Đồng chí vui lòng tải lại trang rồi gửi lại.",
    401: "Phiên đăng nhập đã kết thúc. Đồng chí vui lòng đăng nhập lại.",
    403: "Yêu cầu này không đến từ trang hỏi đáp nên đã bị từ chối. Đồng chí mở lại trang rồi gửi lại.",
    404: "Không tìm thấy nội dung này.",
    405: "Địa chỉ này không nhận yêu cầu như vậy.",
    500: "Xin lỗi đồng chí, hệ thống gặp trục trặc. Đồng chí vui lòng thử lại sau ít phút.",
    503: "Hệ thống đang bận hoặc đang khởi động lại. Đồng chí vui lòng thử lại sau ít phút.",
}

# --- audiences
AUDIENCES: Final[Mapping[str, str]] = {
    "public": "mọi người (công khai)",
    "member": "đảng viên",
    "committee": "cấp ủy viên",
    "secretary": "bí thư các chi bộ",
    "cell:": "chi bộ “{cell}”",
    "secretary:": "bí thư chi bộ “{cell}”",
}

# --- people: linking, rights, limits, /toi, /xoa
INTRO: Final = (
    "Chào đồng chí! Tôi là hệ thống trả lời tự động của {organization}, không phải người trả lời. Tôi trả lời câu hỏi "
    "về chỉ thị, nghị quyết và văn bản của Đảng bằng đúng lời của văn bản, kèm số hiệu, mục và trang."
)
INTRO_STORED: Final = (
    "Tôi lưu: mã, họ tên, chi bộ, vai trò của đồng chí theo danh sách của tổ chức đảng; tài khoản đã liên kết; nội "
    "dung trao đổi, giữ 30 ngày; nhật ký câu hỏi không ghi tên, mỗi câu giữ {days} ngày. "
    "Gõ /toi để xem những gì được lưu, gõ /xoa để xóa."
)
WHY_TO_LINK: Final = "Tôi chỉ trả lời người đã liên kết tài khoản."
WHY_TO_LINK_PUBLIC: Final = (
    "Đồng chí cứ hỏi, tôi trả lời từ các văn bản công khai. "
    "Muốn được trả lời cả từ văn bản dành cho đảng viên, đồng chí cần liên kết tài khoản."
)
HOW_TO_LINK: Final = (
    "Để liên kết, đồng chí gửi vào đây mã liên kết (10 chữ số) do văn phòng cấp ủy cấp, ví dụ: 12345 67890. "
    "Chưa có mã liên kết, đồng chí liên hệ văn phòng cấp ủy để được cấp."
)
HOW_TO_LINK_IN_GROUP: Final = (
    "Để liên kết, đồng chí nhắn riêng cho tôi mã liên kết (10 chữ số) do văn phòng cấp ủy cấp; xin đừng gửi mã trong "
    "nhóm này. Chưa có mã liên kết, đồng chí liên hệ văn phòng cấp ủy để được cấp."
)
GREETING_LINKED: Final = (
    "Chào đồng chí {name}! Đồng chí cứ hỏi bằng lời thường, ví dụ: “Chi bộ sinh hoạt mỗi tháng mấy lần?”. "
    "Gõ /giupdo để xem hướng dẫn."
)
LINKED: Final = "Đã liên kết tài khoản này với đồng chí {name}, chi bộ: {cell}."
LINK_MOVED: Final = "Trước đó tài khoản này liên kết với đồng chí {name}; liên kết đó đã được bỏ."
LINKED_HINT: Final = (
    "Từ nay đồng chí cứ hỏi bằng lời thường, ví dụ: “Chi bộ sinh hoạt mỗi tháng mấy lần?”. "
    "Gõ /giupdo để xem hướng dẫn, /toi để xem những gì được lưu về mình."
)
ALREADY_LINKED: Final = "Tài khoản này đã liên kết rồi, đồng chí {name} cứ hỏi, không cần gửi lại mã."
CODE_WRONG: Final = (
    "Mã liên kết không đúng, hoặc đã được dùng, hoặc đã hết hạn. Đồng chí xem lại đủ 10 chữ số rồi gửi lại; "
    "nếu vẫn không được, hãy liên hệ văn phòng cấp ủy để nhận mã liên kết mới."
)
CODE_LOCKED: Final = (
    "Đã có quá nhiều lần gửi sai mã liên kết nên tạm thời tôi không nhận mã. Sau một giờ đồng chí gửi lại, "
    "hoặc liên hệ văn phòng cấp ủy."
)
CODE_IN_GROUP: Final = (
    "Mã liên kết là của riêng từng người, xin đừng gửi trong nhóm: mọi người đều thấy nên mã đã gửi ở đây không dùng "
    "được nữa. Đồng chí xin văn phòng cấp ủy mã liên kết mới rồi nhắn riêng cho tôi."
)
TRIES_OF_ONE: Final = (
    "Cảnh báo: có người gửi sai mã liên kết {count} lần trong một giờ (một tài khoản {channel}). "
    "Trong một giờ tới, tôi không nhận mã nào từ đó. Đồng chí không cần làm gì; nếu lặp lại, hãy xem nhật ký."
)
TRIES_OF_ALL: Final = (
    "Cảnh báo: có {count} lần gửi sai mã liên kết trong một giờ, từ nhiều nơi. Trong một giờ tới, tôi không nhận mã "
    "của bất kỳ ai. Ai cần liên kết gấp, đồng chí nhắn họ chờ hết giờ này."
)
INVITE_SKIPPED: Final = (
    "Bỏ qua {count} người đã được cấp mã liên kết còn hạn; mã đó vẫn dùng được. "
    "Muốn cấp lại cho một người: python -m bot members invite MÃ"
)

CHANNEL_NAMES: Final[Mapping[str, str]] = {
    "telegram": "Telegram",
    "zalo": "Zalo",
    "web": "trang web",
    "console": "màn hình máy chủ",
}
ROLE_NAMES: Final[Mapping[str, str]] = {
    "member": "đảng viên",
    "secretary": "bí thư",
    "committee": "cấp ủy viên",
    "administrator": "quản trị viên",
}


ABOUT_ME: Final = "Những gì tôi đang lưu về đồng chí:"
ABOUT_ME_MEMBER: Final = (
    "• Mã đảng viên: {code}\n"
    "• Họ tên: {name}\n"
    "• Chi bộ: {cell}\n"
    "• Vai trò: {role}\n"
    "• Tài khoản đã liên kết: {accounts}\n"
    "• Nhật ký câu hỏi, không ghi tên, mỗi câu giữ {days} ngày: {questions} câu, trong đó {votes} câu có đánh giá\n"
    "• Nội dung trao đổi với tôi, giữ 30 ngày\n"
    "• Bản tin: {digest}; sổ bản tin ghi đã gửi hay chưa: {digests} bản tin, trong đó {read} bản tin đã đọc\n"
    "• Nhật ký quản trị (như cấp mã, liên kết, hủy liên kết), chỉ ghi mã đảng viên, không ghi họ tên"
)
ABOUT_ME_ACCOUNT: Final = "{channel} (từ ngày {date})"
ABOUT_ME_THIS_ACCOUNT: Final = "{channel} (từ ngày {date}, đang dùng)"
ABOUT_ME_DIGEST_ON: Final = "đang nhận"
ABOUT_ME_DIGEST_ON_AT: Final = "đang nhận qua {channel}"
ABOUT_ME_DIGEST_OFF: Final = "không nhận"
ABOUT_ME_CURE: Final = "Sai họ tên, chi bộ hay vai trò, đồng chí báo văn phòng cấp ủy. Muốn xóa, gõ /xoa."
ABOUT_GUEST: Final = (
    "Tài khoản này chưa liên kết nên tôi không biết đồng chí là ai. Tôi lưu nội dung trao đổi ở đây, giữ 30 ngày; nếu "
    "có, câu hỏi đã được trả lời, không ghi tên, giữ {days} ngày, và số lần gửi sai mã liên kết. "
    "Muốn xóa nội dung trao đổi, gõ /xoa."
)
ABOUT_CONSOLE: Final = "Màn hình này là của người vận hành: tôi không lưu gì về người hỏi ở đây."

ERASE_QUESTION: Final = (
    "Đồng chí có chắc muốn hủy liên kết tài khoản này và xóa thông tin không? Tôi sẽ xóa liên kết, nội dung trao đổi ở "
    "đây và, nếu đây là tài khoản cuối cùng của đồng chí, cả nhật ký câu hỏi, lựa chọn nhận bản tin và việc đã đọc bản "
    "tin. Muốn dùng lại thì phải xin mã liên kết mới."
)
ERASE_QUESTION_GUEST: Final = "Đồng chí có chắc muốn xóa nội dung trao đổi ở đây không?"
ERASE_YES: Final = "Có, xóa"
ERASE_NO: Final = "Không"
ERASE_KEPT: Final = "Vâng, tôi giữ nguyên, không xóa gì."
ERASED: Final = (
    "Đã hủy liên kết tài khoản này, xóa nội dung trao đổi ở đây, nhật ký câu hỏi, lựa chọn nhận bản tin và việc đã đọc "
    "bản tin của đồng chí. Còn lại: mã đảng viên, họ tên, chi bộ và vai trò trong danh sách đảng viên do văn phòng cấp "
    "ủy giữ; sổ bản tin, chỉ ghi đã gửi hay chưa; nhật ký quản trị, chỉ ghi mã đảng viên, không ghi họ tên; và lời xác "
    "nhận này, giữ 30 ngày."
)
ERASED_OTHERS_LEFT: Final = (
    "Đã hủy liên kết tài khoản này và xóa nội dung trao đổi ở đây. Còn lại: tài khoản khác của đồng chí ({accounts}) "
    "với nội dung trao đổi ở đó; nhật ký câu hỏi không ghi tên; lựa chọn nhận bản tin và sổ bản tin; mã đảng viên, họ "
    "tên, chi bộ và vai trò trong danh sách đảng viên do văn phòng cấp ủy giữ; nhật ký quản trị, chỉ ghi mã đảng viên; "
    "và lời xác nhận này, giữ 30 ngày."
)
ERASED_GUEST: Final = "Đã xóa nội dung trao đổi ở đây."
NOTHING_TO_ERASE: Final = "Ở màn hình này không có gì để xóa."

WEB_CODE_FOR_YOU: Final = (
    "Mã liên kết để đồng chí vào trang web: {code}\n"
    "Mã dùng được một lần, trong {minutes} phút. Đồng chí không đưa mã này cho ai."
)
WEB_CODE_OPEN: Final = "Mở trang web"
WEB_CODE_NEEDS_MEMBER: Final = "Mã liên kết để vào trang web chỉ cấp cho đảng viên có trong danh sách."

CANDIDATE: Final = "{code} – {name} – {cell}"

# --- asking in chat: more, original, feedback, starters, office
TOO_MANY_QUESTIONS: Final = "Đồng chí hỏi hơi nhanh. Xin đồng chí đợi {seconds} giây rồi hỏi tiếp."
ABOVE_CEILING: Final = (
    "Nội dung này không gửi qua kênh này được. Đồng chí vui lòng đăng nhập trang tra cứu trên mạng rồi hỏi lại ở đó."
)
ABOVE_CEILING_LINK: Final = "Mở trang tra cứu"
WHICH_OF_SEVERAL: Final = "Có nhiều văn bản trùng số này. Đồng chí hỏi văn bản nào?"
READ_MORE: Final = "Xem thêm"
ORIGINAL: Final = "Văn bản gốc"
GOOD: Final = "👍"
BAD: Final = "👎"
ASK_OFFICE: Final = "Hỏi văn phòng"
CANCEL: Final = "Thôi"
CANCELLED: Final = "Vâng, tôi đã bỏ việc này."
NO_LONGER_SHOWN: Final = "Nội dung này không còn được hiển thị."

NOTHING_TO_READ: Final = (
    "Đồng chí muốn xem văn bản nào? Đồng chí hỏi một câu trước, rồi chọn “Xem thêm” dưới câu trả lời."
)
READ_BEFORE: Final = "Phần trước"
READ_AFTER: Final = "Phần sau"
NOTHING_BEFORE: Final = "Đây đã là phần đầu của văn bản."
NOTHING_AFTER: Final = "Đây đã là phần cuối của văn bản."

NO_ORIGINAL_MEANT: Final = (
    "Đồng chí muốn xem bản gốc của văn bản nào? "
    "Đồng chí hỏi về văn bản đó trước, hoặc gõ /vanban để chọn trong danh sách."
)
ORIGINAL_SENT: Final = "Bản gốc của {directive}:"
ORIGINAL_LINK: Final = "Mở bản gốc (đường dẫn dùng được trong {minutes} phút)"
ORIGINAL_AT_OFFICE: Final = "Tôi chưa gửi được bản gốc của {directive} ở đây. Đồng chí liên hệ văn phòng cấp ủy để xem."
DIRECTIVES_LISTED: Final = "Có {count} văn bản, mới nhất trước. Đồng chí chọn văn bản muốn xem:"
DIRECTIVES_FOUND: Final = "Có {count} văn bản với từ “{words}”, mới nhất trước. Đồng chí chọn văn bản muốn xem:"
SELECTED: Final = "{filter}: {count} văn bản{lapsed}."
SELECTED_LAPSED: Final = ", trong đó {count} văn bản không còn hiệu lực"
SELECTED_NONE: Final = "{filter}: tôi không thấy văn bản nào trong các văn bản hiện có."
SELECTED_CHOOSE: Final = "Mới nhất trước; đồng chí chọn văn bản muốn xem:"
SELECTED_ALL: Final = "Tất cả văn bản"
SELECTED_PAPERS: Final = "Văn bản"
SELECTED_SINCE: Final = "từ năm {year} đến nay"
SELECTED_BEFORE: Final = "trước năm {year}"
SELECTED_ABOUT: Final = "tên có “{words}”"
SELECTED_OF: Final = "của {issuer}"
SELECTED_IN_YEAR: Final = "năm {year}"
SELECTED_IN_MONTH: Final = "tháng {month}/{year}"
SELECTED_IN_QUARTER: Final = "quý {quarter}/{year}"
SELECTED_YEARS: Final = "từ năm {first} đến năm {last}"
SELECTED_STATUS: Final[Mapping[str, str]] = {
    "holding": "đang có hiệu lực",
    "lapsed": "không còn hiệu lực",
    "not_yet": "chưa có hiệu lực",
    "draft": "dự thảo",
}
SELECTED_NEWEST: Final = "{filter}: mới nhất là {directive}{title}."
DIRECTIVES_PAGE: Final = "Trang {page}/{pages}"
DIRECTIVES_NEXT: Final = "Xem tiếp"
NO_DIRECTIVES: Final = "Tôi không tìm thấy văn bản nào như vậy. Gõ /vanban để xem danh sách văn bản."

UNKNOWN_QUESTION: Final = "Tôi không tìm thấy câu hỏi này trong các câu hỏi của đồng chí."
VOTED_GOOD: Final = "Cảm ơn đồng chí đã cho biết."
VOTED_BAD: Final = "Cảm ơn đồng chí đã cho biết. Câu trả lời chưa đúng ở điểm nào?"
BAD_REASONS: Final = ("Sai nội dung", "Không đúng câu hỏi", "Văn bản đã cũ")
OTHER_REASON: Final = "Khác"
SAY_REASON: Final = "Đồng chí viết giúp vài lời: câu trả lời chưa đúng ở điểm nào?"
REASON_NOTED: Final = "Tôi đã ghi lại. Đồng chí có thể chuyển câu hỏi này cho văn phòng cấp ủy trả lời."

STARTER_ABOUT: Final = "{directive} nói về gì?"
STARTER_DATE: Final = "{directive} ban hành ngày nào?"
STARTER_SIGNER: Final = "{directive} ai ký?"
STARTER_HEADING: Final = "{directive} quy định thế nào về {heading}?"

OFFICE_ANSWERS: Final = "Văn phòng cấp ủy trả lời:"
OFFICE_ASKED: Final = (
    "Tôi đã chuyển câu hỏi của đồng chí cho văn phòng cấp ủy, không kèm tên người hỏi. "
    "Khi có trả lời, tôi sẽ báo đồng chí."
)
OFFICE_ASKED_GUEST: Final = (
    "Tôi đã chuyển câu hỏi này cho văn phòng cấp ủy. Tài khoản này chưa liên kết nên tôi không báo lại được khi có "
    "trả lời; ít hôm nữa đồng chí hỏi lại đúng câu này."
)
OFFICE_HAS_ANSWERED: Final = "Văn phòng cấp ủy đã xử lý câu hỏi này."
OFFICE_NOT_NEEDED: Final = (
    "Câu hỏi này không còn chờ trả lời. Nếu câu trả lời chưa đúng, đồng chí chọn 👎 dưới câu trả lời đó trước đã."
)
OFFICE_NOTHING: Final = "Không còn câu hỏi nào chờ văn phòng cấp ủy trả lời."
OFFICE_LIST: Final = "Có {count} câu hỏi chờ trả lời. Đồng chí chọn một câu:"
OFFICE_LINE: Final = "{question} ({count} lượt hỏi)"
OFFICE_GONE: Final = "Câu hỏi này đã được xử lý hoặc không còn. Gõ /chuatraloi để xem danh sách."
OFFICE_QUESTION: Final = "Câu hỏi: “{question}” ({count} lượt hỏi)"
OFFICE_REASONS: Final = "Lý do chưa hài lòng: {reasons}"
OFFICE_SEARCH: Final = (
    "Đồng chí gửi từ khóa để tìm đoạn trả lời, hoặc số hiệu và vị trí, ví dụ: “QĐ 19 điều 7”. "
    "Câu không cần trả lời thì chọn “{drop}”."
)
OFFICE_DROP: Final = "Bỏ qua"
OFFICE_DROPPED: Final = "Tôi đã bỏ câu hỏi này khỏi danh sách."
OFFICE_NOT_FOUND: Final = "Tôi không tìm thấy đoạn nào như vậy. Đồng chí thử từ khóa khác."
OFFICE_PICK: Final = "Đồng chí chọn đoạn để trả lời, hoặc gửi từ khóa khác để tìm lại:"
OFFICE_QUOTE: Final = "Đoạn {position}"
OFFICE_REMARK: Final = (
    "Đồng chí có muốn ghi thêm lời của văn phòng cấp ủy không? Gõ lời đó (tối đa {limit} ký tự), hoặc chọn “{none}”."
)
OFFICE_NO_REMARK: Final = "Không"
OFFICE_REMARK_TOO_LONG: Final = "Lời ghi thêm dài {length} ký tự, quá mức {limit}. Đồng chí viết gọn lại giúp."
OFFICE_PREVIEW: Final = "Câu trả lời sẽ gửi đi như sau, cho câu hỏi “{question}”:"
OFFICE_WHO: Final = "Sẽ báo cho {told} người hỏi."
OFFICE_WHO_ELSEWHERE: Final = "Trong đó {count} người chỉ được nhắc đăng nhập trang tra cứu để xem."
OFFICE_WHO_NOT: Final = (
    "{count} người hỏi không được xem văn bản này nên không được báo; câu hỏi của họ vẫn ở trong danh sách."
)
OFFICE_WHO_UNREACHED: Final = (
    "{count} người hỏi chưa liên kết tài khoản nên tôi không báo được; câu hỏi của họ vẫn ở trong danh sách."
)
OFFICE_ONCE: Final = "Câu hỏi này phụ thuộc vào cuộc trò chuyện, nên lời đáp chỉ gửi cho người đã hỏi."
OFFICE_SEND: Final = "Gửi"
OFFICE_SENT: Final = "Tôi đã lưu câu trả lời và báo cho {told} người hỏi."
OFFICE_TOLD: Final = "Về câu hỏi của đồng chí: “{question}”"
OFFICE_TOLD_ELSEWHERE: Final = "Câu hỏi “{question}” của đồng chí đã có trả lời."
SENT_AGAIN: Final = "Tôi xin gửi lại câu trả lời, vì lần trước có thể chưa tới đồng chí:"
LATE_ANSWER: Final = "Xin lỗi đồng chí vì đã để đồng chí phải đợi lâu."

# --- whether a directive holds (/hieuluc), proposals (/dexuat), missing papers (/canbosung)
HOLDING: Final = (
    "{directive} còn hiệu lực: trong các văn bản hiện có, tôi không thấy văn bản nào thay thế, bãi bỏ hay sửa đổi."
)
HOLDING_SO_FAR: Final = "{directive} còn hiệu lực."
HOLDING_IN_DOUBT: Final = (
    "Lưu ý: {papers} có câu nói tới việc thay thế, bãi bỏ hoặc sửa đổi văn bản này, nhưng chưa được quản trị viên xác "
    "nhận nên tôi chưa tính."
)
HOLDING_AMENDED: Final = "{directive} còn hiệu lực, nhưng đã {how}."
HOLDING_CHANGED: Final = "{directive} còn hiệu lực, nhưng một phần nội dung đã được sửa đổi."
HOLDING_REPLACED: Final = "{directive} không còn hiệu lực: đã được thay thế bởi {by}."
HOLDING_REPEALED: Final = "{directive} không còn hiệu lực: đã bị bãi bỏ bởi {by}."
HOLDING_EXPIRED: Final = "{directive} không còn hiệu lực: ngày cuối cùng có hiệu lực là {date}."
HOLDING_ENDED: Final = "{directive} không còn hiệu lực."
HOLDING_NOT_YET: Final = "{directive} chưa có hiệu lực."
HOLDING_NOT_YET_SINCE: Final = "Ngày bắt đầu có hiệu lực: {date}."
HOLDING_DRAFT: Final = "{directive} là dự thảo, chưa phải văn bản có hiệu lực."
HOLDING_SINCE: Final = "từ ngày {date}"
HOLDING_UNTIL: Final = "Ngày cuối cùng có hiệu lực: {date}."
HOLDING_EXTENDED: Final = "Đã được kéo dài hiệu lực bởi {by}."
HOLDING_COMING: Final = "Từ ngày {date} sẽ {how}."
HOLDING_USAGE: Final = (
    "Đồng chí gõ /hieuluc rồi số hiệu văn bản, ví dụ: /hieuluc 19-QĐ/ĐU. "
    "Hỏi về một văn bản xong rồi gõ /hieuluc cũng được."
)
HOLDING_WHICH: Final = "Đồng chí muốn xem hiệu lực của văn bản nào?"
HOLDING_MORE: Final = "(còn {count} văn bản nữa; đồng chí gõ số hiệu)"
HOLDING_UNKNOWN: Final = "nên tôi không nói được văn bản đó còn hiệu lực hay không."
HOLDING_MENTIONED: Final = "Các văn bản hiện có nói về văn bản đó:"
HOLDING_PROPOSALS: Final = "Có {count} đề xuất về văn bản này chờ đồng chí xác nhận, tôi chưa tính: /dexuat {number}"
HOLDING_CLAUSES: Final = "Xem lời văn"
RELATION_ACTIVE: Final[Mapping[str, str]] = {
    "replaces": "thay thế {articles}{other}",
    "repeals": "bãi bỏ {articles}{other}",
    "amends": "sửa đổi, bổ sung {articles}{other}",
    "extends": "kéo dài hiệu lực {articles}{other}",
    "implements": "thực hiện {articles}{other}",
}
RELATION_PASSIVE: Final[Mapping[str, str]] = {
    "replaces": "được thay thế {articles}bởi {other}",
    "repeals": "bị bãi bỏ {articles}bởi {other}",
    "amends": "được sửa đổi, bổ sung {articles}bởi {other}",
    "extends": "được kéo dài hiệu lực {articles}bởi {other}",
    "implements": "được thực hiện {articles}bởi {other}",
}
RELATION_SHORT: Final[Mapping[str, str]] = {
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "amends": "sửa đổi",
    "extends": "kéo dài",
    "implements": "thực hiện",
}
RELATION_OF: Final = "của"
RELATION_OTHER: Final = "văn bản khác"
RELATION_MISSING: Final = "(không có trong các văn bản hiện có)"
RELATION_PROPOSED: Final = "(chưa được quản trị viên xác nhận nên tôi chưa tính)"
RELATIONS_SAID: Final = "{directive} {does}."
RELATIONS_NONE: Final = "Trong {directive}, tôi không thấy câu nào nói văn bản này {does} văn bản khác."
IMPLEMENTED_BY: Final = "{directive} được thực hiện bởi {by}."
IMPLEMENTED_BY_NONE: Final = "Trong các văn bản hiện có, tôi không thấy văn bản nào ghi là thực hiện {directive}."
IMPLEMENTED_MORE: Final = "{shown}; và {count} văn bản nữa"
RELATION_SINCE: Final = "(từ ngày {date})"
RELATION_UNTIL: Final = "(đến ngày {date})"
OWN_TERM: Final[Mapping[str, str]] = {
    "in_force_from": "Văn bản tự ghi: có hiệu lực từ ngày {date}.",
    "expires_on": "Văn bản tự ghi: có hiệu lực đến hết ngày {date}.",
}
CHAIN_OLDER: Final = "Quan hệ với văn bản trước:"
CHAIN_NEWER: Final = "Quan hệ với văn bản sau:"
CHAIN_MORE: Final = "… (còn {count} quan hệ nữa)"
CHAIN_TITLE: Final = "Sơ đồ quan hệ của {directive}"
CHAIN_ARROW: Final = "{source} {label} {target}"
CHAIN_LAPSED: Final = "hết hiệu lực"
CHAIN_NOT_YET: Final = "chưa hiệu lực"
CHAIN_DRAFT: Final = "dự thảo"
PROPOSAL: Final = "Đề xuất {position}/{count}: {edge}."
PROPOSAL_ONE: Final = "{edge}.\nHiện nay: {state}."
PROPOSAL_WHY: Final = "Tôi chưa tính ngay vì {reason}."
PROPOSAL_REASONS: Final[Mapping[str, str]] = {
    "ambiguous": "có nhiều văn bản trùng số với văn bản được nhắc tới",
    "not_explicit": "câu văn không nói thật rõ",
    "off": "cài đặt BOT_RELATIONS_AT_ONCE=0: mọi quan hệ đều chờ xác nhận",
    "issuer": "cơ quan ban hành không phải cùng cơ quan, cũng không rõ là cấp trên",
}
PROPOSAL_FROM_SIDECAR: Final = "(Theo thông tin quản trị viên ghi kèm văn bản.)"
PROPOSAL_YES: Final = "Xác nhận"
PROPOSAL_NO: Final = "Không phải"
PROPOSAL_SKIP: Final = "Bỏ qua"
PROPOSAL_BACK: Final = "Rút lại quyết định vừa rồi"
PROPOSAL_TAKE_BACK: Final = "Rút lại quyết định"
PROPOSAL_NONE: Final = "Không còn đề xuất nào chờ xác nhận. Gõ /dexuat tất cả để xem mọi quan hệ đã tính."
PROPOSAL_LAST: Final = "Đã hết đề xuất. Còn {count} đề xuất đồng chí để lại; gõ /dexuat để xem."
PROPOSAL_GONE: Final = (
    "Quan hệ này không còn: văn bản đã thay đổi, đã bị rút hoặc đã bỏ khỏi kho. Gõ /dexuat để xem lại."
)
PROPOSAL_CONFIRMED: Final = "Đã xác nhận: {edge}."
PROPOSAL_REJECTED: Final = "Đã ghi “không phải”; tôi không tính: {edge}."
PROPOSAL_TAKEN_BACK: Final = "Đã rút lại quyết định về: {edge}. Quan hệ này {state}."
PROPOSAL_NOW: Final = "Từ lúc này: {standing}"
PROPOSAL_UNCHANGED: Final = "Như trước: {standing}"
PROPOSAL_STATES: Final[Mapping[str, str]] = {
    "stands": "đang được tính",
    "proposed": "chờ xác nhận, chưa được tính",
    "confirmed": "đã được xác nhận, đang được tính",
    "rejected": "đã ghi “không phải”, không được tính",
    "left_out": "không được tính",
}
PROPOSALS_ALL: Final = "Có {count} quan hệ giữa các văn bản. Đồng chí chọn một quan hệ để xem hoặc sửa:"
PROPOSALS_OF: Final = "Có {count} quan hệ với từ “{words}”. Đồng chí chọn một quan hệ để xem hoặc sửa:"
PROPOSALS_NONE_OF: Final = "Tôi không thấy quan hệ nào với “{words}”. Gõ /dexuat tất cả để xem mọi quan hệ."
PROPOSALS_LABEL: Final = "{mark}: {source} {does}"
PROPOSALS_MARKS: Final[Mapping[str, str]] = {
    "stands": "Đang tính",
    "proposed": "Chờ xác nhận",
    "confirmed": "Đã xác nhận",
    "rejected": "Không phải",
    "left_out": "Không tính",
}
PROPOSALS_WAIT: Final = "{count} quan hệ giữa các văn bản chờ xác nhận (/dexuat)."
MISSING_NONE: Final = "Mọi văn bản được nhắc tới đều có trong kho."
MISSING_TITLE: Final = (
    "Cần bổ sung {count} văn bản: được văn bản trong kho nhắc tới mà chưa có trong kho, được nhắc nhiều nhất trước."
)
MISSING_BY: Final = "   – {how}"
MISSING_BY_MORE: Final = "   – … và {count} văn bản khác"
MISSING_WAIT: Final = "{count} văn bản cần bổ sung (/canbosung)."
SCANS_WEAK: Final = "{count} tệp quét có trang khó đọc hoặc chưa đọc được."

# --- administration in chat: members, audience, announcing, status
MEMBERS_OVERVIEW: Final = "Danh sách có {members} đảng viên ở {cells} chi bộ, {linked} người đã liên kết."
MEMBERS_USAGE: Final = (
    "Các việc với danh sách:\n"
    "• /thanhvien MÃ hoặc HỌ TÊN: xem một người\n"
    "• /thanhvien CHI BỘ: xem mọi người của một chi bộ\n"
    "• /thanhvien moi MÃ: tạo mã liên kết\n"
    "• /thanhvien vaitro MÃ bí thư: đổi vai trò\n"
    "• /thanhvien xoa MÃ: đưa ra khỏi danh sách"
)
MEMBERS_USAGE_CONSOLE: Final = "Nhập cả danh sách từ tệp: python -m bot members import TỆP"
MEMBERS_OF_WHICH_CELL: Final = "Đồng chí muốn xem danh sách chi bộ nào?"
MEMBERS_OF_CELL: Final = "Chi bộ “{cell}” có {count} đảng viên:"
MEMBER_OF_CELL: Final = "• {code} – {name}"
MEMBER_INVITED: Final = (
    "Mã liên kết của {member}:\n{code}\nDùng một lần, đến {expires}. Đồng chí chuyển mã riêng cho người này; người này "
    "gửi mã cho trợ lý trong khung trò chuyện riêng hoặc gõ vào trang web."
)
MEMBER_INVITE_LINK: Final = "Liên kết mở Telegram"
MEMBER_INVITE_QR: Final = "Mã QR mời {name} trên Telegram"
MEMBER_ROLE_USAGE: Final = "Đồng chí gõ /thanhvien vaitro MÃ rồi vai trò. Các vai trò: {roles}."
MEMBER_ROLE_SET: Final = "Từ lúc này {member} có vai trò: {role}."
MEMBER_LAST_ADMINISTRATOR: Final = (
    "{member} là quản trị viên duy nhất nên tôi chưa làm được. Đồng chí giao vai trò quản trị cho người khác trước."
)
MEMBER_REMOVE_ASK: Final = (
    "Đưa {member} ra khỏi danh sách? Người này sẽ không xem được văn bản nữa, các liên kết bị xóa. Gõ “có” để đồng ý."
)
MEMBER_REMOVE_YES: Final = "Có"
MEMBER_REMOVE_NO: Final = "Không"
MEMBER_KEPT: Final = "Vâng, tôi để nguyên danh sách."
MEMBER_GONE: Final = "Người này không còn trong danh sách."
MEMBER_REMOVED: Final = "Đã đưa {member} ra khỏi danh sách."
ADMIN_NO_DIRECTIVE: Final = "Tôi không thấy văn bản nào ứng với “{argument}”. Đồng chí gõ số hiệu, ví dụ: 19-QĐ/ĐU."
ADMIN_WHICH_DIRECTIVE: Final = "Đồng chí muốn nói tới văn bản nào?"
ADMIN_THIS_DIRECTIVE: Final = "văn bản này"
ADMIN_HIDDEN_DIRECTIVES: Final = "Có văn bản không hiển thị được trên kênh này; đồng chí làm việc này trên trang web."
ADMIN_MORE_DIRECTIVES: Final = "(còn {count} văn bản nữa; đồng chí nêu rõ hơn, hoặc gõ số hiệu)"
WITHDRAW_USAGE: Final = "Đồng chí gõ /an rồi số hiệu văn bản cần rút, ví dụ: /an 19-QĐ/ĐU"
WITHDRAWN: Final = (
    "Đã rút {directive}. Từ lúc này không ai được trả lời từ văn bản đó, kể cả sau khi lập lại chỉ mục. Văn bản mà nó "
    "đã thay thế hoặc bãi bỏ vẫn hết hiệu lực; nếu đưa nhầm vào kho, đồng chí bỏ quan hệ đó bằng lệnh /dexuat tất cả."
)
RESTORE_CHOICE: Final = "Đưa lại văn bản này"
RESTORED: Final = "Đã đưa lại {directive}; những người có quyền lại xem được."
NONE_WITHDRAWN: Final = "Hiện không có văn bản nào bị rút."
WHICH_TO_RESTORE: Final = "Các văn bản đang bị rút. Đồng chí chọn văn bản muốn đưa lại:"
AUDIENCE_USAGE: Final = "Đồng chí gõ /doituong, số hiệu, rồi đối tượng, ví dụ: /doituong 19-QĐ/ĐU cấp ủy"
AUDIENCE_ASK: Final = (
    "{directive} hiện dành cho: {audience}. Đồng chí chọn đối tượng mới, hoặc gõ thêm “chi bộ TÊN” sau lệnh."
)
AUDIENCE_SET: Final = "Từ lúc này {directive} dành cho: {audience}."
AUDIENCE_NO_CELL: Final = (
    "Tôi chưa đặt được, vì danh sách đảng viên không có {audience}. Các chi bộ trong danh sách: {cells}."
)
GROUP_USAGE: Final = "Đồng chí gõ lệnh này ngay trong nhóm cần đặt: /nhom đảng viên, hoặc /nhom công khai."
GROUP_NOW: Final = (
    "Trong nhóm này tôi chỉ trả lời từ {level}. Đồng chí đổi bằng lệnh /nhom đảng viên hoặc /nhom công khai."
)
GROUP_SET: Final = "Từ lúc này trong nhóm này tôi chỉ trả lời từ {level}."
GROUP_LEVELS: Final[Mapping[str, str]] = {
    "public": "văn bản công khai",
    "member": "văn bản công khai và văn bản dành cho đảng viên",
}
GROUP_ABOVE: Final = (
    "Kênh {channel} chỉ cho xem văn bản công khai, nên tôi không đặt được mức đảng viên cho nhóm này. "
    "Trong nhóm này tôi vẫn chỉ trả lời từ văn bản công khai."
)
GROUP_ONLY: Final = "Trong nhóm chỉ đặt được: đảng viên, hoặc công khai."
ANNOUNCE_TO_WHOM: Final = "Đồng chí muốn gửi thông báo cho ai?"
ANNOUNCE_ALL: Final = "Tất cả đảng viên"
ANNOUNCE_NO_CELL: Final = "Không có chi bộ “{cell}” trong danh sách. Các chi bộ: {cells}."
ANNOUNCE_WHAT: Final = "Đồng chí gõ nội dung thông báo gửi {to}. Tôi sẽ cho xem trước rồi mới gửi."
ANNOUNCE_LENGTH: Final = "Nội dung có {length} ký tự; cần từ 1 đến {limit}. Đồng chí gõ lại giúp tôi."
ANNOUNCE_PREVIEW: Final = (
    "Xem trước. Thông báo gửi {to}: {reached} người nhận được (trong {people} người; số còn lại chưa liên kết). Nội "
    "dung:"
)
ANNOUNCEMENT: Final = "📣 Thông báo của văn phòng cấp ủy:\n{text}"
ANNOUNCE_YES: Final = "Gửi"
ANNOUNCE_NO: Final = "Bỏ, không gửi"
ANNOUNCE_SENT: Final = "Đã xếp hàng gửi thông báo cho {to}."
ANNOUNCE_DROPPED: Final = "Vâng, tôi không gửi thông báo này."
ANNOUNCE_WAITS: Final = "Thông báo đồng chí vừa soạn chưa gửi. Đồng chí gõ “gửi” để gửi, “bỏ” để bỏ."
ANNOUNCE_NOT_WAITING: Final = "Thông báo này không còn chờ gửi: đã gửi, đã bỏ hoặc đã quá một giờ. Soạn lại: /thongbao"
ANNOUNCE_CELL: Final = "chi bộ “{cell}”"
ANNOUNCE_EVERYBODY: Final = "tất cả đảng viên"
STATUS_LIBRARY: Final = "Kho: {directives} văn bản, {passages} đoạn, lập lúc {built_at}."
STATUS_LAST_BUILD: Final = "Lần lập gần nhất: {report}"
STATUS_CHANNEL: Final = "Kênh {channel}: {state}"
STATUS_RUNS: Final = "đang chạy"
STATUS_STANDS_STILL: Final = "chưa chạy"
STATUS_QUEUE: Final = (
    "Hàng đợi: {waiting} câu hỏi chờ trả lời, {pending} tin chờ gửi; không gửi được {failed}, không rõ đã tới "
    "{unknown}."
)
STATUS_PEOPLE: Final = "{members} đảng viên trong danh sách; {questions} câu hỏi trong 7 ngày qua."
STATUS_DISK: Final = "Ổ đĩa còn trống {free} GB."
STATUS_DISK_OF: Final = "Ổ đĩa chứa {kept} còn trống {free} GB."
STATUS_STATE: Final = "dữ liệu"
STATUS_CORPUS: Final = "văn bản"
STATUS_INDEX: Final = "kho chỉ mục"
STATUS_FAILURES: Final = "Lỗi gần đây:"
STATUS_FAILURE: Final = "- {at} · {channel}: {reason}"

# --- written answers (/vietcau)
WRITTEN_BY_MACHINE: Final = (
    "Máy viết tóm tắt (có thể thiếu ý; số trong ngoặc là thứ tự trích dẫn bên dưới, đồng chí căn cứ vào trích dẫn):"
)
WRITING_NOW_ON: Final = (
    "Đã bật máy viết tóm tắt. Từ nay câu hỏi (đã che số điện thoại, số giấy tờ, thư điện tử) và lời trích dẫn mà người "
    "hỏi được xem sẽ được gửi tới mô hình {model} ở {host}. Câu nào trích dẫn không có thì tôi bỏ; trích dẫn vẫn giữ "
    "nguyên bên dưới. Tắt: /vietcau tắt"
)
WRITING_NOW_OFF: Final = "Đã tắt máy viết tóm tắt. Tôi chỉ trả lời bằng trích dẫn."
WRITING_IS_ON: Final = "Máy viết tóm tắt đang bật."
WRITING_IS_OFF: Final = "Máy viết tóm tắt đang tắt."
WRITING_USAGE: Final = "Đồng chí gõ /vietcau bật hoặc /vietcau tắt."
WRITING_NOT_SET_UP: Final = (
    "Chưa cài máy viết tóm tắt nên tôi chỉ trả lời bằng trích dẫn. Muốn dùng, đồng chí đặt BOT_WRITER_URL và "
    "BOT_WRITER_MODEL trên máy chủ rồi khởi động lại."
)

# --- administration in chat: corpus (reindex, upload)
UPLOAD_INVITE: Final = (
    "Đồng chí gửi cho tôi tệp văn bản (.docx, .doc, .pdf, .xlsx, .html …) hoặc ảnh chụp từng trang. "
    "Tôi sẽ đọc thử rồi hỏi lại trước khi đưa vào kho. "
    "Nếu kênh này không gửi được tệp, đồng chí gửi trên trang web."
)
PHOTO_TAKEN: Final = (
    "Tôi đã nhận {count} trang ảnh. Đồng chí gửi tiếp trang sau theo đúng thứ tự, hoặc chọn “Đủ trang” để tôi đọc. "
    "Ảnh gửi dạng tệp (không nén) thì chữ rõ hơn."
)
PHOTOS_TOO_MANY: Final = (
    "Một văn bản tôi nhận nhiều nhất {most} trang ảnh. Đồng chí chọn “Đủ trang” để tôi đọc phần đã có."
)
PHOTOS_DONE: Final = "Đủ trang, đọc đi"
PHOTOS_NAME: Final = "anh-chup-{at:%Y-%m-%d-%H%M%S}.pdf"
PHOTOS: Final = "ảnh chụp"
UPLOAD_READ: Final = (
    "Tôi đọc được từ tệp {name}:\n"
    "• Số hiệu: {number}\n• Loại: {type}\n• Ngày ban hành: {date}\n• Cơ quan: {issuer}\n• Trích yếu: {title}\n"
    "• Đối tượng được xem: {audience}\n"
    "Đồng chí xem có đúng không?"
)
UPLOAD_UNKNOWN: Final = "(không đọc được)"
UPLOAD_YES: Final = "Đúng, đưa vào kho"
UPLOAD_REPLACE: Final = "Đúng, thay bản cũ"
UPLOAD_NO: Final = "Bỏ, không đưa vào"
UPLOAD_FIX: Final[Mapping[str, str]] = {
    "number": "Sửa số hiệu",
    "type": "Sửa loại văn bản",
    "date": "Sửa ngày",
    "issuer": "Sửa cơ quan",
    "title": "Sửa trích yếu",
    "audience": "Đổi đối tượng",
}
UPLOAD_ASK: Final[Mapping[str, str]] = {
    "number": "Đồng chí gõ số hiệu đúng, ví dụ: 19-QĐ/ĐU",
    "type": "Đồng chí gõ ký hiệu loại văn bản, ví dụ: CT, NQ, QĐ, KH, HD",
    "date": "Đồng chí gõ ngày ban hành, ví dụ: 05/02/2026",
    "issuer": "Đồng chí gõ tên cơ quan ban hành.",
    "title": "Đồng chí gõ trích yếu.",
    "audience": "Ai được xem văn bản này? Đồng chí chọn, hoặc gõ “chi bộ TÊN”, “bí thư chi bộ TÊN”.",
}
UPLOAD_BAD_VALUE: Final = "Tôi không dùng được “{value}”."
UPLOAD_TAKEN: Final = "Lưu ý: trong kho đã có văn bản này (tệp {file}). Nếu đưa vào, tệp cũ được cất riêng, không mất."
UPLOAD_DRAFT: Final = "Lưu ý: đây là bản dự thảo. Tôi giữ riêng, không bao giờ trích dẫn như văn bản đang có hiệu lực."
UPLOAD_CIRCULATION: Final = "Lưu ý: văn bản có dấu “{mark}”; dấu này được nêu kèm mỗi trích dẫn."
UPLOAD_ATTACHED: Final = "Trong tệp còn có văn bản ban hành kèm theo: {names}."
UPLOAD_UNREAD: Final = (
    "Lưu ý: trang {pages} là ảnh mà tôi chưa đọc được, nên chưa có trong kho. Đồng chí kiểm tra máy chủ đã cài "
    "tesseract với tiếng Việt chưa, hoặc gửi bản rõ hơn."
)
UPLOAD_WEAK: Final = "Lưu ý: trang {pages} quét mờ, chữ đọc được có thể sai; đồng chí nên gửi bản rõ hơn."
UPLOAD_WITHDRAWN: Final = (
    "Lưu ý: văn bản này đang bị rút. Đưa tệp vào kho thì vẫn không ai xem được, cho đến khi đồng chí đưa lại bằng lệnh "
    "/hien."
)
UPLOAD_BUSY: Final = "Tôi đang đọc một tệp khác, đồng chí gửi lại sau ít phút."
UPLOAD_REFUSED: Final = "Tôi chưa nhận được tệp {name}. {reason}"
UPLOAD_DROPPED: Final = "Vâng, tôi đã bỏ tệp này, không đưa vào kho."
UPLOAD_GONE: Final = (
    "Tệp này không còn chờ: đã được đưa vào kho, đã bỏ, hoặc đã quá một ngày. Đồng chí gửi lại tệp nếu cần."
)
UPLOAD_NOT_WRITTEN: Final = (
    "Tôi chưa ghi được tệp vào thư mục văn bản {folder}. Đồng chí kiểm tra quyền ghi và ổ đĩa rồi chọn “Đúng” lần nữa."
)
UPLOAD_NO_CORPUS: Final = (
    "Tôi chưa nhận được văn bản: thư mục văn bản hiện nay nằm trong chính chương trình (văn bản mẫu). "
    "Người cài đặt cần đặt BOT_CORPUS_DIR tới một thư mục riêng, bên ngoài chương trình, rồi khởi động lại."
)
UPLOAD_REASONS: Final[Mapping[str, str]] = {
    "unreadable": "Tôi không đọc được tệp. Đồng chí mở thử, lưu lại rồi gửi lại.",
    "empty": "Tệp không có chữ nào. Đồng chí gửi tệp có nội dung.",
    "damaged": "Tệp bị hỏng. Đồng chí lưu lại tệp rồi gửi lại.",
    "mislabelled": "Nội dung tệp không đúng với đuôi {suffix}. Đồng chí lưu lại đúng định dạng rồi gửi lại.",
    "password": "Tệp có mật khẩu. Đồng chí bỏ mật khẩu rồi gửi lại.",
    "needs_office": (
        "Tôi chưa đọc được tệp {suffix} vì máy chủ chưa có LibreOffice. "
        "Đồng chí mở tệp bằng Word, lưu lại thành .docx rồi gửi lại."
    ),
    "unknown_suffix": "Tôi chỉ đọc tệp {known}. Đồng chí chuyển sang một trong các định dạng đó rồi gửi lại.",
    "classified": (
        "Văn bản có dấu {mark} nên không được đưa vào; tôi đã xóa tệp ở chỗ tôi. Theo Luật Bảo vệ bí mật nhà nước số "
        "117/2025/QH15, văn bản mật không được để trên máy, điện thoại nối mạng: đồng chí xóa ngay tin nhắn có tệp "
        "này và tệp ở máy đã gửi, dọn sạch thùng rác, rồi báo người phụ trách bảo vệ bí mật nhà nước của cơ quan."
    ),
    "child_stopped": "Đọc tệp quá lâu hoặc quá tốn bộ nhớ nên tôi đã dừng. Đồng chí kiểm tra lại tệp.",
}
UPLOAD_ACCEPTED: Final = (
    "Tôi đã đưa tệp {name} vào thư mục văn bản và đang lập lại chỉ mục. Xong việc tôi sẽ báo đồng chí."
)
REINDEX_STARTED: Final = (
    "Tôi bắt đầu lập lại chỉ mục. Trong lúc chờ, mọi người vẫn được trả lời từ kho cũ. Xong việc tôi sẽ báo đồng chí."
)
REINDEX_RUNNING: Final = "Kho đang được lập chỉ mục rồi. Đồng chí đợi việc đó xong rồi gửi lại lệnh này."
REINDEX_PROGRESS: Final = "{stage}: {done}/{total} ({percent} %)"
REINDEX_FAILED: Final = "Chưa lập được chỉ mục mới; kho cũ vẫn trả lời. {reason}"
REINDEX_SKIPPED_REST: Final = "… và {count} dòng nữa; xem đủ bằng lệnh: python -m bot reindex"
NIGHTLY_FAILED: Final = (
    "Đêm qua thư mục văn bản có thay đổi nhưng tôi chưa lập được chỉ mục mới; kho cũ vẫn trả lời. {reason}"
)

# --- what was read: inspect, the administrators' pages
INSPECT_HELP: Final = "Đọc thử một tệp và in những gì hiểu được: các yếu tố, cây mục, bảng, quan hệ, trang quét."
INSPECT_ARGUMENT: Final = "Tệp văn bản, trong hay ngoài thư mục văn bản."
INSPECT_TITLE: Final = "Tệp {file}: {count} văn bản."
INSPECT_TREE: Final = "Cây mục:"
INSPECT_TABLES: Final = "Bảng {number}:"
INSPECT_RELATIONS_TITLE: Final = "Quan hệ với văn bản khác và hiệu lực:"
INSPECT_SCANS: Final = "Trang đọc từ ảnh:"
INSPECT_SCAN: Final = "trang {page}: độ tin cậy {confidence} %"
INSPECT_WEAK_WORDS: Final = "chữ còn ngờ: {words}"
INSPECT_CLAUSE: Final = "“{clause}”"
INSPECT_NOTHING: Final = "(không có)"
INSPECT_UNKNOWN: Final = "(không đọc được)"
INSPECT_YES: Final = "có"
INSPECT_OF: Final = "của"
INSPECT_SINCE: Final = "từ {date}"
INSPECT_UNTIL: Final = "đến hết {date}"
INSPECT_PAGE: Final = "trang {page}"
INSPECT_IN_TEXT: Final = "trong văn bản"
INSPECT_EXPLICIT: Final = "văn bản nói rõ"
INSPECT_NOT_EXPLICIT: Final = "chưa rõ, cần người xem"
INSPECT_UNREAD_PAGE: Final = "Trang này là ảnh và chưa đọc được."
INSPECT_WEAK_PAGE: Final = "Trang quét, đọc chưa chắc (độ tin cậy {confidence} %)."
INSPECT_SCANNED_PAGE: Final = "Trang quét (độ tin cậy {confidence} %)."
INSPECT_UNREAD: Final = "Trang là ảnh, chưa đọc được: {pages}."
INSPECT_WEAK: Final = "Trang quét đọc chưa chắc: {pages}."
INSPECT_FIELDS: Final[Mapping[str, str]] = {
    "number": "Số hiệu",
    "type": "Loại",
    "issuer": "Cơ quan ban hành",
    "date": "Ngày ban hành",
    "place": "Nơi ban hành",
    "title": "Trích yếu",
    "signer": "Người ký",
    "audience": "Đối tượng được xem",
    "circulation": "Phạm vi lưu hành",
    "draft": "Dự thảo",
    "attached_to": "Ban hành kèm theo",
    "attached_type": "Loại của văn bản kèm theo",
    "attached_title": "Trích yếu của văn bản kèm theo",
    "sample": "Văn bản mẫu",
}
INSPECT_RELATIONS: Final[Mapping[str, str]] = {
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "amends": "sửa đổi, bổ sung",
    "extends": "kéo dài hiệu lực của",
    "implements": "thực hiện",
    "in_force_from": "có hiệu lực từ ngày",
    "expires_on": "có hiệu lực đến hết ngày",
}

SHELF_TITLE: Final = "Quản lý văn bản"
SHELF_SKIP: Final = "Đến nội dung"
SHELF_LIST: Final = "Danh sách văn bản"
SHELF_LEFT_OUT_NONE: Final = "Lần lập chỉ mục gần nhất không bỏ lại tệp nào."
SHELF_CHAT: Final = "Trang hỏi đáp"
SHELF_SEARCH: Final = "Tìm trong danh sách"
SHELF_SEARCH_HINT: Final = "Số hiệu, tên, cơ quan, tên tệp, tình trạng…"
SHELF_FIND: Final = "Tìm"
SHELF_ALL: Final = "Xem tất cả"
SHELF_COUNT: Final = "{found} văn bản; kho lập lúc {built_at}."
SHELF_NONE: Final = "Không có văn bản nào như vậy."
SHELF_PAGES: Final = "Trang {page}/{pages}"
SHELF_PREVIOUS: Final = "Trang trước"
SHELF_NEXT: Final = "Trang sau"
SHELF_COLUMNS: Final[Mapping[str, str]] = {
    "name": "Văn bản",
    "status": "Tình trạng",
    "audience": "Đối tượng được xem",
    "source": "Tệp",
    "changed": "Tệp sửa lúc",
    "trouble": "Cần xem lại",
}
SHELF_STATUS: Final[Mapping[str, str]] = {
    "in_force": "còn hiệu lực",
    "amended": "đã được sửa đổi, bổ sung",
    "replaced": "đã được thay thế",
    "repealed": "đã bị bãi bỏ",
    "expired": "hết hiệu lực",
    "not_yet": "chưa có hiệu lực",
    "draft": "dự thảo",
}
SHELF_WITHDRAWN: Final = "đã rút"
SHELF_BY_OVERRIDE: Final = "do quản trị viên đặt (/doituong)"
SHELF_BY_PAPER: Final = "theo văn bản hoặc tệp kèm"
SHELF_BY_DEFAULT: Final = "mặc định"
SHELF_FILE_GONE: Final = "Tệp không còn trong thư mục văn bản; hãy lập lại chỉ mục."
SHELF_FILE_NEWER: Final = "Tệp đã thay đổi sau lần lập chỉ mục gần nhất."
SHELF_LEFT_OUT: Final = "Tệp bị bỏ lại trong lần lập chỉ mục gần nhất ({count})"
SHELF_LEFT_OUT_UNKNOWN: Final = (
    "Chưa có báo cáo của lần lập chỉ mục gần nhất; hãy lập lại chỉ mục để biết tệp nào bị bỏ lại."
)

REBUILD_BUTTON: Final = "Lập lại chỉ mục"
REBUILD_TITLE: Final = "Lập chỉ mục"
REBUILD_NONE: Final = "Từ khi chương trình chạy chưa lập chỉ mục lần nào."
REBUILD_RUNNING: Final = "Đang lập chỉ mục…"
REBUILD_DONE: Final = "Việc lập chỉ mục đã xong."
REBUILD_REFRESH: Final = "Trang này tự tải lại sau vài giây."
REBUILD_BACK: Final = "Về danh sách văn bản"

READ_PAGE: Final = "Trang {page}/{pages}"
READ_PIECE: Final = "Phần {page}/{pages}"
READ_PICTURE: Final = "Ảnh trang {page}"
READ_PICTURE_NOT_SHOWN: Final = "Ảnh trang chỉ hiện khi tệp còn đúng là tệp đã đọc. Hãy lập lại chỉ mục rồi xem lại."
READ_TEXT: Final = "Chữ đã đọc"
READ_TEXT_EMPTY: Final = "(trang không có chữ)"
READ_UNDERSTOOD: Final = "Những gì hiểu được"
READ_FIELDS: Final = "Các yếu tố"
READ_TREE: Final = "Cây mục trên trang này"
READ_TABLES: Final = "Bảng trên trang này"
READ_LINKS: Final = "Quan hệ với văn bản khác"
READ_LINKS_NONE: Final = "Không thấy câu nào nói về văn bản khác hay về hiệu lực."
READ_WEAK: Final = "Chữ còn ngờ trên trang này"
READ_WEAK_HINT: Final = "Chữ được tô là chữ máy đọc chưa chắc."
READ_PROPOSED: Final = "đang chờ quản trị viên xác nhận"
READ_STANDS: Final = "đang được tính"
READ_STANDS_NOT: Final = "không được tính"
READ_MISSING: Final = "văn bản kia chưa có trong kho (cần bổ sung)"
READ_CONFIRM: Final = "Xác nhận"
READ_REJECT: Final = "Bác bỏ"
READ_TAKE_BACK: Final = "Rút lại quyết định"
READ_DECIDED_MEANWHILE: Final = (
    "Quyết định vừa rồi chưa được ghi: quan hệ này đã có người quyết định khác đi sau khi đồng chí mở trang. "
    "Đồng chí xem lại trạng thái dưới đây rồi quyết định."
)
READ_CORRECT: Final = "Sửa cho đúng"
READ_CORRECT_HINT: Final = (
    "Để trống một ô thì lấy lại điều đọc được từ văn bản. Điều đã sửa được ghi vào tệp kèm .yaml; bản cũ của tệp kèm "
    "được cất riêng, không mất."
)
READ_DATE_HINT: Final = "ngày/tháng/năm, ví dụ 05/02/2026"
READ_AUDIENCE_HINT: Final = "công khai, đảng viên, cấp ủy, bí thư, chi bộ TÊN, bí thư chi bộ TÊN"
READ_DRAFT: Final[Mapping[str, str]] = {
    "": "như văn bản ghi",
    "yes": "là dự thảo",
    "no": "không phải dự thảo",
}
READ_CORRECTIONS: Final = "Chữ đọc sai"
READ_CORRECTIONS_HINT: Final = "Ghi chữ máy đọc và chữ đúng. Không ghi trang thì sửa ở mọi trang của tệp."
READ_READ: Final = "Máy đọc"
READ_MEANT: Final = "Chữ đúng"
READ_AT: Final = "Trang"
READ_SAVE: Final = "Lưu và lập lại chỉ mục"
READ_SAVED: Final = "Đã lưu. Kho đang được lập lại; xong rồi, câu trả lời sẽ theo điều vừa sửa."
READ_AGAIN: Final = "Xem lại văn bản khi lập xong"
READ_UNCHANGED: Final = "Không có gì thay đổi nên tôi không ghi gì."
READ_ORIGINAL: Final = "Mở bản gốc"
READ_HAS_ATTACHED: Final = (
    "Tệp này có văn bản ban hành kèm theo: các ô dưới đây là của văn bản đầu trong tệp; văn bản kèm theo có ô riêng "
    "cho loại và trích yếu, còn số, ngày, cơ quan theo văn bản đầu."
)
READ_BY_OVERRIDE: Final = (
    "Đối tượng hiện do lệnh /doituong đặt ({audience}); khi đổi ô đối tượng, tôi đặt lại luôn theo ô này."
)
READ_FAULT_VALUE: Final = "Không dùng được “{value}”."
READ_FAULT_DATE: Final = "“{value}” không phải một ngày; hãy ghi ngày/tháng/năm, ví dụ 05/02/2026."
READ_FAULT_AUDIENCE: Final = "Không có đối tượng “{value}”; hãy ghi: " + READ_AUDIENCE_HINT + "."
READ_FAULT_LONG: Final = "Dài quá {limit} ký tự."
READ_FAULT_PAGE: Final = "“{value}” không phải số trang của văn bản này."
READ_FAULT_NOT_MET: Final = "Không thấy “{value}” trong chữ đã đọc (ở trang ghi kèm)."
READ_FAULT_PAIR: Final = "Cần ghi đủ chữ máy đọc và chữ đúng."
READ_FAULT_CHANGED: Final = "Trong lúc đồng chí sửa, tệp kèm đã được người khác sửa. Hãy xem lại rồi lưu lần nữa."
READ_FAULT_SIDECAR: Final = "Tệp kèm .yaml hiện có lỗi nên chưa ghi thêm được: {problem}"
READ_FAULT_GONE: Final = "Tệp của văn bản này không còn trong thư mục văn bản."
READ_FAULT_DISK: Final = "Chưa ghi được vào thư mục văn bản. Hãy kiểm tra quyền ghi và ổ đĩa."

ARRIVE_TITLE: Final = "Đưa văn bản vào kho"
ARRIVE_DROP: Final = "Kéo thả tệp vào đây, hoặc chọn tệp"
ARRIVE_LIMIT: Final = (
    "Mỗi tệp tối đa {megabytes} MB, mỗi lần tối đa {files} tệp. Tôi đọc thử rồi hỏi lại, chưa đưa gì vào kho."
)
ARRIVE_APART: Final = "Mỗi ảnh là một văn bản"
ARRIVE_APART_HINT: Final = (
    "Nhiều ảnh (JPEG, PNG) gửi cùng lúc được ghép thành một văn bản nhiều trang, theo thứ tự tên tệp; "
    "muốn khác thì đánh dấu ô trên trước khi chọn tệp."
)
ARRIVE_TOGETHER: Final = "Một văn bản gồm {count} trang ảnh"
ARRIVE_PAGES: Final = (
    "Tôi ghép {count} ảnh thành một văn bản theo thứ tự: {names}. Nếu chưa đúng, đồng chí chọn “Bỏ” rồi gửi lại: "
    "đổi tên tệp theo thứ tự trang, hoặc đánh dấu ô “" + ARRIVE_APART + "”."
)
ARRIVE_PAGES_MORE: Final = " và {count} ảnh nữa"
ARRIVE_PAGES_MOST: Final = "Một văn bản tôi nhận nhiều nhất {most} trang ảnh; đồng chí gửi ít ảnh hơn."
ARRIVE_SEND: Final = "Gửi tệp"
ARRIVE_WAITING: Final = "chờ đến lượt"
ARRIVE_SENDING: Final = "đang gửi {percent} %"
ARRIVE_READING: Final = "đang đọc…"
ARRIVE_FAILED: Final = "Chưa gửi được. Đồng chí kiểm tra mạng rồi gửi lại tệp này."
ARRIVE_TAKE: Final = "Nhận"
ARRIVE_TAKE_OVER: Final = "Nhận, thay bản cũ"
ARRIVE_AMEND: Final = "Sửa"
ARRIVE_AGAIN: Final = "Đọc lại với điều đã sửa"
ARRIVE_DROP_IT: Final = "Bỏ"
ARRIVE_DROPPED: Final = "Đã bỏ tệp này, không đưa vào kho."
ARRIVE_ACCEPTED: Final = "Đã đưa tệp {name} vào thư mục văn bản; kho đang được lập lại."
ARRIVE_GONE: Final = "Tệp này không còn chờ: đã được đưa vào kho, đã bỏ, hoặc đã quá một ngày."
ARRIVE_NONE: Final = "Chưa chọn tệp nào."
ARRIVE_LARGE: Final = "Tệp lớn quá {megabytes} MB."
ARRIVE_DISK: Final = "Tôi chưa ghi được tệp này. Đồng chí kiểm tra quyền ghi và dung lượng ổ đĩa rồi thử lại."
ARRIVE_RETRY: Final = "Đọc lại"

# --- commands: members, webhook, backup, run
BACKUP_HELP: Final = "Sao lưu dữ liệu, văn bản và kho chỉ mục vào một tệp; bot vẫn chạy bình thường."
RESTORE_HELP: Final = "Phục hồi từ tệp sao lưu vào các thư mục và cơ sở dữ liệu còn trống."
BACKUP_ARGUMENT: Final = "Tệp sao lưu, ví dụ sao-luu.tar.gz."
BACKUP_DONE: Final = (
    "Đã sao lưu vào {path}: {members} đảng viên, {files} tệp văn bản, {megabytes} MB. "
    "Tệp này có họ tên đảng viên và khóa bí mật; hãy cất ở nơi chỉ quản trị viên mở được."
)
BACKUP_DONE_WITHOUT_KEY: Final = (
    "Đã sao lưu vào {path}: {members} đảng viên, {files} tệp văn bản, {megabytes} MB. Tệp này có họ tên đảng viên; "
    "hãy cất ở nơi chỉ quản trị viên mở được, và cất riêng khóa BOT_SECRET_KEY, vì tệp không chứa khóa này."
)
RESTORE_DONE: Final = (
    "Đã phục hồi bản sao lưu lúc {made_at}: {members} đảng viên, {files} tệp văn bản. "
    "Câu trả lời còn đang gửi lúc sao lưu sẽ được gửi lại khi bot chạy."
)
BACKUP_LEFT_OUT: Final = (
    "Tệp {path} đang hỏng hoặc không đọc được nên không có trong bản sao lưu này; mọi phần khác đã được lưu đủ."
)
BACKUP_INSIDE: Final = "không ghi tệp sao lưu vào trong {folder}, vì thư mục này là một phần của bản sao lưu"
BACKUP_DAMAGED: Final = "tệp bị hỏng hoặc chưa chép hết"
BACKUP_DAMAGED_AT: Final = "phần {part} bị hỏng"
BACKUP_STRANGE: Final = "có mục lạ “{name}”"
BACKUP_INCOMPLETE: Final = "thiếu hoặc thừa ở phần {part}"
BACKUP_NEWER: Final = "tệp do phiên bản mới hơn tạo ra ({version}), cần cập nhật chương trình trước"
BACKUP_OTHER_KEY: Final = "tệp được tạo với một khóa BOT_SECRET_KEY khác, cần đặt lại đúng khóa đó trước"
WEBHOOK_HELP: Final = "Đăng ký (set) hoặc hủy (delete) webhook của một kênh với Telegram hay Zalo."
WEBHOOK_SET_HELP: Final = "Đăng ký để nền tảng gọi tới bot (cần BOT_PUBLIC_URL và khóa …_WEBHOOK_SECRET)."
WEBHOOK_DELETE_HELP: Final = "Hủy đăng ký; bot tự hỏi tin mới."
WEBHOOK_CHANNEL_ARGUMENT: Final = "Kênh."
WEBHOOK_NO_CHANNEL: Final = "chưa đặt mã token của kênh “{channel}”"
AUDIT_HELP: Final = "In nhật ký việc quản trị, mỗi việc một dòng JSON."
WEBHOOK_SET: Final = "Đã đăng ký webhook của {channel}: {url}"
WEBHOOK_DELETED: Final = "Đã hủy webhook của {channel}. Từ lần chạy sau, nếu bỏ {key}, bot sẽ tự hỏi tin mới."
WEBHOOK_NEEDS_URL: Final = "cần đặt BOT_PUBLIC_URL, địa chỉ https mà {channel} gọi tới được"
WEBHOOK_NEEDS_SECRET: Final = "cần đặt {key} trước khi đăng ký webhook của {channel}"
WEBHOOK_NONE: Final = "kênh {channel} không dùng webhook"
MEMBERS_HELP: Final = "Danh sách đảng viên: nhập từ tệp, xem, mời."
MEMBERS_IMPORT_HELP: Final = "Nhập danh sách từ tệp .csv hoặc .xlsx (các cột: mã, họ tên, chi bộ, vai trò)."
MEMBERS_LIST_HELP: Final = "Xem danh sách."
MEMBERS_INVITE_HELP: Final = "Tạo mã liên kết một lần cho một người, hoặc cho mọi người chưa liên kết (--all)."
ROLL_ARGUMENT: Final = "Tệp danh sách."
REMOVE_MISSING_OPTION: Final = "Đưa ra khỏi danh sách những người không có trong tệp."
MEMBER_ARGUMENT: Final = "Mã hoặc họ tên."
INVITE_ALL_OPTION: Final = "Mọi người chưa liên kết."
RUN_ADDRESS: Final = "Trang web: {address}"
RUN_FIRST_CODE: Final = "Mã liên kết dùng một lần của {name}: {code} (dùng đến {expires})"
FIRST_ADMINISTRATOR: Final = "Quản trị viên"
FIRST_CELL: Final = "Văn phòng"
ROLL_COLUMNS: Final[Mapping[str, str]] = {"code": "mã", "name": "họ tên", "cell": "chi bộ", "role": "vai trò"}
ROLL_LINE: Final = "Dòng {line}: {problem}"
ROLL_EMPTY: Final = "ô {column} trống; hãy điền {column}"
ROLL_TOO_LONG: Final = "ô {column} dài quá {limit} ký tự (“{value}…”); hãy sửa cho ngắn"
ROLL_DUPLICATE: Final = "mã “{value}” đã có ở dòng {other}; hãy cho mỗi người một mã riêng"
ROLL_BAD_ROLE: Final = "vai trò “{value}” không có; hãy ghi một trong: {roles}"
ROLL_COLUMN_TWICE: Final = "có hai cột {column} (“{first}” và “{second}”); hãy bỏ hoặc đổi tên một cột"
ROLL_NO_HEADER: Final = "không thấy dòng tiêu đề có đủ các cột {columns}; hãy ghi các tên cột này ở dòng đầu"
ROLL_COLUMNS_MISSING: Final = "dòng tiêu đề thiếu cột {missing} (cần {columns}); hãy thêm hoặc sửa tên cột"
ROLL_NOBODY: Final = "tệp không có người nào dưới dòng tiêu đề; hãy chọn đúng tệp danh sách"
ROLL_SUFFIX: Final = "chỉ đọc tệp .csv và .xlsx, không đọc “{suffix}”; hãy mở bằng Excel rồi lưu dạng .xlsx"
ROLL_NOT_UTF8: Final = "tệp .csv không phải UTF-8 nên chữ có dấu bị sai; hãy lưu lại dạng .xlsx hoặc CSV UTF-8"
ROLL_TOO_LARGE: Final = "tệp lớn quá {limit} MB; hãy chỉ giữ lại trang tính có danh sách"
ROLL_TOO_MANY: Final = "danh sách quá {limit} người; hãy kiểm tra lại tệp"
ROLL_DAMAGED: Final = "không mở được tệp .xlsx (hỏng hoặc có mật khẩu); hãy mở bằng Excel, lưu lại không có mật khẩu"
ROLL_BAD_QUOTES: Final = "dấu ngoặc kép mở và đóng không khớp; hãy sửa dòng này"
ROLL_MORE_PROBLEMS: Final = "… và {count} dòng sai nữa"
ROLL_DONE: Final = "Đã nhập danh sách: thêm {added}, cập nhật {changed}, giữ nguyên {unchanged}, xóa {removed} người."
ROLL_MISSING: Final = "Có {count} người không còn trong tệp, chưa xóa (chạy lại với --remove-missing để xóa):"
ROLL_REMOVED: Final = "Đã xóa {count} người không còn trong tệp:"
ROLL_KEPT: Final = (
    "Tệp không để lại quản trị viên nào nên tôi giữ nguyên vai trò của quản trị viên hiện có "
    "(luôn phải còn ít nhất một người):"
)
MEMBER_BULLET: Final = "- {member}"
NO_MEMBERS: Final = "Chưa có đảng viên nào. Hãy nhập danh sách: python -m bot members import TỆP"
MEMBER_LINE: Final = "{code} – {name} – {cell} – {role} – {linked}"
MEMBER_NOT_LINKED: Final = "chưa liên kết"
INVITATION_LINE: Final = "{name} ({cell}), mã liên kết: {code}, dùng một lần, đến {expires}"
INVITE_WHOM: Final = "cần mã hoặc tên một đảng viên, hoặc --all, không phải cả hai"
NOBODY_TO_INVITE: Final = "Mọi người trong danh sách đều đã liên kết tài khoản; không cần cấp mã."

# --------------------------------------------------------------------------------------------------------- commands
APP_HELP: Final = "Trợ lý tra cứu chỉ thị, nghị quyết của Đảng: trả lời bằng đúng lời của văn bản, kèm nơi trích dẫn."
RUN_HELP: Final = "Chạy mọi kênh đã cài đặt; thêm --console để hỏi ngay trên màn hình này."
CHAT_HELP: Final = "Hỏi đáp trên màn hình này (hoặc từng dòng từ đường ống)."
ASK_HELP: Final = "Trả lời một câu hỏi, hoặc cả loạt câu hỏi (--batch)."
ADMIN_HELP: Final = (
    "Làm việc của quản trị viên ngay trên máy chủ, bằng chính các lệnh trong trò chuyện: /an, /hien, /doituong, "
    "/thanhvien, /thongbao, /trangthai, /chuatraloi, /nhap, /reindex, /dexuat, /canbosung, /nhiemvu, /bantin, "
    "/vietcau. Mỗi lời là một lượt của cùng một cuộc trò chuyện, ví dụ: admin “/thongbao tất cả” “Nội dung” “gửi”."
)
TURNS_VALUE: Final = "LỜI"
TURNS_ARGUMENT: Final = "Các lượt, theo thứ tự; “tệp:ĐƯỜNG_DẪN” là gửi một tệp."
ADMIN_FILE_OPTION: Final = "Tệp gửi kèm lượt đầu, cho /nhap."
ADMIN_NEEDS_TURN: Final = "cần ít nhất một lời, hoặc --file"
NO_SUCH_FILE: Final = "không có tệp này"
REINDEX_HELP: Final = "Lập lại chỉ mục kho văn bản; trong lúc chạy kho cũ vẫn trả lời."
ACCEPT_OPTION: Final = "Dùng kho mới dù nó trả lời kém hơn trên bộ câu hỏi của cơ quan."
ACCEPT_WITHOUT_ROLLBACK: Final = "--accept không đi cùng --rollback"
ROLLBACK_OPTION: Final = "Lùi về kho lập trước kho đang dùng; văn bản đã rút, đã bỏ hoặc bị từ chối vẫn không hiện lại."
VERSIONS_HELP: Final = "Xem các bản cũ của văn bản đã được thay bằng bản khác cùng số hiệu."
VERSIONS_ARGUMENT: Final = "Số hiệu văn bản, ví dụ 19-QĐ/ĐU."
DIFF_OPTION: Final = "In chỗ khác nhau giữa hai bản mới nhất."
FORGET_OPTION: Final = "Xóa hẳn các bản cũ của văn bản này, ví dụ vì nó là tài liệu mật; hỏi lại trước khi xóa."
YES_OPTION: Final = "Không hỏi lại, dành cho chương trình."
NUMBER_VALUE: Final = "SỐ_HIỆU"
EVALUATE_HELP: Final = "Đo chất lượng trả lời trên một bộ câu hỏi (.yaml, thư mục BEIR hoặc tệp SQuAD .json)."
NUMBERS_HELP: Final = "Tìm số hiệu văn bản trong một câu, hoặc trong cả loạt câu (--batch)."
CONSOLE_OPTION: Final = "Mở thêm hỏi đáp trên màn hình này."
CORPUS_OPTION: Final = "Thư mục văn bản (BOT_CORPUS_DIR; mặc định docs_corpus)."
LIBRARY_OPTION: Final = "Thư mục của kho đã lập chỉ mục (BOT_LIBRARY_DIR; mặc định library)."
ENCODER_OPTION: Final = "Mô hình: built-in, hoặc tên hay đường dẫn sentence-transformers (BOT_ENCODER)."
AS_OPTION: Final = "Hỏi với quyền của đảng viên có mã hoặc tên này."
JSON_OPTION: Final = "In kết quả dạng JSON."
BATCH_OPTION: Final = "Tệp JSON từng dòng, hoặc - để đọc từ đầu vào; in mỗi dòng một kết quả JSON."
QUESTION_ARGUMENT: Final = "Câu hỏi."
TEXT_ARGUMENT: Final = "Câu cần tìm số hiệu."
PATH_ARGUMENT: Final = "Bộ câu hỏi: tệp .yaml hoặc thư mục các tệp .yaml, thư mục BEIR, tệp SQuAD .json."
UNACCENTED_OPTION: Final = "Bỏ dấu các câu hỏi trước khi tìm."
HALF_OPTION: Final = "Chỉ lấy một nửa số câu hỏi: even hoặc odd."

ONE_OF_QUESTION_AND_BATCH: Final = "cần một câu hỏi, hoặc --batch, không phải cả hai"
ONE_OF_TEXT_AND_BATCH: Final = "cần một câu, hoặc --batch, không phải cả hai"
HALF_NEEDED: Final = "--half nhận even hoặc odd, không nhận “{value}”"
LINE_NOT_JSON: Final = "không phải JSON"
LINE_WRONG: Final = "khóa “{key}” thiếu hoặc không đúng kiểu ({expected})"
EXPLAIN_OPTION: Final = "In thêm cách hiểu câu hỏi, từng bước."
EXPLAIN_NOT_BATCH: Final = "--explain không dùng cùng --batch"
EXPLAIN_TITLE: Final = "Câu hỏi được hiểu như sau:"
EXPLAIN_STEP: Final = "• {step}: {typed} → {read}"
EXPLAIN_STEPS: Final = {
    "chat": "Viết tắt có số",
    "keys": "Phím gõ dấu còn sót",
    "slip": "Lỗi gõ",
    "short": "Viết tắt",
    "accents": "Thêm dấu",
}
EXPLAIN_WORDING: Final = "• Đọc là: {wording}"
EXPLAIN_NUMBERS: Final = "• Số hiệu: {numbers}"
EXPLAIN_PLACES: Final = "• Vị trí trong văn bản: {places}"
EXPLAIN_TERMS: Final = "• Từ để tìm: {terms}"
EXPLAIN_NOTHING: Final = "(không còn từ nào)"
EXPLAIN_FORMAL: Final = "  – {said}: cũng tìm {formal}"
EXPLAIN_FILTERS: Final = "• Văn bản được nhắc tới: {filters}"
EXPLAIN_NEWEST: Final = "mới nhất"
EXPLAIN_PAST: Final = "trước đây"
EXPLAIN_DRAFT: Final = "dự thảo"
EXPLAIN_EXPECTED: Final = "• Chờ câu trả lời về: {expected}"
EXPLAIN_KINDS: Final = {
    "time": "thời gian",
    "amount": "số lượng, mức",
    "body": "người hoặc cơ quan",
    "effect": "hiệu lực",
}
ASK_LINE_EXPECTED: Final = 'cần {"id": …, "question": câu hỏi hoặc danh sách câu hỏi}'
NUMBERS_LINE_EXPECTED: Final = 'cần {"id": …, "text": câu}'
NO_PERMISSION: Final = "Không có quyền mở {path}. Hãy cấp quyền cho tài khoản chạy chương trình, hoặc chỉ nơi khác."
INTERRUPTED: Final = "Đã dừng theo yêu cầu."
CRASHED: Final = "Chương trình gặp lỗi ngoài dự kiến: {detail}. Chạy lại với BOT_LOG_LEVEL=DEBUG để xem chi tiết."
NO_NUMBERS: Final = "Không thấy số hiệu văn bản nào."

BUILD_FIRST: Final = "Chưa có kho văn bản dùng được; đang lập từ {folder} …"
BUILD_STAGES: Final[Mapping[str, str]] = {
    "read": "Đọc văn bản",
    "pages": "Đọc trang ảnh",
    "embed": "Mã hóa",
    "write": "Ghi chỉ mục",
    "ask": "Hỏi thử",
}
REPORT: Final = (
    "Đã lập chỉ mục trong {seconds} giây: thêm {added}, đổi {changed}, giữ nguyên {unchanged}, bỏ {removed} văn bản; "
    "{passages} đoạn."
)
REPORT_KEPT: Final = (
    "CHƯA dùng kho mới ({seconds} giây: thêm {added}, đổi {changed}, giữ nguyên {unchanged} văn bản), kho cũ vẫn trả "
    "lời: trên bộ câu hỏi của cơ quan, kho mới kém hơn mức cho phép."
)
TRIAL_SHARES: Final = "Hỏi thử {asked} câu của cơ quan: {shares}."
TRIAL_SHARE: Final = "{measure} {before} % → {now} %{fell}"
TRIAL_SHARE_ALONE: Final = "{measure} {now} %"
TRIAL_FELL: Final = " (giảm quá mức)"
TRIAL_MEASURES: Final[Mapping[str, str]] = {
    "directive@1": "đúng văn bản ở trích dẫn đầu",
    "words@1": "đúng lời ở trích dẫn đầu",
}
TRIAL_SWITCHED: Final = (
    "Kho mới vẫn được dùng ngay, vì có văn bản đã bị bỏ, bị rút, nay dành cho ít người hơn, hoặc không còn hiệu lực "
    "như cũ. Hãy xem lại các câu sau, có thể cần sửa bộ câu hỏi."
)
TRIAL_WORSE: Final = "Các câu trước đúng, nay chưa đúng ({count}):"
TRIAL_WORSE_LINE: Final = "- {question}"
TRIAL_WORSE_HELD: Final = "- và {count} câu để dành"
TRIAL_REST: Final = "… và {count} dòng nữa; xem đủ bằng lệnh: python -m bot reindex"
TRIAL_CURE: Final = (
    "Hãy xem lại các văn bản vừa thêm hoặc sửa, hoặc sửa bộ câu hỏi nếu câu đã cũ, rồi lập lại chỉ mục. Muốn dùng kho "
    "mới ngay: python -m bot reindex --accept, hoặc gõ /reindex dùng."
)
TRIAL_PROBLEM: Final = "Chưa hỏi thử được nên không so sánh. {problem}"
REPORT_SKIPPED: Final = "Bỏ qua {count} tệp:"
REPORT_TROUBLES: Final = "Cần xem lại {count} chỗ (văn bản vẫn được đưa vào kho):"
SKIPPED_LINE: Final = "- {path}: {text}"
TROUBLE_REST: Final = "… và {count} chỗ nữa; xem đủ bằng lệnh: python -m bot reindex --json"
TROUBLES: Final[Mapping[str, str]] = {
    "unread_pages": "trang {pages} chỉ có ảnh và chưa đọc được. {reason}",
    "weak_pages": "trang {pages} quét mờ nên có thể đọc sai chữ. Hãy đối chiếu với bản giấy, hoặc quét lại rõ hơn.",
    "two_texts": (
        "cùng số hiệu với tệp {other} ({number}) nhưng nội dung khác; cả hai đều được giữ và trả lời. Nếu một bản đã "
        "cũ, hãy bỏ tệp đó; nếu số hiệu đọc sai, hãy sửa bằng tệp .yaml."
    ),
    "two_sources": "cùng nội dung với tệp {other} ({number}); khi trả lời chỉ trích tệp đó. Giữ cả hai cũng được.",
    "two_audiences": (
        "cùng nội dung với {other} ({number}) nhưng đối tượng được xem ghi khác nhau; tôi theo nơi ghi hẹp hơn "
        "({audience}). Hãy ghi thống nhất trong các tệp .yaml."
    ),
}
"""Of a file that was taken in: what is to be looked at, and what to do."""
UNREAD_REASONS: Final[Mapping[str, str]] = {
    "no_program": "Máy chưa cài tesseract (gói tiếng Việt “vie”); hãy cài rồi chạy reindex, hoặc dùng bản có chữ.",
    "unreadable": "Hãy quét lại các trang đó cho rõ, hoặc dùng bản có chữ.",
}
ROLLED_BACK: Final = (
    "Đã lùi về kho lập lúc {built_at}: {directives} văn bản. So với kho vừa dùng: trở lại {returned}, "
    "không còn {gone}, khác lời {other} văn bản. Muốn tiến tới kho mới, hãy chạy: python -m bot reindex"
)
ROLLED_BACK_RETURNED: Final = "Trở lại:"
ROLLED_BACK_GONE: Final = "Không còn:"
ROLLED_BACK_OTHER: Final = "Trở lại lời cũ:"
ROLLED_BACK_HIDDEN: Final = (
    "Vẫn giấu {count} văn bản của kho cũ, vì tệp đã bị bỏ khỏi thư mục, bị từ chối hoặc nay dành cho ít người hơn:"
)
ROLLED_BACK_CLASSIFIED: Final = (
    "Trong đó có thể có văn bản nay mang dấu mật mà lời còn nằm trên ổ đĩa. Hãy chạy ngay: python -m bot reindex"
)
ROLLED_BACK_LINE: Final = "- {directive}"
NIGHTLY_ROLLED_BACK: Final = (
    "Kho đang dùng là kho đã lùi về lúc {at}. Thư mục văn bản chưa thay đổi từ đó nên đêm nay tôi không lập lại "
    "chỉ mục. Khi đồng chí sửa thư mục, hoặc gõ /reindex, tôi sẽ lập kho mới."
)
VERSIONS_NONE: Final = "Chưa có văn bản nào có bản cũ được lưu."
VERSIONS_NONE_OF: Final = "Không có bản cũ nào của “{number}”. Xem các văn bản có bản cũ: python -m bot versions"
VERSIONS_LINE: Final = "{number} – {title}: {count} bản ({dates})"
VERSIONS_LINE_GONE: Final = "{number} – {title}: {count} bản cũ ({dates}); văn bản không còn trong kho"
VERSIONS_OF: Final = "{number} – {title}"
VERSION_LINE: Final = "  Bản {number}: tệp {file}, {period}{changed}"
VERSION_CHANGED: Final = ", khác bản trước {count} từ"
VERSION_PERIOD: Final = "từ {since} đến {until}"
VERSION_SINCE_START: Final = "đến {until}"
VERSION_NOW: Final = "từ {since}, đang dùng"
VERSION_NOW_SINCE_START: Final = "đang dùng"
VERSIONS_DIFF: Final = "Bản {before} → bản {after}, [-bỏ-] {{+thêm+}}:"
VERSIONS_SAME_WORDS: Final = "  (không khác từ nào, chỉ khác khoảng trống)"
VERSIONS_PLACE: Final = "  {path}:"
VERSIONS_NEED_NUMBER: Final = "--diff cần số hiệu văn bản"
VERSIONS_FORGET_NEEDS_NUMBER: Final = "--forget cần số hiệu văn bản và không đi cùng --diff, --json"
VERSIONS_YES_NEEDS_FORGET: Final = "--yes chỉ dùng cùng --forget"
VERSION_UNREADABLE: Final = "Bản {number} của {directive} không đọc được nên được bỏ qua. Muốn xóa: --forget."
VERSIONS_FORGET_LIST: Final = "Sẽ xóa hẳn mọi bản cũ của:"
VERSIONS_FORGET_ASK: Final = (
    "Kho lập trước kho đang dùng cũng bị xóa, nên chưa lùi về được cho tới lần reindex sau. Văn bản đang dùng giữ "
    "nguyên. Đồng chí gõ “có” để xóa: "
)
VERSIONS_FORGET_YES: Final = ("có", "co")
VERSIONS_FORGET_KEPT: Final = "Chưa xóa gì."
VERSIONS_FORGOTTEN: Final = "Đã xóa hẳn {count} bản cũ. Bản cũ trong các tệp sao lưu đã làm trước đây vẫn còn ở đó."
UNNUMBERED: Final = "không số"
NOTHING_INDEXED: Final = (
    "Không có văn bản nào được đưa vào kho. Hãy đặt tệp .docx, .pdf, .md hoặc .txt vào {folder} rồi chạy lại."
)

EVALUATION_TITLE: Final = "Bộ {kind}, {questions} câu hỏi"
EVALUATION_INTERVAL: Final = "  (khoảng tin cậy 95 %: {low} – {high})"

# --- measuring question sets (evaluate), and the sets that are run after a build
QUALITY_WHERE: Final = "{file}, dòng {line}"
QUALITY_PROBLEM: Final = "- {where}: {problem}"
QUALITY_MORE_PROBLEMS: Final = "… và {count} chỗ sai nữa."
QUALITY_ENTRY: Final = "câu {id}: "
QUALITY_NO_FILES: Final = "không có tệp .yaml nào ở đây"
QUALITY_EMPTY: Final = "chưa có câu hỏi nào. Hãy ghi ít nhất một câu."
QUALITY_NOT_UTF8: Final = "tệp không phải UTF-8. Hãy lưu lại tệp dạng UTF-8."
QUALITY_NOT_YAML: Final = (
    "tệp không đúng dạng YAML ({detail}). Hãy xem lại thụt lề và dấu nháy ở dòng này; chữ có dấu hai chấm thì đặt "
    "trong nháy."
)
QUALITY_NO_LIST: Final = "tệp phải là một danh sách, mỗi câu hỏi bắt đầu bằng “- id: …”. Hãy thêm dấu gạch đầu dòng."
QUALITY_NO_MAPPING: Final = "câu hỏi phải gồm các dòng “khóa: giá trị”. Hãy xem lại thụt lề."
QUALITY_KEY_TWICE: Final = "khóa “{key}” ghi hai lần. Hãy bỏ một lần."
QUALITY_KEY_MISSING: Final = "thiếu khóa “{key}”. Hãy ghi thêm."
QUALITY_KEY_UNKNOWN: Final = "không có khóa “{key}” (các khóa: {known}). Hãy sửa tên khóa."
QUALITY_KIND_UNKNOWN: Final = "không có loại “{kind}”. Hãy chọn một trong: {known}."
QUALITY_VALUE_BAD: Final = "khóa “{key}” có giá trị “{value}” không dùng được. Hãy sửa lại."
QUALITY_ID_TWICE: Final = "mã câu “{id}” đã dùng ở {other}. Hãy đặt mã khác."
QUALITY_REFUSAL_SAYS_TOO_MUCH: Final = (
    "câu phải từ chối thì không có directive, place, words. Hãy bỏ các khóa đó, hoặc đổi loại câu."
)
QUALITY_NEEDS_ANSWER: Final = "cần directive (số hiệu văn bản) và words (lời mà trích dẫn phải có). Hãy ghi cả hai."
QUALITY_NEEDS_AFTER: Final = "câu hỏi tiếp cần after (các câu hỏi trước đó). Hãy ghi thêm."
QUALITY_NEEDS_TWO: Final = "câu so sánh cần ít nhất hai văn bản trong directive. Hãy ghi thêm."
QUALITY_NEEDS_WORDS_OF_EACH: Final = "câu so sánh cần cho mỗi văn bản một mục trong words, theo cùng thứ tự."
QUALITY_NEEDS_PLACE_OF_EACH: Final = "câu so sánh cần cho mỗi văn bản một mục trong place, hoặc bỏ hẳn place."
QUALITY_NOT_MEASURED: Final = "{path} không phải kết quả đo đã ghi bằng evaluate --json"

QUALITY_TITLE: Final = "{questions}: {count} câu hỏi, kho {snapshot}"
QUALITY_UNACCENTED: Final = "Các câu hỏi được bỏ dấu trước khi hỏi."
QUALITY_PARTS: Final[Mapping[str, str]] = {
    "open": "Phần mở ({count} câu)",
    "held": "Phần để dành ({count} câu)",
}
QUALITY_PART_NAMES: Final[Mapping[str, str]] = {"open": "phần mở", "held": "phần để dành"}
QUALITY_KIND: Final = "Loại câu"
QUALITY_COUNT: Final = "Số"
QUALITY_MS: Final = "ms (giữa/p99)"
QUALITY_KINDS: Final[Mapping[str, str]] = {
    "plain": "thường",
    "unaccented": "không dấu",
    "chatty": "lối trò chuyện",
    "everyday": "lời nôm na",
    "number": "theo số hiệu",
    "follow_up": "hỏi tiếp",
    "compare": "so sánh",
    "refuse_subject": "từ chối: gần chủ đề",
    "refuse_other": "từ chối: chuyện khác",
    "answerable": "MỌI CÂU CÓ LỜI ĐÁP",
    "refusals": "MỌI CÂU PHẢI TỪ CHỐI",
}
QUALITY_MEASURES: Final[Mapping[str, str]] = {
    "directive@1": "văn bản, 1",
    "directive@3": "văn bản, 3",
    "place@1": "chỗ, 1",
    "place@3": "chỗ, 3",
    "words@1": "lời, 1",
    "words@3": "lời, 3",
    "refused": "từ chối nhầm",
}
QUALITY_REFUSAL_MEASURES: Final[Mapping[str, str]] = {"refused": "từ chối đúng"}
QUALITY_SAME: Final = "Cùng nơi trích đầu tiên khi có dấu và không dấu, {part}: {share} của {count} câu có dấu"
QUALITY_UNKNOWN: Final = "Bộ câu hỏi nêu văn bản mà kho không có: {directives}"
QUALITY_FOOT: Final = (
    "Phần trăm số câu, trong ngoặc là khoảng tin cậy 95 % (bootstrap 1.000 lần, hạt giống {seed}). “1”: ở trích dẫn "
    "đầu tiên; “3”: trong ba trích dẫn đầu. Câu so sánh tính trên mọi trích dẫn được đưa ra."
)
QUALITY_MISSES: Final = "Chưa đúng {count} câu của phần mở:"
QUALITY_MISS: Final = "{id} ({kind}): {question}"
QUALITY_EXPECTED: Final = "    cần: {directive}, {place}: “{words}” (sai: {wrong})"
QUALITY_GIVEN: Final = "    được: {given}"
QUALITY_REFUSED: Final = "(không trả lời)"
QUALITY_NOTHING_QUOTED: Final = "(trả lời, không trích dẫn)"
QUALITY_COMPARED: Final = "So với lần đo trước:"
QUALITY_CHANGE: Final = "{arrow} {part}, {kind}, {measure}: {before} → {now}"
QUALITY_NO_CHANGE: Final = "Không số nào thay đổi."
QUALITY_OTHER_QUESTIONS: Final = "Hai lần đo không cùng câu hỏi: thêm {new}, bớt {gone} câu của phần mở."
QUALITY_BETTER: Final = "Nay đúng ({count}):"
QUALITY_WORSE: Final = "Nay sai ({count}):"
QUALITY_OTHERWISE: Final = "Trả lời khác đi, đúng sai như cũ ({count}):"
QUALITY_CHANGED_QUESTION: Final = "- {id}: {question}"
QUALITY_PLOT_TITLE: Final = "Chất lượng trả lời: {questions}"
QUALITY_PLOT_SNAPSHOT: Final = "Kho {snapshot}, mô hình {encoder}"
QUALITY_SHARE: Final = "{share} % (khoảng tin cậy 95 %: {low}–{high})"
QUALITY_ONLY_YAML: Final = "{option} chỉ dùng cho bộ câu hỏi .yaml"
QUALITY_HALF_NOT_YAML: Final = "--half không dùng cho bộ câu hỏi .yaml; hãy dùng --part open hoặc --part held"
QUALITY_PART_NEEDED: Final = "--part nhận open hoặc held, không nhận “{value}”"
PART_OPTION: Final = "Với bộ .yaml: chỉ hỏi phần mở (open) hoặc phần để dành (held)."
MISSES_OPTION: Final = "Với bộ .yaml: in các câu chưa đúng của phần mở."
PLOT_OPTION: Final = "Với bộ .yaml: ghi biểu đồ vào tệp HTML này."
AGAINST_OPTION: Final = "Với bộ .yaml: so với kết quả đã ghi bằng --json."

FOLDER_VALUE: Final = "THƯ_MỤC"
FILE_VALUE: Final = "TỆP"
NAME_VALUE: Final = "TÊN"
MEMBER_VALUE: Final = "MÃ"
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
    " <list[str]>": "",
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


# --- digest
# -- the digest on the web page
DIGEST_STATUSES: Final[Mapping[str, str]] = {
    "sent": "đã gửi",
    "pending": "đang chờ gửi",
    "sending": "đang gửi",
    "failed": "không gửi được",
    "unknown": "chưa rõ đã đến hay chưa",
    "skipped": "không gửi",
}
DIGEST_WEB_TITLE: Final = "Bản tin"
DIGEST_WEB_OFFICE: Final = "Quản lý bản tin"
DIGEST_WEB_OF_DAY: Final = "Bản tin số {number}, ngày {date}"
DIGEST_WEB_PERIOD: Final = "Những việc từ {since} đến {until}"
DIGEST_WEB_NONE_YET: Final = "Chưa có bản tin nào gửi cho đồng chí."
DIGEST_WEB_READ: Final = "Đã đọc"
DIGEST_WEB_READ_SINCE: Final = "Đồng chí đã đọc bản tin này ({at})."
DIGEST_WEB_EARLIER: Final = "Các bản tin khác"
DIGEST_WEB_UNREAD: Final = "chưa đọc"
DIGEST_WEB_CHOICE: Final = "Nhận bản tin"
DIGEST_WEB_RECEIVES: Final = "Gửi bản tin cho tôi"
DIGEST_WEB_RECEIVES_NOT: Final = "Không gửi bản tin cho tôi"
DIGEST_WEB_CHANNEL: Final = "Gửi qua"
DIGEST_WEB_CHANNEL_ANY: Final = "Tự chọn (nơi tôi liên kết sau cùng)"
DIGEST_WEB_CHANNEL_INACTIVE: Final = "{channel} (hiện không gửi được)"
DIGEST_WEB_SAVE: Final = "Lưu lựa chọn"
DIGEST_WEB_SAVED: Final = "Đã lưu lựa chọn của đồng chí."
DIGEST_WEB_CELL_READINGS: Final = "Chi bộ đã đọc"
DIGEST_WEB_READINGS: Final = "{read} trong {of} đồng chí đã đọc"
DIGEST_WEB_PLAN: Final = "{schedule}. Bản tin tới: {next}."
DIGEST_WEB_PLAN_OFF: Final = "Hiện không có lịch gửi bản tin."
DIGEST_WEB_SCHEDULE: Final = "Lịch gửi"
DIGEST_WEB_SCHEDULE_HINT: Final = "Đổi lịch bằng tin nhắn, ví dụ: /bantin lịch thứ hai 07:30"
DIGEST_WEB_WHEN: Final = "Lịch"
DIGEST_WEB_NEXT: Final = "Lần tới"
DIGEST_WEB_QUIET: Final = "Giờ yên tĩnh"
DIGEST_WEB_QUIET_NONE: Final = "không có"
DIGEST_WEB_QUIET_SPAN: Final = "từ {start} đến {end}, không gửi gì"
DIGEST_WEB_DRAFT: Final = "Nếu gửi bây giờ"
DIGEST_WEB_PEOPLE: Final = "{count} đồng chí nhận"
DIGEST_WEB_CELL: Final = "Chi bộ"
DIGEST_WEB_COUNT: Final = "Nhận"
DIGEST_WEB_CHANNELS: Final = "Qua kênh"
DIGEST_WEB_SKIPPED: Final = "Không gửi ({count})"
DIGEST_WEB_SKIPPED_COUNT: Final = "{reason}: {count} đồng chí"
DIGEST_WEB_LOOK: Final = "Xem trước từng bản"
DIGEST_WEB_SEND: Final = "Gửi ngay…"
DIGEST_WEB_SEND_TITLE: Final = "Gửi bản tin ngay"
DIGEST_WEB_SEND_ASK: Final = "Gửi bản tin này cho {count} đồng chí?"
DIGEST_WEB_SEND_YES: Final = "Gửi cho {count} đồng chí"
DIGEST_WEB_SEND_NO: Final = "Không gửi"

DIGEST_WEB_NOBODY: Final = "Chưa có ai để gửi."
DIGEST_WEB_CHANGED: Final = "Nội dung hoặc người nhận vừa thay đổi, chưa gửi gì. Đồng chí xem lại rồi xác nhận lần nữa."
DIGEST_WEB_NOT_SENT: Final = "Chưa gửi: hôm nay đã có bản tin và từ đó đến nay chưa có gì mới."
DIGEST_WEB_PREVIEW: Final = "Xem trước bản tin"
DIGEST_WEB_EACH_CHANNEL: Final = "Kênh của từng người"
DIGEST_WEB_ALL_CELLS: Final = "Tất cả chi bộ"
DIGEST_WEB_AS_ON: Final = "Hiển thị như trên"
DIGEST_WEB_PLAIN: Final = "Chữ thường (màn hình máy chủ)"
DIGEST_WEB_SHOW: Final = "Xem"
DIGEST_WEB_VERSION: Final = "{channel}: {count} đồng chí"
DIGEST_WEB_WHO: Final = "Những ai nhận bản này"
DIGEST_WEB_MESSAGE: Final = "Tin {number}/{count}"
DIGEST_WEB_BUTTONS: Final = "Nút bấm dưới tin"
DIGEST_WEB_NO_VERSION: Final = "Không có ai nhận bản tin với lựa chọn này."
DIGEST_WEB_PAST: Final = "Các bản tin đã gửi"
DIGEST_WEB_NO_PAST: Final = "Chưa gửi bản tin nào."
DIGEST_WEB_LAST: Final = "Bản tin gần nhất"
DIGEST_WEB_LEDGER: Final = "Sổ gửi"
DIGEST_WEB_OPEN: Final = "Xem sổ gửi"
DIGEST_WEB_PROGRESS: Final = "Đã xong {settled}/{people}"
DIGEST_WEB_FAILURES: Final = "Không gửi được, theo lý do"
DIGEST_WEB_UNKNOWN: Final = "Chưa rõ đã đến hay chưa ({count})"
DIGEST_WEB_UNKNOWN_HINT: Final = (
    "Nơi gửi không trả lời nên tin có thể đã đến. Hệ thống không tự gửi lại; "
    "nếu gửi lại, tin sẽ ghi rõ là có thể đã đến trước đó. "
    "Ai đã đọc, đã tắt bản tin hoặc không còn tài khoản ấy thì không gửi lại."
)
DIGEST_WEB_RETRY: Final = "Gửi lại cho {count} đồng chí này"
DIGEST_WEB_AGAIN_DONE: Final = "Đã xếp gửi lại cho {count} đồng chí."
DIGEST_WEB_READING: Final = "Đã đọc theo chi bộ"
DIGEST_WEB_REFRESH: Final = "Xem lại"
DIGEST_WEB_BACK: Final = "Quản lý bản tin"
DIGEST_WEB_MISSED: Final = "Máy chủ không chạy trong ngày này, bản tin không được gửi."
DIGEST_WEB_WAITS: Final = "Bắt đầu gửi lúc {at}."
DIGEST_WEB_ENDS: Final = "Đang gửi, muộn nhất đến {at}."
DIGEST_WEB_PERSON: Final = "{name} ({code}, {cell})"
DIGEST_WEB_PERSON_ON: Final = "{name} ({code}, {cell}), {channel}"
DIGEST_WEB_NO_NEWS: Final = "Chưa có gì mới cho ai."

# --- digest: what members say to it
DIGEST_HEADING: Final = "Bản tin số {number}, ngày {date}:"
DIGEST_OF_NOBODY: Final = "Bản tin gửi cho đảng viên có trong danh sách; màn hình này không nhận bản tin."
DIGEST_NONE: Final = "Chưa có bản tin nào gửi đồng chí."
DIGEST_NONE_YET: Final = "Chưa có bản tin nào được gửi."
DIGEST_NO_SUCH: Final = "Không có bản tin số {number} gửi đồng chí. Gõ /bantin để xem bản tin gần nhất."
DIGEST_READ_ON: Final = "Đồng chí đã đọc bản tin này ngày {date}."
DIGEST_IS_OFF: Final = "Đồng chí đang không nhận bản tin; muốn nhận lại, gõ /bantin bật."
DIGEST_IS_ON: Final = "Đồng chí đang nhận bản tin; muốn thôi, gõ /bantin tắt."
DIGEST_IS_ON_AT: Final = "Đồng chí đang nhận bản tin qua {channel}; muốn thôi, gõ /bantin tắt."
DIGEST_NEXT: Final = "Bản tin kế tiếp: {at} ngày {date}."
DIGEST_TURNED_OFF: Final = (
    "Vâng, từ nay tôi không gửi bản tin cho đồng chí nữa. Muốn xem, đồng chí gõ /bantin; muốn nhận lại, gõ /bantin bật."
)
DIGEST_WHICH_CHANNEL: Final = (
    "Đồng chí muốn nhận bản tin qua kênh nào? Đồng chí nhận được qua: {channels}. "
    "Gõ /bantin kênh và tên kênh, ví dụ /bantin kênh zalo; gõ /bantin kênh tự động để tôi tự chọn."
)
DIGEST_NO_CHANNELS: Final = "chưa kênh nào"
DIGEST_BY_CHANNEL: Final = "Nhận qua {channel}"
DIGEST_CHANNEL_NOT_HERE: Final = "Kênh {channel} chưa được mở ở đây. Gõ /bantin kênh để xem các kênh dùng được."
DIGEST_CHANNEL_NOT_LINKED: Final[Mapping[str, str]] = {
    "telegram": "Đồng chí chưa liên kết tài khoản Telegram; đồng chí xin văn phòng cấp ủy mã liên kết rồi gửi mã đó "
    "cho tôi trên Telegram.",
    "zalo": "Đồng chí chưa liên kết tài khoản Zalo; đồng chí xin văn phòng cấp ủy mã liên kết rồi gửi mã đó cho tôi "
    "trên Zalo.",
    "web": "Đồng chí chưa vào trang web; đồng chí gõ /maweb để lấy mã, vào trang web rồi đặt lại kênh.",
}
DIGEST_HELP: Final = (
    "Gõ /bantin để xem bản tin gần nhất, /bantin tắt hoặc /bantin bật để thôi nhận hay nhận lại, "
    "/bantin kênh telegram (zalo, web) để chọn kênh nhận, /daxem để báo đã đọc."
)
DIGEST_HELP_READINGS: Final = "Gõ /bantin lượt đọc để xem bao nhiêu đồng chí đã đọc."
DIGEST_MARK_READ: Final = "Đã đọc"
DIGEST_TURN_OFF: Final = "Tắt bản tin"
DIGEST_TURN_ON: Final = "Nhận lại bản tin"
DIGEST_OTHER_CHANNEL: Final = "Đổi kênh nhận"
DIGEST_READ: Final = "Cảm ơn đồng chí, tôi đã ghi nhận đồng chí đã đọc bản tin số {number}. {who}"
DIGEST_READ_COUNTED: Final = "Bí thư và quản trị viên chỉ thấy số người đã đọc, không thấy tên."
DIGEST_READ_BY_NAME: Final = "Theo quy định của cấp ủy, bí thư và quản trị viên thấy tên người đã đọc."
DIGEST_READ_BEFORE: Final = "Tôi đã ghi nhận từ trước: đồng chí đã đọc bản tin số {number}."
DIGEST_READING: Final = "Chi bộ “{cell}”: {read} trong {people} đồng chí đã đọc."
DIGEST_READERS: Final = "  Đã đọc: {names}"
DIGEST_NOT_READERS: Final = "  Chưa đọc: {names}"
DIGEST_READINGS_NOT_YOURS: Final = "Số người đã đọc chỉ bí thư chi bộ và quản trị viên xem được."
DIGEST_NOBODY_IN_CELL: Final = "Bản tin này không gửi ai trong chi bộ của đồng chí."

# The words of a digest itself
DIGEST_CORRECTED: Final = "Thông tin trước đây đã được chỉnh lại:"
DIGEST_BEGUN: Final = "{directive} bắt đầu có hiệu lực từ ngày {date}."
DIGEST_PERIOD: Final = "từ ngày {since} đến ngày {until}"
DIGEST_PERIOD_OF_DAY: Final = "trong ngày {until}"
DIGEST_OPENING: Final = "Kính gửi đồng chí bản tin {period}."
DIGEST_QUIET: Final = "Kính gửi đồng chí: {period} không có văn bản mới, thay đổi hay việc sắp đến hạn."
DIGEST_PART_OWN: Final = "LIÊN QUAN ĐẾN CHI BỘ ĐỒNG CHÍ ({count})"
DIGEST_PART_DUE: Final = "VIỆC SẮP ĐẾN HẠN ({count})"
DIGEST_PART_ADDED: Final = "VĂN BẢN MỚI ({count})"
DIGEST_PART_HERE: Final = "VĂN BẢN HIỆN CÓ ({count})"
DIGEST_PART_CHANGED: Final = "THAY ĐỔI VỀ HIỆU LỰC ({count})"
DIGEST_PART_ANSWERED: Final = "VĂN PHÒNG CẤP ỦY ĐÃ TRẢ LỜI ({count})"
DIGEST_REST_DUE: Final = "… và {count} việc khác sắp đến hạn."
DIGEST_REST_ADDED: Final = "… và {count} văn bản khác; đồng chí gõ /vanban để xem danh sách."
DIGEST_REST_CHANGED: Final = "… và {count} văn bản khác có thay đổi."
DIGEST_REST_ANSWERED: Final = "… và {count} câu hỏi khác đã được trả lời."
DIGEST_SOME: Final = "một số"
DIGEST_ITEM: Final = "• {words}"
DIGEST_TITLED: Final = "{name}: {title}"
DIGEST_OPENED: Final = "(nay đồng chí được xem)"
DIGEST_TYPE: Final = "(đọc tiếp: gõ {words})"
DIGEST_OPEN: Final = "Mở {name}"
DIGEST_DUE_ON: Final = "Hạn {date} ({left})"
DIGEST_DUE_TODAY: Final = "hôm nay"
DIGEST_DUE_TOMORROW: Final = "ngày mai"
DIGEST_DUE_LEFT: Final = "còn {days} ngày"
DIGEST_DUE_WHO: Final = "{due}: {who}"
DIGEST_DUE_BY: Final = "{due}, theo {name}"
DIGEST_ASKED: Final = "Trong thời gian này tôi đã nhận {count} câu hỏi của các đồng chí."
DIGEST_QUESTION: Final = "“{question}”"
DIGEST_ASK_AGAIN: Final = "(đọc trả lời: gõ lại câu hỏi)"
DIGEST_ABOVE: Final = (
    "Còn nội dung không gửi qua kênh này được; đồng chí vui lòng đăng nhập trang tra cứu trên mạng để xem."
)
DIGEST_WHOLE: Final = "Xem đầy đủ bản tin"

# -- duties to confirm (/nhiemvu)
DUE_NONE: Final = "chưa rõ hạn"
DUE_EVERY: Final[Mapping[str, str]] = {
    "week": "hằng tuần",
    "month": "hằng tháng",
    "quarter": "hằng quý",
    "half_year": "6 tháng một lần",
    "nine_months": "9 tháng đầu năm",
    "year": "hằng năm",
}
DUE_LAST_DAY: Final[Mapping[str, str]] = {
    "week": "ngày cuối tuần",
    "month": "ngày cuối tháng",
    "quarter": "ngày cuối quý",
    "half_year": "30/6 và 31/12",
    "nine_months": "30/9",
    "year": "31/12",
}
DUE_DAY: Final = "ngày {day}"
DUE_DAY_ALONE: Final[Mapping[str, str]] = {
    "quarter": "ngày {day} tháng cuối quý",
    "half_year": "ngày {day} tháng 6 và tháng 12",
    "nine_months": "ngày {day} tháng 9",
    "year": "ngày {day} tháng 12",
}
DUTY_PLACE: Final = "{place}. {line}"
DUTY_WHO: Final = "Người làm: {who}"
DUTY_WHO_NONE: Final = "chưa rõ"
DUTY_DUE: Final = "Hạn: {due}"
DUTY_NEXT: Final = "lần tới {day}"
DUTY_DAY_UNCLEAR: Final = "tôi chưa hiểu ngày này; đồng chí sửa lại giúp"
DUTY_AS_READ: Final = "Đã sửa; tôi đọc được: người làm {who}, hạn {due}"
DUTY_STATE: Final = "Hiện nay: {state}"
DUTY_STATES: Final[Mapping[str, str]] = {
    "proposed": "chờ xác nhận",
    "confirmed": "đã xác nhận",
    "dropped": "đã bỏ",
}
DUTY_OVER_UNDECIDED: Final = "đã quá hạn mà chưa xác nhận"
DUTY_STEPS: Final[Mapping[str, str]] = {
    "co": "Xác nhận {place}",
    "doi": "Sửa {place}",
    "bo": "Bỏ {place}",
    "rut": "Rút lại {place}",
}
DUTY_BACK: Final = "Rút lại quyết định vừa rồi"
DUTY_DECIDED: Final[Mapping[str, str]] = {
    "confirmed": "Đã xác nhận: {who}; hạn: {due} (theo {paper}).",
    "corrected": "Đã sửa và xác nhận: {who}; hạn: {due} (theo {paper}).",
    "dropped": "Đã bỏ một nhiệm vụ của {paper}; bản tin không nhắc việc này.",
    "proposed": "Đã rút lại quyết định; nhiệm vụ này của {paper} lại chờ xác nhận.",
}
DUTY_BEFORE: Final = "Trước đó nhiệm vụ này {state}."
DUTY_OVER: Final = "Hạn này đã qua nên bản tin không nhắc."
DUTY_UNTIMED: Final = "Chưa có ngày hạn rõ nên bản tin không nhắc; đồng chí có thể sửa để thêm hạn."
DUTY_GONE: Final = (
    "Nhiệm vụ này không còn: văn bản đã thay đổi, hết hiệu lực, bị rút hoặc đã bỏ khỏi kho. Gõ /nhiemvu để xem lại."
)
DUTY_ASK: Final = (
    "Đồng chí gõ điều cần sửa, mỗi điều một dòng, ví dụ:\n"
    "• hạn 20/12/2026 (hoặc 20/12)\n"
    "• hằng tháng ngày 25; hằng quý; hằng năm ngày 15/11; thứ sáu hằng tuần\n"
    "• bỏ hạn\n"
    "• người làm: Chi bộ 3\n"
    "Sửa xong là tôi ghi đã xác nhận."
)
DUTY_FORMS: Final = "ví dụ: hạn 20/12/2026, hằng tháng ngày 25, hằng quý, bỏ hạn, người làm: Chi bộ 3"
DUTY_NOT_UNDERSTOOD: Final = f"Tôi chưa hiểu “{{words}}”. Đồng chí gõ lại giúp, {DUTY_FORMS}."
DUTY_WHO_TOO_LONG: Final = "Tên người làm dài quá {limit} ký tự. Đồng chí gõ ngắn lại giúp tôi."
DUTY_NO_SUCH_DAY: Final = "Không có ngày {day}. Đồng chí xem lại ngày giúp tôi."
DUTY_NO_SUCH_MONTH: Final = "Không có tháng {month}. Đồng chí xem lại giúp tôi."
DUTY_PAST: Final = "Ngày {day} đã qua (hôm nay là {today}). Đồng chí gõ một ngày từ hôm nay trở đi."
DUTIES_TYPED: Final[Mapping[str, str]] = {
    "waiting": "",
    "undated": "không hạn",
    "confirmed": "đã xác nhận",
    "dropped": "đã bỏ",
}
DUTIES_OPENING: Final[Mapping[str, str]] = {
    "waiting": "{count} nhiệm vụ có ngày hạn chờ đồng chí xác nhận. Bản tin chỉ nhắc nhiệm vụ đã được xác nhận.",
    "undated": "{count} nhiệm vụ chưa rõ ngày hạn. Muốn bản tin nhắc, đồng chí sửa để thêm hạn.",
    "confirmed": "{count} nhiệm vụ đã xác nhận:",
    "dropped": "{count} nhiệm vụ đã bỏ:",
}
DUTIES_NONE: Final[Mapping[str, str]] = {
    "waiting": "Không có nhiệm vụ nào có ngày hạn chờ xác nhận.",
    "undated": "Không có nhiệm vụ nào chưa rõ ngày hạn.",
    "confirmed": "Chưa có nhiệm vụ nào được xác nhận.",
    "dropped": "Chưa có nhiệm vụ nào bị bỏ.",
}
DUTIES_OF: Final = "{count} nhiệm vụ của văn bản “{words}”:"
DUTIES_NONE_OF: Final = "Tôi không thấy nhiệm vụ nào của “{words}” trong các văn bản còn hiệu lực. Gõ /nhiemvu để xem."
DUTIES_PAST: Final = "(Không kể {count} nhiệm vụ đã quá hạn mà chưa ai xác nhận.)"
DUTIES_LISTS: Final[Mapping[str, str]] = {
    "waiting": "Chờ xác nhận ({count})",
    "undated": "Chưa rõ ngày hạn ({count})",
    "confirmed": "Đã xác nhận ({count})",
    "dropped": "Đã bỏ ({count})",
}
DUTIES_WEB_TITLE: Final = "Nhiệm vụ, thời hạn"
DUTIES_WEB_ABOUT: Final = "Bản tin chỉ nhắc nhiệm vụ đã được xác nhận, khi ngày hạn còn trong hai tuần tới."
DUTIES_WEB_LISTS: Final = "Các danh sách nhiệm vụ"
DUTIES_WEB_SAVED: Final = "Đã ghi quyết định của đồng chí."
DUTIES_WEB_FORM: Final = "Sửa rồi xác nhận"
DUTIES_WEB_WHO: Final = "Người làm"
DUTIES_WEB_DUE: Final = "Hạn"
DUTIES_WEB_DUE_HINT: Final = "Ví dụ: 20/12/2026, hằng tháng ngày 25, hằng quý. Để trống là không có hạn."
DUTIES_WEB_STEPS: Final[Mapping[str, str]] = {
    "co": "Xác nhận",
    "sua": "Lưu và xác nhận",
    "bo": "Bỏ",
    "rut": "Rút lại quyết định",
}
DUTIES_WAIT: Final = "{count} nhiệm vụ chờ xác nhận (/nhiemvu)."

# --- digest: when it goes out, and what became of it
WEEKDAYS: Final = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
DIGEST_PLANNED_WEEKLY: Final = "{weekday} hằng tuần, lúc {at}"
DIGEST_PLANNED_MONTHLY: Final = "{weekday} đầu tiên của tháng, lúc {at}"
DIGEST_PLANNED_NEVER: Final = "không tự gửi"
DIGEST_SENT_AGAIN: Final = "Bản tin này có thể đã tới đồng chí; tôi xin gửi lại cho chắc."
DIGEST_MISSED: Final = (
    "Bản tin dự kiến gửi lúc {at} đã không gửi được, vì máy không chạy hôm đó. Tôi không tự gửi muộn sang ngày khác. "
    "Đồng chí gõ /bantin gửi để gửi ngay; nếu không, nội dung sẽ có trong bản tin tới."
)
DIGEST_NOT_AFTER_RESTORE: Final = (
    "Bản tin dự kiến gửi lúc {at} có thể đã được gửi trước khi khôi phục từ bản sao lưu, nên tôi không tự gửi lại. "
    "Nếu chắc là chưa ai nhận được, đồng chí gõ /bantin gửi."
)
DIGEST_OVER: Final = (
    "Bản tin số {number}: đã gửi {sent} người, chưa gửi được {failed} người, chưa rõ {unknown} người. "
    "Gõ /bantin tình trạng để xem lý do{again}."
)
DIGEST_OVER_AGAIN: Final = ", /bantin gửi lại để gửi lại cho những người chưa rõ"

# --- digest: what administrators say to it, in chat and in the terminal
DIGEST_OFFICE_HELP: Final = (
    "Bản tin, dành cho quản trị viên: /bantin xem (xem trước, ai nhận, vì sao không nhận), "
    "/bantin xem TÊN_CHI_BỘ (đúng bản chi bộ đó nhận), /bantin gửi (gửi ngay, tôi hỏi lại trước khi gửi), "
    "/bantin tình trạng (sổ gửi), /bantin gửi lại (những người chưa rõ đã nhận hay chưa), "
    "/bantin lịch thứ hai 07:30 (đặt lịch), /bantin lượt đọc (bao nhiêu đồng chí đã đọc)."
)
DIGEST_DRAFT: Final = "Bản tin từ {since} đến {until}: {going} đồng chí nhận, {skipped} đồng chí không nhận."
DIGEST_DRAFT_QUIET: Final = "Từ bản tin trước đến nay không có gì mới với ai."
DIGEST_CELL: Final = "• Chi bộ “{cell}”: {count} đồng chí ({channels})"
DIGEST_SKIPPED: Final = "• Không nhận vì {reason}: {count} đồng chí ({names})"
DIGEST_SKIPPED_COUNT: Final = "• Không gửi vì {reason}: {count} đồng chí"
DIGEST_SKIPS: Final[Mapping[str, str]] = {
    "opted_out": "đã tắt bản tin",
    "inactive": "tài khoản không nhận được nữa",
    "no_channel": "chưa có tài khoản",
    "quiet": "không có gì mới",
}
DIGEST_LEAVES_NOW: Final = "Nếu gửi, bản tin đi ngay."
DIGEST_LEAVES_LATER: Final = "Đang giờ yên tĩnh: nếu gửi, bản tin đi lúc {at}."
DIGEST_MORE_NAMES: Final = " và {count} đồng chí khác"
DIGEST_CELL_DRAFT: Final = "Chi bộ “{cell}”: {going} đồng chí nhận, {skipped} đồng chí không nhận."
DIGEST_VARIANT: Final = "▶ Qua {channel}, {count} đồng chí ({names}) nhận đúng như sau:"
DIGEST_VARIANT_PARTS: Final = "▶ Qua {channel}, {count} đồng chí ({names}) nhận đúng như sau, chia {parts} tin:"
DIGEST_PART: Final = "Tin {position}/{count}:"
DIGEST_PART_ABOVE: Final = "(Phần còn lại của tin này không được hiện ở kênh này.)"
DIGEST_BUTTONS: Final = "[Nút bấm: {labels}]"
DIGEST_MORE_VARIANTS: Final = "Còn {count} bản khác của chi bộ này; đồng chí xem trên trang web."
DIGEST_PREVIEW_ON_PAGE: Final = "Quản lý bản tin trên trang web"
DIGEST_NO_CELL: Final = "Tôi không rõ chi bộ “{cell}”. Danh sách có: {cells}. Đồng chí gõ lại đúng một tên trong đó."
DIGEST_NOTHING_TO_SEND: Final = "Hôm nay đã có bản tin số {number}, từ đó đến nay không có gì mới; tôi không gửi thêm."
DIGEST_NOBODY: Final = "Chưa có ai để gửi: đảng viên cần liên kết tài khoản trước (/thanhvien)."
DIGEST_SEND_ASK: Final = "Đồng chí có chắc muốn gửi bản tin này không?"
DIGEST_SEND_YES: Final = "Gửi cho {count} đồng chí"
DIGEST_SEND_NO: Final = "Không gửi"
DIGEST_SEND_DROPPED: Final = "Vâng, tôi không gửi bản tin."
DIGEST_SEND_NOT_WAITING: Final = "Không có bản tin nào đang chờ xác nhận. Đồng chí gõ /bantin gửi để xem lại rồi gửi."
DIGEST_SEND_OVERTAKEN: Final = "Bản tin đã được gửi đi sau khi đồng chí xem; tôi không gửi thêm."
DIGEST_SENDING: Final = "Đang gửi bản tin số {number}. Đồng chí gõ /bantin tình trạng để xem đã gửi đến đâu."
DIGEST_SEND_LATER: Final = "Đã chốt bản tin số {number}; đang giờ yên tĩnh nên bản tin đi lúc {at}."
DIGEST_STANDING: Final = "Bản tin số {number}, ngày {date}: {bar}"
DIGEST_COUNTS: Final = (
    "Đã gửi {sent} · không gửi được {failed} · chưa rõ {unknown} · đang chờ {pending} · không nhận {skipped}"
)
DIGEST_STARTS_AT: Final = "Bắt đầu gửi lúc {at}."
DIGEST_ENDS_AT: Final = "Còn gửi đến {at}."
DIGEST_FAILURE: Final = "• Không gửi được: {count} đồng chí ({reason})"
DIGEST_UNKNOWN: Final = (
    "• Chưa rõ đã đến hay chưa: {count} đồng chí ({names}). Tôi không tự gửi lại; muốn gửi lại, gõ /bantin gửi lại."
)
DIGEST_AGAIN: Final = "Gửi lại cho {count} đồng chí"
DIGEST_NONE_UNKNOWN: Final = "Bản tin số {number} không có ai chưa rõ đã nhận hay chưa; tôi không gửi lại cho ai."
DIGEST_AGAIN_DONE: Final = "Đang gửi lại bản tin số {number} cho {count} đồng chí, ghi rõ là có thể đã đến trước đó."
DIGEST_AGAIN_LATER: Final = "Đang giờ yên tĩnh nên tin đi lúc {at}."
DIGEST_AGAIN_LEFT: Final = "{count} đồng chí không gửi lại: đã đọc, không nhận bản tin nữa, hoặc không còn tài khoản."
DIGEST_PLAN: Final = "Lịch bản tin: {plan}."
DIGEST_PLAN_NEXT: Final = "Bản tin kế tiếp lúc {at}."
DIGEST_PLAN_HOW: Final = (
    "Đổi lịch: /bantin lịch thứ hai 07:30, /bantin lịch đầu tháng thứ hai 07:30; thôi gửi theo lịch: /bantin lịch tắt."
)
DIGEST_PLAN_BAD: Final = (
    "Tôi không hiểu lịch “{plan}”. Đồng chí gõ thứ và giờ, ví dụ /bantin lịch thứ hai 07:30, "
    "/bantin lịch đầu tháng chủ nhật 8:00, hoặc /bantin lịch tắt."
)
DIGEST_PLAN_QUIET: Final = "{at} nằm trong giờ yên tĩnh ({quiet}), không gửi được. Đồng chí chọn giờ khác."
DIGEST_PLAN_SET: Final = "Đã đặt lịch bản tin: {plan}. Bản tin kế tiếp lúc {at}."
DIGEST_PLAN_OFF: Final = (
    "Đã thôi gửi bản tin theo lịch. Muốn gửi, gõ /bantin gửi; muốn đặt lại lịch, ví dụ /bantin lịch thứ hai 07:30."
)
DIGEST_MORE_ABOVE: Final = "Bản tin còn phần không được hiện ở kênh này."
DIGEST_MORE_ABOVE_LINK: Final = "Xem trọn bản tin trên trang web"

# --- digest: the command line
DIGEST_CLI_HELP: Final = "Bản tin: xem trước (preview), gửi (send --now), sổ gửi (status), gửi lại (retry-unknown)."
DIGEST_PREVIEW_HELP: Final = "Xem đúng những gì sẽ gửi, cho ai, ai không nhận và vì sao; không gửi gì."
DIGEST_SEND_HELP: Final = "Gửi bản tin ngay (--now); hỏi lại trước khi gửi, trừ khi có --yes."
DIGEST_STATUS_HELP: Final = "Xem sổ gửi của bản tin gần nhất."
DIGEST_RETRY_HELP: Final = "Gửi lại cho những người chưa rõ đã nhận hay chưa; tin ghi rõ là có thể đã đến trước đó."
DIGEST_AS_OF_OPTION: Final = "Xem như vào lúc này, ví dụ 2026-11-23T07:30 (không ghi múi giờ thì là giờ của bot)."
DIGEST_MEMBER_OPTION: Final = "Chỉ xem bản của người có mã (hoặc họ tên) này."
DIGEST_CELL_OPTION: Final = "Chỉ xem chi bộ này."
DIGEST_NOW_OPTION: Final = "Gửi ngay, không đợi lịch."
DIGEST_YES_OPTION: Final = "Không hỏi lại."
DIGEST_TIME_VALUE: Final = "THỜI_ĐIỂM"
DIGEST_CELL_VALUE: Final = "CHI_BỘ"
DIGEST_BAD_TIME: Final = "--as-of cần thời điểm như 2026-11-23T07:30 (+07:00 nếu muốn), không đọc được “{value}”"
DIGEST_NEEDS_NOW: Final = "digest send cần --now; bản tin theo lịch thì “run” tự gửi"
DIGEST_CLI_NO_CELL: Final = "không rõ chi bộ “{cell}” của --cell; danh sách có: {cells}"
DIGEST_CLI_ASK: Final = "Gửi bản tin này cho {count} đồng chí? Gõ “gửi” để gửi: "
DIGEST_CLI_KEPT: Final = "Không gửi gì."
DIGEST_CLI_LEFT: Final = "Đã thôi đợi; còn {count} đồng chí, “run” hoặc lần gửi sau sẽ gửi tiếp."
DIGEST_CLI_QUIET: Final = "Đang giờ yên tĩnh: bản tin đi lúc {at}, khi “run” đang chạy."
DIGEST_CLI_PROGRESS: Final = "Bản tin số {number}: {bar}"
