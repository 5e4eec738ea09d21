# SPDX-License-Identifier: MIT
"""Text: an editor of many lines, with styles, marks, pictures and widgets in it."""
from tkinter._manage import Widget, XView, YView

_SEARCH_SWITCHES = ('forwards', 'backwards', 'exact', 'regexp', 'nocase', 'elide')


def _switch(option):
    """An option's name as Tk has it: '-' before, no '_' behind."""
    option = option[:-1] if option[-1:] == '_' else option
    return option if option[:1] == '-' else '-' + option


class Text(Widget, XView, YView):
    """Text of many lines.

    An index is 'LINE.COLUMN' (lines from 1, columns from 0), 'end', 'insert',
    a mark, 'TAG.first', '@X,Y'..., and may be followed by such as '+3 chars',
    'lineend', 'wordstart'.
    """

    def __init__(self, master=None, cnf={}, **kw):
        """A text inside master.

        Options: those of Entry for colours, borders, insertion and selection,
        and autoseparators, height, maxundo, padx, pady, setgrid, spacing1,
        spacing2, spacing3, state, tabs, undo, width, wrap, xscrollcommand,
        yscrollcommand.
        """
        Widget.__init__(self, master, 'text', cnf, kw)

    def _list(self, *words):
        return self.tk.splitlist(self.tk.call((self._w,) + words))

    def bbox(self, index):
        """(x, y, width, height) of a character, None if it is out of sight."""
        return self._getints(self.tk.call(self._w, 'bbox', index)) or None

    def compare(self, index1, op, index2):
        """Does the relation hold: '<', '<=', '==', '!=', '>=' or '>'?"""
        return self.tk.getboolean(self.tk.call(self._w, 'compare', index1, op, index2))

    def count(self, index1, index2, *args):
        """Count what lies between two indices.

        args: 'chars', 'displaychars', 'displayindices', 'displaylines',
        'indices', 'lines', 'xpixels', 'ypixels'; and 'update'.  A tuple, or
        None for a single zero.
        """
        options = [arg if arg.startswith('-') else '-' + arg for arg in args]
        counted = self.tk.call(self._w, 'count', *options, index1, index2) or None
        if counted is None or len(options) > 1:
            return counted
        return (counted,)

    def debug(self, boolean=None):
        """Set, or return, whether Tk checks its B-tree."""
        if boolean is not None:
            self.tk.call(self._w, 'debug', boolean)
            return None
        return self.tk.getboolean(self.tk.call(self._w, 'debug'))

    def delete(self, index1, index2=None):
        """Delete a character, or all before index2."""
        self.tk.call(self._w, 'delete', index1, index2)

    def dlineinfo(self, index):
        """(x, y, width, height, baseline) of a line on the screen, None if it is out of sight."""
        return self._getints(self.tk.call(self._w, 'dlineinfo', index))

    def dump(self, index1, index2=None, command=None, **kw):
        """What stands at an index, or up to index2: triples of kind, value and index.

        Kinds wanted are given as image=True, mark=, tag=, text=, window=; all=
        is the default.  command(kind, value, index) is called for each, else
        a list is returned.
        """
        found = None
        if not command:
            found = []

            def command(kind, value, index):
                found.append((kind, value, index))

        made = None
        words = []
        try:
            if not isinstance(command, str):
                command = made = self._register(command)
            words += ['-command', command]
            words += ['-' + kind for kind, wanted in kw.items() if wanted]
            words.append(index1)
            if index2:
                words.append(index2)
            self.tk.call(self._w, 'dump', *words)
            return found
        finally:
            if made:
                self.deletecommand(made)

    def edit(self, *args):
        """Undo, redo and the modified flag: see the methods below."""
        return self.tk.call(self._w, 'edit', *args)

    def edit_modified(self, arg=None):
        """Set, or return, whether the text was changed."""
        return self.edit('modified', arg)

    def edit_redo(self):
        """Do again what was undone; TclError if there is nothing."""
        return self.edit('redo')

    def edit_reset(self):
        """Forget what could be undone."""
        return self.edit('reset')

    def edit_separator(self):
        """Let undoing stop here."""
        return self.edit('separator')

    def edit_undo(self):
        """Undo to the last separator; TclError if there is nothing."""
        return self.edit('undo')

    def get(self, index1, index2=None):
        """The character at an index, or the text up to index2."""
        return self.tk.call(self._w, 'get', index1, index2)

    # ---------------------------------------------------------------- images

    def image_cget(self, index, option):
        """The value of an option of the image at index."""
        return self.tk.call(self._w, 'image', 'cget', index, _switch(option))

    def image_configure(self, index, cnf=None, **kw):
        """configure() for the image at index."""
        return self._configure(('image', 'configure', index), cnf, kw)

    def image_create(self, index, cnf={}, **kw):
        """Put an image= at index; align=, name=, padx=, pady=.  Its name."""
        return self.tk.call(self._w, 'image', 'create', index, *self._options(cnf, kw))

    def image_names(self):
        """The names of all images in the text."""
        return self._list('image', 'names')

    def index(self, index):
        """An index as 'LINE.COLUMN'."""
        return str(self.tk.call(self._w, 'index', index))

    def insert(self, index, chars, *args):
        """Insert text; args: its tags, then more text, its tags..."""
        self.tk.call((self._w, 'insert', index, chars) + args)

    # ---------------------------------------------------------------- marks

    def mark_gravity(self, markName, direction=None):
        """The side a mark keeps to when text is inserted at it: 'left' or 'right'.  Set it if given."""
        return self.tk.call((self._w, 'mark', 'gravity', markName, direction))

    def mark_names(self):
        """The names of all marks."""
        return self._list('mark', 'names')

    def mark_set(self, markName, index):
        """Put a mark before index."""
        self.tk.call(self._w, 'mark', 'set', markName, index)

    def mark_unset(self, *markNames):
        """Remove marks."""
        self.tk.call((self._w, 'mark', 'unset') + markNames)

    def mark_next(self, index):
        """The first mark at or after index, or None."""
        return self.tk.call(self._w, 'mark', 'next', index) or None

    def mark_previous(self, index):
        """The last mark before index, or None."""
        return self.tk.call(self._w, 'mark', 'previous', index) or None

    def peer_create(self, newPathName, cnf={}, **kw):
        """Make another widget, of that path, that shows the same text."""
        self.tk.call(self._w, 'peer', 'create', newPathName, *self._options(cnf, kw))

    def peer_names(self):
        """The paths of the other widgets that show this text."""
        return self._list('peer', 'names')

    def replace(self, index1, index2, chars, *args):
        """Put text in the place of what is between two indices; args as in insert()."""
        self.tk.call(self._w, 'replace', index1, index2, chars, *args)

    def scan_mark(self, x, y):
        """Take hold of the text at a point; see scan_dragto()."""
        self.tk.call(self._w, 'scan', 'mark', x, y)

    def scan_dragto(self, x, y):
        """Scroll by ten times the way from scan_mark()'s point."""
        self.tk.call(self._w, 'scan', 'dragto', x, y)

    def search(self, pattern, index, stopindex=None, forwards=None, backwards=None, exact=None, regexp=None,
               nocase=None, count=None, elide=None):
        """The index of the first match from index on (to stopindex, else around all the text), '' if there is none.

        count: a variable that takes the length of the match.
        """
        given = locals()
        words = [self._w, 'search']
        words += ['-' + switch for switch in _SEARCH_SWITCHES if given[switch]]
        if count:
            words += ['-count', count]
        if pattern and pattern[0] == '-':
            words.append('--')
        words += [pattern, index]
        if stopindex:
            words.append(stopindex)
        return str(self.tk.call(tuple(words)))

    def see(self, index):
        """Scroll so that index is in sight."""
        self.tk.call(self._w, 'see', index)

    # ---------------------------------------------------------------- tags

    def tag_add(self, tagName, index1, *args):
        """Tag a character, or all up to the next of args; then more such pairs."""
        self.tk.call((self._w, 'tag', 'add', tagName, index1) + args)

    def tag_unbind(self, tagName, sequence, funcid=None):
        """Undo all bindings of sequence for a tag, and let go of the function with that id."""
        self.tk.call(self._w, 'tag', 'bind', tagName, sequence, '')
        if funcid:
            self.deletecommand(funcid)

    def tag_bind(self, tagName, sequence, func, add=None):
        """bind() for the characters of a tag."""
        return self._bind((self._w, 'tag', 'bind', tagName), sequence, func, add)

    def tag_cget(self, tagName, option):
        """The value of an option of a tag."""
        return self.tk.call(self._w, 'tag', 'cget', tagName, _switch(option))

    def tag_configure(self, tagName, cnf=None, **kw):
        """configure() for a tag: fonts, colours, margins..."""
        return self._configure(('tag', 'configure', tagName), cnf, kw)

    tag_config = tag_configure

    def tag_delete(self, *tagNames):
        """Remove tags, with all that is known of them."""
        self.tk.call((self._w, 'tag', 'delete') + tagNames)

    def tag_lower(self, tagName, belowThis=None):
        """Let a tag give way to all others, or to one."""
        self.tk.call(self._w, 'tag', 'lower', tagName, belowThis)

    def tag_names(self, index=None):
        """The tags of a character, or all tags."""
        return self._list('tag', 'names', index)

    def tag_nextrange(self, tagName, index1, index2=None):
        """The first range of a tag that begins at or after index1 (and before index2): two indices, or ()."""
        return self._list('tag', 'nextrange', tagName, index1, index2)

    def tag_prevrange(self, tagName, index1, index2=None):
        """The last range of a tag that begins before index1 (and at or after index2): two indices, or ()."""
        return self._list('tag', 'prevrange', tagName, index1, index2)

    def tag_raise(self, tagName, aboveThis=None):
        """Let a tag win against all others, or one."""
        self.tk.call(self._w, 'tag', 'raise', tagName, aboveThis)

    def tag_ranges(self, tagName):
        """The first and last index of each range of a tag, in one tuple."""
        return self._list('tag', 'ranges', tagName)

    def tag_remove(self, tagName, index1, index2=None):
        """Take a tag from a character, or from all up to index2."""
        self.tk.call(self._w, 'tag', 'remove', tagName, index1, index2)

    # ---------------------------------------------------------------- widgets in the text

    def window_cget(self, index, option):
        """The value of an option of the widget at index."""
        return self.tk.call(self._w, 'window', 'cget', index, _switch(option))

    def window_configure(self, index, cnf=None, **kw):
        """configure() for the widget at index, as a part of the text."""
        return self._configure(('window', 'configure', index), cnf, kw)

    window_config = window_configure

    def window_create(self, index, cnf={}, **kw):
        """Put a widget, window=, at index; align=, create=, padx=, pady=, stretch=."""
        self.tk.call((self._w, 'window', 'create', index) + self._options(cnf, kw))

    def window_names(self):
        """The paths of all widgets in the text."""
        return self._list('window', 'names')

    def yview_pickplace(self, *what):
        """Old form of see()."""
        self.tk.call((self._w, 'yview', '-pickplace') + what)
