# SPDX-License-Identifier: MIT
"""An OptionMenu whose values can be changed."""
import copy
from tkinter import OptionMenu, _setit, StringVar, Button


class DynOptionMenu(OptionMenu):
    """An OptionMenu with the option highlightthickness, and with SetMenu()."""

    def __init__(self, master, variable, value, *values, **kwargs):
        own = copy.copy(kwargs)
        own.pop('highlightthickness', None)
        OptionMenu.__init__(self, master, variable, value, *values, **own)
        self['highlightthickness'] = kwargs.get('highlightthickness')
        self.variable = variable
        self.command = kwargs.get('command')

    def SetMenu(self, valueList, value=None):
        """Offer the values of a list, and if value is given choose it."""
        menu = self['menu']
        menu.delete(0, 'end')
        for label in valueList:
            menu.add_command(label=label, command=_setit(self.variable, label, self.command))
        if value:
            self.variable.set(value)


def _dyn_option_menu(parent):  # htest: press the button, look at the menu
    from tkinter import Toplevel
    top = Toplevel(parent)
    top.title('Values that change')
    chosen = StringVar(top)
    menu = DynOptionMenu(top, chosen, 'old 1', 'old 2', highlightthickness=5)
    menu.pack()
    Button(top, text='Change', command=lambda: menu.SetMenu(['new 1', 'new 2', 'new 3'], value='new 1')).pack()


if __name__ == '__main__':
    from idlelib.idle_test.htest import run
    run(_dyn_option_menu)
