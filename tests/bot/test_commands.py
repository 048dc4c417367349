"""The command line: exit codes, one-line errors, and the JSON that programs read."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot import app, texts
from bot.__main__ import run_command
from index import BuildReport, Share, Skipped, Trial
from index.errors import LibraryMissing
from index.progress import Stage
from tests.bot.fakes import make_library

REPOSITORY = Path(__file__).resolve().parents[2]
ASKED_KEYS = ["id", "answered", "text", "citations", "elapsed_ms"]
CITATION_KEYS = [
    "directive",
    "number",
    "type",
    "title",
    "issuer",
    "date",
    "path",
    "page",
    "quote",
    "score",
    "status",
    "file",
    "lead",
    "replaced_by",
    "warning",
    "marks",
]


@pytest.fixture(autouse=True)
def _library(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(app, "open_library", lambda settings: make_library()[0])


@pytest.fixture
def output(capsys):
    """Standard output and error of a command line."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = run_command(list(arguments))
        return (code, *capsys.readouterr())

    return run


def batch_file(*lines: object) -> str:
    path = Path("batch.jsonl")
    path.write_text(
        "".join(f"{line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)}\n" for line in lines),
        encoding="utf-8",
    )
    return str(path)


def test_ask_prints_what_a_person_would_see(output):
    code, out, _ = output("ask", "kỷ cương hành chính")
    assert (code, out.rstrip().endswith("(văn bản mẫu)")) == (0, True)


def test_ask_json_has_exactly_the_keys_of_the_contract(output):
    _, out, _ = output("ask", "--json", "kỷ cương hành chính")
    asked = json.loads(out)
    assert list(asked) == ASKED_KEYS
    assert [list(citation) for citation in asked["citations"]] == [CITATION_KEYS]


def test_a_citation_carries_the_fields_of_its_directive(output):
    _, out, _ = output("ask", "--json", "kỷ cương hành chính")
    (citation,) = json.loads(out)["citations"]
    assert [citation[key] for key in ("number", "type", "date", "path", "page", "status", "file")] == [
        "24-CT/TU",
        "CT",
        "2023-08-07",
        ["1"],
        1,
        "in_force",
        "ct-24.docx",
    ]


def test_json_keeps_its_accents_and_stands_on_one_line(output):
    _, out, _ = output("ask", "--json", "kỷ cương hành chính")
    assert out.count("\n") == 1
    assert "kỷ cương" in out


def test_no_answer_has_no_citations(output):
    _, out, _ = output("ask", "--json", "giá vàng thế giới")
    asked = json.loads(out)
    assert (asked["answered"], asked["citations"]) == (False, [])


def test_a_batch_is_answered_in_order_with_its_ids(output):
    lines = [{"id": "b", "question": "kỷ cương hành chính"}, {"id": 7, "question": ["kỷ cương hành chính", "ai ký?"]}]
    code, out, _ = output("ask", "--batch", batch_file(*lines))
    asked = [json.loads(line) for line in out.splitlines()]
    assert (code, [each["id"] for each in asked]) == (0, ["b", 7])
    assert "Đinh Văn Mẫu" in asked[1]["text"]


def test_each_line_of_a_batch_is_a_conversation_of_its_own(output):
    lines = [{"id": 1, "question": "kỷ cương hành chính"}, {"id": 2, "question": "ai ký?"}]
    _, out, _ = output("ask", "--batch", batch_file(*lines))
    assert json.loads(out.splitlines()[1])["answered"] is False


def test_bad_lines_are_named_and_the_rest_goes_on(output):
    code, out, err = output(
        "ask",
        "--batch",
        batch_file("{", {"id": 2}, {"id": 3, "question": []}, {"id": 4, "question": "kỷ cương hành chính"}),
    )
    assert code == 1
    assert [line.split(":")[0] for line in err.splitlines()] == ["Dòng 1", "Dòng 2", "Dòng 3"]
    assert [json.loads(line)["id"] for line in out.splitlines()] == [4]


def test_a_batch_may_come_through_a_pipe(output, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": 1, "text": "24-CT/TU"}\n')))
    code, out, _ = output("numbers", "--batch", "-")
    assert (code, json.loads(out)) == (
        0,
        {"id": 1, "numbers": [{"number": "24", "type": "CT", "symbol": "24-CT/TU", "candidates": []}]},
    )


def test_a_batch_file_that_is_not_there_is_one_line(output):
    code, _, err = output("ask", "--batch", "none.jsonl")
    assert (code, err.count("\n"), "none.jsonl" in err) == (1, 1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "câu", "--batch", "-"),
        ("ask", "--nothing"),
        ("nothing",),
        (),
        ("evaluate", "x", "--half", "third"),
        ("numbers", "a", "b"),
    ],
)
def test_bad_usage_is_one_vietnamese_line(output, arguments):
    code, out, err = output(*arguments)
    assert (code, out, err.count("\n"), err.startswith("Lệnh chưa đúng: ")) == (2, "", 1, True)


def test_bad_settings_are_all_said_and_end_with_2(output, monkeypatch):
    monkeypatch.setenv("BOT_LOG_LEVEL", "loud")
    monkeypatch.setenv("BOT_ENCODDER", "x")
    code, _, err = output("ask", "câu hỏi")
    assert (code, err.count("\n")) == (2, 2)


def test_an_unexpected_error_is_one_line(output, monkeypatch):
    monkeypatch.setattr(app, "open_library", lambda settings: 1 / 0)
    code, _, err = output("ask", "câu hỏi")
    assert (code, err.count("\n"), "Traceback" in err) == (1, 1, False)


def report(**changes: object) -> BuildReport:
    skipped = (
        Skipped(path="a.pdf", reason="damaged", facts={"path": "a.pdf", "detail": "no header"}, message="a.pdf: …"),
    )
    return BuildReport(added=1, changed=0, unchanged=2, removed=0, skipped=skipped, passages=9, seconds=0.5).model_copy(
        update=changes
    )


def test_reindex_json_has_exactly_the_keys_of_the_contract(output, monkeypatch):
    monkeypatch.setattr(app, "rebuild", lambda settings, *, progress, accept: report())
    code, out, _ = output("reindex", "--json")
    rebuilt = json.loads(out)
    keys = ["added", "changed", "unchanged", "removed", "skipped", "passages", "seconds", "troubles", "trial"]
    assert (code, list(rebuilt)) == (0, keys)
    assert rebuilt["skipped"] == [
        {"path": "a.pdf", "reason": "damaged", "text": texts.ERRORS["damaged"].format(detail="no header")}
    ]


def test_reindex_names_every_skipped_file_with_its_cure(output, monkeypatch):
    monkeypatch.setattr(app, "rebuild", lambda settings, *, progress, accept: report())
    _, _, err = output("reindex")
    assert f"- a.pdf: {texts.ERRORS['damaged'].format(detail='no header')}" in err


def test_reindex_fails_where_nothing_could_be_taken_in(output, monkeypatch):
    monkeypatch.setattr(app, "rebuild", lambda settings, *, progress, accept: report(added=0, unchanged=0))
    assert output("reindex")[0] == 1


def test_reindex_fails_where_the_library_before_goes_on_answering(output, monkeypatch):
    share = Share(measure="words@1", before=0.9, now=0.7, fell=True)
    trial = Trial(asked=10, shares=(share,), questions=("Họp ngày nào?",), kept=True)
    monkeypatch.setattr(app, "rebuild", lambda settings, *, progress, accept: report(trial=trial, skipped=()))
    code, out, err = output("reindex")
    assert (code, out.startswith("CHƯA dùng kho mới"), "- Họp ngày nào?" in err) == (1, True, True)
    assert json.loads(output("reindex", "--json")[1])["trial"] == {**trial.model_dump(mode="json")}


def test_every_stage_of_a_build_has_a_vietnamese_name():
    assert set(Stage) <= set(texts.BUILD_STAGES)


@pytest.mark.parametrize("value", ["NaN", "1e400", "[Infinity]"])
def test_an_id_that_json_does_not_know_is_no_json(output, value):
    code, out, err = output("ask", "--batch", batch_file(f'{{"id": {value}, "question": "x"}}'))
    assert (code, out, err) == (1, "", "Dòng 1: không phải JSON. Đã bỏ qua dòng này.\n")


def test_an_empty_question_of_a_batch_is_not_answered(output):
    code, out, _ = output("ask", "--batch", batch_file({"id": 1, "question": ""}))
    assert (code, json.loads(out)["answered"]) == (0, False)


def test_an_option_misspelt_is_said_in_vietnamese(output):
    assert output("ask", "--jsn", "x")[2].startswith("Lệnh chưa đúng: không có tùy chọn --jsn.")


def test_the_hint_of_a_missing_library_names_its_folder():
    assert "python -m bot reindex --library kho" in texts.error_text(LibraryMissing(folder="kho"))


def test_a_folder_that_may_not_be_read_is_one_line(output, monkeypatch):
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied", "kho/CURRENT")

    monkeypatch.setattr(app, "open_library", refuse)
    assert output("ask", "x") == (1, "", texts.NO_PERMISSION.format(path="kho/CURRENT") + "\n")


@pytest.mark.parametrize("command", ["ask", "numbers"])
def test_an_argument_that_is_no_utf8_is_taken(output, command):
    code, _, err = output(command, "ch\udce0o")
    assert (code, err) == (0, "")


@pytest.mark.parametrize(
    "line",
    ["ask x --library {library} >&-", "--help >&-", "ask --batch - --library {library} <&-", "ask >&- 2>&- <&-"],
)
def test_a_closed_stream_shows_no_traceback(sample_folder, clean_environment, line):
    done = in_a_shell(f"{sys.executable} -m bot {line.format(library=sample_folder)}", clean_environment)
    assert (done.returncode in (0, 2), done.stderr) == (True, "")


@pytest.mark.parametrize(
    "line", ["yes 'QĐ 19 điều 7' | {bot} chat --library {library} | head -1", "{bot} --help | true"]
)
def test_a_reader_that_has_gone_ends_the_program_quietly(sample_folder, clean_environment, line):
    done = in_a_shell(line.format(bot=f"{sys.executable} -m bot", library=sample_folder), clean_environment)
    assert done.stderr == ""


def in_a_shell(line: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line],
        env={**environment, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
