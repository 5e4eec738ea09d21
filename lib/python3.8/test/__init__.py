# SPDX-License-Identifier: MIT
"""What tests of Python programs share: test.support, test.bytecode_helper.

The package holds no tests: those of this project stand in its source, and CPython's are its own.
"""
