"""Becomes the command it is given, after asking Linux to kill it when its parent ends. Run as a file, by processes.py."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Run `tether.py PARENT COMMAND...`; exit 1 where the parent has ended already or the command cannot be run."""
    parent, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # The parent may have ended before the line above; then nobody would ever send the signal.
    if os.getppid() != int(parent):
        sys.exit(1)
    try:
        os.execvp(command[0], command)  # noqa: S606 - the supervisor's own commands
    except OSError as error:
        sys.exit(f"{command[0]} cannot be run: {error.strerror}")


if __name__ == "__main__":
    main()
