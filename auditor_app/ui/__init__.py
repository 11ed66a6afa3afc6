"""The window: widgets, item models and dialogs; it edits through the session only."""
