# SPDX-License-Identifier: MIT
"""curses.panel: windows in a pile, each hiding what lies under it.

new_panel() puts a window on top; the methods of a panel move it up, down and
out of sight, and update_panels() with curses.doupdate() shows the result.
"""

from _curses_panel import *
