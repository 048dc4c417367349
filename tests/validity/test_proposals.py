"""``/dexuat``: nothing doubtful counts before an administrator has said so, and everything can be taken back."""

from __future__ import annotations

import shutil

import pytest

from bot import texts
from bot.state import relation_decisions
from tests.administration.office import ADMINISTRATOR
from tests.validity.conftest import built
from tests.validity.papers import DOUBTFUL, PAPERS, file_of, write_papers

MEMBER = "DV-1"
DOUBTED = "09-CT/TU"


def holds(office, number: str = DOUBTED) -> bool:
    return " không còn hiệu lực" not in office.send(MEMBER, f"/hieuluc {number}").partition("\n")[0]


def go_to(office, number: str) -> str:
    """Leaves proposals until the one of this paper is shown."""
    said = office.send(ADMINISTRATOR, "/dexuat")
    while number not in said.partition(texts.PROPOSAL_WHY[:9])[0]:
        assert texts.PROPOSAL_SKIP in office.labels, said
        said = office.press(ADMINISTRATOR, texts.PROPOSAL_SKIP)
    return said


def decisions(office) -> dict[str, bool]:
    with office.database.reading() as db:
        return dict(relation_decisions.everything(db))


def test_a_proposal_shows_both_papers_its_clause_and_why_it_waits(office):
    said = go_to(office, "41-QĐ/ĐU")
    assert "Quy định 41-QĐ/ĐU ngày 02/02/2024 thay thế Chỉ thị 09-CT/TU ngày 12/3/2018" in said
    assert f"vì {texts.PROPOSAL_REASONS['issuer']}" in said
    assert "Quy định này thay thế Chỉ thị số 09-CT/TU" in said


def test_an_ambiguous_number_says_so(office):
    assert texts.PROPOSAL_REASONS["ambiguous"] in go_to(office, "35-CT/TU")


def test_a_proposal_counts_from_its_confirmation_on(office):
    assert holds(office)
    go_to(office, "41-QĐ/ĐU")
    said = office.press(ADMINISTRATOR, texts.PROPOSAL_YES)
    assert (
        "Từ lúc này: Chỉ thị 09-CT/TU ngày 12/3/2018 không còn hiệu lực: đã được thay thế bởi Quy định 41-QĐ/ĐU" in said
    )
    assert not holds(office)


def test_a_proposal_that_was_turned_down_is_asked_no_more(office):
    go_to(office, "41-QĐ/ĐU")
    assert office.press(ADMINISTRATOR, texts.PROPOSAL_NO).startswith("Đã ghi “không phải”")
    assert holds(office)
    assert "41-QĐ/ĐU" not in office.send(ADMINISTRATOR, "/dexuat")
    assert "Lưu ý" not in office.send(MEMBER, f"/hieuluc {DOUBTED}")


def test_a_decision_can_be_taken_back(office):
    go_to(office, "41-QĐ/ĐU")
    office.press(ADMINISTRATOR, texts.PROPOSAL_YES)
    assert "Từ lúc này: Chỉ thị 09-CT/TU ngày 12/3/2018 còn hiệu lực" in office.press(
        ADMINISTRATOR, texts.PROPOSAL_BACK
    )
    assert holds(office)
    assert decisions(office) == {}
    go_to(office, "41-QĐ/ĐU")


def test_what_is_left_stays_a_proposal(office):
    office.send(ADMINISTRATOR, "/dexuat")
    while texts.PROPOSAL_SKIP in office.labels:
        last = office.press(ADMINISTRATOR, texts.PROPOSAL_SKIP)
    assert last.startswith("Đã hết đề xuất. Còn ")
    assert decisions(office) == {}
    go_to(office, "41-QĐ/ĐU")


def test_what_stands_by_itself_can_be_turned_down_and_stood_up_again(office):
    assert not holds(office, "24-CT/TU")
    office.send(ADMINISTRATOR, "/dexuat 24-CT/TU")
    office.press(
        ADMINISTRATOR, next(label for label in office.labels if "09-CT/TU (12/3/2018) thay thế 24-CT/TU" in label)
    )
    office.press(ADMINISTRATOR, texts.PROPOSAL_NO)
    assert holds(office, "24-CT/TU")
    office.send(ADMINISTRATOR, "/dexuat 24-CT/TU")
    label = next(label for label in office.labels if "09-CT/TU" in label)
    assert label.startswith(f"{texts.PROPOSALS_MARKS['rejected']}: ")
    office.press(ADMINISTRATOR, label)
    office.press(ADMINISTRATOR, texts.PROPOSAL_YES)
    assert not holds(office, "24-CT/TU")


def test_all_relations_are_listed_with_their_state_page_by_page(office):
    said, labels = office.send(ADMINISTRATOR, "/dexuat tất cả"), []
    count = int(said.split()[1])
    labels += office.labels
    while texts.DIRECTIVES_NEXT in office.labels:
        labels.remove(texts.DIRECTIVES_NEXT)
        office.press(ADMINISTRATOR, texts.DIRECTIVES_NEXT)
        labels += office.labels
    assert len(set(labels)) == len(labels) == count
    assert "Đang tính: 24-CT/TU (10/5/2012) thay thế 05-CT/TU (03/02/2006)" in labels
    assert "Chờ xác nhận: 41-QĐ/ĐU (02/02/2024) thay thế 09-CT/TU (12/3/2018)" in labels


def test_with_the_setting_off_nothing_counts_unconfirmed(make_office):
    office = make_office(at_once=False)
    assert holds(office, "24-CT/TU")
    said = go_to(office, "thay thế Chỉ thị 24-CT/TU")
    assert texts.PROPOSAL_REASONS["off"] in said
    office.press(ADMINISTRATOR, texts.PROPOSAL_YES)
    assert not holds(office, "24-CT/TU")


# -- what is written ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stumble", [None, "batch", "crash"])
def test_each_decision_is_written_once_with_who_made_it(office, stumble):
    go_to(office, "41-QĐ/ĐU")
    office.press(ADMINISTRATOR, texts.PROPOSAL_YES, stumble=stumble)
    (edge,) = decisions(office)
    with office.database.reading() as db:
        decision = relation_decisions.get(db, edge)
    assert (decision.stands, decision.decided_by, decision.decided_at) == (True, ADMINISTRATOR, office.now)
    assert [(entry.actor, entry.action, entry.facts["edge"]) for entry in office.audited()] == [
        (ADMINISTRATOR, "relation.confirm", edge)
    ]


def test_a_decision_holds_for_the_same_clause_after_a_new_build(make_office, tmp_path):
    write_papers(tmp_path / "corpus")
    office = make_office(over=built(tmp_path))
    go_to(office, "41-QĐ/ĐU")
    office.press(ADMINISTRATOR, texts.PROPOSAL_YES)
    moved = DOUBTFUL._replace(
        body=f"Điều 1. Tổ kiểm tra có chín người, một tổ trưởng.\n{DOUBTFUL.body.splitlines()[1]}"
    )
    write_papers(tmp_path / "corpus", (moved,))
    built(tmp_path)
    assert not holds(office)
    assert DOUBTED in office.send(ADMINISTRATOR, "/hieuluc 41-QĐ/ĐU")


def test_a_proposal_whose_paper_is_gone_is_said_to_be_gone(make_office, tmp_path):
    write_papers(tmp_path / "corpus")
    office = make_office(over=built(tmp_path))
    go_to(office, "41-QĐ/ĐU")
    for name in (file_of(DOUBTFUL), f"{file_of(DOUBTFUL)}.yaml"):
        (tmp_path / "corpus" / name).unlink()
    built(tmp_path)
    assert office.press(ADMINISTRATOR, texts.PROPOSAL_YES) == texts.PROPOSAL_GONE
    assert decisions(office) == {}


# -- what this channel may not show ------------------------------------------------------------------------------------


def test_relations_of_papers_above_the_ceiling_are_not_named(make_office):
    office = make_office(ceiling="member", at_once=False)
    said = office.send(ADMINISTRATOR, "/dexuat")
    assert said.startswith(texts.ADMIN_HIDDEN_DIRECTIVES)
    seen = [said]
    while texts.PROPOSAL_SKIP in office.labels:
        seen.append(office.press(ADMINISTRATOR, texts.PROPOSAL_SKIP))
    seen.append(office.send(ADMINISTRATOR, "/dexuat tất cả"))
    assert [each for each in seen if "77-QĐ/ĐU" in each] == []
    assert office.send(ADMINISTRATOR, "/dexuat 15-HD/ĐU") == texts.PROPOSALS_NONE_OF.format(words="15-HD/ĐU")


def test_where_nothing_waits_that_is_said(make_office, tmp_path):
    write_papers(tmp_path / "corpus", PAPERS[:2])
    office = make_office(over=built(tmp_path))
    assert office.send(ADMINISTRATOR, "/dexuat") == texts.PROPOSAL_NONE
    shutil.rmtree(tmp_path / "corpus")
