# SPDX-License-Identifier: MIT
"""python -m ensurepip._uninstall: remove what ensurepip installed."""

import ensurepip
import sys


def _main(argv=None):
    """Do what the command line says; return pip's status."""
    parser = ensurepip._make_parser('python -m ensurepip._uninstall',
                                    'Show the version of pip this will attempt to uninstall.')
    options = parser.parse_args(argv)
    return ensurepip._uninstall_helper(verbosity=options.verbosity)


if __name__ == '__main__':
    sys.exit(_main())
