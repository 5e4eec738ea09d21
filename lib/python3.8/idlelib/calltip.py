# SPDX-License-Identifier: MIT
"""Call tips: the signature and the first lines of the docstring, shown when a call's parenthesis is typed.

get_argspec() makes the text; where it runs the called object must be, so for the shell that is the other process.
"""
import inspect
import re
import sys
import textwrap
import types

from idlelib import calltip_w
from idlelib.hyperparser import HyperParser

_MAX_COLS = 85
_MAX_LINES = 5      # of the docstring
_INDENT = ' ' * 4   # of the signature's further lines
_first_param = re.compile(r'(?<=\()\w*\,?\s*')     # with the comma, in a signature
_default_callable_argspec = 'See source or doc'
_invalid_method = 'invalid method signature'    # how inspect's message begins


class Calltip:
    """The call tips of one window, or of the process that runs the user's code."""

    def __init__(self, editwin=None):
        """editwin: the window; None where there is none: only fetch_tip() can be used then."""
        self.editwin = editwin
        self.text = editwin.text if editwin is not None else None
        self.active_calltip = None      # the tip that is open
        self._calltip_window = self._make_tk_calltip_window

    def close(self):
        """Make no further tips."""
        self._calltip_window = None

    def _make_tk_calltip_window(self):
        return calltip_w.CalltipWindow(self.text)

    def remove_calltip_window(self, event=None):
        """Close the tip, if one is open."""
        if self.active_calltip:
            self.active_calltip.hidetip()
            self.active_calltip = None

    def force_open_calltip_event(self, event):
        """The user asks for a tip: evaluate calls for it, if need be."""
        self.open_calltip(True)
        return 'break'

    def try_open_calltip_event(self, event):
        """A parenthesis was opened: show a tip if that needs no call."""
        self.open_calltip(False)

    def refresh_calltip_event(self, event):
        """A parenthesis was closed: show the tip of the call around it."""
        if self.active_calltip and self.active_calltip.tipwindow:
            self.open_calltip(False)

    def open_calltip(self, evalfuncs):
        """Show the tip for the innermost call around the cursor.

        An open tip is closed when the cursor is in no parentheses, or in those of another call; parentheses that call
        nothing change nothing.  evalfuncs: whether what is called may itself have calls, which are made then.
        """
        parser = HyperParser(self.editwin, 'insert')
        parentheses = parser.get_surrounding_brackets('(')
        if not parentheses:
            self.remove_calltip_window()
            return
        left, right = parentheses
        current = self.active_calltip
        if current and left == f'{current.parenline}.{current.parencol}':
            return
        called = self._called(parser, left)
        if not called:
            return
        self.remove_calltip_window()
        if '(' in called and not evalfuncs:
            return
        tip = self.fetch_tip(called)
        if tip:
            self.active_calltip = window = self._calltip_window()
            window.showtip(tip, left, right)

    @staticmethod
    def _called(parser, left):
        """Give the expression before a parenthesis, or None."""
        parser.set_index(left)
        try:
            return parser.get_expression()
        except ValueError:      # in a string or a comment
            return None

    def fetch_tip(self, expression):
        """Give the tip for a callable, '' if there is none; the shell's other process evaluates the expression, if it has one."""
        try:
            client = self.editwin.flist.pyshell.interp.rpcclt
        except AttributeError:
            client = None
        if client:
            return client.remotecall('exec', 'get_the_calltip', (expression,), {})
        return get_argspec(get_entity(expression))


def get_entity(expression):
    """Evaluate an expression with all modules and the user's names; None if that fails in any way."""
    if expression:
        import __main__
        try:
            return eval(expression, {**sys.modules, **vars(__main__)})
        except BaseException:   # also what ends programs: it is the user's code
            pass
    return None


def get_argspec(ob):
    """Make a tip: the signature, without the first parameter if it is bound, then up to five lines of the docstring.

    The result is '' for what cannot be called, and for a callable that tells nothing a hint to look elsewhere.
    """
    try:
        call = ob.__call__
    except BaseException:       # __getattr__ is the user's code, too
        return ''
    # The instance of a class of the user: it is its __call__ that has the signature.
    target = call if isinstance(call, types.MethodType) else ob
    try:
        signature = str(inspect.signature(target))
    except Exception as exc:
        if str(exc).startswith(_invalid_method):
            return _invalid_method
        signature = ''
    if signature == '()' and isinstance(target, type):
        signature = ''      # a class without __init__ takes what its __new__ takes: not to be known
        lines = [_default_callable_argspec]
    elif len(signature) > _MAX_COLS:
        lines = textwrap.wrap(signature, _MAX_COLS, subsequent_indent=_INDENT)
    else:
        lines = [signature] if signature else []
    lines += _doc_lines(ob)
    return '\n'.join(lines) or _default_callable_argspec


def _doc_lines(ob):
    """Give the lines of the docstring up to an empty one, five at most; long ones cut."""
    doc = inspect.getdoc(ob) or ''
    lines = []
    for line in doc.split('\n', _MAX_LINES)[:_MAX_LINES]:
        line = line.strip()
        if not line:
            break
        lines.append(line if len(line) <= _MAX_COLS else line[:_MAX_COLS - 3] + '...')
    return lines


if __name__ == '__main__':
    import unittest
    unittest.main('idlelib.idle_test.test_calltip', verbosity=2, exit=False)
