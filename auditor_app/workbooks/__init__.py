"""Workbooks taken apart within bounds, those of others and our own: parts, elements, and what the cells say."""
