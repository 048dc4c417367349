"""Photographs of pages, sent one after the other, become one paper."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument

from bot import texts
from bot.corpus.child import Said
from bot.corpus.photographs import MOST, bound_pages
from bot.corpus.staging import Staging
from bot.messages import Attachment
from index import LibraryError, bind_pictures
from tests.administration.office import ADMINISTRATOR
from tests.corpus.upload_desk import Desk

TICKET = "0123456789abcdef"


def photograph(*, colour: str = "white", size: tuple[int, int] = (60, 90), orientation: int = 1) -> bytes:
    picture = Image.new("RGB", size, colour)
    ImageDraw.Draw(picture).rectangle((0, 0, 8, 8), fill="black")  # the upper left corner of what the camera wrote
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def send(desk: Desk, name: str, data: bytes, *, kind: str = "photo", code: str = ADMINISTRATOR) -> str:
    desk.platform[name] = data
    shown = "" if kind == "photo" else name
    return desk.office.send(code, attachment=Attachment(kind=kind, name=shown, reference=name))


def test_each_page_is_confirmed_with_how_many_there_are(desk):
    assert send(desk, "a", photograph()).startswith(texts.PHOTO_TAKEN.format(count=1))
    assert send(desk, "b", photograph()).startswith(texts.PHOTO_TAKEN.format(count=2))
    assert send(desk, "c.PNG", photograph(), kind="file").startswith(texts.PHOTO_TAKEN.format(count=3))


def test_a_member_s_photograph_is_not_fetched(desk):
    assert send(desk, "a", photograph(), code="DV-1") == texts.ATTACHMENTS["photo"]
    assert desk.fetched == []


def test_no_drops_the_pages(desk):
    send(desk, "a", photograph())
    assert desk.press(texts.UPLOAD_NO) == texts.UPLOAD_DROPPED
    assert desk.staged == []


def test_the_next_photograph_after_a_dropped_paper_is_the_first_of_another(desk):
    send(desk, "a", photograph())
    desk.say("thôi")
    assert send(desk, "b", photograph()).startswith(texts.PHOTO_TAKEN.format(count=1))


def test_a_paper_is_named_by_the_clock_of_the_office(tmp_path: Path) -> None:
    staging = Staging(tmp_path, corpus=tmp_path, replaced=tmp_path, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
    now = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
    staging.put_page("1", b"", now=now, ticket=TICKET)
    named = []
    bound_pages(staging, TICKET, now=now, run=lambda job: named.append(job.file) or Said())
    assert named == ["anh-chup-2026-03-02-033000.pdf"]


def test_there_is_a_most_of_pages(desk, monkeypatch):
    monkeypatch.setattr("bot.corpus.photographs.MOST", 1)
    send(desk, "a", photograph())
    assert send(desk, "b", photograph()).startswith(texts.PHOTOS_TOO_MANY.format(most=1))
    assert desk.fetched == [""]
    assert MOST > 1


@pytest.mark.slow
def test_what_is_no_picture_is_refused_by_name_and_nothing_stays(real_desk):
    send(real_desk, "a", b"no picture")
    assert real_desk.say("xong").startswith(texts.UPLOAD_REFUSED.format(name=texts.PHOTOS, reason="").rstrip())
    assert real_desk.staged == []


def test_pages_are_bound_upright_in_their_order_on_a4(tmp_path: Path) -> None:
    for name, colour, orientation, size in (("1", "red", 1, (200, 300)), ("2", "blue", 6, (300, 200))):
        (tmp_path / name).write_bytes(photograph(colour=colour, orientation=orientation, size=size))
    bound = bind_pictures([tmp_path / "1", tmp_path / "2"])
    with PdfDocument(bound) as document:
        assert [tuple(round(side / 72, 1) for side in page.get_size()) for page in document] == [(7.8, 11.7)] * 2
        middles = [page.render(scale=0.2).to_pil().convert("RGB").getpixel((60, 60)) for page in document]
        corners = [page.render(scale=0.4).to_pil().convert("L") for page in document]
    assert [max(range(3), key=pixel.__getitem__) for pixel in middles] == [0, 2]
    assert corners[0].getpixel((2, 2)) < 60
    assert corners[1].getpixel((corners[1].width - 3, 2)) < 60  # turned to the right by a quarter


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0 torn", photograph()[:300]])
def test_a_torn_picture_is_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "torn.jpg").write_bytes(data)
    with pytest.raises(LibraryError) as caught:
        bind_pictures([tmp_path / "torn.jpg"])
    assert caught.value.code == "damaged"
