"""``/canbosung``: papers that those of the library name, and that it does not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot import texts
from bot.answering.answer import Answer
from bot.answering.wording import dated_name, passive
from bot.department import Command, Department, Outcome, Rank, Request, told
from bot.messages import Block, Choice, Choices, Reply, Text
from bot.validity.naming import NamingOf
from bot.validity.register import Known, Register
from index import Directive, Missing, Reference, Validity, find_numbers, fold

_PAGE: Final = 10
_NAMED: Final = 4
_TURN: Final = re.compile(r"trang (\d{1,6})")


@dataclass(frozen=True)
class MissingPaper:
    """``words``: how it is named first. ``named``: by whom, each directive and relation."""

    words: str
    named: tuple[Missing, ...]


class MissingPapers:
    """``naming``: what may be named in a chat."""

    def __init__(self, register: Register, *, naming: NamingOf) -> None:
        self._register = register
        self._naming = naming

    def department(self) -> Department:
        command = Command(
            names=("canbosung",),
            answer=self._list,
            rank=Rank.ADMINISTRATOR,
            private=True,
            phrases=("can bo sung", "van ban can bo sung", "van ban con thieu"),
        )
        return Department(commands=(command,))

    def _list(self, request: Request) -> Outcome:
        known, naming = self._register.known(), self._naming(request)
        everything = known.validity.missing
        papers = missing_papers([each for each in everything if each.source in naming.named])
        hidden = naming.hidden() if any(each.source not in naming.named for each in everything) else ()
        if not papers:
            return Outcome(Answer(answered=False, reply=Reply(blocks=hidden))) if hidden else told(texts.MISSING_NONE)
        turned = _TURN.match(request.arguments)
        pages = -(-len(papers) // _PAGE)
        page = min(max(int(turned[1]) if turned else 1, 1), pages)
        shown = papers[(page - 1) * _PAGE : page * _PAGE]
        lines = [texts.MISSING_TITLE.format(count=len(papers)), *(_told(paper, known) for paper in shown)]
        blocks: list[Block] = [Text(text="\n".join(lines)), *hidden]
        if page < pages:
            blocks.insert(1, Text(text=texts.DIRECTIVES_PAGE.format(page=page, pages=pages)))
            blocks.append(Choices(choices=(Choice(label=texts.DIRECTIVES_NEXT, send=f"/canbosung trang {page + 1}"),)))
        return Outcome(Answer(answered=False, reply=Reply(blocks=tuple(blocks))))


def missing_papers(missing: Sequence[Missing]) -> tuple[MissingPaper, ...]:
    """One for each paper, the one that most directives name first."""
    found: dict[str, list[Missing]] = {}
    for each in missing:
        if each.relation.reference:
            found.setdefault(_key(each.relation.reference), []).append(each)
    papers = [MissingPaper(words=_words(named[0].relation.reference), named=tuple(named)) for named in found.values()]
    return tuple(sorted(papers, key=lambda paper: -len({each.source for each in paper.named})))


def count_missing(validity: Validity) -> int:
    return len(missing_papers(validity.missing))


def _key(reference: Reference) -> str:
    """The same for every way in which one number is printed; of another issuer or day it is another paper."""
    numbers = find_numbers(reference.number or "")
    if numbers and numbers[0].symbol:
        return numbers[0].symbol
    said = (reference.type, reference.number, reference.issuer, reference.date)
    return fold(" ".join(str(each) for each in said if each) or " ".join(reference.words.split()))


def _words(reference: Reference | None) -> str:
    if reference is None:
        return ""
    return " ".join(reference.words.split()) or reference.number or ""


def _told(paper: MissingPaper, known: Known) -> str:
    """``• Chỉ thị 24-CT/TU`` and a line for each who names it."""
    hows = list(dict.fromkeys(_how(each, known.directives[each.source]) for each in paper.named))
    lines = [f"• {paper.words}", *(texts.MISSING_BY.format(how=how) for how in hows[:_NAMED])]
    if len(hows) > _NAMED:
        lines.append(texts.MISSING_BY_MORE.format(count=len(hows) - _NAMED))
    return "\n".join(lines)


def _how(each: Missing, source: Directive) -> str:
    return passive(each.relation, dated_name(source))
