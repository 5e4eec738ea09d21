# SPDX-License-Identifier: MIT
"""What the Format menu does to the text of an editor: paragraphs, regions of lines, indentation, blanks at line ends.

Each class serves one window, editwin, and asks of it text, usetabs, indentwidth, tabwidth, get_selection_indices() and _make_blanks().
Its *_event methods are handlers of virtual events and give 'break'.
"""
import re
from tkinter.messagebox import askyesno
from tkinter.simpledialog import askinteger

from idlelib.config import idleConf

_line_indent_re = re.compile(r'[ \t]*')
_header_re = re.compile(r'[ \t]*#*')
_word_re = re.compile(r'(\S+)(\s*)')


# Lines and paragraphs as text.

def is_all_white(line):
    """Tell whether a line has nothing but white space."""
    return not line or line.isspace()


def get_indent(line):
    """Give the blanks and tabs that a line begins with."""
    return _line_indent_re.match(line).group()


def get_comment_header(line):
    """Give what a comment line begins with: its indentation and all the # that follow."""
    return _header_re.match(line).group()


def get_line_indent(line, tabwidth):
    """Give the length of a line's indentation in characters, and in columns when a tab goes to multiples of tabwidth."""
    indent = get_indent(line)
    return len(indent), len(indent.expandtabs(tabwidth))


def find_paragraph(text, mark):
    """Find the paragraph at an index of a Text widget, or the next one if that line is empty.

    A paragraph is lines in sequence with the same comment header that have more than it.
    Result: (first, last, header, data): the index of its start and of the line after it, its comment header, its text.
    """
    def line_at(number):
        return text.get(f'{number}.0', f'{number}.end')

    def belongs(number):
        line = line_at(number)
        return get_comment_header(line) == header and not is_all_white(line[len(header):])

    start = int(str(text.index(mark)).partition('.')[0])
    while is_all_white(line_at(start)) and text.compare(f'{start}.0', '<', 'end'):
        start += 1
    header = get_comment_header(line_at(start))
    stop = start
    while belongs(stop):
        stop += 1
    while start > 1 and belongs(start - 1):
        start -= 1
    first, last = f'{start}.0', f'{stop}.0'
    return first, last, header, text.get(first, last)


def reformat_paragraph(data, limit):
    """Fill the first paragraph of a string, so that no line is longer than limit columns unless it has only one word.

    The first line keeps its indentation, the others get the second one's.  Where words stood further apart than one blank,
    two stay.  Empty lines before the paragraph and all that follows it are as they were.
    """
    lines = data.split('\n')
    filled = [not is_all_white(line) for line in lines]
    if True not in filled:
        return data
    begin = filled.index(True)
    end = filled.index(False, begin) if False in filled[begin:] else len(lines)
    paragraph = lines[begin:end]
    further = get_indent(paragraph[min(1, len(paragraph) - 1)])

    result = []
    current, empty = get_indent(paragraph[0]), True
    for line in paragraph:
        for word, gap in _word_re.findall(line):
            if not empty and len((current + word).expandtabs()) > limit:
                result.append(current.rstrip())
                current = further
            current += word + (' ' if gap in ('', ' ') else '  ')
            empty = False
    result.append(current.rstrip())
    return '\n'.join(lines[:begin] + result + lines[end:])


def reformat_comment(data, limit, comment_header):
    """Fill lines that all begin with comment_header, so that no line is longer than limit, or 20 columns after the header."""
    skip = len(comment_header)
    bare = '\n'.join([line[skip:] for line in data.split('\n')])
    lines = reformat_paragraph(bare, max(limit - skip, 20)).split('\n')
    # What ends with a line's end does so still, without a header after it.
    ending = '' if lines[-1] else '\n'
    if ending:
        del lines[-1]
    return '\n'.join([comment_header + line for line in lines]) + ending


class FormatParagraph:
    """Fill the paragraph, the comment or the lines that are selected."""

    def __init__(self, editwin):
        """editwin: the window to work in."""
        self.editwin = editwin

    @classmethod
    def reload(cls):
        """Take the width of lines from the settings."""
        cls.max_width = idleConf.GetOption('extensions', 'FormatParagraph', 'max-width', type='int', default=72)

    def close(self):
        """Let go of the window."""
        self.editwin = None

    def format_paragraph_event(self, event, limit=None):
        """Fill the selection, else the paragraph or comment where the cursor is.

        A selection is filled as it is: one that begins inside a line is a paragraph that begins there.
        limit: the width in columns, None for the settings'.
        """
        if limit is None:
            limit = self.max_width
        text = self.editwin.text
        first, last = self.editwin.get_selection_indices()
        if first and last:
            data = text.get(first, last)
            header = get_comment_header(data)
        else:
            first, last, header, data = find_paragraph(text, 'insert')
        if header:
            changed = reformat_comment(data, limit, header)
        else:
            changed = reformat_paragraph(data, limit)

        text.tag_remove('sel', '1.0', 'end')
        if changed == data:
            text.mark_set('insert', last)
        else:
            _exchange(text, first, last, changed)
        text.see('insert')
        return 'break'


FormatParagraph.reload()


def _exchange(text, first, last, chars):
    """Put chars in place of what stands between two indices, as one step to undo; the cursor is behind them then."""
    text.mark_set('insert', first)
    text.undo_block_start()
    text.delete(first, last)
    text.insert(first, chars)
    text.undo_block_stop()


class FormatRegion:
    """Work on whole lines: those that the selection touches, or the cursor's."""

    def __init__(self, editwin):
        """editwin: the window to work in."""
        self.editwin = editwin

    def get_region(self):
        """Give (head, tail, chars, lines): two indices, the text between, and this cut at line ends; the last line is ''."""
        text = self.editwin.text
        first, last = self.editwin.get_selection_indices()
        if first and last:
            places = f'{first} linestart', f'{last} -1c lineend +1c'
        else:
            places = 'insert linestart', 'insert lineend +1c'
        head, tail = map(text.index, places)
        chars = text.get(head, tail)
        return head, tail, chars, chars.split('\n')

    def set_region(self, head, tail, chars, lines):
        """Put lines in place of chars between two indices and select them; ring the bell if that is the same."""
        text = self.editwin.text
        changed = '\n'.join(lines)
        if changed == chars:
            text.bell()
            return
        text.tag_remove('sel', '1.0', 'end')
        _exchange(text, head, tail, changed)
        text.tag_add('sel', head, 'insert')

    def _change(self, function):
        """Apply a function to each line of the region that is not empty."""
        head, tail, chars, lines = self.get_region()
        self.set_region(head, tail, chars, [line and function(line) for line in lines])
        return 'break'

    def _move(self, columns):
        """Indent the region further, or less."""
        def moved(line):
            length, column = get_line_indent(line, self.editwin.tabwidth)
            return self.editwin._make_blanks(max(column + columns, 0)) + line[length:]

        return self._change(moved)

    def indent_region_event(self, event=None):
        """Indent the lines by one level."""
        return self._move(self.editwin.indentwidth)

    def dedent_region_event(self, event=None):
        """Indent the lines by one level less."""
        return self._move(-self.editwin.indentwidth)

    def comment_region_event(self, event=None):
        """Put ## before each line, the empty ones too."""
        head, tail, chars, lines = self.get_region()
        self.set_region(head, tail, chars, ['##' + line for line in lines[:-1]] + lines[-1:])
        return 'break'

    def uncomment_region_event(self, event=None):
        """Take ## or # from where lines begin with it."""
        return self._change(lambda line: line[2:] if line.startswith('##') else line[line.startswith('#'):])

    def tabify_region_event(self, event=None):
        """Make tabs of the indentation as far as they go; ask how wide they are."""
        tabwidth = self._asktabwidth()
        if tabwidth is None:
            return None

        def tabified(line):
            length, column = get_line_indent(line, tabwidth)
            tabs, blanks = divmod(column, tabwidth)
            return '\t' * tabs + ' ' * blanks + line[length:]

        return self._change(tabified)

    def untabify_region_event(self, event=None):
        """Make blanks of all tabs; ask how wide they are."""
        tabwidth = self._asktabwidth()
        if tabwidth is None:
            return None
        return self._change(lambda line: line.expandtabs(tabwidth))

    def _asktabwidth(self):
        """Ask for the width of a tab; None if the user cancels."""
        return askinteger('Tab width', 'Columns per tab? (2-16)', parent=self.editwin.text,
                          initialvalue=self.editwin.indentwidth, minvalue=2, maxvalue=16)


class Indents:
    """Change what the Tab key does in this window."""

    def __init__(self, editwin):
        """editwin: the window to work in."""
        self.editwin = editwin

    def toggle_tabs_event(self, event):
        """Indent with tabs, or with blanks, if the user agrees; the width is 8 then."""
        editwin = self.editwin
        action, verb = ('off', 'remains at') if editwin.usetabs else ('on', 'will be')
        question = f'Turn tabs {action}?\nIndent width {verb} 8.\n Note: a tab is always 8 columns'
        if askyesno('Toggle tabs', question, parent=editwin.text):
            editwin.usetabs = not editwin.usetabs
            editwin.indentwidth = 8
        return 'break'

    def change_indentwidth_event(self, event):
        """Ask for the width of a level; with tabs it stays what it is."""
        editwin = self.editwin
        width = askinteger('Indent width', 'New indent width (2-16)\n(Always use 8 when using tabs)', parent=editwin.text,
                           initialvalue=editwin.indentwidth, minvalue=2, maxvalue=16)
        if width and not editwin.usetabs:
            editwin.indentwidth = width
        return 'break'


class Rstrip:
    """Remove what nobody sees at the ends of lines, and of the file."""

    def __init__(self, editwin):
        """editwin: the window to work in."""
        self.editwin = editwin

    def do_rstrip(self, event=None):
        """Remove white space at line ends, and empty lines at the end except in the shell, as one step to undo."""
        text, undo = self.editwin.text, self.editwin.undo
        undo.undo_block_start()
        lines = text.get('1.0', 'end-1c').split('\n')
        for number, line in enumerate(lines, 1):
            kept = len(line.rstrip())
            if kept < len(line):
                text.delete(f'{number}.{kept}', f'{number}.end')
        if not hasattr(self.editwin, 'interp'):     # the shell has one
            self._drop_empty_lines(text)
        undo.undo_block_stop()

    @staticmethod
    def _drop_empty_lines(text):
        """Let a text that ends with empty lines end with its last line's end; a text of empty lines is emptied."""
        chars = text.get('1.0', 'end-1c')
        bare = chars.rstrip('\n')
        surplus = len(chars) - len(bare) - (1 if bare else 0)
        if surplus > 0:
            text.delete(f'end-{surplus + 1}c', 'end-1c')


if __name__ == '__main__':
    import unittest
    unittest.main('idlelib.idle_test.test_format', verbosity=2, exit=False)
