# SPDX-License-Identifier: MIT
"""Windows, by way of Tk: each widget is an object, each command of Tk a method.

    import tkinter as tk
    root = tk.Tk()
    tk.Button(root, text='Bye', command=root.destroy).pack()
    root.mainloop()

Options are keyword arguments when a widget is made, with configure(), and as
items (``button['text']``).  Names that are words of Python take a ``_`` at
their end (``from_``, ``class_``).

The package stands in several files; all their names belong here:
_words (values as Tcl words), _events, _misc (what every widget can), _manage
(windows and geometry), _widgets, _canvas, _text, _images.
"""
import enum
import re
import sys

import _tkinter
from _tkinter import EXCEPTION, READABLE, TclError, WRITABLE
from tkinter.constants import *
from tkinter._words import _cnfmerge, _flatten, _join, _magic_re, _space_re, _splitdict, _stringify
from tkinter._events import Event, EventType

wantobjects = 1

TkVersion = float(_tkinter.TK_VERSION)
TclVersion = float(_tkinter.TCL_VERSION)

_support_default_root = True
_default_root = None


def NoDefaultRoot():
    """Have every widget and variable name its master: none is taken to belong to the first Tk()."""
    global _support_default_root, _default_root
    _support_default_root = False
    _default_root = None
    del _default_root


def _get_default_root(what=None):
    """The first Tk() that still lives; one is made if what, the purpose, is not given."""
    if not _support_default_root:
        raise RuntimeError('No master specified and tkinter is configured to not support default root')
    if not _default_root:
        if what:
            raise RuntimeError('Too early to %s: no default root window' % what)
        made = Tk()
        assert _default_root is made
    return _default_root


def _tkerror(err):
    """Tcl's reports of errors in the background: the callbacks have reported them."""


def _exit(code=0):
    """Tcl's command exit."""
    try:
        code = int(code)
    except ValueError:
        pass
    raise SystemExit(code)


_varnum = 0


class Variable:
    """A variable of Tcl, which widgets can show and change.

    master is any widget of the application, value the first value, name the
    variable in Tcl.  A variable of that name keeps its value unless one is given.
    """

    _default = ''
    _tk = None
    _tclCommands = None

    def __init__(self, master=None, value=None, name=None):
        if name is not None and not isinstance(name, str):
            raise TypeError('name must be a string')
        global _varnum
        if master is None:
            master = _get_default_root('create variable')
        self._root = master._root()
        self._tk = master.tk
        if name:
            self._name = name
        else:
            self._name = 'PY_VAR%d' % _varnum
            _varnum += 1
        if value is None and self._exists():
            return
        self.initialize(self._default if value is None else value)

    def _exists(self):
        return self._tk.getboolean(self._tk.call('info', 'exists', self._name))

    def __del__(self):
        if self._tk is None:
            return
        if self._exists():
            self._tk.globalunsetvar(self._name)
        commands, self._tclCommands = self._tclCommands, None
        for name in commands or ():
            self._tk.deletecommand(name)

    def __str__(self):
        return self._name

    def set(self, value):
        """Give the variable a value."""
        return self._tk.globalsetvar(self._name, value)

    initialize = set

    def get(self):
        """The value."""
        return self._tk.globalgetvar(self._name)

    def _register(self, callback):
        made = CallWrapper(callback, None, self._root).__call__
        cbname = str(id(made)) + getattr(getattr(callback, '__func__', callback), '__name__', '')
        self._tk.createcommand(cbname, made)
        if self._tclCommands is None:
            self._tclCommands = []
        self._tclCommands.append(cbname)
        return cbname

    def _release(self, cbname):
        """Delete the command of a trace unless another trace has it."""
        for _modes, command in self.trace_info():
            if self._tk.splitlist(command)[0] == cbname:
                return
        self._tk.deletecommand(cbname)
        try:
            self._tclCommands.remove(cbname)
        except ValueError:
            pass

    def trace_add(self, mode, callback):
        """Call callback(name, index, mode) at each use of a kind; returns the name for trace_remove().

        mode: 'array', 'read', 'write', 'unset', or a sequence of these.
        """
        cbname = self._register(callback)
        self._tk.call('trace', 'add', 'variable', self._name, mode, (cbname,))
        return cbname

    def trace_remove(self, mode, cbname):
        """Undo trace_add() of that mode, which returned cbname."""
        self._tk.call('trace', 'remove', 'variable', self._name, mode, cbname)
        self._release(self._tk.splitlist(cbname)[0])

    def trace_info(self):
        """The traces as a list of pairs: modes, name of the callback."""
        split = self._tk.splitlist
        traces = split(self._tk.call('trace', 'info', 'variable', self._name))
        return [(split(modes), command) for modes, command in map(split, traces)]

    def trace_variable(self, mode, callback):
        """trace_add() in Tcl's old form; mode is of the letters r, w and u.  Deprecated."""
        cbname = self._register(callback)
        self._tk.call('trace', 'variable', self._name, mode, cbname)
        return cbname

    trace = trace_variable

    def trace_vdelete(self, mode, cbname):
        """trace_remove() in Tcl's old form.  Deprecated."""
        self._tk.call('trace', 'vdelete', self._name, mode, cbname)
        self._release(self._tk.splitlist(cbname)[0])

    def trace_vinfo(self):
        """trace_info() in Tcl's old form.  Deprecated."""
        traces = self._tk.call('trace', 'vinfo', self._name)
        return [self._tk.splitlist(item) for item in self._tk.splitlist(traces)]

    def __eq__(self, other):
        """Are both of one class and name, in one interpreter?"""
        if not isinstance(other, Variable):
            return NotImplemented
        return type(self).__name__ == type(other).__name__ and self._name == other._name and self._tk == other._tk


class StringVar(Variable):
    """A variable that holds text."""

    _default = ''

    def __init__(self, master=None, value=None, name=None):
        Variable.__init__(self, master, value, name)

    def get(self):
        """The value as a str."""
        value = self._tk.globalgetvar(self._name)
        return value if isinstance(value, str) else str(value)


class IntVar(Variable):
    """A variable that holds an integer."""

    _default = 0

    def __init__(self, master=None, value=None, name=None):
        Variable.__init__(self, master, value, name)

    def get(self):
        """The value as an int; what stands behind a decimal point is cut off."""
        value = self._tk.globalgetvar(self._name)
        try:
            return self._tk.getint(value)
        except (TypeError, TclError):
            return int(self._tk.getdouble(value))


class DoubleVar(Variable):
    """A variable that holds a float."""

    _default = 0.0

    def __init__(self, master=None, value=None, name=None):
        Variable.__init__(self, master, value, name)

    def get(self):
        """The value as a float."""
        return self._tk.getdouble(self._tk.globalgetvar(self._name))


class BooleanVar(Variable):
    """A variable that is true or false."""

    _default = False

    def __init__(self, master=None, value=None, name=None):
        Variable.__init__(self, master, value, name)

    def set(self, value):
        """Make it what Tcl reads value as."""
        return self._tk.globalsetvar(self._name, self._tk.getboolean(value))

    initialize = set

    def get(self):
        """The value as a bool; ValueError if it is no such thing."""
        try:
            return self._tk.getboolean(self._tk.globalgetvar(self._name))
        except TclError:
            raise ValueError('invalid literal for getboolean()')


def mainloop(n=0):
    """Handle events of the default root until quit() or until at most n windows are left."""
    _get_default_root('run the main loop').tk.mainloop(n)


getint = int

getdouble = float


def getboolean(s):
    """What Tcl reads s as: a bool.  ValueError if it cannot."""
    try:
        return _get_default_root('use getboolean()').tk.getboolean(s)
    except TclError:
        raise ValueError('invalid literal for getboolean()')


from tkinter._misc import CallWrapper, Misc
from tkinter._manage import BaseWidget, Grid, Pack, Place, Toplevel, Widget, Wm, XView, YView


def _program_name():
    """The script without its folder, and without the ending of Python files."""
    import os
    name, ending = os.path.splitext(os.path.basename(sys.argv[0]))
    return name if ending in ('.py', '.pyc') else name + ending


def _check_version(tk, what, library, expected):
    found = tk.getvar(what + '_version')
    if found != expected:
        raise RuntimeError("%s.h version (%s) doesn't match %s.a version (%s)" % (what, expected, library, found))


class Tk(Misc, Wm):
    """The main window of an application, and the Tcl interpreter that serves it.

    screenName: the display, else that of the environment
    baseName, className: name the profile files (see readprofile)
    useTk: False for Tcl without Tk; loadtk() can bring it later
    sync: have the X server answer each request at once
    use: id of a window of another program to stand in
    """

    _w = '.'

    def __init__(self, screenName=None, baseName=None, className='Tk', useTk=1, sync=0, use=None):
        self.master = None
        self.children = {}
        self._tkloaded = False
        self.tk = None  # __getattr__ would look for it
        if baseName is None:
            baseName = _program_name()
        interactive = False
        self.tk = _tkinter.create(screenName, baseName, className, interactive, wantobjects, useTk, sync, use)
        if useTk:
            self._loadtk()
        if not sys.flags.ignore_environment:
            self.readprofile(baseName, className)

    def loadtk(self):
        """Load Tk if it is not yet there, and open the window."""
        if not self._tkloaded:
            self.tk.loadtk()
            self._loadtk()

    def _loadtk(self):
        global _default_root
        self._tkloaded = True
        _check_version(self.tk, 'tk', 'libtk', _tkinter.TK_VERSION)
        _check_version(self.tk, 'tcl', 'libtcl', _tkinter.TCL_VERSION)
        if self._tclCommands is None:
            self._tclCommands = []
        for name, command in (('tkerror', _tkerror), ('exit', _exit)):
            self.tk.createcommand(name, command)
            self._tclCommands.append(name)
        if _support_default_root and _default_root is None:
            _default_root = self
        self.protocol('WM_DELETE_WINDOW', self.destroy)

    def destroy(self):
        """Close the window and all that belong to it, and end the application in Tcl."""
        global _default_root
        for child in list(self.children.values()):
            child.destroy()
        self.tk.call('destroy', self._w)
        Misc.destroy(self)
        if _support_default_root and _default_root is self:
            _default_root = None

    def readprofile(self, baseName, className):
        """Run the user's profiles: ~/.NAME.tcl, then ~/.NAME.py, of className and of baseName.

        The Python ones see the names of tkinter, and the application as self.
        """
        import os
        home = os.environ.get('HOME', os.curdir)
        names = {'self': self}
        exec('from tkinter import *', names)
        for stem in (className, baseName):
            path = os.path.join(home, '.%s' % stem)
            if os.path.isfile(path + '.tcl'):
                self.tk.call('source', path + '.tcl')
            if os.path.isfile(path + '.py'):
                with open(path + '.py') as file:
                    exec(file.read(), names)

    def report_callback_exception(self, exc, val, tb):
        """Called with an exception that a callback raised: prints it.  Meant to be replaced."""
        import traceback
        print('Exception in Tkinter callback', file=sys.stderr)
        sys.last_type, sys.last_value, sys.last_traceback = exc, val, tb
        traceback.print_exception(exc, val, tb)

    def __getattr__(self, attr):
        """What is not found here is looked for in the interpreter."""
        return getattr(self.tk, attr)


def Tcl(screenName=None, baseName=None, className='Tk', useTk=0):
    """A Tcl interpreter without Tk: no window, no display needed."""
    return Tk(screenName, baseName, className, useTk)


from tkinter._canvas import Canvas
from tkinter._text import Text
from tkinter._images import BitmapImage, Image, PhotoImage, image_names, image_types
from tkinter._widgets import (Button, Checkbutton, Entry, Frame, Label, LabelFrame, Listbox, Menu, Menubutton, Message,
                              OptionMenu, PanedWindow, Radiobutton, Scale, Scrollbar, Spinbox, _setit)

for _found in list(globals().values()):
    if isinstance(_found, type) and _found.__module__.startswith('tkinter._'):
        _found.__module__ = 'tkinter'
del _found


def _test():
    """Open a window that shows that all works."""
    root = Tk()
    Label(root, text='Tcl/Tk %s, with characters beyond Latin: \xe7\u20ac' % root.tk.call('info', 'patchlevel')).pack()
    button = Button(root, text='Click me', command=lambda: button.configure(text='[%s]' % button['text']))
    button.pack()
    root.test = button
    leave = Button(root, text='QUIT', command=root.destroy)
    leave.pack()
    for step in (root.iconify, root.update, root.deiconify, root.mainloop):  # an icon for a moment: comes to the front
        step()


if __name__ == '__main__':
    _test()
