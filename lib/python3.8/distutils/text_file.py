# SPDX-License-Identifier: MIT
"""Text files for people to write: with comments, blank lines and lines that go on in the next."""

import sys


class TextFile:
    """A text file that is read line by line, cleaned up as the options say.

    filename, file: one of them, or both.  strip_comments: take away what follows "#" (not "\\#").
    lstrip_ws, rstrip_ws: take away blanks at the ends.  skip_blanks: leave out empty lines.
    join_lines: join a line that ends in a backslash with the next.  collapse_join: without the next one's indentation.
    errors: as for open().
    """

    default_options = {'strip_comments': 1, 'skip_blanks': 1, 'lstrip_ws': 0, 'rstrip_ws': 1, 'join_lines': 0,
                       'collapse_join': 0, 'errors': 'strict'}

    def __init__(self, filename=None, file=None, **options):
        if filename is None and file is None:
            raise RuntimeError("you must supply either or both of 'filename' and 'file'")
        for name in options:
            if name not in self.default_options:
                raise KeyError("invalid TextFile option '%s'" % name)
        for name, value in {**self.default_options, **options}.items():
            setattr(self, name, value)
        # Lines given back.
        self.linebuf = []
        if file is None:
            self.open(filename)
        else:
            self.filename, self.file, self.current_line = filename, file, 0

    def open(self, filename):
        """Open a file by name."""
        self.filename, self.current_line = filename, 0
        self.file = open(filename, errors=self.errors)

    def close(self):
        """Close the file."""
        file, self.file = self.file, None
        self.filename = self.current_line = None
        file.close()

    def gen_error(self, msg, line=None):
        """Return a message with the file's name and the line's number (or first and last) before it."""
        if line is None:
            line = self.current_line
        if isinstance(line, (list, tuple)):
            place = 'lines %d-%d: ' % tuple(line)
        else:
            place = 'line %d: ' % line
        return '%s, %s%s' % (self.filename, place, msg)

    def error(self, msg, line=None):
        """Raise ValueError with a message about a line."""
        raise ValueError('error: ' + self.gen_error(msg, line))

    def warn(self, msg, line=None):
        """Print a warning about a line."""
        sys.stderr.write('warning: %s\n' % self.gen_error(msg, line))

    def _without_comment(self, line):
        """The line without its comment; None if there is nothing else in it."""
        place = line.find('#')
        if place < 0:
            return line
        if place == 0 or line[place - 1] != '\\':
            end = '\n' if line.endswith('\n') else ''
            line = line[:place] + end
            return line if line.strip() else None
        return line.replace('\\#', '#')

    def readline(self):
        """Return the next line, None at the end."""
        if self.linebuf:
            return self.linebuf.pop()
        begun = ''
        while True:
            line = self.file.readline() or None
            if line and self.strip_comments:
                line = self._without_comment(line)
                if line is None:
                    continue
            if self.join_lines and begun:
                if line is None:
                    self.warn('continuation line immediately precedes end-of-file')
                    return begun
                if self.collapse_join:
                    line = line.lstrip()
                line = begun + line
                self._count_lines(True)
            elif line is None:
                return None
            else:
                self._count_lines(False)
            if self.lstrip_ws:
                line = line.lstrip()
            if self.rstrip_ws:
                line = line.rstrip()
            if self.skip_blanks and line in ('', '\n'):
                begun = ''
                continue
            if self.join_lines and line.endswith(('\\', '\\\n')):
                begun = line[:-2] + '\n' if line[-1] == '\n' else line[:-1]
                continue
            return line

    def _count_lines(self, joined):
        """Keep the number of the current line; while lines are joined, the first and the last."""
        if not joined:
            last = self.current_line[1] if isinstance(self.current_line, list) else self.current_line
            self.current_line = last + 1
        elif isinstance(self.current_line, list):
            self.current_line[1] += 1
        else:
            self.current_line = [self.current_line, self.current_line + 1]

    def readlines(self):
        """Return all lines that are left."""
        return list(iter(self.readline, None))

    def unreadline(self, line):
        """Give a line back, to be read next."""
        self.linebuf.append(line)
