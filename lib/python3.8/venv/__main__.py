# SPDX-License-Identifier: MIT
"""python -m venv: errors are shown in one line."""

import sys

from . import main


def run():
    """Make environments and leave with status 0, or 1 after an error."""
    status = 1
    try:
        main()
        status = 0
    except Exception as problem:
        print('Error: %s' % problem, file=sys.stderr)
    sys.exit(status)


if __name__ == '__main__':
    run()
