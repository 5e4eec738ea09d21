# SPDX-License-Identifier: MIT
"""Fonts that have names: change one, and all that is written in it changes."""
import itertools
import tkinter

__version__ = '0.9'

NORMAL = 'normal'
ROMAN = 'roman'
BOLD = 'bold'
ITALIC = 'italic'


def nametofont(name):
    """The Font object of a font that Tk knows by that name."""
    return Font(name=name, exists=True)


class Font:
    """A named font.

    font: a description to begin with, ('Times', 12, 'bold'), in place of options
    name, exists: the name it has or shall have; exists: it is there already
    options: family, size (points, or pixels if negative), weight, slant, underline, overstrike
    """

    counter = itertools.count(1)

    def _set(self, kw):
        words = []
        for name, value in kw.items():
            words += ['-' + name, str(value)]
        return tuple(words)

    def _get(self, args):
        return tuple(['-' + name for name in args])

    def _mkdict(self, args):
        return {name[1:]: value for name, value in zip(args[::2], args[1::2])}

    def __init__(self, root=None, font=None, name=None, exists=False, **options):
        if root is None:
            root = tkinter._get_default_root('use font')
        tk = getattr(root, 'tk', root)
        if font:
            options = tk.splitlist(tk.call('font', 'actual', font))
        else:
            options = self._set(options)
        self.name = name or 'font%d' % next(self.counter)
        self.delete_font = not exists
        if not exists:
            tk.call('font', 'create', self.name, *options)
        elif self.name not in tk.splitlist(tk.call('font', 'names')):
            raise tkinter._tkinter.TclError('named font %s does not already exist' % (self.name,))
        elif options:
            tk.call('font', 'configure', self.name, *options)
        self._tk, self._call, self._split = tk, tk.call, tk.splitlist

    def __str__(self):
        return self.name

    def __eq__(self, other):
        if isinstance(other, Font):
            return (self.name, self._tk) == (other.name, other._tk)
        return NotImplemented

    def __getitem__(self, key):
        return self.cget(key)

    def __setitem__(self, key, value):
        self.configure(**{str(key): value})

    def __del__(self):
        try:
            if self.delete_font:
                self._call('font', 'delete', self.name)
        except Exception:
            pass  # the application is gone

    def copy(self):
        """Another font that looks the same."""
        return Font(self._tk, self.name)

    def actual(self, option=None, displayof=None):
        """What the font came to on the display: one option, or a dict."""
        words = ('-displayof', displayof) if displayof else ()
        if option:
            return self._call('font', 'actual', self.name, *words, '-' + option)
        return self._mkdict(self._split(self._call('font', 'actual', self.name, *words)))

    def cget(self, option):
        """The value of an option."""
        return self._call('font', 'config', self.name, '-' + option)

    def config(self, **options):
        """Set options; or a dict of all."""
        if not options:
            return self._mkdict(self._split(self._call('font', 'config', self.name)))
        self._call('font', 'config', self.name, *self._set(options))

    configure = config

    def measure(self, text, displayof=None):
        """The width of a text, in pixels."""
        words = ('-displayof', displayof) if displayof else ()
        return self._tk.getint(self._call('font', 'measure', self.name, *words, text))

    def metrics(self, *options, **kw):
        """'ascent', 'descent', 'linespace' or 'fixed'; without one, a dict of all.  Option: displayof."""
        displayof = kw.pop('displayof', None)
        words = ('-displayof', displayof) if displayof else ()
        if options:
            return self._tk.getint(self._call('font', 'metrics', self.name, *words, *self._get(options)))
        found = self._mkdict(self._split(self._call('font', 'metrics', self.name, *words)))
        return {name: self._tk.getint(value) for name, value in found.items()}


def families(root=None, displayof=None):
    """The families of fonts there are."""
    if root is None:
        root = tkinter._get_default_root('use font.families()')
    words = ('-displayof', displayof) if displayof else ()
    return root.tk.splitlist(root.tk.call('font', 'families', *words))


def names(root=None):
    """The names of all named fonts."""
    if root is None:
        root = tkinter._get_default_root('use font.names()')
    return root.tk.splitlist(root.tk.call('font', 'names'))
