# SPDX-License-Identifier: MIT
"""The window IDLE Help: a small HTML page in a Text widget, with a menu of its sections."""
from html.parser import HTMLParser
from os.path import abspath, dirname, join
from platform import python_version

from tkinter import Toplevel, Text, Menu
from tkinter import font as tkfont
from tkinter.ttk import Frame, Menubutton, Scrollbar, Style

from idlelib import _packaged
from idlelib.config import idleConf

_HEADINGS = ('h1', 'h2', 'h3')
_TOC_INDENT = {'h1': '', 'h2': '    ', 'h3': '        '}


class HelpParser(HTMLParser):
    """Writes a page into a Text that has the tags it needs (HelpText).

    Understood are sections, headings up to h3, paragraphs, lists, definitions, <pre>, <code>, <em> and links; other elements
    are only their text.  What comes before the first section and in a side bar is left out.

    toc lists the headings: [(text indented by level, index of the heading's end), ...].
    """

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.text = text
        self.toc = []
        self.tags = ''  # of running text: '', 'l1', 'l2', ...
        self.chartags = []  # of the elements inside a line that are open
        self.heading = None  # the level of the heading that is open
        self.header = ''  # its text so far
        self.show = self.pre = self.hdrlink = False
        self.level = 0
        self.fresh_item = False  # has a list item just begun?
        self.compact = False  # does the list have no space between its items?

    def indent(self, amt=1):
        """Move the left margin by a number of levels."""
        self.level = max(0, self.level + amt)
        self.tags = f'l{self.level}' if self.level else ''

    def handle_starttag(self, tag, attrs):
        """An element begins."""
        classes = (dict(attrs).get('class') or '').split()
        if tag in ('div', 'section'):
            if tag == 'section' or 'section' in classes:
                self.show = True
            elif 'sphinxsidebar' in classes:
                self.show = False
        if not self.show:
            return
        if tag == 'p':
            self._begin_paragraph()
        elif tag in _HEADINGS:
            self.heading, self.header = tag, ''
            if self.toc:
                self._write('\n\n')
        elif tag in ('ul', 'ol'):
            self.compact = 'simple' in classes
            self.indent()
        elif tag == 'dl':
            self.compact = False
        elif tag == 'dt':
            self._write('\n' if self.compact else '\n\n')
        elif tag == 'dd':
            self.indent()
            self._write('\n')
            self.fresh_item = True
        elif tag == 'li':
            self._write('\n* ' if self.compact else '\n\n* ', self.tags)
            self.fresh_item = True
        elif tag == 'pre':
            self.pre = True
            self._write('\n\n')
        elif tag in ('em', 'code', 'span'):
            self.chartags.append({'em': 'em', 'code': 'pre'}.get(tag, ''))
        elif tag == 'a':
            self.hdrlink = 'headerlink' in classes

    def handle_endtag(self, tag):
        """An element ends."""
        if not self.show:
            return
        if tag in _HEADINGS and self.heading:
            self.indent(-self.level)
            self.toc.append((_TOC_INDENT[tag] + self.header.strip(), self.text.index('insert')))
            self.heading = None
        elif tag in ('ul', 'ol', 'dd'):
            self.indent(-1)
        elif tag == 'pre':
            self.pre = False
        elif tag in ('em', 'code', 'span') and self.chartags:
            self.chartags.pop()
        elif tag == 'a':
            self.hdrlink = False

    def handle_data(self, data):
        """Text; line ends count only inside <pre>."""
        if not self.show or self.hdrlink:
            return
        if not self.pre:
            data = data.replace('\n', ' ')
        if data.strip():
            self.fresh_item = False
        if self.heading:
            self.header += data
            self._write(data, self.heading)
        elif self.pre:
            self._write(data, self.tags, 'preblock')
        else:
            self._write(data, self.tags, *self.chartags)

    def _begin_paragraph(self):
        """Leave a line free, unless the paragraph begins a list item."""
        if not self.fresh_item:
            self._write('\n\n')
        self.fresh_item = False

    def _write(self, data, *tags):
        self.text.insert('end', data, tuple(tag for tag in tags if tag))


class HelpText(Text):
    """A page in a Text that cannot be changed."""

    def __init__(self, parent, filename):
        """filename: the HTML file, in UTF-8."""
        columns = idleConf.GetOption('main', 'EditorWindow', 'width', type='int')
        rows = idleConf.GetOption('main', 'EditorWindow', 'height', type='int')
        super().__init__(parent, wrap='word', highlightthickness=0, padx=5, borderwidth=0, width=columns, height=3 * rows // 4)
        plain = self.findfont(['TkDefaultFont', 'arial', 'helvetica'])
        fixed = self.findfont(['TkFixedFont', 'monaco', 'courier'])
        self['font'] = (plain, 12)
        self.tag_configure('em', font=(plain, 12, 'italic'))
        for heading, size in zip(_HEADINGS, (20, 18, 15)):
            self.tag_configure(heading, font=(plain, size, 'bold'))
        self.tag_configure('pre', font=(fixed, 12), background='#f6f6ff')
        self.tag_configure('preblock', font=(fixed, 10), lmargin1=25, borderwidth=1, relief='solid', background='#eeffcc')
        for level in range(1, 5):
            self.tag_configure(f'l{level}', lmargin1=25 * level, lmargin2=25 * level)
        self.parser = HelpParser(self)
        self.parser.feed(_packaged.read(filename).decode('utf-8'))
        self['state'] = 'disabled'

    def findfont(self, names):
        """The family of the first of some fonts or families that there is; None if there is none."""
        fonts = {name.lower() for name in tkfont.names(root=self)}
        families = {name.lower() for name in tkfont.families(root=self)}
        for name in names:
            if name.lower() in fonts:
                return tkfont.Font(name=name, exists=True, root=self).actual()['family']
            if name.lower() in families:
                return name
        return None


class HelpFrame(Frame):
    """A page, the menu of its sections and a scrollbar."""

    def __init__(self, parent, filename):
        super().__init__(parent)
        self.text = HelpText(self, filename)
        self.style = Style(parent)
        self.style.configure('helpframe.TFrame', background=self.text.cget('background'))
        self['style'] = 'helpframe.TFrame'
        self.toc = self.toc_menu(self.text)
        self.scroll = Scrollbar(self, command=self.text.yview)
        self.text['yscrollcommand'] = self.scroll.set
        self.toc.grid(row=0, column=0, sticky='nw')
        self.text.grid(row=0, column=1, sticky='nsew')
        self.scroll.grid(row=0, column=2, sticky='ns')
        self.grid_rowconfigure(0, weight=1)
        self.grid_columnconfigure(1, weight=1)

    def toc_menu(self, text):
        """A menu button whose entries scroll to the sections."""
        button = Menubutton(self, text='TOC')
        menu = Menu(button, tearoff=False)
        for label, index in text.parser.toc:
            menu.add_command(label=label, command=lambda index=index: text.yview(index))
        button['menu'] = menu
        return button


class HelpWindow(Toplevel):
    """The window."""

    def __init__(self, parent, filename, title):
        super().__init__(parent)
        self.wm_title(title)
        self.protocol('WM_DELETE_WINDOW', self.destroy)
        HelpFrame(self, filename).grid(row=0, column=0, sticky='nsew')
        self.grid_columnconfigure(0, weight=1)
        self.grid_rowconfigure(0, weight=1)


def copy_strip():
    """Replace help.html by the page of a documentation that was built beside the library, without trailing blanks."""
    here = abspath(dirname(__file__))
    source = join(dirname(dirname(here)), 'Doc', 'build', 'html', 'library', 'idle.html')
    target = join(here, 'help.html')
    with open(source, 'rb') as page, open(target, 'wb') as out:
        out.writelines(line.rstrip() + b'\n' for line in page)
    print(source, 'copied to', target)


def show_idlehelp(parent):
    """Open the window with help.html; the window, or None if there is no such file."""
    path = join(abspath(dirname(__file__)), 'help.html')
    try:
        return HelpWindow(parent, path, 'IDLE Help (%s)' % python_version())
    except OSError:
        return None
