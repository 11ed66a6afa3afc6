"""The one door for edits: undo, change signals, background jobs."""
