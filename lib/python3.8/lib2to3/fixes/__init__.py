# SPDX-License-Identifier: MIT
"""The fixers of 2to3, from Python 2 to Python 3: one module each."""
