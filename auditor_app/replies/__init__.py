"""Workbooks that go to the auditee and come back: the reply to the findings, and the application before the audit."""
