# SPDX-License-Identifier: MIT
"""Abstract base classes of containers.

They are defined in _collections_abc, which is loaded at every start.
"""

from _collections_abc import *
from _collections_abc import __all__
