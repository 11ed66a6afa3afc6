"""All deliveries of one library, for the window."""

from __future__ import annotations

from pathlib import Path


class DeliveryDesk:
    """What the window's dialogs of `ui/deliveries.py` read and write, with the evidence in the library's folder."""

    def __init__(self, library: Path) -> None:
        self.library = library
