"""The program from end to end, as processes: what goes in, what comes out, and how they end."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from bot import texts
from index import Library
from index.searching.snapshot import open_current
from tests.conftest import CORPUS, REPOSITORY, RunBot
from tests.programs import needs
from tests.reading.pdf_fixture import pdf_of

pytestmark = pytest.mark.slow

REPORT_KEYS = ["added", "changed", "unchanged", "removed", "skipped", "passages", "seconds", "troubles", "trial"]
ASKED_KEYS = {"id", "answered", "text", "citations", "elapsed_ms"}
CITATION_KEYS = {
    *("directive", "number", "type", "title", "issuer", "date", "path", "page"),
    *("quote", "score", "status", "file", "lead"),
}
QUESTIONS: list[tuple[Any, str | list[str]]] = [
    ("accents", "Chi bộ sinh hoạt định kỳ vào ngày nào trong tháng?"),
    ("no accents", "nghi quyet 21 muc tieu den nam 2030"),
    (3, "QĐ 19 điều 7"),
    ("follow-up", ["QĐ 19 điều 7", "còn khoản 2?"]),
    ("signer", ["Nghị quyết 21-NQ/ĐU nói về việc gì?", "ai ký?"]),
    ("field", "Chỉ thị 24-CT/TU ban hành ngày nào?"),
    ("contents", "nghị quyết 12 gồm những mục nào?"),
    ("table", "Kế hoạch 46 yêu cầu lập danh sách nhà trọ trước ngày nào?"),
    ("pdf", "Kết luận 09 về trật tự đô thị giao việc gì cho các chi bộ?"),
    ("pdf annex", "Số liệu phụ lục Báo cáo 61 về kết nạp đảng viên mới"),
    ("missing", "Chỉ thị 99-CT/TW nói gì?"),
    ("unknown", "Giá vàng hôm nay bao nhiêu một lượng?"),
    ("thanks", "cảm ơn"),
]


def json_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def batch_of(lines: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


@pytest.fixture(scope="session")
def asked(sample_folder: Path) -> list[dict[str, Any]]:
    """The answers to QUESTIONS, of one process."""
    lines = batch_of([{"id": name, "question": question} for name, question in QUESTIONS])
    command = [sys.executable, "-m", "bot", "ask", "--library", str(sample_folder), "--batch", "-"]
    done = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", cwd=REPOSITORY, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    return json_lines(done.stdout)


def citations(asked: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (citation for answer in asked for citation in answer["citations"])


# -- starting --------------------------------------------------------------------------------------------------------


def test_ask_imports_neither_torch_nor_what_it_does_not_need(run_bot: RunBot, sample_folder: Path) -> None:
    done = run_bot("ask", "QĐ 19 điều 7", "--library", sample_folder, python=("-X", "importtime"))
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "faiss" in imported  # so the list is one of a question that was answered
    assert not imported & {"torch", "sentence_transformers", "transformers", "telegram", "docx", "pypdfium2", "sklearn"}


def test_help_imports_no_index(run_bot: RunBot) -> None:
    done = run_bot("--help", python=("-X", "importtime"))
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert not imported & {"index", "faiss", "tantivy", "numpy", "pydantic"}


@pytest.mark.parametrize("command", ["", "run", "chat", "ask", "admin", "reindex", "evaluate", "numbers"])
def test_help_is_vietnamese(run_bot: RunBot, command: str) -> None:
    done = run_bot(*command.split(), "--help")
    english = ("Usage", "Options", "Arguments", "Commands", "Show this", "OPTIONS", "COMMAND")
    assert (done.returncode, [word for word in english if word in done.stdout]) == (0, [])
    assert done.stdout.startswith("Cách dùng: ")


def test_all_bad_settings_are_said_at_once(run_bot: RunBot) -> None:
    done = run_bot("ask", "câu hỏi", BOT_LOG_LEVEL="loud", BOT_LIBARY_DIR="x", BOT_NONSENSE="1")
    named = sorted(line.partition(":")[0] for line in done.stderr.splitlines())
    assert (done.returncode, done.stdout, named) == (2, "", ["BOT_LIBARY_DIR", "BOT_LOG_LEVEL", "BOT_NONSENSE"])


def test_a_missing_library_is_one_line(run_bot: RunBot, tmp_path: Path) -> None:
    done = run_bot("ask", "câu hỏi", "--library", tmp_path / "none")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


# -- reindex ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A small corpus of its own, to be changed."""
    folder = tmp_path / "few"
    folder.mkdir()
    for name in ("qc-03-du-phan-anh-kien-nghi.md", "qd-19-du-danh-gia-chat-luong.docx", "tb-44-du-lich-tiep-dan.txt"):
        shutil.copy(CORPUS / name, folder)
    return folder


@pytest.fixture
def reindex(run_bot: RunBot, tmp_path: Path) -> Callable[[Path], dict[str, Any]]:
    def run(corpus: Path) -> dict[str, Any]:
        done = run_bot("reindex", "--corpus", corpus, "--library", tmp_path / "library", "--json")
        assert done.returncode == 0, done.stderr
        (report,) = json_lines(done.stdout)
        return report

    return run


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[key] for key in ("added", "changed", "unchanged", "removed"))


def test_reindex_of_the_sample_takes_in_every_paper(reindex: Callable[[Path], dict[str, Any]], tmp_path: Path) -> None:
    corpus = shutil.copytree(CORPUS, tmp_path / "copy")
    papers = [path for path in corpus.rglob("*.*") if path.suffix != ".yaml" and path.name != "README.md"]
    needs("tesseract", "LibreOffice")
    report = reindex(corpus)
    assert list(report) == REPORT_KEYS
    attached = 1  # a decision and its regulation stand in one file
    assert (counts(report), report["skipped"]) == ((len(papers) + attached, 0, 0, 0), [])


def test_a_second_reindex_changes_nothing(reindex: Callable[[Path], dict[str, Any]], few: Path) -> None:
    reindex(few)
    assert counts(reindex(few)) == (0, 0, 3, 0)


def test_a_paper_that_was_removed_is_answered_from_no_more(
    reindex: Callable[[Path], dict[str, Any]], few: Path, run_bot: RunBot, tmp_path: Path
) -> None:
    def files_cited() -> set[str]:
        done = run_bot("ask", "QĐ 19 điều 7", "--json", "--library", tmp_path / "library")
        return {citation["file"] for citation in json.loads(done.stdout)["citations"]}

    reindex(few)
    assert files_cited() == {"qd-19-du-danh-gia-chat-luong.docx"}
    (few / "qd-19-du-danh-gia-chat-luong.docx").unlink()
    assert counts(reindex(few)) == (0, 0, 2, 1)
    assert files_cited() == set()


def zipped(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "không phải văn bản Word")
    return packed.getvalue()


SECRET = "Zuvyhoqaxim"  # no word of any language: where it stands, it was written by mistake
BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.md": ("\ufeff \n\n".encode(), "empty"),
    "damaged.pdf": (b"%PDF-1.7\n%%EOF", "damaged"),
    "locked.pdf": (pdf_of([["Có mật khẩu"]], locked=True), "password"),
    "scanned.pdf": (pdf_of([[""]]), "no_text_layer"),
    "archive.docx": (zipped("tom-tat.txt"), "mislabelled"),
    "table.xlsx": (zipped("sheet.xml"), "mislabelled"),
    "table.ods": (zipped("sheet.xml"), "unknown_suffix"),
    "bao-cao-toi-mat.txt": (f"BÁO CÁO\n{SECRET} theo tên tệp.".encode(), "classified"),
    "stamped.txt": (f"ĐẢNG ỦY\n\nTUYỆT MẬT\n\nBÁO CÁO\n\n{SECRET} theo dấu trên giấy.".encode(), "classified"),
}


class Messy(NamedTuple):
    library: Path
    done: subprocess.CompletedProcess[str]
    report: dict[str, Any]


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Messy:
    """A corpus of two good papers among everything that is refused, taken in by one process."""
    folder = tmp_path_factory.mktemp("messy")
    corpus, library = folder / "corpus", folder / "library"
    corpus.mkdir()
    for name in ("qc-03-du-phan-anh-kien-nghi.md", "nq-21-du-chuyen-doi-so.pdf"):
        shutil.copy(CORPUS / name, corpus)
    for name, (content, _) in BAD_FILES.items():
        (corpus / name).write_bytes(content)
    (corpus / "sidecar.txt").write_text("THÔNG BÁO\nvề việc họp", encoding="utf-8")
    (corpus / "sidecar.txt.yaml").write_text("audiense: member\n", encoding="utf-8")
    outside = folder / "outside.txt"
    outside.write_text(f"Ngoài kho: {SECRET}", encoding="utf-8")
    (corpus / "link.txt").symlink_to(outside)
    command = [sys.executable, "-m", "bot", "reindex", "--corpus", str(corpus), "--library", str(library), "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=REPOSITORY, timeout=120)
    return Messy(library, done, json.loads(done.stdout))


def test_every_bad_file_is_reported_once_with_its_reason(messy: Messy) -> None:
    expected = {name: reason for name, (_, reason) in BAD_FILES.items()}
    expected |= {"link.txt": "outside_corpus", "sidecar.txt": "bad_sidecar"}
    assert sorted((each["path"], each["reason"]) for each in messy.report["skipped"]) == sorted(expected.items())


def test_the_good_papers_are_taken_in_beside_the_bad_ones(messy: Messy) -> None:
    assert (messy.done.returncode, counts(messy.report)) == (0, (2, 0, 0, 0))


def test_every_bad_file_gets_one_sentence_of_what_to_do(messy: Messy) -> None:
    assert all(each["text"].endswith(".") and "\n" not in each["text"] for each in messy.report["skipped"])


def test_a_bad_sidecar_is_reported_with_its_key(messy: Messy) -> None:
    (text,) = (each["text"] for each in messy.report["skipped"] if each["reason"] == "bad_sidecar")
    assert "audiense" in text


def bytes_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_what_a_refused_paper_says_is_written_nowhere(messy: Messy) -> None:
    everything = bytes_below(messy.library) + (messy.done.stdout + messy.done.stderr).encode()
    assert "phản ánh, kiến nghị".encode() in everything  # a good paper's words are found this way
    assert SECRET.lower().encode() not in everything.lower()


def test_the_words_of_a_refused_paper_are_not_in_the_word_index(messy: Messy) -> None:
    words = open_current(messy.library).words
    assert [words.document_frequency("folded", term) > 0 for term in ("nghi", SECRET.lower())] == [True, False]


def test_reindex_fails_where_nothing_could_be_taken_in(run_bot: RunBot, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "empty.txt").touch()
    done = run_bot("reindex", "--corpus", tmp_path / "corpus", "--library", tmp_path / "library")
    assert done.returncode == 1


# -- ask -------------------------------------------------------------------------------------------------------------


def test_a_batch_is_answered_in_order_with_the_keys_of_the_contract(asked: list[dict[str, Any]]) -> None:
    assert [answer["id"] for answer in asked] == [name for name, _ in QUESTIONS]
    assert all(set(answer) >= ASKED_KEYS for answer in asked)
    assert all(set(citation) >= CITATION_KEYS for citation in citations(asked))


def test_only_what_is_not_in_the_library_stays_unanswered(asked: list[dict[str, Any]]) -> None:
    assert {answer["id"] for answer in asked if not answer["answered"]} == {"missing", "unknown", "thanks"}


def test_no_answer_has_no_citations_and_every_answer_has_some(asked: list[dict[str, Any]]) -> None:
    assert [answer["answered"] for answer in asked] == [bool(answer["citations"]) for answer in asked]


def test_quotes_and_leads_are_exact_parts_of_the_printed_text(
    asked: list[dict[str, Any]], sample_library: Library
) -> None:
    for citation in citations(asked):
        printed = sample_library.printed(citation["directive"])
        assert printed
        assert citation["quote"] in printed.text
        assert (citation["lead"] or "") in printed.text


def test_quotes_are_at_most_400_characters_and_never_empty(asked: list[dict[str, Any]]) -> None:
    assert all(0 < len(citation["quote"]) <= 400 for citation in citations(asked))


def test_a_page_is_where_the_quote_begins(asked: list[dict[str, Any]], sample_library: Library) -> None:
    pages = [citation for citation in citations(asked) if citation["file"].endswith(".pdf")]
    assert pages
    for citation in pages:
        printed = sample_library.printed(citation["directive"])
        assert printed
        starts = [at for at in range(len(printed.text)) if printed.text.startswith(citation["quote"], at)]
        assert citation["page"] in {printed.page_at(start) for start in starts}


def test_a_format_without_pages_has_none(asked: list[dict[str, Any]]) -> None:
    without = [citation for citation in citations(asked) if not citation["file"].endswith(".pdf")]
    assert {Path(citation["file"]).suffix for citation in without} >= {".docx"}
    assert {citation["page"] for citation in without} == {None}


def test_a_score_lies_between_0_and_1(asked: list[dict[str, Any]]) -> None:
    assert all(0 <= citation["score"] <= 1 for citation in citations(asked))


def test_a_path_is_one_of_the_directives_own(asked: list[dict[str, Any]], sample_library: Library) -> None:
    for citation in citations(asked):
        printed = sample_library.printed(citation["directive"])
        assert printed
        paths = {(), *map(printed.path_of, range(len(printed.sections)))}
        assert tuple(citation["path"]) in paths


def test_the_text_holds_every_quote_that_is_cited(asked: list[dict[str, Any]]) -> None:
    def words(text: str) -> str:
        return " ".join(text.split())

    for answer in asked:
        assert all(words(citation["quote"]) in words(answer["text"]) for citation in answer["citations"])


def test_an_answer_from_a_sample_says_that_it_is_one(asked: list[dict[str, Any]]) -> None:
    assert all(answer["text"].rstrip().endswith("(văn bản mẫu)") for answer in asked if answer["answered"])


def test_turns_of_a_conversation_refer_to_the_one_before(asked: list[dict[str, Any]]) -> None:
    (citation,) = next(answer for answer in asked if answer["id"] == "follow-up")["citations"]
    assert (citation["number"], citation["quote"][:2]) == ("19-QĐ/ĐU", "2.")


def test_ask_json_is_one_object_of_the_same_contract(run_bot: RunBot, sample_folder: Path) -> None:
    done = run_bot("ask", "--json", "QĐ 19 điều 7", "--library", sample_folder)
    (answer,) = json_lines(done.stdout)
    assert set(answer) >= ASKED_KEYS
    assert answer["answered"]


# -- numbers ---------------------------------------------------------------------------------------------------------


def test_numbers_are_found_line_by_line(run_bot: RunBot) -> None:
    lines: list[dict[str, Any]] = [
        {"id": 1, "text": "Căn cứ Nghị định 30/2020/NĐ-CP và KL 01-KL/TW"},
        {"id": "none", "text": "ngày 30/8/2023"},
        {"id": 3, "text": "chi thi 24"},
    ]
    done = run_bot("numbers", "--batch", "-", stdin=batch_of(lines))
    found = json_lines(done.stdout)
    assert (done.returncode, [line["id"] for line in found]) == (0, [1, "none", 3])
    assert [[number["symbol"] for number in line["numbers"]] for line in found] == [
        ["30/2020/NĐ-CP", "1-KL/TW"],
        [],
        [None],
    ]
    assert all(set(number) >= {"number", "type", "symbol", "candidates"} for n in found for number in n["numbers"])


# -- console ---------------------------------------------------------------------------------------------------------


def test_a_first_run_builds_answers_and_serves_on_after_the_console_has_ended(
    clean_environment: dict[str, str], tmp_path: Path
) -> None:
    settings = {"BOT_CORPUS_DIR": str(CORPUS), "BOT_WEB_ADDRESS": "127.0.0.1:0", "PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--console"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**clean_environment, **settings},
        cwd=tmp_path,
        encoding="utf-8",
    )
    deadline = threading.Timer(60, process.kill)
    deadline.start()
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write("QĐ 19 điều 7\n")
        process.stdin.close()
        shown = ""
        while texts.CONSOLE_ENDED not in shown:
            line = process.stdout.readline()
            assert line, shown
            shown += line
        address = re.search(r"http://127\.0\.0\.1:\d+", shown)
        assert address
        assert httpx.get(f"{address[0]}/health/ready").json() == {"ready": True, "problems": []}
        assert re.search(r"Quản trị viên: \d{5} \d{5} ", shown)
        assert "Quy định 19-QĐ/ĐU" in shown
        process.terminate()
        assert process.wait() == 0
    finally:
        deadline.cancel()
        process.kill()
        process.stdout.close()


def test_the_console_answers_line_by_line_and_ends_with_its_input(
    clean_environment: dict[str, str], sample_folder: Path
) -> None:
    command = [sys.executable, "-m", "bot", "chat", "--library", str(sample_folder)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=clean_environment, cwd=REPOSITORY, encoding="utf-8"
    )
    deadline = threading.Timer(60, process.kill)
    deadline.start()
    assert process.stdin
    assert process.stdout
    try:
        for question, answer in (("QĐ 19 điều 7", "Điều 7"), ("cảm ơn", "đồng chí"), ("/moi", "chuyện mới")):
            process.stdin.write(f"{question}\n")
            process.stdin.flush()
            while answer not in (line := process.stdout.readline()):
                assert line, "the console ended before it answered"
        process.stdin.close()
        assert (process.stdout.read().strip(), process.wait()) == ("", 0)
    finally:
        deadline.cancel()
        process.kill()
        process.stdout.close()


# -- admin -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def ward(run_bot: RunBot, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """``admin`` over one small corpus, built."""
    places = {f"BOT_{name.upper()}_DIR": str(tmp_path / name) for name in ("corpus", "library", "state")}
    (tmp_path / "corpus").mkdir()
    shutil.copy(CORPUS / "qc-03-du-phan-anh-kien-nghi.md", tmp_path / "corpus")
    assert run_bot("reindex", **places).returncode == 0
    return lambda *turns: run_bot("admin", *turns, **places)


def test_the_turns_of_admin_are_one_conversation(ward: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = ward("/thongbao tất cả", "Họp lúc 19 giờ.", "gửi")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.rstrip().endswith(texts.ANNOUNCE_SENT.format(to=texts.ANNOUNCE_EVERYBODY))


@pytest.mark.parametrize("as_option", [True, False])
def test_admin_takes_a_file_in_and_waits_for_the_build(
    ward: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, as_option: bool
) -> None:
    paper = tmp_path / "văn bản.md"
    shutil.copy(CORPUS / "tai-lieu-chuyen-de-quy-3.md", paper)
    sent = ("--file", paper, "/nhap") if as_option else ("/nhap", f"tệp:{paper}")
    done = ward(*sent, texts.UPLOAD_YES)
    assert (done.returncode, done.stderr) == (0, "")
    assert "thêm 1, đổi 0, giữ nguyên 1" in done.stdout


def test_admin_says_a_missing_file_before_it_does_anything(
    ward: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = ward("/thongbao tất cả", "x", "gửi", "tệp:không có.md")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_admin_ends_with_1_when_a_turn_goes_wrong(ward: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = ward("/thanhvien moi DV-99", "/trangthai")
    assert (done.returncode, "“DV-99”" in done.stdout, "Ổ đĩa" in done.stdout) == (1, True, True)
