"""Open the window of the auditor workbench, or carry out one of its commands without a window."""

from __future__ import annotations

import sys

from auditor_app import cli


def main(argv: list[str]) -> int:
    """Run the workbench and return its exit code."""
    if cli.opens_window(argv):
        # Here, so that commands need neither Qt nor a display.
        from auditor_app import app

        return app.run(argv)
    return cli.main(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
