"""A chain of papers as a picture: where each box, arrow and word stands. Sizes are in units of the view box."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from bot import texts
from bot.messages import Chain, ChainPaper

_MARGIN: Final = 3
_BOX: Final = 152
_HEIGHT: Final = 46
_GAP: Final = 36
_PORT: Final = 16
_LABEL: Final = 17
_DETAIL: Final = 22
_LETTER: Final = 6.4
"""The width of a letter beside an arrow."""
_HEAD: Final = 7
_LANE: Final = 12
_UNITS_OF_A_REM: Final = 16
_NARROW: Final = 15 * _UNITS_OF_A_REM


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    label: str
    detail: str
    style: str


@dataclass(frozen=True)
class Arrow:
    """``path`` and ``head``: SVG path data. ``x`` and ``y``: where its label begins."""

    path: str
    head: str
    label: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    title: str
    description: str

    @property
    def rems(self) -> tuple[float, float]:
        """Its size on the page, which grows with the reader's letters."""
        return self.width / _UNITS_OF_A_REM, self.height / _UNITS_OF_A_REM

    @property
    def is_wide(self) -> bool:
        """Where it meets the edge of a phone it is pushed sideways rather than shrunk beyond reading."""
        return self.width > _NARROW


@dataclass(frozen=True)
class _Link:
    """``lane``: to the right of the boxes; None straight from one box to the next."""

    source: int
    target: int
    label: str
    lane: int | None

    @property
    def rows(self) -> tuple[int, int]:
        return min(self.source, self.target), max(self.source, self.target)


def drawn(chain: Chain) -> Drawing:
    """The boxes one below the other, oldest first; neighbours are joined straight, others beside the boxes."""
    links = _links(chain)
    beside = [link for link in links if link.lane is not None]
    ports = _ports(beside)
    boxes = _boxes(chain, ports)
    lanes_at = _MARGIN + _BOX + max((len(link.label) for link in beside), default=0) * _LETTER + 14
    arrows = [
        _beside(link, boxes, ports, lanes_at) if link.lane is not None else _straight(link, boxes) for link in links
    ]
    straight = max((len(link.label) for link in links if link.lane is None), default=0) * _LETTER
    lanes = max((link.lane or 0 for link in beside), default=0)
    right = lanes_at + lanes * _LANE if beside else 0.0
    return Drawing(
        width=max(right, _MARGIN + _BOX, _MARGIN + _BOX / 2 + 10 + straight) + _MARGIN,
        height=boxes[-1].y + boxes[-1].height + _MARGIN if boxes else 0,
        boxes=tuple(boxes),
        arrows=tuple(arrows),
        title=chain.title,
        description=_description(chain),
    )


def _description(chain: Chain) -> str:
    names = [" ".join(filter(None, (paper.label, f"({paper.detail})"))) for paper in chain.papers]
    said = [
        texts.CHAIN_ARROW.format(source=names[arrow.source], label=arrow.label, target=names[arrow.target])
        for arrow in chain.arrows
    ]
    return "; ".join(said)


def _links(chain: Chain) -> list[_Link]:
    """One for each pair of papers, with all that is said of it; short ones stand nearest to the boxes."""
    labels: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for arrow in chain.arrows:
        labels[arrow.source, arrow.target].append(arrow.label)
    taken: list[list[tuple[int, int]]] = []
    links, neighbours = [], set()
    for (source, target), said in sorted(labels.items(), key=lambda each: (abs(each[0][0] - each[0][1]), each[0])):
        rows = min(source, target), max(source, target)
        lane = None
        if rows[1] - rows[0] > 1 or rows in neighbours:
            lane = _free_lane(taken, rows)
        else:
            neighbours.add(rows)
        links.append(_Link(source, target, ", ".join(said), lane))
    return links


def _free_lane(taken: list[list[tuple[int, int]]], rows: tuple[int, int]) -> int:
    """The first lane in which nothing else passes these rows."""
    for lane, others in enumerate(taken):
        if all(rows[1] < other[0] or other[1] < rows[0] for other in others):
            others.append(rows)
            return lane
    taken.append([rows])
    return len(taken) - 1


def _ports(beside: list[_Link]) -> dict[int, list[_Link]]:
    """For each row its links from top to bottom, so that none crosses another at the box."""
    found: defaultdict[int, list[_Link]] = defaultdict(list)
    for link in beside:
        for row in link.rows:
            found[row].append(link)
    for row, links in found.items():
        up = sorted((link for link in links if link.rows[1] == row), key=lambda link: link.lane or 0)
        down = sorted((link for link in links if link.rows[0] == row), key=lambda link: -(link.lane or 0))
        found[row] = [*up, *down]
    return dict(found)


def _boxes(chain: Chain, ports: dict[int, list[_Link]]) -> list[Box]:
    boxes: list[Box] = []
    top: float = _MARGIN
    for row, paper in enumerate(chain.papers):
        height = max(_HEIGHT, _PORT * (len(ports.get(row, ())) + 1))
        label, detail = _short(paper.label, _LABEL), _short(paper.detail, _DETAIL)
        boxes.append(Box(_MARGIN, top, _BOX, height, label, detail, _style(paper)))
        top += height + _GAP
    return boxes


def _style(paper: ChainPaper) -> str:
    return " ".join(word for word, is_so in (("asked", paper.asked), ("lapsed", paper.lapsed)) if is_so)


def _straight(link: _Link, boxes: list[Box]) -> Arrow:
    source, target = boxes[link.source], boxes[link.target]
    x = source.x + source.width / 2
    upward = link.target < link.source
    start = source.y if upward else source.y + source.height
    end = target.y + target.height if upward else target.y
    back = end + (_HEAD if upward else -_HEAD)
    head = f"M{x:g} {end:g}L{x - _HEAD / 1.6:g} {back:g}L{x + _HEAD / 1.6:g} {back:g}Z"
    return Arrow(f"M{x:g} {start:g}V{back:g}", head, link.label, x + 10, (start + end) / 2 + 4)


def _beside(link: _Link, boxes: list[Box], ports: dict[int, list[_Link]], lanes_at: float) -> Arrow:
    start, end = _height_of(link, link.source, boxes, ports), _height_of(link, link.target, boxes, ports)
    edge = boxes[link.source].x + boxes[link.source].width
    lane = lanes_at + (link.lane or 0) * _LANE
    back = edge + _HEAD
    head = f"M{edge:g} {end:g}L{back:g} {end - _HEAD / 1.6:g}L{back:g} {end + _HEAD / 1.6:g}Z"
    return Arrow(f"M{edge:g} {start:g}H{lane:g}V{end:g}H{back:g}", head, link.label, edge + 6, start - 4)


def _height_of(link: _Link, row: int, boxes: list[Box], ports: dict[int, list[_Link]]) -> float:
    links, box = ports[row], boxes[row]
    return box.y + box.height * (links.index(link) + 1) / (len(links) + 1)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
