import pytest

from bot.answering.confirming import says_no, says_yes


@pytest.mark.parametrize("text", ["Đúng", "đúng rồi", "vâng", "Có.", "đồng ý", "dong y", "ok", "VÂNG Ạ"])
def test_a_yes(text):
    assert (says_yes(text), says_no(text)) == (True, False)


@pytest.mark.parametrize("text", ["dừng", "Đừng", "dừng rồi", "không", "thôi", "hủy", "bỏ", "đừng gửi", "khong"])
def test_a_no(text):
    assert (says_yes(text), says_no(text)) == (False, True)


@pytest.mark.parametrize("text", ["dung", "dung roi", "", "gửi", "xóa", "Chi bộ họp ngày nào?"])
def test_neither(text):
    assert (says_yes(text), says_no(text)) == (False, False)


def test_the_act_itself_means_yes_under_its_own_question_alone():
    assert (says_yes("Gửi đi", "gui di"), says_yes("Gửi đi", "xoa")) == (True, False)
