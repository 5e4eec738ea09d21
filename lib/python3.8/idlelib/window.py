# SPDX-License-Identifier: MIT
"""The list of IDLE's windows, which their Window menus show."""
import sys

from tkinter import Toplevel, TclError


class WindowList:
    """The windows that are open, and functions that want to know when that changes."""

    def __init__(self):
        self.dict = {}  # str(window): window
        self.callbacks = []

    def add(self, window):
        """A window was opened."""
        self.dict[str(window)] = window
        window.after_idle(self.call_callbacks)  # when it has a title

    def delete(self, window):
        """A window was closed."""
        self.dict.pop(str(window), None)
        self.call_callbacks()

    def add_windows_to_menu(self, menu):
        """Add an entry for each window to a menu, in the order of their titles."""
        titles = {}
        for key, window in self.dict.items():
            try:
                titles[window.get_title(), key] = window
            except TclError:  # it is just going
                pass
        for title, key in sorted(titles):
            menu.add_command(label=title, command=titles[title, key].wakeup)

    def register_callback(self, callback):
        """Call a function whenever the list or a title changes."""
        self.callbacks.append(callback)

    def unregister_callback(self, callback):
        """Call it no more."""
        if callback in self.callbacks:
            self.callbacks.remove(callback)

    def call_callbacks(self):
        """Call the functions; a failure of one is printed."""
        for callback in self.callbacks:
            try:
                callback()
            except Exception as error:
                print('warning: callback failed in WindowList', type(error), ':', error)


registry = WindowList()

add_windows_to_menu = registry.add_windows_to_menu
register_callback = registry.register_callback
unregister_callback = registry.unregister_callback


class ListedToplevel(Toplevel):
    """A window in the list.  With the last of them the main loop ends."""

    def __init__(self, master, **kw):
        super().__init__(master, **kw)
        registry.add(self)
        self.focused_widget = self

    def destroy(self):
        """Close the window."""
        registry.delete(self)
        super().destroy()
        if not registry.dict:
            self.quit()

    def update_windowlist_registry(self, window):
        """A title has changed."""
        registry.call_callbacks()

    def get_title(self):
        """The text of the window's entry in the menu."""
        return self.wm_title()

    def wakeup(self):
        """Bring the window to the front and give its widget the focus."""
        try:
            if self.wm_state() == 'iconic':
                self.wm_withdraw()
                self.wm_deiconify()
            self.tkraise()
            self.focused_widget.focus_set()
        except TclError:  # closed meanwhile
            pass
