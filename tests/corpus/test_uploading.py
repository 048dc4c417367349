"""``/nhap`` from the file to the corpus. The reader is the real one, in a process of its own where a test is slow."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from bot import texts
from bot.corpus.child import Job, Said
from bot.errors import ChannelError, FileTooLarge
from bot.messages import Attachment
from tests.administration.office import ADMINISTRATOR
from tests.conftest import CORPUS
from tests.corpus.fakes import paper, zip_bomb
from tests.corpus.upload_desk import not_at_all, read_here
from tests.reading.pdf_fixture import pdf_of

YES, REPLACE, NO = texts.UPLOAD_YES, texts.UPLOAD_REPLACE, texts.UPLOAD_NO


# -- what was read -----------------------------------------------------------------------------------------------------


def test_a_file_is_shown_as_it_was_read_before_anything_is_taken_in(desk):
    assert desk.say("/nhap") == texts.UPLOAD_INVITE
    assert desk.upload("Chỉ thị 31.md", paper()).startswith(
        texts.UPLOAD_READ.format(
            name="Chỉ thị 31.md",
            number="31-CT/ĐU",
            type="Chỉ thị",
            date="05/02/2026",
            issuer="Đảng ủy phường Bình An",
            title="về giữ gìn vệ sinh đường phố",
            audience="đảng viên",
        )
    )
    assert desk.files == set()


def test_a_file_that_is_just_sent_or_bears_the_command_is_taken_too(desk):
    assert "31-CT/ĐU" in desk.upload("a.md", paper())
    assert "31-CT/ĐU" in desk.upload("b.md", paper(), text="/nhap")


@pytest.mark.slow
def test_what_was_confirmed_is_in_the_corpus_in_the_library_and_in_the_log(real_desk):
    real_desk.upload("a.md", paper())
    assert real_desk.press(YES) == texts.UPLOAD_ACCEPTED.format(name="a.md")
    real_desk.finish()
    assert real_desk.files == {"a.md"}
    assert {each.number for each in real_desk.library.list()} == {"12-CT/ĐU", "31-CT/ĐU"}
    assert real_desk.audited("corpus.add") == [{"actor": ADMINISTRATOR, "file": "a.md"}]
    assert ("telegram", f"telegram-{ADMINISTRATOR}") == real_desk.board.told[-1][:2]
    assert "thêm 1" in real_desk.board.told[-1][2]


@pytest.mark.parametrize("word", ["đúng", "Đúng", "đồng ý", "có"])
def test_a_typed_yes_takes_it_in(desk, word):
    desk.upload("a.md", paper())
    desk.say(word)
    assert desk.files == {"a.md"}


@pytest.mark.parametrize("word", ["dung", "Chi bộ họp ngày nào?"])
def test_what_is_no_yes_takes_nothing_in(desk, word):
    desk.upload("a.md", paper())
    assert desk.say(word) == f"asked: {word}"
    assert desk.files == set()


@pytest.mark.parametrize("word", ["bỏ", "dừng"])
def test_a_no_throws_the_file_away(desk, word):
    desk.upload("a.md", paper())
    assert desk.say(word) == texts.UPLOAD_DROPPED
    assert (desk.files, desk.staged) == (set(), [])


def test_a_button_works_on_after_a_question_in_between(desk):
    desk.upload("a.md", paper())
    shown = desk.office.last
    desk.say("Chi bộ họp ngày nào?")
    desk.press(YES, of=shown)
    assert desk.files == {"a.md"}


def test_the_button_of_one_file_does_not_take_in_another(desk):
    desk.upload("a.md", paper("31-CT/ĐU"))
    first = desk.office.last
    desk.upload("b.md", paper("32-CT/ĐU"))
    desk.press(NO, of=first)
    desk.press(YES, of=first)
    assert desk.files == set()
    assert desk.office.last.blocks[0].text == texts.UPLOAD_GONE


# -- corrections -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "typed", "shown", "written"),
    [
        ("Sửa số hiệu", "33-CT/ĐU", "• Số hiệu: 33-CT/ĐU", "number: 33-CT/ĐU"),
        ("Sửa ngày", "7/3/2026", "• Ngày ban hành: 07/3/2026", "date: '2026-03-07'"),
        ("Sửa cơ quan", "Chi bộ  Khu phố 2", "• Cơ quan: Chi bộ Khu phố 2", "issuer: Chi bộ Khu phố 2"),
        ("Sửa trích yếu", "về: việc\nkhác", "• Trích yếu: về: việc khác", "title: 'về: việc khác'"),
        ("Sửa loại văn bản", "KH", "• Loại: Kế hoạch", "type: KH"),
        ("Đổi đối tượng", "cấp ủy", "• Đối tượng được xem: cấp ủy viên", "audience: committee"),
        (
            "Đổi đối tượng",
            "chi bộ khu pho 1",
            "• Đối tượng được xem: chi bộ “Khu phố 1”",
            "audience: cell:Chi bộ Khu phố 1",
        ),
    ],
)
def test_a_correction_is_shown_and_goes_into_the_sidecar(desk, label, typed, shown, written):
    desk.upload("a.md", paper())
    desk.press(label)
    assert shown in desk.say(typed)
    desk.press(YES)
    assert (desk.corpus / "a.md.yaml").read_text(encoding="utf-8") == f"{written}\n"


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("Sửa ngày", "30/02/2026"),
        ("Sửa ngày", "hôm qua"),
        ("Sửa số hiệu", "số ba mươi"),
        ("Sửa loại văn bản", "thơ"),
        ("Sửa trích yếu", "x" * 501),
        ("Đổi đối tượng", "giám đốc"),
        ("Đổi đối tượng", "chi bộ Khu phố 9"),
    ],
)
def test_a_value_that_cannot_be_is_taken_back_and_asked_for_again(desk, label, typed):
    desk.upload("a.md", paper())
    desk.press("Sửa cơ quan")
    desk.say("Chi bộ Khu phố 2")
    desk.press(label)
    assert desk.say(typed).startswith(texts.UPLOAD_BAD_VALUE.format(value=typed[:60]))
    assert "• Cơ quan: Chi bộ Khu phố 2" in desk.say("thôi")
    desk.press(YES)
    assert (desk.corpus / "a.md.yaml").read_text(encoding="utf-8") == "issuer: Chi bộ Khu phố 2\n"


def test_an_audience_is_chosen_by_a_button(desk):
    desk.upload("a.md", paper())
    desk.press("Đổi đối tượng")
    assert "• Đối tượng được xem: cấp ủy viên" in desk.press("Cấp ủy viên")


# -- what is replaced --------------------------------------------------------------------------------------------------


def test_a_new_version_says_what_it_replaces_and_the_old_one_is_kept(desk):
    assert texts.UPLOAD_TAKEN.format(file="old.md") in desk.upload(
        "new.md", paper("12-CT/ĐU") + b"\n3. M\xe1\xbb\x9bi."
    )
    desk.press(REPLACE)
    assert {path.name for path in desk.corpus.glob("*")} == {"new.md", "new.md.yaml"}
    assert len(list((desk.folder / "replaced").glob("*"))) == 2


def test_a_new_version_is_for_whom_the_old_one_was(desk):
    assert "• Đối tượng được xem: cấp ủy viên" in desk.upload("new.md", paper("12-CT/ĐU") + b"\n3. M\xe1\xbb\x9bi.")
    desk.press(REPLACE)
    assert (desk.corpus / "new.md.yaml").read_text() == "audience: committee\n"


def test_another_paper_of_the_same_file_name_does_not_touch_the_old_one(desk):
    desk.upload("old.md", paper("31-CT/ĐU"))
    desk.press(YES)
    assert (desk.corpus / "old.md").read_bytes() == paper("12-CT/ĐU")
    assert desk.files == {"old-2.md"}


def test_a_file_that_no_build_could_read_is_replaced_by_its_better_copy(desk):
    (desk.corpus / "bad.md").write_bytes(b"\xff\xfe broken")
    desk.upload("bad.md", paper())
    desk.press(REPLACE)
    assert (desk.corpus / "bad.md").read_bytes() == paper()


# -- what was set in the chat ------------------------------------------------------------------------------------------

NEW = paper("12-CT/ĐU") + "\n3. Mới.".encode()


@pytest.fixture
def old(desk) -> str:
    """The id of the directive that is in the library."""
    [directive] = desk.library.list()
    return directive.id


def test_the_audience_that_was_set_in_the_chat_is_shown_and_stays(desk, old):
    desk.override(old, file="old.md", audience="public")
    assert f"• Đối tượng được xem: {texts.AUDIENCES['public']}" in desk.upload("new.md", NEW)
    desk.press(REPLACE)
    assert desk.overrides() == [(old, "new.md", "public", False)]


@pytest.mark.parametrize("stumble", [None, "batch", "crash"])
def test_an_audience_that_is_chosen_with_the_file_takes_effect_over_what_was_set_before(desk, old, stumble):
    desk.override(old, file="old.md", audience="public")
    desk.upload("new.md", NEW)
    desk.press("Đổi đối tượng")
    assert "• Đối tượng được xem: cấp ủy viên" in desk.press("Cấp ủy viên")
    desk.press("Sửa trích yếu")
    assert "• Đối tượng được xem: cấp ủy viên" in desk.say("về việc khác")
    desk.press(REPLACE, stumble=stumble)
    assert desk.overrides() == [(old, "new.md", "committee", False)]
    assert desk.audited("directive.audience") == [
        {"actor": ADMINISTRATOR, "directive": old, "audience": "committee"},
    ]


@pytest.mark.parametrize("by", ["its id", "its file"])
def test_a_withdrawn_directive_is_said_to_be_withdrawn_and_its_new_version_stays_so(desk, old, by):
    desk.override(old if by == "its id" else "another-id", file="old.md", withdrawn=True)
    assert texts.UPLOAD_WITHDRAWN in desk.upload("new.md", NEW)
    desk.press(REPLACE)
    assert (old, "new.md", None, True) in desk.overrides()


def test_nothing_is_set_for_a_paper_for_which_nothing_was_set(desk, old):
    desk.override(old, file="old.md", withdrawn=True)
    assert texts.UPLOAD_WITHDRAWN not in desk.upload("old.md", paper("31-CT/ĐU"))
    desk.press("Đổi đối tượng")
    desk.press("Cấp ủy viên")
    desk.press(YES)
    assert desk.overrides() == [(old, "old.md", None, True)]


# -- one at a time -----------------------------------------------------------------------------------------------------


def test_a_second_file_is_answered_at_once_while_one_is_read(make_desk):
    reading, go_on = threading.Event(), threading.Event()

    async def read_slowly(job: Job) -> Said:
        reading.set()
        await asyncio.to_thread(go_on.wait, 20)
        return await read_here(job)

    desk = make_desk(build=not_at_all, read=read_slowly)
    first = threading.Thread(target=desk.upload, args=("a.md", paper()))
    first.start()
    try:
        assert reading.wait(20)
        assert desk.upload("b.md", paper("32-CT/ĐU")) == texts.UPLOAD_BUSY
    finally:
        go_on.set()
        first.join(20)
    assert desk.fetched == ["a.md"]
    assert "32-CT/ĐU" in desk.upload("b.md", paper("32-CT/ĐU"))


# -- answered again ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stumble", ["batch", "crash"])
def test_a_confirmation_that_is_answered_again_takes_the_file_in_once(desk, stumble):
    desk.upload("old.md", paper("12-CT/ĐU") + b"\n3. M\xe1\xbb\x9bi.")
    assert desk.press(REPLACE, stumble=stumble) == texts.UPLOAD_ACCEPTED.format(name="old.md")
    assert (desk.corpus / "old.md").read_bytes() == paper("12-CT/ĐU") + b"\n3. M\xe1\xbb\x9bi."
    assert len(desk.audited("corpus.add")) == 1
    assert len(list((desk.folder / "replaced").glob("*"))) == 2


def test_a_file_whose_message_is_answered_again_is_fetched_once(desk):
    attachment = Attachment(kind="file", name="a.md", reference="a.md")
    desk.platform["a.md"] = paper()
    assert "31-CT/ĐU" in desk.office.send(ADMINISTRATOR, attachment=attachment, stumble="crash")
    assert (desk.fetched, desk.staged.count("a.md")) == (["a.md"], 1)


def test_a_second_press_of_the_button_takes_nothing_in_again(desk):
    desk.upload("a.md", paper())
    shown = desk.office.last
    desk.press(YES, of=shown)
    assert desk.press(YES, of=shown) == texts.UPLOAD_GONE
    assert len(desk.audited("corpus.add")) == 1


def test_a_folder_that_cannot_be_written_is_said_so_and_the_file_waits(desk):
    desk.upload("a.md", paper())
    shown = desk.office.last
    desk.corpus.rename(desk.folder / "away")
    desk.corpus.write_text("no folder")
    assert desk.press(YES, of=shown) == texts.UPLOAD_NOT_WRITTEN.format(folder=desk.corpus)
    desk.corpus.unlink()
    (desk.folder / "away").rename(desk.corpus)
    desk.say("đúng")
    assert desk.files == {"a.md"}


@pytest.mark.slow
def test_a_file_that_comes_while_a_build_runs_is_in_the_next_one(real_desk):
    real_desk.upload("a.md", paper("31-CT/ĐU"))
    real_desk.press(YES)
    real_desk.upload("b.md", paper("32-CT/ĐU"))
    real_desk.press(YES)
    real_desk.finish()
    real_desk.finish()  # the second build began when the first had ended
    assert {each.number for each in real_desk.library.list()} == {"12-CT/ĐU", "31-CT/ĐU", "32-CT/ĐU"}


# -- refused -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.md", paper(mark="MẬT"), "classified"),
        ("Tối mật.md", paper(), "classified"),
        ("a.docx", b"MZ\x90", "mislabelled"),
        ("a.exe", b"MZ\x90", "unknown_suffix"),
        ("a.md.yaml", b"audience: public", "unknown_suffix"),
        ("a", paper(), "unknown_suffix"),
        ("a.md", b"", "empty"),
        ("a.pdf", pdf_of([["Chỉ thị"]], locked=True), "password"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_refused_removed_and_logged_without_its_name(desk, name, data, code):
    said = desk.upload(name, data)
    assert said.startswith(f"Tôi chưa nhận được tệp {name.lower() if name == 'a' else name}. ")
    assert (desk.files, desk.staged) == (set(), [])
    assert desk.audited("corpus.refuse") == [{"actor": ADMINISTRATOR, "reason": code}]
    assert desk.say("đúng") == "asked: đúng"


@pytest.mark.slow
def test_a_zip_bomb_is_refused_and_the_office_goes_on(real_desk):
    assert texts.UPLOAD_REASONS["damaged"] in real_desk.upload(
        "bomb.docx", zip_bomb(CORPUS / "nq-12-du-nhiem-vu-2026.docx")
    )
    assert real_desk.staged == []
    assert "31-CT/ĐU" in real_desk.upload("a.md", paper())


@pytest.mark.parametrize("name", ["../../x.md", "..\\..\\x.md", "/tmp/x.md", "x\0.md", "\u202ex.md", "ế" * 300 + ".md"])
def test_a_name_with_tricks_stays_in_the_corpus(desk, name):
    before = {path for path in desk.folder.rglob("*") if "staged" not in path.parts}
    desk.upload(name, paper())
    desk.press(YES)
    new = {path for path in desk.folder.rglob("*.md") if "staged" not in path.parts} - before
    assert [path.parent for path in new] == [desk.corpus]
    assert not Path("/tmp/x.md").exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileTooLarge(limit=1), "Tệp lớn hơn 1 MB"),
        (ChannelError(channel="telegram", detail="mất mạng"), "Kênh telegram gặp sự cố: mất mạng"),
    ],
)
def test_a_file_that_cannot_be_fetched_is_said_so(desk, error, said):
    assert desk.upload("a.md", error).startswith(said)
    assert desk.staged == []


def test_a_member_may_not_press_a_button_that_an_administrator_was_shown(desk):
    desk.upload("a.md", paper())
    send = next(choice.send for choice in desk.office.last.blocks[-1].choices)
    assert desk.office.send("DV-1", send) == texts.UNKNOWN_COMMAND.format(command="/nhap")
    assert desk.files == set()


def test_no_file_is_fetched_for_a_corpus_that_belongs_to_the_program(make_desk):
    desk = make_desk(corpus=CORPUS)
    assert desk.say("/nhap") == texts.UPLOAD_NO_CORPUS
    assert desk.upload("a.md", paper()) == texts.UPLOAD_NO_CORPUS
    assert desk.fetched == []


@pytest.mark.slow
def test_a_file_that_is_refused_by_the_process_that_reads_it_is_refused_and_removed(real_desk):
    assert "MẬT" in real_desk.upload("a.md", paper(mark="MẬT"))
    assert (real_desk.files, real_desk.staged) == (set(), [])


def test_a_yes_under_an_older_summary_shows_the_newest_one_instead(desk):
    desk.upload("a.md", paper())
    older = desk.office.last
    desk.press(texts.UPLOAD_FIX["title"])
    desk.say("về việc khác")
    assert "về việc khác" in desk.press(texts.UPLOAD_YES, of=older)
    assert desk.files == set()


def test_a_paper_of_which_little_could_be_read_is_shown_with_its_gaps(desk):
    assert texts.UPLOAD_UNKNOWN in desk.upload("a.txt", "Chi bộ họp mỗi tháng một lần.".encode())
