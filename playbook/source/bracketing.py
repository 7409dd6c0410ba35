"""Which characters of a text change when a value is put, added or dropped in braces or brackets."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.source.document import Tree
from playbook.source.layout import as_flow, flow_pair
from playbook.source.nodes import Child, Node
from playbook.source.scalars import as_scalar
from playbook.source.sheet import Sheet, Slot, Splice

_WIDTH = 116
"""How long a line may be before a list goes on below."""


def replace(sheet: Sheet, slot: Slot, value: Tree) -> Iterator[Splice]:
    """Another value where one stands, or where nothing does."""
    node, child = slot.node, slot.child
    if child is None:
        return
    if node.start != node.end:
        new = as_flow(value, node.style, comment=sheet.comment_behind(node.end))
        yield Splice(node.start, node.end, new)
        return
    new = (" " if child.has_colon else ": ") + as_flow(value)
    between = sheet.text[child.opened : node.start]
    yield Splice(child.opened, child.opened if between.strip(" ") else node.start, new)


def add_pair(sheet: Sheet, node: Node, key: str, value: Tree) -> Iterator[Splice]:
    """`key: value` at the end of a mapping in braces."""
    new = flow_pair(key, value)
    if sheet.text[node.start] != "{":  # `[task: a, b]`: a pair in brackets may go without, two may not
        yield Splice(node.start, node.start, "{")
        yield Splice(node.end, node.end, f", {new}}}")
        return
    yield from _add(sheet, node, new)


def add_entry(sheet: Sheet, node: Node, value: Tree, index: int | None = None) -> Iterator[Splice]:
    """`value` in a list in brackets: before the entry that is number `index`, else at the end."""
    new = as_flow(value)
    if index is None or index >= len(node.children):
        return _add(sheet, node, new)
    return _add_before(sheet, node, index, new)


def expand(node: Node, main: str, key: str, value: Tree) -> Iterator[Splice]:
    """A text that stands for its entry becomes a mapping in braces, with the text as it was written."""
    yield Splice(node.start, node.start, f"{{{as_scalar(main, in_flow=True)}: ")
    yield Splice(node.end, node.end, f", {flow_pair(key, value)}}}")


def drop(sheet: Sheet, holder: Node, child: Child) -> Iterator[Splice]:
    """Without one of several pairs or entries."""
    text, children = sheet.text, holder.children
    n = children.index(child)
    comma = _comma(text, child.end)
    line, line_end = sheet.line_start(child.start), sheet.line_end(max(child.end, comma))
    behind = text[max(child.end, comma) : line_end].strip()
    alone = sheet.stands_first(child.start) and line > holder.start and (not behind or behind.startswith("#"))
    if n + 1 < len(children):
        if alone:
            yield Splice(line, sheet.next_line(line_end), "")
        else:
            yield Splice(child.start, children[n + 1].start, "")
        return
    before = children[n - 1]
    if alone:
        yield Splice(line, sheet.next_line(line_end), "")
    elif "#" in text[before.end : child.start]:
        yield Splice(child.start, comma or child.end, "")  # the comment stays, and the comma before it may
    else:
        yield Splice(_end(text, before), child.end, "")


def _add(sheet: Sheet, node: Node, new: str) -> Iterator[Splice]:
    text = sheet.text
    if not node.children:
        inside = text[node.start + 1 : node.end - 1]
        yield Splice(node.start + 1, node.start + 1 if inside.strip() else node.end - 1, new)
        return
    last = node.children[-1]
    comma = _comma(text, last.end)
    here = comma or _end(text, last)
    # `{due:, done: x}` would be another key to YAML.
    sign = " ," if text[here - 1] == ":" else ","
    if not sheet.stands_first(last.start) or len(node.children) == 1:
        column = sheet.column(node.children[0].start)
        if not comma and node.kind == "list" and sheet.column(here) + len(new) > _WIDTH > 2 * column:
            new = f"{sheet.eol}{' ' * column}{new}"
        else:
            new = f" {new}"
        yield Splice(here, here, f"{new}," if comma else f"{sign}{new}")
        return
    # Every entry on a line of its own: so is the new one.
    indent = text[sheet.line_start(last.start) : last.start]
    closer = sheet.line_start(node.end - 1) > last.end
    end = sheet.line_end(here) if closer else here
    if not comma:
        yield Splice(here, here, sign)
    yield Splice(end, end, f"{sheet.eol}{indent}{new}{',' if comma else ''}")


def _add_before(sheet: Sheet, node: Node, index: int, new: str) -> Iterator[Splice]:
    start = node.children[index].start
    if len(node.children) > 1 and all(sheet.stands_first(child.start) for child in node.children):
        # Every entry on a line of its own: so is the new one.
        behind = node.children[index - 1].end if index else 0
        yield from sheet.insert_lines_above(start, [f"{new},"], behind=behind)
        return
    column = sheet.column(start)
    is_long = sheet.column(sheet.line_end(start)) + len(new) + 2 > _WIDTH > 2 * column
    yield Splice(start, start, f"{new},{sheet.eol}{' ' * column}" if is_long else f"{new}, ")


def _end(text: str, child: Child) -> int:
    """Where a pair or entry ends; of `{due: }`, behind the blank that its colon needs."""
    return child.end + (child.node.start == child.node.end and text[child.end : child.end + 1] == " ")


def _comma(text: str, end: int) -> int:
    """Behind the comma that follows what ends at `end`, or 0 where there is none."""
    while end < len(text):
        if text[end] == ",":
            return end + 1
        if text[end] == "#":
            while end < len(text) and text[end] not in "\r\n":
                end += 1
        elif not text[end].isspace():
            return 0
        else:
            end += 1
    return 0
