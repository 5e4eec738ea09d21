# SPDX-License-Identifier: MIT
"""Indentation in editor windows: the keys Tab, Backspace and Return.

Indentation is a multiple of indentwidth columns.  If usetabs is set it is
written with tab characters, which are tabwidth columns wide.

IndentMixin is a base of EditorWindow and uses its text, tabwidth, indentwidth,
usetabs, prompt_last_line, num_context_lines, color and fregion.
"""
import re
import tokenize

from tkinter import TclError

from idlelib import pyparse

TK_TABWIDTH_DEFAULT = 8     # columns, as Tk's text widget has it

_line_indent_re = re.compile(r'[ \t]*')


def index2line(index):
    """Return the line number of the text index 'line.column'."""
    return int(float(index))


def get_line_indent(line, tabwidth):
    """Return (characters, columns) of the blanks at the beginning of line."""
    blanks = _line_indent_re.match(line).group()
    return len(blanks), len(blanks.expandtabs(tabwidth))


class IndentSearcher:
    """Finds the first line that opens a block and the first indented line after it."""

    def __init__(self, text, tabwidth):
        self.text = text
        self.tabwidth = tabwidth
        self.i = 0                  # the last line that was read
        self.finished = 0
        self.blkopenline = self.indentedline = None

    def readline(self):
        """Return the next line; '' at the end or when all is found."""
        if self.finished:
            return ''
        self.i += 1
        mark = f'{self.i}.0'
        if self.text.compare(mark, '>=', 'end'):
            return ''
        return self.text.get(mark, f'{mark} lineend+1c')

    def tokeneater(self, type, token, start, end, line,
                   INDENT=tokenize.INDENT, NAME=tokenize.NAME,
                   OPENERS=('class', 'def', 'for', 'if', 'try', 'while')):
        """Look at one token."""
        if self.finished:
            return
        if type == INDENT:
            if self.blkopenline:
                self.indentedline = line
                self.finished = 1
        elif type == NAME and token in OPENERS:
            self.blkopenline = line

    def run(self):
        """Return the two lines; None for what was not found."""
        usual, tokenize.tabsize = tokenize.tabsize, self.tabwidth
        try:
            for token in tokenize.generate_tokens(self.readline):
                self.tokeneater(*token)
                if self.finished:
                    break
        except (tokenize.TokenError, SyntaxError):
            pass        # the text need not be Python, or complete
        finally:
            tokenize.tabsize = usual
        return self.blkopenline, self.indentedline


class IndentMixin:
    """The part of EditorWindow that knows about indentation."""

    # Widths.

    def get_tk_tabwidth(self):
        """Return how many columns a tab takes on the screen."""
        return getattr(self, '_shown_tabwidth', TK_TABWIDTH_DEFAULT)

    def set_tk_tabwidth(self, newtabwidth):
        """Show tabs newtabwidth columns wide."""
        if newtabwidth == self.get_tk_tabwidth():
            return
        text = self.text
        pixels = text.tk.call('font', 'measure', text['font'], '-displayof', text.master,
                              'n' * newtabwidth)
        text.configure(tabs=pixels)
        self._shown_tabwidth = newtabwidth

    def set_indentation_params(self, is_py_src, guess=True):
        """Adapt to the text that was loaded, if it is Python and guess is true."""
        if is_py_src and guess:
            width = self.guess_indent()
            if 2 <= width <= 8:
                self.indentwidth = width
            if self.indentwidth != self.tabwidth:
                self.usetabs = False
        self.set_tk_tabwidth(self.tabwidth)

    def guess_indent(self):
        """Return how far the first block is indented in columns, 0 if there is none."""
        opener, indented = IndentSearcher(self.text, self.tabwidth).run()
        if not opener or not indented:
            return 0
        outer, inner = (get_line_indent(line, self.tabwidth)[1] for line in (opener, indented))
        return inner - outer

    # Pieces of text.

    def get_selection_indices(self):
        """Return the indices (first, last) of the selection, or two false values."""
        try:
            return self.text.index('sel.first'), self.text.index('sel.last')
        except TclError:
            return None, None

    def is_char_in_string(self, text_index):
        """False only if the character is known to be outside of string literals.

        The colours tell it; where there are none yet it may be inside.
        """
        if not self.color:
            return 1
        return (self.text.tag_prevrange('TODO', text_index)
                or 'STRING' in self.text.tag_names(text_index))

    def _build_char_in_string_func(self, startindex):
        """Return f(offset) that tells is_char_in_string for a place after startindex."""
        return lambda offset: self.is_char_in_string(f'{startindex}+{offset}c')

    def _make_blanks(self, n):
        """Return n columns of indentation."""
        if not self.usetabs:
            return ' ' * n
        tabs, spaces = divmod(n, self.tabwidth)
        return '\t' * tabs + ' ' * spaces

    def reindent_to(self, column):
        """Replace what stands before the cursor in its line by blanks up to column."""
        text = self.text
        text.undo_block_start()
        if text.compare('insert linestart', '!=', 'insert'):
            text.delete('insert linestart', 'insert')
        if column:
            text.insert('insert', self._make_blanks(column))
        text.undo_block_stop()

    def _drop_selection(self):
        """Delete the selection, leaving the cursor there; return whether there was one."""
        first, last = self.get_selection_indices()
        if not first or not last:
            return False
        self.text.delete(first, last)
        self.text.mark_set('insert', first)
        return True

    # Keys.

    def smart_backspace_event(self, event):
        """Backspace: delete the selection, blanks back to a tab stop, or a character."""
        text = self.text
        if self._drop_selection():
            return 'break'
        before = text.get('insert linestart', 'insert')
        if not before:
            if text.compare('insert', '>', '1.0'):
                text.delete('insert-1c')
            else:
                text.bell()
        elif before[-1] not in ' \t':
            text.delete('insert-1c')
        else:
            self._delete_blanks(before)
        return 'break'

    def _delete_blanks(self, before):
        """Delete blanks at the end of before, the text left of the cursor."""
        columns = len(before.expandtabs(self.tabwidth))
        stop = (columns - 1) // self.indentwidth * self.indentwidth
        rest = before
        while True:
            rest = rest[:-1]
            columns = len(rest.expandtabs(self.tabwidth))
            if columns <= stop or rest[-1] not in ' \t' or rest == self.prompt_last_line:
                break
        text = self.text
        text.undo_block_start()
        text.delete(f'insert-{len(before) - len(rest)}c', 'insert')
        if columns < stop:      # a tab went beyond the stop
            text.insert('insert', ' ' * (stop - columns))
        text.undo_block_stop()

    def smart_indent_event(self, event):
        """Tab: indent the selected lines, or this line, or go to the next tab stop."""
        text = self.text
        first, last = self.get_selection_indices()
        text.undo_block_start()
        try:
            if first and last:
                if index2line(first) != index2line(last):
                    return self.fregion.indent_region_event(event)
                self._drop_selection()
            before = text.get('insert linestart', 'insert')
            chars, columns = get_line_indent(before, self.tabwidth)
            if chars == len(before):
                self.reindent_to(columns + self.indentwidth)
            elif self.usetabs:
                text.insert('insert', '\t')
            else:
                column = len(before.expandtabs(self.tabwidth))
                text.insert('insert', ' ' * (self.indentwidth - column % self.indentwidth))
            text.see('insert')
            return 'break'
        finally:
            text.undo_block_stop()

    def newline_and_indent_event(self, event):
        """Return: begin a line, indented as the code before it asks for."""
        text = self.text
        text.undo_block_start()
        try:
            self._drop_selection()
            before = text.get('insert linestart', 'insert')
            indent = before[:get_line_indent(before, self.tabwidth)[0]]
            if indent == before:
                # In the indentation: what follows moves down as it is.
                text.insert('insert linestart', '\n')
                return 'break'
            self._trim_blanks(before)
            text.insert('insert', '\n')
            self._indent_new_line(event, indent)
            return 'break'
        finally:
            text.see('insert')
            text.undo_block_stop()

    def _trim_blanks(self, before):
        """Delete the blanks on both sides of the cursor, but not those of a prompt."""
        kept = before
        while kept and kept[-1] in ' \t' and kept != self.prompt_last_line:
            kept = kept[:-1]
        if kept != before:
            self.text.delete(f'insert - {len(before) - len(kept)} chars', 'insert')
        while self.text.get('insert') in (' ', '\t'):
            self.text.delete('insert')

    def _indent_new_line(self, event, indent):
        """Indent the empty line of the cursor; indent: that of the line before."""
        text = self.text
        parser = self._parsed_statement()
        kind = parser.get_continuation_type()
        if kind == pyparse.C_NONE:
            base = parser.get_base_indent_string()
            text.insert('insert', base)
            if parser.is_block_opener():
                self.smart_indent_event(event)
            elif base and parser.is_block_closer():
                self.smart_backspace_event(event)
        elif kind == pyparse.C_STRING_NEXT_LINES:
            text.insert('insert', indent)
        elif kind == pyparse.C_BRACKET:
            self.reindent_to(parser.compute_bracket_indent())
        elif kind == pyparse.C_BACKSLASH:
            if parser.get_num_lines_in_stmt() > 1:
                text.insert('insert', indent)
            else:
                self.reindent_to(parser.compute_backslash_indent())
        else:
            assert kind == pyparse.C_STRING_FIRST_LINE, f'bogus continuation type {kind!r}'

    def _parsed_statement(self):
        """Return a Parser that has read up to the cursor, to its last statement at least."""
        text = self.text
        parser = pyparse.Parser(self.indentwidth, self.tabwidth)
        if self.prompt_last_line:
            # A shell: a statement begins after the last prompt.
            prompt = text.tag_prevrange('console', 'insert')
            parser.set_code(text.get(prompt[1] if prompt else '1.0', 'insert'))
            parser.set_lo(0)
            return parser
        line = index2line(text.index('insert'))
        for distance in self.num_context_lines:
            first = max(line - distance, 1)
            start = f'{first}.0'
            parser.set_code(text.get(start, 'insert'))
            found = parser.find_good_parse_start(self._build_char_in_string_func(start))
            if found is not None or first == 1:
                break
        parser.set_lo(found or 0)
        return parser
