# SPDX-License-Identifier: MIT
"""The part of asyncio for Windows; there is none elsewhere."""

import sys

if sys.platform != 'win32':
    raise ImportError('win32 only')
