"""Old Word documents and RTF by way of LibreOffice, and what only bears their suffix."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.errors import ClassifiedPaper, DamagedFile, MislabelledFile, NeedsOffice, PasswordProtected
from index.reading.readers import office
from index.reading.readers.doc import read_doc
from index.reading.readers.ole import open_compound
from index.reading.tools import NO_TOOLS, Tools
from tests.programs import needs

WORD_STREAM = "WordDocument".encode("utf-16-le")


def paper(*, header: str = "") -> docx.document.Document:
    made = docx.Document()
    fonts = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Nộp trước </w:t></w:r>"
        "<w:del w:id='1' w:author='a' w:date='2026-01-01T00:00:00Z'><w:r><w:delText>ngày 5</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='a' w:date='2026-01-01T00:00:00Z'><w:r><w:t>ngày 6</w:t></w:r></w:ins></w:p>"
        f"<w:p><w:r><w:rPr>{fonts.format('.VnTime')}</w:rPr><w:t>Ng\xadêi ®øng ®Çu, tr\xadêng hîp</w:t></w:r></w:p>"
        f"<w:p><w:r><w:rPr>{fonts.format('.VnTimeH')}</w:rPr><w:t>nghÞ quyÕt</w:t></w:r></w:p>"
        f"<w:p><w:r><w:rPr>{fonts.format('VNI-Times')}</w:rPr><w:t>Coäng hoøa</w:t></w:r></w:p>"
    )
    for position, child in enumerate(list(parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"))):
        made.element.body.insert(position, child)
    for text in ("Rà soát", "Báo cáo"):
        made.add_paragraph(text, style="List Number")
    table = made.add_table(2, 2, style="Table Grid")
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("STT", "Việc", "1", "Họp"), strict=True):
        cell.text = text
    if header:
        run = parse_xml(f"<w:r {nsdecls('w')}><w:rPr>{fonts.format('.VnTimeH')}</w:rPr><w:t>{header}</w:t></w:r>")
        made.sections[0].header.paragraphs[0]._p.append(run)
    return made


def saved(made: docx.document.Document) -> bytes:
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def old(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The paper in the old formats, and one with a stamp."""
    needs("LibreOffice")
    folder = tmp_path_factory.mktemp("old")
    (folder / "paper.docx").write_bytes(saved(paper()))
    (folder / "stamp.docx").write_bytes(saved(paper(header="mËt")))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for suffix, given in (("doc", ("paper.docx", "stamp.docx")), ("rtf", ("paper.docx",))):
        command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), *given]
        subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=True)
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".doc", ".rtf")}


@pytest.fixture(scope="session")
def tools() -> Tools:
    return Tools(soffice=Path(shutil.which("soffice") or "soffice"))


@pytest.mark.slow
class TestLibreOffice:
    @pytest.mark.parametrize("name", ["paper.doc", "paper.rtf"])
    def test_numbers_tables_fonts_and_tracked_changes_survive(self, name, old, tools):
        found = [line for page in read_doc(old[name], name, tools).pages for line in page]
        assert found[:6] == [
            *("Nộp trước ngày 6", "Người đứng đầu, trường hợp", "NGHỊ QUYẾT", "Cộng hòa"),
            *("1. Rà soát", "2. Báo cáo"),
        ]
        assert "Họp" in found[-1]

    def test_a_stamp_in_the_page_header_is_seen(self, old, tools):
        with pytest.raises(ClassifiedPaper):
            read_doc(old["stamp.doc"], "x.doc", tools)

    def test_nothing_is_left_behind(self, old, tools, tmp_path, monkeypatch):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        read_doc(old["paper.rtf"], "x.rtf", tools)
        assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")] == []

    def test_the_format_is_known_by_the_content(self, old):
        with pytest.raises(NeedsOffice, match=r"\.rtf files"):
            read_doc(old["paper.rtf"], "x.doc", NO_TOOLS)

    def test_a_password_is_seen_before_libreoffice_is_called(self, old):
        data = bytearray(old["paper.doc"])
        place = next(sector for sector in range(512, len(data), 512) if data[sector : sector + 2] == b"\xec\xa5")
        data[place + 11] |= 1
        with pytest.raises(PasswordProtected):
            read_doc(bytes(data), "x.doc", NO_TOOLS)

    def test_another_office_file_is_no_document(self, old):
        data = old["paper.doc"].replace(WORD_STREAM, "WorkbookOfXX".encode("utf-16-le"))
        with pytest.raises(MislabelledFile):
            read_doc(data, "x.doc", NO_TOOLS)

    @pytest.mark.parametrize("length", [8, 300, 511, 600, 5_000])
    def test_a_torn_file_is_damaged_or_no_document(self, old, length):
        with pytest.raises((DamagedFile, MislabelledFile)):
            read_doc(old["paper.doc"][:length], "x.doc", NO_TOOLS)

    def test_the_streams_are_named(self, old):
        assert "WordDocument" in open_compound(old["paper.doc"]).first


class TestOtherContent:
    @pytest.mark.parametrize("suffix", [".doc", ".rtf"])
    def test_a_docx_or_a_page_under_an_old_name_is_read_by_what_it_is(self, suffix):
        assert "Cộng hòa" in read_doc(saved(paper()), f"x{suffix}").pages[0]
        assert read_doc("<html><p>Kế hoạch</p>".encode(), f"x{suffix}").pages == (("Kế hoạch",),)
        assert read_doc("<html><p>Kế hoạch nhỏ</p></html>".encode("utf-16"), f"x{suffix}").pages == (("Kế hoạch nhỏ",),)

    @pytest.mark.parametrize("data", [b"%PDF-1.7", b"MZ\x90\x00", "Chỉ là chữ".encode(), b"\xff\xd8\xff\xe0"])
    def test_anything_else_is_mislabelled(self, data):
        with pytest.raises(MislabelledFile):
            read_doc(data, "x.doc")

    def test_without_libreoffice_it_is_said_what_is_missing(self):
        with pytest.raises(NeedsOffice) as caught:
            read_doc(b"{\\rtf1 x}", "2026/x.rtf")
        assert caught.value.facts == {"path": "2026/x.rtf", "suffix": ".rtf"}


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Tools]:
    """A stand-in for LibreOffice: a shell script, which finds its file in $given and puts the result at $made."""

    def program(script: str) -> Tools:
        path = tmp_path / "soffice"
        head = '#!/bin/sh\nfor given; do :; done\nmade="${given%/*}/out/paper.docx"\nmkdir -p "${made%/*}"\n'
        path.write_text(head + script)
        path.chmod(0o755)
        return Tools(soffice=path)

    return program


class TestTheProgram:
    def test_knows_neither_our_settings_nor_the_name_of_the_file(self, program, tmp_path, monkeypatch):
        monkeypatch.setenv("BOT_SECRET_KEY", "x")
        tools = program(f'env > {tmp_path}/env; echo "$@" > {tmp_path}/said; cp "$given" "$made"')
        assert office.as_docx(b"data", "Nghị quyết $(x).rtf", tools, suffix=".rtf") == b"data"
        assert "BOT_" not in (tmp_path / "env").read_text()
        assert "quyết" not in (tmp_path / "said").read_text()

    def test_runs_with_macros_and_links_off(self, program, tmp_path):
        tools = program(
            f'cp "${{given%/*}}/profile/user/registrymodifications.xcu" {tmp_path}/profile; cp "$given" "$made"'
        )
        office.as_docx(b"data", "x.doc", tools, suffix=".doc")
        profile = (tmp_path / "profile").read_text()
        for key, value in (("MacroSecurityLevel", 3), ("DisableMacrosExecution", "true"), ("Link", 2)):
            assert f'oor:name="{key}" oor:op="fuse"><value>{value}<' in profile

    def test_is_stopped_with_all_that_it_started_when_it_takes_too_long(self, program, tmp_path, monkeypatch):
        monkeypatch.setattr(office, "SECONDS", 1)
        tools = program(f"sleep 60 & echo $! > {tmp_path}/pid; wait")
        with pytest.raises(DamagedFile, match="1 seconds"):
            office.as_docx(b"data", "x.doc", tools, suffix=".doc")
        assert not _runs(int((tmp_path / "pid").read_text()))

    def test_may_write_only_so_much(self, program, monkeypatch):
        monkeypatch.setattr(office, "LARGEST", 1_000_000)
        with pytest.raises(DamagedFile):
            office.as_docx(b"data", "x.doc", program('sleep 0.2; head -c 5000000 /dev/zero > "$made"'), suffix=".doc")

    def test_runs_one_at_a_time(self, program, tmp_path):
        tools = program(
            f'mkdir {tmp_path}/busy || touch {tmp_path}/two; sleep 0.1; rmdir {tmp_path}/busy; cp "$given" "$made"'
        )
        threads = [
            threading.Thread(target=office.as_docx, args=(b"data", "x.doc", tools), kwargs={"suffix": ".doc"})
            for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not (tmp_path / "two").exists()

    @pytest.mark.parametrize("script", ["exit 1", "kill -9 $$", 'ln -s /etc/passwd "$made"'])
    def test_that_makes_nothing_is_a_damaged_file(self, program, script):
        with pytest.raises(DamagedFile):
            office.as_docx(b"data", "x.doc", program(script), suffix=".doc")

    def test_that_is_gone_is_said(self, tmp_path):
        with pytest.raises(DamagedFile):
            office.as_docx(b"data", "x.doc", Tools(soffice=tmp_path / "none"), suffix=".doc")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[-1].split()[0]
