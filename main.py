"""Open the window of the auditor workbench, or carry out one of its commands without a window."""

from __future__ import annotations

import sys


def main(argv: list[str]) -> int:
    """Run the workbench and return its exit code."""
    # Imported here: a command needs neither Qt nor a display, and the window waits for no command.
    if opens_window(argv):
        from auditor_app import app

        return app.run(argv)
    from auditor_app import cli

    return cli.main(argv)


def opens_window(argv: list[str]) -> bool:
    """Say whether the arguments name no command: nothing at all, or only options of the window."""
    rest = iter(argv)
    for argument in rest:
        if argument in ("--data", "--lang"):
            next(rest, None)
        elif argument != "--sample" and not argument.startswith(("--data=", "--lang=")):
            return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
