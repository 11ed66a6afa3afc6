"""When something was, as people say it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication


def moment_text(moment: datetime) -> str:
    """Return a local time to the minute, without the date where it is today's."""
    return _text(moment, "%H:%M")


def exact_moment_text(moment: datetime) -> str:
    """Return a local time to the second, so that two of one minute are told apart."""
    return _text(moment, "%H:%M:%S")


def _text(moment: datetime, time: str) -> str:
    local = moment.astimezone()
    if local.date() == date.today():
        return QCoreApplication.translate("Moments", "today {0}").format(local.strftime(time))
    return local.strftime(f"%Y-%m-%d {time}")


def short_moment_text(moment: datetime) -> str:
    """Return a local time to the minute, without the date where it is today's, for where there is little room."""
    local = moment.astimezone()
    return f"{local:%H:%M}" if local.date() == date.today() else f"{local:%Y-%m-%d %H:%M}"
