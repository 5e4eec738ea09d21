# SPDX-License-Identifier: MIT
"""Themed widgets: their look is a matter of styles and themes, not of options.

``from tkinter import *; from tkinter.ttk import *`` lets them replace those of
tkinter that bear the same names.  What they are made of, and how that depends
on their state, is set with Style.
"""
import tkinter
from tkinter import _flatten, _join, _splitdict, _stringify

__all__ = 'Button Checkbutton Combobox Entry Frame Label Labelframe LabelFrame Menubutton Notebook Panedwindow ' \
          'PanedWindow Progressbar Radiobutton Scale Scrollbar Separator Sizegrip Spinbox Style Treeview ' \
          'LabeledScale OptionMenu tclobjs_to_py setup_master'.split()

__version__ = '0.3.1'


# ------------------------------------------------------------------ Python to Tcl

def _load_tile(master):
    """Load what Tk before 8.5 lacked; the folder can be named by TILE_LIBRARY."""
    import os
    folder = os.environ.get('TILE_LIBRARY')
    if folder:
        master.tk.eval('global auto_path; lappend auto_path {%s}' % folder)
    if tkinter.TkVersion < 8.5:
        master.tk.eval('package require tile')
    master._tile_loaded = True


def _format_optvalue(value, script=False):
    """A value as Tcl takes it: as one word of a script, or with lists joined."""
    if script:
        return _stringify(value)
    return _join(value) if isinstance(value, (list, tuple)) else value


def _format_optdict(optdict, script=False, ignore=None):
    """Options as words: ('-name', value, ...), without those in ignore; None gives the name alone."""
    words = []
    for name, value in optdict.items():
        if ignore and name in ignore:
            continue
        words.append('-%s' % name)
        if value is not None:
            words.append(_format_optvalue(value, script))
    return _flatten(words)


def _mapdict_values(items):
    """[(state, ..., value), ...] as [states in one string, value, ...]."""
    words = []
    for *states, value in items:
        words.append((states[0] or '') if len(states) == 1 else ' '.join(states))
        if value is not None:
            words.append(value)
    return words


def _format_mapdict(mapdict, script=False):
    """{option: [(state, ..., value), ...]} as words."""
    words = []
    for name, value in mapdict.items():
        words += ['-%s' % name, _format_optvalue(_mapdict_values(value), script)]
    return _flatten(words)


def _format_elemcreate(etype, script=False, *args, **kw):
    """What element_create() is given, as a specification and options."""
    spec, options = None, ()
    if etype in ('image', 'vsapi'):
        fixed = 1 if etype == 'image' else 2  # an image; a class of Windows and a part of it
        if len(args) < fixed:
            raise (IndexError if fixed == 1 else ValueError)('%s needs more arguments' % etype)
        spec = ' '.join(['%s' % (word,) for word in args[:fixed]] + [_join(_mapdict_values(args[fixed:]))])
        options = _format_optdict(kw, script)
    elif etype == 'from':
        spec = args[0]  # a theme
        if len(args) > 1:
            options = (_format_optvalue(args[1], script),)
    if script:
        return '{%s}' % spec, ' '.join(options)
    return spec, options


def _format_layoutlist(layout, indent=0, indent_size=2):
    """[(element, options), ...] as lines of Tcl, and the indent they end with."""
    lines = []
    for name, options in layout:
        options = options or {}
        words = ' '.join(_format_optdict(options, True, ('children',)))
        line = ' ' * indent + name + (' ' + words if words else '')
        if 'children' in options:
            inner, _ = _format_layoutlist(options['children'], indent + indent_size, indent_size)
            lines += [line + ' -children {', inner, ' ' * indent + '}']
        else:
            lines.append(line)
    return '\n'.join(lines), indent


def _script_from_settings(settings):
    """The settings of a theme as a script."""
    lines = []
    for name, parts in settings.items():
        if parts.get('configure'):
            words = ' '.join(_format_optdict(parts['configure'], True))
            lines.append('ttk::style configure %s %s;' % (name, words))
        if parts.get('map'):
            words = ' '.join(_format_mapdict(parts['map'], True))
            lines.append('ttk::style map %s %s;' % (name, words))
        if 'layout' in parts:
            body = _format_layoutlist(parts['layout'])[0] if parts['layout'] else 'null'
            lines.append('ttk::style layout %s {\n%s\n}' % (name, body))
        if parts.get('element create'):
            kind, *args = parts['element create']
            place = next((i for i, arg in enumerate(args) if hasattr(arg, 'items')), len(args))
            options = args[place] if place < len(args) and args[place] else {}
            spec, words = _format_elemcreate(kind, True, *args[:place], **options)
            lines.append('ttk::style element create %s %s %s %s' % (name, kind, spec, words))
    return '\n'.join(lines)


# ------------------------------------------------------------------ Tcl to Python

def _list_from_statespec(stuple):
    """(states, value, ...) as [(state, ..., value), ...]."""
    if isinstance(stuple, str):
        return stuple
    found = []
    for states, value in zip(stuple[::2], stuple[1::2]):
        if hasattr(states, 'typename') or isinstance(states, str):
            states = str(states).split()
        elif not isinstance(states, (tuple, list)):
            states = (states,)
        found.append((*states, str(value) if hasattr(value, 'typename') else value))
    return found


def _list_from_layouttuple(tk, ltuple):
    """What Tk tells of a layout as [(element, options), ...]."""
    words = tk.splitlist(ltuple)
    found, at = [], 0
    while at < len(words):
        options = {}
        found.append((words[at], options))
        at += 1
        while at < len(words):
            name, value = words[at:at + 2]
            if not name.startswith('-'):
                break
            options[name[1:]] = _list_from_layouttuple(tk, value) if name == '-children' else value
            at += 2
    return found


def _val_or_dict(tk, options, *args):
    """Run a command with options: the value of the one that was asked for, or a dict of all."""
    words = _format_optdict(options)
    answer = tk.call(*(args + words))
    if len(words) % 2:
        return answer
    return _splitdict(tk, answer, conv=_tclobj_to_py)


def _convert_stringval(value):
    """An int if it reads as one, else a str."""
    text = str(value)
    try:
        return int(text)
    except (ValueError, TypeError):
        return text


def _to_number(x):
    """The number that a str stands for."""
    if isinstance(x, str):
        return float(x) if '.' in x else int(x)
    return x


def _tclobj_to_py(val):
    """Values of Tcl, alone or in lists, as Python's."""
    if val and hasattr(val, '__len__') and not isinstance(val, str):
        if getattr(val[0], 'typename', None) == 'StateSpec':
            return _list_from_statespec(val)
        return [_convert_stringval(item) for item in val]
    return _convert_stringval(val) if hasattr(val, 'typename') else val


def tclobjs_to_py(adict):
    """Turn the values in a dict into Python's; the same dict."""
    for name in adict:
        adict[name] = _tclobj_to_py(adict[name])
    return adict


def setup_master(master=None):
    """master, or the default root."""
    return tkinter._get_default_root() if master is None else master


def _with_tile(master):
    master = setup_master(master)
    if not getattr(master, '_tile_loaded', False):
        _load_tile(master)
    return master


class Style:
    """The styles and themes of an application."""

    _name = 'ttk::style'

    def __init__(self, master=None):
        self.master = _with_tile(master)
        self.tk = self.master.tk

    def configure(self, style, query_opt=None, **kw):
        """Set options of a style; or tell of one, or of all."""
        if query_opt is not None:
            kw[query_opt] = None
        answer = _val_or_dict(self.tk, kw, self._name, 'configure', style)
        if answer or query_opt:
            return answer

    def map(self, style, query_opt=None, **kw):
        """Let options depend on the state: background=[('pressed', '!disabled', 'red'), ...].  Or tell how they do."""
        split = self.tk.splitlist
        if query_opt is not None:
            return _list_from_statespec(split(self.tk.call(self._name, 'map', style, '-' + query_opt)))
        answer = _splitdict(self.tk, self.tk.call(self._name, 'map', style, *_format_mapdict(kw)))
        return {name: _list_from_statespec(split(value)) for name, value in answer.items()}

    def lookup(self, style, option, state=None, default=None):
        """The value of an option in a state (a sequence of flags), or default."""
        return self.tk.call(self._name, 'lookup', style, '-' + option, ' '.join(state or ()), default)

    def layout(self, style, layoutspec=None):
        """Set, or return, what a style is made of: [(element, options), ...].

        options: side, sticky, expand, border, unit, and children, a list
        of the same form.
        """
        spec = None
        if layoutspec:
            spec = _format_layoutlist(layoutspec)[0]
        elif layoutspec is not None:
            spec = 'null'
        return _list_from_layouttuple(self.tk, self.tk.call(self._name, 'layout', style, spec))

    def element_create(self, elementname, etype, *args, **kw):
        """Make an element of a kind: 'image' (an image, then (state, ..., image)), 'from' (a theme, an element), 'vsapi'."""
        spec, options = _format_elemcreate(etype, False, *args, **kw)
        self.tk.call(self._name, 'element', 'create', elementname, etype, spec, *options)

    def element_names(self):
        """The elements of the theme."""
        return tuple(name.lstrip('-') for name in self.tk.splitlist(self.tk.call(self._name, 'element', 'names')))

    def element_options(self, elementname):
        """The options of an element."""
        answer = self.tk.call(self._name, 'element', 'options', elementname)
        return tuple(name.lstrip('-') for name in self.tk.splitlist(answer))

    def theme_create(self, themename, parent=None, settings=None):
        """Make a theme, which takes what it lacks from its parent; settings as in theme_settings()."""
        words = ('-parent', parent) if parent else ()
        script = _script_from_settings(settings) if settings else ''
        self.tk.call(self._name, 'theme', 'create', themename, *words, '-settings', script)

    def theme_settings(self, themename, settings):
        """Set styles of a theme: {style: {'configure': ..., 'map': ..., 'layout': ..., 'element create': ...}}."""
        self.tk.call(self._name, 'theme', 'settings', themename, _script_from_settings(settings))

    def theme_names(self):
        """The themes there are."""
        return self.tk.splitlist(self.tk.call(self._name, 'theme', 'names'))

    def theme_use(self, themename=None):
        """Use a theme; or the name of the one in use."""
        if themename is None:
            return self.tk.eval('return $ttk::currentTheme')
        self.tk.call('ttk::setTheme', themename)


class Widget(tkinter.Widget):
    """Base of the themed widgets.  Common options: class, cursor, style, takefocus."""

    def __init__(self, master, widgetname, kw=None):
        master = _with_tile(master)
        tkinter.Widget.__init__(self, master, widgetname, kw=kw)

    def identify(self, x, y):
        """The element at a point, '' for none."""
        return self.tk.call(self._w, 'identify', x, y)

    def instate(self, statespec, callback=None, *args, **kw):
        """Are all flags of the sequence set ('!flag': not set)?  If so, and there is a callback: what it returns."""
        holds = self.tk.getboolean(self.tk.call(self._w, 'instate', ' '.join(statespec)))
        if holds and callback is not None:
            return callback(*args, **kw)
        return holds

    def state(self, statespec=None):
        """Set flags ('!flag': clear); what would undo that.  Without argument: the flags set."""
        if statespec is not None:
            statespec = ' '.join(statespec)
        return self.tk.splitlist(str(self.tk.call(self._w, 'state', statespec)))

    def _asked(self, option, kw, *words):
        """Set options of a part, or tell of one or all."""
        if option is not None:
            kw[option] = None
        return _val_or_dict(self.tk, kw, self._w, *words)


class Button(Widget):
    """A button that calls a function."""

    def __init__(self, master=None, **kw):
        """Options: command, compound, default, image, state, text, textvariable, underline, width."""
        Widget.__init__(self, master, 'ttk::button', kw)

    def invoke(self):
        """Call the command; what it returns."""
        return self.tk.call(self._w, 'invoke')


class Checkbutton(Widget):
    """A button that is on or off."""

    def __init__(self, master=None, **kw):
        """Options: those of Button, and offvalue, onvalue, variable."""
        Widget.__init__(self, master, 'ttk::checkbutton', kw)

    def invoke(self):
        """Switch it, and call the command; what it returns."""
        return self.tk.call(self._w, 'invoke')


class Entry(Widget, tkinter.Entry):
    """A line of text to edit."""

    def __init__(self, master=None, widget=None, **kw):
        """Options: exportselection, invalidcommand, justify, show, state, textvariable, validate,
        validatecommand, width, xscrollcommand.
        """
        Widget.__init__(self, master, widget or 'ttk::entry', kw)

    def bbox(self, index):
        """(x, y, width, height) of a character."""
        return self._getints(self.tk.call(self._w, 'bbox', index))

    def identify(self, x, y):
        """The element at a point, '' for none."""
        return self.tk.call(self._w, 'identify', x, y)

    def validate(self):
        """Is the text valid?  Sets the flag 'invalid' accordingly."""
        return self.tk.getboolean(self.tk.call(self._w, 'validate'))


class Combobox(Entry):
    """An Entry with a list of values to choose from."""

    def __init__(self, master=None, **kw):
        """Options: exportselection, height, justify, postcommand, state, textvariable, values, width."""
        Entry.__init__(self, master, 'ttk::combobox', **kw)

    def current(self, newindex=None):
        """The number of the value chosen, -1 for none; or choose one."""
        if newindex is None:
            return self.tk.getint(self.tk.call(self._w, 'current'))
        return self.tk.call(self._w, 'current', newindex)

    def set(self, value):
        """Show a value."""
        self.tk.call(self._w, 'set', value)


class Spinbox(Entry):
    """An Entry with two buttons that go through values."""

    def __init__(self, master=None, **kw):
        """Options: command, format, from_, increment, to, values, wrap, and those of Entry."""
        Entry.__init__(self, master, 'ttk::spinbox', **kw)

    def set(self, value):
        """Show a value."""
        self.tk.call(self._w, 'set', value)


class Frame(Widget):
    """A box for other widgets."""

    def __init__(self, master=None, **kw):
        """Options: borderwidth, relief, padding, width, height."""
        Widget.__init__(self, master, 'ttk::frame', kw)


class Label(Widget):
    """Text or a picture to look at."""

    def __init__(self, master=None, **kw):
        """Options: anchor, background, compound, font, foreground, image, justify, padding, relief, text,
        textvariable, underline, width, wraplength.
        """
        Widget.__init__(self, master, 'ttk::label', kw)


class Labelframe(Widget):
    """A frame with a title."""

    def __init__(self, master=None, **kw):
        """Options: height, labelanchor, labelwidget, padding, text, underline, width."""
        Widget.__init__(self, master, 'ttk::labelframe', kw)


LabelFrame = Labelframe


class Menubutton(Widget):
    """A button that opens a menu."""

    def __init__(self, master=None, **kw):
        """Options: those of Button but command, and direction, menu."""
        Widget.__init__(self, master, 'ttk::menubutton', kw)


class Notebook(Widget):
    """Widgets of which one shows, chosen by tabs.

    A tab is named by its number, its widget, '@X,Y', 'current' or 'end'.
    """

    def __init__(self, master=None, **kw):
        """Options: height, padding, width."""
        Widget.__init__(self, master, 'ttk::notebook', kw)

    def add(self, child, **kw):
        """Add a widget, with a tab: compound, image, padding, state, sticky, text, underline."""
        self.tk.call(self._w, 'add', child, *_format_optdict(kw))

    def forget(self, tab_id):
        """Take a tab out."""
        self.tk.call(self._w, 'forget', tab_id)

    def hide(self, tab_id):
        """Hide a tab; add() brings it back."""
        self.tk.call(self._w, 'hide', tab_id)

    def identify(self, x, y):
        """The element at a point, '' for none."""
        return self.tk.call(self._w, 'identify', x, y)

    def index(self, tab_id):
        """The number of a tab; of all, for 'end'."""
        return self.tk.getint(self.tk.call(self._w, 'index', tab_id))

    def insert(self, pos, child, **kw):
        """add() before a tab, or move one there."""
        self.tk.call(self._w, 'insert', pos, child, *_format_optdict(kw))

    def select(self, tab_id=None):
        """Show a tab; or the path of the widget that shows."""
        return self.tk.call(self._w, 'select', tab_id)

    def tab(self, tab_id, option=None, **kw):
        """Set options of a tab; or tell of one, or of all."""
        return self._asked(option, kw, 'tab', tab_id)

    def tabs(self):
        """The paths of all widgets."""
        return self.tk.splitlist(self.tk.call(self._w, 'tabs') or ())

    def enable_traversal(self):
        """Let Control-Tab and Alt with the letters underlined choose tabs."""
        self.tk.call('ttk::notebook::enableTraversal', self._w)


class Panedwindow(Widget, tkinter.PanedWindow):
    """A row, or column, of widgets with sashes between them."""

    def __init__(self, master=None, **kw):
        """Options: height, orient, width."""
        Widget.__init__(self, master, 'ttk::panedwindow', kw)

    forget = tkinter.PanedWindow.forget

    def insert(self, pos, child, **kw):
        """Add a widget before a pane, or move one there."""
        self.tk.call(self._w, 'insert', pos, child, *_format_optdict(kw))

    def pane(self, pane, option=None, **kw):
        """Set options of a pane (weight); or tell of one, or of all."""
        return self._asked(option, kw, 'pane', pane)

    def sashpos(self, index, newpos=None):
        """Set, or return, where a sash is."""
        return self.tk.getint(self.tk.call(self._w, 'sashpos', index, newpos))


PanedWindow = Panedwindow


class Progressbar(Widget):
    """A bar that shows how far something has come, or that it goes on."""

    def __init__(self, master=None, **kw):
        """Options: length, maximum, mode, orient, phase, value, variable."""
        Widget.__init__(self, master, 'ttk::progressbar', kw)

    def start(self, interval=None):
        """Take a step every so many milliseconds (50)."""
        self.tk.call(self._w, 'start', interval)

    def step(self, amount=None):
        """Go on by amount (1.0)."""
        self.tk.call(self._w, 'step', amount)

    def stop(self):
        """Undo start()."""
        self.tk.call(self._w, 'stop')


class Radiobutton(Widget):
    """One of several buttons of which one is on."""

    def __init__(self, master=None, **kw):
        """Options: those of Button, and value, variable."""
        Widget.__init__(self, master, 'ttk::radiobutton', kw)

    def invoke(self):
        """Switch it on, and call the command; what it returns."""
        return self.tk.call(self._w, 'invoke')


class Scale(Widget, tkinter.Scale):
    """A slider for a number."""

    def __init__(self, master=None, **kw):
        """Options: command, from_, length, orient, to, value, variable."""
        Widget.__init__(self, master, 'ttk::scale', kw)

    def configure(self, cnf=None, **kw):
        """configure(); a change of the range causes <<RangeChanged>>."""
        answer = Widget.configure(self, cnf, **kw)
        changed = set(kw)
        if cnf is not None and not isinstance(cnf, str):
            changed.update(cnf)
        if changed & {'from', 'from_', 'to'}:
            self.event_generate('<<RangeChanged>>')
        return answer

    def get(self, x=None, y=None):
        """The value, or that of a point."""
        return self.tk.call(self._w, 'get', x, y)


class Scrollbar(Widget, tkinter.Scrollbar):
    """A bar that chooses the part of another widget that is in sight."""

    def __init__(self, master=None, **kw):
        """Options: command, orient."""
        Widget.__init__(self, master, 'ttk::scrollbar', kw)


class Separator(Widget):
    """A line."""

    def __init__(self, master=None, **kw):
        """Option: orient."""
        Widget.__init__(self, master, 'ttk::separator', kw)


class Sizegrip(Widget):
    """A corner to pull the window by."""

    def __init__(self, master=None, **kw):
        Widget.__init__(self, master, 'ttk::sizegrip', kw)


class Treeview(Widget, tkinter.XView, tkinter.YView):
    """A tree of items, each with values in columns.

    The root is '', columns are named by their ids or '#N' (shown columns; '#0' is the tree).
    """

    def __init__(self, master=None, **kw):
        """Options: columns, displaycolumns, height, padding, selectmode, show, xscrollcommand, yscrollcommand."""
        Widget.__init__(self, master, 'ttk::treeview', kw)

    def bbox(self, item, column=None):
        """(x, y, width, height) of an item, or a cell of it; '' if it is out of sight."""
        return self._getints(self.tk.call(self._w, 'bbox', item, column)) or ''

    def get_children(self, item=None):
        """The items directly in item (the root)."""
        return self.tk.splitlist(self.tk.call(self._w, 'children', item or '') or ())

    def set_children(self, item, *newchildren):
        """Let these be the items in item; the others are detached."""
        self.tk.call(self._w, 'children', item, newchildren)

    def column(self, column, option=None, **kw):
        """Set options of a column: anchor, minwidth, stretch, width.  Or tell of one (id, too), or of all."""
        return self._asked(option, kw, 'column', column)

    def delete(self, *items):
        """Delete items and all in them."""
        self.tk.call(self._w, 'delete', items)

    def detach(self, *items):
        """Take items out of the tree; reattach() brings them back."""
        self.tk.call(self._w, 'detach', items)

    def exists(self, item):
        """Is there such an item?"""
        return self.tk.getboolean(self.tk.call(self._w, 'exists', item))

    def focus(self, item=None):
        """Set, or return, the item that has the focus."""
        return self.tk.call(self._w, 'focus', item)

    def heading(self, column, option=None, **kw):
        """Set options of a heading: anchor, command, image, text.  Or tell of one, or of all."""
        command = kw.get('command')
        if command and not isinstance(command, str):
            kw['command'] = self.master.register(command, self._substitute)
        return self._asked(option, kw, 'heading', column)

    def identify(self, component, x, y):
        """The 'region', 'item', 'column', 'row' or 'element' at a point, '' for none."""
        return self.tk.call(self._w, 'identify', component, x, y)

    def identify_row(self, y):
        """The item at y."""
        return self.identify('row', 0, y)

    def identify_column(self, x):
        """The column at x, as '#N'."""
        return self.identify('column', x, 0)

    def identify_region(self, x, y):
        """'heading', 'separator', 'tree', 'cell' or 'nothing'."""
        return self.identify('region', x, y)

    def identify_element(self, x, y):
        """The element at a point."""
        return self.identify('element', x, y)

    def index(self, item):
        """The number of an item among its siblings."""
        return self.tk.getint(self.tk.call(self._w, 'index', item))

    def insert(self, parent, index, iid=None, **kw):
        """Make an item in parent before a number or 'end': image, open, tags, text, values.  Its id (iid if given)."""
        words = () if iid is None else ('-id', iid)
        return self.tk.call(self._w, 'insert', parent, index, *words, *_format_optdict(kw))

    def item(self, item, option=None, **kw):
        """Set options of an item; or tell of one, or of all."""
        return self._asked(option, kw, 'item', item)

    def move(self, item, parent, index):
        """Move an item."""
        self.tk.call(self._w, 'move', item, parent, index)

    reattach = move

    def next(self, item):
        """The sibling after an item, '' for none."""
        return self.tk.call(self._w, 'next', item)

    def parent(self, item):
        """What an item is in, '' for the root."""
        return self.tk.call(self._w, 'parent', item)

    def prev(self, item):
        """The sibling before an item, '' for none."""
        return self.tk.call(self._w, 'prev', item)

    def see(self, item):
        """Open what item is in, and scroll so that it is in sight."""
        self.tk.call(self._w, 'see', item)

    def selection(self):
        """The items selected."""
        return self.tk.splitlist(self.tk.call(self._w, 'selection'))

    def _selection(self, selop, items):
        if len(items) == 1 and isinstance(items[0], (tuple, list)):
            items = items[0]
        self.tk.call(self._w, 'selection', selop, items)

    def selection_set(self, *items):
        """Select these items only; one sequence of items will do, here and below."""
        self._selection('set', items)

    def selection_add(self, *items):
        """Select these items, too."""
        self._selection('add', items)

    def selection_remove(self, *items):
        """Deselect these items."""
        self._selection('remove', items)

    def selection_toggle(self, *items):
        """Select those that are not selected, deselect those that are."""
        self._selection('toggle', items)

    def set(self, item, column=None, value=None):
        """Set the value of a cell; or return it, or a dict of all in the row."""
        answer = self.tk.call(self._w, 'set', item, column, value)
        if column is None and value is None:
            return _splitdict(self.tk, answer, cut_minus=False, conv=_tclobj_to_py)
        return answer

    def tag_bind(self, tagname, sequence=None, callback=None):
        """bind() for the items that have a tag."""
        self._bind((self._w, 'tag', 'bind', tagname), sequence, callback, add=0)

    def tag_configure(self, tagname, option=None, **kw):
        """Set options of a tag: background, font, foreground, image.  Or tell of one, or of all."""
        return self._asked(option, kw, 'tag', 'configure', tagname)

    def tag_has(self, tagname, item=None):
        """The items that have a tag; or: has item?"""
        if item is None:
            return self.tk.splitlist(self.tk.call(self._w, 'tag', 'has', tagname))
        return self.tk.getboolean(self.tk.call(self._w, 'tag', 'has', tagname, item))


class LabeledScale(Frame):
    """A Scale, and a Label that shows its value and moves with it; they are the attributes scale and label."""

    def __init__(self, master=None, variable=None, from_=0, to=10, **kw):
        """compound='top' or 'bottom': where the label stands."""
        place = kw.pop('compound', 'top')
        self._label_top = place == 'top'
        super().__init__(master, **kw)
        if not variable:
            variable = tkinter.IntVar(master)
        variable.set(from_)
        self._variable, self._last_valid = variable, from_
        self.label, self.scale = Label(self), Scale(self, variable=variable, from_=from_, to=to)
        self.scale.bind('<<RangeChanged>>', self._adjust)
        above, below = ('top', 'bottom') if self._label_top else ('bottom', 'top')
        self.scale.pack(side=below, fill='x')
        room = Label(self)  # as high as the label, which is placed over it
        room.pack(side=above)
        room.lower()
        self.label.place(anchor='n' if above == 'top' else 's')
        self.__trace = self._variable.trace_variable('w', self._adjust)
        for event in ('<Configure>', '<Map>'):
            self.bind(event, self._adjust)

    def destroy(self):
        """Close it, and no longer follow the variable."""
        try:
            self._variable.trace_vdelete('w', self.__trace)
        except AttributeError:
            pass
        else:
            del self._variable
        super().destroy()
        self.label = self.scale = None

    def _adjust(self, *args):
        """Let the label show the value, above the slider."""
        low, high = sorted((_to_number(self.scale['from']), _to_number(self.scale['to'])))
        value = self._variable.get()
        if not low <= value <= high:
            self.value = self._last_valid
            return
        self._last_valid = value
        self.label['text'] = value
        self.after_idle(self.__place)

    def __place(self):
        self.update_idletasks()
        height = self.label.winfo_reqheight()
        if self._label_top:
            y = self.scale.winfo_y() - height
        else:
            y = self.scale.winfo_reqheight() + height
        self.label.place_configure(x=self.scale.coords()[0], y=y)

    @property
    def value(self):
        """The value."""
        return self._variable.get()

    @value.setter
    def value(self, val):
        self._variable.set(val)


class OptionMenu(Menubutton):
    """A button that shows the value of a variable, and opens a menu of values to choose from."""

    def __init__(self, master, variable, default=None, *values, **kwargs):
        """default: the first value; command=: called with the one chosen; style=, direction=: of the button."""
        look = {name: kwargs.pop(name, None) for name in ('style', 'direction')}
        Menubutton.__init__(self, master, textvariable=variable, **look)
        self['menu'] = tkinter.Menu(self, tearoff=False)
        self._variable = variable
        self._callback = kwargs.pop('command', None)
        if kwargs:
            raise tkinter.TclError('unknown option -' + next(iter(kwargs)))
        self.set_menu(default, *values)

    def __getitem__(self, item):
        value = Menubutton.__getitem__(self, item)
        return self.nametowidget(value) if item == 'menu' else value

    def set_menu(self, default=None, *values):
        """Offer other values, and choose default if it is given."""
        menu = self['menu']
        menu.delete(0, 'end')
        chosen = self._callback
        for value in values:
            command = None if chosen is None else lambda value=value: chosen(value)
            menu.add_radiobutton(label=value, command=command, variable=self._variable)
        if default:
            self._variable.set(default)

    def destroy(self):
        """Close the button; it lets go of the variable."""
        try:
            del self._variable
        except AttributeError:
            pass
        super().destroy()
