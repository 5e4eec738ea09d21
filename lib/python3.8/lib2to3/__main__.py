# SPDX-License-Identifier: MIT
"""python -m lib2to3: the program 2to3."""
import sys

from .main import main

sys.exit(main("lib2to3.fixes"))
