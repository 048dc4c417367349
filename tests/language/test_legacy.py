"""Encodings before Unicode: every letter there and back, prose, and what must stay as it is."""

from __future__ import annotations

import re
import unicodedata

import pytest

from index.language.legacy import (
    Encoding,
    decode,
    decode_bytes,
    decode_plain,
    font_encoding,
    guess_encoding,
    is_unicode,
    lacks_horns,
    prints_large,
    restore_horns,
)
from tests.language.legacy_encodings import LETTERS, cp1258, tcvn3, viqr, vni

PROSE = (
    "Ban Thường vụ Đảng ủy phường yêu cầu các chi bộ trực thuộc tăng cường công tác tư tưởng, nắm chắc dư luận "
    "trong Nhân dân. Bí thư chi bộ chịu trách nhiệm trước cấp ủy; những đảng viên chưa hoàn thành nhiệm vụ thì "
    "phải nhắc nhở, trường hợp vi phạm thì xem xét kỷ luật. Người đứng đầu trực tiếp tiếp dân ít nhất hai ngày "
    "mỗi tháng, lắng nghe ý kiến của người dân ở khu dân cư, đưa ra cách giải quyết từng việc. Ưu tiên đầu tư "
    "đường giao thông, trường học, nước sạch; phòng ngừa từ xa, chủ động ứng phó với mưa lũ. Đa số ý kiến tán "
    "thành việc đa dạng hóa hình thức sinh hoạt. Cha mẹ cùng nhà trường giáo dục con em. Lưu hồ sơ đầy đủ theo "
    "điểm d và điểm đ khoản này; việc chi tiêu không vượt mức được giao, kỹ sư và luật sư được mời tư vấn."
)
FRENCH = (
    "Le conseil a été élu à l'unanimité; où êtes-vous né? Théâtre, forêt, garçon, très après dès hôpital pêche créé."
)
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy; řád, člověk, děti, můj, náš stát a práce."
GERMAN = "Die Behörde prüft die Anträge für Straßen, Brücken und Häuser; übrige Fälle löst das Büro."


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


class TestLetters:
    def test_all_letters_are_tried(self):
        assert len(LETTERS) == 67

    @pytest.mark.parametrize("letter", [*LETTERS, *map(str.upper, LETTERS)])
    def test_vni_comes_back(self, letter):
        assert decode(f"x{vni(letter)}x", Encoding.VNI) == f"x{letter}x"

    @pytest.mark.parametrize("letter", [*LETTERS, *"ĂÂÊÔƠƯĐ"])
    def test_tcvn3_comes_back(self, letter):
        assert decode(f"x{tcvn3(letter)}x", Encoding.TCVN3) == f"x{letter}x"

    @pytest.mark.parametrize("letter", LETTERS)
    def test_viqr_comes_back(self, letter):
        for word in (letter, letter + "n", letter + "c"):
            decoded = decode(f"{viqr(word)} a", Encoding.VIQR)
            assert decoded in (f"{word} a", f"{viqr(word)} a")  # what is no syllable stays as it was typed

    def test_each_code_is_one_letter(self):
        assert len({tcvn3(letter) for letter in LETTERS}) == len({vni(letter) for letter in LETTERS}) == 67

    def test_a_small_sign_behind_a_capital_is_taken_too(self):
        assert decode("Aâu Ñaïi MAÄT MAät", Encoding.VNI) == "Âu Đại MẬT MẬt"


class TestProse:
    def test_comes_back_from_tcvn3(self):
        small = PROSE.lower()
        assert decode(tcvn3(small), Encoding.TCVN3) == small

    def test_comes_back_from_vni(self):
        assert decode(vni(PROSE), Encoding.VNI) == PROSE
        assert decode(vni(PROSE.upper()), Encoding.VNI) == PROSE.upper()

    def test_comes_back_from_viqr(self):
        # "vu. DDa?ng" may be the end of a sentence: a stop before a capital is never taken for a tone.
        assert decode(viqr(PROSE), Encoding.VIQR) == PROSE.replace("vụ Đảng", "vu. Đảng")

    def test_what_is_decoded_is_composed(self):
        for text in (decode(tcvn3(PROSE), Encoding.TCVN3), decode(vni(PROSE), Encoding.VNI)):
            assert unicodedata.is_normalized("NFC", text)

    def test_words_typed_in_capitals_become_capitals_whole(self):
        assert decode("CéNG HOµ X· HéI", Encoding.TCVN3) == "CỘNG HOÀ XÃ HỘI"
        assert decode("MËT. Tõ ngµy §¶ng", Encoding.TCVN3) == "MẬT. Từ ngày Đảng"


class TestLostHorn:
    def test_is_seen_only_where_words_lack_it(self):
        assert lacks_horns(tcvn3(PROSE).replace("\xad", ""))
        assert not lacks_horns(tcvn3(PROSE))
        assert not lacks_horns(tcvn3("Chính sách đa dạng, cha mẹ, ma túy"))

    def test_prose_is_whole_again(self):
        lost = decode(tcvn3(PROSE).replace("\xad", ""), Encoding.TCVN3)
        assert sum(a != b for a, b in zip(words(lost), words(PROSE), strict=True)) > 20
        assert words(restore_horns(lost)) == words(PROSE)

    @pytest.mark.parametrize(
        ("lost", "meant"),
        [
            ("BÍ TH, T TỞNG, TRỞNG BAN", "BÍ THƯ, TƯ TƯỞNG, TRƯỞNG BAN"),
            ("KH, TH, HU và TU", "KH, TH, HU và TU"),
            ("điểm d, điểm c; d) bỏ", "điểm d, điểm c; d) bỏ"),
            ("tối đa, đa dạng, đa ra", "tối đa, đa dạng, đưa ra"),
            ("Nhng ngời trớc", "Nhưng người trước"),
            ("10 km, 5 kg", "10 km, 5 kg"),
        ],
    )
    def test_words_beside_it_tell_where_it_was(self, lost, meant):
        assert restore_horns(lost) == meant


class TestGuessing:
    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            (tcvn3(PROSE), Encoding.TCVN3),
            (tcvn3(PROSE).replace("\xad", ""), Encoding.TCVN3),
            (vni(PROSE), Encoding.VNI),
            (viqr(PROSE), Encoding.VIQR),
        ],
        ids=["TCVN3", "TCVN3 without soft hyphens", "VNI", "VIQR"],
    )
    def test_knows_the_encoding(self, text, encoding):
        assert guess_encoding(text) is encoding

    @pytest.mark.parametrize(
        "text",
        [
            *(PROSE, FRENCH, CZECH, GERMAN, "", "24-CT/TU", unicodedata.normalize("NFD", PROSE)),
            "for (i = 0; i < n; i++) address += a^2 + o+1; // add (a) and (b)? e.g. odd. " * 5,
            "Chi bo hop ngay 5. Co ai vang? Dong chi A(b) vang.",
            "Tiền © 2026 “Báo” «Nhân Dân» ° ± µ",
        ],
    )
    def test_leaves_everything_else_as_it_is(self, text):
        assert guess_encoding(text) is None
        assert decode_plain(text) == text

    @pytest.mark.parametrize("data", [tcvn3(PROSE).encode("latin-1"), vni(PROSE).encode("latin-1"), cp1258(PROSE)])
    def test_bytes_are_known_by_their_syllables(self, data):
        assert words(decode_bytes(data) or "") == words(PROSE)

    @pytest.mark.parametrize(
        "data", [FRENCH.encode("latin-1"), CZECH.encode("cp1250"), GERMAN.encode("latin-1"), b"\xff\xfe\x80"]
    )
    def test_bytes_of_other_languages_are_not_taken_for_vietnamese(self, data):
        assert decode_bytes(data) is None

    @pytest.mark.parametrize("stamp", ["mËt", "tèi mËt", "TuyÖt mËt"])
    def test_a_lone_mark_of_secrecy_without_its_font_is_given_in_capitals(self, stamp):
        assert decode_plain(f"{stamp}\n{tcvn3(PROSE)}").split("\n")[0].isupper()


class TestFonts:
    @pytest.mark.parametrize(
        ("font", "encoding", "large"),
        [
            (".VnTime", Encoding.TCVN3, False),
            (".VnTimeH", Encoding.TCVN3, True),
            (".vnarialh", Encoding.TCVN3, True),
            ("VNI-Times", Encoding.VNI, False),
            ("VNI-HelveH", Encoding.VNI, False),
            ("Times New Roman", None, False),
            ("Vnbook", None, False),
            (None, None, False),
        ],
    )
    def test_the_name_tells_the_encoding(self, font, encoding, large):
        assert (font_encoding(font), prints_large(font)) == (encoding, large)

    @pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
    def test_unicode_in_a_legacy_font_is_known(self, encoding):
        assert is_unicode("Đảng bộ", encoding)
        assert is_unicode("và", encoding)
        assert not is_unicode("Cong", encoding)
