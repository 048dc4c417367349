"""Which part of a web page is the document, and which is the site round it: menus, banners, related links.

In doubt a part is kept: a line too many is seen by everybody, one too few by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NEVER_NAMES = (
    "script style template noscript iframe object svg canvas select option button input textarea head title audio "
    "video map datalist"
)
NEVER = frozenset(_NEVER_NAMES.split())
"""Elements whose text is no part of a page."""

_CHROME = frozenset(("nav", "footer", "aside", "menu", "dialog"))
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|comments?|share|social|related|banner|copyright"
    r"|toolbar|pagination|pager|advert|ads|login|search|tags?|cookie|topbar|tinlienquan|tin-lien-quan|luottruycap)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PORTALS = (
    *("#toanvancontent", ".toanvancontent", "#toanvan", ".content1", ".noidung", "#noidung", ".noi-dung", ".vbContent"),
    *(".vb-content", ".fulltext", ".vanban-content", '[itemprop="articleBody"]', ".article-content", ".article-body"),
    *(".detail-content", ".entry-content", ".post-content", ".journal-content-article", "article", "main"),
    *('[role="main"]', "#content", ".content"),
)
"""Where portals with documents put their text, the closest first."""

_FORM = re.compile(
    r"^\s*(?:ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Nơi nhận\s*:?|Độc lập\s*-\s*Tự do.*"
    r"|(?:T/M|TM\.|K/T|KT\.)\s.*)\s*$",
    re.MULTILINE,
)
"""Lines that only the head or the foot of a paper has."""
_MOSTLY, _NEARLY_ALL = 0.5, 0.85
_MOST_OF_THE_PAGE = 0.3
"""A part with more of the page's words than this is no menu, whatever it is called."""
_LINKED = 0.6
_FEWEST_LINKS = 3
_DEEPEST = 40
"""Elements within elements that are looked through for the innermost block."""
_BLOCKS = frozenset(("div", "ul", "ol", "table", "section", "td", "center", "header", "p"))


class Weight(NamedTuple):
    """Letters outside links, letters in links, and how many links."""

    plain: int
    linked: int
    links: int

    def __add__(self, other: object) -> Weight:
        assert isinstance(other, Weight)
        return Weight(self.plain + other.plain, self.linked + other.linked, self.links + other.links)


class Main(NamedTuple):
    """``left_out``: `mem_id` of the elements inside ``root`` that are of the site."""

    root: LexborNode
    left_out: frozenset[int]


def find_main(body: LexborNode) -> Main:
    weights = _weigh(body)
    whole = weights[body.mem_id].plain
    left_out = frozenset(node.mem_id for node in _elements(body) if _is_chrome(node, weights, whole))
    weights = _weigh(body, left_out)
    whole = weights[body.mem_id].plain
    for selector in _PORTALS:
        found = [node for node in body.css(selector) if weights.get(node.mem_id, _NONE).plain >= _MOSTLY * whole]
        if found and _loses_nothing(body, found[0], left_out):
            return Main(found[0], left_out)
    return Main(_densest(body, weights, left_out), left_out)


_NONE = Weight(0, 0, 0)


def _weigh(body: LexborNode, left_out: frozenset[int] = frozenset()) -> dict[int, Weight]:
    weights: dict[int, Weight] = {}
    stack: list[tuple[LexborNode, bool, bool]] = [(body, False, False)]
    while stack:
        node, linked, done = stack.pop()
        if node.is_text_node:
            letters = sum(map(str.isalpha, node.text_content or ""))
            weights[node.mem_id] = Weight(0, letters, 0) if linked else Weight(letters, 0, 0)
        elif done:
            own = Weight(0, 0, 1) if node.tag == "a" else _NONE
            weights[node.mem_id] = sum((weights.get(child.mem_id, _NONE) for child in children(node)), own)
        elif node.is_element_node and node.tag not in NEVER and node.mem_id not in left_out:
            stack.append((node, linked, True))
            inside = linked or (node.tag == "a" and "href" in node.attributes)
            stack.extend((child, inside, False) for child in children(node))
    return weights


def children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _elements(body: LexborNode) -> Iterator[LexborNode]:
    return (node for node in body.traverse() if node.is_element_node and node.mem_id != body.mem_id)


def _is_chrome(node: LexborNode, weights: dict[int, Weight], whole: int) -> bool:
    weight = weights.get(node.mem_id)
    if weight is None or weight.plain > _MOST_OF_THE_PAGE * whole:
        return False
    attributes = node.attributes
    named = node.tag in _BLOCKS and _NAMED.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")
    dense = (
        node.tag in _BLOCKS
        and weight.links >= _FEWEST_LINKS
        and weight.linked > _LINKED * (weight.linked + weight.plain)
    )
    return (node.tag in _CHROME or bool(named) or dense) and not _has_form(node)


def _has_form(node: LexborNode) -> bool:
    return _FORM.search(node.text(separator="\n")) is not None


def _loses_nothing(body: LexborNode, part: LexborNode, left_out: frozenset[int]) -> bool:
    """Whether no head or foot of a paper stands beside this part."""
    whole = sum(len(_FORM.findall(node.text(separator="\n"))) for node in children(body) if node.mem_id not in left_out)
    return whole == 0 or len(_FORM.findall(part.text(separator="\n"))) >= whole


def _densest(body: LexborNode, weights: dict[int, Weight], left_out: frozenset[int]) -> LexborNode:
    """The innermost block that holds nearly all words of the page."""
    node = body
    for _ in range(_DEEPEST):
        least = _NEARLY_ALL * weights[node.mem_id].plain
        inner = [
            child
            for child in children(node)
            if child.is_element_node and child.tag in (*_BLOCKS, "form", "tbody", "tr", "article", "main")
            if weights.get(child.mem_id, _NONE).plain >= max(least, 1)
        ]
        if not inner or inner[0].tag in ("p", "table", "ul", "ol") or not _loses_nothing(body, inner[0], left_out):
            break
        node = inner[0]
    return node
