"""The figures as one HTML page with a drawing in it: no script, nothing fetched, readable on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from bot import texts
from bot.quality.figures import Figure, Measured, Part, Row, Same
from bot.quality.scoring import REFUSED
from bot.quality.wording import is_refusal, percent

_WIDTH: Final = 340
_LEFT: Final = 108
_BAR: Final = 180
_LINE: Final = 15
_HEAD: Final = 22
_GAP: Final = 8
_SHOWN: Final = ("directive@1", "directive@3", "place@1", "words@1", "words@3", REFUSED)

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --bar: #a61c1c; --wrong: #6b6b6b; --line: #c9c9c9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --bar: #e0605c; --wrong: #a0a0a0; --line: #4a4a4a; }
}
body { margin: 0 auto; padding: 12px 10px 32px; max-width: 760px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 20px; } h2 { font-size: 17px; margin: 24px 0 4px; } p { margin: 6px 0; overflow-wrap: anywhere; }
svg { display: block; width: 100%; max-width: 520px; height: auto; }
svg text { fill: var(--ink); font: 11px system-ui, sans-serif; } svg .kind { font-weight: 700; font-size: 12px; }
.track { fill: var(--line); opacity: .45; } .bar { fill: var(--bar); } .bar.wrong { fill: var(--wrong); }
.range { stroke: var(--ink); stroke-width: 1.5; }
"""


def plot_page(measured: Measured) -> str:
    """A bar for each measure of each kind, with its interval, the parts one below the other."""
    title = escape(texts.QUALITY_PLOT_TITLE.format(questions=measured.questions))
    parts = "\n".join(_part(part) for part in measured.parts)
    same = "\n".join(_same(name, one) for name, one in measured.same_citation)
    note = escape(texts.QUALITY_FOOT.format(seed=measured.seed))
    bare = f"<p>{escape(texts.QUALITY_UNACCENTED)}</p>\n" if measured.unaccented else ""
    snapshot = escape(texts.QUALITY_PLOT_SNAPSHOT.format(snapshot=measured.snapshot, encoder=measured.encoder))
    return (
        f'<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{snapshot}</p>\n{bare}"
        f"{parts}\n{same}\n<p>{note}</p>\n</body>\n</html>\n"
    )


def _same(name: str, same: Same) -> str:
    part = texts.QUALITY_PART_NAMES[name]
    return f"<p>{escape(texts.QUALITY_SAME.format(part=part, share=_said(same.share), count=same.questions))}</p>"


def _part(part: Part) -> str:
    heading = escape(texts.QUALITY_PARTS[part.name].format(count=part.questions))
    drawn, height = _drawn(part.rows)
    return (
        f'<h2>{heading}</h2>\n<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{heading}">\n{drawn}\n</svg>'
    )


def _drawn(rows: Sequence[Row]) -> tuple[str, int]:
    lines: list[str] = []
    top = 0
    for row in rows:
        lines.append(
            f'<text class="kind" x="0" y="{top + 15}">{escape(texts.QUALITY_KINDS[row.kind])} ({row.questions})</text>'
        )
        top += _HEAD
        for name, figure in row.shares.items():
            if name in _SHOWN:
                lines += _bar(row, name, figure, top=top)
                top += _LINE
        top += _GAP
    return "\n".join(lines), top


def _bar(row: Row, name: str, figure: Figure, *, top: int) -> Iterator[str]:
    names = texts.QUALITY_REFUSAL_MEASURES if is_refusal(row.kind) else texts.QUALITY_MEASURES
    wrong = " wrong" if name == REFUSED and not is_refusal(row.kind) else ""
    middle = top + 5.5
    low, high = _LEFT + _BAR * figure.low, _LEFT + _BAR * figure.high
    yield f'<text x="{_LEFT - 6}" y="{top + 9}" text-anchor="end">{escape(names[name])}</text>'
    yield f'<rect class="track" x="{_LEFT}" y="{top}" width="{_BAR}" height="11"/>'
    yield (
        f'<rect class="bar{wrong}" x="{_LEFT}" y="{top}" width="{_BAR * figure.value:.1f}" height="11">'
        f"<title>{escape(_said(figure))}</title></rect>"
    )
    yield f'<line class="range" x1="{low:.1f}" y1="{middle}" x2="{high:.1f}" y2="{middle}"/>'
    for end in (low, high):
        yield f'<line class="range" x1="{end:.1f}" y1="{middle - 3}" x2="{end:.1f}" y2="{middle + 3}"/>'
    yield f'<text x="{_LEFT + _BAR + 6}" y="{top + 9}">{percent(figure.value)} %</text>'


def _said(figure: Figure) -> str:
    return texts.QUALITY_SHARE.format(share=percent(figure.value), low=percent(figure.low), high=percent(figure.high))
