# SPDX-License-Identifier: MIT
"""``python -m tkinter``: a window that shows whether Tk works."""
import sys

if sys.argv[0].endswith('__main__.py'):
    sys.argv[0] = 'python -m tkinter'
from tkinter import _test as main

main()
