# SPDX-License-Identifier: MIT
"""Completions of attributes and file names: what they are for, what they are, when their window opens.

The window itself is in autocomplete_w.
"""
import __main__
import keyword
import os
import string
import sys

# What is completed.
ATTRS, FILES = 0, 1

from idlelib import autocomplete_w      # which imports the two
from idlelib.config import idleConf
from idlelib.hyperparser import HyperParser

# Why completions are wanted, as arguments of open_completions(): whether calls may be made to find out about an object, whether
# to complete as far as possible first, whether the user has asked for the window, and what kind it must be.
FORCE = True, False, True, None
TAB = False, True, True, None
TRY_A = False, False, False, ATTRS
TRY_F = False, False, False, FILES

ID_CHARS = string.ascii_letters + string.digits + '_'
SEPS = os.sep + (os.altsep or '')
TRIGGERS = '.' + SEPS


class AutoComplete:
    """The completions of one window, or of the process that runs the user's code."""

    def __init__(self, editwin=None):
        """editwin: the window; None where there is none: only fetch_completions() can be used then."""
        self.editwin = editwin
        self.text = editwin.text if editwin is not None else None
        self.autocompletewindow = None
        self._delayed_completion_id = None          # of the timer that opens a window
        self._delayed_completion_index = None       # where the cursor was then

    @classmethod
    def reload(cls):
        """Read the settings anew: how many milliseconds to wait behind a dot."""
        cls.popupwait = idleConf.GetOption('extensions', 'AutoComplete', 'popupwait', type='int', default=0)

    def _make_autocomplete_window(self):
        return autocomplete_w.AutoCompleteWindow(self.text)

    def _remove_autocomplete_window(self, event=None):
        if self.autocompletewindow:
            self.autocompletewindow.hide_window()
            self.autocompletewindow = None

    # Events.

    def force_open_completions_event(self, event):
        """The user asks for a window."""
        self.open_completions(FORCE)
        return 'break'

    def autocomplete_event(self, event):
        """The tab key: complete, behind anything but blanks; else it is for others."""
        if getattr(event, 'mc_state', 0) or not self.text.get('insert linestart', 'insert').strip():
            return None
        if self.autocompletewindow and self.autocompletewindow.is_active():
            self.autocompletewindow.complete()
            return 'break'
        return 'break' if self.open_completions(TAB) else None

    def try_open_completions_event(self, event=None):
        """A dot or a slash has been typed: open a window in a while if nothing else happens."""
        typed = self.text.get('insert-1c')
        if typed not in TRIGGERS:
            return
        self._cancel_delayed()
        self._delayed_completion_index = self.text.index('insert')
        self._delayed_completion_id = self.text.after(self.popupwait, self._delayed_open_completions,
                                                      TRY_A if typed == '.' else TRY_F)

    def _cancel_delayed(self):
        if self._delayed_completion_id is not None:
            timer, self._delayed_completion_id = self._delayed_completion_id, None
            self.text.after_cancel(timer)

    def _delayed_open_completions(self, args):
        """Time is over: open the window if the cursor is where it was."""
        self._delayed_completion_id = None
        if self.text.index('insert') == self._delayed_completion_index:
            self.open_completions(args)

    # What is completed.

    def open_completions(self, args):
        """Complete what is before the cursor, or show a window to choose from.

        args: FORCE, TAB, TRY_A or TRY_F.
        Returns whether a window has been opened or text completed; None if there is nothing to complete.
        """
        evalfuncs, complete, wantwin, mode = args
        self._cancel_delayed()
        parser = HyperParser(self.editwin, 'insert')
        line = self.text.get('insert linestart', 'insert')
        if parser.is_in_string():       # also behind a dot: it may be part of a name
            mode, (what, begun) = FILES, self._file_before(line)
        elif parser.is_in_code() and mode != FILES:
            mode, (what, begun) = ATTRS, self._attribute_before(line, parser)
        else:
            return None
        self._remove_autocomplete_window()
        if what is None or '(' in what and mode == ATTRS and not evalfuncs:
            return None
        if complete and not what and not begun:
            return None
        lists = self.fetch_completions(what, mode)
        if not lists[0]:
            return None
        self.autocompletewindow = self._make_autocomplete_window()
        return not self.autocompletewindow.show_window(lists, 'insert-%dc' % len(begun), complete, mode, wantwin)

    @staticmethod
    def _file_before(line):
        """The folder and the beginning of a name in it, from the quote to the end of a line."""
        path = line[max(line.rfind("'"), line.rfind('"')) + 1:]
        name = max(path.rfind(sep) for sep in SEPS) + 1
        return path[:name], path[name:]

    @staticmethod
    def _attribute_before(line, parser):
        """The expression before a dot, None if there is no good one, and the beginning of a name at the end of a line.

        Without a dot the expression is ''.
        """
        place = len(line)
        while place and (line[place - 1] in ID_CHARS or line[place - 1] > '\x7f'):
            place -= 1
        begun = line[place:]
        if line[place - 1:place] != '.':
            return '', begun
        parser.set_index('insert-%dc' % (len(begun) + 1))
        return parser.get_expression() or None, begun

    # The completions.

    def fetch_completions(self, what, mode):
        """The completions for an expression (ATTRS) or a folder (FILES), either of them '' for what is there anyway.

        Returns two sorted lists, one without what is private or hidden, one with all; both empty if there is no
        such thing.  The shell's other process finds them, if it has one.
        """
        try:
            client = self.editwin.flist.pyshell.interp.rpcclt
        except AttributeError:
            client = None
        if client:
            return client.remotecall('exec', 'get_the_completion_list', (what, mode), {})
        if mode == FILES:
            return self._files(what)
        return self._attributes(what) if what else self._names()

    @staticmethod
    def _files(folder):
        try:
            names = sorted(os.listdir(os.path.expanduser(folder or '.')))
        except OSError:
            return [], []
        return [name for name in names if name[:1] != '.'] or names, names

    @staticmethod
    def _names():
        """What can be named in the main module."""
        names = {**__main__.__builtins__.__dict__, **__main__.__dict__}
        every = sorted({*names, *keyword.kwlist})
        public = sorted(names['__all__']) if '__all__' in names else [name for name in every if name[:1] != '_']
        return public or every, every

    def _attributes(self, expression):
        try:
            entity = self.get_entity(expression)
            every = sorted(dir(entity))
            public = sorted(entity.__all__) if '__all__' in every else [name for name in every if name[:1] != '_']
        except BaseException:       # it is the user's code that runs here
            return [], []
        return public or every, every

    def get_entity(self, name):
        """Evaluate an expression with all modules and the main module's names."""
        return eval(name, {**sys.modules, **__main__.__dict__})


AutoComplete.reload()


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_autocomplete', verbosity=2)
