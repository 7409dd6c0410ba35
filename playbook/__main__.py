"""The `playbook` command's front door: answers `--version` before anything heavy is imported."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the `playbook` command with this process's arguments; exits, never returns a value."""
    if sys.argv[1:] == ["--version"]:
        # Half of a short command's time would go to importing click for this one line.
        from playbook import __version__  # noqa: PLC0415

        sys.stdout.write(f"playbook {__version__}\n")
        return
    # A command makes many things and drops few; to look for cycles after each 700 new ones is a tenth of a short one.
    gc.set_threshold(200_000)
    try:
        from playbook.cli import main as run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:  # before the command could say so itself
        sys.exit(130)
    finally:
        # At the interpreter's end the collector would walk all that was imported and read, a tenth of a short command.
        gc.freeze()


if __name__ == "__main__":
    main()
