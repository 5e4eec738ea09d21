# SPDX-License-Identifier: MIT
"""python -m unittest"""

import sys

if sys.argv[0].endswith('__main__.py'):
    # Say in the usage text how this was really called.
    from os.path import basename
    sys.argv[0] = basename(sys.executable) + ' -m unittest'

__unittest = True

from .main import main

main(module=None)
