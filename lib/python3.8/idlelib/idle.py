# SPDX-License-Identifier: MIT
"""Start IDLE from a checked-out folder, whether or not it is installed.

Running this file (or importing it) finds the idlelib it stands in first, so a
working copy of IDLE is the one that runs.
"""
import pathlib
import sys

_library = str(pathlib.Path(__file__).resolve().parent.parent)
if _library not in sys.path:
    sys.path.insert(0, _library)

from idlelib.pyshell import main

main()
