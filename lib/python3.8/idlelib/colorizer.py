# SPDX-License-Identifier: MIT
"""Colours for Python code: a filter that tags keywords, built-in names, strings, comments and definitions.

What changes is tagged 'TODO', and worked on when there is time.  'SYNC' is on ends of lines where no string goes on, from
where work may begin.
"""
import builtins
import keyword
import re

from idlelib.config import idleConf
from idlelib.delegator import Delegator


def any(name, alternates):
    """A pattern for one of several others, as a group with a name."""
    return '(?P<%s>%s)' % (name, '|'.join(alternates))


def make_pat():
    """The pattern for whatever gets a tag, with a group of the tag's name for each kind."""
    names = [name for name in dir(builtins) if name[0] != '_' and name not in keyword.kwlist]
    prefix = r'(?i:r|u|f|fr|rf|b|br|rb)?'
    strings = [prefix + string for string in (
        r"'''(?:[^'\\]|\\.|'(?!''))*(?:''')?", r'"""(?:[^"\\]|\\.|"(?!""))*(?:""")?',
        r"'(?:[^'\\\n]|\\.)*'?", r'"(?:[^"\\\n]|\\.)*"?')]
    return '|'.join([
        r'\b' + any('KEYWORD', keyword.kwlist) + r'\b',
        r'''(?<![.'"\\#])\b''' + any('BUILTIN', names) + r'\b',     # neither attributes nor what follows a prefix
        any('COMMENT', [r'#[^\n]*']),
        any('STRING', strings),
        any('SYNC', [r'\n'])])


prog = re.compile(make_pat(), re.S)
idprog = re.compile(r'\s+(\w+)', re.S)


def color_config(text):
    """Give a text the colours of the current theme."""
    theme = idleConf.CurrentTheme()
    normal, cursor, selected = (idleConf.GetHighlight(theme, element) for element in ('normal', 'cursor', 'hilite'))
    text.config(foreground=normal['foreground'], background=normal['background'],
                insertbackground=cursor['foreground'],
                selectforeground=selected['foreground'], selectbackground=selected['background'],
                inactiveselectbackground=selected['background'])


class ColorDelegator(Delegator):
    """The filter."""

    def __init__(self):
        Delegator.__init__(self)
        self.init_state()
        self.prog = prog
        self.idprog = idprog
        self.LoadTagDefs()

    def init_state(self):
        """Nothing is going on, and nothing is to be done."""
        self.after_id = None            # of the timer for the next work
        self.allow_colorizing = True
        self.stop_colorizing = False    # work that is going on is to end
        self.colorizing = False         # work is going on

    def setdelegate(self, delegate):
        """Filter for another delegate; its whole text is to be coloured."""
        if self.delegate is not None:
            self.unbind('<<toggle-auto-coloring>>')
        Delegator.setdelegate(self, delegate)
        if delegate is None:
            self.stop_colorizing = True
            self.allow_colorizing = False
        else:
            self.config_colors()
            self.bind('<<toggle-auto-coloring>>', self.toggle_colorize_event)
            self.notify_range('1.0', 'end')

    def config_colors(self):
        """Give the tags their colours; a selection shows above them."""
        for tag, colors in self.tagdefs.items():
            self.tag_configure(tag, **colors)
        self.tag_raise('sel')

    def LoadTagDefs(self):
        """Read the colours of the current theme."""
        theme = idleConf.CurrentTheme()
        self.tagdefs = {tag: idleConf.GetHighlight(theme, tag.lower())
                        for tag in ('COMMENT', 'KEYWORD', 'BUILTIN', 'STRING', 'DEFINITION')}
        for tag in 'SYNC', 'TODO':
            self.tagdefs[tag] = {'background': None, 'foreground': None}
        for tag in 'ERROR', 'hit':
            self.tagdefs[tag] = idleConf.GetHighlight(theme, tag.lower())

    def insert(self, index, chars, tags=None):
        """Insert, and colour what is new."""
        index = self.index(index)
        self.delegate.insert(index, chars, tags)
        self.notify_range(index, index + '+%dc' % len(chars))

    def delete(self, index1, index2=None):
        """Delete, and colour what has come together."""
        index1 = self.index(index1)
        self.delegate.delete(index1, index2)
        self.notify_range(index1)

    # When to work.

    def notify_range(self, index1, index2=None):
        """Tell that a range, or a single place, is to be coloured anew."""
        self.tag_add('TODO', index1, index2)
        if self.after_id:
            return
        if self.colorizing:
            self.stop_colorizing = True
        if self.allow_colorizing:
            self._work_soon()

    def _work_soon(self):
        self.after_id = self.after(1, self.recolorize)

    def _no_timer(self):
        if self.after_id:
            timer, self.after_id = self.after_id, None
            self.after_cancel(timer)

    def close(self):
        """End all work."""
        self._no_timer()
        self.allow_colorizing = False
        self.stop_colorizing = True

    def toggle_colorize_event(self, event=None):
        """Switch colouring off, or on."""
        self._no_timer()
        if self.allow_colorizing and self.colorizing:
            self.stop_colorizing = True
        self.allow_colorizing = not self.allow_colorizing
        if self.allow_colorizing and not self.colorizing:
            self._work_soon()
        return 'break'

    def recolorize(self):
        """Work, unless it goes on or is not wanted; if it is stopped, go on later."""
        self.after_id = None
        if not self.delegate or not self.allow_colorizing or self.colorizing:
            return
        self.stop_colorizing = False
        self.colorizing = True
        try:
            self.recolorize_main()
        finally:
            self.colorizing = False
        if self.allow_colorizing and self.tag_nextrange('TODO', '1.0'):
            self._work_soon()

    # The work.

    def recolorize_main(self):
        """Colour all that is to be done.  Events are served meanwhile, and one that changes the text ends this."""
        place = '1.0'
        while True:
            todo = self.tag_nextrange('TODO', place)
            if not todo:
                return
            self.tag_remove('SYNC', *todo)
            before = self.tag_prevrange('SYNC', todo[0])
            place = self._color_from(before[1] if before else '1.0')
            if place is None:
                return

    def _color_from(self, head):
        """Colour from an index up to the next line whose end was in no string, before and now.

        Returns that place, or None to stop.
        """
        chars, end, lines = '', head, 1
        while True:
            start, end = end, self.index('%s+%d lines linestart' % (end, lines))
            lines = min(2 * lines, 100)
            fresh = self.get(start, end)
            if not fresh:
                return None
            was_sync = self._is_sync(end)
            for tag in self.tagdefs:
                self.tag_remove(tag, start, end)
            chars += fresh
            self._tag(head, chars)
            is_sync = self._is_sync(end)
            if is_sync:
                head, chars = end, ''
            if not (was_sync and is_sync):
                self.tag_add('TODO', end)       # the event loop may change things now
            self.update()
            if self.stop_colorizing:
                return None
            if was_sync and is_sync:
                return end

    def _is_sync(self, index):
        """Whether the line before an index ends outside of all strings, by the tags."""
        return 'SYNC' in self.tag_names(index + '-1c')

    def _tag(self, head, chars):
        """Tag the characters that begin at an index."""
        def add(tag, span):
            self.tag_add(tag, '%s+%dc' % (head, span[0]), '%s+%dc' % (head, span[1]))

        for found in self.prog.finditer(chars):
            tag = found.lastgroup
            add(tag, found.span(tag))
            if found[tag] in ('def', 'class'):
                name = self.idprog.match(chars, found.end())
                if name:
                    add('DEFINITION', name.span(1))

    def removecolors(self):
        """Take all tags off."""
        for tag in self.tagdefs:
            self.tag_remove(tag, '1.0', 'end')


def _color_delegator(parent):  # htest: look at the colours, change the text
    from tkinter import Text, Toplevel
    from idlelib.percolator import Percolator

    top = Toplevel(parent)
    top.title('Colours')
    text = Text(top, background='white')
    text.pack(expand=1, fill='both')
    text.insert('insert', "async def f(x=None):  # a function\n    return await g('text', len(x))\n")
    text.focus_set()
    color_config(text)
    Percolator(text).insertfilter(ColorDelegator())


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_colorizer', verbosity=2, exit=False)
    from idlelib.idle_test.htest import run
    run(_color_delegator)
