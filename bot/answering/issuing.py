"""The body that a question names as the issuer of papers: "của Thành ủy", "chi bộ khu phố 3", "trung ương"."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from bot.answering import phrases
from bot.messages import Frozen
from index import Directive


class Body(Frozen):
    """``words``: folded. ``label``: as it is said back."""

    words: str
    label: str

    def issued(self, directive: Directive) -> bool:
        """A committee's papers are also those of its standing committee; of its offices they are not."""
        issuer, base = _issuer(directive), _base(_issuer(directive))
        if self.words == "trung uong":
            return (directive.number or "").upper().endswith("TW") or "trung uong" in issuer
        if self.words in _PLACES:
            return f" {self.words} " in f" {issuer} "
        return f"{issuer} ".startswith(f"{self.words} ") or f"{base} ".startswith(f"{self.words} ")


_OF_COMMITTEE: Final = re.compile(r"^(?:ban thuong vu|ban chap hanh|thuong truc) (?=\w)")
_PLACES: Final = ("phuong", "xa", "thi tran", "huyen", "quan", "thanh pho", "tinh")
_BODIES: Final = {
    "ban thuong vu": "Ban Thường vụ", "ban chap hanh": "Ban Chấp hành", "thuong truc": "Thường trực",
    "dang uy": "Đảng ủy", "dang bo": "Đảng bộ", "thanh uy": "Thành ủy", "tinh uy": "Tỉnh ủy", "huyen uy": "Huyện ủy",
    "quan uy": "Quận ủy", "thi uy": "Thị ủy", "chi bo": "Chi bộ", "chi uy": "Chi ủy", "bo chinh tri": "Bộ Chính trị",
    "ban bi thu": "Ban Bí thư", "trung uong": "Trung ương", "uy ban kiem tra": "Ủy ban Kiểm tra",
    "ban to chuc": "Ban Tổ chức", "ban xay dung dang": "Ban Xây dựng Đảng", "ban tuyen giao": "Ban Tuyên giáo",
    "van phong dang uy": "Văn phòng Đảng ủy", "uy ban nhan dan": "Ủy ban nhân dân",
    "hoi dong nhan dan": "Hội đồng nhân dân",
}  # fmt: skip
_NAMED: Final = re.compile(
    r"\b(?:(?:cua|do|o|thuoc|ben|tu) )?"
    rf"(?P<body>(?:(?:ban thuong vu|ban chap hanh|thuong truc) )?(?:{'|'.join(_BODIES)}))\b"
    rf"|\b(?:cua|do) (?P<place>{'|'.join(_PLACES)})\b"
)
_OWN: Final = re.compile(r"^(?: (?:minh|ta|toi|nay|phuong|xa)(?= |$))+")
_OUR: Final = frozenset({"dang bo"})


def read_body(form: str, directives: Collection[Directive]) -> tuple[Body | None, str]:
    """The first body that a form names, with the place that one of these papers' issuers says behind it, and the form
    without it. What stands behind ``về`` is the matter.
    """
    before = re.split(r"\b(?:ve|lien quan)\b", form)[0]
    found = _NAMED.search(before) or _last_named(form)
    if found is None:
        return None, form
    words = found["body"] or found["place"]
    end = found.end()
    runs = {f" {_issuer(each)} " for each in directives}
    for word in form[end:].split():
        if not any(f" {words} {word} " in run for run in runs):
            break
        words, end = f"{words} {word}", end + 1 + len(word)
    own = _OWN.match(form[end:])
    end += own.end() if own else 0
    rest = " ".join(f"{form[: found.start()]} {form[end:]}".split())
    asked = words.replace("dang bo", "dang uy") if words in _OUR else words
    return Body(words=asked, label=_label(words, directives)), rest


def _last_named(form: str) -> re.Match[str] | None:
    """``… về phòng cháy của thành ủy``: behind the matter only with ``của`` before it."""
    found = [match for match in _NAMED.finditer(form) if match[0].startswith(("cua ", "do "))]
    return found[-1] if found else None


def _issuer(directive: Directive) -> str:
    return phrases.form_of(directive.issuer or "").replace("~", "")


def _base(issuer: str) -> str:
    return _OF_COMMITTEE.sub("", issuer)


def _label(words: str, directives: Collection[Directive]) -> str:
    """As an issuer writes it, else as it is written in general."""
    size = words.count(" ") + 1
    for directive in directives:
        written = (directive.issuer or "").split()
        for start in range(len(written) - size + 1):
            run = " ".join(written[start : start + size])
            if phrases.form_of(run).replace("~", "") == words:
                return run
    return _BODIES.get(words, words)
