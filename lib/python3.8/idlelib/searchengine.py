# SPDX-License-Identifier: MIT
"""What Find, Replace and Find in Files share: the pattern, the options, and the search in a Text widget.

One engine belongs to a root window, so the dialogs of all its windows show the same pattern and options.
"""
import re

from tkinter import StringVar, BooleanVar, TclError
from tkinter import messagebox


def get(root):
    """The engine of a root window, made at the first call."""
    engine = getattr(root, '_searchengine', None)
    if engine is None:
        engine = root._searchengine = SearchEngine(root)
    return engine


class SearchEngine:
    """A pattern and the options how to look for it, in variables that dialogs bind their widgets to."""

    def __init__(self, root):
        """root: the window that error messages stand over."""
        self.root = root
        self.patvar = StringVar(root, '')
        self.revar = BooleanVar(root, False)  # is the pattern a regular expression?
        self.casevar = BooleanVar(root, False)
        self.wordvar = BooleanVar(root, False)
        self.wrapvar = BooleanVar(root, True)
        self.backvar = BooleanVar(root, False)

    def getpat(self):
        """The pattern as it was typed."""
        return self.patvar.get()

    def setpat(self, pat):
        """Set the pattern as if it was typed."""
        self.patvar.set(pat)

    def isre(self):
        """Is the pattern a regular expression?"""
        return self.revar.get()

    def iscase(self):
        """Does case matter?"""
        return self.casevar.get()

    def isword(self):
        """Are only whole words found?"""
        return self.wordvar.get()

    def iswrap(self):
        """Does the search go on at the other end of the text?"""
        return self.wrapvar.get()

    def isback(self):
        """Does the search go upwards?"""
        return self.backvar.get()

    def setcookedpat(self, pat):
        """Set a pattern that stands for itself."""
        self.setpat(re.escape(pat) if self.isre() else pat)

    def getcookedpat(self):
        """The pattern as a regular expression."""
        pat = self.getpat()
        if not self.isre():
            pat = re.escape(pat)
        return r'\b%s\b' % pat if self.isword() else pat

    def getprog(self):
        """The compiled pattern; None, after a message, if it is empty or wrong."""
        if not self.getpat():
            self.report_error(self.getpat(), 'Empty regular expression')
            return None
        pat = self.getcookedpat()
        try:
            return re.compile(pat, 0 if self.iscase() else re.IGNORECASE)
        except re.error as error:
            self.report_error(pat, error.msg, error.pos)
            return None

    def report_error(self, pat, msg, col=None):
        """Show what is wrong with a pattern, and at which offset."""
        lines = ['Error: ' + str(msg)]
        if pat:
            lines.append('Pattern: ' + str(pat))
        if col is not None:
            lines.append('Offset: ' + str(col))
        messagebox.showerror('Regular expression error', '\n'.join(lines), master=self.root)

    def search_text(self, text, prog=None, ok=0):
        """The next place of the pattern in a Text widget: (line, match in that line), or None.

        The search starts at the selection, or where the cursor is.  prog: the compiled pattern, this engine's if None.
        ok: may the place be where the search starts?  Then it starts at the near end of the selection.
        """
        prog = prog or self.getprog()
        if not prog:
            return None
        first, last = get_selection(text)
        wrap = self.wrapvar.get()
        if self.isback():
            return self.search_backward(text, prog, *get_line_col(last if ok else first), wrap, ok)
        return self.search_forward(text, prog, *get_line_col(first if ok else last), wrap, ok)

    def search_forward(self, text, prog, line, col, wrap, ok=0):
        """The first match after line.col: (line, match), or None.

        wrap: go on from the first line, up to the end of the line where it started.
        ok: may the match be empty and stand at col?
        """
        for number, chars in _lines_down(text, line, wrap):
            match = prog.search(chars, col)
            if match and (ok or match.end() > col):
                return number, match
            col, ok = 0, True
        return None

    def search_backward(self, text, prog, line, col, wrap, ok=0):
        """The last match that ends at or before line.col: (line, match), or None.

        wrap: go on from the last line, up to the start of the line where it started.
        ok: may the match be empty and stand at col?
        """
        for number, chars in _lines_up(text, line, wrap):
            limit = len(chars) if col is None else col
            match = search_reverse(prog, chars, limit)
            if match and (ok or match.start() < limit):
                return number, match
            col, ok = None, True
        return None


def _line(text, number):
    """A line with its end; '' after the last."""
    return text.get('%d.0' % number, '%d.0' % (number + 1))


def _lines_down(text, start, wrap):
    """Give (number, line without its end) from `start` to the last and, if wrap, from the first to `start`."""
    number = start
    chars = _line(text, number)
    while chars:
        yield number, chars[:-1]
        number += 1
        chars = _line(text, number)
    if wrap and number > start:
        for number in range(1, start + 1):
            yield number, _line(text, number)[:-1]


def _lines_up(text, start, wrap):
    """Give (number, line without its end) from `start` to the first and, if wrap, from the last to `start`."""
    for number in range(start, 0, -1):
        yield number, _line(text, number)[:-1]
    if wrap:
        last = int(text.index('end-1c').split('.')[0])
        for number in range(last, start - 1, -1):
            yield number, _line(text, number)[:-1]


def search_reverse(prog, chars, col):
    """The last of the matches in a line that start before col and end at most there; None if there is none."""
    found = None
    for match in prog.finditer(chars):
        if match.start() >= col or match.end() > col:
            break
        found = match
    return found


def get_selection(text):
    """The indices of the selection's ends; twice the cursor's if nothing is selected."""
    ends = []
    for name in 'sel.first', 'sel.last':
        try:
            ends.append(text.index(name))
        except TclError:
            pass
    if not ends:
        ends.append(text.index('insert'))
    return ends[0], ends[-1]


def get_line_col(index):
    """The line and column of an index 'line.column'; ValueError if it is of another form."""
    line, col = index.split('.')
    return int(line), int(col)
