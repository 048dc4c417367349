"""Footnotes of a web page: a small linked mark in the text, and the note it leads to further down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MARK = re.compile(r"[\[(]?\s*(\d{1,3}|[ivxlc]{1,6}|[a-z]|\*{1,4}|†|‡)\s*[\])]?", re.IGNORECASE)
_HOLDERS = frozenset(("li", "p", "div", "dd", "tr", "aside", "section"))
_HIGHER = frozenset(("sup", "span", "small", "font", "b", "i"))
_BACK = re.compile(r"[\s↩↑^\ufe0e]+$")


class Found(NamedTuple):
    """``label``: as printed, without its brackets. ``mark``, ``note``: the elements."""

    label: str
    mark: LexborNode
    note: LexborNode


def find_notes(body: LexborNode) -> list[Found]:
    """In the order of the marks. A note is the block that holds the target of a mark, stands behind it, and begins
    with the same mark or leads back to it.
    """
    links = [(link, label) for link in body.css('a[href^="#"]') if (label := _MARK.fullmatch(link.text().strip()))]
    if not links:
        return []
    order = {node.mem_id: place for place, node in enumerate(body.traverse())}
    targets: dict[str, LexborNode] = {}
    for node in body.css("[id], a[name]"):
        for name in (node.attributes.get("id"), node.attributes.get("name")):
            if name:
                targets.setdefault(name, node)
    found: list[Found] = []
    for link, label in links:
        target = targets.get((link.attributes.get("href") or "")[1:])
        if target is None or order[target.mem_id] < order[link.mem_id]:
            continue
        note = _holder(target)
        if note is not None and _is_note(note, label[1], link):
            found.append(Found(label[1], _whole_mark(link), note))
    return found


def _holder(target: LexborNode) -> LexborNode | None:
    node: LexborNode | None = target
    while node is not None and node.tag not in _HOLDERS:
        node = node.parent
    around = node.parent if node is not None else None
    # Word puts each note into a div with the id "ftn1", of one paragraph or several.
    if around is not None and around.tag == "div" and (around.attributes.get("id") or "").startswith(("ftn", "edn")):
        return around
    return node if node is None or node.tag != "body" else None


def _is_note(note: LexborNode, label: str, link: LexborNode) -> bool:
    if any(child.mem_id == link.mem_id for child in note.css("a")):
        return False
    opening = _MARK.match(note.text().strip())
    names = {link.attributes.get("id"), link.attributes.get("name")} | {
        value for parent in _parents(link) for value in (parent.attributes.get("id"),)
    }
    leads_back = any((each.attributes.get("href") or "")[1:] in names - {None, ""} for each in note.css('a[href^="#"]'))
    return leads_back or (opening is not None and opening[1] == label)


def _parents(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None and above.tag in _HIGHER:
        yield above
        above = above.parent


def _whole_mark(link: LexborNode) -> LexborNode:
    """With the brackets and the small print round it."""
    whole = link
    for parent in _parents(link):
        if not _MARK.fullmatch(parent.text().strip()):
            break
        whole = parent
    return whole


def note_words(text: str, label: str) -> str:
    """The note without its own mark and the arrow back."""
    own = re.compile(rf"\s*(?:[\[(]\s*{re.escape(label)}\s*[\])]|{re.escape(label)}(?!\w))[.:]?\s*")
    return own.sub("", _BACK.sub("", text), count=1) if own.match(text) else _BACK.sub("", text).strip()


def by_element(found: list[Found]) -> Mapping[int, int]:
    """`mem_id` of a mark -> its place among the notes."""
    return {each.mark.mem_id: place for place, each in enumerate(found)}
