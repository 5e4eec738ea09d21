# SPDX-License-Identifier: MIT
"""The classic dialog of Tk: a text, a bitmap and some buttons."""
from tkinter import *
from tkinter import _cnfmerge

DIALOG_ICON = 'questhead'


class Dialog(Widget):
    """Show a dialog and wait; the number of the button pressed is then in the attribute num.

    Options, all needed: title, text, bitmap, default (a number), strings (the buttons).
    """

    def __init__(self, master=None, cnf={}, **kw):
        wanted = _cnfmerge((cnf, kw))
        self.widgetName = '__dialog__'
        self._setup(master, wanted)
        parts = [wanted[name] for name in ('title', 'text', 'bitmap', 'default')]
        pressed = self.tk.call('tk_dialog', self._w, *parts, *wanted['strings'])
        self.num = self.tk.getint(pressed)
        try:
            Widget.destroy(self)
        except TclError:
            pass

    def destroy(self):
        """Nothing: Tk closes the window itself."""


def _test():
    asked = Dialog(None, title='File Modified', text='The file has changed since it was read.', bitmap=DIALOG_ICON,
                   default=0, strings=('Save File', 'Discard Changes', 'Return to Editor'))
    print(asked.num)


if __name__ == '__main__':
    again = Button(None, text='Test', command=_test)
    again.pack()
    again.mainloop()
