# SPDX-License-Identifier: MIT
"""The Python debugger.

To debug a statement:        pdb.run('<a statement>')
To debug a script:           python -m pdb script.py
To stop here:                breakpoint(), or pdb.set_trace()
After an exception:          pdb.pm(), or pdb.post_mortem(traceback)

The debugger's prompt is '(Pdb) '.  A line that is no command is run as a Python statement in the present frame; `!` before
a statement makes clear that it is one.  An empty line repeats the last command.  Several commands are separated by `;;`.
The commands of a file .pdbrc in the home directory and in the current one are run at the start.
"""

import bdb
import cmd
import code
import glob
import inspect
import linecache
import os
import re
import signal
import sys
import traceback

__all__ = ['run', 'pm', 'Pdb', 'runeval', 'runctx', 'runcall', 'set_trace', 'post_mortem', 'help']

line_prefix = '\n-> '       # stands between the place and the line of source


class Restart(Exception):
    """The program shall be run again."""


class _rstr(str):
    """A string whose repr is itself: in place of a value that could not be had."""

    def __repr__(self):
        return self


def find_function(funcname, filename):
    """Look for a def in a file: (funcname, filename, line number), or None."""
    import tokenize
    pattern = re.compile(r'def\s+%s\s*[(]' % re.escape(funcname))
    try:
        file = tokenize.open(filename)
    except OSError:
        return None
    with file:
        for lineno, line in enumerate(file, 1):
            if pattern.match(line):
                return funcname, filename, lineno
    return None


def getsourcelines(obj):
    """Return the lines of an object or frame, and the number of the first one."""
    lines, index = inspect.findsource(obj)
    whole = inspect.ismodule(obj) or (inspect.isframe(obj) and obj.f_globals is obj.f_locals)
    return (lines, 1) if whole else (inspect.getblock(lines[index:]), index + 1)


def lasti2lineno(code, lasti):
    """Return the line of the instruction at an offset of the code."""
    import dis
    found = 0
    for offset, lineno in dis.findlinestarts(code):
        if offset > lasti:
            break
        found = lineno
    return found


def _exception_line():
    """The last line of what would be printed for the exception in hand."""
    return traceback.format_exception_only(*sys.exc_info()[:2])[-1].strip()


class Pdb(bdb.Bdb, cmd.Cmd):
    """The debugger.

    completekey, stdin, stdout: see cmd.Cmd.  skip: patterns for the names of modules not to stop in.  nosigint: leave
    Ctrl-C alone; else it stops the running program after `continue`.  readrc: read .pdbrc.
    """

    _previous_sigint_handler = None

    # When commands of a breakpoint do one of these, they end.
    commands_resuming = ['do_continue', 'do_step', 'do_next', 'do_return', 'do_quit', 'do_jump']

    def __init__(self, completekey='tab', stdin=None, stdout=None, skip=None, nosigint=False, readrc=True):
        bdb.Bdb.__init__(self, skip=skip)
        cmd.Cmd.__init__(self, completekey, stdin, stdout)
        sys.audit('pdb.Pdb')
        if stdout:
            self.use_rawinput = 0
        self.prompt = '(Pdb) '
        self.aliases = {}
        self.displaying = {}            # frame -> {expression: value}
        self.mainpyfile = ''
        self._wait_for_mainpyfile = False
        self.tb_lineno = {}             # frame -> line where an exception passed
        self.allow_kbdint = False
        self.nosigint = nosigint
        try:
            import readline
            # Dots and colons are parts of what is completed.
            readline.set_completer_delims(' \t\n`@#$%^&*()=+[{]}\\|;:\'",<>?')
        except ImportError:
            pass
        self.rcLines = self._read_rc() if readrc else []
        self.commands = {}              # breakpoint -> lines to run when it is reached
        self.commands_doprompt = {}     # ... whether the prompt comes then
        self.commands_silent = {}       # ... whether the place is not printed
        self.commands_defining = False
        self.commands_bnum = None

    @staticmethod
    def _read_rc():
        lines = []
        for name in (os.path.expanduser('~/.pdbrc'), '.pdbrc'):
            try:
                with open(name) as file:
                    lines.extend(file)
            except OSError:
                pass
        return lines

    def sigint_handler(self, signum, frame):
        """Ctrl-C while the program runs."""
        if self.allow_kbdint:
            raise KeyboardInterrupt
        self.set_step()
        self.message("\nProgram interrupted. (Use 'cont' to resume).")
        self.set_trace(frame)

    # The frame that is looked at

    def reset(self):
        bdb.Bdb.reset(self)
        self.forget()

    def forget(self):
        """Let go of all frames."""
        self.lineno = None              # the last line that `list` has shown
        self.stack = []
        self.curindex = 0
        self.curframe = None
        self.tb_lineno.clear()

    def setup(self, f, tb):
        """Look at a frame.  Returns a true value if commands of .pdbrc make the program go on."""
        self.forget()
        self.stack, self.curindex = self.get_stack(f, tb)
        while tb:
            self.tb_lineno[tb.tb_frame] = lasti2lineno(tb.tb_frame.f_code, tb.tb_lasti)
            tb = tb.tb_next
        self.curframe = self.stack[self.curindex][0]
        # Asking again for f_locals would lose the changes made to it.
        self.curframe_locals = self.curframe.f_locals
        return self.execRcLines()

    def execRcLines(self):
        """Run the lines of .pdbrc.  Returns True if one makes the program go on; those behind it are kept."""
        waiting, self.rcLines = self.rcLines, []
        for i, line in enumerate(waiting):
            line = line.strip()
            if line and line[0] != '#' and self.onecmd(line):
                self.rcLines += waiting[i + 1:]
                return True
        return None

    # Events

    def user_call(self, frame, argument_list):
        if not self._wait_for_mainpyfile and self.stop_here(frame):
            self.message('--Call--')
            self.interaction(frame, None)

    def user_line(self, frame):
        if self._wait_for_mainpyfile:
            if self.mainpyfile != self.canonic(frame.f_code.co_filename) or frame.f_lineno <= 0:
                return
            self._wait_for_mainpyfile = False
        if self.bp_commands(frame):
            self.interaction(frame, None)

    def bp_commands(self, frame):
        """Run the commands of the breakpoint that was reached.  Returns whether the prompt is still to come."""
        number = getattr(self, 'currentbp', False)
        if not number or number not in self.commands:
            return 1
        self.currentbp = 0
        last = self.lastcmd
        self.setup(frame, None)
        for line in self.commands[number]:
            self.onecmd(line)
        self.lastcmd = last
        if not self.commands_silent[number]:
            self.print_stack_entry(self.stack[self.curindex])
        if self.commands_doprompt[number]:
            self._cmdloop()
        self.forget()
        return None

    def user_return(self, frame, return_value):
        if not self._wait_for_mainpyfile:
            frame.f_locals['__return__'] = return_value
            self.message('--Return--')
            self.interaction(frame, None)

    def user_exception(self, frame, exc_info):
        if self._wait_for_mainpyfile:
            return
        kind, value, tb = exc_info
        frame.f_locals['__exception__'] = kind, value
        # Generators end by this exception; nobody sees it.
        prefix = 'Internal ' if tb is None and kind is StopIteration else ''
        self.message(prefix + traceback.format_exception_only(kind, value)[-1].strip())
        self.interaction(frame, tb)

    def interaction(self, frame, traceback):
        """Show the place, read and run commands."""
        if Pdb._previous_sigint_handler:
            try:
                signal.signal(signal.SIGINT, Pdb._previous_sigint_handler)
            except ValueError:          # not in the main thread
                pass
            else:
                Pdb._previous_sigint_handler = None
        if not self.setup(frame, traceback):
            self.print_stack_entry(self.stack[self.curindex])
            self._cmdloop()
        self.forget()

    # Reading and running commands

    def _cmdloop(self):
        while True:
            try:
                self.allow_kbdint = True        # Ctrl-C ends a command
                self.cmdloop()
                self.allow_kbdint = False
                return
            except KeyboardInterrupt:
                self.message('--KeyboardInterrupt--')

    def preloop(self):
        """Show the expressions of `display` that have changed."""
        shown = self.displaying.get(self.curframe, {})
        for expression, old in shown.items():
            new = self._getval_except(expression)
            if new is not old and new != old:
                shown[expression] = new
                self.message('display %s: %r  [old: %r]' % (expression, new, old))

    def displayhook(self, obj):
        """Print the value of an expression; unlike the usual one it does not set `_`."""
        if obj is not None:
            self.message(repr(obj))

    def default(self, line):
        """Run a statement."""
        if line[:1] == '!':
            line = line[1:]
        before = sys.stdin, sys.stdout, sys.displayhook
        try:
            statement = compile(line + '\n', '<stdin>', 'single')
            sys.stdin, sys.stdout, sys.displayhook = self.stdin, self.stdout, self.displayhook
            try:
                exec(statement, self.curframe.f_globals, self.curframe_locals)
            finally:
                sys.stdin, sys.stdout, sys.displayhook = before
        except:
            self.error(_exception_line())

    def precmd(self, line):
        """Replace aliases, and put what follows a ;; into the queue."""
        if not line.strip():
            return line
        words = line.split()
        while words[0] in self.aliases:
            line = self.aliases[words[0]]
            for number, word in enumerate(words[1:], 1):
                line = line.replace('%' + str(number), word)
            line = line.replace('%*', ' '.join(words[1:]))
            words = line.split()
        if words[0] != 'alias':
            first, separator, rest = line.partition(';;')
            if separator:
                self.cmdqueue.append(rest.lstrip())
                line = first.rstrip()
        return line

    def onecmd(self, line):
        """Run a command, or add it to those of a breakpoint."""
        return self.handle_command_def(line) if self.commands_defining else cmd.Cmd.onecmd(self, line)

    def handle_command_def(self, line):
        """Take a line for the commands of a breakpoint.  Returns 1 if it is the last one."""
        name, arg, line = self.parseline(line)
        if not name:
            return None
        number = self.commands_bnum
        if name == 'silent':
            self.commands_silent[number] = True
            return None
        if name == 'end':
            self.cmdqueue = []
            return 1
        self.commands[number].append('%s %s' % (name, arg) if arg else name)
        method = getattr(self, 'do_' + name, self.default)
        if method.__name__ in self.commands_resuming:
            self.commands_doprompt[number] = False
            self.cmdqueue = []
            return 1
        return None

    def message(self, msg):
        """Write a line for the user."""
        print(msg, file=self.stdout)

    def error(self, msg):
        """Write an error message for the user."""
        print('***', msg, file=self.stdout)

    # Completion

    def _complete_location(self, text, line, begidx, endidx):
        """Files and functions."""
        if line.strip().endswith((':', ',')):       # numbers and conditions
            return []
        try:
            found = self._complete_expression(text, line, begidx, endidx)
        except Exception:
            found = []
        for name in glob.glob(glob.escape(text) + '*'):
            if os.path.isdir(name):
                found.append(name + '/')
            elif os.path.isfile(name) and name.lower().endswith(('.py', '.pyw')):
                found.append(name + ':')
        return found

    def _complete_bpnumber(self, text, line, begidx, endidx):
        """Numbers of breakpoints."""
        return [str(number) for number, one in enumerate(bdb.Breakpoint.bpbynumber)
                if one is not None and str(number).startswith(text)]

    def _complete_expression(self, text, line, begidx, endidx):
        """Names and attributes."""
        if not self.curframe:
            return []
        scope = {**self.curframe.f_globals, **self.curframe_locals}
        first, *middle, last = text.split('.') if '.' in text else ('', text)
        if '.' not in text:
            return [name for name in scope if name.startswith(text)]
        try:
            owner = scope[first]
            for name in middle:
                owner = getattr(owner, name)
        except (KeyError, AttributeError):
            return []
        prefix = text[:len(text) - len(last)]
        return [prefix + name for name in dir(owner) if name.startswith(last)]

    # Commands: breakpoints.  The docstrings are the texts of `help`.

    def do_commands(self, arg):
        """commands [bpnumber]
        (com) ...
        (com) end
        (Pdb)

        Give commands to a breakpoint, the last one set if no number is
        given.  They are typed on the lines that follow, up to 'end', and
        run whenever the breakpoint is reached.  An immediate 'end' takes
        all commands away.

        A command that makes the program go on (continue, step, next,
        return, jump, quit) also ends the list.  With the command
        'silent' the place is not printed when the breakpoint is reached.
        """
        if arg:
            try:
                number = int(arg)
            except ValueError:
                self.error('Usage: commands [bnum]\n        ...\n        end')
                return
        else:
            number = len(bdb.Breakpoint.bpbynumber) - 1
        tables = self.commands, self.commands_doprompt, self.commands_silent
        before = [table[number] for table in tables] if number in self.commands else None
        for table, value in zip(tables, ([], True, False)):
            table[number] = value
        self.commands_bnum = number
        prompt, self.prompt = self.prompt, '(com) '
        self.commands_defining = True
        try:
            self.cmdloop()
        except KeyboardInterrupt:
            for i, table in enumerate(tables):
                if before is None:
                    del table[number]
                else:
                    table[number] = before[i]
            self.error('command definition aborted, old commands restored')
        finally:
            self.commands_defining = False
            self.prompt = prompt

    complete_commands = _complete_bpnumber

    def do_break(self, arg, temporary=0):
        """b(reak) [ ([filename:]lineno | function) [, condition] ]
        Without an argument, list the breakpoints.

        With a line number, stop at that line of the present file or of
        the one given, which is looked for along sys.path (.py may be
        left out).  With a function, stop at its first line.  A condition
        is an expression that must be true for the program to stop.
        """
        if not arg:
            if self.breaks:
                self.message('Num Type         Disp Enb   Where')
                for one in filter(None, bdb.Breakpoint.bpbynumber):
                    self.message(one.bpformat())
            return
        place, comma, condition = arg.partition(',')
        if place and comma:
            arg, condition = place.rstrip(), condition.lstrip()
        else:
            condition = None
        found = self._break_place(arg)
        if found is None:
            return
        filename, lineno, funcname = found
        lineno = self.checkline(filename or self.defaultFile(), lineno)
        if not lineno:
            return
        filename = filename or self.defaultFile()
        problem = self.set_break(filename, lineno, temporary, condition, funcname)
        if problem:
            self.error(problem)
        else:
            made = self.get_breaks(filename, lineno)[-1]
            self.message('Breakpoint %d at %s:%d' % (made.number, made.file, made.line))

    def _break_place(self, arg):
        """The file (None: the present one), line and function that an argument means; None after an error message."""
        name, colon, line = arg.rpartition(':')
        if colon:
            name, line = name.rstrip(), line.lstrip()
            filename = self.lookupmodule(name)
            if not filename:
                self.error('%r not found from sys.path' % name)
                return None
            try:
                return filename, int(line), None
            except ValueError:
                self.error('Bad lineno: %s' % line)
                return None
        try:
            return None, int(arg), None
        except ValueError:
            pass
        try:
            function = eval(arg, self.curframe.f_globals, self.curframe_locals)
        except:
            function = arg
        try:
            found = getattr(function, '__func__', function).__code__
            return found.co_filename, found.co_firstlineno, found.co_name
        except AttributeError:
            pass
        funcname, filename, lineno = self.lineinfo(arg)
        if not funcname:
            self.error('The specified object %r is not a function or was not found along sys.path.' % arg)
            return None
        return filename, int(lineno), funcname

    def defaultFile(self):
        """Return the present file."""
        filename = self.curframe.f_code.co_filename
        return self.mainpyfile if filename == '<string>' and self.mainpyfile else filename

    do_b = do_break
    complete_break = complete_b = _complete_location

    def do_tbreak(self, arg):
        """tbreak [ ([filename:]lineno | function) [, condition] ]
        Like break, but the breakpoint is deleted when it is reached.
        """
        self.do_break(arg, 1)

    complete_tbreak = _complete_location

    def lineinfo(self, identifier):
        """Look for a function that is not loaded yet: (name, file, line), each None if it is not found."""
        nothing = None, None, None
        quoted = identifier.split("'")
        if len(quoted) not in (1, 3):
            return nothing
        parts = quoted[len(quoted) // 2].strip().split('.')
        if parts[0] == 'self':
            del parts[0]
        if not parts or parts == ['']:
            return nothing
        filename, name = self.defaultFile(), parts[0]
        if len(parts) > 1:
            filename, name = self.lookupmodule(parts[0]) or filename, parts[1]
        return find_function(name, filename) or nothing

    def checkline(self, filename, lineno):
        """Return lineno if there can be a breakpoint in this line, else 0, after a message."""
        frame = getattr(self, 'curframe', None)
        line = linecache.getline(filename, lineno, frame.f_globals if frame else None)
        if not line:
            self.message('End of file')
            return 0
        line = line.strip()
        if not line or line.startswith(('#', '"""', "'''")):
            self.error('Blank or comment')
            return 0
        return lineno

    def _numbered(self, arg):
        """The breakpoints whose numbers stand in arg; messages for those that are not there."""
        for number in arg.split():
            try:
                yield self.get_bpbynumber(number)
            except ValueError as why:
                self.error(why)

    def do_enable(self, arg):
        """enable bpnumber [bpnumber ...]
        Make breakpoints count again.
        """
        for one in self._numbered(arg):
            one.enable()
            self.message('Enabled %s' % one)

    complete_enable = _complete_bpnumber

    def do_disable(self, arg):
        """disable bpnumber [bpnumber ...]
        Make the program not stop at breakpoints; they are kept and can
        be enabled again.
        """
        for one in self._numbered(arg):
            one.disable()
            self.message('Disabled %s' % one)

    complete_disable = _complete_bpnumber

    def do_condition(self, arg):
        """condition bpnumber [condition]
        Set the condition of a breakpoint, an expression that must be
        true for the program to stop; without one, take it away.
        """
        number, _, condition = arg.partition(' ')
        try:
            found = self.get_bpbynumber(number.strip())
        except ValueError as why:
            self.error(why)
            return
        found.cond = condition or None
        form = 'New condition set for breakpoint %d.' if condition else 'Breakpoint %d is now unconditional.'
        self.message(form % found.number)

    complete_condition = _complete_bpnumber

    def do_ignore(self, arg):
        """ignore bpnumber [count]
        Pass a breakpoint count times (0 if not given) before stopping.
        """
        words = arg.split()
        try:
            count = int(words[1])
        except (IndexError, ValueError):
            count = 0
        try:
            found = self.get_bpbynumber(words[0] if words else '')
        except ValueError as why:
            self.error(why)
            return
        found.ignore = count
        if count > 0:
            crossings = '%d crossings' % count if count > 1 else '1 crossing'
            self.message('Will ignore next %s of breakpoint %d.' % (crossings, found.number))
        else:
            self.message('Will stop next time breakpoint %d is reached.' % found.number)

    complete_ignore = _complete_bpnumber

    def do_clear(self, arg):
        """cl(ear) filename:lineno
        cl(ear) [bpnumber [bpnumber...]]
        Delete the breakpoints of a line, or those with these numbers;
        without an argument all of them, after a question.
        """
        if not arg:
            try:
                reply = input('Clear all breaks? ')
            except EOFError:
                reply = 'no'
            if reply.strip().lower() in ('y', 'yes'):
                gone = list(filter(None, bdb.Breakpoint.bpbynumber))
                self.clear_all_breaks()
                self._tell_deleted(gone)
            return
        if ':' in arg:
            filename, _, line = arg.rpartition(':')
            try:
                lineno = int(line)
            except ValueError:
                problem = 'Invalid line number (%s)' % line
            else:
                gone = self.get_breaks(filename, lineno)        # which is then empty: 3.8 says nothing here
                problem = self.clear_break(filename, lineno)
            if problem:
                self.error(problem)
            else:
                self._tell_deleted(gone)
            return
        for one in self._numbered(arg):
            self.clear_bpbynumber(one.number)
            self._tell_deleted([one])

    def _tell_deleted(self, gone):
        for one in gone:
            self.message('Deleted %s' % one)

    do_cl = do_clear
    complete_clear = complete_cl = _complete_location

    # Commands: the stack

    def do_where(self, arg):
        """w(here)
        Print the stack, the present frame last but for those of an
        exception.  An arrow marks the frame that is looked at.
        """
        self.print_stack_trace()

    do_w = do_bt = do_where

    def _select_frame(self, number):
        assert 0 <= number < len(self.stack)
        self.curindex = number
        self.curframe = self.stack[number][0]
        self.curframe_locals = self.curframe.f_locals
        self.print_stack_entry(self.stack[number])
        self.lineno = None

    def _move(self, arg, direction):
        """Look at another frame of the stack: direction -1 for older ones, 1 for newer ones."""
        end = 0 if direction < 0 else len(self.stack) - 1
        if self.curindex == end:
            self.error('Oldest frame' if direction < 0 else 'Newest frame')
            return
        try:
            count = int(arg or 1)
        except ValueError:
            self.error('Invalid frame count (%s)' % arg)
            return
        wanted = end if count < 0 else self.curindex + direction * count
        self._select_frame(max(0, min(wanted, len(self.stack) - 1)))

    def do_up(self, arg):
        """u(p) [count]
        Look at the frame count (one) levels up: that of a caller.
        """
        self._move(arg, -1)

    do_u = do_up

    def do_down(self, arg):
        """d(own) [count]
        Look at the frame count (one) levels down.
        """
        self._move(arg, 1)

    do_d = do_down

    # Commands: going on

    def do_until(self, arg):
        """unt(il) [lineno]
        Go on to a line with a greater number than the present one, or to
        lineno or behind it, or to the end of the function.
        """
        lineno = None
        if arg:
            try:
                lineno = int(arg)
            except ValueError:
                self.error('Error in argument: %r' % arg)
                return None
            if lineno <= self.curframe.f_lineno:
                self.error('"until" line number is smaller than current line number')
                return None
        self.set_until(self.curframe, lineno)
        return 1

    do_unt = do_until

    def do_step(self, arg):
        """s(tep)
        Go on to the next line, be it in a function that is called.
        """
        self.set_step()
        return 1

    do_s = do_step

    def do_next(self, arg):
        """n(ext)
        Go on to the next line of this function, or to its end.
        """
        self.set_next(self.curframe)
        return 1

    do_n = do_next

    def do_run(self, arg):
        """run [args...]
        Start the program again, with these arguments, split as a shell
        does, or with the old ones.  Breakpoints and settings are kept.
        """
        if arg:
            import shlex
            sys.argv = sys.argv[:1] + shlex.split(arg)
        raise Restart

    do_restart = do_run

    def do_return(self, arg):
        """r(eturn)
        Go on to the end of this function.
        """
        self.set_return(self.curframe)
        return 1

    do_r = do_return

    def do_continue(self, arg):
        """c(ont(inue))
        Go on to the next breakpoint.
        """
        if not self.nosigint:
            try:
                Pdb._previous_sigint_handler = signal.signal(signal.SIGINT, self.sigint_handler)
            except ValueError:              # not in the main thread
                pass
        self.set_continue()
        return 1

    do_c = do_cont = do_continue

    def do_jump(self, arg):
        """j(ump) lineno
        Go on with another line of this function, without running what is
        between.  It is only possible in the newest frame, and not into
        the middle of a loop or of a try statement's finally.
        """
        if self.curindex + 1 != len(self.stack):
            self.error('You can only jump within the bottom frame')
            return
        try:
            lineno = int(arg)
        except ValueError:
            self.error("The 'jump' command requires a line number")
            return
        try:
            self.curframe.f_lineno = lineno
        except ValueError as why:
            self.error('Jump failed: %s' % why)
        else:
            self.stack[self.curindex] = self.curframe, lineno
            self.print_stack_entry(self.stack[self.curindex])

    do_j = do_jump

    def do_debug(self, arg):
        """debug code
        Debug a statement or expression, with a debugger of its own.
        """
        sys.settrace(None)
        inner = Pdb(self.completekey, self.stdin, self.stdout)
        inner.prompt = '(%s) ' % self.prompt.strip()
        self.message('ENTERING RECURSIVE DEBUGGER')
        try:
            sys.call_tracing(inner.run, (arg, self.curframe.f_globals, self.curframe_locals))
        except Exception:
            self.error(_exception_line())
        self.message('LEAVING RECURSIVE DEBUGGER')
        sys.settrace(self.trace_dispatch)
        self.lastcmd = inner.lastcmd

    complete_debug = _complete_expression

    def do_quit(self, arg):
        """q(uit)
        exit
        Leave the debugger; the program is ended.
        """
        self._user_requested_quit = True
        self.set_quit()
        return 1

    do_q = do_exit = do_quit

    def do_EOF(self, arg):
        """EOF
        The end of the input leaves the debugger.
        """
        self.message('')
        self._user_requested_quit = True
        self.set_quit()
        return 1

    # Commands: values

    def do_args(self, arg):
        """a(rgs)
        Print the arguments of this function.
        """
        where = self.curframe.f_code
        count = where.co_argcount + where.co_kwonlyargcount
        count += bool(where.co_flags & inspect.CO_VARARGS) + bool(where.co_flags & inspect.CO_VARKEYWORDS)
        for name in where.co_varnames[:count]:
            if name in self.curframe_locals:
                self.message('%s = %r' % (name, self.curframe_locals[name]))
            else:
                self.message('%s = *** undefined ***' % (name,))

    do_a = do_args

    def do_retval(self, arg):
        """retval
        Print what the function returns.
        """
        if '__return__' in self.curframe_locals:
            self.message(repr(self.curframe_locals['__return__']))
        else:
            self.error('Not yet returned!')

    do_rv = do_retval

    def _getval(self, arg):
        """The value of an expression; if it cannot be had, a message is printed and the exception goes on."""
        try:
            return eval(arg, self.curframe.f_globals, self.curframe_locals)
        except:
            self.error(_exception_line())
            raise

    def _getval_except(self, arg, frame=None):
        """The value of an expression, or words about the exception."""
        try:
            if frame is None:
                return eval(arg, self.curframe.f_globals, self.curframe_locals)
            return eval(arg, frame.f_globals, frame.f_locals)
        except:
            return _rstr('** raised %s **' % _exception_line())

    def _print_value(self, arg, form):
        try:
            value = self._getval(arg)
        except:
            return
        try:
            self.message(form(value))
        except:
            self.error(_exception_line())

    def do_p(self, arg):
        """p expression
        Print the value of an expression.
        """
        self._print_value(arg, repr)

    def do_pp(self, arg):
        """pp expression
        Print the value of an expression with line breaks.
        """
        import pprint
        self._print_value(arg, pprint.pformat)

    complete_print = complete_p = complete_pp = _complete_expression

    def do_list(self, arg):
        """l(ist) [first [,last] | .]
        List source lines: 11 around the present one, or those behind the
        last ones listed.  With `.` go back to the present one; with one
        number list around that; with two, from the first one to the last
        one, which is a count if it is smaller.

        -> marks the present line, >> that of an exception if it is
        another one.
        """
        self.lastcmd = 'list'
        last = None
        if arg and arg != '.':
            try:
                if ',' in arg:
                    first, last = map(int, arg.split(','))
                    if last < first:
                        last += first
                else:
                    first = max(1, int(arg) - 5)
            except ValueError:
                self.error('Error in argument: %r' % arg)
                return
        elif arg != '.' and self.lineno is not None:
            first = self.lineno + 1
        else:
            first = max(1, self.curframe.f_lineno - 5)
        last = first + 10 if last is None else last
        filename = self.curframe.f_code.co_filename
        try:
            lines = linecache.getlines(filename, self.curframe.f_globals)
            self._print_lines(lines[first - 1:last], first, self.get_file_breaks(filename), self.curframe)
            self.lineno = min(last, len(lines))
            if len(lines) < last:
                self.message('[EOF]')
        except KeyboardInterrupt:
            pass

    do_l = do_list

    def do_longlist(self, arg):
        """longlist | ll
        List all of this function.
        """
        try:
            lines, lineno = getsourcelines(self.curframe)
        except OSError as why:
            self.error(why)
            return
        breaks = self.get_file_breaks(self.curframe.f_code.co_filename)
        self._print_lines(lines, lineno, breaks, self.curframe)

    do_ll = do_longlist

    def do_source(self, arg):
        """source expression
        List the source of an object.
        """
        try:
            found = self._getval(arg)
        except:
            return
        try:
            lines, lineno = getsourcelines(found)
        except (OSError, TypeError) as why:
            self.error(why)
            return
        self._print_lines(lines, lineno)

    complete_source = _complete_expression

    def _print_lines(self, lines, start, breaks=(), frame=None):
        """Print lines with their numbers, B for breakpoints, and arrows for the places of the frame."""
        current = frame.f_lineno if frame else -1
        raised = self.tb_lineno.get(frame, -1) if frame else -1
        for lineno, line in enumerate(lines, start):
            margin = str(lineno).rjust(3)
            if len(margin) < 4:
                margin += ' '
            margin += 'B' if lineno in breaks else ' '
            if lineno == current:
                margin += '->'
            elif lineno == raised:
                margin += '>>'
            self.message(margin + '\t' + line.rstrip())

    def do_whatis(self, arg):
        """whatis arg
        Print the type of an expression's value.
        """
        try:
            value = self._getval(arg)
        except:
            return
        inner = getattr(getattr(value, '__func__', None), '__code__', None)
        own = getattr(value, '__code__', None)
        if inner:
            self.message('Method %s' % inner.co_name)
        elif own:
            self.message('Function %s' % own.co_name)
        elif value.__class__ is type:
            self.message('Class %s.%s' % (value.__module__, value.__qualname__))
        else:
            self.message(type(value))

    complete_whatis = _complete_expression

    def do_display(self, arg):
        """display [expression]
        Print the value of an expression each time the program stops in
        this function, if it has changed.  Without an expression, list
        those of this function.
        """
        if not arg:
            self.message('Currently displaying:')
            for item in self.displaying.get(self.curframe, {}).items():
                self.message('%s: %r' % item)
            return
        value = self._getval_except(arg)
        self.displaying.setdefault(self.curframe, {})[arg] = value
        self.message('display %s: %r' % (arg, value))

    complete_display = _complete_expression

    def do_undisplay(self, arg):
        """undisplay [expression]
        Undo display for an expression, or for all of this function.
        """
        if not arg:
            self.displaying.pop(self.curframe, None)
        elif self.displaying.get(self.curframe, {}).pop(arg, _rstr) is _rstr:
            self.error('not displaying %s' % arg)

    def complete_undisplay(self, text, line, begidx, endidx):
        """Expressions that are displayed."""
        return [expression for expression in self.displaying.get(self.curframe, {}) if expression.startswith(text)]

    def do_interact(self, arg):
        """interact
        Start an interactive interpreter with the names that are known
        here.  Assignments do not change the program's variables.
        """
        code.interact('*interactive*', local={**self.curframe.f_globals, **self.curframe_locals})

    def do_alias(self, arg):
        """alias [name [command [parameter parameter ...] ]]
        Make a name for a command; without a command, show it; without a
        name, show all.  %1, %2... in the command stand for the words
        that follow the name when it is used, %* for all of them.  The
        command may use other aliases, but not its own name.

        Examples, of use in .pdbrc:

        # print the attributes of an object (usage: pi obj)
        alias pi for k in %1.__dict__.keys(): print("%1.",k,"=",%1.__dict__[k])
        # print those of self
        alias ps pi self
        """
        name, _, command = ' '.join(arg.split()).partition(' ')
        if not name:
            for name in sorted(self.aliases):
                self.message('%s = %s' % (name, self.aliases[name]))
        elif not command and name in self.aliases:
            self.message('%s = %s' % (name, self.aliases[name]))
        else:
            self.aliases[name] = command

    def do_unalias(self, arg):
        """unalias name
        Forget an alias.
        """
        words = arg.split()
        if words:
            self.aliases.pop(words[0], None)

    def complete_unalias(self, text, line, begidx, endidx):
        """Names of aliases."""
        return [name for name in self.aliases if name.startswith(text)]

    # Printing the stack

    def print_stack_trace(self):
        """Print all entries."""
        try:
            for entry in self.stack:
                self.print_stack_entry(entry)
        except KeyboardInterrupt:
            pass

    def print_stack_entry(self, frame_lineno, prompt_prefix=line_prefix):
        """Print one, with an arrow if it is the one that is looked at."""
        arrow = '> ' if frame_lineno[0] is self.curframe else '  '
        self.message(arrow + self.format_stack_entry(frame_lineno, prompt_prefix))

    # Help

    def do_help(self, arg):
        """h(elp)
        Without an argument, list the commands.  With the name of a
        command, print help about it; "help exec" tells about statements,
        "help pdb" prints everything.
        """
        if not arg:
            return cmd.Cmd.do_help(self, arg)
        topic = getattr(self, 'help_' + arg, None)
        if topic is not None:
            return topic()
        command = getattr(self, 'do_' + arg, None)
        if command is None:
            self.error('No help for %r' % arg)
        elif sys.flags.optimize >= 2:
            self.error('No help for %r; please do not run Python with -OO if you need command help' % arg)
        else:
            self.message(command.__doc__.rstrip())
        return None

    do_h = do_help

    def help_exec(self):
        """(!) statement
        Run a statement (on one line) in the present frame.  The ! may be
        left out unless the statement begins with a command's name.  To
        assign to a global variable, put the global statement before it
        on the same line:
        (Pdb) global list_options; list_options = ['-l']
        (Pdb)
        """
        self.message((self.help_exec.__doc__ or '').strip())

    def help_pdb(self):
        """Show the documentation of the debugger."""
        help()

    # Finding files, running programs

    def lookupmodule(self, filename):
        """Return the path of a module's file, looked for along sys.path; None if it is not there."""
        if os.path.isabs(filename) and os.path.exists(filename):
            return filename
        path = os.path.join(sys.path[0], filename)
        if os.path.exists(path) and self.canonic(path) == self.mainpyfile:
            return path
        if not os.path.splitext(filename)[1]:
            filename += '.py'
        if os.path.isabs(filename):
            return filename
        for folder in sys.path:
            while os.path.islink(folder):
                folder = os.readlink(folder)
            path = os.path.join(folder, filename)
            if os.path.exists(path):
                return path
        return None

    def _run_as_main(self, names, statement):
        """Run something in a new __main__; there is nothing to be seen before its own lines."""
        import __main__
        __main__.__dict__.clear()
        __main__.__dict__.update(names, __name__='__main__', __builtins__=__builtins__)
        self._wait_for_mainpyfile = True
        self._user_requested_quit = False
        self.run(statement)

    def _runmodule(self, module_name):
        import runpy
        _, spec, program = runpy._get_module_details(module_name)
        self.mainpyfile = self.canonic(program.co_filename)
        self._run_as_main({'__file__': self.mainpyfile, '__package__': spec.parent, '__loader__': spec.loader,
                           '__spec__': spec}, program)

    def _runscript(self, filename):
        import io
        self.mainpyfile = self.canonic(filename)
        with io.open_code(filename) as file:
            statement = "exec(compile(%r, %r, 'exec'))" % (file.read(), self.mainpyfile)
        self._run_as_main({'__file__': filename}, statement)


# The order in which `help pdb` tells about the commands
_help_order = ['help', 'where', 'down', 'up', 'break', 'tbreak', 'clear', 'disable', 'enable', 'ignore', 'condition',
               'commands', 'step', 'next', 'until', 'jump', 'return', 'retval', 'run', 'continue', 'list', 'longlist',
               'args', 'p', 'pp', 'whatis', 'source', 'display', 'undisplay', 'interact', 'alias', 'unalias', 'debug',
               'quit']

if __doc__ is not None:
    __doc__ += '\nThe commands:\n\n' + ''.join(
        getattr(Pdb, 'do_' + _name).__doc__.strip() + '\n\n' for _name in _help_order) + Pdb.help_exec.__doc__


# Short ways

def run(statement, globals=None, locals=None):
    """Debug a statement, given as a string or code object; in the namespace of __main__ if none is given."""
    Pdb().run(statement, globals, locals)


def runeval(expression, globals=None, locals=None):
    """Debug an expression and return its value."""
    return Pdb().runeval(expression, globals, locals)


def runctx(statement, globals, locals):
    """The same as run()."""
    run(statement, globals, locals)


def runcall(*args, **kwds):
    """Debug a call of args[0] with the other arguments and return its result."""
    return Pdb().runcall(*args, **kwds)


def set_trace(*, header=None):
    """Stop here.  header: a text to print before."""
    debugger = Pdb()
    if header is not None:
        debugger.message(header)
    debugger.set_trace(sys._getframe(1))


def post_mortem(t=None):
    """Look at the frames of a traceback, that of the exception in hand if not given.  ValueError if there is none."""
    if t is None:
        t = sys.exc_info()[2]
    if t is None:
        raise ValueError('A valid traceback must be passed if no exception is being handled')
    debugger = Pdb()
    debugger.reset()
    debugger.interaction(None, t)


def pm():
    """Look at the frames of the last uncaught exception."""
    post_mortem(sys.last_traceback)


def help():
    """Print this module's documentation."""
    import pydoc
    pydoc.pager(__doc__)


_usage = """\
usage: pdb.py [-c command] ... [-m module | pyfile] [arg] ...

Debug the Python program in pyfile, or, with -m, an executable module
or package.

First the commands of the files .pdbrc in your home directory and in
the current directory are run, if there are such, then those given
with -c.

To let the program run until an exception occurs, use "-c continue".
To let it run up to line X, use "-c 'until X'"."""


def main():
    """The command line."""
    import getopt
    options, args = getopt.getopt(sys.argv[1:], 'mhc:', ['help', 'command='])
    given = [option for option, _ in options]
    if not args or '-h' in given or '--help' in given:
        print(_usage)
        sys.exit(2 if not args and '-h' not in given and '--help' not in given else None)
    program = args[0]
    as_module = '-m' in given
    if not as_module and not os.path.exists(program):
        print('Error:', program, 'does not exist')
        sys.exit(1)
    sys.argv[:] = args
    if not as_module:
        program = os.path.realpath(program)         # it may change the working directory
        sys.path[0] = os.path.dirname(program)

    # Breakpoints and settings live as long as this object, through all runs of the program.
    debugger = Pdb()
    debugger.rcLines.extend(value for option, value in options if option in ('-c', '--command'))
    while True:
        try:
            if as_module:
                debugger._runmodule(program)
            else:
                debugger._runscript(program)
            if debugger._user_requested_quit:
                break
            print('The program finished and will be restarted')
        except Restart:
            print('Restarting', program, 'with arguments:')
            print('\t' + ' '.join(sys.argv[1:]))
        except SystemExit as exc:
            print('The program exited via sys.exit(). Exit status:', end=' ')
            print(exc)
        except SyntaxError:
            traceback.print_exc()
            sys.exit(1)
        except:
            traceback.print_exc()
            print('Uncaught exception. Entering post mortem debugging')
            print("Running 'cont' or 'step' will restart the program")
            debugger.interaction(None, sys.exc_info()[2])
            print('Post mortem debugger finished. The ' + program + ' will be restarted')


if __name__ == '__main__':
    # The module that the program itself imports must be this one's twin, with the same Breakpoint class.
    import pdb
    pdb.main()
