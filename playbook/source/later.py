"""A document whose file need not be parsed before somebody asks where in it something stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playbook.problems import Place
from playbook.source.document import Document, Tree
from playbook.source.text import decode


class LaterDocument(Document):
    """A document that is read when somebody asks for more than its path and text; its bytes were read well before."""

    _content: bytes
    _whole: Document | None

    def __init__(self, path: str, content: bytes) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_content", content)
        object.__setattr__(self, "_whole", None)

    @property
    def text(self) -> str:
        """The file's text; it takes no reading."""
        return decode(self.path, self._content)[0]

    @property
    def tree(self) -> Tree:
        """What it says."""
        return self._read().tree

    @property
    def marks(self) -> Mapping[int, Mapping[str | int, int]]:
        """Where it says what."""
        return self._read().marks

    def place_of(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """As a document's; for the whole file nothing is read."""
        return super().place_of(path, key=key) if path else Place(self.path)

    def _read(self) -> Document:
        whole: Document | None = self._whole
        if whole is None:
            # Most commands ask of no document, and need no parser of YAML then.
            from playbook.source.reader import parse_document  # noqa: PLC0415

            whole, _ = parse_document(self.path, self._content)
            if whole is None:
                # Remembered bytes are the file's own; they were read before.
                raise AssertionError(self.path)
            object.__setattr__(self, "_whole", whole)
        return whole
