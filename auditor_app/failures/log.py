"""What the log shows of the last while, kept in memory and in no file."""

from __future__ import annotations

import logging
from collections import deque

from auditor_app.models.events import LOGGER

MOST_LINES = 60
FORMAT = "%(asctime)s %(levelname)s %(message)s"


class SafeFormatter(logging.Formatter):
    """Time, level and message; never the text of an exception, which may hold anybody's data."""

    def __init__(self) -> None:
        super().__init__(FORMAT, "%Y-%m-%dT%H:%M:%S%z")

    def formatException(self, ei: object) -> str:  # noqa: N802
        return ""


class Recent(logging.Handler):
    """The last lines of the program's log; whoever writes them to a file gets those that came before."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._records: deque[logging.LogRecord] = deque(maxlen=MOST_LINES)
        self.setFormatter(SafeFormatter())

    def attach(self) -> None:
        """Listen to the program's log, that of other packages is none of it."""
        logger = logging.getLogger(LOGGER)
        logger.setLevel(logging.INFO)
        logger.addHandler(self)

    def detach(self) -> None:
        """Listen no more."""
        logger = logging.getLogger(LOGGER)
        logger.removeHandler(self)
        logger.setLevel(logging.NOTSET)

    def lines(self) -> list[str]:
        """Return what happened last, the newest last, each on one line."""
        return [self.format(record).partition("\n")[0] for record in list(self._records)]

    def hand_over(self, handler: logging.Handler) -> None:
        """Give another handler what came so far, and from now on everything."""
        for record in list(self._records):
            handler.handle(record)
        logging.getLogger(LOGGER).addHandler(handler)

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)
