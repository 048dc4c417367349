"""What a question about the corpus itself selects: "có bao nhiêu nghị quyết năm 2023?", "văn bản nào đã hết hiệu lực?".

It is read by taking away, one after the other, what asks for a list, the type, the time, the state, the issuer and the
matter. Where anything is left over, the question asks for something else, and nothing is selected.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date as Date
from typing import Final, Literal

from bot.answering import phrases
from bot.answering.issuing import Body, read_body
from bot.answering.periods import Period, read_period
from bot.messages import Frozen
from index import TYPE_NAMES, Directive, fold

State = Literal["holding", "lapsed", "not_yet", "draft"]


class Selection(Frozen):
    """``types``: folded names, empty for all. ``matter``: folded syllables that the title holds; ``matter_said``: as
    they were typed. ``newest``: only the
    last one is asked for. ``must``: the question can mean nothing but the corpus, also where it selects nothing.
    """

    types: tuple[str, ...] = ()
    period: Period | None = None
    body: Body | None = None
    state: State | None = None
    matter: tuple[str, ...] = ()
    matter_said: str = ""
    newest: bool = False
    must: bool = False


_SHORT: Final = {
    "nq": "nghi quyet", "ct": "chi thi", "kh": "ke hoach", "kl": "ket luan", "qc": "quy che", "hd": "huong dan",
    "tb": "thong bao", "bc": "bao cao", "cv": "cong van", "vb": "van ban", "du": "dang uy", "btv": "ban thuong vu",
    "tw": "trung uong", "cb": "chi bo", "ubkt": "uy ban kiem tra", "bn": "bao nhieu", "nhiu": "bao nhieu",
    "bnhieu": "bao nhieu",
}  # fmt: skip
_NO_SHORT: Final = re.compile(r"\bdu (?:thao|an|bi|kien|lieu|phong|toan)\b|\bct (?=hd)")
_BOTH: Final = {"qd": ("quy dinh", "quyet dinh")}
_ANY: Final = ("van ban", "tai lieu")
_LOOSE: Final = frozenset({"du an", "phuong an", "tai lieu", "chuong trinh", "bao cao"})
"""Words that texts also use of things that are no papers."""
_IDIOMS: Final = frozenset({"quy dinh", "huong dan", "quy che", "thong bao", "ket luan", "bao cao"})
"""``có quy định nào về …`` asks what is laid down, not for a list."""
_TYPE: Final = rf"(?P<type>qd|{phrases.TYPES})"
_NICE: Final = r"(?:toi|em|minh|tui|giup|ho|gium|voi|xem|biet|ra|cho)"
_COUNTING: Final = re.compile(
    r"\b(?:dang |hien |da )*(?:co|gom|ban hanh|ra|luu)? ?(?:tat ca |tong cong |ca thay |duoc |tong so )*"
    rf"(?:bao nhieu|may) (?:cai |so |loai )?{_TYPE}\b"
    rf"|\b(?:tong )?so luong (?:cac |nhung )?(?P<counted>qd|{phrases.TYPES})\b"
)
_LISTING: Final = re.compile(
    rf"\b(?:(?:liet ke|ke ten|ke|thong ke|tra cuu|tim|dua|xem|cho(?= (?:{_NICE} )*(?:danh|cac|nhung|tat|toan)))"
    rf"(?: {_NICE})*(?: danh sach| danh muc| tat ca| toan bo| cac| nhung)+|(?:liet ke|ke ten|thong ke)(?: {_NICE})*"
    rf"|danh sach|danh muc)(?: cac| nhung| tat ca)* {_TYPE}\b"
)
_WHICH: Final = re.compile(rf"\b(?P<co>co )?(?:ban hanh |ra )?(?P<many>nhung |cac )?(?:loai )?{_TYPE} (?:nao|gi)\b")
_NEWEST: Final = re.compile(rf"\b{_TYPE}(?: nao)?(?: la)? (?:moi|gan day|gan)(?: ban hanh)? nhat\b")
_BARE: Final = re.compile(rf"^(?:cac|nhung|tat ca cac|toan bo) {_TYPE}\b")
_STATES: Final[Sequence[tuple[State, re.Pattern[str]]]] = (
    (
        "lapsed",
        re.compile(
            r"\b(?:da |bi |nay )*(?:het hieu luc|het han|khong con (?:hieu luc|gia tri|ap dung)|mat hieu luc"
            r"|(?:bi |duoc )(?:thay the|bai bo|huy bo)(?: hoac bai bo| bai bo)?)(?: thi hanh)?(?: roi)?\b"
        ),
    ),
    ("not_yet", re.compile(r"\b(?:chua (?:co )?hieu luc|sap co hieu luc|chua den ngay hieu luc)(?: thi hanh)?\b")),
    (
        "holding",
        re.compile(r"\b(?:dang |van |con )+(?:co |con )?(?:hieu luc|gia tri|ap dung)(?: thi hanh)?\b|\bco hieu luc\b"),
    ),
    ("draft", re.compile(r"\b(?:la |o dang )?(?:ban )?du thao\b")),
)
_MATTER: Final = re.compile(
    r"\b(?:(?:noi|quy dinh|huong dan|de cap|chi dao|ban) (?:ve|den|toi)|lien quan (?:den|toi)|ve)"
    r"(?: viec| van de| cong tac| noi dung| chu de)? (?P<matter>.+)$"
)
_ASKING_END: Final = re.compile(r"(?: (?:khong|ko|k|hong|chua|a|ah|nhi|nhe|vay|v|z|the|nao|gi))+$")
_DRAFTS: Final = re.compile(r"\b(?:ban )?du thao\b")
_RECENT: Final = re.compile(r"\b(?:moi|vua|gan day|moi day)(?: duoc)?(?: ban hanh| ra| co)?(?= |$)")
_ALONE: Final = re.compile(rf"(?<!nhung )(?<!cac )\b{_TYPE} (?:nao|gi) (?:moi|vua)(?: duoc)?(?: ban hanh| ra)\b")
_WHICH_ONE: Final = re.compile(rf"\bla {_TYPE} (?:nao|gi|so may)\b")
_LAST: Final = re.compile(r"\b(?:moi|gan day|gan)(?: ban hanh)? nhat\b")
_FILLING_WORDS = """
    trong cua do ban hanh ra da duoc co dang hien nay tai kho thu vien he thong du lieu o day ta minh toi em giup voi
    nhe a ah khong ko k la nhung cac gi nao van ban cho biet xem v vay z luu tat ca tong cong so ay the con thi sao
    roi theo den thoi diem bay gio va hay ke lai ten may het toan bo tu truoc ve loai
"""
_FILLING: Final = frozenset(_FILLING_WORDS.split())


def read_selection(
    text: str, directives: Collection[Directive], *, today: Date, base: Selection | None = None
) -> Selection | None:
    """What the turn selects, of which only issuers of ``directives`` are known; None where it asks something else.

    ``base``: the selection that the turn goes on from ("còn năm 2022?").
    """
    form = _spelled(phrases.without_opening(phrases.form_of(text)).replace("~", ""))
    asked = _intent(form)
    if asked is None and base is None:
        return None
    types, rest, must, may_have_matter = asked or ((), form, False, False)
    alone = bool(_ALONE.search(form))
    newest = bool(_LAST.search(form)) or alone
    rest = _RECENT.sub(" ", _LAST.sub(" ", _WHICH_ONE.sub(" ", rest)))
    if asked is None and (named := re.search(rf"\b{_TYPE}\b", rest)):
        types, rest = _types(named["type"]), _without(rest, named)
    state, rest = _state(rest)
    period, rest = read_period(rest, today=today)
    body, rest = read_body(rest, directives)
    found = _MATTER.search(_ASKING_END.sub("", rest))
    matter = tuple(phrases.content_of(found["matter"])) if found else ()
    rest = rest[: found.start()] if found else rest
    if (matter and not may_have_matter) or not _FILLING.issuperset(rest.split()) or (found and not matter):
        return None
    must = must or bool(state or (period and _BARE.search(form)))
    read = Selection(
        types=types,
        period=period,
        body=body,
        state=state,
        matter=matter,
        matter_said=_as_typed(found["matter"].split(), text) if found else "",
        newest=newest,
        must=must and not matter,
    )
    if base is None:
        return read if asked and (must or any((period, body, state, matter, newest))) else None
    given = {name: value for name, value in read.model_dump(exclude={"must", "newest"}).items() if value}
    return base.model_copy(update={name: getattr(read, name) for name in given}) if given else None


def fits(selection: Selection, directive: Directive) -> bool:
    """Whether its fields are those that are asked for; its state is looked at by whoever knows it."""
    type_name = fold(directive.type_name or "")
    if selection.types and type_name not in selection.types:
        return False
    if selection.period and not selection.period.holds(directive.date):
        return False
    if selection.body and not selection.body.issued(directive):
        return False
    words = frozenset(phrases.form_of(f"{type_name} {directive.title}").replace("~", "").split())
    return words.issuperset(selection.matter)


def type_label(types: Sequence[str]) -> str:
    """The names as they are written; empty for all types."""
    written = {fold(name): name for name in TYPE_NAMES.values()}
    names = [written.get(each, each.capitalize()) for each in types]
    return " và ".join([*names[:1], *(name.lower() for name in names[1:])])


def _intent(form: str) -> tuple[tuple[str, ...], str, bool, bool] | None:
    """The types, what is left of the form, whether it can mean nothing but the corpus, whether a matter may follow."""
    for pattern, must in ((_NEWEST, True), (_COUNTING, True), (_LISTING, True), (_WHICH, False), (_BARE, False)):
        found = pattern.search(form)
        if found is None:
            continue
        said = found.groupdict()
        name = said.get("type") or said.get("counted") or ""
        matter = must or bool(said.get("many")) or (bool(said.get("co")) and name not in _IDIOMS)
        certain = (must or bool(said.get("many")) or bool(said.get("co"))) and name not in _LOOSE
        return _types(name), _without(form, found), certain, matter
    return None


def _types(name: str) -> tuple[str, ...]:
    return _BOTH.get(name, () if name in _ANY else (name,))


def _state(form: str) -> tuple[State | None, str]:
    for state, pattern in _STATES:
        if found := pattern.search(form):
            return state, _without(form, found)
    return None, form


def _as_typed(matter: Sequence[str], text: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", text) if fold(word) in matter)


def _spelled(form: str) -> str:
    """Without short forms; a draft is a paper, where no other is named."""
    kept = _NO_SHORT.sub(lambda match: match[0].replace(" ", "_"), form)
    form = " ".join(_SHORT.get(word, word) for word in kept.split()).replace("_", " ")
    return form if re.search(rf"\b{_TYPE}\b", form) else _DRAFTS.sub("van ban du thao", form)


def _without(form: str, found: re.Match[str]) -> str:
    return " ".join(f"{form[: found.start()]} {form[found.end() :]}".split())
