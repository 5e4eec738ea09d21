# SPDX-License-Identifier: MIT
"""The parts of turtle; `import turtle` gathers them (see README.md)."""
