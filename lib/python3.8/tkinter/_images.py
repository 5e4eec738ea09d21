# SPDX-License-Identifier: MIT
"""Images: pictures and bitmaps that widgets can show."""
from _tkinter import TclError
from tkinter._words import _cnfmerge


def _default_root(what):
    import tkinter
    return tkinter._get_default_root(what)


class Image:
    """Base of the kinds of images.  An image goes when its object goes, though widgets still show it."""

    _last_id = 0

    def __init__(self, imgtype, name=None, cnf={}, master=None, **kw):
        self.name = None
        if master is None:
            master = _default_root('create image')
        self.tk = getattr(master, 'tk', master)
        if not name:
            Image._last_id += 1
            name = 'pyimage%d' % Image._last_id  # Tk's own names would be taken by others
        if kw:
            cnf = _cnfmerge((cnf, kw)) if cnf else kw
        words = ()
        for option, value in cnf.items():
            words += ('-' + option, self._register(value) if callable(value) else value)
        self.tk.call(('image', 'create', imgtype, name) + words)
        self.name = name

    def __str__(self):
        return self.name

    def __del__(self):
        if self.name:
            try:
                self.tk.call('image', 'delete', self.name)
            except TclError:
                pass  # the application is gone

    def __setitem__(self, key, value):
        self.tk.call(self.name, 'configure', '-' + key, value)

    def __getitem__(self, key):
        return self.tk.call(self.name, 'configure', '-' + key)

    def configure(self, **kw):
        """Set options."""
        words = ()
        for option, value in _cnfmerge(kw).items():
            if value is not None:
                option = option[:-1] if option[-1:] == '_' else option
                words += ('-' + option, self._register(value) if callable(value) else value)
        self.tk.call((self.name, 'config') + words)

    config = configure

    def height(self):
        """The height in pixels."""
        return self.tk.getint(self.tk.call('image', 'height', self.name))

    def type(self):
        """'photo' or 'bitmap'."""
        return self.tk.call('image', 'type', self.name)

    def width(self):
        """The width in pixels."""
        return self.tk.getint(self.tk.call('image', 'width', self.name))


class PhotoImage(Image):
    """A picture in colour: of a file (PNG, GIF, PPM), of data, or made of single pixels."""

    def __init__(self, name=None, cnf={}, master=None, **kw):
        """Options: data, file, format, gamma, height, palette, width."""
        Image.__init__(self, 'photo', name, cnf, master, **kw)

    def blank(self):
        """Make it all transparent."""
        self.tk.call(self.name, 'blank')

    def cget(self, option):
        """The value of an option."""
        return self.tk.call(self.name, 'cget', '-' + option)

    def __getitem__(self, key):
        return self.tk.call(self.name, 'cget', '-' + key)

    def _copied(self, *options):
        made = PhotoImage(master=self.tk)
        self.tk.call(made, 'copy', self.name, *options)
        return made

    def copy(self):
        """A new image of the same pixels."""
        return self._copied()

    def zoom(self, x, y=''):
        """A new image with each pixel x times as wide and y (x) times as high."""
        return self._copied('-zoom', x, x if y == '' else y)

    def subsample(self, x, y=''):
        """A new image of every x-th column and every y-th (x-th) row."""
        return self._copied('-subsample', x, x if y == '' else y)

    def get(self, x, y):
        """The colour of a pixel: (red, green, blue), each to 255."""
        return self.tk.call(self.name, 'get', x, y)

    def put(self, data, to=None):
        """Colour pixels: data is rows of colours, '{red green} {#00f white}'; to: (x, y) or (x1, y1, x2, y2)."""
        words = (self.name, 'put', data)
        if to:
            words += ('-to',) + tuple(to[1:] if to[0] == '-to' else to)
        self.tk.call(words)

    def write(self, filename, format=None, from_coords=None):
        """Save to a file, in a format such as 'png'; from_coords: the part to save."""
        words = (self.name, 'write', filename)
        if format:
            words += ('-format', format)
        if from_coords:
            words += ('-from',) + tuple(from_coords)
        self.tk.call(words)

    def transparency_get(self, x, y):
        """Is that pixel transparent?"""
        return self.tk.getboolean(self.tk.call(self.name, 'transparency', 'get', x, y))

    def transparency_set(self, x, y, boolean):
        """Make that pixel transparent, or not."""
        self.tk.call(self.name, 'transparency', 'set', x, y, boolean)


class BitmapImage(Image):
    """A picture in two colours, in X's bitmap format."""

    def __init__(self, name=None, cnf={}, master=None, **kw):
        """Options: background, data, file, foreground, maskdata, maskfile."""
        Image.__init__(self, 'bitmap', name, cnf, master, **kw)


def image_names():
    """The names of all images of the default root."""
    tk = _default_root('use image_names()').tk
    return tk.splitlist(tk.call('image', 'names'))


def image_types():
    """The types that images can have."""
    tk = _default_root('use image_types()').tk
    return tk.splitlist(tk.call('image', 'types'))
