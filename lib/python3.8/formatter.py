# SPDX-License-Identifier: MIT
"""Formatting of text, of old: a formatter keeps the state (fonts, margins, white space), a writer prints.

A formatter calls new_*() of its writer when something changes, and send_*() with text.  DumbWriter writes plain text.
"""

import sys
import warnings

warnings.warn('the formatter module is deprecated', DeprecationWarning, stacklevel=2)

AS_IS = None


class NullFormatter:
    """A formatter that does nothing; the methods are those of AbstractFormatter."""

    def __init__(self, writer=None):
        self.writer = NullWriter() if writer is None else writer

    def end_paragraph(self, blankline):
        """End a paragraph."""
        pass

    def add_line_break(self):
        """End the line."""
        pass

    def add_hor_rule(self, *args, **kw):
        """Draw a line."""
        pass

    def add_label_data(self, format, counter, blankline=None):
        """Add the label of an item."""
        pass

    def add_flowing_data(self, data):
        """Add text whose lines may be cut anew."""
        pass

    def add_literal_data(self, data):
        """Add text as it is."""
        pass

    def flush_softspace(self):
        """Write the blank that is kept back."""
        pass

    def push_alignment(self, align):
        """Begin an alignment."""
        pass

    def pop_alignment(self):
        """Go back to the alignment before."""
        pass

    def push_font(self, x):
        """Begin a font."""
        pass

    def pop_font(self):
        """Go back to the font before."""
        pass

    def push_margin(self, margin):
        """Begin a margin."""
        pass

    def pop_margin(self):
        """Go back to the margin before."""
        pass

    def set_spacing(self, spacing):
        """Set the space between lines."""
        pass

    def push_style(self, *styles):
        """Begin styles."""
        pass

    def pop_style(self, n=1):
        """End the last n styles."""
        pass

    def assert_line_data(self, flag=1):
        """Say that there is text in the line."""
        pass


class AbstractFormatter:
    """The usual formatter.

    White space in flowing text is one blank, and none at the start of a line; a line break and the end of a paragraph
    do nothing where they have been done already.
    """

    def __init__(self, writer):
        self.writer = writer
        self.align, self.align_stack = None, []
        self.font_stack, self.margin_stack, self.style_stack = [], [], []
        self.spacing = None
        self.nospace = 1            # no blank is due: at the start of a line
        self.softspace = 0          # a blank is due before more text
        self.para_end = 1           # just behind a paragraph
        self.parskip = 0            # empty lines just behind one
        self.hard_break = 1         # at the start of a line
        self.have_label = 0

    def _at_line_start(self):
        self.hard_break = self.nospace = 1
        self.softspace = 0

    def end_paragraph(self, blankline):
        """End a paragraph, with so many empty lines behind it."""
        if not self.hard_break:
            self.writer.send_line_break()
            self.have_label = 0
        if self.parskip < blankline and not self.have_label:
            self.writer.send_paragraph(blankline - self.parskip)
            self.parskip = blankline
            self.have_label = 0
        self.para_end = 1
        self._at_line_start()

    def add_line_break(self):
        """End a line."""
        if not (self.hard_break or self.para_end):
            self.writer.send_line_break()
            self.have_label = self.parskip = 0
        self._at_line_start()

    def add_hor_rule(self, *args, **kw):
        """Draw a line."""
        if not self.hard_break:
            self.writer.send_line_break()
        self.writer.send_hor_rule(*args, **kw)
        self.have_label = self.parskip = self.para_end = 0
        self._at_line_start()

    def add_label_data(self, format, counter, blankline=None):
        """Write the label of a list's item: a text, or a format for format_counter()."""
        if self.have_label or not self.hard_break:
            self.writer.send_line_break()
        if not self.para_end:
            self.writer.send_paragraph(1 if blankline else 0)
        self.writer.send_label_data(self.format_counter(format, counter) if isinstance(format, str) else format)
        self.nospace = self.have_label = self.hard_break = self.para_end = 1
        self.softspace = self.parskip = 0

    def format_counter(self, format, counter):
        """Return a format with '1', 'a', 'A', 'i' and 'I' replaced by the number in that manner."""
        label = ''
        for sign in format:
            if sign == '1':
                sign = '%d' % counter
            elif sign in 'aA':
                sign = self.format_letter(sign, counter) if counter > 0 else ''
            elif sign in 'iI':
                sign = self.format_roman(sign, counter) if counter > 0 else ''
            label += sign
        return label

    def format_letter(self, case, counter):
        """Return a number in letters: a, b ... z, aa, ab..."""
        label = ''
        while counter > 0:
            counter, digit = divmod(counter - 1, 26)
            label = chr(ord(case) + digit) + label
        return label

    def format_roman(self, case, counter):
        """Return a number as a Roman one."""
        label = ''
        for ones, fives, tens in ('i', 'v', 'x'), ('x', 'l', 'c'), ('c', 'd', 'm'), ('m', '?', '?'):
            counter, digit = divmod(counter, 10)
            if digit in (4, 9):
                label = ones + (fives if digit == 4 else tens) + label
            else:
                label = (fives if digit >= 5 else '') + ones * (digit % 5) + label
        return label.upper() if case == 'I' else label

    def add_flowing_data(self, data):
        """Write text that may be broken into lines."""
        if not data:
            return
        leading, trailing = data[:1].isspace(), data[-1:].isspace()
        data = ' '.join(data.split())
        if self.nospace and not data:
            return
        if leading or self.softspace:
            if not data:
                if not self.nospace:
                    self.softspace, self.parskip = 1, 0
                return
            if not self.nospace:
                data = ' ' + data
        self.hard_break = self.nospace = self.para_end = self.parskip = self.have_label = 0
        self.softspace = trailing
        self.writer.send_flowing_data(data)

    def add_literal_data(self, data):
        """Write text as it is."""
        if not data:
            return
        if self.softspace:
            self.writer.send_flowing_data(' ')
        self.hard_break = data[-1:] == '\n'
        self.nospace = self.para_end = self.softspace = self.parskip = self.have_label = 0
        self.writer.send_literal_data(data)

    def flush_softspace(self):
        """Write the blank that is due."""
        if self.softspace:
            self.hard_break = self.para_end = self.parskip = self.have_label = self.softspace = 0
            self.nospace = 1
            self.writer.send_flowing_data(' ')

    # -- the state --

    def push_alignment(self, align):
        """Change the alignment; None or the same changes nothing, but has to be popped too."""
        if align and align != self.align:
            self.writer.new_alignment(align)
            self.align = align
            self.align_stack.append(align)
        else:
            self.align_stack.append(self.align)

    def pop_alignment(self):
        """Go back to the alignment before."""
        if self.align_stack:
            del self.align_stack[-1]
        self.align = self.align_stack[-1] if self.align_stack else None
        self.writer.new_alignment(self.align)

    def push_font(self, font):
        """Change the font: (size, italic, bold, teletype), AS_IS for what stays."""
        self._flush_blank()
        if self.font_stack:
            font = tuple([old if new is AS_IS else new for new, old in zip(font, self.font_stack[-1])])
        self.font_stack.append(tuple(font))
        self.writer.new_font(tuple(font))

    def _flush_blank(self):
        if self.softspace:
            self.hard_break = self.para_end = self.softspace = 0
            self.nospace = 1
            self.writer.send_flowing_data(' ')

    def pop_font(self):
        """Go back to the font before."""
        if self.font_stack:
            del self.font_stack[-1]
        self.writer.new_font(self.font_stack[-1] if self.font_stack else None)

    def _set_margin(self, margin):
        self.writer.new_margin(margin, len([each for each in self.margin_stack if each]))

    def push_margin(self, margin):
        """Go one level in; margin names it, a false value stands for the one before."""
        self.margin_stack.append(margin)
        named = [each for each in self.margin_stack if each]
        self._set_margin(margin if margin or not named else named[-1])

    def pop_margin(self):
        """Go one level out."""
        if self.margin_stack:
            del self.margin_stack[-1]
        named = [each for each in self.margin_stack if each]
        self._set_margin(named[-1] if named else None)

    def set_spacing(self, spacing):
        """Set the distance of lines."""
        self.spacing = spacing
        self.writer.new_spacing(spacing)

    def push_style(self, *styles):
        """Add styles."""
        self._flush_blank()
        self.style_stack.extend(styles)
        self.writer.new_styles(tuple(self.style_stack))

    def pop_style(self, n=1):
        """Take n styles off."""
        del self.style_stack[-n:]
        self.writer.new_styles(tuple(self.style_stack))

    def assert_line_data(self, flag=1):
        """Tell the formatter that text has been written past it, or not if flag is false."""
        self.nospace = self.hard_break = not flag
        self.para_end = self.parskip = self.have_label = 0


class NullWriter:
    """A writer that does nothing; the base of others."""

    def __init__(self):
        pass

    def flush(self):
        """Write out what is kept back."""
        pass

    def new_alignment(self, align):
        """Text is to be aligned: 'left', 'center', 'right', 'justify' or None."""
        pass

    def new_font(self, font):
        """The font is (size, italic, bold, typewriter), or None for the usual one."""
        pass

    def new_margin(self, margin, level):
        """The margin is of a kind, level deep."""
        pass

    def new_spacing(self, spacing):
        """Lines are to have that space between them."""
        pass

    def new_styles(self, styles):
        """The styles are those of a tuple."""
        pass

    def send_paragraph(self, blankline):
        """End a paragraph, with blankline empty lines behind it."""
        pass

    def send_line_break(self):
        """End the line."""
        pass

    def send_hor_rule(self, *args, **kw):
        """Draw a line."""
        pass

    def send_label_data(self, data):
        """Write the label of an item."""
        pass

    def send_flowing_data(self, data):
        """Write text whose lines may be cut anew."""
        pass

    def send_literal_data(self, data):
        """Write text as it is."""
        pass


class AbstractWriter(NullWriter):
    """A writer that prints each call, for watching a formatter."""

    def new_alignment(self, align):
        """Text is to be aligned: 'left', 'center', 'right', 'justify' or None."""
        print('new_alignment(%r)' % (align,))

    def new_font(self, font):
        """The font is (size, italic, bold, typewriter), or None for the usual one."""
        print('new_font(%r)' % (font,))

    def new_margin(self, margin, level):
        """The margin is of a kind, level deep."""
        print('new_margin(%r, %d)' % (margin, level))

    def new_spacing(self, spacing):
        """Lines are to have that space between them."""
        print('new_spacing(%r)' % (spacing,))

    def new_styles(self, styles):
        """The styles are those of a tuple."""
        print('new_styles(%r)' % (styles,))

    def send_paragraph(self, blankline):
        """End a paragraph, with blankline empty lines behind it."""
        print('send_paragraph(%r)' % (blankline,))

    def send_line_break(self):
        """End the line."""
        print('send_line_break()')

    def send_hor_rule(self, *args, **kw):
        """Draw a line."""
        print('send_hor_rule()')

    def send_label_data(self, data):
        """Write the label of an item."""
        print('send_label_data(%r)' % (data,))

    def send_flowing_data(self, data):
        """Write text whose lines may be cut anew."""
        print('send_flowing_data(%r)' % (data,))

    def send_literal_data(self, data):
        """Write text as it is."""
        print('send_literal_data(%r)' % (data,))


class DumbWriter(NullWriter):
    """A writer of plain text in lines of at most maxcol columns, to file (default: stdout)."""

    def __init__(self, file=None, maxcol=72):
        self.file = file or sys.stdout
        self.maxcol = maxcol
        NullWriter.__init__(self)
        self.reset()

    def reset(self):
        """Begin anew at the start of a line."""
        self.col = self.atbreak = 0

    def _new_lines(self, count):
        self.file.write('\n' * count)
        self.reset()

    def send_paragraph(self, blankline):
        """End a paragraph, with blankline empty lines behind it."""
        self._new_lines(blankline)

    def send_line_break(self):
        """End the line."""
        self._new_lines(1)

    def send_hor_rule(self, *args, **kw):
        """Draw a line."""
        self.file.write('\n' + '-' * self.maxcol + '\n')
        self.reset()

    def send_literal_data(self, data):
        """Write text as it is."""
        self.file.write(data)
        before, end, last = data.rpartition('\n')
        self.col = (0 if end else self.col) + len(last.expandtabs())
        self.atbreak = 0

    def send_flowing_data(self, data):
        """Write text whose lines may be cut anew."""
        if not data:
            return
        blank = self.atbreak or data[0].isspace()
        for word in data.split():
            if blank:
                if self.col + len(word) >= self.maxcol:
                    self._new_lines(1)
                else:
                    self.file.write(' ')
                    self.col += 1
            self.file.write(word)
            self.col += len(word)
            blank = 1
        self.atbreak = data[-1].isspace()


def test(file=None):
    """Format a file, the one named on the command line or stdin, as plain text."""
    formatter = AbstractFormatter(DumbWriter())
    if file is None and sys.argv[1:]:
        file = sys.argv[1]
    f = sys.stdin if file is None else open(file)
    for line in f:
        if line == '\n':
            formatter.end_paragraph(1)
        else:
            formatter.add_flowing_data(line)
    if f is not sys.stdin:
        f.close()
    formatter.end_paragraph(0)


if __name__ == '__main__':
    test()
