"""Turns that ask nothing of the library: a greeting, thanks, a call for help."""

from __future__ import annotations

import re

_WORDS = """
    xin kinh chao chao~ hi hello alo helo buoi sang chieu toi trua dong chi d c ban em anh co chu bac da da~ a
    ah nhe oi bot ad admin tro ly moi nguoi cac cam on camon thanks thank thks tks you nhieu lam rat va vi ok
    oke okie vang vang~ uh um u duoc dc roi ro hieu tot tuyet voi hay qua tam biet bye minh
"""
_COURTESIES = frozenset(_WORDS.split())
_GREETINGS = frozenset({"chao", "hi", "hello", "helo", "alo"})
_MOST_SYLLABLES = 10
_HELP = re.compile(
    r"help|(?:tro )?giup(?: do)?(?: (?:toi|em|minh))?(?: voi)?|huong dan su dung|cach su dung|cach dung|ban la ai"
    r"|(?:ban|bot|dong chi) (?:lam|giup) duoc (?:nhung )?gi|(?:toi )?(?:co the )?hoi (?:duoc )?(?:nhung )?gi"
    r"|dung the nao|su dung (?:nhu )?the nao"
)


def is_greeting(form: str) -> bool:
    """Nothing but courtesy, with a greeting in it."""
    return is_thanks(form) and not _GREETINGS.isdisjoint(form.split())


def is_thanks(form: str) -> bool:
    """Nothing but courtesy: thanks, ``ok``, ``vâng ạ``."""
    syllables = form.split()
    return bool(syllables) and len(syllables) <= _MOST_SYLLABLES and _COURTESIES.issuperset(syllables)


def is_cry_for_help(form: str) -> bool:
    return bool(_HELP.fullmatch(form))
