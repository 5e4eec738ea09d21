# SPDX-License-Identifier: MIT
"""Toplevel windows, the three geometry managers, scrolling, and the base of all widgets."""
from tkinter._misc import Misc
from tkinter._words import _cnfmerge, _splitdict


class XView:
    """What can be scrolled sideways."""

    def xview(self, *args):
        """The part that shows, as two fractions; or scroll as a Scrollbar says ('moveto' or 'scroll', ...)."""
        shown = self.tk.call(self._w, 'xview', *args)
        if not args:
            return self._getdoubles(shown)

    def xview_moveto(self, fraction):
        """Scroll so that this fraction of the width is out of sight to the left."""
        self.tk.call(self._w, 'xview', 'moveto', fraction)

    def xview_scroll(self, number, what):
        """Scroll right (left, if negative) by a number of 'units' or 'pages'."""
        self.tk.call(self._w, 'xview', 'scroll', number, what)


class YView:
    """What can be scrolled up and down."""

    def yview(self, *args):
        """The part that shows, as two fractions; or scroll as a Scrollbar says ('moveto' or 'scroll', ...)."""
        shown = self.tk.call(self._w, 'yview', *args)
        if not args:
            return self._getdoubles(shown)

    def yview_moveto(self, fraction):
        """Scroll so that this fraction of the height is out of sight above."""
        self.tk.call(self._w, 'yview', 'moveto', fraction)

    def yview_scroll(self, number, what):
        """Scroll down (up, if negative) by a number of 'units' or 'pages'."""
        self.tk.call(self._w, 'yview', 'scroll', number, what)


class Wm:
    """What can be asked of the window manager.  Each method tells, or sets if it is given something."""

    def _wm(self, what, *args):
        return self.tk.call('wm', what, self._w, *args)

    def wm_aspect(self, minNumer=None, minDenom=None, maxNumer=None, maxDenom=None):
        """Keep width/height between two fractions.  As a tuple, or None."""
        return self._getints(self._wm('aspect', minNumer, minDenom, maxNumer, maxDenom))

    aspect = wm_aspect

    def wm_attributes(self, *args):
        """Attributes of the platform: '-topmost', '-fullscreen', '-alpha', '-type'...; each may be followed by a value."""
        return self.tk.call(('wm', 'attributes', self._w) + args)

    attributes = wm_attributes

    def wm_client(self, name=None):
        """The name of the machine the application runs on (WM_CLIENT_MACHINE)."""
        return self._wm('client', name)

    client = wm_client

    def wm_colormapwindows(self, *wlist):
        """The windows inside that have colour maps of their own (WM_COLORMAP_WINDOWS)."""
        if wlist:
            self._wm('colormapwindows', wlist if len(wlist) > 1 else wlist[0])
            return None
        return [self._nametowidget(name) for name in self._wm('colormapwindows')]

    colormapwindows = wm_colormapwindows

    def wm_command(self, value=None):
        """The command that would start the application anew (WM_COMMAND)."""
        return self._wm('command', value)

    command = wm_command

    def wm_deiconify(self):
        """Show the window itself, in front, with the focus."""
        return self._wm('deiconify')

    deiconify = wm_deiconify

    def wm_focusmodel(self, model=None):
        """'active' if the window takes the focus by itself, or 'passive'."""
        return self._wm('focusmodel', model)

    focusmodel = wm_focusmodel

    def wm_forget(self, window):
        """Make a toplevel that was a frame (see wm_manage) one again."""
        self.tk.call('wm', 'forget', window)

    forget = wm_forget

    def wm_frame(self):
        """The id of the frame the manager put around the window."""
        return self._wm('frame')

    frame = wm_frame

    def wm_geometry(self, newGeometry=None):
        """'WIDTHxHEIGHT+X+Y', or a part of it; '' for what the widgets inside need."""
        return self._wm('geometry', newGeometry)

    geometry = wm_geometry

    def wm_grid(self, baseWidth=None, baseHeight=None, widthInc=None, heightInc=None):
        """Let the window only have sizes on a grid.  As a tuple, or None."""
        return self._getints(self._wm('grid', baseWidth, baseHeight, widthInc, heightInc))

    grid = wm_grid

    def wm_group(self, pathName=None):
        """The window that leads a group of windows."""
        return self._wm('group', pathName)

    group = wm_group

    def wm_iconbitmap(self, bitmap=None, default=None):
        """The bitmap of the icon; default: that of all windows (on Windows)."""
        if default:
            return self._wm('iconbitmap', '-default', default)
        return self._wm('iconbitmap', bitmap)

    iconbitmap = wm_iconbitmap

    def wm_iconify(self):
        """Show an icon instead of the window."""
        return self._wm('iconify')

    iconify = wm_iconify

    def wm_iconmask(self, bitmap=None):
        """The bitmap that says which pixels of the icon show."""
        return self._wm('iconmask', bitmap)

    iconmask = wm_iconmask

    def wm_iconname(self, newName=None):
        """The text of the icon."""
        return self._wm('iconname', newName)

    iconname = wm_iconname

    def wm_iconphoto(self, default=False, *args):
        """Set the icon of title bars: PhotoImages of the same picture in several sizes; default: for later windows too."""
        if default:
            args = ('-default',) + args
        self._wm('iconphoto', *args)

    iconphoto = wm_iconphoto

    def wm_iconposition(self, x=None, y=None):
        """Where the icon should stand: (x, y), or None."""
        return self._getints(self._wm('iconposition', x, y))

    iconposition = wm_iconposition

    def wm_iconwindow(self, pathName=None):
        """The window that serves as icon."""
        return self._wm('iconwindow', pathName)

    iconwindow = wm_iconwindow

    def wm_manage(self, widget):
        """Make a frame a toplevel of its own."""
        self.tk.call('wm', 'manage', widget)

    manage = wm_manage

    def wm_maxsize(self, width=None, height=None):
        """The largest size the user may give: (width, height)."""
        return self._getints(self._wm('maxsize', width, height))

    maxsize = wm_maxsize

    def wm_minsize(self, width=None, height=None):
        """The smallest size the user may give: (width, height)."""
        return self._getints(self._wm('minsize', width, height))

    minsize = wm_minsize

    def wm_overrideredirect(self, boolean=None):
        """Shall the window manager leave this window alone: no frame, no title?"""
        return self._getboolean(self._wm('overrideredirect', boolean))

    overrideredirect = wm_overrideredirect

    def wm_positionfrom(self, who=None):
        """Who chose the position: 'user' or 'program'."""
        return self._wm('positionfrom', who)

    positionfrom = wm_positionfrom

    def wm_protocol(self, name=None, func=None):
        """Call func() for a message of the manager: 'WM_DELETE_WINDOW', when the user closes the window."""
        return self._wm('protocol', name, self._register(func) if callable(func) else func)

    protocol = wm_protocol

    def wm_resizable(self, width=None, height=None):
        """May the user change the width, and the height?"""
        return self._wm('resizable', width, height)

    resizable = wm_resizable

    def wm_sizefrom(self, who=None):
        """Who chose the size: 'user' or 'program'."""
        return self._wm('sizefrom', who)

    sizefrom = wm_sizefrom

    def wm_state(self, newstate=None):
        """'normal', 'iconic', 'withdrawn', 'icon' or (on Windows and macOS) 'zoomed'."""
        return self._wm('state', newstate)

    state = wm_state

    def wm_title(self, string=None):
        """The title."""
        return self._wm('title', string)

    title = wm_title

    def wm_transient(self, master=None):
        """The window that this one, a dialog say, serves."""
        return self._wm('transient', master)

    transient = wm_transient

    def wm_withdraw(self):
        """Hide the window, icon and all; deiconify() brings it back."""
        return self._wm('withdraw')

    withdraw = wm_withdraw


def _manage(widget, manager, cnf, kw):
    widget.tk.call((manager, 'configure', widget._w) + widget._options(cnf, kw))


def _managed_info(widget, manager):
    info = _splitdict(widget.tk, widget.tk.call(manager, 'info', widget._w))
    if 'in' in info:
        info['in'] = widget.nametowidget(info['in'])
    return info


class Pack:
    """The packer: one widget after the other at the sides of what room is left."""

    def pack_configure(self, cnf={}, **kw):
        """Pack this widget.

        side: 'top' (as is), 'bottom', 'left', 'right'; fill: 'x', 'y', 'both'
        (or 'none'); expand: take a share of room to spare; anchor: where in
        its room; padx, pady, ipadx, ipady: room around and inside; after,
        before: a widget to stand beside; in_: a widget to stand in.
        """
        _manage(self, 'pack', cnf, kw)

    pack = configure = config = pack_configure

    def pack_forget(self):
        """Take this widget out; its options are lost."""
        self.tk.call('pack', 'forget', self._w)

    forget = pack_forget

    def pack_info(self):
        """The options it is packed with, as a dict."""
        return _managed_info(self, 'pack')

    info = pack_info
    propagate = pack_propagate = Misc.pack_propagate
    slaves = pack_slaves = Misc.pack_slaves


class Place:
    """The placer: each widget at a place of its own."""

    def place_configure(self, cnf={}, **kw):
        """Place this widget.

        x, y: in pixels, relx, rely: in fractions of the room (both add up);
        width, height, relwidth, relheight likewise; anchor: the point of this
        widget that stands there; bordermode: 'inside', 'outside' or 'ignore'
        the border; in_: a widget to stand in.
        """
        _manage(self, 'place', cnf, kw)

    place = configure = config = place_configure

    def place_forget(self):
        """Take this widget out."""
        self.tk.call('place', 'forget', self._w)

    forget = place_forget

    def place_info(self):
        """The options it is placed with, as a dict."""
        return _managed_info(self, 'place')

    info = place_info
    slaves = place_slaves = Misc.place_slaves


class Grid:
    """The grid: widgets in rows and columns."""

    def grid_configure(self, cnf={}, **kw):
        """Put this widget in the grid.

        column, row: the cell; columnspan, rowspan: how many it covers;
        sticky: the sides it sticks to, of 'nesw'; padx, pady, ipadx, ipady:
        room around and inside; in_: a widget to stand in.
        """
        _manage(self, 'grid', cnf, kw)

    grid = configure = config = grid_configure
    bbox = grid_bbox = Misc.grid_bbox
    columnconfigure = grid_columnconfigure = Misc.grid_columnconfigure

    def grid_forget(self):
        """Take this widget out; its options are lost."""
        self.tk.call('grid', 'forget', self._w)

    forget = grid_forget

    def grid_remove(self):
        """Take this widget out; grid() without options puts it back where it was."""
        self.tk.call('grid', 'remove', self._w)

    def grid_info(self):
        """The options it stands in the grid with, as a dict."""
        return _managed_info(self, 'grid')

    info = grid_info
    location = grid_location = Misc.grid_location
    propagate = grid_propagate = Misc.grid_propagate
    rowconfigure = grid_rowconfigure = Misc.grid_rowconfigure
    size = grid_size = Misc.grid_size
    slaves = grid_slaves = Misc.grid_slaves


class BaseWidget(Misc):
    """The part of every widget that makes and ends it."""

    def _setup(self, master, cnf):
        """Find a name for this widget, and enter it with its master."""
        if master is None:
            import tkinter
            master = tkinter._get_default_root()
        self.master = master
        self.tk = master.tk
        name = cnf.pop('name', None)
        if not name:
            kind = type(self).__name__.lower()
            if master._last_child_ids is None:
                master._last_child_ids = {}
            count = master._last_child_ids[kind] = master._last_child_ids.get(kind, 0) + 1
            name = '!' + kind if count == 1 else '!%s%d' % (kind, count)
        self._name = name
        self._w = ('' if master._w == '.' else master._w) + '.' + name
        self.children = {}
        if name in master.children:
            master.children[name].destroy()
        master.children[name] = self

    def __init__(self, master, widgetName, cnf={}, kw={}, extra=()):
        """Make the widget with Tk's command widgetName; extra are words before the options."""
        if kw:
            cnf = _cnfmerge((cnf, kw))
        self.widgetName = widgetName
        BaseWidget._setup(self, master, cnf)
        if self._tclCommands is None:
            self._tclCommands = []
        managers = [(kind, options) for kind, options in cnf.items() if isinstance(kind, type)]
        for kind, _options in managers:
            del cnf[kind]
        self.tk.call((widgetName, self._w) + extra + self._options(cnf))
        for kind, options in managers:
            kind.configure(self, options)

    def destroy(self):
        """Close this widget and all inside it."""
        for child in list(self.children.values()):
            child.destroy()
        self.tk.call('destroy', self._w)
        self.master.children.pop(self._name, None)
        Misc.destroy(self)

    def _do(self, name, args=()):
        return self.tk.call((self._w, name) + args)


class Widget(BaseWidget, Pack, Place, Grid):
    """A widget that stands in another."""


def _first_words(cnf, names):
    """Take out the options that Tk can only set when it makes a window, as words."""
    words = ()
    for name in names:
        if name in cnf:
            words += ('-' + name.rstrip('_'), cnf.pop(name))
    return words


class Toplevel(BaseWidget, Wm):
    """A window of its own, such as a dialog."""

    def __init__(self, master=None, cnf={}, **kw):
        """A window that belongs to master.

        Options: background, bd, bg, borderwidth, class, colormap, container,
        cursor, height, highlightbackground, highlightcolor,
        highlightthickness, menu, relief, screen, takefocus, use, visual, width.
        """
        if kw:
            cnf = _cnfmerge((cnf, kw))
        extra = _first_words(cnf, ('screen', 'class_', 'class', 'visual', 'colormap'))
        BaseWidget.__init__(self, master, 'toplevel', cnf, {}, extra)
        application = self._root()
        self.iconname(application.iconname())
        self.title(application.title())
        self.protocol('WM_DELETE_WINDOW', self.destroy)
