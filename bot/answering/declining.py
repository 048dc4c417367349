"""Turns that no paper is asked for: orders to the program, abuse, other subjects, people's private matters, opinions.

Few and sure words, over the form of the turn (`phrases.form_of`). A real question may hold such a word too ("trợ giá",
"thời tiết cực đoan"), so another subject is only declined where the turn names nothing of the Party's own matters, and
the library has no quote that holds these very words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from bot import texts
from bot.answering import phrases
from bot.answering.answer import Answer
from bot.messages import say
from index import Quote, fold


class Kind(StrEnum):
    """What is declined, each with its own words (`texts.DECLINED`)."""

    PROMPT = "prompt"
    ABUSE = "abuse"
    PERSONAL = "personal"
    OPINION = "opinion"
    TASK = "task"
    HEALTH = "health"
    OTHER = "other"


class Declined(NamedTuple):
    """``words``: what gave it away, folded. ``sure``: whatever the library holds."""

    kind: Kind
    words: str
    sure: bool


_PERSON: Final = r"(?:ong|ba|anh|co|chu|bac|thay|dong chi|d c|bi thu|pho bi thu|chu tich|pho chu tich)"
_BY_NAME: Final = r"(?:ong|ba|anh|co|chu|bac|thay)"
_YOU: Final = r"(?:ban|may|bot|ad|admin|anh|chi|em|dong chi|d c|tro ly|ai)"
_NOT: Final = r"(?:khong|ko|k|hong|hok|hem)"
_ME: Final = r"(?:toi|em|minh|tui|chau|tao|tau)"
_FOR_ME: Final = rf"(?:(?:giup|gium|dum|ho|cho|ca)(?: {_ME})?|{_ME})"
_SOMETIME: Final = (
    r"(?:hom nay|hom qua|bua nay|bua qua|mai|ngay mai|ngay mot|sang mai|chieu nay|toi nay|dem nay|tuan nay|tuan sau"
    r"|cuoi tuan|ngoai troi|bay gio|luc nay)"
)

_SURE: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.PROMPT: (
        r"\b(?:ignore|disregard|forget|override|bypass) (?:\w+ ){0,3}(?:instructions?|rules?|prompts?|guidelines?)\b",
        r"\b(?:system|he thong) prompt\b|\bprompt (?:he thong|cua (?:ban|may|bot|he thong))\b|\bjailbreak\b"
        r"|\b(?:developer|dan|god|debug) mode\b|\byou are now\b|\bact as\b|\bpretend (?:to|you)\b",
        r"\b(?:in|hien|tiet lo|doc|liet ke|cho (?:toi )?(?:xem|biet)|gui) (?:\w+ ){0,4}"
        r"(?:loi nhac he thong|cau lenh he thong|chi dan he thong|lenh he thong|cau hinh he thong|ma nguon"
        r"|khoa api|api key|token|mat khau (?:he thong|quan tri|admin|cua (?:ban|may|bot)))\b",
        r"\b(?:bo qua|quen(?: het| di)?|phot lo|xoa bo|lo di|dung tuan theo) (?:\w+ ){0,3}"
        r"(?:huong dan|chi dan|chi thi|lenh|quy tac|gioi han|rang buoc)"
        r" (?:(?:o )?(?:ben |phia )?tren|truoc do|vua roi|(?:truoc do )?(?:cua|danh cho) (?:ban|may|bot|minh"
        r"|he thong))\b",
        rf"\b(?:hay|tu (?:gio|nay|bay gio)(?: tro di)?(?:,? {_YOU})?|gia su|thu|{_YOU}|yeu cau|cho) dong vai(?! tro)\b"
        rf"|^dong vai(?! tro)\b|\b(?:gia vo|gia bo|gia dang|gia lam)\b(?: (?:lam|la))? (?:mot |{_YOU}|nguoi"
        rf"|luat su|bac si)",
        rf"\btu (?:gio|nay|bay gio)(?: tro di)? {_YOU} (?:la|khong con|khong bi|phai goi|duoc phep)\b",
        rf"\b(?:bia|phia)(?: ra| dat)? (?:cho|giup|gium) {_ME}\b",
        r"\b(?:bia|phia)(?: ra| dat)? (?:\w+ ){0,2}"
        rf"(?:mot|1|cai|ban|nghi quyet|chi thi|quy dinh|van ban|so lieu|cau tra loi)(?: .*)? (?:cho|giup|gium) {_ME}\b",
    ),
    Kind.ABUSE: (
        r"\b(?:may|bot|may moc|cai may|do|con|lu|bon|thang) (?:\w+ )?ngu(?= nhu\b| vay\b| the\b| qua\b| vl| vcl| si\b"
        r"| vai\b| hoc\b| dot\b| lam\b|$)|\bdo (?:may )?ngu\b|\bngu nhu (?:bo|cho|lon|trau|heo|con)\b"
        r"|\bngu (?:vl|vcl|vai|dot|si|xuan)\b",
        r"\b(?:noi|lam|tra loi|viet) (?:\w+ )?nhu (?:cc|cac|cut|cuc phan|dam an hai|cho sua|bui)\b",
        r"(?:^|\bmay (?:la )?|\bbot (?:la )?)do (?:cho|khon|mat day|vo dung|rac ruoi|dien|than kinh)\b"
        r"|\bvo dung (?:qua|the)$"
        r"|\b(?:dm|dmm|dkm|vcl|clgt|wtf|fuck|shit|stupid)\b",
        r"\b(?:cam mom|im mom|cut di|bien di)\b|\btao (?:chui|danh|dap) (?:may|bot)\b",
    ),
    Kind.PERSONAL: (
        rf"\b(?:so dien thoai|sdt|so dt|dien thoai|dia chi|so nha)(?: nha)?(?: o)? (?:rieng|ca nhan|nha rieng)"
        rf"(?: cua)? (?:\w+ ){{0,2}}{_PERSON}\b|\bnha rieng(?: cua)? {_PERSON}\b",
        rf"\bnha (?:cua )?{_PERSON} (?:\w+ ){{0,5}}(?:o dau|so may|duong nao|cho nao)\b"
        rf"|\bdia chi nha (?:cua )?{_PERSON}\b",
        rf"\b(?:so )?(?:cccd|cmnd|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|ho chieu"
        rf"|tai khoan(?: ngan hang)?"
        rf"|benh an|ho so benh|ho so suc khoe)(?: ca nhan)? cua {_PERSON}\b",
        rf"\b(?!co\b){_PERSON} (?!(?:cho|oi)\b)(?:(?!dang vien|ky luat|khai|bao cao|quy dinh|muon|hoi"
        rf"|xu ly)\w+ ){{0,5}}"
        r"(?:ly hon|ly di|ngoai tinh|bo nhi|bo vo|bo chong|doc than|may vo|may doi vo|may con|may nguoi con"
        r"|lay vo|lay chong|co vo|co chong|co bo|con ai|con nha ai)"
        rf"(?= (?:chua|{_NOT}|roi|may|hay|a|nam nao|luc nao|khi nao)\b|$)",
        rf"\b(?:luong|thu nhap|tai san|nha dat|so du|tien tiet kiem)(?: \w+)? cua {_BY_NAME}\b",
        rf"\b(?:vo|chong|bo nhi|nguoi yeu|con gai|con trai|gia dinh) (?:cua )?{_PERSON} (?:\w+ ){{0,4}}"
        r"(?:la ai|ten gi|lam gi|o dau|bao nhieu tuoi|hoc truong nao)\b",
        rf"\b{_BY_NAME} (?:\w+ ){{1,4}}(?:bi benh gi|mac benh gi|benh gi|o nha so may|giau {_NOT}|co giau {_NOT})\b",
    ),
    Kind.OPINION: (
        rf"\b{_YOU} (?:co )?(?:nghi|thay|nhan xet|binh luan|cam nhan)(?: sao| gi| the nao| nhu the nao)?(?: ve)?"
        r" (?:ong|ba|bi thu|chu tich|lanh dao|che do|chinh sach|dang ta|nha nuoc|chinh quyen)\b",
        rf"\b(?:theo|y kien cua|quan diem cua) {_YOU}\b.*\b(?:ai|ong nao|ba nao|nguoi nao|ben nao|dang nao|ong|ba)\b"
        r".*\b(?:hon|gioi nhat|tot nhat|xung dang|dang tin)\b",
        rf"\b(?:theo|y kien cua|quan diem cua) {_YOU}\b.*\b(?:tot hay xau|nen hay khong|co dung {_NOT}"
        rf"|co tot {_NOT}|co hop ly {_NOT}|hop ly {_NOT}|co cong bang {_NOT}|co nen .*)$",
        r"\b(?:ong|ba|ai|nguoi|dong chi|lanh dao|bi thu|chu tich) (?:\w+ ){0,7}(?:tot|gioi|kha|liem khiet"
        r"|xung dang) hon\b",
        rf"\b(?:ong|ba|bi thu|chu tich|lanh dao|may ong) (?:\w+ ){{0,8}}co (?:tot|gioi|liem khiet|tham nhung|an tien"
        rf"|nhan hoi lo|xung dang|dang tin)(?: {_NOT})$",
        r"\bco nen (?:bo (?:dang|che do|quy dinh|chu truong|chinh sach|phuong|xa|huyen|quan|bien che|chi bo|dang uy)"
        r"|giai tan|dep bo|da dang|xoa bo)\b",
        r"\b(?:che do|chinh sach|chu truong|dang ta|nha nuoc|chinh quyen)(?: \w+){0,4} (?:tot hay xau|hay hay do"
        rf"|co (?:dan chu|doc tai|cong bang|tot) {_NOT})$",
    ),
    Kind.TASK: (
        r"\b(?:python|javascript|java|php|c sharp|visual basic)\b|\b(?:viet|doan|sua|chay|debug"
        r"|code) (?:\w+ ){0,2}code\b"
        r"|\blap trinh (?:giup|gium|cho|ho|bang|python|web|game)\b|\bdoan ma (?:python|java|lenh|nguon)\b",
        rf"\b(?:lam|viet|sang tac|doc|ngam)(?: {_FOR_ME})*(?: mot| 1| vai)?(?: bai| doan| cau)? (?:tho|rap"
        rf"|tuyen ngon tinh)\b"
        r"(?! (?:moc|xay|duc|han|nhuom))|\b(?:sang tac|viet)(?: \w+){0,3} (?:bai hat|loi nhac|truyen ngan)\b",
        rf"\b(?:ke|doc)(?: {_FOR_ME})*(?: nghe)?(?: mot| 1)? (?:chuyen (?:cuoi|vui|ma|tieu lam|co tich)|truyen)\b",
        rf"\bdich (?:{_FOR_ME}|cau|doan|bai|sang)\b.*\b(?:tieng|anh|trung|phap|nhat|han|viet)\b"
        r"|\bsang tieng (?:anh|trung|phap|nhat|han|nga)\b",
        rf"\bgiai(?: {_FOR_ME})*(?: bai| cau)? (?:toan|phuong trinh|bai tap)\b",
        rf"\b(?:tam su|noi chuyen phiem|tan gau|yeu|hen ho|lam (?:ban gai|ban trai|nguoi yeu)) (?:voi |cua )?{_ME}\b"
        rf"|\blam (?:ban gai|ban trai|nguoi yeu) {_ME}\b|\bhat (?:cho {_ME}|{_ME} nghe|mot bai)\b",
    ),
}  # fmt: skip
"""Declined whatever else the turn holds."""

_SUBJECTS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.PERSONAL: (
        rf"\b(?:so dien thoai|sdt|so dt|so zalo|facebook|so di dong)(?: cua)? {_PERSON}\b",
        rf"\b{_BY_NAME} (?:\w+ ){{1,4}}(?:bao nhieu tuoi|sinh nam nao|que o dau|nha o dau)\b",
    ),
    Kind.OPINION: (r"\bco nen bo\b(?! (?:phieu|sung|tri|nhiem|von|thau|ra))",),
    Kind.HEALTH: (
        r"\buong (?:thuoc )?(?:gi|nao)\b|\buong thuoc\b.*\b(?:khong|nao|gi|may vien)\b|\bthuoc (?:tri|chua"
        r"|ha sot|giam dau)\b",
        r"\b(?:bi|hay|dang) (?:dau|nhuc|sot|ho|viem|moi|tieu chay|mat ngu|chong mat|nghet mui|tang huyet ap"
        r"|cao huyet ap)\b"
        r".*\b(?:lam sao|lam gi|phai lam|chua|kham|kieng|an gi|uong|co sao|sao (?:a|day|gio))\b",
        r"\btrieu chung (?:cua )?(?:benh|cum|covid|sot|tieu duong|dau)\b|\bchua (?:benh|mat ngu|dau|ho"
        r"|viem)\b.*\b(?:sao|gi|nao)\b",
        r"\b(?:an|uong) gi (?:de|cho|thi|mau|bo|tot|giam|tang|khoi)\b|\bgiam can\b|\bgiam may can\b",
    ),
    Kind.OTHER: (
        rf"\bdu bao thoi tiet\b|\bthoi tiet (?:{_SOMETIME}|the nao|ra sao|sao|o|ha noi|sai gon|may)\b",
        rf"\b{_SOMETIME}\b.*\b(?:mua|nang|bao|lanh|ret|nong|gio mua)(?: to| lon| nhieu)? {_NOT}\b",
        rf"\btroi (?:co |sap |se )?(?:mua|nang|lanh|ret|nong|bao)\b.*\b(?:{_NOT}|chua|may do)\b"
        rf"|\b{_SOMETIME} bao nhieu do\b",
        rf"\b(?:cach|cong thuc|chi|chi {_ME}|day {_ME}|chi {_ME} cach|day {_ME} cach|bi quyet) "
        r"(?:nau|kho ca|kho thit|kho \w+ (?:lo|lam|mem|ngon)|luoc|chien|xao|ham|rim|nuong|hap|goi banh|lam banh"
        r"|lam mam|muoi dua"
        r"|muoi ca|pha ca phe|pha tra)\b",
        r"^(?:nau|kho|luoc|chien|xao|ham|nuong) (?:\w+ ){1,5}(?:sao|the nao|nhu the nao|cho ngon|bao lau|may phut)\b"
        r"|\b(?:nau|lam|kho|chien) (?:\w+ ){1,4}(?:sao )?cho (?:ngon|mem|gion|thom)\b",
        r"\b(?:toi|trua|sang|bua) nay (?:nen )?(?:an|nau) gi\b|\b(?:quan|mon|nha hang) (?:\w+ ){0,3}(?:nao )?ngon\b",
        r"(?<!hoc )\bbong da\b|\b(?:world cup|ngoai hang anh|v league|champions league|sea games"
        r"|doi tuyen viet nam|messi|ronaldo)\b"
        r"|\b(?:ty so|ti so) (?:tran|\w+ ){1,4}|\bda (?:may gio|voi ai|tran nao)\b|\btran (?:chung ket|ban ket|bong)\b",
        r"\bgia (?:vang|do la|do|usd|xang(?: dau)?|dau|bitcoin|btc|co phieu|chung khoan|heo hoi|lon hoi|ca phe"
        r"|lua|gao|bac|iphone)"
        r"\b.*\b(?:bao nhieu|nhieu|bn|may|hom nay|bua nay|len|xuong|the nao|sao)\b|\b(?:ty|ti) gia\b",
        r"\b(?:nen )?(?:mua|ban|dau tu)(?: \w+)? (?:vang|co phieu|bitcoin|coin|chung khoan)\b",
        r"\bve (?:xe|tau|may bay|xem phim|xe khach)\b.*\b(?:bao nhieu|nhieu|may|o dau|gia)\b"
        r"|\bkhach san (?:\w+ )?nao\b",
        rf"\b(?:ket qua )?xo so (?:{_SOMETIME}|mien|kien thiet \w+ {_SOMETIME})|\bket qua xo so\b|\bvietlott\b"
        r"|\b(?:danh|choi) con (?:gi|nao|so)\b|\bcon so may man\b",
        r"\btuoi (?:\w+ )?(?:ty|suu|mao|meo|thin|ngo|mui|than|tuat|hoi)\b.*\b(?:hop|xay nha|lam nha|cuoi|khac|ky|tot)\b"
        r"|\b(?:xem (?:boi|tu vi|ngay tot|ngay dep|tuoi)|tu vi|phong thuy|cung hoang dao|boi bai)\b",
        rf"\bcon (?:meo|cho)(?: nha)? {_ME}\b|\bcay (?:mai|dao|quat|lan|canh|bonsai)\b.*\b(?:vang la|ra hoa"
        rf"|tuoi|bon|cham|chet)\b",
        r"\b(?:cham|tuoi|trong|bon) (?:phan )?(?:cay|hoa|lan|mai|bonsai)(?: \w+){0,5} (?:sao|the nao|bao lau"
        r"|khi nao)\b",
        r"\b(?:xe may|xe hoi|o to|xe dap dien)\b.*\b(?:hong|no may|chet may|khong chay|khong no|thay nhot"
        r"|mua o dau|nao tot)\b",
        r"\b(?:dien thoai|may tinh|laptop|tivi|ti vi|wifi|may giat|tu lanh|may in|iphone)\b.*\b(?:treo|do man hinh|hong"
        r"|het pin|khong len|sap nguon|bi cham|cham qua|nao tot|mua o dau|khong vao)\b",
        r"\b(?:chon|thi|hoc|dau) (?:\w+ )?(?:truong|nganh) (?:nao|gi)\b.*|\bnganh nao (?:de xin viec|luong cao|tot)\b",
        r"\b(?:tong thong|thu tuong) (?:my|nga|anh|phap|trung quoc|ukraine|hoa ky)\b|\b(?:trump|putin|biden"
        r"|elon musk)\b"
        r"|\b(?:ca si|dien vien|hoa hau|than tuong|idol)\b|\bphim (?:gi|nao|hay)\b|\bbai hat\b.*\b(?:nao|gi|cua ai)\b",
        rf"\b{_ME} (?:buon|co don|chan|that tinh|met) (?:qua|lam)\b|\b(?:ban|may|bot|em) (?:co )?(?:(?:yeu"
        rf"|thich) (?:ai|toi|gi|minh)|nguoi yeu|bao nhieu tuoi|ngu chua)\b",
    ),
}  # fmt: skip
"""Declined where the turn names nothing of the Party's matters and no quote holds these words."""

_OWN_MATTERS: Final = re.compile(
    r"\b(?:dang vien|chi bo|dang bo|dang uy|cap uy|chi uy|to chuc dang|sinh hoat dang|ket nap|ky luat"
    r"|nghi quyet|chi thi"
    r"|quy dinh|quy che|ke hoach|ket luan|thong bao|de an|van ban|dieu \d+|khoan \d+|hoi nghi|dang phi|tuyen truyen"
    r"|to dan pho|khu pho|kiem tra|giam sat|che do|chinh sach|ho tro|tro gia|binh on|boi duong|quan ly|cong tac|an toan"
    r"|nhiem vu|bi thu|chi tieu|truc|trien khai|to chuc|ve sinh|phong chong|mien (?:sinh hoat|cong tac|giam))\b"
)  # fmt: skip

_COMPILED: Final = {
    sure: {kind: re.compile("|".join(patterns)) for kind, patterns in table.items()}
    for sure, table in ((True, _SURE), (False, _SUBJECTS))
}


def declined(text: str) -> Declined | None:
    """What the turn is, where it is none that papers answer; None for every ordinary question."""
    form = phrases.form_of(text).replace("~", "").replace(".", " ")
    for kind, pattern in _COMPILED[True].items():
        if found := pattern.search(form):
            return Declined(kind, found[0], sure=True)
    if _OWN_MATTERS.search(form):
        return None
    for kind, pattern in _COMPILED[False].items():
        if found := pattern.search(form):
            return Declined(kind, found[0], sure=False)
    return None


def is_answered(one: Declined, quotes: Iterable[Quote]) -> bool:
    """The library speaks of these very words."""
    return not one.sure and any(f" {one.words} " in f" {phrases.form_of(fold(quote.text))} " for quote in quotes)


def decline(one: Declined) -> Answer:
    return Answer(answered=False, reply=say(texts.DECLINED[one.kind]), declined=one.sure)
