"""The Excel report: a snapshot in, a workbook out; no Qt, no SQL."""
