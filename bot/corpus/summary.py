"""What was read of a file, as it is shown to the administrator who sent it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot import texts
from bot.answering.citation import name_of, spoken_date
from bot.corpus.child import Said
from bot.messages import Choice, Choices, Reply, Text
from bot.people.audiences import audience_label
from index import Directive

_LONGEST: Final = 500
FIELDS: Final = ("number", "date", "issuer", "title", "type", "audience")


def summary(
    read: Directive, name: str, *, ticket: str, mark: str, audience: str, replaces: bool, notes: Iterable[str]
) -> Reply:
    """``mark``: of this summary, for the button that says yes to it. ``audience``: for whom it will be; ``replaces``:
    it takes another's place; ``notes``: what to beware of.
    """
    unknown = texts.UPLOAD_UNKNOWN
    lines = texts.UPLOAD_READ.format(
        name=name,
        number=read.number or unknown,
        type=read.type_name or unknown,
        date=spoken_date(read.date) if read.date else unknown,
        issuer=read.issuer or unknown,
        title=read.title or unknown,
        audience=audience_label(audience),
    )
    fixes = tuple(Choice(label=texts.UPLOAD_FIX[field], send=f"/nhap sửa:{field} {ticket}") for field in FIELDS)
    yes = Choice(label=texts.UPLOAD_REPLACE if replaces else texts.UPLOAD_YES, send=f"/nhap đúng {ticket} {mark}")
    choices = Choices(choices=(yes, *fixes, Choice(label=texts.UPLOAD_NO, send=f"/nhap bỏ {ticket}")))
    return Reply(blocks=(Text(text=lines), *(Text(text=note) for note in notes), choices))


def notes_of(said: Said) -> Iterator[str]:
    """What to know of the file beside its fields: draft, mark of circulation, what is attached, pages badly read."""
    read = said.directive
    if read and read.draft:
        yield texts.UPLOAD_DRAFT
    if read and read.circulation:
        yield texts.UPLOAD_CIRCULATION.format(mark=read.circulation)
    if said.others:
        yield texts.UPLOAD_ATTACHED.format(names="; ".join(map(name_of, said.others)))
    if said.unread:
        yield texts.UPLOAD_UNREAD.format(pages=", ".join(map(str, said.unread)))
    if said.weak:
        yield texts.UPLOAD_WEAK.format(pages=", ".join(map(str, said.weak)))


def short(text: str) -> str | None:
    """A value as it is typed, None where it is too long for one."""
    return text if len(text) <= _LONGEST else None
