"""The YAML of question sets: what is read as it is typed, and what is wrong, with its line and the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BadQuestions, FileMissing
from bot.quality.questions import KINDS, is_question_set, read_questions

PLAIN = """- id: q1
  kind: plain
  question: "Chi bộ họp mấy lần?"
  directive: 04-HD/ĐU
  place: 2.10
  words: mỗi tháng
    một lần
"""
REFUSAL = """- id: q9
  kind: refuse_other
  question: Mai có mưa không?
"""


def put(folder: Path, text: str | bytes, name: str = "set.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(BadQuestions) as raised:
        read_questions(path)
    return raised.value.facts["problems"].splitlines()


def test_one_and_a_list_are_the_same_and_numbers_stay_as_they_are_typed(tmp_path):
    (one,) = read_questions(put(tmp_path, PLAIN))
    (other,) = read_questions(put(tmp_path, PLAIN.replace("04-HD/ĐU", "[04-HD/ĐU]").replace("2.10", "['2.10']")))
    assert (one.directive, one.place, one.words) == (("04-HD/ĐU",), ("2.10",), ("mỗi tháng một lần",))
    assert one == other


def test_a_folder_is_all_its_files_and_nothing_else(tmp_path):
    put(tmp_path, PLAIN, "a.yaml")
    put(tmp_path, REFUSAL, "b.yml")
    put(tmp_path, "no question", "notes.txt")
    assert [question.id for question in read_questions(tmp_path)] == ["q1", "q9"]
    assert is_question_set(tmp_path)
    assert not is_question_set(tmp_path / "notes.txt")
    assert not is_question_set(tmp_path / "absent")


@pytest.mark.parametrize("held", ["true", "false"])
def test_a_question_may_be_held(tmp_path, held):
    (question,) = read_questions(put(tmp_path, f"{PLAIN}  held: {held}\n"))
    assert question.held is (held == "true")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (PLAIN.replace("kind: plain", "kind: simple"), 1, "không có loại “simple”"),
        (PLAIN.replace("  words: mỗi tháng\n    một lần\n", ""), 1, "cần directive (số hiệu văn bản) và words"),
        (PLAIN.replace("question:", "ask:"), 1, "câu q1: "),
        (PLAIN + "  notes: x\n", 1, "không có khóa “notes”"),
        (PLAIN + "  kind: plain\n", 1, "khóa “kind” ghi hai lần"),
        (PLAIN + "  held: maybe\n", 1, "khóa “held” có giá trị “maybe”"),
        (PLAIN.replace("kind: plain", "kind: follow_up"), 1, "cần after"),
        (PLAIN.replace("kind: plain", "kind: compare"), 1, "ít nhất hai văn bản"),
        (REFUSAL + "  words: mưa\n", 1, "câu phải từ chối thì không có directive"),
        (REFUSAL + PLAIN.replace("q1", "q9"), 4, "mã câu “q9” đã dùng ở set.yaml, dòng 1"),
        (REFUSAL + "- just words\n", 4, "phải gồm các dòng “khóa: giá trị”"),
        ("id: q1\n", 1, "tệp phải là một danh sách"),
        (REFUSAL + "- id: 'q2\n", 5, "không đúng dạng YAML"),
        ("- question: a: b\n", 1, "không đúng dạng YAML"),
        (b"- id: \xff\n", 1, "không phải UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_a_cure(tmp_path, text, line, said):
    (problem,) = problems(put(tmp_path, text))
    assert problem.startswith(f"- set.yaml, dòng {line}: ")
    assert said in problem


def test_all_problems_are_said_at_once_and_a_long_list_is_cut(tmp_path):
    bad = "".join(f"- id: x{number}\n  kind: plain\n  question: gì?\n" for number in range(30))
    said = problems(put(tmp_path, bad))
    assert len(said) == 21
    assert "10" in said[-1]


def test_a_comparison_says_words_and_places_for_each_directive(tmp_path):
    both = "- {id: c, kind: compare, question: a hay b, directive: [1-QĐ/ĐU, 2-QĐ/ĐU], words: [một, hai]%s}\n"
    (question,) = read_questions(put(tmp_path, both % ", place: [I, II]"))
    assert question.place == ("I", "II")
    assert "place" in problems(put(tmp_path, both % ", place: I"))[0]
    assert "words" in problems(put(tmp_path, both.replace("[một, hai]", "một") % ""))[0]


def test_nothing_to_read_is_an_error_too(tmp_path):
    with pytest.raises(FileMissing):
        read_questions(tmp_path)
    assert problems(put(tmp_path, "# nothing yet\n")) == ["chưa có câu hỏi nào. Hãy ghi ít nhất một câu."]


def test_an_alias_in_the_file_builds_no_object(tmp_path):
    (problem,) = problems(put(tmp_path, "- id: !!python/object/apply:os.getcwd []\n  kind: plain\n  question: x\n"))
    assert "khóa “id”" in problem


def test_every_kind_has_its_name():
    from bot import texts

    assert set(KINDS) < set(texts.QUALITY_KINDS)
