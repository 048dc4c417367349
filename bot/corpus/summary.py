"""What was read of a file, as it is shown to the administrator who sent it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot import texts
from bot.answering.citation import spoken_date
from bot.messages import Choice, Choices, Reply, Text
from bot.people.audiences import audience_label
from index import Directive

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
