"""A small committee: five directives, people who ask about them, and the whole way of a message but for its channel."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.answering.standings import ValidityNow
from bot.asking.feedback import Feedback
from bot.asking.listing import Listing
from bot.asking.more import More
from bot.asking.office import Office
from bot.asking.originals import Originals
from bot.asking.service import Asking
from bot.department import Outcome, Stale, state_after
from bot.messages import Choice, Choices, File, Incoming, Link, Reply, plain_text
from bot.people.access import Asker
from bot.people.keys import Keys
from bot.people.limits import RateLimit
from bot.router import Arrived, Router
from bot.state import (
    accounts,
    conversations,
    groups,
    inbox,
    members,
    office_answers,
    outbox,
    overrides,
    questions,
    tables,
)
from bot.state.database import Database
from bot.state.members import Member, Role
from bot.state.office_answers import OfficeAnswer
from bot.state.questions import Question
from bot.writing.composing import Composing
from index import Directive, Library
from tests.bot.judged import by_own_words

NOW = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)
PAGE = "https://tracuu.example.vn"

PAPERS = {
    "qc-08.md": (
        ("08-QC/ĐU", "2025-03-10", "Đảng ủy phường Bình An", "public", "QUY CHẾ", "tiếp nhận phản ánh của Nhân dân"),
        """Điều 1. Hòm thư góp ý
1. Hòm thư góp ý được mở vào sáng thứ Hai hằng tuần.
2. Việc mở hòm thư do ít nhất 02 người thực hiện và lập biên bản.
Điều 2. Thời hạn trả lời
1. Phản ánh đơn giản được trả lời trong 05 ngày làm việc.
2. Phản ánh phức tạp được trả lời trong 15 ngày làm việc.
Điều 3. Trách nhiệm thi hành
Văn phòng Đảng ủy theo dõi, đôn đốc việc thực hiện Quy chế này.""",
    ),
    "ct-20-lam-giang.md": (
        ("20-CT/TU", "2020-01-05", "Tỉnh ủy Lâm Giang", "member", "CHỈ THỊ", "về lập lại trật tự vỉa hè"),
        """1. Các địa phương giữ vỉa hè thông thoáng, không để xe lấn chiếm lối đi bộ.
2. Công an phường kiểm tra vỉa hè mỗi ngày một lần.""",
    ),
    "ct-20-minh-hai.md": (
        ("20-CT/TU", "2023-05-16", "Thành ủy Minh Hải", "member", "CHỈ THỊ", "về thu gom rác thải sinh hoạt"),
        """1. Hộ gia đình phân loại rác thải sinh hoạt thành ba nhóm trước khi giao.
2. Rác thải cồng kềnh được thu gom vào ngày chủ nhật.""",
    ),
    "hd-15.md": (
        ("15-HD/ĐU", "2025-06-01", "Đảng ủy phường Bình An", "member", "HƯỚNG DẪN", "về sinh hoạt chi bộ định kỳ"),
        """1. Chi bộ sinh hoạt định kỳ vào ngày 03 hằng tháng tại nhà văn hóa khu phố.
2. Đảng viên vắng mặt phải báo cáo bí thư chi bộ trước một ngày.
3. Thời gian một buổi sinh hoạt định kỳ không dưới 90 phút.""",
    ),
    "nq-77.md": (
        ("77-NQ/ĐU", "2025-09-20", "Đảng ủy phường Bình An", "committee", "NGHỊ QUYẾT", "về luân chuyển kế toán"),
        """1. Luân chuyển kế toán trưởng trường Hoa Sen sang Trạm Y tế trong quý IV.
2. Hồ sơ luân chuyển kế toán do Ban Tổ chức niêm phong và bảo quản.""",
    ),
}  # fmt: skip
COMMITTEE, PUBLIC, MEMBERS = "nq-77.md", "qc-08.md", "hd-15.md"


def write_corpus(folder: Path, *, without: str | None = None) -> None:
    folder.mkdir(parents=True)
    for file, ((number, date, issuer, audience, kind, title), body) in PAPERS.items():
        if file == without:
            continue
        year, month, day = date.split("-")
        lines = [
            issuer.upper(), f"Số {number}", f"Bình An, ngày {day} tháng {month} năm {year}", kind, title, "-----",
            *body.splitlines(), "Nơi nhận:", "- Như trên;",
        ]  # fmt: skip
        (folder / file).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        fields = {"number": number, "date": date, "issuer": issuer, "title": title, "audience": audience}
        sidecar = "".join(
            f'{key}: "{value}"\n' if key != "date" else f"{key}: {value}\n" for key, value in fields.items()
        )
        (folder / f"{file}.yaml").write_text(sidecar, encoding="utf-8")


class Ward:
    """``send`` is one message from arrival to stored answer; it gives what the person reads."""

    def __init__(
        self,
        library: Library,
        database: Database,
        corpus: Path,
        *,
        public_answers: bool = False,
        public_url: str | None = PAGE,
        limit: int = 1000,
        validity: ValidityNow | None = None,
        composing: Composing | None = None,
    ) -> None:
        self.library = library
        self.database = database
        self.keys = Keys("a secret of this installation")
        self.now = NOW
        self.asking = Asking(
            library,
            database,
            keys=self.keys,
            ceilings={"telegram": "member", "zalo": "public"},
            public_url=public_url,
            public_answers=public_answers,
            limit=RateLimit(limit),
            validity=validity or by_own_words(library),
            composing=composing,
        )
        sight = self.asking.sight
        self.originals = Originals(
            database,
            sight,
            keys=self.keys,
            corpus_dir=corpus,
            public_url=public_url,
            file_channels={"web", "telegram"},
        )
        departments = [
            self.asking.department(),
            More(library, sight, public_url=public_url).department(),
            self.originals.department(),
            Listing(library, self.asking).department(),
            Feedback(database, keys=self.keys).department(),
            Office(library, database, keys=self.keys, sight=sight, public_url=public_url).department(),
        ]
        self.router = Router(self.asking.ask, departments)
        self.last = Reply(blocks=())
        self.before_writing: Callable[[], None] | None = None
        self._messages = itertools.count(1)

    # -- people --------------------------------------------------------------------------------------------------------

    def add(self, code: str, role: str = "member", *, cell: str = "Khu phố 1") -> Member:
        with self.database.transaction() as db:
            return members.add(db, code=code, name="Nguyễn Văn An", cell=cell, role=Role(role), now=self.now)

    def link(self, member: Member, channel: str) -> None:
        with self.database.transaction() as db:
            accounts.link(
                db,
                member=member.id,
                channel=channel,
                account=member.code,
                chat=f"{channel}-{member.code}",
                now=self.now,
            )

    def asker(self, code: str) -> Asker:
        with self.database.reading() as db:
            return Asker(member=members.by_code(db, code))

    # -- messages ------------------------------------------------------------------------------------------------------

    def send(self, code: str, text: str, *, channel: str = "web", group: str | None = None) -> str:
        number = self._store(code, text, channel=channel, group=group)
        for _ in range(5):
            try:
                self._answer(number, code, channel)
            except Stale:
                continue
            return plain_text(self.last)
        raise AssertionError("answered anew too often")

    def press(self, code: str, label: str, *, channel: str = "web", group: str | None = None) -> str:
        """The first choice of the last reply that is so called."""
        send = next(choice.send for choice in self.choices if choice.label == label)
        return self.send(code, send, channel=channel, group=group)

    @property
    def choices(self) -> list[Choice]:
        return [choice for block in self.last.blocks if isinstance(block, Choices) for choice in block.choices]

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.choices]

    @property
    def links(self) -> list[str]:
        return [block.url for block in self.last.blocks if isinstance(block, Link)]

    @property
    def files(self) -> list[File]:
        return [block for block in self.last.blocks if isinstance(block, File)]

    def _store(self, code: str, text: str, *, channel: str, group: str | None) -> int:
        incoming = Incoming(
            channel=channel,
            sender=code,
            chat=group or f"{channel}-{code}",
            message=str(next(self._messages)),
            text=text,
            private=group is None,
        )
        with self.database.transaction() as db:
            inbox.store(db, incoming, now=self.now)
            return db.scalar(select(func.max(tables.inbox.c.id))) or 0

    def _answer(self, number: int, code: str, channel: str) -> None:
        with self.database.reading() as db:
            waiting = next(each for each in inbox.waiting(db, channel, limit=50) if each.number == number)
            chat = waiting.incoming.chat
            state = conversations.load(db, channel, chat)
            offered = outbox.last_reply(db, channel, chat)
        arrived = Arrived(
            incoming=waiting.incoming, asker=self.asker(code), now=self.now, state=state, number=number, offered=offered
        )
        outcome = self.router.respond(arrived)
        assert outcome.answer is not None
        assert outcome.answer.error is None
        if self.before_writing:
            happens, self.before_writing = self.before_writing, None
            happens()
        with self.database.transaction() as db:
            for write in outcome.writes:
                write(db)
            conversations.save(db, channel, chat, state_after(state, outcome), now=self.now)
            outbox.put(db, channel=channel, chat=chat, reply=outcome.answer.reply, now=self.now, answers=number)
            inbox.mark_answered(db, number, now=self.now)
        self.outcome: Outcome = outcome
        self.last = outcome.answer.reply

    # -- the office ----------------------------------------------------------------------------------------------------

    def directive(self, file: str) -> Directive:
        return next(directive for directive in self.library.list() if directive.file == file)

    def override(self, file: str, *, audience: str | None = None, withdrawn: bool = False) -> None:
        with self.database.transaction() as db:
            overrides.save(db, self.directive(file).id, file=file, audience=audience, withdrawn=withdrawn, now=self.now)

    def register(self, group: str, audience: str, *, channel: str = "telegram") -> None:
        with self.database.transaction() as db:
            groups.register(db, channel, group, audience=audience, now=self.now)

    def wait(self, **time: int) -> None:
        self.now += timedelta(**time)

    # -- what is stored ------------------------------------------------------------------------------------------------

    def logged(self) -> list[Question]:
        with self.database.reading() as db:
            numbers = db.scalars(select(tables.questions.c.id).order_by(tables.questions.c.id)).all()
            return [question for number in numbers if (question := questions.get(db, number))]

    def office_answers(self) -> list[OfficeAnswer]:
        with self.database.reading() as db:
            return list(office_answers.everything(db))

    def pushed(self, channel: str, code: str) -> list[Reply]:
        with self.database.reading() as db:
            sent = outbox.transcript(db, channel, f"{channel}-{code}", after=0, limit=100)
        return [each.reply for each in sent if each.asked is None]

    def conversation(self, channel: str, code: str) -> str:
        with self.database.reading() as db:
            return conversations.load(db, channel, f"{channel}-{code}").conversation
