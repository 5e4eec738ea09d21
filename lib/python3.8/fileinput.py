# SPDX-License-Identifier: MIT
"""The lines of several files one after the other, for example of those on the command line.

    for line in fileinput.input(): ...

reads the files of sys.argv[1:], or standard input if there are none; "-" is standard input as well.  In place, what
is printed meanwhile takes the place of each file's content.
"""

import os
import sys

__all__ = ["input", "close", "nextfile", "filename", "lineno", "filelineno", "fileno", "isfirstline", "isstdin",
           "FileInput", "hook_compressed", "hook_encoded"]

_state = None       # the FileInput that the functions are about


def input(files=None, inplace=False, backup="", *, mode="r", openhook=None):
    """Return a FileInput, which the other functions of the module are about then; RuntimeError if one is active."""
    global _state
    before = _state
    if before and before._file:
        raise RuntimeError("input() already active")
    _state = now = FileInput(files, inplace, backup, mode=mode, openhook=openhook)
    return now


def close():
    """Close what input() made."""
    global _state
    state, _state = _state, None
    if state:
        state.close()


def _active():
    if not _state:
        raise RuntimeError("no active input()")
    return _state


def nextfile():
    """Skip what is left of the current file; its lines are not counted."""
    return _active().nextfile()


def filename():
    """Return the name of the current file, None before the first line."""
    return _active().filename()


def lineno():
    """Return the number of the line read last, counted over all files."""
    return _active().lineno()


def filelineno():
    """Return the number of the line read last in its file."""
    return _active().filelineno()


def fileno():
    """Return the descriptor of the current file, -1 if there is none."""
    return _active().fileno()


def isfirstline():
    """Return whether the line read last is the first of its file."""
    return _active().isfirstline()


def isstdin():
    """Return whether the line read last came from standard input."""
    return _active().isstdin()


class FileInput:
    """The lines of several files.

    files: names, or one name; by default those of the command line
    inplace: write what is printed to each file; backup: the extension under which its old content is kept
    mode: "r" or "rb"; openhook: a function (name, mode) that opens a file (not in place)
    """

    def __init__(self, files=None, inplace=False, backup="", *, mode="r", openhook=None):
        # What close() looks at, which is called even if this fails.
        self._filename = self._file = None
        self._startlineno = self._filelineno = 0    # lines before this file, lines of this file
        self._isstdin = False
        self._savestdout = self._output = self._backupfilename = None
        if isinstance(files, str) or isinstance(files, os.PathLike):
            files = (os.fspath(files),)
        else:
            files = tuple(sys.argv[1:] if files is None else files) or ('-',)
        if mode not in ('r', 'rU', 'U', 'rb'):
            raise ValueError("FileInput opening mode must be one of 'r', 'rU', 'U' and 'rb'")
        if 'U' in mode:
            import warnings
            warnings.warn("'U' mode is deprecated", DeprecationWarning, 2)
        if openhook:
            if inplace:
                raise ValueError("FileInput cannot use an opening hook in inplace mode")
            if not callable(openhook):
                raise ValueError("FileInput opening hook must be callable")
        self._files = files
        self._inplace, self._backup = inplace, backup
        self._mode, self._openhook = mode, openhook

    def __del__(self):
        self.close()

    def close(self):
        """Close all there is; no more lines come."""
        try:
            self.nextfile()
        finally:
            self._files = ()

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __getitem__(self, i):
        import warnings
        warnings.warn("Support for indexing FileInput objects is deprecated. Use iterator protocol instead.",
                      DeprecationWarning, stacklevel=2)
        if i != self.lineno():
            raise RuntimeError("accessing lines out of order")
        try:
            return self.__next__()
        except StopIteration:
            raise IndexError("end of input reached")

    def nextfile(self):
        """Skip what is left of the current file; its lines are not counted."""
        stdout, self._savestdout = self._savestdout, None
        if stdout:
            sys.stdout = stdout
        output, self._output = self._output, None
        file, self._file = self._file, None
        backup, self._backupfilename = self._backupfilename, None
        # Each must happen even if the one before fails.
        try:
            if output:
                output.close()
        finally:
            self.__dict__.pop('_readline', None)
            try:
                if file and not self._isstdin:
                    file.close()
            finally:
                if backup and not self._backup:
                    try:
                        os.unlink(backup)
                    except OSError:
                        pass
                self._isstdin = False

    def readline(self):
        """Return the next line, or nothing at the end of all files."""
        line = self._readline()
        while not line and self._file:
            # A file is over.
            self.nextfile()
            line = self._readline()
        if line:
            self._filelineno += 1
        return line

    def _readline(self):
        """Open the next file and return its first line; from then on the file's own method stands in for this."""
        if not self._files:
            return b'' if 'b' in self._mode else ''
        self._filename, *rest = self._files
        self._files = tuple(rest)
        self._startlineno = self.lineno()
        self._filelineno = 0
        self._file, self._isstdin, self._backupfilename = None, False, 0
        if self._filename == '-':
            self._filename, self._isstdin = '<stdin>', True
            self._file = sys.stdin
            if 'b' in self._mode:
                self._file = getattr(sys.stdin, 'buffer', sys.stdin)
        elif self._inplace:
            self._open_in_place()
        else:
            opener = self._openhook or open
            self._file = opener(self._filename, self._mode)
        self._readline = self._file.readline
        return self._readline()

    def _open_in_place(self):
        """Move the file out of the way, open it, and make print() write to a new one of its name."""
        self._backupfilename = os.fspath(self._filename) + (self._backup or ".bak")
        try:
            os.unlink(self._backupfilename)
        except OSError:
            pass
        os.rename(self._filename, self._backupfilename)
        self._file = open(self._backupfilename, self._mode)
        try:
            permissions = os.fstat(self._file.fileno()).st_mode
        except OSError:
            self._output = open(self._filename, self._mode.replace('r', 'w'))
        else:
            flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, 'O_BINARY', 0)
            self._output = os.fdopen(os.open(self._filename, flags, permissions), self._mode.replace('r', 'w'))
            try:
                os.chmod(self._filename, permissions)
            except OSError:
                pass
        self._savestdout = sys.stdout
        sys.stdout = self._output

    def filename(self):
        """Return the name of the current file, None before the first line."""
        return self._filename

    def lineno(self):
        """Return the number of the line read last, counted over all files."""
        return self._startlineno + self._filelineno

    def filelineno(self):
        """Return the number of the line read last in its file."""
        return self._filelineno

    def fileno(self):
        """Return the descriptor of the current file, -1 if there is none."""
        try:
            return self._file.fileno() if self._file else -1
        except ValueError:
            return -1

    def isfirstline(self):
        """Return whether the line read last is the first of its file."""
        return self._filelineno == 1

    def isstdin(self):
        """Return whether the line read last came from standard input."""
        return self._isstdin


def hook_compressed(filename, mode):
    """Open a file; one named *.gz or *.bz2 is unpacked on the way.  For openhook."""
    extension = os.path.splitext(filename)[1]
    if extension == '.gz':
        import gzip
        return gzip.open(filename, mode)
    if extension == '.bz2':
        import bz2
        return bz2.BZ2File(filename, mode)
    return open(filename, mode)


def hook_encoded(encoding, errors=None):
    """Return an openhook that opens files in an encoding."""
    def openhook(filename, mode):
        return open(filename, mode, encoding=encoding, errors=errors)
    return openhook


def _test():
    """Print the lines of the files on the command line with their numbers; -i: in place, -b: with a backup."""
    import getopt
    inplace = backup = False
    options, files = getopt.getopt(sys.argv[1:], "ib:")
    for option, value in options:
        if option == '-i':
            inplace = True
        else:
            backup = value
    for line in input(files, inplace, backup):
        text = line.rstrip('\r\n')
        print("%d: %s[%d]%s %s" % (lineno(), filename(), filelineno(), "*" if isfirstline() else "", text))
    print("%d: %s[%d]" % (lineno(), filename(), filelineno()))


if __name__ == '__main__':
    _test()
