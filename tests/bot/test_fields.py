import pytest

from bot.answering.fields import Field, answer_field, asked_fields, contents_text, named_by_title
from bot.answering.naming import numbers_in
from bot.answering.phrases import form_of, without_numbers
from index import SectionKind
from tests.bot.fakes import DIRECTIVE_20_OLD, DIRECTIVE_24, LINES_24, make_reading

READING = make_reading(DIRECTIVE_24, LINES_24)


def asked(text: str):
    return asked_fields(form_of(without_numbers(text, numbers_in(text))))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Chỉ thị 24-CT/TU do ai ký?", (Field.SIGNER,)),
        ("24-ct/tu ai ky", (Field.SIGNER,)),
        ("người ký Chỉ thị 24-CT/TU là ai", (Field.SIGNER,)),
        ("Chỉ thị 24-CT/TU do cơ quan nào ban hành?", (Field.ISSUER,)),
        ("ai ban hanh chi thi 24-ct/tu", (Field.ISSUER,)),
        ("Chỉ thị 24-CT/TU của cơ quan nào", (Field.ISSUER,)),
        ("Chỉ thị 24-CT/TU ban hành ngày nào?", (Field.DATE,)),
        ("chi thi 24-ct/tu ban hanh khi nao", (Field.DATE,)),
        ("Chỉ thị 24-CT/TU được ký ngày nào", (Field.DATE,)),
        ("bao giờ ban hành Chỉ thị 24-CT/TU", (Field.DATE,)),
        ("Tiêu đề của Chỉ thị 24-CT/TU là gì?", (Field.TITLE,)),
        ("Chỉ thị 24-CT/TU về việc gì", (Field.TITLE,)),
        ("Chỉ thị 24-CT/TU nói về gì", (Field.TITLE,)),
        ("Nội dung Chỉ thị 24-CT/TU gồm những gì", (Field.CONTENTS,)),
        ("Chỉ thị 24-CT/TU có mấy phần", (Field.CONTENTS,)),
        ("Số hiệu của văn bản đó là gì?", (Field.NUMBER,)),
        ("Chỉ thị 24-CT/TU ban hành ngày nào, ai ký?", (Field.DATE, Field.SIGNER)),
        ("quy định 294 của cơ quan nào ban hành", (Field.ISSUER,)),
        ("QĐ 294 có từ bao giờ", (Field.DATE,)),
        ("cho hỏi QĐ 294 được ban hành vào thời gian nào", (Field.DATE,)),
        ("thời điểm ban hành QĐ 294", (Field.DATE,)),
        ("294-QĐ/TW ngày bao nhiêu", (Field.DATE,)),
        ("QĐ 294 đồng chí nào ký vậy ạ", (Field.SIGNER,)),
        ("ai kí quy định 294", (Field.SIGNER,)),
        ("ai ki quy dinh 294", (Field.SIGNER,)),
        ("chữ ký trên QĐ 294 của ai", (Field.SIGNER,)),
        ("QĐ 294 là văn bản gì", (Field.KIND,)),
        ("quy định 294 quy định gì", (Field.CONTENTS,)),
        ("QĐ 294 có bao nhiêu trang", (Field.PAGES,)),
    ],
)
def test_a_question_about_a_field_is_seen(text, fields):
    found = asked(text)
    assert found is not None
    assert (found.fields, found.subject) == (fields, ())


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ thị 24-CT/TU có hiệu lực từ ngày nào?",
        "Chỉ thị 24-CT/TU thay thế văn bản nào?",
        "Điều 4 Quy định 294-QĐ/TW nói gì?",
        "Đảng viên nộp đảng phí bao nhiêu?",
        "Khi nào đảng viên được miễn sinh hoạt?",
    ],
)
def test_a_question_about_the_text_is_none(text):
    assert asked(text) is None


def test_a_subject_beside_the_field_is_kept_apart():
    found = asked("Ai ký quyết định kết nạp đảng viên?")
    assert found is not None
    assert found.subject == ("ket", "nap", "dang", "vien")


def test_a_paper_is_named_by_the_words_of_its_title():
    form = form_of("Chỉ thị trật tự đô thị ban hành ngày nào")
    assert named_by_title(form, ("trat", "tu", "do", "thi"), (DIRECTIVE_20_OLD, DIRECTIVE_24)) == (DIRECTIVE_20_OLD,)


def test_a_paper_of_another_type_is_not_named():
    assert named_by_title(form_of("quyết định trật tự đô thị"), ("trat", "tu", "do", "thi"), (DIRECTIVE_20_OLD,)) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.SIGNER, "Đinh Văn Mẫu"),
        (Field.ISSUER, "Thành ủy Hà Nội"),
        (Field.DATE, "07/8/2023"),
        (Field.TITLE, DIRECTIVE_24.title),
        (Field.NUMBER, "24-CT/TU"),
    ],
)
def test_a_field_is_said_with_its_line_as_proof(field, value):
    answer = answer_field(field, READING.directive, READING.printed)
    assert answer.quote is not None
    assert (value in answer.sentence, answer.quote.text, answer.quote.page) == (True, LINES_24[field.value], 1)


def test_a_field_that_the_paper_lacks_is_said_to_be_unknown():
    answer = answer_field(Field.SIGNER, DIRECTIVE_20_OLD, READING.printed)
    assert (answer.known, answer.quote) == (False, None)


def test_a_value_from_the_sidecar_names_its_source():
    answer = answer_field(Field.SIGNER, DIRECTIVE_24, make_reading(DIRECTIVE_24, {"number": "Số 24-CT/TU"}).printed)
    assert "quản trị viên" in answer.sentence
    assert answer.quote is not None
    assert answer.quote.text == "Số 24-CT/TU"


def test_a_long_line_is_quoted_up_to_400_characters_between_words():
    line = "chữ " * 200
    quote = answer_field(Field.TITLE, DIRECTIVE_24, make_reading(DIRECTIVE_24, {"title": line}).printed).quote
    assert quote is not None
    assert (quote.cut, quote.text == line[: len(quote.text)], 390 < len(quote.text) <= 400, quote.text[-3:]) == (
        True,
        True,
        True,
        "chữ",
    )


def test_contents_are_counted_and_listed():
    said = contents_text("Chỉ thị 24-CT/TU", READING.printed)
    assert said is not None
    assert said.splitlines()[0] == "Chỉ thị 24-CT/TU gồm 2 mục:"
    assert len(said.splitlines()) == 3


def test_a_unit_that_the_paper_lacks_is_said_to_be_lacking():
    said = contents_text("Chỉ thị 24-CT/TU", READING.printed, unit=SectionKind.ARTICLE)
    assert said is not None
    assert said.startswith("Chỉ thị 24-CT/TU không chia thành điều.")


def test_the_pages_of_a_paper_are_counted():
    said = answer_field(Field.PAGES, READING.directive, READING.printed)
    assert (said.sentence, said.known) == ("Chỉ thị 24-CT/TU có 1 trang.", True)


def test_a_format_without_pages_is_said_to_have_none():
    said = answer_field(Field.PAGES, DIRECTIVE_24, make_reading(DIRECTIVE_24, LINES_24, paged=False).printed)
    assert ("không chia trang" in said.sentence, said.known) == (True, False)
