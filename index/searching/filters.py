"""Which papers a question speaks of without naming one: their type, date and issuer, or that they are the newest."""

from __future__ import annotations

import re

from index.language.numbers import TYPE_NAMES
from index.language.text import fold
from index.types import Directive, Frozen

_TYPES = frozenset(fold(name) for name in TYPE_NAMES.values())
_TYPE = rf"(?P<type>{'|'.join(sorted(map(re.escape, _TYPES), key=len, reverse=True))})"
_VERBS = frozenset(
    {
        "bao cao",
        "quy dinh",
        "huong dan",
        "thong bao",
        "ket luan",
        "chi thi",
        "quyet dinh",
        "to trinh",
        "cong van",
        "giay moi",
    }
)
"""Names of types that are also what people do, or a thing among others: only what stands behind them makes a
type of them.
"""
_SAID_OF = re.compile(rf"(?:^\s*|\b(?:theo|trong|cai|ban|nhung|cac|may|mot)\s+){_TYPE}\b")
_WHICH = re.compile(
    rf"\b{_TYPE}\s+(?=(?:(?:nam|thang)\s+\d|ngay\s+\d|(?:\d{{1,2}}|may|chin|sau|ba)\s+thang|quy\s+(?:\d|[ivx])|cua\s|ve\s|moi\b"
    r"|tong ket\b|so ket\b))"
)
_YEAR = re.compile(rf"\b{_TYPE}(?:\s+\w+){{0,2}}?\s+(?:cua\s+)?nam\s+(?P<year>(?:19|20)\d\d)\b")
_ISSUED = re.compile(
    r"\b(?:ban hanh|ra doi|ky)\s+(?:vao\s+)?(?:trong\s+)?(?:thang\s+(?P<month>\d{1,2})\s*(?:[/-]|nam)\s*)?(?:nam\s+)?"
    r"(?P<year>(?:19|20)\d\d)\b"
)
_MONTH = re.compile(
    rf"\b{_TYPE}(?:\s+\w+){{0,2}}?\s+thang\s+(?P<month>\d{{1,2}})\s*(?:[/-]|nam)\s*(?P<year>(?:19|20)\d\d)\b"
)
_NEWEST = re.compile(rf"\b(?:{_TYPE}|van ban|cai)\b.{{0,60}}?\b(?:moi nhat|gan day nhat|gan nhat)\b")
_BODY = (
    r"(?P<body>trung uong|bo chinh tri|ban bi thu|thanh uy|tinh uy|huyen uy|quan uy|uy ban kiem tra|ban xay dung dang"
    r"|van phong dang uy|chi bo|dang uy)"
)
_ISSUER = re.compile(
    rf"\b(?:{_TYPE}\b.{{0,40}}?\bcua\s+(?:ban thuong vu\s+|ban chap hanh\s+|btv\s+)?{_BODY}(?P<rest>(?:\s+\w+){{0,4}})"
    rf"|(?:^|,\s*){_BODY.replace('body', 'says')}(?P<place>(?:\s+\w+){{0,3}}?)\s+"
    r"(?:yeu cau|noi|cam|bat|quy dinh|chi dao|giao|de nghi|dan|cho phep)\b)".replace("(?P<type>", "(?:", 1)
)


class Filters(Frozen):
    """``types``: their names, without accents. ``year``, ``month``: of the date of issue. ``issuer``: without accents,
    the body, then words that may be its place. ``newest``: the last one is asked for.
    """

    types: tuple[str, ...] = ()
    year: int | None = None
    month: int | None = None
    issuer: tuple[str, ...] = ()
    newest: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.types or self.year or self.issuer or self.newest)

    @property
    def is_plain(self) -> bool:
        """A type together with a year or an issuer: hardly said of anything but papers."""
        return bool(self.types) and bool(self.year or self.issuer)

    def share(self, directive: Directive) -> float:
        """Share (0-1) of what is said of the paper that is true of this one; 0 where nothing is said."""
        told: list[float] = []
        if self.types:
            told.append(float(fold(directive.type_name or TYPE_NAMES.get(directive.type or "", "")) in self.types))
        if self.year:
            day = directive.date
            told.append(float(day is not None and day.year == self.year and self.month in (None, day.month)))
        if self.issuer:
            told.append(self._of_issuer(fold(directive.issuer or "")))
        return sum(told) / len(told) if told else 0.0

    def _of_issuer(self, issuer: str) -> float:
        body, *place = self.issuer
        named = {"trung uong": ("trung uong", "bo chinh tri", "ban bi thu")}.get(body, (body,))
        # "Chi bộ … Đảng ủy phường" and "Ban … Đảng ủy" are not the Party committee itself.
        if not any(name in issuer for name in named) or (body == "dang uy" and _STAFF.search(issuer)):
            return 0.0
        held = [word for word in place if word in issuer.split()]
        return 1.0 if not place or held else 0.5


_STAFF = re.compile(r"^(?:chi bo|uy ban kiem tra|van phong|ban (?!thuong vu|chap hanh))")


def read_filters(text: str) -> Filters:
    """What a question says of the papers that it means. ``text``: without the numbers of papers."""
    folded = fold(text)
    types = [match["type"] for match in _WHICH.finditer(folded)]
    types += [match["type"] for match in _SAID_OF.finditer(folded) if match["type"] not in _VERBS]
    dated = _MONTH.search(folded) or _YEAR.search(folded) or _ISSUED.search(folded)
    told = dated.groupdict() if dated else {}
    types += [told["type"]] if told.get("type") else []
    issued = _ISSUER.search(folded)
    issuer: tuple[str, ...] = ()
    if issued:
        rest = (issued["rest"] or issued["place"] or "").split()
        issuer = (issued["body"] or issued["says"], *(word for word in rest if word not in _NO_PLACE))
    return Filters(
        types=tuple(dict.fromkeys(types)),
        year=int(told["year"]) if told.get("year") else None,
        month=int(told["month"]) if told.get("month") else None,
        issuer=issuer,
        newest=_NEWEST.search(folded) is not None,
    )


_NO_PLACE = frozenset(
    """
    ve noi la quy dinh co gi nao the cho phai duoc va voi yeu cau giao de nghi khong bao nhieu may nam thang ngay
    phuong xa ra khi nhung cac so ban hanh con thi minh ta
    """.split()  # noqa: SIM905 - a list of forty words would be a page
)
