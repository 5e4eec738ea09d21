# SPDX-License-Identifier: MIT
"""python -m venv: an error is shown in one line; of a program that failed, its last line besides."""

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
        said = (getattr(problem, 'output', None) or b'').decode(errors='replace').strip()
        if said:
            print(said.splitlines()[-1], file=sys.stderr)
    sys.exit(status)


if __name__ == '__main__':
    run()
