"""Was a build interrupted at the keyboard? The engine stops at Ctrl+C and says nothing of it.

pytask-parallel leaves its loop and reports the tasks that it did: a build that was stopped would
look like one that failed. The interruption is noted here, and raised again once the engine is out.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any


class Interruption:
    """Notes Ctrl+C while it is open, and lets it do what it does otherwise."""

    def __init__(self) -> None:
        self.heard = False
        self._before: Any = None

    def __enter__(self) -> Interruption:
        # only the main thread may listen; elsewhere nothing is sent to us either
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.heard = True
        raise KeyboardInterrupt
