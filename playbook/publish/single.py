"""Puts a sealed site into one HTML file, which opens from a disk or a mail.

Refuses to know what is sealed.
"""

from __future__ import annotations

import base64

from playbook.publish.bundle import Bundle
from playbook.publish.shell import single_page


def single_file(bundle: Bundle) -> bytes:
    """One HTML file that holds the lock screen, the header and all packs, and asks nobody for anything."""
    data = [f'<script type="application/json" id="header">{bundle.header.decode("ascii")}</script>']
    data += [
        f'<script type="application/octet-stream" class="pack">{base64.b64encode(content).decode("ascii")}</script>'
        for _, content in bundle.packs
    ]
    return single_page("\n".join(data)).encode()
