"""What each person is told of a week: what is new, changed, due and answered for them, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.answering.standings import Standings
from bot.asking.recheck import left_of
from bot.channels.splitting import units
from bot.channels.telegram_html import parts_of
from bot.digest.content import DigestContent, compose
from bot.digest.material import Material, content_key, gather, papers_json
from bot.digest.papers import Papers
from bot.digest.wording import worded
from bot.messages import Choices, Link, Outgoing, QuoteBlock, Reply, Text, papers_of, plain_text
from bot.people.access import Asker
from bot.state import digests
from bot.state.database import Database
from index import Status
from tests.digest.week import CEILINGS, FIRST_CELL, NEXT_MONDAY, PAGE, SECOND_CELL, ZONE, Week

EXPECTED = Path(__file__).parent / "expected"
ZALO = 1_960
OFFICE = "Cơ quan Đảng ủy"


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Iterator[Week]:
    folder = tmp_path_factory.mktemp("week")
    shutil.copyfile(_migrated_sqlite, folder / "state.sqlite3")
    database = Database.open(f"sqlite:///{folder / 'state.sqlite3'}")
    yield Week(folder, database)
    database.close()


def told(week: Week, role: str, cell: str = FIRST_CELL, channel: str = "web") -> DigestContent:
    return compose(week.material, week.person(role, cell), channel)


def numbers(content: DigestContent) -> set[str | None]:
    """Of all directives that it names anywhere, as their ids would say it too."""
    items = (*content.added, *content.changed, *content.due, *content.answered)
    return {item.directive.number for item in items}


def outgoing(content: DigestContent, length: int | None, page: str | None = PAGE) -> Reply:
    return worded(content, length=length, public_url=page, number=7)[0]


# -- word for word -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "role", "cell", "channel", "length", "page"),
    [
        pytest.param(name, *case, id=name)
        for name, *case in (
            ("member-of-khu-pho-1", "member", FIRST_CELL, "web", None, PAGE),
            ("member-of-khu-pho-2", "member", SECOND_CELL, "console", None, None),
            ("secretary-of-khu-pho-1", "secretary", FIRST_CELL, "web", None, PAGE),
            ("committee-of-khu-pho-2", "committee", SECOND_CELL, "web", None, PAGE),
            ("administrator", "administrator", OFFICE, "web", None, PAGE),
            ("member-of-khu-pho-1-on-zalo", "member", FIRST_CELL, "zalo", ZALO, PAGE),
            ("administrator-on-zalo", "administrator", OFFICE, "zalo", ZALO, PAGE),
        )
    ],
)
def test_each_person_is_told_this_word_for_word(
    week: Week, name: str, role: str, cell: str, channel: str, length: int | None, page: str | None
) -> None:
    said = plain_text(outgoing(told(week, role, cell, channel), length, page))
    assert said + "\n" == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")


def test_telegram_under_a_public_ceiling_shows_this_word_for_word(week: Week) -> None:
    reply = outgoing(told(week, "member", channel="telegram"), 4096)
    (part,) = parts_of(Outgoing(reply=reply, number=3))
    said = f"{part.html}\n" + "".join(f"[{button.label}]" for row in part.rows for button in row) + "\n"
    assert said == (EXPECTED / "member-on-public-telegram.html").read_text(encoding="utf-8")


# -- who is told what --------------------------------------------------------------------------------------------------


def test_withdrawn_directives_are_named_to_nobody(week: Week) -> None:
    for role in ("member", "secretary", "committee", "administrator"):
        assert not {"15-HD/ĐU", "81-HD/ĐU"} & numbers(told(week, role))


def test_what_is_hidden_from_a_cell_by_now_is_not_mentioned_to_it_as_gone(week: Week) -> None:
    assert "44-TB/ĐU" not in plain_text(outgoing(told(week, "member", FIRST_CELL), None))
    assert "44-TB/ĐU" not in numbers(told(week, "member", SECOND_CELL))  # they have known it


def test_what_was_opened_to_a_person_is_new_to_them_alone(week: Week) -> None:
    opened = [item.directive.number for item in told(week, "member").added if item.opened]
    assert opened == ["51-QĐ/ĐU"]
    assert "51-QĐ/ĐU" not in numbers(told(week, "committee"))


def test_a_paper_that_may_not_be_seen_is_not_named_by_what_it_replaced(week: Week) -> None:
    texts = {role: [each.text for each in told(week, role).changed] for role in ("member", "committee")}
    assert any("16-QĐ/ĐU" in text and "không còn hiệu lực." in text for text in texts["member"])
    assert not any("77-QĐ/ĐU" in text for text in texts["member"])
    assert any("16-QĐ/ĐU" in text and "77-QĐ/ĐU" in text for text in texts["committee"])


def test_an_answer_of_the_office_that_names_what_may_not_be_seen_is_kept_back(week: Week) -> None:
    assert [each.question for each in told(week, "member").answered] == ["Khi nào cúp nước ở khu phố?"]
    assert len(told(week, "committee").answered) == 3


def test_what_concerns_the_own_cell_comes_first(week: Week) -> None:
    own, other = told(week, "member", FIRST_CELL), told(week, "member", SECOND_CELL)
    assert [(item.who, item.own) for item in own.due][:2] == [("Chi bộ Khu phố 1", True), ("Các chi bộ", True)]
    assert [(item.who, item.own) for item in other.due][:2] == [("Các chi bộ", True), ("Văn phòng", False)]
    assert (own.added[0].directive.number, own.added[0].own) == ("62-KH/ĐU", True)


def test_only_confirmed_duties_of_the_next_fortnight_are_told(week: Week) -> None:
    people = {item.who for item in told(week, "administrator").due}
    assert people == {"Chi bộ Khu phố 1", "Các chi bộ", "Văn phòng", "Ủy ban Kiểm tra"}


def test_a_channel_with_a_ceiling_says_only_that_there_is_more(week: Week) -> None:
    content = told(week, "member", channel="telegram")
    assert content.more_on_web
    assert numbers(content) == {"80-TB/ĐU"}
    assert not told(week, "member", channel="web").more_on_web


def test_people_with_one_key_are_told_the_same_and_others_have_another(week: Week) -> None:
    keys: dict[tuple[str, ...], DigestContent] = {}
    for role in ("member", "secretary", "committee", "administrator"):
        for cell in (FIRST_CELL, SECOND_CELL):
            for channel in ("telegram", "web"):
                person = week.person(role, cell)
                keys[content_key(week.material, person, channel)] = compose(week.material, person, channel)
    assert len(keys) == 16
    twin = week.person("member", f" {FIRST_CELL.upper()} ")
    assert keys[content_key(week.material, twin, "web")] == compose(week.material, twin, "web")


def test_few_questions_are_not_counted(week: Week) -> None:
    few = Material(**{**vars_of(week), "asked": 4})
    assert compose(few, week.person("member"), "web").asked is None
    assert told(week, "member").asked == 6


def test_telephone_numbers_are_taken_out_of_questions(week: Week) -> None:
    (answer,) = (each for each in week.material.answers if each.question.startswith("Khi nào"))
    asked = answer.model_copy(update={"question": "Gọi số 0912.345.678 hay 02838 123 456 hỏi cúp nước theo 80-TB/ĐU?"})
    content = compose(Material(**{**vars_of(week), "answers": (asked,)}), week.person("member"), "web")
    assert [each.question for each in content.answered] == ["Gọi số … hay … hỏi cúp nước theo 80-TB/ĐU?"]


def test_what_holds_is_looked_at_on_the_day_of_the_digest(week: Week) -> None:
    early = week.known(week.after, week.first.until)
    assert early.today < week.material.today
    with week.database.reading() as db:
        again = gather(db, week.after, early, ceilings=CEILINGS, zone=ZONE, until=NEXT_MONDAY, last=digests.last(db))
    person = week.person("member")
    assert compose(again, person, "web") == told(week, "member")


def test_a_paper_without_a_number_is_asked_for_by_its_title(week: Week) -> None:
    content = told(week, "member")
    paper = content.added[0].directive.model_copy(update={"number": None, "title": "tổ chức 02 đêm hội trăng rằm vui"})
    alone = content.model_copy(update={"added": (content.added[0].model_copy(update={"directive": paper}),)})
    assert "(đọc tiếp: gõ /vanban tổ chức đêm hội trăng rằm)" in plain_text(outgoing(alone, None))


def vars_of(week: Week) -> dict[str, Any]:
    return {each.name: getattr(week.material, each.name) for each in fields(Material) if each.init and each.repr}


# -- from one digest to the next ---------------------------------------------------------------------------------------


@pytest.fixture
def after_second(week: Week) -> Iterator[Week]:
    """The second digest was claimed; it is taken away again."""
    with week.database.transaction() as db:
        week_digest = digests.add(
            db,
            slot="2026-11-23",
            since=week.material.since,
            until=NEXT_MONDAY,
            starts_at=NEXT_MONDAY,
            ends_at=NEXT_MONDAY + timedelta(hours=14),
            papers=papers_json(week.material),
            by="test",
            now=NEXT_MONDAY,
        )
    yield week
    with week.database.transaction() as db:
        db.exec_driver_sql(f"DELETE FROM digests WHERE id = {week_digest}")


def test_what_was_told_is_no_news_an_hour_later(after_second: Week) -> None:
    later = after_second.gathered(after_second.after, NEXT_MONDAY + timedelta(hours=1))
    content = compose(later, after_second.person("administrator"), "web")
    assert not content.has_news
    assert (content.added, content.changed, content.answered) == ((), (), ())
    assert len(content.due) == 4  # told each week until its day


def test_a_duty_that_has_come_near_is_news(after_second: Week) -> None:
    later = after_second.gathered(after_second.after, NEXT_MONDAY + timedelta(days=13))
    content = compose(later, after_second.person("administrator"), "web")
    assert content.has_news
    assert [item.who for item in content.due] == ["Ban Tổ chức"]


def test_what_was_hidden_from_a_cell_and_is_opened_again_is_new_to_it_alone(after_second: Week) -> None:
    after_second.override("44-TB/ĐU")
    later = after_second.gathered(after_second.after, NEXT_MONDAY + timedelta(days=7))
    after_second.override("44-TB/ĐU", audience=f"cell:{SECOND_CELL}")
    first, second = (compose(later, after_second.person("member", cell), "web") for cell in (FIRST_CELL, SECOND_CELL))
    assert [(item.directive.number, item.opened) for item in first.added] == [("44-TB/ĐU", True)]
    assert second.added == ()


def test_a_quiet_week_is_one_line(after_second: Week) -> None:
    later = after_second.gathered(after_second.after, NEXT_MONDAY + timedelta(days=30))
    content = compose(later, after_second.person("member"), "web")
    assert content.is_quiet
    reply, whole = worded(content, length=ZALO, public_url=PAGE, number=8)
    assert reply == whole
    assert plain_text(reply) == (
        "Kính gửi đồng chí: từ ngày 23/11/2026 đến ngày 23/12/2026 không có văn bản mới, thay đổi hay việc sắp đến hạn."
    )


def test_a_second_digest_of_one_day_names_that_day_once(after_second: Week) -> None:
    later = after_second.gathered(after_second.after, NEXT_MONDAY + timedelta(hours=1))
    content = compose(later, after_second.person("administrator"), "web")
    opening, *_ = outgoing(content, None).blocks
    assert opening == Text(text="Kính gửi đồng chí bản tin trong ngày 23/11/2026.")


def test_without_a_digest_before_all_is_new_and_only_the_last_week_changed(week: Week) -> None:
    content = compose(week.first, week.person("member"), "web")
    assert content.first
    assert {item.directive.number for item in content.added} == {
        "24-CT/TU", "19-QĐ/ĐU", "12-KH/ĐU", "15-HD/ĐU", "16-QĐ/ĐU", "44-TB/ĐU", "70-KH/ĐU",
    }  # fmt: skip
    assert content.changed == ()
    assert "VĂN BẢN HIỆN CÓ (7)" in plain_text(outgoing(content, None))


def test_a_directive_read_anew_under_another_id_is_not_new(week: Week) -> None:
    paper = week.paper("19-QĐ/ĐU")
    before = Papers.model_validate_json(papers_json(week.first))
    anew = paper.model_copy(update={"id": "19-qd-du.other", "title": "về sinh hoạt của chi bộ"})
    other = paper.model_copy(update={"id": "20-qd-du", "number": "20-QĐ/ĐU", "title": "về phong trào thi đua"})
    assert before.of(anew) == before.of(paper)
    assert before.of(other) is None


@pytest.mark.parametrize("said", [Status.EXPIRED, Status.REPLACED, Status.AMENDED])
def test_what_was_said_to_be_over_or_amended_and_is_not_is_put_right(week: Week, said: Status) -> None:
    paper = week.paper("12-KH/ĐU")
    before = week.material.before
    assert before is not None
    recorded = before.papers[paper.id].model_copy(update={"status": said})
    wrong = before.model_copy(update={"papers": {**before.papers, paper.id: recorded}})
    early = Material(**{**vars_of(week), "before": wrong, "known": week.known(week.after, week.first.until)})
    texts = [each.text for each in compose(early, week.person("member"), "web").changed]
    assert any(text.startswith("Thông tin trước đây đã được chỉnh lại: Kế hoạch 12-KH/ĐU") for text in texts)


# -- how it is worded --------------------------------------------------------------------------------------------------


def test_every_block_that_says_something_of_a_paper_names_it_for_whoever_looks_again(week: Week) -> None:
    content = told(week, "administrator")
    named = {str(item.directive.id): item.directive.number or "" for item in content.added}
    for block in worded(content, length=4096, public_url=PAGE, number=7)[0].blocks:
        said = plain_text(Reply(blocks=(block,)))
        spoken = {paper for paper, number in named.items() if f"gõ {number}" in said or f"Mở {number}" in said}
        assert spoken <= papers_of(block)
        assert not isinstance(block, QuoteBlock) or block.directive


@pytest.mark.parametrize("number", ["77-QĐ/ĐU", "80-TB/ĐU", "62-KH/ĐU"])
def test_nothing_of_a_paper_that_is_withdrawn_before_it_goes_is_left(week: Week, number: str) -> None:
    person = week.person("administrator")
    shown = week.material.rights_of(person, "web").shown - {week.paper(number).id}
    for length in (4_096, ZALO):
        reply = outgoing(compose(week.material, person, "web"), length)
        left = left_of(reply, Standings(week.after, week.material.validity, shown))
        assert left is not None
        assert number in plain_text(reply)
        assert number not in plain_text(left)
        assert str(week.paper(number).id) not in plain_text(left)


@pytest.mark.parametrize("length", [2_400, ZALO, 1_000, 600, 400])
def test_a_short_channel_gets_one_message_with_a_link_to_the_whole(week: Week, length: int) -> None:
    content = told(week, "administrator")
    reply, whole = worded(content, length=length, public_url=PAGE, number=7)
    assert units(plain_text(reply)) <= length
    assert [block.url for block in reply.blocks if isinstance(block, Link)] == [f"{PAGE}/ban-tin/7"]
    assert units(plain_text(whole)) > 2_400


def test_what_a_short_message_leaves_out_is_counted(week: Week) -> None:
    content = told(week, "administrator")
    for length in (2_000, 1_500, 1_200):
        said = plain_text(outgoing(content, length))
        shown = sum(f"• {kind}" in line for line in said.splitlines() for kind in ("Thông", "Kế", "Quy", "Chỉ"))
        left = sum(int(line.split()[2]) for line in said.splitlines() if line.startswith("… và") and "văn bản" in line)
        assert shown + left == len(content.added) + len(content.changed)


def test_without_a_web_page_a_short_channel_gets_the_whole_in_parts(week: Week) -> None:
    reply, whole = worded(told(week, "administrator"), length=ZALO, public_url=None, number=7)
    assert reply == whole


def test_the_last_block_offers_to_mark_it_read_and_to_turn_it_off(week: Week) -> None:
    *_, last = outgoing(told(week, "member"), None).blocks
    assert isinstance(last, Choices)
    assert [choice.send for choice in last.choices] == ["/daxem 7", "/bantin tắt"]


def test_an_asker_without_a_cell_has_no_own_part(week: Week) -> None:
    content = compose(week.material, Asker(everything=True), "console")
    assert not any(item.own for item in (*content.added, *content.changed, *content.due))
