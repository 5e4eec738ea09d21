# SPDX-License-Identifier: MIT
"""Data of pydoc: the help topics and a style sheet."""
