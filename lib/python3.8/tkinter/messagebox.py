# SPDX-License-Identifier: MIT
"""Boxes that tell or ask something and wait for a button.

Options: parent, default (the name of a button), icon, detail.
"""
from tkinter.commondialog import Dialog

# icons
ERROR = 'error'
INFO = 'info'
QUESTION = 'question'
WARNING = 'warning'

# sets of buttons
ABORTRETRYIGNORE = 'abortretryignore'
OK = 'ok'
OKCANCEL = 'okcancel'
RETRYCANCEL = 'retrycancel'
YESNO = 'yesno'
YESNOCANCEL = 'yesnocancel'

# buttons, which are answers too
ABORT = 'abort'
RETRY = 'retry'
IGNORE = 'ignore'
CANCEL = 'cancel'
YES = 'yes'
NO = 'no'


class Message(Dialog):
    """A message box: options message, title, icon, type."""

    command = 'tk_messageBox'


def _show(title=None, message=None, _icon=None, _type=None, **options):
    for name, value in (('icon', _icon), ('type', _type)):
        if value:
            options.setdefault(name, value)
    for name, value in (('title', title), ('message', message)):
        if value:
            options[name] = value
    answer = Message(**options).show()
    if isinstance(answer, bool):  # Tcl takes 'yes' and 'no' for truth values
        return YES if answer else NO
    return str(answer)


def showinfo(title=None, message=None, **options):
    """Tell something; 'ok'."""
    return _show(title, message, INFO, OK, **options)


def showwarning(title=None, message=None, **options):
    """Warn of something; 'ok'."""
    return _show(title, message, WARNING, OK, **options)


def showerror(title=None, message=None, **options):
    """Tell of an error; 'ok'."""
    return _show(title, message, ERROR, OK, **options)


def askquestion(title=None, message=None, **options):
    """Ask: 'yes' or 'no'."""
    return _show(title, message, QUESTION, YESNO, **options)


def askokcancel(title=None, message=None, **options):
    """Ask whether to go on: True for OK."""
    return _show(title, message, QUESTION, OKCANCEL, **options) == OK


def askyesno(title=None, message=None, **options):
    """Ask: True for yes."""
    return _show(title, message, QUESTION, YESNO, **options) == YES


def askyesnocancel(title=None, message=None, **options):
    """Ask: True for yes, False for no, None for cancel."""
    answer = _show(title, message, QUESTION, YESNOCANCEL, **options)
    return None if answer == CANCEL else answer == YES


def askretrycancel(title=None, message=None, **options):
    """Ask whether to try again: True for retry."""
    return _show(title, message, WARNING, RETRYCANCEL, **options) == RETRY


if __name__ == '__main__':
    for _ask in (showinfo, showwarning, showerror, askquestion, askokcancel, askyesno, askyesnocancel, askretrycancel):
        print(_ask.__name__, _ask('Spam', 'Egg %s' % _ask.__name__))
