# SPDX-License-Identifier: MIT
"""Limits and times."""

import enum

LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5       # writes to a lost connection before a warning
ACCEPT_RETRY_DELAY = 1                      # seconds to wait when there are no descriptors left
DEBUG_STACK_DEPTH = 10                      # how much of the origin of handles and coroutines debug mode keeps
SSL_HANDSHAKE_TIMEOUT = 60.0                # seconds
SENDFILE_FALLBACK_READBUFFER_SIZE = 1024 * 256


class _SendfileMode(enum.Enum):
    """What loop.sendfile() can do with a transport."""

    UNSUPPORTED = enum.auto()
    TRY_NATIVE = enum.auto()
    FALLBACK = enum.auto()
