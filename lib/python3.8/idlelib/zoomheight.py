# SPDX-License-Identifier: MIT
"""Make a window as high as the screen allows, and back.

How high a window can be is asked by maximizing it for a moment; the answer is kept for each size of screen.
"""
import re
import sys

import tkinter


class WmInfoGatheringError(Exception):
    """The window manager does not tell how high a window can be."""


class ZoomHeight:
    """The menu entry Zoom Height of one window."""

    # (width, height) of a screen -> (height, y) of the highest window on it
    _max_height_and_y_coords = {}

    def __init__(self, editwin):
        """editwin: the window; its top is a toplevel widget."""
        self.editwin = editwin
        self.top = editwin.top

    def zoom_height_event(self, event=None):
        """Zoom or restore, and let the menu offer the other one; ring the bell if it cannot be done."""
        zoomed = self.zoom_height()
        if zoomed is None:
            self.editwin.text.bell()
        else:
            self.editwin.update_menu_label(menu='options', index='* Height',
                                           label='Restore Height' if zoomed else 'Zoom Height')
        return 'break'

    def zoom_height(self):
        """Change the height; give True for zoomed, False for restored, None if it cannot be done.

        A maximized window is left alone.
        """
        if self.top.wm_state() != 'normal':
            return None
        try:
            highest, top_y = self.get_max_height_and_y_coord()
        except WmInfoGatheringError:
            return None
        width, height, x, _ = get_window_geometry(self.top)
        if height == highest:
            self.top.wm_geometry('')    # the size that its content asks for
            return False
        set_window_geometry(self.top, (width, highest, x, top_y))
        return True

    def get_max_height_and_y_coord(self):
        """Give (height, y) of the highest window on this screen, in pixels.

        WmInfoGatheringError: the window manager cannot maximize.
        """
        screen = self.top.winfo_screenwidth(), self.top.winfo_screenheight()
        known = self._max_height_and_y_coords
        if screen not in known:
            known[screen] = self._measure()
        return known[screen]

    def _measure(self):
        """Maximize the window, look, and set it back."""
        top = self.top
        geometry, state = get_window_geometry(top), top.wm_state()
        try:
            top.wm_state('zoomed')
        except tkinter.TclError:
            raise WmInfoGatheringError('no window can be maximized here') from None
        top.update()
        _, height, _, y = get_window_geometry(top)
        if sys.platform == 'win32':
            y = 0       # what is told there is where the window was before
        inside_y = top.winfo_rooty()

        # The title bar of a maximized window may have another height than a normal one's.
        top.wm_state('normal')
        top.update()
        set_window_geometry(top, (*geometry[:3], y))
        top.update()
        height += inside_y - top.winfo_rooty()

        set_window_geometry(top, geometry)
        top.wm_state(state)
        return height, y


def get_window_geometry(top):
    """Give (width, height, x, y) of a toplevel, in pixels."""
    return tuple(map(int, re.fullmatch(r'(\d+)x(\d+)\+(-?\d+)\+(-?\d+)', top.wm_geometry()).groups()))


def set_window_geometry(top, geometry):
    """Give a toplevel its size and place, (width, height, x, y)."""
    top.wm_geometry('{:d}x{:d}+{:d}+{:d}'.format(*geometry))


if __name__ == '__main__':
    import unittest
    unittest.main('idlelib.idle_test.test_zoomheight', verbosity=2, exit=False)
