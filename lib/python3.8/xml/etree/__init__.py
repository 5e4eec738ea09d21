# SPDX-License-Identifier: MIT
"""XML as a tree of elements: see ElementTree."""
