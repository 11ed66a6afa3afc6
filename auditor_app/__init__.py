"""Workbench for auditors who certify after-sales service against GB/T 27922-2011."""

__version__ = "0.1.0"
