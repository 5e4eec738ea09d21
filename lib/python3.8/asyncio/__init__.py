# SPDX-License-Identifier: MIT
"""Concurrency with coroutines: event loops, tasks, streams, subprocesses.

Reading order: events (interfaces), base_events (what all loops do), selector_events and unix_events (the loop of this
system); futures and tasks; the rest stands on these.
"""

import sys

from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .protocols import *
from .runners import *
from .queues import *
from .streams import *
from .subprocess import *
from .tasks import *
from .transports import *

from .tasks import _all_tasks_compat        # for programs that had to do with Python 3.6

__all__ = (base_events.__all__ + coroutines.__all__ + events.__all__ + exceptions.__all__ + futures.__all__
           + locks.__all__ + protocols.__all__ + runners.__all__ + queues.__all__ + streams.__all__
           + subprocess.__all__ + tasks.__all__ + transports.__all__)

if sys.platform == 'win32':
    from .windows_events import *
    __all__ += windows_events.__all__
else:
    from .unix_events import *
    __all__ += unix_events.__all__
