"""Who sits at this computer, as the person said in the settings."""

from __future__ import annotations

from auditor_app.models.errors import AuditorError
from auditor_app.session.session import Session

AUDITOR_SETTING = "auditor_name"


def auditor_name(session: Session) -> str:
    """Return the name, empty while there is none or it cannot be read."""
    try:
        return session.setting(AUDITOR_SETTING)
    except AuditorError:
        return ""
