# SPDX-License-Identifier: MIT
"""A dialog to choose a colour.  Options: initialcolor, parent, title."""
from tkinter.commondialog import Dialog

__all__ = ['Chooser', 'askcolor']


class Chooser(Dialog):
    """The dialog; show() returns ((red, green, blue), '#rrggbb'), or (None, None)."""

    command = 'tk_chooseColor'

    def _fixoptions(self):
        color = self.options.get('initialcolor')
        if isinstance(color, tuple):
            self.options['initialcolor'] = '#%02x%02x%02x' % color

    def _fixresult(self, widget, result):
        text = str(result) if result else ''
        if not text:
            return None, None
        return tuple([part // 256 for part in widget.winfo_rgb(text)]), text


def askcolor(color=None, **options):
    """Ask for a colour, color being offered first; what Chooser's show() returns."""
    if color:
        options = dict(options, initialcolor=color)
    return Chooser(**options).show()


if __name__ == '__main__':
    print('color', askcolor())
