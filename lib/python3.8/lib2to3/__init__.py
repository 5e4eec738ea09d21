# SPDX-License-Identifier: MIT
"""lib2to3: trees of Python source that keep every character, and programs that change them.

pgen2 parses, pytree has the trees, patcomp and pytree the patterns, refactor
runs the fixers of the package fixes over files, and main is the program 2to3.
"""
