# SPDX-License-Identifier: MIT
"""The lines above the text that say in which class, function and block its first line stands.

They are the beginnings of the blocks that enclose it and have been scrolled away.  CodeContext keeps them in info, outermost
first, as tuples (line number, indent, text, keyword); a row stands before that no line is outside of.  Ten times a second it
looks whether the text has been scrolled.
"""
import re
from sys import maxsize as INFINITY
from tkinter import Frame, Text, TclError
from tkinter.constants import NSEW, SUNKEN

from idlelib.config import idleConf
from idlelib.sidebar import get_widget_padding

BLOCKOPENERS = {'class', 'def', 'if', 'elif', 'else', 'while', 'for', 'try', 'except', 'finally', 'with', 'async'}

_OUTSIDE = (0, -1, '', False)


def get_spaces_firstword(codeline, c=re.compile(r'^(\s*)(\w*)')):
    """Give (blanks, word): what a line begins with, as the two groups of c."""
    return c.match(codeline).groups()


def get_line_info(codeline):
    """Give (indent, line, keyword): the indentation in characters, the keyword if it opens a block, else False.

    The indent of an empty line or a comment is INFINITY: it belongs to the block around it.
    """
    spaces, word = get_spaces_firstword(codeline)
    indent = len(spaces)
    if codeline[indent:indent + 1] in ('', '#'):
        indent = INFINITY
    return indent, codeline, word in BLOCKOPENERS and word


class CodeContext:
    """Shows the context of one editor window, editwin, in the Text context; None while it is not shown."""

    UPDATEINTERVAL = 100    # milliseconds

    def __init__(self, editwin):
        """editwin: the window; asked for text, text_frame, getlineno() and update_menu_label()."""
        self.editwin = editwin
        self.text = editwin.text
        self._reset()

    def _reset(self):
        self.context = None
        self.cell00 = None      # what fills the corner, where line numbers are below
        self.t1 = None          # the timer
        self.topvisible = 1     # the line that info is for
        self.info = [_OUTSIDE]

    @classmethod
    def reload(cls):
        """Take from the settings how many lines are shown at most."""
        cls.context_depth = idleConf.GetOption('extensions', 'CodeContext', 'maxlines', type='int', default=15)

    def __del__(self):
        """Stop the timer."""
        if getattr(self, 't1', None) is not None:
            try:
                self.text.after_cancel(self.t1)
            except TclError:    # the window is gone
                pass

    def toggle_code_context_event(self, event=None):
        """Show the context, or remove it."""
        if self.context is None:
            self._show()
        else:
            self.context.destroy()
            self.cell00.destroy()
            self.text.after_cancel(self.t1)
            self._reset()
        action = 'Show' if self.context is None else 'Hide'
        self.editwin.update_menu_label(menu='options', index='*ode*ontext', label=f'{action} Code Context')
        return 'break'

    def _show(self):
        """Make the widgets, above the text and its line numbers."""
        text, frame = self.text, self.editwin.text_frame
        # Letters stand above letters: as much is left of them as in the text.
        border = text.winfo_pixels(text['border'])
        self.context = Text(frame, height=1, width=1, highlightthickness=0, padx=get_widget_padding(text)[0] - border,
                            border=border, relief=SUNKEN, state='disabled')
        self.cell00 = Frame(frame)
        self.update_font()
        self.update_highlight_colors()
        self.context.bind('<ButtonRelease-1>', self.jumptoline)
        self.context.grid(row=0, column=1, sticky=NSEW)
        self.cell00.grid(row=0, column=0, sticky=NSEW)
        self.timer_event()

    def get_context(self, new_topvisible, stopline=1, stopindent=0):
        """Look upwards from a line for the blocks that enclose it, until a line or an indentation is reached.

        Result: the rows for info, and the smallest indent that was seen.
        """
        assert stopline > 0
        rows = []
        smallest = INFINITY
        for number in range(new_topvisible, stopline - 1, -1):
            indent, line, keyword = get_line_info(self.text.get(f'{number}.0', f'{number}.end'))
            if indent >= smallest:
                continue
            # The if of an else has the same indent, and is wanted.
            smallest = indent + (keyword in ('else', 'elif'))
            if keyword and number < new_topvisible and indent >= stopindent:
                rows.append((number, indent, line, keyword))
            if smallest <= stopindent:
                break
        return rows[::-1], smallest

    def update_code_context(self):
        """Show the context of the line that is the first to be seen."""
        top = self.editwin.getlineno('@0,0')
        if top == self.topvisible:
            return
        # Only lines that were not looked at need to be: those passed, or when going back those since the last block still left.
        known = [row for row in self.info if row[0] < top]
        start = self.topvisible if top > self.topvisible else known[-1][0] + 1
        rows, smallest = self.get_context(top, start)
        self.info = [row for row in known if row[1] < smallest] + rows
        self.topvisible = top
        self._display()

    def _shown(self):
        """Give the rows of info that are shown."""
        return self.info[1:][-self.context_depth:] if self.context_depth > 0 else []

    def _display(self):
        lines = [row[2] for row in self._shown()]
        context = self.context
        context['height'] = len(lines)
        context['state'] = 'normal'
        context.delete('1.0', 'end')
        context.insert('end', '\n'.join(lines))
        context['state'] = 'disabled'

    def jumptoline(self, event=None):
        """Scroll so that the line clicked at is the first to be seen; text that was selected is left alone."""
        context = self.context
        if context.tag_ranges('sel'):
            return
        shown = self._shown()
        row = int(context.index('insert').partition('.')[0]) - 1
        target = shown[min(row, len(shown) - 1)][0] if shown else 1
        self.text.yview(f'{target}.0')
        self.update_code_context()

    def timer_event(self):
        """Look, and come again."""
        if self.context is not None:
            self.update_code_context()
            self.t1 = self.text.after(self.UPDATEINTERVAL, self.timer_event)

    def update_font(self):
        """Take the text's font from the settings."""
        if self.context is not None:
            self.context['font'] = idleConf.GetFont(self.text, 'main', 'EditorWindow')

    def update_highlight_colors(self):
        """Take the colours from the theme."""
        theme = idleConf.CurrentTheme()
        if self.context is not None:
            self.context.configure(idleConf.GetHighlight(theme, 'context'))
        if self.cell00 is not None:
            self.cell00['background'] = idleConf.GetHighlight(theme, 'linenumber')['background']


CodeContext.reload()


if __name__ == '__main__':
    import unittest
    unittest.main('idlelib.idle_test.test_codecontext', verbosity=2, exit=False)
