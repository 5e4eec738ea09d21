# SPDX-License-Identifier: MIT
"""IDLE, the editor and shell that comes with Python.

Start it with `python -m idlelib`.  The package is an application: what its
modules offer may change between versions, and the library manual describes
only what a user sees.

`testing` is set to True by the test suite; modules then leave the real
configuration files and the real __main__ alone.
"""
testing = False
