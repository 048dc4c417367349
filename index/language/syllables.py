"""Which written syllables Vietnamese can have: an onset, a rhyme, a tone.

The rhymes are those of the spelling taught in schools, both placements of the tone (hoà, hòa).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_STOPS = ("c", "ch", "p", "t")
_STOPPED = {"sắc", "nặng"}
_VOWELS = frozenset("aăâeêioôơuưy")


def _listed(spellings: str) -> frozenset[str]:
    return frozenset(spellings.split())


_ONSETS = _listed("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x") | {""}
_RHYMES = _listed(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong "
    "op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi "
    "uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt "
    "ươu ưt ưu y yêm yên yêng yêt yêu"
)
_AFTER_QU = _listed(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê êch ên ênh êt êu it ơ ơn ơt "
    "ôc y ych yên yêt ynh yp yt yu"
)
_FEWEST = 12
"""Words by which a text can be judged."""


@lru_cache(1 << 14)
def is_syllable(word: str) -> bool:
    """Whether these letters can be one Vietnamese syllable, in capitals or not."""
    letters, tones = _without_tone(word.lower())
    if not letters or tones is None or not letters.isalpha():
        return False
    for length in (3, 2, 1, 0):
        onset, rhyme = letters[:length], letters[length:]
        if onset in _ONSETS and _fits(onset, rhyme) and _may_bear(rhyme, tones):
            return True
    return False


def valid_share(text: str) -> float | None:
    """The share of the words, weighted by their letters, that can be Vietnamese; None where there are too few words.

    Left out are single letters and abbreviations in capitals without a vowel (QĐ, TW).
    """
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if _counts(word)]
    if len(words) < _FEWEST:
        return None
    return sum(len(word) for word in words if is_syllable(word)) / sum(map(len, words))


def _counts(word: str) -> bool:
    return len(word) > 1 and not (word.isupper() and not _VOWELS.intersection(_without_tone(word.lower())[0]))


def _without_tone(word: str) -> tuple[str, str | None]:
    """The letters, and the tone: empty for the level one, None where there is more than one."""
    parts = unicodedata.normalize("NFD", word)
    tones = [_TONES[sign] for sign in parts if sign in _TONES]
    letters = unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in _TONES))
    return letters, None if len(tones) > 1 else "".join(tones)


def _fits(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in _AFTER_QU
    if onset == "gi":  # "gì", "giếng": its own i is the vowel too
        return rhyme in _RHYMES or rhyme == "" or (rhyme.startswith("ê") and "i" + rhyme in _RHYMES)
    return rhyme in _RHYMES


def _may_bear(rhyme: str, tone: str) -> bool:
    # A stopped rhyme has one of two tones; without any it is Vietnamese typed without its marks.
    return tone in ("", *_STOPPED) or not rhyme.endswith(_STOPS)
