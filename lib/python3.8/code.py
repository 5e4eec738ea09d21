# SPDX-License-Identifier: MIT
"""An interactive interpreter for use in programs.

InteractiveInterpreter runs statements and shows exceptions; InteractiveConsole adds reading lines with prompts, until
they are a statement; interact() is a console in one call.
"""

import sys
import traceback
from codeop import CommandCompiler, compile_command

__all__ = ['InteractiveInterpreter', 'InteractiveConsole', 'interact', 'compile_command']


class InteractiveInterpreter:
    """Runs source in a namespace.  How lines are read is the business of others."""

    def __init__(self, locals=None):
        """locals: the namespace, a new one called __console__ if not given."""
        self.locals = {'__name__': '__console__', '__doc__': None} if locals is None else locals
        self.compile = CommandCompiler()

    def runsource(self, source, filename='<input>', symbol='single'):
        """Run source if it is a whole statement, show the error if it is wrong.  Return whether more is needed."""
        try:
            code = self.compile(source, filename, symbol)
        except (OverflowError, SyntaxError, ValueError):
            self.showsyntaxerror(filename)
            return False
        if code is not None:
            self.runcode(code)
        return code is None

    def runcode(self, code):
        """Run a code object.  Exceptions are shown, except for SystemExit, which is raised."""
        try:
            exec(code, self.locals)
        except SystemExit:
            raise
        except:
            self.showtraceback()

    def showsyntaxerror(self, filename=None):
        """Show the SyntaxError in hand.  filename, if given, takes the place of the name it holds."""
        kind, value, tb = sys.exc_info()
        if filename and kind is SyntaxError:
            try:
                message, (_, lineno, offset, line) = value.args
            except ValueError:
                pass                    # not made by the compiler
            else:
                value = SyntaxError(message, (filename, lineno, offset, line))
        sys.last_type, sys.last_value, sys.last_traceback = kind, value, tb
        if sys.excepthook is sys.__excepthook__:
            self.write(''.join(traceback.format_exception_only(kind, value)))
        else:
            sys.excepthook(kind, value, tb)         # the user has one of his own

    def showtraceback(self):
        """Show the exception in hand, without this module's part of the traceback."""
        kind, value, tb = sys.exc_info()
        sys.last_type, sys.last_value, sys.last_traceback = kind, value, tb
        try:
            text = ''.join(traceback.format_exception(kind, value, tb.tb_next))
            if sys.excepthook is sys.__excepthook__:
                self.write(text)
            else:
                sys.excepthook(kind, value, tb)
        finally:
            tb = None

    def write(self, data):
        """Write to sys.stderr; subclasses may write elsewhere."""
        sys.stderr.write(data)


class InteractiveConsole(InteractiveInterpreter):
    """Behaves as the interactive Python interpreter."""

    def __init__(self, locals=None, filename='<console>'):
        """locals: the namespace.  filename: shown in tracebacks."""
        super().__init__(locals)
        self.filename = filename
        self.resetbuffer()

    def resetbuffer(self):
        """Forget the lines of an unfinished statement."""
        self.buffer = []

    def interact(self, banner=None, exitmsg=None):
        """Read and run statements until the input ends.

        banner, exitmsg: texts for the beginning and the end; None for the usual ones, '' for none.
        """
        for name, prompt in (('ps1', '>>> '), ('ps2', '... ')):
            if not hasattr(sys, name):
                setattr(sys, name, prompt)
        if banner is None:
            banner = ('Python %s on %s\nType "help", "copyright", "credits" or "license" for more information.\n(%s)'
                      % (sys.version, sys.platform, type(self).__name__))
        if banner:
            self.write('%s\n' % str(banner))
        more = False
        while True:
            try:
                try:
                    line = self.raw_input(sys.ps2 if more else sys.ps1)
                except EOFError:
                    self.write('\n')
                    break
                more = self.push(line)
            except KeyboardInterrupt:
                self.write('\nKeyboardInterrupt\n')
                self.resetbuffer()
                more = False
        if exitmsg is None:
            self.write('now exiting %s...\n' % type(self).__name__)
        elif exitmsg != '':
            self.write('%s\n' % exitmsg)

    def push(self, line):
        """Take a line, without its newline, and run the statement if it ends it.  Return whether more is needed."""
        self.buffer.append(line)
        more = self.runsource('\n'.join(self.buffer), self.filename)
        if not more:
            self.resetbuffer()
        return more

    def raw_input(self, prompt=''):
        """Read a line; EOFError at the end of the input.  Subclasses may read from elsewhere."""
        return input(prompt)


def interact(banner=None, readfunc=None, local=None, exitmsg=None):
    """Run a console until the input ends.

    readfunc: used in place of raw_input().  local: the namespace.  banner, exitmsg: as for InteractiveConsole.interact().
    """
    console = InteractiveConsole(local)
    if readfunc is None:
        try:
            import readline         # input() then has line editing
        except ImportError:
            pass
    else:
        console.raw_input = readfunc
    console.interact(banner, exitmsg)


if __name__ == '__main__':
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument('-q', action='store_true', help="don't print version and copyright messages")
    quiet = parser.parse_args().q or sys.flags.quiet
    interact('' if quiet else None)
