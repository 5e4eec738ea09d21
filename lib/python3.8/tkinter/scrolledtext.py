# SPDX-License-Identifier: MIT
"""A Text with a scroll bar beside it."""
from tkinter import Frame, Grid, Pack, Place, Scrollbar, Text
from tkinter.constants import BOTH, LEFT, RIGHT, Y

__all__ = ['ScrolledText']


class ScrolledText(Text):
    """A Text; its attributes frame and vbar are the box it stands in, and the bar.

    The methods of the geometry managers are those of the box.
    """

    def __init__(self, master=None, **kw):
        self.frame = Frame(master)
        self.vbar = Scrollbar(self.frame)
        self.vbar.pack(side=RIGHT, fill=Y)
        Text.__init__(self, self.frame, **dict(kw, yscrollcommand=self.vbar.set))
        self.pack(side=LEFT, fill=BOTH, expand=True)
        self.vbar['command'] = self.yview
        managers = set().union(*map(vars, (Pack, Grid, Place))) - set(vars(Text))
        for name in managers:
            if name[0] != '_' and name not in ('config', 'configure'):
                setattr(self, name, getattr(self.frame, name))

    def __str__(self):
        return str(self.frame)


def example():
    """Show one, with this file's description in it."""
    from tkinter.constants import END
    text = ScrolledText(bg='white', height=10)
    text.insert(END, __doc__)
    text.focus_set()
    text.pack(fill=BOTH, side=LEFT, expand=True)
    text.mainloop()


if __name__ == '__main__':
    example()
