from __future__ import annotations

import shutil

import pytest

from bot import texts
from bot.administration.audience import AudienceAdministration
from bot.asking.service import Asking
from bot.people.keys import Keys
from bot.people.limits import RateLimit
from bot.state import overrides
from index import Library, build_library, load_encoder
from tests.administration.office import ADMINISTRATOR
from tests.bot.fakes import DIRECTIVE_24, make_library, make_reading
from tests.bot.judged import by_own_words

ABOUT_MEETINGS, OF_MEETINGS = "Chi bộ sinh hoạt định kỳ ngày nào?", "15-HD/ĐU"
ABOUT_ACCOUNTANTS, OF_ACCOUNTANTS = "luân chuyển kế toán trưởng trường Hoa Sen", "77-NQ/ĐU"


def asking(library, database) -> Asking:
    return Asking(
        library,
        database,
        keys=Keys("a secret of this installation"),
        ceilings={},
        public_url=None,
        public_answers=False,
        limit=RateLimit(1000),
        validity=by_own_words(library),
    )


@pytest.fixture
def make(make_office, database):
    def over(library):
        rooms = AudienceAdministration(library, database, ceilings={}, public_url=None).department()
        return make_office(rooms, ask=asking(library, database).ask)

    return over


@pytest.fixture
def office(make, library):
    office = make(library)
    office.add("CU-1", "committee")
    office.add("DV-2", cell="Chi bộ Khu phố 2")
    office.add("BT-2", "secretary", cell="Chi bộ Khu phố 2")
    return office


def sees(office, code: str, question: str = ABOUT_MEETINGS, number: str = OF_MEETINGS) -> bool:
    return f" {number} " in office.send(code, question)


def override_of(office, library, number: str):
    with office.database.reading() as db:
        return overrides.get(db, library.find(number)[0].id)


# -- /an, /hien --------------------------------------------------------------------------------------------------------


def test_a_withdrawn_directive_answers_no_more_from_the_next_question_on(office):
    assert sees(office, "DV-1")
    assert office.send(ADMINISTRATOR, f"/an {OF_MEETINGS}").startswith("Đã rút Hướng dẫn 15-HD/ĐU")
    assert [sees(office, code) for code in ("DV-1", ADMINISTRATOR)] == [False, False]


def test_a_restored_directive_answers_again(office):
    office.send(ADMINISTRATOR, f"/an {OF_MEETINGS}")
    office.press(ADMINISTRATOR, texts.RESTORE_CHOICE)
    assert sees(office, "DV-1")


@pytest.fixture
def own(tmp_path, corpus):
    """A corpus and a library of this test alone."""
    shutil.copytree(corpus, tmp_path / "corpus")

    def build() -> Library:
        build_library(tmp_path / "corpus", tmp_path / "library", encoder=load_encoder())
        return Library.open(tmp_path / "library")

    return tmp_path / "corpus", build


def test_what_is_withdrawn_stays_so_through_a_reindex_and_under_another_id(make, own):
    folder, build = own
    office = make(build())
    office.send(ADMINISTRATOR, f"/an {OF_MEETINGS}")
    before = build().find(OF_MEETINGS)[0].id
    sidecar = folder / "hd-15.md.yaml"
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("2025-06-01", "2025-06-02"), encoding="utf-8")
    assert build().find(OF_MEETINGS)[0].id != before
    assert not sees(office, "DV-1")


def test_what_was_read_under_another_id_is_restored_by_its_number(make, own):
    folder, build = own
    office = make(build())
    office.send(ADMINISTRATOR, f"/an {OF_MEETINGS}")
    sidecar = folder / "hd-15.md.yaml"
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("2025-06-01", "2025-06-02"), encoding="utf-8")
    build()
    office.send(ADMINISTRATOR, f"/an {OF_MEETINGS}")  # under its new id too
    assert office.send(ADMINISTRATOR, f"/hien {OF_MEETINGS}").startswith("Đã đưa lại")
    assert sees(office, "DV-1")


def test_what_the_library_holds_no_more_is_restored_from_the_list(make, own):
    folder, build = own
    office = make(build())
    office.send(ADMINISTRATOR, f"/an {OF_MEETINGS}")
    for name in ("hd-15.md", "hd-15.md.yaml"):
        (folder / name).unlink()
    build()
    office.send(ADMINISTRATOR, "/hien")
    assert office.labels == ["hd-15.md"]
    assert office.press(ADMINISTRATOR, "hd-15.md") == texts.RESTORED.format(directive="hd-15.md")
    assert office.send(ADMINISTRATOR, "/hien") == texts.NONE_WITHDRAWN


def test_the_list_of_withdrawn_directives_names_them(office):
    office.send(ADMINISTRATOR, f"/an {OF_MEETINGS}")
    office.send(ADMINISTRATOR, "/hien")
    assert [label.split(" ngày")[0] for label in office.labels] == ["Hướng dẫn 15-HD/ĐU"]


def test_only_what_is_withdrawn_can_be_restored(office):
    assert office.send(ADMINISTRATOR, f"/hien {OF_MEETINGS}") == texts.ADMIN_NO_DIRECTIVE.format(argument=OF_MEETINGS)


def test_withdrawing_keeps_the_audience_for_the_day_it_comes_back(office):
    office.send(ADMINISTRATOR, f"/doituong {OF_MEETINGS} cấp ủy")
    office.send(ADMINISTRATOR, f"/an {OF_MEETINGS}")
    office.press(ADMINISTRATOR, texts.RESTORE_CHOICE)
    assert [sees(office, code) for code in ("DV-1", "CU-1")] == [False, True]


@pytest.mark.parametrize(("command", "usage"), [("/an", texts.WITHDRAW_USAGE), ("/doituong", texts.AUDIENCE_USAGE)])
def test_a_command_without_a_directive_says_how_it_is_used(office, command, usage):
    assert office.send(ADMINISTRATOR, command) == usage


def test_a_directive_that_is_not_there_is_said_so(office):
    assert office.send(ADMINISTRATOR, "/an 99-QĐ/ĐU") == texts.ADMIN_NO_DIRECTIVE.format(argument="99-QĐ/ĐU")


def test_of_several_directives_of_one_number_the_chosen_one_is_withdrawn(office, library):
    assert office.send(ADMINISTRATOR, "/an 20-CT/TU").startswith(texts.ADMIN_WHICH_DIRECTIVE)
    label = next(label for label in office.labels if "Lâm Giang" in label)
    office.press(ADMINISTRATOR, label)
    withdrawn = {each.issuer for each in library.find("20-CT/TU") if override_of_id(office, each.id)}
    assert withdrawn == {"Tỉnh ủy Lâm Giang"}


def override_of_id(office, directive: str):
    with office.database.reading() as db:
        return overrides.get(db, directive)


# -- /doituong ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "audience", "seers"),
    [
        ("công khai", "public", {"DV-1", "DV-2", "BT-2", "CU-1", ADMINISTRATOR}),
        ("đảng viên", "member", {"DV-1", "DV-2", "BT-2", "CU-1", ADMINISTRATOR}),
        ("Cấp uỷ", "committee", {"CU-1", ADMINISTRATOR}),
        ("bí thư các chi bộ", "secretary", {"BT-2", ADMINISTRATOR}),
        ("chi bộ khu phố 2", "cell:Chi bộ Khu phố 2", {"DV-2", "BT-2", ADMINISTRATOR}),
        ("khu pho 2", None, None),
        ("bí thư chi bộ Khu phố 2", "secretary:Chi bộ Khu phố 2", {"BT-2", ADMINISTRATOR}),
        ("chi bo khu pho 1", "cell:Khu phố 1", {"DV-1", "CU-1", ADMINISTRATOR}),
    ],
)
def test_an_audience_is_set_in_vietnamese_and_holds_at_once(office, library, typed, audience, seers):
    office.send(ADMINISTRATOR, f"/doituong {OF_MEETINGS} {typed}")
    found = override_of(office, library, OF_MEETINGS)
    assert (found.audience if found else None) == audience
    if seers:
        everybody = ("DV-1", "DV-2", "BT-2", "CU-1", ADMINISTRATOR)
        assert {code for code in everybody if sees(office, code)} == seers


def test_an_audience_whose_cell_is_not_on_the_roll_is_not_set(office, library):
    said = office.send(ADMINISTRATOR, f"/doituong {OF_ACCOUNTANTS} chi bộ Khu phố 9")
    assert "Chi bộ Khu phố 2, Khu phố 1" in said
    assert override_of(office, library, OF_ACCOUNTANTS) is None


@pytest.mark.parametrize("typed", ["tất cả", "mọi người"])
def test_words_that_may_mean_all_members_or_everybody_open_nothing(office, library, typed):
    office.send(ADMINISTRATOR, f"/doituong {OF_ACCOUNTANTS} {typed}")
    assert override_of(office, library, OF_ACCOUNTANTS) is None


def test_without_an_audience_the_present_one_is_told_and_others_offered(office):
    assert "hiện dành cho: cấp ủy viên" in office.send(ADMINISTRATOR, f"/doituong {OF_ACCOUNTANTS}")
    office.press(ADMINISTRATOR, texts.AUDIENCES["member"].capitalize())
    assert sees(office, "DV-1", ABOUT_ACCOUNTANTS, OF_ACCOUNTANTS)


def test_the_audience_of_one_of_several_directives_is_kept_through_the_choice(office, library):
    office.send(ADMINISTRATOR, "/doituong 20-CT/TU chi bộ khu phố 2")
    office.press(ADMINISTRATOR, next(label for label in office.labels if "Minh Hải" in label))
    set_for = {each.issuer: override_of_id(office, each.id) for each in library.find("20-CT/TU")}
    assert {issuer: each and each.audience for issuer, each in set_for.items()} == {
        "Tỉnh ủy Lâm Giang": None,
        "Thành ủy Minh Hải": "cell:Chi bộ Khu phố 2",
    }


def test_a_directive_that_is_only_described_is_shown_before_its_audience_changes(office, library):
    office.send(ADMINISTRATOR, "/doituong luân chuyển kế toán đảng viên")
    assert override_of(office, library, OF_ACCOUNTANTS) is None
    office.press(ADMINISTRATOR, office.labels[0])
    assert override_of(office, library, OF_ACCOUNTANTS).audience == "member"


def test_words_of_a_title_that_sound_like_a_cell_are_a_title(office):
    assert "hiện dành cho: đảng viên" in office.send(ADMINISTRATOR, "/doituong sinh hoạt chi bộ định kỳ")


def test_a_description_that_fits_many_says_that_there_are_more(make_office, database):
    many = [
        make_reading(DIRECTIVE_24.model_copy(update={"id": f"ct-{count}", "number": f"{count}-CT/TU"}), {})
        for count in range(8 + 3)
    ]
    office = make_office(
        AudienceAdministration(make_library(many)[0], database, ceilings={}, public_url=None).department()
    )
    assert texts.ADMIN_MORE_DIRECTIVES.format(count=3) in office.send(ADMINISTRATOR, "/an kỷ cương")


# -- what is written ---------------------------------------------------------------------------------------------------


def test_each_change_stands_in_the_audit_log_with_who_made_it(office, library):
    for text in (f"/doituong {OF_MEETINGS} cấp ủy", f"/an {OF_MEETINGS}", f"/hien {OF_MEETINGS}"):
        office.send(ADMINISTRATOR, text)
    directive = library.find(OF_MEETINGS)[0].id
    assert [(entry.actor, entry.action, entry.facts) for entry in office.audited()] == [
        (ADMINISTRATOR, "directive.audience", {"directive": directive, "audience": "committee"}),
        (ADMINISTRATOR, "directive.withdraw", {"directive": directive}),
        (ADMINISTRATOR, "directive.restore", {"directive": directive}),
    ]


@pytest.mark.parametrize("stumble", ["batch", "crash"])
def test_a_change_whose_first_try_was_rolled_back_is_made_once(office, stumble):
    office.send(ADMINISTRATOR, f"/an {OF_MEETINGS}", stumble=stumble)
    assert [entry.action for entry in office.audited()] == ["directive.withdraw"]


# -- what this channel may not show ------------------------------------------------------------------------------------


@pytest.fixture
def below(make_office, database, library):
    """On a channel that shows no more than what is for members."""
    rooms = AudienceAdministration(library, database, ceilings={"telegram": "member"}, public_url="https://x.vn")
    return make_office(rooms.department())


@pytest.mark.parametrize("command", ["/an luân chuyển kế toán", "/doituong luân chuyển kế toán", "/hien"])
def test_what_lies_above_the_ceiling_is_not_named(below, library, command):
    if command == "/hien":
        below.send(ADMINISTRATOR, f"/an {OF_ACCOUNTANTS}")
    said = below.send(ADMINISTRATOR, command)
    assert said.startswith(texts.ADMIN_HIDDEN_DIRECTIVES)
    assert "https://x.vn" in said
    assert (OF_ACCOUNTANTS in said, below.labels) == (False, [])


def test_by_its_number_it_is_withdrawn_all_the_same_and_not_named(below, library):
    assert below.send(ADMINISTRATOR, f"/an {OF_ACCOUNTANTS}").startswith("Đã rút văn bản này.")
    assert override_of(below, library, OF_ACCOUNTANTS).withdrawn


def test_what_may_be_shown_is_named_as_ever(below):
    assert OF_MEETINGS in below.send(ADMINISTRATOR, f"/an {OF_MEETINGS}")
