# SPDX-License-Identifier: MIT
"""Widgets of the Tcl package Tix, which must be installed: combo boxes, trees, notebooks, lists of styled items, a geometry manager.

A Tix widget is made of others, its subwidgets. They are Tk widgets that no Python object made: `_parts` of a class names those that get an
object nevertheless, as attributes of the widget and in its `subwidget_list`. Options that can only be given when a widget is made
are `_static`. The package has had no maintainer for long; tkinter.ttk is what new programs use.
"""
import os
import tkinter
from tkinter import *
from tkinter import _cnfmerge

# Notifications of where something happened, when the text of a Control is taken, and how items are sorted or laid out.
WINDOW, TEXT, STATUS, IMMEDIATE, IMAGE = 'window', 'text', 'status', 'immediate', 'image'
IMAGETEXT, BALLOON, AUTO, ACROSSTOP = 'imagetext', 'balloon', 'auto', 'acrosstop'
ASCII, CELL, COLUMN, DECREASING, INCREASING, INTEGER = 'ascii', 'cell', 'column', 'decreasing', 'increasing', 'integer'
MAIN, MAX, REAL, ROW, S_REGION, X_REGION, Y_REGION = 'main', 'max', 'real', 'row', 's-region', 'x-region', 'y-region'

# What dooneevent() waits for.
TCL_DONT_WAIT, TCL_WINDOW_EVENTS, TCL_FILE_EVENTS, TCL_TIMER_EVENTS, TCL_IDLE_EVENTS = (1 << bit for bit in range(1, 6))
TCL_ALL_EVENTS = 0


class tixCommand:
    """The command `tix`: settings of Tix as a whole. A mixin of Tk."""

    def tix_addbitmapdir(self, directory):
        """Look for bitmaps and pixmaps in directory, too."""
        return self.tk.call('tix', 'addbitmapdir', directory)

    def tix_cget(self, option):
        """The value of a setting."""
        return self.tk.call('tix', 'cget', option)

    def tix_configure(self, cnf=None, **kw):
        """Change settings; without any all of them as a dict, with a name that one."""
        if isinstance(cnf, str):
            return self._getconfigure1('tix', 'configure', '-' + cnf)
        if kw:
            cnf = _cnfmerge((cnf, kw))
        if cnf is None:
            return self._getconfigure('tix', 'configure')
        return self.tk.call(('tix', 'configure') + self._options(_cnfmerge(cnf)))

    def tix_filedialog(self, dlgclass=None):
        """The path of the file dialog that all of the program shares, of the class dlgclass."""
        return self.tk.call('tix', 'filedialog', *([] if dlgclass is None else [dlgclass]))

    def tix_getbitmap(self, name):
        """The path of the bitmap called name, with '@' in front, as an option -bitmap takes it."""
        return self.tk.call('tix', 'getbitmap', name)

    def tix_getimage(self, name):
        """The name of an image made from name.xpm, name.gif, name.ppm or name.xbm in the bitmap directories."""
        return self.tk.call('tix', 'getimage', name)

    def tix_option_get(self, name):
        """An option of the colour scheme."""
        return self.tk.call('tix', 'option', 'get', name)

    def tix_resetoptions(self, newScheme, newFontSet, newScmPrio=None):
        """Take another colour scheme and font set, with the priority newScmPrio in the option database."""
        return self.tk.call('tix', 'resetoptions', newScheme, newFontSet, *([] if newScmPrio is None else [newScmPrio]))


class Tk(tkinter.Tk, tixCommand):
    """A root window whose interpreter has Tix."""

    def __init__(self, screenName=None, baseName=None, className='Tix'):
        """As tkinter.Tk. The package is looked for beside the executable and in the folder that TIX_LIBRARY names, too."""
        tkinter.Tk.__init__(self, screenName, baseName, className)
        self.tk.eval('global auto_path; lappend auto_path [file dir [info nameof]]')
        folder = os.environ.get('TIX_LIBRARY')
        if folder is not None:
            for variable in 'auto_path', 'tcl_pkgPath':
                self.tk.eval('global %s; lappend %s {%s}' % (variable, variable, folder))
        self.tk.eval('package require Tix')

    def destroy(self):
        """Destroy the window; what should happen when its frame is closed need not any more."""
        self.protocol('WM_DELETE_WINDOW', '')
        tkinter.Tk.destroy(self)


class Form:
    """The geometry manager of Tix: edges of widgets attached to each other and to places of the master."""

    def config(self, cnf={}, **kw):
        """Put this widget into its master: left, right, top, bottom, and fill, padding and springs of each."""
        self.tk.call('tixForm', self._w, *self._options(cnf, kw))

    form = config

    def __setitem__(self, key, value):
        Form.form(self, {key: value})

    def check(self):
        """Do attachments of this master's widgets go round in a circle?"""
        return self.tk.call('tixForm', 'check', self._w)

    def forget(self):
        """Take this widget out of its master."""
        self.tk.call('tixForm', 'forget', self._w)

    def grid(self, xsize=0, ysize=0):
        """Divide this master into xsize by ysize parts; without sizes how it is divided now."""
        if xsize or ysize:
            return self.tk.call('tixForm', 'grid', self._w, xsize, ysize)
        return tuple(map(self.tk.getint, self.tk.splitlist(self.tk.call('tixForm', 'grid', self._w))))

    def info(self, option=None):
        """How this widget is placed, or one option of that."""
        if not option:
            return self.tk.call('tixForm', 'info', self._w)
        return self.tk.call('tixForm', 'info', self._w, option if option[0] == '-' else '-' + option)

    def slaves(self):
        """The widgets that this master places."""
        return [self._nametowidget(path) for path in self.tk.splitlist(self.tk.call('tixForm', 'slaves', self._w))]


tkinter.Widget.__bases__ += (Form,)


class TixWidget(tkinter.Widget):
    """What all widgets of Tix have in common: subwidgets."""

    _parts = ()

    def __init__(self, master=None, widgetName=None, static_options=None, cnf={}, kw={}):
        """widgetName: the Tix command that makes the widget; None if it is there. static_options: names of options that go to it."""
        cnf = _cnfmerge((cnf, kw)) if kw else _cnfmerge(cnf)
        static = ['options'] + list(static_options or ())
        made_with = ()
        for name in [name for name in cnf if name in static]:
            made_with += ('-' + name, cnf.pop(name))
        self.widgetName = widgetName
        Widget._setup(self, master, cnf)
        if widgetName:
            self.tk.call(widgetName, self._w, *made_with)
            if cnf:
                Widget.config(self, cnf)
        self.subwidget_list = {}

    def __getattr__(self, name):
        parts = self.__dict__.get('subwidget_list', {})
        if name in parts:
            return parts[name]
        raise AttributeError(name)

    def _adopt(self):
        """Give the subwidgets of `_parts` objects."""
        for name, kind, *physically in self._parts:
            self.subwidget_list[name] = globals()[kind](self, name, *physically)

    def set_silent(self, value):
        """Tix says nothing here, but accepts it."""
        self.tk.call('tixSetSilent', self._w, value)

    def subwidget(self, name):
        """The subwidget of this name; TclError if there is none."""
        path = self._subwidget_name(name)
        if not path:
            raise TclError('Subwidget ' + name + ' not child of ' + self._name)
        return self._nametowidget(path[len(self._w) + 1:])

    def subwidgets_all(self):
        """All subwidgets that have an object."""
        found = []
        for path in self._subwidget_names() or ():
            try:
                found.append(self._nametowidget(path[len(self._w) + 1:]))
            except KeyError:
                pass
        return found

    def _subwidget_name(self, name):
        """The path of a subwidget, or None."""
        try:
            return self.tk.call(self._w, 'subwidget', name)
        except TclError:
            return None

    def _subwidget_names(self):
        """The paths of all subwidgets, or None."""
        try:
            return self.tk.splitlist(self.tk.call(self._w, 'subwidgets', '-all'))
        except TclError:
            return None

    def config_all(self, option, value):
        """Set an option of all subwidgets."""
        if option == '':
            return
        for path in self._subwidget_names() or ():
            self.tk.call(path, 'configure', '-' + (option if isinstance(option, str) else repr(option)), value)

    def image_create(self, imgtype, cnf={}, master=None, **kw):
        """Make an image of a type of Tix ("pixmap", "compound"); its name."""
        master = master or self
        words = ()
        for name, value in (_cnfmerge((cnf, kw)) if cnf and kw else cnf or kw).items():
            words += ('-' + name, self._register(value) if callable(value) else value)
        return master.tk.call(('image', 'create', imgtype) + words)

    def image_delete(self, imgname):
        """Delete an image; nothing happens if there is none of this name."""
        try:
            self.tk.call('image', 'delete', imgname)
        except TclError:
            pass


class TixSubWidget(TixWidget):
    """An object for a widget that a Tix widget has made inside itself."""

    def __init__(self, master, name, destroy_physically=1, check_intermediate=1):
        """name: of the subwidget. Widgets between master and it get objects as well unless check_intermediate is false.
        destroy_physically: destroy() ends the widget, not the object only."""
        parent = master
        if check_intermediate:
            path = str(master._subwidget_name(name) or '')
            *between, name = path[len(master._w) + 1:].split('.') if path.startswith(master._w) else [name]
            for step in between:
                try:
                    parent = parent._nametowidget(step)
                except KeyError:
                    parent = TixSubWidget(parent, step, destroy_physically=0, check_intermediate=0)
        TixWidget.__init__(self, parent, None, None, {'name': name or None})
        self.destroy_physically = destroy_physically

    def destroy(self):
        """Destroy the widget, or if it belongs to another one only its object."""
        for child in list(self.children.values()):
            child.destroy()
        self.master.children.pop(self._name, None)
        getattr(self.master, 'subwidget_list', {}).pop(self._name, None)
        if self.destroy_physically:
            self.tk.call('destroy', self._w)


class DisplayStyle:
    """How items of an HList, TList or Grid look: shared by all items that name it as their style."""

    def __init__(self, itemtype, cnf={}, *, master=None, **kw):
        """itemtype: 'text', 'image', 'imagetext' or 'window'. The style belongs to the window refwindow, or master."""
        if master is None:
            master = kw['refwindow'] if 'refwindow' in kw else cnf['refwindow'] if 'refwindow' in cnf else tkinter._default_root
            if not master:
                raise RuntimeError('Too early to create display style: no default root window')
        self.tk = master.tk
        self.stylename = self.tk.call('tixDisplayStyle', itemtype, *self._options(cnf, kw))

    def __str__(self):
        return self.stylename

    def _options(self, cnf, kw):
        words = ()
        for name, value in _cnfmerge((cnf, kw)).items() if kw else cnf.items():
            words += ('-' + name, value)
        return words

    def delete(self):
        """Delete the style."""
        self.tk.call(self.stylename, 'delete')

    def __setitem__(self, key, value):
        self.tk.call(self.stylename, 'configure', '-%s' % key, value)

    def __getitem__(self, key):
        return self.tk.call(self.stylename, 'cget', '-%s' % key)

    def config(self, cnf={}, **kw):
        """Change options; all of them as a dict, name: (name, database name, class, default, value)."""
        words = self._options(cnf, kw)
        if words:
            self.tk.call(self.stylename, 'configure', *words)
        rows = map(self.tk.splitlist, self.tk.splitlist(self.tk.call(self.stylename, 'configure')))
        return {row[0][1:]: (row[0][1:],) + tuple(row[1:]) for row in rows}


class _Made(TixWidget):
    """A class that names its command, its static options and its subwidgets."""

    _command = None
    _static = ()

    def __init__(self, master=None, cnf={}, **kw):
        TixWidget.__init__(self, master, self._command, self._static, cnf, kw)
        self._adopt()


class _MadeIn(_Made):
    """The same, with a master that must be given."""

    def __init__(self, master, cnf={}, **kw):
        _Made.__init__(self, master, cnf, **kw)


class _Dialog(_MadeIn):
    """A window of its own."""

    def popup(self):
        """Show the dialog."""
        self.tk.call(self._w, 'popup')

    def popdown(self):
        """Hide the dialog."""
        self.tk.call(self._w, 'popdown')


_BARS = ('vsb', '_dummyScrollbar'), ('hsb', '_dummyScrollbar')
_LIST = (('hlist', '_dummyHList'),) + _BARS


class Balloon(_Made):
    """A window with help that shows up beside a widget when the pointer rests on it."""

    _command = 'tixBalloon'
    _static = ('installcolormap', 'initwait', 'statusbar', 'cursor')
    _parts = ('label', '_dummyLabel', 0), ('message', '_dummyLabel', 0)

    def bind_widget(self, widget, cnf={}, **kw):
        """Show help for widget: options balloonmsg, statusmsg, msg."""
        self.tk.call(self._w, 'bind', widget._w, *self._options(cnf, kw))

    def unbind_widget(self, widget):
        """Show none for widget any more."""
        self.tk.call(self._w, 'unbind', widget._w)


class ButtonBox(_Made):
    """A row of buttons, as dialogs have it."""

    _command = 'tixButtonBox'
    _static = ('orientation',)

    def add(self, name, cnf={}, **kw):
        """Add a button; its path."""
        path = self.tk.call(self._w, 'add', name, *self._options(cnf, kw))
        self.subwidget_list[name] = _dummyButton(self, name)
        return path

    def invoke(self, name):
        """Press a button."""
        self.tk.call(self._w, 'invoke', name)


class ComboBox(_Made):
    """An entry with a list to choose from."""

    _command = 'tixComboBox'
    _static = ('editable', 'dropdown', 'fancy')
    _parts = (('label', '_dummyLabel'), ('entry', '_dummyEntry'), ('arrow', '_dummyButton'), ('slistbox', '_dummyScrolledListBox'),
              ('tick', '_dummyButton'), ('cross', '_dummyButton'))

    def add_history(self, str):
        """Put str at the beginning of the list."""
        self.tk.call(self._w, 'addhistory', str)

    def append_history(self, str):
        """Put str at the end of the list."""
        self.tk.call(self._w, 'appendhistory', str)

    def insert(self, index, str):
        """Put str before an index of the list."""
        self.tk.call(self._w, 'insert', index, str)

    def pick(self, index):
        """Choose what is at index."""
        self.tk.call(self._w, 'pick', index)


class Control(_Made):
    """An entry for a number, with arrows."""

    _command = 'tixControl'
    _parts = (('incr', '_dummyButton'), ('decr', '_dummyButton'), ('label', '_dummyLabel'), ('entry', '_dummyEntry'))

    def decrement(self):
        """Take a step down."""
        self.tk.call(self._w, 'decr')

    def increment(self):
        """Take a step up."""
        self.tk.call(self._w, 'incr')

    def invoke(self):
        """Call the command."""
        self.tk.call(self._w, 'invoke')

    def update(self):
        """Take what was typed."""
        self.tk.call(self._w, 'update')


class DirList(_MadeIn):
    """The folders above a folder and in it."""

    _command = 'tixDirList'
    _parts = _LIST

    def chdir(self, dir):
        """Show another folder."""
        self.tk.call(self._w, 'chdir', dir)


class DirTree(_MadeIn):
    """A tree of folders."""

    _command = 'tixDirTree'
    _parts = _LIST

    def chdir(self, dir):
        """Show another folder."""
        self.tk.call(self._w, 'chdir', dir)


class DirSelectBox(_MadeIn):
    """A box to choose a folder in."""

    _command = 'tixDirSelectBox'
    _parts = ('dirlist', '_dummyDirList'), ('dircbx', '_dummyFileComboBox')


class ExFileSelectBox(_MadeIn):
    """A box to choose a file in, with lists of folders, files and types."""

    _command = 'tixExFileSelectBox'
    _parts = (('cancel', '_dummyButton'), ('ok', '_dummyButton'), ('hidden', '_dummyCheckbutton'), ('types', '_dummyComboBox'),
              ('dir', '_dummyComboBox'), ('dirlist', '_dummyDirList'), ('file', '_dummyComboBox'), ('filelist', '_dummyScrolledListBox'))

    def filter(self):
        """Read the folder anew."""
        self.tk.call(self._w, 'filter')

    def invoke(self):
        """Choose what is selected."""
        self.tk.call(self._w, 'invoke')


class DirSelectDialog(_Dialog):
    """A window to choose a folder in."""

    _command = 'tixDirSelectDialog'
    _parts = ('dirbox', '_dummyDirSelectBox'),


class ExFileSelectDialog(_Dialog):
    """A window to choose a file in, with lists of folders, files and types."""

    _command = 'tixExFileSelectDialog'
    _parts = ('fsbox', '_dummyExFileSelectBox'),


class FileSelectBox(_MadeIn):
    """A box to choose a file in, as Motif has it."""

    _command = 'tixFileSelectBox'
    _parts = (('dirlist', '_dummyScrolledListBox'), ('filelist', '_dummyScrolledListBox'), ('filter', '_dummyComboBox'),
              ('selection', '_dummyComboBox'))

    def apply_filter(self):
        """Read the folder anew."""
        self.tk.call(self._w, 'filter')

    def invoke(self):
        """Choose what is selected."""
        self.tk.call(self._w, 'invoke')


class FileSelectDialog(_Dialog):
    """A window to choose a file in, as Motif has it."""

    _command = 'tixFileSelectDialog'
    _parts = ('btns', '_dummyStdButtonBox'), ('fsbox', '_dummyFileSelectBox')


class FileEntry(_MadeIn):
    """An entry for the name of a file, with a button for a dialog."""

    _command = 'tixFileEntry'
    _static = ('dialogtype',)
    _parts = ('button', '_dummyButton'), ('entry', '_dummyEntry')

    def invoke(self):
        """Take what was typed."""
        self.tk.call(self._w, 'invoke')

    def file_dialog(self):
        """Nothing: Tix opens its dialog itself."""


class HList(_Made, XView, YView):
    """A hierarchy of entries, drawn with lines; each has a path of names, and an item for each column."""

    _command = 'tixHList'
    _static = ('columns',)

    def add(self, entry, cnf={}, **kw):
        """Add an entry; its path."""
        return self.tk.call(self._w, 'add', entry, *self._options(cnf, kw))

    def add_child(self, parent=None, cnf={}, **kw):
        """Add an entry below parent, or at the top, with a path that Tix makes up; that path."""
        return self.tk.call(self._w, 'addchild', parent or '', *self._options(cnf, kw))

    def anchor_set(self, entry):
        """Make entry the anchor of selections."""
        self.tk.call(self._w, 'anchor', 'set', entry)

    def anchor_clear(self):
        """Have no anchor."""
        self.tk.call(self._w, 'anchor', 'clear')

    def column_width(self, col=0, width=None, chars=None):
        """Set the width of a column, in pixels or characters ('' for what its items need); without it, ask."""
        if chars:
            return self.tk.call(self._w, 'column', 'width', col, '-char', chars)
        return self.tk.call(self._w, 'column', 'width', col, width)

    def delete_all(self):
        """Delete all entries."""
        self.tk.call(self._w, 'delete', 'all')

    def delete_entry(self, entry):
        """Delete an entry and all below it."""
        self.tk.call(self._w, 'delete', 'entry', entry)

    def delete_offsprings(self, entry):
        """Delete all below an entry."""
        self.tk.call(self._w, 'delete', 'offsprings', entry)

    def delete_siblings(self, entry):
        """Delete all that have entry's parent, but entry."""
        self.tk.call(self._w, 'delete', 'siblings', entry)

    def dragsite_set(self, index):
        """Show index as where a drag began."""
        self.tk.call(self._w, 'dragsite', 'set', index)

    def dragsite_clear(self):
        """Show no such place."""
        self.tk.call(self._w, 'dragsite', 'clear')

    def dropsite_set(self, index):
        """Show index as where something may be dropped."""
        self.tk.call(self._w, 'dropsite', 'set', index)

    def dropsite_clear(self):
        """Show no such place."""
        self.tk.call(self._w, 'dropsite', 'clear')

    def header_create(self, col, cnf={}, **kw):
        """Make the header of a column: itemtype and options of that type."""
        self.tk.call(self._w, 'header', 'create', col, *self._options(cnf, kw))

    def header_configure(self, col, cnf={}, **kw):
        """Set options of a header; with None for cnf all of them as a dict."""
        if cnf is None:
            return self._getconfigure(self._w, 'header', 'configure', col)
        self.tk.call(self._w, 'header', 'configure', col, *self._options(cnf, kw))

    def header_cget(self, col, opt):
        """An option of a header."""
        return self.tk.call(self._w, 'header', 'cget', col, opt)

    def header_exists(self, col):
        """Has a column a header?"""
        return self.tk.getboolean(self.tk.call(self._w, 'header', 'exist', col))

    header_exist = header_exists

    def header_delete(self, col):
        """Delete the header of a column."""
        self.tk.call(self._w, 'header', 'delete', col)

    def header_size(self, col):
        """Width and height of a header."""
        return self.tk.call(self._w, 'header', 'size', col)

    def hide_entry(self, entry):
        """Do not show an entry."""
        self.tk.call(self._w, 'hide', 'entry', entry)

    def indicator_create(self, entry, cnf={}, **kw):
        """Make an indicator for an entry, as trees have it for open and closed."""
        self.tk.call(self._w, 'indicator', 'create', entry, *self._options(cnf, kw))

    def indicator_configure(self, entry, cnf={}, **kw):
        """Set options of an indicator; with None for cnf all of them as a dict."""
        if cnf is None:
            return self._getconfigure(self._w, 'indicator', 'configure', entry)
        self.tk.call(self._w, 'indicator', 'configure', entry, *self._options(cnf, kw))

    def indicator_cget(self, entry, opt):
        """An option of an indicator."""
        return self.tk.call(self._w, 'indicator', 'cget', entry, opt)

    def indicator_exists(self, entry):
        """Has entry an indicator?"""
        return self.tk.call(self._w, 'indicator', 'exists', entry)

    def indicator_delete(self, entry):
        """Delete the indicator of an entry."""
        self.tk.call(self._w, 'indicator', 'delete', entry)

    def indicator_size(self, entry):
        """Width and height of an indicator."""
        return self.tk.call(self._w, 'indicator', 'size', entry)

    def info_anchor(self):
        """The anchor's path."""
        return self.tk.call(self._w, 'info', 'anchor')

    def _integers(self, words):
        """A list of Tcl as a tuple of ints; None if it is empty."""
        return tuple(map(self.tk.getint, self.tk.splitlist(words))) or None

    def info_bbox(self, entry):
        """Left, top, right and bottom of an entry in pixels; None if it is not seen."""
        return self._integers(self.tk.call(self._w, 'info', 'bbox', entry))

    def info_children(self, entry=None):
        """The paths right below entry, or at the top."""
        return self.tk.splitlist(self.tk.call(self._w, 'info', 'children', entry))

    def info_data(self, entry):
        """The option data of an entry."""
        return self.tk.call(self._w, 'info', 'data', entry)

    def info_dragsite(self):
        """Where a drag began."""
        return self.tk.call(self._w, 'info', 'dragsite')

    def info_dropsite(self):
        """Where something may be dropped."""
        return self.tk.call(self._w, 'info', 'dropsite')

    def info_exists(self, entry):
        """Is there such an entry?"""
        return self.tk.call(self._w, 'info', 'exists', entry)

    def info_hidden(self, entry):
        """Is an entry hidden?"""
        return self.tk.call(self._w, 'info', 'hidden', entry)

    def info_next(self, entry):
        """The entry below this one on the screen."""
        return self.tk.call(self._w, 'info', 'next', entry)

    def info_parent(self, entry):
        """The parent's path."""
        return self.tk.call(self._w, 'info', 'parent', entry)

    def info_prev(self, entry):
        """The entry above this one on the screen."""
        return self.tk.call(self._w, 'info', 'prev', entry)

    def info_selection(self):
        """The paths of what is selected."""
        return self.tk.splitlist(self.tk.call(self._w, 'info', 'selection'))

    def item_cget(self, entry, col, opt):
        """An option of the item of an entry in a column."""
        return self.tk.call(self._w, 'item', 'cget', entry, col, opt)

    def item_configure(self, entry, col, cnf={}, **kw):
        """Set options of an item; with None for cnf all of them as a dict."""
        if cnf is None:
            return self._getconfigure(self._w, 'item', 'configure', entry, col)
        self.tk.call(self._w, 'item', 'configure', entry, col, *self._options(cnf, kw))

    def item_create(self, entry, col, cnf={}, **kw):
        """Make the item of an entry in a column."""
        self.tk.call(self._w, 'item', 'create', entry, col, *self._options(cnf, kw))

    def item_exists(self, entry, col):
        """Has an entry an item in a column?"""
        return self.tk.call(self._w, 'item', 'exists', entry, col)

    def item_delete(self, entry, col):
        """Delete the item of an entry in a column."""
        self.tk.call(self._w, 'item', 'delete', entry, col)

    def entrycget(self, entry, opt):
        """An option of an entry."""
        return self.tk.call(self._w, 'entrycget', entry, opt)

    def entryconfigure(self, entry, cnf={}, **kw):
        """Set options of an entry; with None for cnf all of them as a dict."""
        if cnf is None:
            return self._getconfigure(self._w, 'entryconfigure', entry)
        self.tk.call(self._w, 'entryconfigure', entry, *self._options(cnf, kw))

    def nearest(self, y):
        """The entry at a height in pixels."""
        return self.tk.call(self._w, 'nearest', y)

    def see(self, entry):
        """Scroll until entry is seen."""
        self.tk.call(self._w, 'see', entry)

    def selection_clear(self, cnf={}, **kw):
        """Select nothing."""
        self.tk.call(self._w, 'selection', 'clear', *self._options(cnf, kw))

    def selection_includes(self, entry):
        """Is an entry selected?"""
        return self.tk.call(self._w, 'selection', 'includes', entry)

    def selection_set(self, first, last=None):
        """Select an entry, or those from first to last."""
        self.tk.call(self._w, 'selection', 'set', first, last)

    def show_entry(self, entry):
        """Show an entry that was hidden."""
        return self.tk.call(self._w, 'show', 'entry', entry)


class InputOnly(_Made):
    """A window that is not seen: it takes what a pointer does."""

    _command = 'tixInputOnly'


class LabelEntry(_Made):
    """An entry with a label."""

    _command = 'tixLabelEntry'
    _static = ('labelside',)
    _parts = ('label', '_dummyLabel'), ('entry', '_dummyEntry')


class LabelFrame(_Made):
    """A frame with a label."""

    _command = 'tixLabelFrame'
    _static = ('labelside',)
    _parts = ('label', '_dummyLabel'), ('frame', '_dummyFrame')


class ListNoteBook(_MadeIn):
    """Pages, of which one is seen, and a list to choose it from."""

    _command = 'tixListNoteBook'
    _parts = ('pane', '_dummyPanedWindow', 0), ('hlist', '_dummyHList'), ('shlist', '_dummyScrolledHList')

    def add(self, name, cnf={}, **kw):
        """Add a page: options label, image, anchor, createcmd and others. The frame for its widgets."""
        self.tk.call(self._w, 'add', name, *self._options(cnf, kw))
        self.subwidget_list[name] = TixSubWidget(self, name)
        return self.subwidget_list[name]

    def page(self, name):
        """A page's frame."""
        return self.subwidget(name)

    def pages(self):
        """The pages."""
        return [self.subwidget(name) for name in self.tk.splitlist(self.tk.call(self._w, 'pages'))]

    def raise_page(self, name):
        """Show a page."""
        self.tk.call(self._w, 'raise', name)


class Meter(_Made):
    """How far something has got."""

    _command = 'tixMeter'


class NoteBook(_Made):
    """Pages with tabs, of which one is seen."""

    _command = 'tixNoteBook'
    _parts = ('nbframe', 'TixSubWidget', 0),

    def add(self, name, cnf={}, **kw):
        """Add a page: options label, image, anchor, createcmd and others. The frame for its widgets."""
        self.tk.call(self._w, 'add', name, *self._options(cnf, kw))
        self.subwidget_list[name] = TixSubWidget(self, name)
        return self.subwidget_list[name]

    def page(self, name):
        """A page's frame."""
        return self.subwidget(name)

    def delete(self, name):
        """Delete the page or pane of this name and what is in it."""
        self.tk.call(self._w, 'delete', name)
        self.subwidget_list[name].destroy()
        self.subwidget_list.pop(name, None)

    def pages(self):
        """The pages."""
        return [self.subwidget(name) for name in self.tk.splitlist(self.tk.call(self._w, 'pages'))]

    def raise_page(self, name):
        """Show a page."""
        self.tk.call(self._w, 'raise', name)

    def raised(self):
        """The name of the page that is seen."""
        return self.tk.call(self._w, 'raised')


class NoteBookFrame(TixWidget):
    """The tabs of a NoteBook, which makes it."""


class OptionMenu(_MadeIn):
    """A button with the chosen one of some commands; pressed it shows the others."""

    _command = 'tixOptionMenu'
    _parts = ('menubutton', '_dummyMenubutton'), ('menu', '_dummyMenu')

    def add_command(self, name, cnf={}, **kw):
        """Add a command."""
        self.tk.call(self._w, 'add', 'command', name, *self._options(cnf, kw))

    def add_separator(self, name, cnf={}, **kw):
        """Add a line."""
        self.tk.call(self._w, 'add', 'separator', name, *self._options(cnf, kw))

    def delete(self, name):
        """Delete what has this name."""
        self.tk.call(self._w, 'delete', name)

    def disable(self, name):
        """Let a command not be chosen."""
        self.tk.call(self._w, 'disable', name)

    def enable(self, name):
        """Let a command be chosen again."""
        self.tk.call(self._w, 'enable', name)


class PanedWindow(_MadeIn):
    """Panes beside each other with handles between them."""

    _command = 'tixPanedWindow'
    _static = ('orientation',)

    def add(self, name, cnf={}, **kw):
        """Add a pane: options before, after, at, min, max, size, expand. The frame for its widgets."""
        self.tk.call(self._w, 'add', name, *self._options(cnf, kw))
        self.subwidget_list[name] = TixSubWidget(self, name, check_intermediate=0)
        return self.subwidget_list[name]

    def delete(self, name):
        """Delete the page or pane of this name and what is in it."""
        self.tk.call(self._w, 'delete', name)
        self.subwidget_list[name].destroy()
        self.subwidget_list.pop(name, None)

    def forget(self, name):
        """Take a pane out without deleting it."""
        self.tk.call(self._w, 'forget', name)

    def panecget(self, entry, opt):
        """An option of a pane."""
        return self.tk.call(self._w, 'panecget', entry, opt)

    def paneconfigure(self, entry, cnf={}, **kw):
        """Set options of a pane; with None for cnf all of them as a dict."""
        if cnf is None:
            return self._getconfigure(self._w, 'paneconfigure', entry)
        self.tk.call(self._w, 'paneconfigure', entry, *self._options(cnf, kw))

    def panes(self):
        """The panes."""
        return [self.subwidget(name) for name in self.tk.splitlist(self.tk.call(self._w, 'panes'))]


class PopupMenu(_MadeIn):
    """A menu that shows up at the pointer."""

    _command = 'tixPopupMenu'
    _parts = ('menubutton', '_dummyMenubutton'), ('menu', '_dummyMenu')

    def bind_widget(self, widget):
        """Show the menu where widget is clicked."""
        self.tk.call(self._w, 'bind', widget._w)

    def unbind_widget(self, widget):
        """Do so no more."""
        self.tk.call(self._w, 'unbind', widget._w)

    def post_widget(self, widget, x, y):
        """Show the menu at a place in widget."""
        self.tk.call(self._w, 'post', widget._w, x, y)


class ResizeHandle(_MadeIn):
    """Handles around a widget to change its size with."""

    _command = 'tixResizeHandle'
    _static = ('command', 'cursorfg', 'cursorbg', 'handlesize', 'hintcolor', 'hintwidth', 'x', 'y')

    def attach_widget(self, widget):
        """Put the handles around widget."""
        self.tk.call(self._w, 'attachwidget', widget._w)

    def detach_widget(self, widget):
        """Take them away."""
        self.tk.call(self._w, 'detachwidget', widget._w)

    def hide(self, widget):
        """Hide them."""
        self.tk.call(self._w, 'hide', widget._w)

    def show(self, widget):
        """Show them."""
        self.tk.call(self._w, 'show', widget._w)


class ScrolledHList(_MadeIn):
    """An HList with scrollbars."""

    _command = 'tixScrolledHList'
    _parts = _LIST


class ScrolledListBox(_MadeIn):
    """A Listbox with scrollbars."""

    _command = 'tixScrolledListBox'
    _parts = (('listbox', '_dummyListbox'),) + _BARS


class ScrolledText(_MadeIn):
    """A Text with scrollbars."""

    _command = 'tixScrolledText'
    _parts = (('text', '_dummyText'),) + _BARS


class ScrolledTList(_MadeIn):
    """A TList with scrollbars."""

    _command = 'tixScrolledTList'
    _parts = (('tlist', '_dummyTList'),) + _BARS


class ScrolledWindow(_MadeIn):
    """A frame of any size, of which scrollbars show a part."""

    _command = 'tixScrolledWindow'
    _parts = (('window', '_dummyFrame'),) + _BARS


class Select(_MadeIn):
    """Buttons of which one or some are down."""

    _command = 'tixSelect'
    _static = ('allowzero', 'radio', 'orientation', 'labelside')
    _parts = ('label', '_dummyLabel'),

    def add(self, name, cnf={}, **kw):
        """Add a button; its object."""
        self.tk.call(self._w, 'add', name, *self._options(cnf, kw))
        self.subwidget_list[name] = _dummyButton(self, name)
        return self.subwidget_list[name]

    def invoke(self, name):
        """Press a button."""
        self.tk.call(self._w, 'invoke', name)


class Shell(_Made):
    """A window of its own."""

    _command = 'tixShell'
    _static = ('title',)


class DialogShell(_Made):
    """A window of its own that belongs to another one."""

    _command = 'tixDialogShell'
    _static = ('title', 'transient', 'mapped', 'minheight', 'minwidth')

    def popdown(self):
        """Hide the window."""
        self.tk.call(self._w, 'popdown')

    def popup(self):
        """Show the window."""
        self.tk.call(self._w, 'popup')

    def center(self):
        """Put the window over the one it belongs to."""
        self.tk.call(self._w, 'center')


class StdButtonBox(_Made):
    """The buttons OK, Apply, Cancel and Help."""

    _command = 'tixStdButtonBox'
    _static = ('orientation',)
    _parts = (('ok', '_dummyButton'), ('apply', '_dummyButton'), ('cancel', '_dummyButton'), ('help', '_dummyButton'))

    def invoke(self, name):
        """Press a button of the box."""
        if name in self.subwidget_list:
            self.tk.call(self._w, 'invoke', name)


class TList(_Made, XView, YView):
    """Items in rows and columns; an index is a number, "active", "anchor", "end", or "@x,y"."""

    _command = 'tixTList'

    def active_set(self, index):
        """Make an item the active one."""
        self.tk.call(self._w, 'active', 'set', index)

    def active_clear(self):
        """Have no active item."""
        self.tk.call(self._w, 'active', 'clear')

    def anchor_set(self, index):
        """Make an item the anchor of selections."""
        self.tk.call(self._w, 'anchor', 'set', index)

    def anchor_clear(self):
        """Have no anchor."""
        self.tk.call(self._w, 'anchor', 'clear')

    def delete(self, from_, to=None):
        """Delete an item, or those from from_ to to."""
        self.tk.call(self._w, 'delete', from_, to)

    def dragsite_set(self, index):
        """Show index as where a drag began."""
        self.tk.call(self._w, 'dragsite', 'set', index)

    def dragsite_clear(self):
        """Show no such place."""
        self.tk.call(self._w, 'dragsite', 'clear')

    def dropsite_set(self, index):
        """Show index as where something may be dropped."""
        self.tk.call(self._w, 'dropsite', 'set', index)

    def dropsite_clear(self):
        """Show no such place."""
        self.tk.call(self._w, 'dropsite', 'clear')

    def insert(self, index, cnf={}, **kw):
        """Put an item before index."""
        self.tk.call(self._w, 'insert', index, *self._options(cnf, kw))

    def info_active(self):
        """The active item."""
        return self.tk.call(self._w, 'info', 'active')

    def info_anchor(self):
        """The anchor."""
        return self.tk.call(self._w, 'info', 'anchor')

    def info_down(self, index):
        """The item below index."""
        return self.tk.call(self._w, 'info', 'down', index)

    def info_left(self, index):
        """The item left of index."""
        return self.tk.call(self._w, 'info', 'left', index)

    def info_right(self, index):
        """The item right of index."""
        return self.tk.call(self._w, 'info', 'right', index)

    def info_selection(self):
        """The indices of what is selected."""
        return self.tk.splitlist(self.tk.call(self._w, 'info', 'selection'))

    def info_size(self):
        """How many items there are."""
        return self.tk.call(self._w, 'info', 'size')

    def info_up(self, index):
        """The item above index."""
        return self.tk.call(self._w, 'info', 'up', index)

    def nearest(self, x, y):
        """The item at a place in pixels."""
        return self.tk.call(self._w, 'nearest', x, y)

    def see(self, index):
        """Scroll until index is seen."""
        self.tk.call(self._w, 'see', index)

    def selection_clear(self, cnf={}, **kw):
        """Select nothing."""
        self.tk.call(self._w, 'selection', 'clear', *self._options(cnf, kw))

    def selection_includes(self, index):
        """Is an item selected?"""
        return self.tk.call(self._w, 'selection', 'includes', index)

    def selection_set(self, first, last=None):
        """Select an item, or those from first to last."""
        self.tk.call(self._w, 'selection', 'set', first, last)


class Tree(_Made):
    """An HList whose entries can be opened and closed."""

    _command = 'tixTree'
    _parts = _LIST

    def autosetmode(self):
        """Give each entry with others below it the indicator to close it."""
        self.tk.call(self._w, 'autosetmode')

    def close(self, entrypath):
        """Close an entry that is open."""
        self.tk.call(self._w, 'close', entrypath)

    def getmode(self, entrypath):
        """What an entry's indicator does: 'open', 'close' or 'none'."""
        return self.tk.call(self._w, 'getmode', entrypath)

    def open(self, entrypath):
        """Open an entry that is closed."""
        self.tk.call(self._w, 'open', entrypath)

    def setmode(self, entrypath, mode='none'):
        """Set what an entry's indicator does."""
        self.tk.call(self._w, 'setmode', entrypath, mode)


class CheckList(_Made):
    """A tree whose entries can be ticked."""

    _command = 'tixCheckList'
    _static = ('radio',)
    _parts = _LIST

    def autosetmode(self):
        """Give each entry with others below it the indicator to close it."""
        self.tk.call(self._w, 'autosetmode')

    def close(self, entrypath):
        """Close an entry that is open."""
        self.tk.call(self._w, 'close', entrypath)

    def getmode(self, entrypath):
        """What an entry's indicator does: 'open', 'close' or 'none'."""
        return self.tk.call(self._w, 'getmode', entrypath)

    def open(self, entrypath):
        """Open an entry that is closed."""
        self.tk.call(self._w, 'open', entrypath)

    def getselection(self, mode='on'):
        """The paths of entries with a status: 'on', 'off' or 'default'."""
        return self.tk.splitlist(self.tk.call(self._w, 'getselection', mode))

    def getstatus(self, entrypath):
        """The status of an entry."""
        return self.tk.call(self._w, 'getstatus', entrypath)

    def setstatus(self, entrypath, mode='on'):
        """Set the status of an entry."""
        self.tk.call(self._w, 'setstatus', entrypath, mode)


class CObjView(TixWidget):
    """A canvas with scrollbars around what is on it."""


class Grid(_Made, XView, YView):
    """Cells in columns and rows."""

    _command = 'tixGrid'

    def anchor_clear(self):
        """Have no anchor."""
        self.tk.call(self._w, 'anchor', 'clear')

    def _integers(self, words):
        """A list of Tcl as a tuple of ints; None if it is empty."""
        return tuple(map(self.tk.getint, self.tk.splitlist(words))) or None

    def anchor_get(self):
        """Column and row of the anchor."""
        return self._integers(self.tk.call(self._w, 'anchor', 'get'))

    def anchor_set(self, x, y):
        """Make a cell the anchor of selections."""
        self.tk.call(self._w, 'anchor', 'set', x, y)

    def delete_row(self, from_, to=None):
        """Delete a row, or those from from_ to to."""
        self.tk.call(self._w, 'delete', 'row', from_, *([] if to is None else [to]))

    def delete_column(self, from_, to=None):
        """Delete a column, or those from from_ to to."""
        self.tk.call(self._w, 'delete', 'column', from_, *([] if to is None else [to]))

    def edit_apply(self):
        """Take what was typed into a cell."""
        self.tk.call(self._w, 'edit', 'apply')

    def edit_set(self, x, y):
        """Let a cell be edited."""
        self.tk.call(self._w, 'edit', 'set', x, y)

    def entrycget(self, x, y, option):
        """An option of a cell's item; option with or without a '-'."""
        return self.tk.call(self._w, 'entrycget', x, y, option if option and option[0] == '-' else '-' + option)

    def entryconfigure(self, x, y, cnf=None, **kw):
        """Set options of a cell's item; without any all of them as a dict."""
        return self._configure(('entryconfigure', x, y), cnf, kw)

    def info_exists(self, x, y):
        """Has a cell an item?"""
        return self._getboolean(self.tk.call(self._w, 'info', 'exists', x, y))

    def info_bbox(self, x, y):
        """Left, top, width and height of a cell in pixels."""
        return self.tk.call(self._w, 'info', 'bbox', x, y)

    def move_column(self, from_, to, offset):
        """Move columns by offset."""
        self.tk.call(self._w, 'move', 'column', from_, to, offset)

    def move_row(self, from_, to, offset):
        """Move rows by offset."""
        self.tk.call(self._w, 'move', 'row', from_, to, offset)

    def nearest(self, x, y):
        """Column and row of the cell at a place in pixels."""
        return self._integers(self.tk.call(self._w, 'nearest', x, y))

    def set(self, x, y, itemtype=None, **kw):
        """Put an item into a cell: itemtype 'text', 'image', 'imagetext' or 'window', and options of that type."""
        words = self._options({}, kw)
        if itemtype is not None:
            words = ('-itemtype', itemtype) + words
        self.tk.call(self._w, 'set', x, y, *words)

    def size_column(self, index, **kw):
        """Set the size of a column (a number or 'default'): options size, pad0, pad1, char; without any, ask."""
        return self.tk.splitlist(self.tk.call(self._w, 'size', 'column', index, *self._options({}, kw)))

    def size_row(self, index, **kw):
        """The same for a row."""
        return self.tk.splitlist(self.tk.call(self._w, 'size', 'row', index, *self._options({}, kw)))

    def unset(self, x, y):
        """Empty a cell."""
        self.tk.call(self._w, 'unset', x, y)


class ScrolledGrid(Grid):
    """A Grid with scrollbars."""

    _command = 'tixScrolledGrid'


# ---- objects for subwidgets ----


def _subwidget_class(base, name=None, parts=None):
    """The class of subwidgets that are what base makes elsewhere."""
    def __init__(self, master, name, destroy_physically=1):
        TixSubWidget.__init__(self, master, name, destroy_physically)
        self._adopt()
    body = {'__init__': __init__, '__module__': __name__}
    if parts is not None:
        body['_parts'] = parts
    return type(name or '_dummy' + base.__name__, (base, TixSubWidget), body)


for _base in (Button, Checkbutton, Entry, Frame, Label, Listbox, Menu, Menubutton, Scrollbar, Text, PanedWindow, HList, TList, DirList,
              ComboBox, DirSelectBox, ExFileSelectBox, FileSelectBox, ScrolledHList, ScrolledListBox, StdButtonBox):
    globals()['_dummy' + _base.__name__] = _subwidget_class(_base)
_dummyFileComboBox = _subwidget_class(ComboBox, '_dummyFileComboBox', (('dircbx', '_dummyComboBox'),))


class _dummyNoteBookFrame(NoteBookFrame, TixSubWidget):
    """The tabs of a NoteBook."""

    def __init__(self, master, name, destroy_physically=0):
        TixSubWidget.__init__(self, master, name, destroy_physically)


def OptionName(widget):
    """The name of a widget in the option database, where options for it and its subwidgets can be set."""
    return widget.tk.call('tixOptionName', widget._w)


def FileTypeList(dict):
    """{pattern: what files of this name are} as the option filetypes of file boxes takes it."""
    return ''.join('{{%s} {%s - %s}} ' % (pattern, pattern, text) for pattern, text in dict.items())
