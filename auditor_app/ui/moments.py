"""When something was, to the minute, as people say it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication


def moment_text(moment: datetime) -> str:
    """Return a local time to the minute, without the date where it is today's."""
    local = moment.astimezone()
    if local.date() == date.today():
        return QCoreApplication.translate("Moments", "today {0}").format(f"{local:%H:%M}")
    return f"{local:%Y-%m-%d %H:%M}"


def short_moment_text(moment: datetime) -> str:
    """Return a local time to the minute, without the date where it is today's, for where there is little room."""
    local = moment.astimezone()
    return f"{local:%H:%M}" if local.date() == date.today() else f"{local:%Y-%m-%d %H:%M}"
