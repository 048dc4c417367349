"""A desk of the digest in memory: two digests, made for one member and one administrator."""

from __future__ import annotations

from bot import texts
from bot.channels.web.desk import Visitor
from bot.channels.web.digest_desk import (
    Count,
    Draft,
    Group,
    Ledger,
    Letter,
    Mailbox,
    Option,
    Overview,
    Past,
    Preview,
    Readings,
    Sent,
    Skipped,
    Version,
)
from bot.messages import Choice, Choices, Link, QuoteBlock, Reply, Text
from tests.channels.web.fakes import ADMIN, MEMBER

SECRET = "Chỉ thị 90-CT/ĐU chỉ dành cho cấp ủy."
WORDS = "Có 2 văn bản mới & 1 <việc> sắp đến hạn."
QUOTE = QuoteBlock(
    text="Các chi bộ hoàn thành đại hội trước ngày 15/12/2026.",
    citation="Chỉ thị 31-CT/ĐU ngày 16/11/2026 của Đảng ủy phường An Hòa Đông, khoản 2",
    directive="31-ct-du.txt",
    warning="Văn bản đã được sửa đổi bởi 33-CT/ĐU.",
    sample=True,
)
LONG = "Kế hoạch tổ chức sinh hoạt chuyên đề quý IV và kiểm điểm cuối năm của các chi bộ trực thuộc. " * 8
WHOLE = Reply(
    blocks=(
        Text(text="Bản tin ngày 23/11/2026"),
        Text(text=WORDS),
        QUOTE,
        Text(text="Chỉ_thị_" * 30),
        Link(label="Đọc cả văn bản", url="https://dang.example/van-ban/31"),
    )
)
BUTTONS = Choices(
    choices=(
        Choice(label="Đã đọc", send="/daxem 2"),
        Choice(label="Tắt bản tin", send="/bantin tắt"),
    )
)
SENT_OUT = Reply(blocks=(*WHOLE.blocks, BUTTONS))
CELLS = ("Chi bộ Khu phố 1", "Chi bộ Khu phố 2", "Chi bộ Trường THCS An Hòa Đông")
PERIOD = "Những việc từ 16/11/2026 đến 23/11/2026"
SKIPPED = (
    Skipped(reason="đã tắt bản tin", people=("Đỗ Văn Tắt (Chi bộ Khu phố 1)",)),
    Skipped(reason="chưa liên kết kênh nào", people=tuple(f"Phạm Thị {i} (Chi bộ Khu phố 2)" for i in range(12))),
)
READINGS = tuple(
    Readings(cell=cell, words=texts.DIGEST_WEB_READINGS.format(read=read, of=30), read=read, of=30)
    for cell, read in zip(CELLS, (17, 30, 0), strict=True)
)


class DigestDeskInMemory:
    """``letters``: by account and number. ``now``: the mark of what would go out, empty for nothing."""

    def __init__(self) -> None:
        other = Reply(blocks=(Text(text=SECRET), *WHOLE.blocks))
        self.letters = {(MEMBER.account, 2): WHOLE, (ADMIN.account, 2): other, (ADMIN.account, 1): other}
        self.read: set[tuple[str, int]] = set()
        self.chosen: dict[str, tuple[bool, str]] = {}
        self.now = "0f3a"
        self.sent: list[str] = []
        self.retried: list[int] = []
        self.unknown = ("Trần Thị Mơ (Chi bộ Khu phố 1), Zalo", "Lê Văn Hồ (Chi bộ Khu phố 2), Telegram")

    def mailbox(self, visitor: Visitor, number: int | None = None) -> Mailbox | None:
        own = sorted((number for account, number in self.letters if account == visitor.account), reverse=True)
        if number is not None and number not in own:
            return None
        wanted = number or next(iter(own), None)
        receives, channel = self.chosen.get(visitor.account, (True, ""))
        return Mailbox(
            letter=self._letter(visitor, wanted) if wanted else None,
            earlier=tuple(Past(number=each, title=f"Bản tin số {each}") for each in own if each != wanted),
            receives=receives,
            channel=channel,
            channels=(Option(key="", label="Tự chọn"), Option(key="telegram", label="Telegram")),
            plan="Thứ hai hằng tuần, 07:30. Bản tin tới: 07:30 30/11/2026.",
            readings=READINGS[:1] if visitor.is_admin else (),
        )

    def _letter(self, visitor: Visitor, number: int) -> Letter:
        read = texts.DIGEST_WEB_READ_SINCE.format(at="08:01 23/11/2026")
        return Letter(
            number=number,
            title="Bản tin ngày 23/11/2026",
            period=PERIOD,
            reply=self.letters[visitor.account, number],
            read=read if (visitor.account, number) in self.read else "",
        )

    def mark_read(self, visitor: Visitor, number: int) -> bool:
        if (visitor.account, number) not in self.letters:
            return False
        self.read.add((visitor.account, number))
        return True

    def choose(self, visitor: Visitor, *, receives: bool, channel: str) -> bool:
        if channel not in ("", "telegram"):
            return False
        self.chosen[visitor.account] = receives, channel
        return True

    def overview(self) -> Overview:
        return Overview(
            schedule="Thứ hai hằng tuần, 07:30",
            next="07:30 30/11/2026",
            quiet="từ 21:30 đến 06:00, không gửi gì",
            draft=self.draft(),
            last=self.ledger(2),
            past=(
                Past(number=2, title="Bản tin ngày 23/11/2026", note="690 đã gửi, 2 chưa rõ"),
                Past(number=1, title="Bản tin ngày 16/11/2026", note="bị lỡ"),
            ),
        )

    def draft(self) -> Draft:
        return Draft(
            period=PERIOD,
            people=90 if self.now else 0,
            groups=tuple(
                Group(cell=cell, people=30, channels=(Count(label="Telegram", count=20), Count(label="Zalo", count=10)))
                for cell in CELLS
            ),
            skipped=SKIPPED,
            leaves="Sẽ gửi ngay." if self.now else texts.DIGEST_WEB_NOBODY,
            mark=self.now,
        )

    def preview(self, *, cell: str, channel: str) -> Preview | None:
        known = ("", "telegram", "zalo", "web", "chu")
        if channel not in known or cell not in ("", *CELLS):
            return None
        split = (Reply(blocks=(*WHOLE.blocks,)), Reply(blocks=(Text(text=LONG), BUTTONS)))
        versions = [
            Version(
                channel=each, channel_label=each, parts=split if each == "zalo" else (SENT_OUT,), who=("Lê Thị Mai",)
            )
            for each in ([channel] if channel else known[1:])
        ]
        return Preview(
            period=PERIOD,
            cell=cell,
            channel=channel,
            cells=(Option(key="", label="Tất cả"), *(Option(key=each, label=each) for each in CELLS)),
            channels=tuple(Option(key=each, label=each or "từng người") for each in known),
            versions=tuple(versions),
            skipped=SKIPPED,
        )

    def send(self, visitor: Visitor, *, mark: str) -> Sent:
        if not self.now or mark != self.now:
            return Sent(digest=None, said=texts.DIGEST_WEB_CHANGED)
        self.now = ""
        self.sent.append(visitor.account)
        return Sent(digest=2, said="")

    def ledger(self, number: int) -> Ledger | None:
        if number not in (1, 2):
            return None
        counts = {"đã gửi": 690, "đang chờ": 3, "không gửi được": 5, "chưa rõ": len(self.unknown), "không gửi": 13}
        return Ledger(
            number=number,
            title="Bản tin ngày 23/11/2026",
            period=PERIOD,
            note="",
            people=700,
            settled=697,
            progress=texts.DIGEST_WEB_PROGRESS.format(settled=697, people=700),
            counts=tuple(Count(label=label, count=count) for label, count in counts.items()),
            failures=(Count(label="người nhận đã chặn", count=3), Count(label="hết giờ gửi", count=2)),
            unknown=self.unknown,
            skipped=SKIPPED,
            readings=READINGS,
        )

    def retry_unknown(self, visitor: Visitor, number: int) -> int | None:
        if number not in (1, 2):
            return None
        self.retried.append(number)
        count, self.unknown = len(self.unknown), ()
        return count
