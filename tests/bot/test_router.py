import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import texts
from bot.answering.conversation import Conversation
from bot.department import SILENCE, Command, Department, Outcome, Rank, Request, Stale, Task, state_after, told
from bot.errors import ChannelError, FileTooLarge, NoSuchMember, StateBusy
from bot.local import LocalDesk, local_desk
from bot.messages import Attachment, Choice, Choices, Incoming, Link, Reply, Text, plain_text
from bot.people.access import Asker
from bot.router import Arrived, Router
from bot.state import audit
from bot.state.conversations import ChatState
from bot.state.database import Database
from bot.state.members import Member, Role
from index.errors import LibraryDamaged
from tests.bot.fakes import DIRECTIVE_24, LINES_24, make_library, make_reading
from tests.bot.judged import by_own_words


def incoming(text: str, chat: str = "one") -> Incoming:
    return Incoming(channel="test", sender="someone", chat=chat, message="1", text=text)


def said(router: LocalDesk, text: str, chat: str = "one") -> str:
    return plain_text(asyncio.run(router.handle(incoming(text, chat))))


def desk_over(library) -> LocalDesk:
    return local_desk(library, validity=by_own_words(library))


@pytest.fixture
def router() -> LocalDesk:
    return desk_over(make_library()[0])


def test_a_question_is_answered_with_a_quote(router):
    assert "“1. Các cấp ủy quán triệt kỷ cương hành chính" in said(router, "kỷ cương hành chính")


def test_a_follow_up_about_a_field_refers_to_the_last_paper(router):
    said(router, "kỷ cương hành chính")
    assert "do đồng chí Đinh Văn Mẫu ký" in said(router, "ai ký?")


def test_conversations_do_not_mix(router):
    said(router, "kỷ cương hành chính")
    assert "Đinh Văn Mẫu" not in said(router, "ai ký?", chat="two")


def test_a_new_start_forgets_the_last_paper(router):
    said(router, "kỷ cương hành chính")
    assert said(router, "/moi") == texts.NEW_CONVERSATION
    assert "Đinh Văn Mẫu" not in said(router, "ai ký?")


def test_a_field_question_keeps_the_place_for_the_next_follow_up():
    library, shelf = make_library()
    router = desk_over(library)
    for text in ("kỷ cương hành chính", "ai ký?", "còn khoản 2?"):
        said(router, text)
    focus = shelf.asked[-1][1]
    assert focus is not None
    assert focus.text.startswith("1. Các cấp ủy")


def test_a_turn_that_found_nothing_leaves_the_older_focus(router):
    for text in ("kỷ cương hành chính", "giá vàng thế giới tăng mạnh"):
        said(router, text)
    assert "Đinh Văn Mẫu" in said(router, "ai ký?")


def test_a_paper_that_was_named_in_vain_is_meant_by_the_next_turn(router):
    for text in ("kỷ cương hành chính", "20-CT/TU quy định mức đóng đảng phí bao nhiêu"):
        said(router, text)
    assert "16/5/2023" in said(router, "ban hành ngày nào?")


def test_after_a_number_that_is_not_there_nothing_is_meant(router):
    for text in ("kỷ cương hành chính", "99-CT/TU ai ký?"):
        said(router, text)
    assert "Đinh Văn Mẫu" not in said(router, "ban hành ngày nào?")


def test_a_field_of_the_newest_paper_is_told_and_the_others_are_listed(router):
    shown = said(router, "20-CT/TU ban hành ngày nào?")
    assert "ban hành ngày 16/5/2023" in shown
    assert "Tỉnh ủy A" in shown


def test_a_number_that_is_not_there_is_said_so(router):
    assert "không tìm thấy văn bản 99-CT/TU" in said(router, "99-CT/TU ai ký?")


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("xin chào", texts.GREETING),
        ("cảm ơn nhé", texts.THANKS),
        ("/trogiup", texts.HELP),
        ("/TroGiup", texts.HELP),
        ("/trợgiúp", texts.HELP),
        ("bạn là ai", texts.HELP),
        ("   ", texts.EMPTY_MESSAGE),
        ("???", texts.EMPTY_MESSAGE),
        ("/bay", texts.UNKNOWN_COMMAND.format(command="/bay")),
        ("a" * 2001, texts.TOO_LONG.format(length=2001, limit=2000)),
    ],
)
def test_what_is_no_question_gets_a_kind_word(router, text, reply):
    assert said(router, text) == reply


def test_a_known_error_becomes_its_vietnamese_line():
    router = desk_over(make_library(error=LibraryDamaged(folder="kho", detail="mất tệp"))[0])
    assert said(router, "kỷ cương hành chính") == texts.ERRORS["library_damaged"].format(folder="kho", detail="mất tệp")


def test_an_unknown_error_becomes_one_polite_line_and_a_traceback_in_the_log(caplog):
    router = desk_over(make_library(error=RuntimeError("boom"))[0])
    with caplog.at_level(logging.ERROR):
        assert said(router, "kỷ cương hành chính") == texts.UNEXPECTED
    assert "boom" in caplog.text


@pytest.mark.parametrize(
    "text", ["ai ký?", "còn khoản 2?", "khoản 2", "văn bản đó ban hành ngày nào?", "co hieu luc tu khi nao"]
)
def test_a_first_turn_that_points_at_nothing_is_asked_back(router, text):
    assert said(router, text) == texts.WHICH_DIRECTIVE


@pytest.mark.parametrize("text", ["24 ai ký", "cho hỏi 24 ai ký", "24 đồng chí nào ký", "vb 24 ai kí"])
def test_a_bare_number_that_a_directive_bears_names_it(router, text):
    assert "Chỉ thị 24-CT/TU do đồng chí Đinh Văn Mẫu ký" in said(router, text)


def test_a_bare_number_takes_the_last_question_over(router):
    said(router, "Chỉ thị 20-CT/TU ban hành ngày nào?")
    assert "Chỉ thị 24-CT/TU ban hành ngày 07/8/2023" in said(router, "còn 24?")


@pytest.mark.parametrize("text", ["trong 24 ngày phải làm gì", "24 đảng viên thì bầu mấy người", "77 ai chủ trì"])
def test_an_amount_or_a_number_that_nothing_bears_names_none(text):
    library, shelf = make_library()
    said(desk_over(library), text)
    assert [question for question, _ in shelf.asked] == [text]


def test_a_bare_number_of_several_directives_names_the_newest_and_lists_the_others(router):
    shown = said(router, "20 ban hành ngày nào?")
    assert ("16/5/2023" in shown, "Tỉnh ủy A" in shown) == (True, True)


def test_the_page_of_the_last_quote_is_told_with_the_quote(router):
    said(router, "kỷ cương hành chính")
    assert said(router, "ở trang mấy?") == (
        "Trích dẫn vừa rồi ở trang 1.\n\n“1. Các cấp ủy quán triệt kỷ cương hành chính đến từng đảng viên.”\n"
        "— Chỉ thị 24-CT/TU ngày 07/8/2023 của Thành ủy Hà Nội, mục 1, trang 1 (văn bản mẫu)"
    )


def test_what_was_quoted_is_not_said_again_once_its_directive_is_gone():
    library, shelf = make_library()
    router = desk_over(library)
    said(router, "kỷ cương hành chính")
    shelf.readings.clear()
    assert said(router, "ở trang mấy?") == texts.WHICH_DIRECTIVE
    assert said(router, "ai ký?") == texts.WHICH_DIRECTIVE


def test_a_last_quote_without_pages_is_said_to_have_none():
    router = desk_over(make_library([make_reading(DIRECTIVE_24, LINES_24, paged=False)])[0])
    said(router, "kỷ cương hành chính")
    assert "không chia trang" in said(router, "ở trang mấy?")


@pytest.mark.parametrize("text", ["văn bản nào quy định?", "theo văn bản nào", "cái này quy định ở văn bản nào vậy"])
def test_the_directive_of_the_last_quote_is_named_with_its_citation(router, text):
    said(router, "kỷ cương hành chính")
    shown = said(router, text)
    assert shown.startswith("Trích dẫn vừa rồi là của Chỉ thị 24-CT/TU")
    assert "\n— Chỉ thị 24-CT/TU ngày 07/8/2023" in shown


@pytest.mark.parametrize("text", ["ở trang mấy?", "văn bản nào quy định?"])
def test_of_no_last_quote_is_asked_back(router, text):
    assert said(router, text) == texts.WHICH_DIRECTIVE


def test_a_field_is_told_of_each_paper_that_is_named(router):
    shown = said(router, "24-CT/TU và 20-CT/TU ban hành ngày nào?")
    assert ("07/8/2023" in shown, "16/5/2023" in shown) == (True, True)


def test_a_follow_up_to_several_papers_means_each(router):
    said(router, "24-CT/TU và 20-CT/TU")
    shown = said(router, "ban hành ngày nào?")
    assert ("ban hành ngày 07/8/2023" in shown, "ban hành ngày 16/5/2023" in shown) == (True, True)


@pytest.mark.parametrize("text", ["24-CT/TU và 20-CT/TU", "so sánh 24-CT/TU với 20-CT/TU"])
def test_of_several_papers_and_nothing_else_each_is_asked_for(text):
    library, shelf = make_library()
    said(desk_over(library), text)
    assert [question for question, _ in shelf.asked] == ["24-CT/TU", "20-CT/TU"]


def test_letters_that_cannot_be_printed_are_cleaned_first():
    assert incoming("ch\udce0o \ud800").text.encode("utf-8")


# -- whose a message is to answer --------------------------------------------------------------------------------------


def answering(name: str) -> Callable[[Request], Outcome]:
    """Says what it was, the text and the arguments that it got."""
    return lambda request: told(f"{name}({request.text!r}, {request.arguments!r})")


NOW = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)
MEMBER = Asker(member=Member(id=1, code="DV-1", name="An", cell="1", role=Role.MEMBER))
ADMINISTRATOR = Asker(member=Member(id=2, code="QT-1", name="Bình", cell="1", role=Role.ADMINISTRATOR))
GUEST = Asker()
COMMANDS = (
    Command(names=("mo", "open"), answer=answering("mo"), rank=Rank.ANYBODY, phrases=("mo cua",)),
    Command(names=("xem",), answer=answering("xem"), phrases=("xem thu",)),
    Command(names=("an",), answer=answering("an"), rank=Rank.ADMINISTRATOR, private=True, phrases=("an di",)),
)
TASKS = {"buoc": answering("buoc"), "khac": lambda _: None}
WAITING = Task(name="buoc", until=NOW + timedelta(minutes=1))
OFFER = Reply(
    blocks=(
        Text(text="Chọn:"),
        Choices(choices=(Choice(label="Một", send="câu một"), Choice(label="Lệnh", send="/xem thứ hai"))),
        Choices(choices=(Choice(label="3 ngày", send="câu ba"),)),
    )
)


def routed(text: str = "", *, asker: Asker = MEMBER, task: Task | None = None, **more: Any) -> Outcome:
    """What becomes of a message. ``offered``: the last reply; ``ask``, ``gate``, ``files`` may be others."""
    ask, gate = more.pop("ask", answering("ask")), more.pop("gate", lambda _: None)
    department = Department(commands=COMMANDS, tasks=TASKS, files=more.pop("files", None))
    offered, number = more.pop("offered", None), more.pop("number", 7)
    public_url = more.pop("public_url", None)
    state = ChatState(task=task.model_dump_json() if task else None, conversation=more.pop("conversation", "{}"))
    message = Incoming(channel="telegram", sender="a", chat="a", message="1", text=text, **more)
    arrived = Arrived(incoming=message, asker=asker, now=NOW, state=state, number=number, offered=offered)
    return Router(ask, [department], gate=gate, public_url=public_url).respond(arrived)


def words(outcome: Outcome) -> str:
    assert outcome.answer is not None
    return plain_text(outcome.answer.reply)


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ({"choice": "12:1"}, "ask('câu một', '')"),
        ({"choice": "12:2"}, "xem('/xem thứ hai', 'thứ hai')"),
        ({"choice": "12:3"}, "ask('câu ba', '')"),
        ({"text": "1"}, "ask('câu một', '')"),
        ({"text": " 3. "}, "ask('câu ba', '')"),
        ({"text": "2)"}, "xem('/xem thứ hai', 'thứ hai')"),
        ({"text": "chọn 1"}, "ask('câu một', '')"),
        ({"text": "Một"}, "ask('câu một', '')"),
        ({"text": "3 ngày"}, "ask('câu ba', '')"),
        ({"text": "4"}, texts.NUMBER_NOT_OFFERED.format(number=4)),
        ({"text": "0."}, texts.NUMBER_NOT_OFFERED.format(number=0)),
        ({"text": "24"}, "ask('24', '')"),
        ({"text": "câu khác"}, "ask('câu khác', '')"),
        ({"choice": "12:9"}, texts.CHOICE_GONE),
        ({"choice": "12:0"}, texts.CHOICE_GONE),
        ({"choice": "x"}, texts.CHOICE_GONE),
    ],
)
def test_a_choice_is_made_by_its_button_its_number_or_its_label(message, meant):
    assert words(routed(**message, offered=OFFER)) == meant


def test_a_lone_digit_without_choices_is_never_searched():
    assert words(routed("1")) == texts.NUMBER_NOT_OFFERED.format(number=1)


def test_an_old_button_is_said_to_be_old_and_ends_no_step_that_waits():
    outcome = routed(choice="12:1", task=WAITING)
    assert (words(outcome), outcome.task) == (texts.CHOICE_GONE, WAITING)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/xem", "xem('/xem', '')"),
        ("/XEM@dang_uy_bot  hai   ba", "xem('/XEM@dang_uy_bot  hai   ba', 'hai   ba')"),
        ("/xem\nhai\nba", "xem('/xem\\nhai\\nba', 'hai\\nba')"),
        ("/mở", "mo('/mở', '')"),
        ("/open", "mo('/open', '')"),
        ("mở cửa", "mo('mở cửa', '')"),
        ("Mo cua!", "mo('Mo cua!', '')"),
        ("mở cửa sổ", "ask('mở cửa sổ', '')"),
        ("xem thử " + "x" * 60, f"ask('xem thử {'x' * 60}', '')"),
        ("/", "ask('/', '')"),
        ("/ xem", "ask('/ xem', '')"),
        ("/24 là gì", "ask('/24 là gì', '')"),
        ("  xem thử ", "xem('xem thử', '')"),
    ],
)
def test_commands_are_known_by_name_and_by_plain_words_that_are_the_whole_message(text, meant):
    assert words(routed(text)) == meant


@pytest.mark.parametrize(
    ("asker", "commands"),
    [
        (GUEST, {"/mo"}),
        (MEMBER, {"/mo", "/xem"}),
        (ADMINISTRATOR, {"/mo", "/xem", "/an"}),
        (Asker(everything=True), {"/mo", "/xem", "/an"}),
    ],
    ids=["guest", "member", "administrator", "console"],
)
def test_a_command_above_ones_rank_is_answered_in_the_words_for_an_unknown_one(asker, commands):
    for command in ("/mo", "/xem", "/an", "/khongco"):
        unknown = texts.UNKNOWN_COMMAND.format(command=command)
        assert (words(routed(command, asker=asker)) == unknown) is (command not in commands)


def test_plain_words_for_a_command_above_ones_rank_are_a_question():
    assert words(routed("ẩn đi")) == "ask('ẩn đi', '')"


@pytest.mark.parametrize("text", ["/an", "ẩn đi"])
def test_what_is_private_is_not_done_in_a_group_and_shows_itself_to_nobody_else(text):
    assert words(routed(text, asker=ADMINISTRATOR, private=False)) == texts.ONLY_IN_PRIVATE
    assert words(routed("/an", private=False)) == texts.UNKNOWN_COMMAND.format(command="/an")


def test_a_long_unknown_command_is_not_repeated_whole():
    assert words(routed("/" + "x" * 500)) == texts.UNKNOWN_COMMAND.format(command="/" + "x" * 29)


@pytest.mark.parametrize("text", ["/mo", "Chi bộ họp ngày nào?", "12345 67890"])
def test_in_a_group_it_is_silent_unless_it_is_spoken_to(text):
    gate = answering("gate")
    assert routed(text, private=False, addressed=False, gate=gate) == SILENCE


def test_the_gate_stands_before_everything():
    assert words(routed("/mo", gate=answering("gate"), task=WAITING)) == "gate('/mo', '')"


# -- steps that wait ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"), [("có", "buoc('có', '')"), ("/xem", "xem('/xem', '')"), ("xem thử", "xem('xem thử', '')")]
)
def test_a_step_that_waits_gets_what_is_no_command(text, meant):
    assert words(routed(text, task=WAITING)) == meant


@pytest.mark.parametrize(
    "task",
    [
        WAITING.model_copy(update={"until": NOW}),
        Task(name="khac", until=NOW + timedelta(1)),
        Task(name="cu", until=NOW + timedelta(1)),
    ],
    ids=["run out", "not meant for it", "of another version"],
)
def test_a_step_that_is_over_leaves_the_message_a_question(task):
    outcome = routed("có", task=task)
    assert (words(outcome), outcome.task) == ("ask('có', '')", None)


@pytest.mark.parametrize("kept", ["not JSON", '{"unknown": 1}'])
def test_what_another_version_kept_of_a_chat_is_passed_over(kept):
    arrived = Arrived(
        incoming=incoming("câu hỏi"), asker=MEMBER, now=NOW, state=ChatState(task=kept, conversation=kept)
    )
    assert words(Router(answering("ask")).respond(arrived)) == "ask('câu hỏi', '')"


# -- attachments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["file", "photo", "voice", "sticker", "unsupported"])
def test_what_nobody_takes_is_answered_kindly(kind):
    assert words(routed(attachment=Attachment(kind=kind))) == texts.ATTACHMENTS[kind]


@pytest.mark.parametrize("kind", ["voice", "unsupported"])
def test_who_would_rather_speak_is_led_to_the_page(kind):
    outcome = routed(attachment=Attachment(kind=kind), public_url="https://x.vn")
    assert outcome.answer is not None
    assert outcome.answer.reply.blocks[-1] == Link(label=texts.OPEN_PAGE, url="https://x.vn")
    assert texts.WEB_SPEAK_QUESTION in words(outcome)


def test_words_beside_what_nobody_takes_are_a_question():
    assert words(routed("Cái này là gì?", attachment=Attachment(kind="photo"))) == "ask('Cái này là gì?', '')"


def test_a_department_may_take_a_file():
    assert words(routed("tên", attachment=Attachment(kind="file"), files=answering("files"))) == "files('tên', '')"


def test_a_step_that_waits_gets_the_file_first():
    shown = words(routed(attachment=Attachment(kind="file"), files=answering("files"), task=WAITING))
    assert shown == "buoc('', '')"


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def failing(error: Exception) -> Callable[[Request], Outcome]:
    def fail(_: Request) -> Outcome:
        raise error

    return fail


@pytest.mark.parametrize(
    "error",
    [
        LibraryDamaged(folder="kho", detail="mất tệp"),
        NoSuchMember(member="DV-9"),
        FileTooLarge(limit=20),
        ChannelError(channel="zalo", detail="mất mạng"),
    ],
    ids=lambda error: error.code,
)
def test_an_error_of_ours_becomes_its_words_and_its_code(error):
    outcome = routed("?", ask=failing(error), asker=ADMINISTRATOR)
    assert (words(outcome), outcome.answer.error, outcome.writes) == (texts.error_text_in_chat(error), error.code, ())


@pytest.mark.parametrize("asker", [MEMBER, GUEST])
def test_only_administrators_read_of_the_server(asker, caplog):
    outcome = routed("?", ask=failing(LibraryDamaged(folder="/srv/kho", detail="mất tệp")), asker=asker)
    assert (words(outcome), outcome.answer.error) == (texts.UNEXPECTED, "library_damaged")
    assert "/srv/kho" in caplog.text


def test_in_chat_nobody_is_sent_to_the_command_line_which_the_console_has():
    error = NoSuchMember(member="DV-9")
    told_of = [words(routed("?", ask=failing(error), asker=who)) for who in (ADMINISTRATOR, Asker(everything=True))]
    assert ["python -m bot" in each for each in told_of] == [False, True]


def test_an_unknown_error_becomes_one_polite_line(caplog):
    outcome = routed("?", ask=failing(KeyError("boom")))
    assert (words(outcome), outcome.answer.error) == (texts.UNEXPECTED, "KeyError")
    assert "boom" in caplog.text


@pytest.mark.parametrize("where", ["ask", "gate"])
def test_what_is_stale_is_for_whoever_answers_anew(where):
    with pytest.raises(Stale):
        routed("?", **{where: failing(Stale())})


def test_a_stored_message_waits_for_a_database_that_is_busy():
    with pytest.raises(StateBusy):
        routed("?", ask=failing(StateBusy(detail="locked")), number=7)


def test_a_message_that_is_not_stored_is_told_that_the_database_is_busy():
    error = StateBusy(detail="locked")
    assert words(routed("?", ask=failing(error), number=0, asker=ADMINISTRATOR)) == texts.error_text(error)


# -- basics ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asker", "more", "told_of"),
    [(MEMBER, {}, False), (ADMINISTRATOR, {}, True), (ADMINISTRATOR, {"private": False}, False)],
    ids=["member", "administrator", "administrator in a group"],
)
def test_only_administrators_in_private_read_of_their_commands(asker, more, told_of):
    assert (texts.HELP_ADMINISTRATOR in words(routed("/giupdo", asker=asker, **more))) is told_of


@pytest.mark.parametrize("text", ["giúp đỡ", "giup do", "Hướng dẫn", "trợ giúp?", "/giúpđỡ", "/trogiup"])
def test_help_comes_to_plain_words_and_names_what_there_is(text):
    said_here = words(routed(text))
    assert [
        name for name in ("/vanban", "/toi", "/xoa", "/maweb", "/moi", "Hỏi văn phòng") if name not in said_here
    ] == []
    assert texts.HELP_MORE not in said(desk_over(make_library()[0]), text)


def test_a_department_goes_before_the_basics():
    own = Department(commands=(Command(names=("start",), answer=answering("own"), rank=Rank.ANYBODY),))
    arrived = Arrived(incoming=incoming("/start"), asker=GUEST, now=NOW)
    assert words(Router(answering("ask"), [own]).respond(arrived)) == "own('/start', '')"


# -- where the chat stands afterwards ----------------------------------------------------------------------------------


STATE = ChatState(conversation='{"topic":"cũ"}', task="một bước", greeted=False)


def test_silence_changes_nothing():
    assert state_after(STATE, SILENCE) == STATE


def test_an_answer_ends_what_waited_and_keeps_the_conversation():
    assert state_after(STATE, told("x")) == ChatState(conversation='{"topic":"cũ"}', task=None, greeted=True)


def test_an_outcome_may_set_both_anew():
    after = state_after(STATE, Outcome(answer=None, conversation=Conversation(topic="mới"), task=WAITING))
    assert Conversation.model_validate_json(after.conversation).topic == "mới"
    assert Task.model_validate_json(after.task) == WAITING


# -- the person at the terminal ----------------------------------------------------------------------------------------


def local(command: Callable[[Request], Outcome], database: Database | None = None) -> LocalDesk:
    department = Department(commands=(Command(names=("lam",), answer=command, rank=Rank.ADMINISTRATOR),))
    return LocalDesk(Router(answering("ask"), [department]), database=database)


def test_what_is_done_at_the_terminal_is_written_as_the_consoles(database):
    def command(request: Request) -> Outcome:
        return told("xong", writes=(lambda db: audit.record(db, actor=request.asker.code, action="x", now=NOW),))

    assert said(local(command, database), "/lam") == "xong"
    with database.reading() as db:
        assert [entry.actor for entry in audit.entries(db)] == ["console"]


def test_what_came_too_late_is_answered_anew(database):
    outcomes = iter([told("cũ", writes=(failing_write(Stale()),)), told("mới")])
    assert said(local(lambda _: next(outcomes), database), "/lam") == "mới"


def test_what_comes_too_late_for_ever_is_apologized_for(database):
    assert said(local(lambda _: told("x", writes=(failing_write(Stale()),)), database), "/lam") == texts.UNEXPECTED


def test_a_database_that_cannot_be_written_is_said_so(database):
    error = StateBusy(detail="locked")
    desk = local(lambda _: told("x", writes=(failing_write(error),)), database)
    assert said(desk, "/lam") == texts.error_text(error)


def failing_write(error: Exception) -> Callable[[object], None]:
    def fail(_: object) -> None:
        raise error

    return fail
