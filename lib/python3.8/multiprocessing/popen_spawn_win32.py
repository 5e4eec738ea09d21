# SPDX-License-Identifier: MIT
"""Starting a process on Windows; there is nothing of that elsewhere."""

import msvcrt  # noqa: raises ModuleNotFoundError elsewhere

__all__ = ['Popen']

raise ImportError('processes on Windows are not supported')
