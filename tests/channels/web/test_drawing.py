"""A chain of papers as a picture: everything stands inside it, nothing over anything else, and words say the same."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import combinations

import pytest

from bot.channels.splitting import parts
from bot.channels.web.desk import Line
from bot.channels.web.drawing import Drawing, drawn
from bot.channels.web.rendering import render_line
from bot.messages import Chain, ChainArrow, ChainPaper, Reply, Text, plain_text

LETTER = 6.4


def chain(count: int, *arrows: tuple[int, int, str], **of_first: object) -> Chain:
    papers = [ChainPaper(directive=f"d{n}", label=f"{n}-CT/TU", detail=str(2000 + n)) for n in range(count)]
    papers[0] = papers[0].model_copy(update=of_first)
    made = tuple(ChainArrow(source=source, target=target, label=label) for source, target, label in arrows)
    return Chain(title="Sơ đồ quan hệ của Chỉ thị 1-CT/TU", papers=tuple(papers), arrows=made)


LINE = chain(3, (1, 0, "thay thế"), (2, 1, "thay thế"))
STAR = chain(
    7, (2, 0, "thực hiện"), (2, 1, "thay thế"), (3, 2, "sửa đổi"), (4, 2, "sửa đổi"), (4, 2, "thực hiện"),
    (5, 2, "thực hiện"), (6, 2, "bãi bỏ"), (6, 5, "thay thế"), asked=True,
)  # fmt: skip
BACK = chain(2, (0, 1, "thực hiện"), (1, 0, "sửa đổi"))
TOGETHER = pytest.mark.parametrize("given", [LINE, STAR, BACK], ids=["line", "star", "both ways"])


def places(path: str) -> list[tuple[str, float]]:
    """The numbers of a path with the letter of their command."""
    return [
        (command, float(number))
        for command, numbers in re.findall(r"([MLHV])([\d. -]+)", path)
        for number in numbers.split()
    ]


@TOGETHER
def test_everything_stands_inside_the_picture(given):
    drawing = drawn(given)
    for arrow in drawing.arrows:
        assert arrow.x + len(arrow.label) * LETTER <= drawing.width
        for command, number in places(arrow.path) + places(arrow.head):
            assert 0 <= number <= (drawing.width if command == "H" else max(drawing.width, drawing.height))
    last = drawing.boxes[-1]
    assert (last.x + last.width <= drawing.width, last.y + last.height <= drawing.height) == (True, True)


@TOGETHER
def test_no_two_boxes_and_no_two_labels_cover_each_other(given):
    drawing = drawn(given)
    assert all(above.y + above.height < below.y for above, below in zip(drawing.boxes, drawing.boxes[1:], strict=False))
    rows = [(arrow.y, arrow.x, arrow.x + len(arrow.label) * LETTER) for arrow in drawing.arrows]
    overlapping = [
        (one, other)
        for one, other in combinations(rows, 2)
        if abs(one[0] - other[0]) < 12 and one[1] < other[2] and other[1] < one[2]
    ]
    assert overlapping == []


def test_two_ways_that_pass_the_same_rows_have_a_lane_each():
    lanes = [number for arrow in drawn(STAR).arrows for number in re.findall(r"H([\d.]+)V", arrow.path)]
    assert len(lanes) == len(set(lanes)) == 4


def test_a_head_stands_at_the_paper_that_something_is_done_to():
    drawing: Drawing = drawn(LINE)
    assert drawing.arrows[0].head.startswith(f"M{drawing.boxes[0].x + drawing.boxes[0].width / 2:g} ")
    assert f" {drawing.boxes[0].y + drawing.boxes[0].height:g}L" in drawing.arrows[0].head


def test_what_two_papers_have_to_do_with_each_other_is_one_arrow():
    assert "sửa đổi, thực hiện" in [arrow.label for arrow in drawn(STAR).arrows]


def test_the_description_says_every_arrow():
    said = drawn(LINE).description
    assert said == "1-CT/TU (2001) thay thế 0-CT/TU (2000); 2-CT/TU (2002) thay thế 1-CT/TU (2001)"


def page_of(given: Chain) -> str:
    reply = Reply(blocks=(Text(text="Chữ"), given))
    return render_line(Line(number=7, reply=reply, at=datetime(2026, 5, 3, tzinfo=UTC)))


def test_one_that_is_wider_than_a_phone_is_pushed_sideways_also_by_keyboard():
    assert [' class="wide"' in page_of(each) and 'tabindex="0"' in page_of(each) for each in (LINE, STAR)] == [
        False,
        True,
    ]


def test_the_page_draws_it_with_a_title_and_a_description_and_no_style_of_its_own():
    page = page_of(LINE)
    assert '<svg role="img" aria-labelledby="so-do-7-2 so-do-7-2-noi"' in page
    assert '<title id="so-do-7-2">Sơ đồ quan hệ của Chỉ thị 1-CT/TU</title>' in page
    assert "style=" not in page
    assert page.count("<rect") == 3


def test_the_asked_paper_and_those_that_hold_no_longer_are_marked():
    page = page_of(chain(2, asked=True, lapsed=True))
    assert page.count('<g class="asked lapsed">') == 1
    assert page.count('<g class="">') == 1


def test_what_a_paper_is_called_is_no_markup():
    page = page_of(chain(1, label="<script>x</script>", detail="\" onload='y'"))
    assert "<script" not in page
    assert " onload='" not in page


@pytest.mark.parametrize("choices", [True, False])
def test_other_channels_leave_it_out(choices):
    reply = Reply(blocks=(Text(text="Chữ"), LINE, Text(text="sau")))
    assert plain_text(reply) == "Chữ\n\nsau"
    assert [plain_text(part) for part in parts(reply, length=2000, choices=choices)] == ["Chữ\n\nsau"]
    assert parts(Reply(blocks=(LINE,)), length=2000, choices=choices) == ()
