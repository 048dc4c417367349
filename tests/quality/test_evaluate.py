"""``evaluate`` on a set of our own, over the sample papers, as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import run_command

QUESTIONS = """- id: x1
  kind: number
  question: Chi bộ sinh hoạt định kỳ mỗi tháng mấy lần theo hướng dẫn 04-HD/ĐU?
  directive: 04-HD/ĐU
  words: mỗi tháng một lần
- id: x2
  kind: follow_up
  after: QĐ 19 điều 7
  question: còn khoản 2?
  directive: 19-QĐ/ĐU
  place: Điều 7.2
  words: ai biết được
- id: x3
  kind: refuse_other
  question: Giá vàng hôm nay bao nhiêu một lượng?
- id: x4
  kind: refuse_other
  question: Đồng chí nấu phở thế nào?
  held: true
"""


@pytest.fixture
def run(capsys, monkeypatch, tmp_path, sample_folder):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_LIBRARY_DIR", str(sample_folder))
    Path("set.yaml").write_text(QUESTIONS, encoding="utf-8")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run_command(["evaluate", *arguments])
        return (code, *capsys.readouterr())

    return command


def test_it_prints_both_parts_and_the_misses_of_the_open_one(run):
    code, out, _ = run("set.yaml", "--misses")
    assert code == 0
    assert "Phần mở (3 câu)" in out
    assert "Phần để dành (1 câu)" in out
    assert "x2 (hỏi tiếp): QĐ 19 điều 7 → còn khoản 2?" in out
    assert "sai: lời, 1, lời, 3" in out  # directive and place are right
    assert "x4" not in out


def test_one_part_is_asked_alone(run):
    assert "Phần mở" not in run("set.yaml", "--part", "held")[1]
    assert "Phần để dành" not in run("set.yaml", "--part", "open")[1]


def test_a_folder_without_accents_says_how_many_citations_stay(run):
    _, out, _ = run(".", "--unaccented")
    assert "Cùng nơi trích đầu tiên khi có dấu và không dấu, phần mở:" in out
    assert "của 3 câu có dấu" in out


def test_what_is_written_can_be_compared_with_and_drawn(run):
    _, out, _ = run("set.yaml", "--json")
    figures = json.loads(out)
    assert [part["name"] for part in figures["parts"]] == ["open", "held"]
    figures["parts"][0]["outcomes"][0]["scores"]["words@1"] = 0.0
    Path("before.json").write_text(json.dumps(figures), encoding="utf-8")
    code, out, _ = run("set.yaml", "--against", "before.json", "--plot", "plot.html")
    assert code == 0
    assert "Nay đúng (1):\n- x1: " in out
    assert Path("plot.html").read_text(encoding="utf-8").count("<svg") == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("absent.yaml",), 1, "absent.yaml"),
        (("bad.yaml",), 1, "bad.yaml, dòng 1"),
        (("set.yaml", "--half", "even"), 2, "--part"),
        (("set.yaml", "--part", "some"), 2, "“some”"),
        (("set.yaml", "--against", "absent.json"), 1, "absent.json"),
        (("set.yaml", "--against", "set.yaml"), 2, "không phải kết quả đo"),
        (("squad.json", "--misses"), 2, "--misses"),
        (("set.yaml", "--plot", "no/folder.html"), 1, "no/folder.html"),
    ],
)
def test_what_cannot_be_done_is_one_line_with_its_exit_code(run, arguments, code, said):
    Path("bad.yaml").write_text("- id: x\n", encoding="utf-8")
    Path("squad.json").write_text("{}", encoding="utf-8")
    ended, out, err = run(*arguments)
    assert (ended, out) == (code, "")
    assert said in err
