# SPDX-License-Identifier: MIT
"""An example of an extension: two entries of the menu Format that put a text before lines and take it away.

An extension is a class with the module's name in CamelCase. `menudefs` is added to the menus; a method NAME_event is bound to
the virtual event <<NAME>>, the keys come from config-extensions.def, and reload() reads the options again.
"""
from functools import wraps

from idlelib.config import idleConf


def format_selection(format_line):
    """Make a method that changes the selected lines of one that changes a line."""

    @wraps(format_line)
    def apply(self, event=None):
        head, tail, chars, lines = self.formatter.get_region()
        for at, line in enumerate(lines[:-1]):
            lines[at] = format_line(self, line)
        self.formatter.set_region(head, tail, chars, lines)
        return 'break'

    return apply


class ZzDummy:
    """Text before and without lines."""

    menudefs = [('format', [('Z in', '<<z-in>>'), ('Z out', '<<z-out>>')])]

    def __init__(self, editwin):
        self.text = editwin.text
        self.editwin = editwin
        self.formatter = editwin.fregion

    @classmethod
    def reload(cls):
        """Read the option z-text."""
        cls.ztext = idleConf.GetOption('extensions', 'ZzDummy', 'z-text')

    @format_selection
    def z_in_event(self, line):
        """The line with the text before it."""
        return f'{self.ztext}{line}'

    @format_selection
    def z_out_event(self, line):
        """The line without the text before it."""
        return line[len(self.ztext):] if line.startswith(self.ztext) else line


ZzDummy.reload()

if __name__ == '__main__':
    import unittest
    unittest.main('idlelib.idle_test.test_zzdummy', verbosity=2, exit=False)
