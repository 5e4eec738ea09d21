# SPDX-License-Identifier: MIT
"""Objects that site adds to the built-in names: exit, quit, copyright, credits, license, help."""

import sys


class Quitter(object):
    """exit and quit: tell how to leave when shown, leave when called."""

    def __init__(self, name, eof):
        self.name = name
        self.eof = eof

    def __repr__(self):
        return 'Use %s() or %s to exit' % (self.name, self.eof)

    def __call__(self, code=None):
        # Programs such as IDLE watch for their stdin being closed.
        try:
            sys.stdin.close()
        except:
            pass
        raise SystemExit(code)


class _Printer(object):
    """A long text, shown page by page when called: from the first file that can be read, else `data`."""

    MAXLINES = 23

    def __init__(self, name, data, files=(), dirs=()):
        import os
        self.__name = name
        self.__data = data
        self.__lines = None
        self.__filenames = [os.path.join(folder, file) for folder in dirs for file in files]

    def __setup(self):
        if self.__lines is not None:
            return
        text = None
        for filename in self.__filenames:
            try:
                with open(filename, encoding='utf-8') as file:
                    text = file.read()
                break
            except OSError:
                continue
        self.__lines = (text or self.__data).split('\n')

    def __repr__(self):
        self.__setup()
        if len(self.__lines) <= self.MAXLINES:
            return '\n'.join(self.__lines)
        return 'Type %s() to see the full %s text' % (self.__name, self.__name)

    def __call__(self):
        self.__setup()
        prompt = 'Hit Return for more, or q (and Return) to quit: '
        for start in range(0, len(self.__lines), self.MAXLINES):
            for line in self.__lines[start:start + self.MAXLINES]:
                print(line)
            if start + self.MAXLINES >= len(self.__lines):
                break
            key = None
            while key not in ('', 'q'):
                key = input(prompt)
            if key == 'q':
                break


class _Helper(object):
    """help: pydoc's, imported when it is first used."""

    def __repr__(self):
        return 'Type help() for interactive help, or help(object) for help about object.'

    def __call__(self, *args, **kwds):
        import pydoc
        return pydoc.help(*args, **kwds)
