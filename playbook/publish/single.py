"""Puts a sealed site into one HTML file, which opens from a disk or a mail.

Refuses to know what is sealed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

from playbook.publish.bundle import Bundle
from playbook.publish.shell import single_page


def single_file(bundle: Bundle) -> bytes:
    """One HTML file that holds the lock screen, the header and all packs, and asks nobody for anything."""
    packs = [base64.b64encode(content).decode("ascii") for _, content in bundle.packs]
    return single_page(data_elements(bundle.header.decode("ascii"), packs)).encode()


def data_elements(header: str, packs: Iterable[str]) -> str:
    """The script elements that hold a header and Base64 packs, as they stand in the file."""
    return "\n".join(
        (
            f'<script type="application/json" id="header">{header}</script>',
            *(f'<script type="application/octet-stream" class="pack">{pack}</script>' for pack in packs),
        )
    )
