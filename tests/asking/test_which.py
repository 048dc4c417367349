"""A number that two directives bear is asked back, unless something else decides."""

from __future__ import annotations

import pytest

from bot import texts

LAM_GIANG = "Chỉ thị 20-CT/TU ngày 05/01/2020 của Tỉnh ủy Lâm Giang"
MINH_HAI = "Chỉ thị 20-CT/TU ngày 16/5/2023 của Thành ủy Minh Hải"
WHEN = "20-CT/TU ban hành ngày nào?"


def test_an_ambiguous_number_is_asked_back_newest_first(ward):
    assert ward.send("an", WHEN).startswith(texts.WHICH_OF_SEVERAL)
    assert ward.labels == [MINH_HAI, LAM_GIANG]
    assert ward.logged() == []


@pytest.mark.parametrize("answer", [LAM_GIANG, "2", "lam giang", "Tỉnh ủy Lâm Giang"])
def test_the_choice_answers_the_question_that_was_asked(ward, answer):
    ward.send("an", WHEN)
    assert "ban hành ngày 05/01/2020" in ward.send("an", answer)
    assert "16/5/2023" not in ward.send("an", "có mấy mục?")
    assert [question.text for question in ward.logged()] == [WHEN, "có mấy mục?"]


def test_another_question_instead_of_a_choice_is_answered(ward):
    ward.send("an", WHEN)
    assert "thứ Hai" in ward.send("an", "hòm thư góp ý mở vào thứ mấy?")


def test_a_choice_that_comes_too_late_still_says_which(ward):
    ward.send("an", WHEN)
    ward.wait(days=1)
    shown = ward.press("an", LAM_GIANG)
    assert "05/01/2020" in shown
    assert "16/5/2023" not in shown


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Chỉ thị 20-CT/TU của Thành ủy Minh Hải ban hành ngày nào?", "16/5/2023"),
        ("chi thi 20-CT/TU cua tinh uy lam giang ban hanh ngay nao", "05/01/2020"),
        ("20-CT/TU năm 2020 ban hành ngày nào?", "05/01/2020"),
        ("20-CT/TU ngày 16/05/2023 ai ban hành?", "16/5/2023"),
    ],
)
def test_issuer_or_date_decides(ward, text, day):
    shown = ward.send("an", text)
    assert day in shown
    assert not {"16/5/2023", "05/01/2020"} - {day} & set(shown.replace(".", " ").split())


def test_a_year_in_the_matter_decides_nothing(ward):
    assert ward.send("an", "20-CT/TU giao chỉ tiêu gì cho năm 2020?").startswith(texts.WHICH_OF_SEVERAL)


def test_the_paper_that_the_conversation_stands_at_decides(ward):
    ward.send("an", "công an phường kiểm tra vỉa hè mấy lần?")
    assert "05/01/2020" in ward.send("an", WHEN)


def test_only_directives_that_may_be_seen_count(ward):
    ward.override("ct-20-minh-hai.md", audience="committee")
    shown = ward.send("an", WHEN)
    assert "ban hành ngày 05/01/2020" in shown
    assert "Minh Hải" not in shown


def test_directives_above_the_ceiling_are_no_choice(ward):
    ward.override("ct-20-minh-hai.md", audience="committee")
    assert ward.send("chi", WHEN, channel="telegram").startswith(texts.ABOVE_CEILING)
    assert "Minh Hải" not in ward.send("chi", f"{WHEN} của Tỉnh ủy Lâm Giang", channel="telegram")


def test_a_choice_that_was_withdrawn_meanwhile_answers_nothing_of_it(ward):
    ward.send("an", WHEN)
    ward.override("ct-20-lam-giang.md", withdrawn=True)
    assert "05/01/2020" not in ward.press("an", LAM_GIANG).replace(LAM_GIANG, "")
