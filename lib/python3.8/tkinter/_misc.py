# SPDX-License-Identifier: MIT
"""Misc: what every widget can do, whatever its kind; and the calls that come back from Tcl."""
import sys

import _tkinter
from _tkinter import TclError
from tkinter._events import Event, EventType
from tkinter._words import _cnfmerge, _flatten, _join, _splitdict, _stringify


class CallWrapper:
    """A Tcl command that calls func; exceptions go to the application's report_callback_exception().

    subst, if not None, turns the words that Tcl gives into arguments.
    """

    def __init__(self, func, subst, widget):
        self.func = func
        self.subst = subst
        self.widget = widget

    def __call__(self, *args):
        """Called by Tcl."""
        try:
            if self.subst:
                args = self.subst(*args)
            return self.func(*args)
        except SystemExit:
            raise
        except:
            self.widget._report_exception()


def _event_number(word):
    """An int where word is one: fields that an event lacks come as '??'."""
    try:
        return int(word)
    except (ValueError, TclError):
        return word


def _option_word(value):
    """A list of strings and integers as one Tcl list; other lists are left to _tkinter."""
    words = []
    for item in value:
        if isinstance(item, str):
            words.append(_stringify(item))
        elif isinstance(item, int):
            words.append('%d' % item)
        else:
            return value
    return ' '.join(words)


class Misc:
    """Methods of all widgets: options, events, focus, grabs, selections, facts about windows, slaves."""

    # the widget made last of each kind, for names such as !button2
    _last_child_ids = None

    # commands to delete with the widget
    _tclCommands = None

    def destroy(self):
        """Let go of the commands that were made for this widget."""
        if self._tclCommands is not None:
            for name in self._tclCommands:
                self.tk.deletecommand(name)
            self._tclCommands = None

    def deletecommand(self, name):
        """Delete a Tcl command that was made for a function."""
        self.tk.deletecommand(name)
        try:
            self._tclCommands.remove(name)
        except ValueError:
            pass

    # ---------------------------------------------------------------- look

    def tk_strictMotif(self, boolean=None):
        """Set whether Tk follows Motif to the letter; returns whether it does."""
        return self.tk.getboolean(self.tk.call('set', 'tk_strictMotif', boolean))

    def tk_bisque(self):
        """Take the colours that Tk had before 4.0."""
        self.tk.call('tk_bisque')

    def tk_setPalette(self, *args, **kw):
        """Base the colours of all widgets on one background, or set some by name: foreground='blue'."""
        self.tk.call(('tk_setPalette',) + _flatten(args) + _flatten(list(kw.items())))

    # ---------------------------------------------------------------- waiting and variables

    def wait_variable(self, name='PY_VAR'):
        """Handle events until the variable is set."""
        self.tk.call('tkwait', 'variable', name)

    waitvar = wait_variable

    def wait_window(self, window=None):
        """Handle events until window (this one) is destroyed."""
        self.tk.call('tkwait', 'window', (self if window is None else window)._w)

    def wait_visibility(self, window=None):
        """Handle events until window (this one) shows or hides."""
        self.tk.call('tkwait', 'visibility', (self if window is None else window)._w)

    def setvar(self, name='PY_VAR', value='1'):
        """Set the Tcl variable name."""
        self.tk.setvar(name, value)

    def getvar(self, name='PY_VAR'):
        """The value of the Tcl variable name."""
        return self.tk.getvar(name)

    def getint(self, s):
        """The integer Tcl reads s as, else ValueError."""
        try:
            return self.tk.getint(s)
        except TclError as error:
            raise ValueError(str(error))

    def getdouble(self, s):
        """The float Tcl reads s as, else ValueError."""
        try:
            return self.tk.getdouble(s)
        except TclError as error:
            raise ValueError(str(error))

    def getboolean(self, s):
        """The bool Tcl reads s as, else ValueError."""
        try:
            return self.tk.getboolean(s)
        except TclError:
            raise ValueError('invalid literal for getboolean()')

    # ---------------------------------------------------------------- focus

    def focus_set(self):
        """Send the keyboard's events here, when the application has the focus."""
        self.tk.call('focus', self._w)

    focus = focus_set

    def focus_force(self):
        """Take the keyboard even from other applications.  Rarely polite."""
        self.tk.call('focus', '-force', self._w)

    def _widget_or_none(self, name):
        """The widget that Tcl names; None where it names none."""
        return None if not name or name == 'none' else self._nametowidget(name)

    def focus_get(self):
        """The widget of this application that has the focus, or None."""
        return self._widget_or_none(self.tk.call('focus'))

    def focus_displayof(self):
        """The widget that has the focus on this widget's display, or None."""
        return self._widget_or_none(self.tk.call('focus', '-displayof', self._w))

    def focus_lastfor(self):
        """The widget that gets the focus when this one's window gets it, or None."""
        return self._widget_or_none(self.tk.call('focus', '-lastfor', self._w))

    def tk_focusFollowsMouse(self):
        """From now on the widget under the pointer has the focus."""
        self.tk.call('tk_focusFollowsMouse')

    def tk_focusNext(self):
        """The widget that Tab goes to from here, or None."""
        return self._widget_or_none(self.tk.call('tk_focusNext', self._w))

    def tk_focusPrev(self):
        """The widget that Shift-Tab goes to from here, or None."""
        return self._widget_or_none(self.tk.call('tk_focusPrev', self._w))

    # ---------------------------------------------------------------- later

    def after(self, ms, func=None, *args):
        """Call func(*args) once after ms milliseconds; returns an id for after_cancel().

        Without func: sleep that long, without handling events.
        """
        if func is None:
            self.tk.call('after', ms)
            return None

        def once():
            try:
                func(*args)
            finally:
                try:
                    self.deletecommand(name)
                except TclError:
                    pass

        once.__name__ = getattr(func, '__name__', None) or type(func).__name__
        name = self._register(once)
        return self.tk.call('after', ms, name)

    def after_idle(self, func, *args):
        """Call func(*args) once when no events wait; returns an id for after_cancel()."""
        return self.after('idle', func, *args)

    def after_cancel(self, id):
        """Take back what after() or after_idle() arranged under id."""
        if not id:
            raise ValueError('id must be a valid identifier returned from after or after_idle')
        try:
            planned = self.tk.call('after', 'info', id)
            self.deletecommand(self.tk.splitlist(planned)[0])
        except TclError:
            pass
        self.tk.call('after', 'cancel', id)

    def bell(self, displayof=0):
        """Ring the display's bell."""
        self.tk.call(('bell',) + self._displayof(displayof))

    # ---------------------------------------------------------------- clipboard and selection

    def _fetch_text(self, command, kw):
        """What command gives; as UTF-8 where the window system is X and knows it so."""
        if 'type' not in kw and self._windowingsystem == 'x11':
            try:
                return self.tk.call(command + self._options(dict(kw, type='UTF8_STRING')))
            except TclError:
                pass
        return self.tk.call(command + self._options(kw))

    def clipboard_get(self, **kw):
        """What is in the clipboard.  Options: displayof, type (a target such as 'STRING')."""
        return self._fetch_text(('clipboard', 'get'), kw)

    def clipboard_clear(self, **kw):
        """Own the clipboard, and empty it.  Option: displayof."""
        kw.setdefault('displayof', self._w)
        self.tk.call(('clipboard', 'clear') + self._options(kw))

    def clipboard_append(self, string, **kw):
        """Add to the clipboard.  Options: displayof, format, type."""
        kw.setdefault('displayof', self._w)
        self.tk.call(('clipboard', 'append') + self._options(kw) + ('--', string))

    def selection_clear(self, **kw):
        """Clear the selection.  Options: displayof, selection."""
        kw.setdefault('displayof', self._w)
        self.tk.call(('selection', 'clear') + self._options(kw))

    def selection_get(self, **kw):
        """What is selected, in any program.  Options: displayof, selection, type."""
        kw.setdefault('displayof', self._w)
        return self._fetch_text(('selection', 'get'), kw)

    def selection_handle(self, command, **kw):
        """Let command(offset, length) answer who asks for the selection this widget owns.

        It returns a piece of the text as a str.  Options: selection, type, format.
        """
        name = self._register(command)
        self.tk.call(('selection', 'handle') + self._options(kw) + (self._w, name))

    def selection_own(self, **kw):
        """Make this widget the owner of the selection.  Options: selection, command (called when it is lost)."""
        self.tk.call(('selection', 'own') + self._options(kw) + (self._w,))

    def selection_own_get(self, **kw):
        """The widget of this application that owns the selection, or None.  Options: displayof, selection."""
        kw.setdefault('displayof', self._w)
        name = self.tk.call(('selection', 'own') + self._options(kw))
        return self._nametowidget(name) if name else None

    # ---------------------------------------------------------------- grabs

    def grab_current(self):
        """The widget that has the grab on this widget's display, or None."""
        name = self.tk.call('grab', 'current', self._w)
        return self._nametowidget(name) if name else None

    def grab_release(self):
        """Give the grab back if this widget has it."""
        self.tk.call('grab', 'release', self._w)

    def grab_set(self):
        """Take all of the application's pointer and key events here."""
        self.tk.call('grab', 'set', self._w)

    def grab_set_global(self):
        """Take all of the display's events here: other programs get none."""
        self.tk.call('grab', 'set', '-global', self._w)

    def grab_status(self):
        """'local', 'global', or None without a grab."""
        status = self.tk.call('grab', 'status', self._w)
        return None if status == 'none' else status

    # ---------------------------------------------------------------- the option database

    def option_add(self, pattern, value, priority=None):
        """Add a pattern such as '*Button.font'; priority is a number to 100 or a word such as 'widgetDefault'."""
        self.tk.call('option', 'add', pattern, value, priority)

    def option_clear(self):
        """Empty the database; it is read again at the next use."""
        self.tk.call('option', 'clear')

    def option_get(self, name, className):
        """The value for this widget of the option name, of that class; '' if there is none."""
        return self.tk.call('option', 'get', self._w, name, className)

    def option_readfile(self, fileName, priority=None):
        """Add the patterns in a file."""
        self.tk.call('option', 'readfile', fileName, priority)

    def send(self, interp, cmd, *args):
        """Have another application of Tk on this display run a command."""
        return self.tk.call(('send', interp, cmd) + args)

    # ---------------------------------------------------------------- stacking

    def lower(self, belowThis=None):
        """Put this widget below its siblings, or just below one."""
        self.tk.call('lower', self._w, belowThis)

    def tkraise(self, aboveThis=None):
        """Put this widget above its siblings, or just above one."""
        self.tk.call('raise', self._w, aboveThis)

    lift = tkraise

    # ---------------------------------------------------------------- facts about the window

    def _fact(self, what, *args):
        """winfo's answer about this window."""
        return self.tk.call('winfo', what, self._w, *args)

    def _count(self, what, *args):
        return self.tk.getint(self._fact(what, *args))

    def winfo_atom(self, name, displayof=0):
        """The number of the atom called name."""
        return self.tk.getint(self.tk.call(('winfo', 'atom') + self._displayof(displayof) + (name,)))

    def winfo_atomname(self, id, displayof=0):
        """The name of the atom with the number id."""
        return self.tk.call(('winfo', 'atomname') + self._displayof(displayof) + (id,))

    def winfo_cells(self):
        """Cells of the window's colour map."""
        return self._count('cells')

    def winfo_children(self):
        """The widgets directly inside this one, lowest first.

        Those that Tcl alone knows are left out of reach: their names are not found.
        """
        return [self._nametowidget(name) for name in self.tk.splitlist(self._fact('children'))]

    def winfo_class(self):
        """The class of the window, such as 'Button'."""
        return self._fact('class')

    def winfo_colormapfull(self):
        """Did the last colour find the colour map full?"""
        return self.tk.getboolean(self._fact('colormapfull'))

    def winfo_containing(self, rootX, rootY, displayof=0):
        """The widget at a place of the screen, or None."""
        name = self.tk.call(('winfo', 'containing') + self._displayof(displayof) + (rootX, rootY))
        return self._nametowidget(name) if name else None

    def winfo_depth(self):
        """Bits a pixel."""
        return self._count('depth')

    def winfo_exists(self):
        """1 while the window exists, else 0."""
        return self._count('exists')

    def winfo_fpixels(self, number):
        """A distance such as '2c' in pixels, as a float."""
        return self.tk.getdouble(self._fact('fpixels', number))

    def winfo_geometry(self):
        """'WIDTHxHEIGHT+X+Y'."""
        return self._fact('geometry')

    def winfo_height(self):
        """The height in pixels; 1 before the window is shown."""
        return self._count('height')

    def winfo_id(self):
        """The window's id in the window system."""
        return int(self._fact('id'), 0)

    def winfo_interps(self, displayof=0):
        """The names of all applications of Tk on the display."""
        return self.tk.splitlist(self.tk.call(('winfo', 'interps') + self._displayof(displayof)))

    def winfo_ismapped(self):
        """1 if the window is mapped, else 0."""
        return self._count('ismapped')

    def winfo_manager(self):
        """The name of its geometry manager: 'pack', 'grid', 'place', 'wm'..., '' for none."""
        return self._fact('manager')

    def winfo_name(self):
        """The last part of its path."""
        return self._fact('name')

    def winfo_parent(self):
        """The path of its parent, '' for the main window."""
        return self._fact('parent')

    def winfo_pathname(self, id, displayof=0):
        """The path of the window with that id."""
        return self.tk.call(('winfo', 'pathname') + self._displayof(displayof) + (id,))

    def winfo_pixels(self, number):
        """A distance such as '2c' in whole pixels."""
        return self._count('pixels', number)

    def winfo_pointerx(self):
        """Where the pointer is on the screen: x; -1 if it is on another."""
        return self._count('pointerx')

    def winfo_pointerxy(self):
        """Where the pointer is on the screen: (x, y)."""
        return self._getints(self._fact('pointerxy'))

    def winfo_pointery(self):
        """Where the pointer is on the screen: y; -1 if it is on another."""
        return self._count('pointery')

    def winfo_reqheight(self):
        """The height the widget asks for."""
        return self._count('reqheight')

    def winfo_reqwidth(self):
        """The width the widget asks for."""
        return self._count('reqwidth')

    def winfo_rgb(self, color):
        """The parts of a colour: (red, green, blue), each to 65535."""
        return self._getints(self._fact('rgb', color))

    def winfo_rootx(self):
        """x of its upper left corner on the screen."""
        return self._count('rootx')

    def winfo_rooty(self):
        """y of its upper left corner on the screen."""
        return self._count('rooty')

    def winfo_screen(self):
        """Its screen: 'DISPLAY.NUMBER'."""
        return self._fact('screen')

    def winfo_screencells(self):
        """Cells of the screen's own colour map."""
        return self._count('screencells')

    def winfo_screendepth(self):
        """Bits a pixel of the screen's root window."""
        return self._count('screendepth')

    def winfo_screenheight(self):
        """The height of the screen in pixels."""
        return self._count('screenheight')

    def winfo_screenmmheight(self):
        """The height of the screen in millimetres."""
        return self._count('screenmmheight')

    def winfo_screenmmwidth(self):
        """The width of the screen in millimetres."""
        return self._count('screenmmwidth')

    def winfo_screenvisual(self):
        """The screen's default class of visual, such as 'truecolor'."""
        return self._fact('screenvisual')

    def winfo_screenwidth(self):
        """The width of the screen in pixels."""
        return self._count('screenwidth')

    def winfo_server(self):
        """What the display's server says about itself."""
        return self._fact('server')

    def winfo_toplevel(self):
        """The toplevel widget this one stands in."""
        return self._nametowidget(self._fact('toplevel'))

    def winfo_viewable(self):
        """1 if the window and all it stands in are mapped, else 0."""
        return self._count('viewable')

    def winfo_visual(self):
        """The window's class of visual, such as 'truecolor'."""
        return self._fact('visual')

    def winfo_visualid(self):
        """The X id of the window's visual."""
        return self._fact('visualid')

    def winfo_visualsavailable(self, includeids=False):
        """The visuals the screen has: pairs of class and depth, with the X id if asked for."""
        visuals = self.tk.splitlist(self._fact('visualsavailable', 'includeids' if includeids else None))
        return [self.__winfo_parseitem(self.tk.splitlist(visual)) for visual in visuals]

    def __winfo_parseitem(self, t):
        return t[:1] + tuple(map(self.__winfo_getint, t[1:]))

    def __winfo_getint(self, x):
        return int(x, 0)

    def winfo_vrootheight(self):
        """The height of the virtual root window."""
        return self._count('vrootheight')

    def winfo_vrootwidth(self):
        """The width of the virtual root window."""
        return self._count('vrootwidth')

    def winfo_vrootx(self):
        """x of the virtual root window on the screen."""
        return self._count('vrootx')

    def winfo_vrooty(self):
        """y of the virtual root window on the screen."""
        return self._count('vrooty')

    def winfo_width(self):
        """The width in pixels; 1 before the window is shown."""
        return self._count('width')

    def winfo_x(self):
        """x of its upper left corner in its parent."""
        return self._count('x')

    def winfo_y(self):
        """y of its upper left corner in its parent."""
        return self._count('y')

    def update(self):
        """Handle all events that wait."""
        self.tk.call('update')

    def update_idletasks(self):
        """Do what was left for idle times, such as drawing; no events."""
        self.tk.call('update', 'idletasks')

    # ---------------------------------------------------------------- bindings

    def bindtags(self, tagList=None):
        """Set, or return as a tuple, the tags whose bindings hold for this widget, in order."""
        if tagList is not None:
            self.tk.call('bindtags', self._w, tagList)
            return None
        return self.tk.splitlist(self.tk.call('bindtags', self._w))

    def _bind(self, what, sequence, func, add, needcleanup=1):
        """Do what the methods below promise; what are the words of the command."""
        if isinstance(func, str):
            self.tk.call(what + (sequence, func))
            return None
        if func:
            funcid = self._register(func, self._substitute, needcleanup)
            script = 'if {"[%s %s]" == "break"} break\n' % (funcid, self._subst_format_str)
            self.tk.call(what + (sequence, '+' + script if add else script))
            return funcid
        if sequence:
            return self.tk.call(what + (sequence,))
        return self.tk.splitlist(self.tk.call(what))

    def bind(self, sequence=None, func=None, add=None):
        """Call func(event) when sequence happens in this widget.

        sequence is '<MODIFIER-...-TYPE-DETAIL>', such as '<Control-Button-1>',
        '<Return>' or 'x'; several of them in a row; or '<<NAME>>', a virtual
        event.  With add true other functions stay bound, else func replaces
        them.  If func returns 'break', bindings of wider scope are skipped.
        Returns an id for unbind().  Without func: the script that is bound;
        without sequence: a tuple of the sequences that are.
        """
        return self._bind(('bind', self._w), sequence, func, add)

    def unbind(self, sequence, funcid=None):
        """Undo all bindings of sequence, and let go of the function with that id."""
        self.tk.call('bind', self._w, sequence, '')
        if funcid:
            self.deletecommand(funcid)

    def bind_all(self, sequence=None, func=None, add=None):
        """bind() for all widgets."""
        return self._bind(('bind', 'all'), sequence, func, add, 0)

    def unbind_all(self, sequence):
        """Undo bind_all()."""
        self.tk.call('bind', 'all', sequence, '')

    def bind_class(self, className, sequence=None, func=None, add=None):
        """bind() for all widgets that have the tag className, such as 'Button'."""
        return self._bind(('bind', className), sequence, func, add, 0)

    def unbind_class(self, className, sequence):
        """Undo bind_class()."""
        self.tk.call('bind', className, sequence, '')

    def mainloop(self, n=0):
        """Handle events until quit(), or until at most n main windows are left."""
        self.tk.mainloop(n)

    def quit(self):
        """Let mainloop() return."""
        self.tk.quit()

    # ---------------------------------------------------------------- words from Tcl

    def _getints(self, string):
        """The integers of a Tcl list, as a tuple; None for ''."""
        if string:
            return tuple(map(self.tk.getint, self.tk.splitlist(string)))

    def _getdoubles(self, string):
        """The floats of a Tcl list, as a tuple; None for ''."""
        if string:
            return tuple(map(self.tk.getdouble, self.tk.splitlist(string)))

    def _getboolean(self, string):
        """The bool, None for ''."""
        if string:
            return self.tk.getboolean(string)

    def _displayof(self, displayof):
        """The words that name a display: that of a widget, of this one for None, none for 0."""
        if displayof:
            return ('-displayof', displayof)
        return ('-displayof', self._w) if displayof is None else ()

    @property
    def _windowingsystem(self):
        """'x11', 'win32' or 'aqua'; asked for once."""
        root = self._root()
        try:
            return root._windowingsystem_cached
        except AttributeError:
            system = root._windowingsystem_cached = root.tk.call('tk', 'windowingsystem')
            return system

    def _options(self, cnf, kw=None):
        """Options as words: ('-name', value, ...).  Functions become commands; None leaves an option out."""
        cnf = _cnfmerge((cnf, kw)) if kw else _cnfmerge(cnf)
        words = ()
        for name, value in cnf.items():
            if value is None:
                continue
            if name[-1:] == '_':
                name = name[:-1]
            if callable(value):
                value = self._register(value)
            elif isinstance(value, (tuple, list)):
                value = _option_word(value)
            words += ('-' + name, value)
        return words

    def nametowidget(self, name):
        """The widget with that path; KeyError if there is none."""
        steps = str(name).split('.')
        widget = self
        if not steps[0]:
            widget = widget._root()
            del steps[0]
        for step in steps:
            if not step:
                break
            widget = widget.children[step]
        return widget

    _nametowidget = nametowidget

    def _register(self, func, subst=None, needcleanup=1):
        """Make a Tcl command that calls func; its name.  It goes with the widget if needcleanup is true."""
        command = CallWrapper(func, subst, self).__call__
        name = str(id(command)) + getattr(getattr(func, '__func__', func), '__name__', '')
        self.tk.createcommand(name, command)
        if needcleanup:
            if self._tclCommands is None:
                self._tclCommands = []
            self._tclCommands.append(name)
        return name

    register = _register

    def _root(self):
        """The application."""
        widget = self
        while widget.master is not None:
            widget = widget.master
        return widget

    _subst_format = tuple(['%' + letter for letter in '#bfhkstwxyAEKNWTXYD'])
    _subst_format_str = ' '.join(_subst_format)

    def _substitute(self, *args):
        """The words of _subst_format as a tuple of one Event."""
        if len(args) != len(self._subst_format):
            return args
        (serial, num, focus, height, keycode, state, time, width, x, y,
         char, sent, keysym, keysym_num, path, kind, x_root, y_root, delta) = args
        event = Event()
        number = _event_number
        truth = self.tk.getboolean
        event.serial = number(serial)
        event.num = number(num)
        try:
            event.focus = truth(focus)
        except TclError:
            pass
        event.height = number(height)
        event.keycode = number(keycode)
        event.state = number(state)
        event.time = number(time)
        event.width = number(width)
        event.x = number(x)
        event.y = number(y)
        event.char = char
        try:
            event.send_event = truth(sent)
        except TclError:
            pass
        event.keysym = keysym
        event.keysym_num = number(keysym_num)
        try:
            event.type = EventType(kind)
        except ValueError:
            event.type = kind
        try:
            event.widget = self._nametowidget(path)
        except KeyError:
            event.widget = path
        event.x_root = number(x_root)
        event.y_root = number(y_root)
        try:
            event.delta = self.tk.getint(delta)
        except (ValueError, TclError):
            event.delta = 0
        return (event,)

    def _report_exception(self):
        """Hand the current exception to the application."""
        self._root().report_callback_exception(*sys.exc_info())

    # ---------------------------------------------------------------- options

    def _option_facts(self, words):
        """('-name', ...) as (name, ...)."""
        facts = self.tk.splitlist(words)
        return (facts[0][1:],) + facts[1:]

    def _getconfigure(self, *args):
        """All options that a command tells of: a dict of tuples by name."""
        facts = map(self._option_facts, self.tk.splitlist(self.tk.call(*args)))
        return {fact[0]: fact for fact in facts}

    def _getconfigure1(self, *args):
        """The one option that a command tells of, as a tuple."""
        return self._option_facts(self.tk.call(*args))

    def _configure(self, cmd, cnf, kw):
        """Set options (of this widget, or of a part of it that cmd names), or tell of one or all."""
        if kw:
            cnf = _cnfmerge((cnf, kw))
        elif cnf:
            cnf = _cnfmerge(cnf)
        words = _flatten((self._w, cmd))
        if cnf is None:
            return self._getconfigure(words)
        if isinstance(cnf, str):
            return self._getconfigure1(words + ('-' + cnf,))
        self.tk.call(words + self._options(cnf))

    def configure(self, cnf=None, **kw):
        """Set options, from a dict or by keyword.

        Without arguments: a dict of all, each a tuple of name, name and class
        in the option database, default and value (or the name and the name it
        stands for).  With a name: that tuple.
        """
        return self._configure('configure', cnf, kw)

    config = configure

    def cget(self, key):
        """The value of an option."""
        return self.tk.call(self._w, 'cget', '-' + key)

    __getitem__ = cget

    def __setitem__(self, key, value):
        self.configure({key: value})

    def keys(self):
        """The names of all options."""
        facts = self.tk.splitlist(self.tk.call(self._w, 'configure'))
        return [self._option_facts(fact)[0] for fact in facts]

    def __str__(self):
        """Its path in Tk."""
        return self._w

    def __repr__(self):
        kind = type(self)
        return '<%s.%s object %s>' % (kind.__module__, kind.__qualname__, self._w)

    # ---------------------------------------------------------------- the widgets managed inside

    _noarg_ = ['_noarg_']

    def _propagate(self, manager, flag):
        if flag is Misc._noarg_:
            return self._getboolean(self.tk.call(manager, 'propagate', self._w))
        self.tk.call(manager, 'propagate', self._w, flag)

    def _slaves(self, manager, *args):
        return [self._nametowidget(name) for name in self.tk.splitlist(self.tk.call(manager, 'slaves', self._w, *args))]

    def pack_propagate(self, flag=_noarg_):
        """Set, or return, whether this widget takes the size that what is packed inside needs."""
        return self._propagate('pack', flag)

    propagate = pack_propagate

    def pack_slaves(self):
        """The widgets packed inside, in order."""
        return self._slaves('pack')

    slaves = pack_slaves

    def place_slaves(self):
        """The widgets placed inside."""
        return self._slaves('place')

    def grid_anchor(self, anchor=None):
        """Set where the grid stands in what room is left over: 'nw', 'center'..."""
        self.tk.call('grid', 'anchor', self._w, anchor)

    anchor = grid_anchor

    def grid_bbox(self, column=None, row=None, col2=None, row2=None):
        """(x, y, width, height) of the grid, of a cell, or of all cells between two."""
        words = ('grid', 'bbox', self._w)
        for pair in ((column, row), (col2, row2)):
            if None not in pair:
                words += pair
        return self._getints(self.tk.call(*words)) or None

    bbox = grid_bbox

    def _gridconvvalue(self, value):
        """The number value stands for, None for '', else itself."""
        if isinstance(value, (str, _tkinter.Tcl_Obj)):
            text = str(value)
            if not text:
                return None
            try:
                return self.tk.getdouble(text) if '.' in text else self.tk.getint(text)
            except (ValueError, TclError):
                pass
        return value

    def _grid_configure(self, command, index, cnf, kw):
        """Set options of a row or column, or tell of one or all."""
        if isinstance(cnf, str) and not kw:
            name = cnf[:-1] if cnf[-1:] == '_' else cnf
            options = (name if name[:1] == '-' else '-' + name,)
        else:
            options = self._options(cnf, kw)
        answer = self.tk.call(('grid', command, self._w, index) + options)
        if not options:
            return _splitdict(self.tk, answer, conv=self._gridconvvalue)
        if len(options) == 1:
            return self._gridconvvalue(answer)

    def grid_columnconfigure(self, index, cnf={}, **kw):
        """Set options of the columns index (one, a list, 'all'): minsize, pad, uniform, weight.  Or tell of them."""
        return self._grid_configure('columnconfigure', index, cnf, kw)

    columnconfigure = grid_columnconfigure

    def grid_location(self, x, y):
        """(column, row) of the cell that covers a pixel of this widget."""
        return self._getints(self.tk.call('grid', 'location', self._w, x, y)) or None

    def grid_propagate(self, flag=_noarg_):
        """Set, or return, whether this widget takes the size that its grid needs."""
        return self._propagate('grid', flag)

    def grid_rowconfigure(self, index, cnf={}, **kw):
        """Set options of the rows index (one, a list, 'all'): minsize, pad, uniform, weight.  Or tell of them."""
        return self._grid_configure('rowconfigure', index, cnf, kw)

    rowconfigure = grid_rowconfigure

    def grid_size(self):
        """(columns, rows) of the grid."""
        return self._getints(self.tk.call('grid', 'size', self._w)) or None

    size = grid_size

    def grid_slaves(self, row=None, column=None):
        """The widgets in the grid, or in a row, column or cell of it; the last that came first."""
        where = ()
        if row is not None:
            where += ('-row', row)
        if column is not None:
            where += ('-column', column)
        return self._slaves('grid', *where)

    # ---------------------------------------------------------------- virtual events, images

    def event_add(self, virtual, *sequences):
        """Let the sequences cause the virtual event '<<NAME>>'."""
        self.tk.call(('event', 'add', virtual) + sequences)

    def event_delete(self, virtual, *sequences):
        """Let the sequences (all of them) no longer cause the virtual event."""
        self.tk.call(('event', 'delete', virtual) + sequences)

    def event_generate(self, sequence, **kw):
        """Make an event happen in this widget.  Options are its fields: x, y, rootx, state, when, data..."""
        words = ('event', 'generate', self._w, sequence)
        for name, value in kw.items():
            words += ('-' + name, str(value))
        self.tk.call(words)

    def event_info(self, virtual=None):
        """The virtual events there are, or the sequences that cause one; a tuple."""
        return self.tk.splitlist(self.tk.call('event', 'info', virtual))

    def image_names(self):
        """The names of all images."""
        return self.tk.splitlist(self.tk.call('image', 'names'))

    def image_types(self):
        """The types that images can have."""
        return self.tk.splitlist(self.tk.call('image', 'types'))
