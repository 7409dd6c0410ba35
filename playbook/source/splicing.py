"""Which characters of a text change when a value is put, added or dropped in a block; brackets are `bracketing`'s."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.source import bracketing
from playbook.source.changes import Add, Change, Drop, Put, nested
from playbook.source.document import Tree
from playbook.source.layout import as_flow, behind_dash, behind_key, entry_lines, indented, is_short, pair_lines
from playbook.source.nodes import BLOCKS, LINE_END, Node
from playbook.source.scalars import as_scalar, is_plain
from playbook.source.sheet import Sheet, Slot, Splice

_ONE_LINE = 80


def splices_of(sheet: Sheet, change: Change) -> Iterator[Splice]:
    """What is replaced to make one change, which `changes.changed` has found possible."""
    slot, rest = sheet.find(change.path)
    if isinstance(change, Drop):
        return _drop(sheet, slot)
    node = slot.node
    if not rest:
        return _replace(sheet, slot, change.value) if isinstance(change, Put) else _add(sheet, slot, change)
    if node.kind == "text" and rest == (change.main,) and isinstance(change.value, str):
        return _replace(sheet, slot, change.value)
    key = str(rest[0])
    value: Tree = nested(rest[1:], [change.value] if isinstance(change, Add) else change.value)
    if node.kind == "text":
        return _expand(sheet, slot, change.main, key, value)
    if node.kind == "nothing" or (not node.children and not slot.in_flow):
        return _replace(sheet, slot, {key: value})
    if node.is_flow:
        return bracketing.add_pair(sheet, node, key, value)
    return sheet.insert_lines(node.end, sheet.column(node.start), pair_lines(key, value, sheet.layout))


def _add(sheet: Sheet, slot: Slot, change: Add) -> Iterator[Splice]:
    node, value = slot.node, change.value
    if node.kind == "nothing" or (node.kind == "list" and not node.children and not slot.in_flow):
        return _replace(sheet, slot, [value])
    if node.kind != "list":
        return _make_list(sheet, slot, value, on_top=change.index == 0)
    if node.is_flow:
        return bracketing.add_entry(sheet, node, value, change.index)
    before = len(node.children) if change.index is None else change.index
    # As its neighbours are written: those above the place, or those below it where there are none.
    above = node.children[:before][::-1] or node.children
    gap = sheet.text[above[0].opened : above[0].node.start]
    width = 1 + len(gap) if gap and not gap.strip(" ") else 2
    mapping = next((child.node for child in above if child.node.kind == "map"), None)
    one_line = mapping is not None and mapping.is_flow and _is_on_one_line(sheet, mapping)
    if one_line and isinstance(value, dict) and not _has_line_ends(value):
        lines = ["-" + " " * (width - 1) + as_flow(value)]
    else:
        lines = entry_lines(value, sheet.layout, width)
    if before < len(node.children):
        behind = node.children[before - 1].end if before else 0
        return sheet.insert_lines_above(node.children[before].start, lines, behind=behind)
    return sheet.insert_lines(node.end, sheet.column(node.start), lines)


def _replace(sheet: Sheet, slot: Slot, value: Tree) -> Iterator[Splice]:
    """Another value where one stands, or where nothing does."""
    if slot.in_flow:
        return bracketing.replace(sheet, slot, value)
    node = slot.node
    if node.kind == "text" and node.style in BLOCKS:
        return _replace_text_block(sheet, slot, value)
    if node.children and not node.is_flow:
        return _replace_block(sheet, slot, value)
    if node.start == node.end:
        return _fill(sheet, slot, value)
    return _replace_inline(sheet, slot, value)


def _fill(sheet: Sheet, slot: Slot, value: Tree) -> Iterator[Splice]:
    """A value behind a key or a dash that has none; or in a file that holds nothing."""
    if slot.child is None:
        end = len(sheet.text)
        head, lines = behind_dash(value, sheet.layout, 0)
        is_open = bool(sheet.text) and sheet.line_start(end) != end
        yield Splice(end, end, (sheet.eol if is_open else "") + sheet.eol.join([head, *lines]) + sheet.eol)
        return
    opened = slot.child.opened
    head, lines, column = _written(sheet, slot, value, comment=sheet.comment_behind(opened))
    if head:
        yield Splice(opened, opened, f" {head}")
    if lines:
        yield from sheet.insert_lines(opened, column, lines)


def _replace_inline(sheet: Sheet, slot: Slot, value: Tree) -> Iterator[Splice]:
    node = slot.node
    head, lines, column = _written(sheet, slot, value, comment=sheet.comment_behind(node.end))
    if head or slot.child is None:
        yield Splice(node.start, node.end, head)
    elif sheet.stands_first(node.start):
        # The value stands on a line of its own; the new one begins in its place.
        column, lines = sheet.column(node.start), _dedented(lines) or ["null"]
        yield Splice(node.start, node.end, lines[0])
        lines = lines[1:]
    else:
        yield Splice(slot.child.opened, node.end, "")
    if lines:
        yield from sheet.insert_lines(node.end, column, lines)


def _replace_text_block(sheet: Sheet, slot: Slot, value: Tree) -> Iterator[Splice]:
    """Another value for a `|` or `>`; its comment stays, and so does the column of its lines."""
    node, text = slot.node, sheet.text
    head_end = node.start + len(text[node.start : sheet.line_end(node.start)].partition("#")[0].rstrip())
    comment = sheet.comment_behind(head_end)
    head, lines, column = _written(sheet, slot, value, comment=comment)
    first = sheet.next_line(node.start)
    while first < node.end and not text[first : sheet.line_end(first)].strip():
        first = sheet.next_line(first)
    if isinstance(value, str) and lines and first < node.end and not text[node.start + 1 : head_end].strip("-+"):
        lines, column = _dedented(lines), len(text[first : node.end]) - len(text[first : node.end].lstrip(" "))
    if not head and slot.child is not None:
        yield Splice(slot.child.opened, head_end, "")
    else:
        yield Splice(node.start, head_end, head)
    body = sheet.line_end(node.start)
    end = node.end if sheet.line_start(node.end) != node.end else max(body, sheet.before_line_end(node.end))
    yield Splice(body, max(body, end), "".join(sheet.eol + line for line in indented(lines, column)))


def _replace_block(sheet: Sheet, slot: Slot, value: Tree) -> Iterator[Splice]:
    """Another value for a mapping or a list that stands in a block."""
    node = slot.node
    end = sheet.line_end(node.end) if node.end != sheet.line_start(node.end) else sheet.before_line_end(node.end)
    below = slot.child is not None and sheet.stands_first(node.start)
    comment = sheet.comment_behind(slot.child.opened) if slot.child is not None and below else ""
    head, lines, column = _written(sheet, slot, value, comment=comment)
    if slot.child is None or not below:
        yield Splice(node.start, end, sheet.eol.join([head, *indented(lines, column)]))
        return
    if not head and isinstance(value, list) == (node.kind == "list"):
        column, lines = sheet.column(node.start), _dedented(lines)
    opened = slot.child.opened
    if head:
        yield Splice(opened, opened, f" {head}")
    yield Splice(sheet.line_end(opened), end, "".join(sheet.eol + line for line in indented(lines, column)))


def _expand(sheet: Sheet, slot: Slot, main: str, key: str, value: Tree) -> Iterator[Splice]:
    """A text that stands for its entry becomes a mapping: the text as it was written, and below it the new key."""
    if slot.in_flow:
        yield from bracketing.expand(slot.node, main, key, value)
        return
    node, child = slot.node, slot.child
    head = f"{as_scalar(main)}: "
    if child is None or slot.holder is None or slot.holder.kind == "list" or sheet.stands_first(node.start):
        column = sheet.column(node.start)
        yield Splice(node.start, node.start, head)
    else:
        column = sheet.column(slot.holder.start) + sheet.layout.step
        yield Splice(child.opened, node.start, sheet.eol + " " * column + head)
    yield from _deeper(sheet, node, column)
    yield from sheet.insert_lines(node.end, column, pair_lines(key, value, sheet.layout))


def _make_list(sheet: Sheet, slot: Slot, value: Tree, *, on_top: bool) -> Iterator[Splice]:
    """One value that stands for a list, and a second one: a list of both."""
    node, child = slot.node, slot.child
    if slot.in_flow or (isinstance(value, str) and _fits_in_brackets(sheet, node, value)):
        yield Splice(node.start, node.start, f"[{as_flow(value)}, " if on_top else "[")
        yield Splice(node.end, node.end, "]" if on_top else f", {as_flow(value)}]")
        return
    one_line = node.is_flow and _is_on_one_line(sheet, node) and isinstance(value, dict) and not _has_line_ends(value)
    lines = [f"- {as_flow(value)}"] if one_line else entry_lines(value, sheet.layout)
    if child is None or slot.holder is None or slot.holder.kind == "list" or sheet.stands_first(node.start):
        column = sheet.column(node.start)
        if on_top:
            yield from sheet.insert_lines_above(node.start, lines)
        yield Splice(node.start, node.start, "- ")
    else:
        column = sheet.column(slot.holder.start) + sheet.layout.dashes
        head = [*indented(lines, column), " " * column + "- "] if on_top else [" " * column + "- "]
        yield Splice(child.opened, node.start, "".join(sheet.eol + line for line in head))
    yield from _deeper(sheet, node, column)
    if not on_top:
        yield from sheet.insert_lines(node.end, column, lines)


def _deeper(sheet: Sheet, node: Node, column: int) -> Iterator[Splice]:
    """The lines of a value moved to the right, where it now belongs to what stands in `column`."""
    if node.children and not node.is_flow:
        yield from sheet.reindent(node.start, node.end, column + 2 - sheet.column(node.start))
        return
    below = sheet.text[sheet.next_line(node.start) : node.end]
    least = min((len(line) - len(line.lstrip(" ")) for line in LINE_END.split(below) if line.strip()), default=0)
    if least <= column:
        yield from sheet.reindent(node.start, node.end, column + sheet.layout.step - least)


def _drop(sheet: Sheet, slot: Slot) -> Iterator[Splice]:
    while slot.child is not None and slot.holder is not None and len(slot.holder.children) == 1:
        slot = slot.above[-1]
    if slot.child is None or slot.holder is None:
        yield Splice(slot.node.start, sheet.next_line(sheet.end_of_lines(slot.node.end, 0)), "")
        return
    if slot.in_flow:
        yield from bracketing.drop(sheet, slot.holder, slot.child)
        return
    text, child = sheet.text, slot.child
    n = slot.holder.children.index(child)
    if not sheet.stands_first(child.start):  # the first key behind a dash, the first dash behind another
        behind = slot.holder.children[n + 1]
        between = text[child.end : behind.start]
        if any(line.strip().startswith("#") for line in between.splitlines()[1:]):
            yield Splice(child.start, sheet.line_end(child.end), "")
        else:
            yield Splice(child.start, behind.start, "")
        return
    start = sheet.line_start(child.start)
    if child.end == sheet.line_start(child.end):
        yield Splice(start, child.end, "")
        return
    end = sheet.end_of_lines(child.end, sheet.column(child.start))
    if end < len(text):
        yield Splice(start, sheet.next_line(end), "")
        return
    yield Splice(sheet.before_line_end(start), end, "")


def _written(sheet: Sheet, slot: Slot, value: Tree, *, comment: str) -> tuple[str, list[str], int]:
    """What stands on the line of the key or dash, the lines below, and the column that they are counted from."""
    style = slot.node.style
    if slot.child is None or slot.holder is None:
        return *behind_dash(value, sheet.layout, 0, style, comment=comment), 0
    column = sheet.column(slot.child.start)
    if slot.holder.kind == "map":
        return *behind_key(value, sheet.layout, style, comment=comment), sheet.column(slot.holder.start)
    is_on_line = sheet.line_end(slot.child.start) == sheet.line_end(slot.node.start)
    is_there = slot.node.start != slot.node.end
    width = slot.node.start - slot.child.start if is_on_line and is_there else 2
    head, lines = behind_dash(value, sheet.layout, width, style, comment=comment)
    if not isinstance(value, str) and not is_short(value) and (comment or (is_there and not is_on_line)):
        return "", [*indented([head], width), *lines], column
    return head, lines, column


def _fits_in_brackets(sheet: Sheet, node: Node, value: str) -> bool:
    written = sheet.text[node.start : node.end]
    return (
        node.kind == "text"
        and node.style not in BLOCKS
        and "\n" not in value
        and not LINE_END.search(written)
        and (bool(node.style) or is_plain(node.value, in_flow=True))
        and sheet.column(node.end) + len(value) <= _ONE_LINE
    )


def _is_on_one_line(sheet: Sheet, node: Node) -> bool:
    return sheet.line_end(node.start) == sheet.line_end(node.end)


def _has_line_ends(tree: Tree) -> bool:
    if isinstance(tree, str):
        return "\n" in tree
    values = list(tree.values()) if isinstance(tree, dict) else tree or []
    return any(map(_has_line_ends, values))


def _dedented(lines: list[str]) -> list[str]:
    by = min((len(line) - len(line.lstrip(" ")) for line in lines if line), default=0)
    return [line[by:] for line in lines]
