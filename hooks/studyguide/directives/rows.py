"""The rows of tables -> a problem for each that has more cells than its table has columns: the parser drops the rest.

| a | b |
| - | - |
| 1 | 2 | 3 |   ->   TXT006 at the `3`, which nobody sees
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.tables import TableProcessor

from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.text import marks

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from markdown.blockparser import BlockParser

    from studyguide.directives.extension import DirectivesExtension

RULE = 2


class Rows(BlockProcessor):
    """Looks at each block that the parser is about to make a table of, and leaves it to it."""

    # Just before tables (75).
    PRIORITY = 75.5

    def __init__(self, extension: DirectivesExtension, parser: BlockParser) -> None:
        super().__init__(parser)
        self._extension = extension

    def test(self, parent: ET.Element, block: str) -> bool:
        """Look at a block that has a row of cells."""
        known = self.parser.blockprocessors
        table = known["table"] if "|" in block and "table" in known else None
        if isinstance(table, TableProcessor) and table.test(parent, block):
            self._extension.report(self._problems(table, block))
        return False

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        """Take no block: none is asked for."""

    def _problems(self, table: TableProcessor, block: str) -> Iterator[Problem]:
        columns = len(table.separator)
        # A mark behind the row's last bar is no cell of the author's.
        for row in (marks.strip(line).strip(" ") for line in block.split("\n")[RULE:]):
            # The parser's own word on what a cell is: bars in code and behind a backslash are none of its ends.
            cells = cast("Any", table)._split_row(row)  # noqa: SLF001
            beyond = "|".join(cells[columns:]).strip()
            if beyond.strip("| "):
                at = self._extension.page.written(row, beyond)
                wide = f"{columns} column{'' if columns == 1 else 's'}"
                message = f"{quoted(beyond)} is not shown: this row has {len(cells)} cells, and its table {wide}."
                fix = r"Write `\|` for a bar that ends no cell, or give the table one more column."
                yield Problem(at, "TXT006", message, fix)
