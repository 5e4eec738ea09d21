# SPDX-License-Identifier: MIT
"""Start IDLE without a console window (Windows runs .pyw files that way)."""
import os
import runpy
import sys

_here = os.path.dirname(os.path.abspath(sys.argv[0] if __name__ == '__main__'
                                        else __file__))
try:
    from idlelib import pyshell
except ImportError:
    # Not installed: the idle.py beside this file puts its own folder on the path.
    runpy.run_path(os.path.join(_here, 'idle.py'))
else:
    pyshell.main()
