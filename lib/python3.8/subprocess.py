# SPDX-License-Identifier: MIT
"""Other programs: starting them, talking to them, and learning how they ended.

run() does all that for most purposes; Popen is what it stands on.  The functions of earlier days, call(),
check_call(), check_output(), getoutput() and getstatusoutput(), are short ways to say the same.
"""

import builtins
import errno
import io
import os
import sys
import time
import warnings
import _posixsubprocess
from _thread import allocate_lock as _allocate_lock
from time import monotonic as _time

__all__ = ["Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run",
           "CalledProcessError", "DEVNULL", "SubprocessError", "TimeoutExpired", "CompletedProcess"]

_mswindows = False

PIPE, STDOUT, DEVNULL = -1, -2, -3

# How much can be written to a pipe that is ready without waiting.
try:
    from select import PIPE_BUF as _PIPE_BUF
except ImportError:
    _PIPE_BUF = 512

_PopenSelector = None       # the selector class for communicate(); None for the best there is

# Processes that nobody waited for when their Popen object went away; a new Popen looks after them.
_active = []


class SubprocessError(Exception):
    """What all exceptions of this module are."""


class _WithOutput(SubprocessError):
    """An exception that carries what the process had written."""

    @property
    def stdout(self):
        """Another name of output."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CalledProcessError(_WithOutput):
    """A process ended with an exit status other than 0.

    Attributes: returncode, cmd, output (also named stdout), stderr.
    """

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode, self.cmd = returncode, cmd
        self.output, self.stderr = output, stderr

    def __str__(self):
        if not self.returncode or self.returncode > 0:
            return "Command '%s' returned non-zero exit status %d." % (self.cmd, self.returncode)
        import signal
        try:
            return "Command '%s' died with %r." % (self.cmd, signal.Signals(-self.returncode))
        except ValueError:
            return "Command '%s' died with unknown signal %d." % (self.cmd, -self.returncode)

    stdout = _WithOutput.stdout


class TimeoutExpired(_WithOutput):
    """A process had not ended when time was up.

    Attributes: cmd, timeout (seconds), output (also named stdout), stderr.
    """

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd, self.timeout = cmd, timeout
        self.output, self.stderr = output, stderr

    def __str__(self):
        return "Command '%s' timed out after %s seconds" % (self.cmd, self.timeout)

    stdout = _WithOutput.stdout


def _cleanup():
    """Look whether abandoned processes have ended."""
    if _active is None:
        return
    for process in _active[:]:
        if process._internal_poll(_deadstate=sys.maxsize) is not None:
            try:
                _active.remove(process)
            except ValueError:
                pass        # another thread was faster


def _optim_args_from_interpreter_flags():
    """The options that tell another interpreter to optimise as this one does."""
    level = sys.flags.optimize
    return ['-' + 'O' * level] if level > 0 else []


def _args_from_interpreter_flags():
    """The options that make another interpreter behave as this one does."""
    flags = sys.flags
    args = _optim_args_from_interpreter_flags()
    for name, letter in (('debug', 'd'), ('dont_write_bytecode', 'B'), ('no_site', 'S'), ('verbose', 'v'),
                         ('bytes_warning', 'b'), ('quiet', 'q')):
        if getattr(flags, name) > 0:
            args.append('-' + letter * getattr(flags, name))
    if flags.isolated:
        args.append('-I')
    else:
        args += ['-E'] * bool(flags.ignore_environment) + ['-s'] * bool(flags.no_user_site)
    options = getattr(sys, '_xoptions', {})
    # Filters that follow from other options are not repeated.
    implied = []
    if 'dev' in options:
        implied.append('default')
    if flags.bytes_warning:
        implied.append('error::BytesWarning' if flags.bytes_warning > 1 else 'default::BytesWarning')
    filters = sys.warnoptions[:]
    for implication in implied:
        if implication in filters:
            filters.remove(implication)
    args += ['-W' + each for each in filters]
    if 'dev' in options:
        args += ['-X', 'dev']
    for name in 'faulthandler', 'tracemalloc', 'importtime', 'showalloccount', 'showrefcount', 'utf8':
        if name in options:
            value = options[name]
            args += ['-X', name if value is True else '%s=%s' % (name, value)]
    return args


# Functions that run a process to its end

def call(*popenargs, timeout=None, **kwargs):
    """Run a command, wait for its end, and return its exit status.

    The arguments are those of Popen.  TimeoutExpired is raised, and the process killed, after timeout seconds.
    """
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except:
            # wait() has given it time already where that makes sense.
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    """Run a command as call() does and return 0; CalledProcessError if its exit status is another."""
    status = call(*popenargs, **kwargs)
    if not status:
        return 0
    raise CalledProcessError(status, _command_of(popenargs, kwargs))


def _command_of(popenargs, kwargs):
    command = kwargs.get('args')
    return popenargs[0] if command is None else command


def check_output(*popenargs, timeout=None, **kwargs):
    """Run a command and return what it writes to its standard output; CalledProcessError if it fails.

    The arguments are those of run(), but for stdout.
    """
    if 'stdout' in kwargs:
        raise ValueError('stdout argument not allowed, it will be overridden.')
    if kwargs.get('input', kwargs) is None:
        # None used to mean an empty input here.
        is_text = any(map(kwargs.get, ('universal_newlines', 'text', 'encoding', 'errors')))
        kwargs['input'] = '' if is_text else b''
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


class CompletedProcess:
    """A process that has ended, as returned by run().

    Attributes: args, returncode (-N if it died of signal N), stdout and stderr (None if not captured).
    """

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode = args, returncode
        self.stdout, self.stderr = stdout, stderr

    def __repr__(self):
        shown = ['args={!r}'.format(self.args), 'returncode={!r}'.format(self.returncode)]
        shown += ['{}={!r}'.format(name, value) for name, value in (('stdout', self.stdout), ('stderr', self.stderr))
                  if value is not None]
        return "{}({})".format(type(self).__name__, ', '.join(shown))

    def check_returncode(self):
        """Raise CalledProcessError unless the exit status is 0."""
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Run a command to its end and return a CompletedProcess.

    input is written to its standard input; capture_output keeps what it writes (stdout=PIPE and stderr=PIPE);
    after timeout seconds it is killed and TimeoutExpired raised; with check a failure raises CalledProcessError.
    The other arguments are those of Popen.
    """
    given = {name for name in ('stdin', 'stdout', 'stderr') if kwargs.get(name) is not None}
    if input is not None:
        if 'stdin' in given:
            raise ValueError('stdin and input arguments may not both be used.')
        kwargs.update(stdin=PIPE)
    if capture_output:
        if given - {'stdin'}:
            raise ValueError('stdout and stderr arguments may not be used with capture_output.')
        kwargs.update(stdout=PIPE, stderr=PIPE)
    with Popen(*popenargs, **kwargs) as process:
        try:
            out, err = process.communicate(input, timeout=timeout)
        except TimeoutExpired:
            process.kill()
            # What it wrote is in the exception; there is no more to read.
            process.wait()
            raise
        except:
            process.kill()
            raise
        status = process.poll()
    completed = CompletedProcess(process.args, status, out, err)
    if check:
        completed.check_returncode()
    return completed


def list2cmdline(seq):
    """Return one string for a sequence of arguments, quoted so that Windows programs split it again.

    A backslash is special only before a double quote.
    """
    words = []
    for arg in map(os.fsdecode, seq):
        quoted = []
        slashes = 0     # backslashes not written yet
        for char in arg:
            if char == '\\':
                slashes += 1
                continue
            if char == '"':
                quoted.append('\\' * (2 * slashes + 1))
            else:
                quoted.append('\\' * slashes)
            quoted.append(char)
            slashes = 0
        if not arg or ' ' in arg or '\t' in arg:
            words.append('"' + ''.join(quoted) + '\\' * (2 * slashes) + '"')
        else:
            words.append(''.join(quoted) + '\\' * slashes)
    return ' '.join(words)


def getstatusoutput(cmd):
    """Run a command in the shell; return (exit status, what it wrote to both outputs without the last line end)."""
    try:
        output = check_output(cmd, shell=True, text=True, stderr=STDOUT)
        status = 0
    except CalledProcessError as failure:
        output, status = failure.output, failure.returncode
    return status, output[:-1] if output[-1:] == '\n' else output


def getoutput(cmd):
    """Run a command in the shell and return what it wrote to both outputs, without the last line end."""
    return getstatusoutput(cmd)[1]


def _use_posix_spawn():
    """Whether posix_spawn() can be trusted here to report that a program could not be started."""
    if sys.platform == 'darwin':
        return True
    try:
        version = os.confstr('CS_GNU_LIBC_VERSION')
    except (AttributeError, ValueError, OSError):
        return False
    name, _, number = version.partition(' ')
    try:
        number = tuple(map(int, number.split('.')))
    except ValueError:
        return False
    # glibc uses vfork() and passes errors on since then.
    return sys.platform == 'linux' and name == 'glibc' and number >= (2, 24) and hasattr(os, 'posix_spawn')


_USE_POSIX_SPAWN = None     # whether to; found out when it first matters


class Popen:
    """A program, started in a process of its own.

    args: the program and its arguments, or one string (the name of the program; with shell=True, a shell command)
    bufsize: of the pipes, as for open()
    executable: what to run in place of args[0], or of the shell
    stdin, stdout, stderr: None for what this process has, PIPE, DEVNULL, a descriptor or file; stderr also STDOUT
    preexec_fn: called in the child before the program is executed; not safe with threads
    close_fds: close all descriptors from 3 on in the child but those in pass_fds
    cwd, env: the folder and the environment (a mapping) of the program
    restore_signals: reset the signals that Python ignores; start_new_session: call setsid()
    text (or universal_newlines), encoding, errors: make the pipes text files
    startupinfo and creationflags are for Windows.

    Attributes: args, stdin, stdout, stderr (files, if they are pipes), pid, returncode (None as long as not known).
    In `with` the pipes are closed and the process is waited for.
    """

    _child_created = False      # for __del__, in case __init__ failed

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None,
                 close_fds=True, shell=False, cwd=None, env=None, universal_newlines=None, startupinfo=None,
                 creationflags=0, restore_signals=True, start_new_session=False, pass_fds=(), *, encoding=None,
                 errors=None, text=None):
        _cleanup()
        # Between waitpid() and storing its result no other thread may call it.
        self._waitpid_lock = _allocate_lock()
        self._input = None
        self._communication_started = False
        if bufsize is None:
            bufsize = -1
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if pass_fds and not close_fds:
            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning)
            close_fds = True
        for name, value in ('startupinfo', startupinfo), ('creationflags', creationflags):
            if value is not None and value != 0:
                raise ValueError(name + " is only supported on Windows platforms")
        self.args = args
        self.stdin = self.stdout = self.stderr = None
        self.pid = self.returncode = None
        self.encoding, self.errors = encoding, errors
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError('Cannot disambiguate when both text and universal_newlines are supplied but '
                                  'different. Pass one or the other.')
        self.text_mode = encoding or errors or text or universal_newlines
        # How long to wait for the child after Ctrl-C, which it has received as well.
        self._sigint_wait_secs = 0.25
        self._closed_child_pipe_fds = False
        handles = self._get_handles(stdin, stdout, stderr)
        try:
            self._open_pipes(handles, bufsize)
            self._execute_child(args, executable, preexec_fn, close_fds, pass_fds, cwd, env, startupinfo,
                                creationflags, shell, *handles, restore_signals, start_new_session)
        except:
            self._abandon_pipes(handles, stdin, stdout, stderr)
            raise

    @property
    def universal_newlines(self):
        """Another name of text_mode."""
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, universal_newlines):
        self.text_mode = bool(universal_newlines)

    def _get_handles(self, stdin, stdout, stderr):
        """Descriptors: of the child's and our end, for each of the three; -1 where there is none."""
        ends = []
        for number, what in enumerate((stdin, stdout, stderr)):
            child = parent = -1
            if what is None:
                pass
            elif what == PIPE:
                child, parent = os.pipe() if number == 0 else os.pipe()[::-1]
            elif what == STDOUT and number == 2:
                # Where the output goes; or to our own.
                child = ends[1][0] if ends[1][0] != -1 else sys.__stdout__.fileno()
            elif what == DEVNULL:
                child = self._get_devnull()
            elif isinstance(what, int):
                child = what
            else:
                child = what.fileno()
            ends.append((child, parent))
        (p2cread, p2cwrite), (c2pwrite, c2pread), (errwrite, errread) = ends
        return p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite

    def _get_devnull(self):
        if not hasattr(self, '_devnull'):
            self._devnull = os.open(os.devnull, os.O_RDWR)
        return self._devnull

    def _open_pipes(self, handles, bufsize):
        """Make files of our ends."""
        _, p2cwrite, c2pread, _, errread, _ = handles
        line_buffering = False
        if self.text_mode and bufsize == 1:
            # Lines are the text layer's affair; below it the size is the default.
            line_buffering, bufsize = True, -1
        for name, fd, mode in ('stdin', p2cwrite, 'wb'), ('stdout', c2pread, 'rb'), ('stderr', errread, 'rb'):
            if fd == -1:
                continue
            file = io.open(fd, mode, bufsize)
            if self.text_mode:
                extra = dict(write_through=True, line_buffering=line_buffering) if name == 'stdin' else {}
                file = io.TextIOWrapper(file, encoding=self.encoding, errors=self.errors, **extra)
            setattr(self, name, file)

    def _abandon_pipes(self, handles, stdin, stdout, stderr):
        """Close what was opened for a child that could not be started."""
        for file in self.stdin, self.stdout, self.stderr:
            if file is not None:
                try:
                    file.close()
                except OSError:
                    pass
        if self._closed_child_pipe_fds:
            return
        ours = []
        for what, fd in (stdin, handles[0]), (stdout, handles[3]), (stderr, handles[5]):
            if what == PIPE:
                ours.append(fd)
        if hasattr(self, '_devnull'):
            ours.append(self._devnull)
        for fd in ours:
            try:
                os.close(fd)
            except OSError:
                pass

    def _close_pipe_fds(self, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite):
        """Close the child's ends, which the child has now."""
        devnull = getattr(self, '_devnull', None)
        children = {child for child, parent in ((p2cread, p2cwrite), (c2pwrite, c2pread), (errwrite, errread))
                    if child != -1 and parent != -1 and child != devnull}
        if devnull is not None:
            children.add(devnull)
        for fd in children:
            os.close(fd)
        self._closed_child_pipe_fds = True

    # Starting

    def _execute_child(self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, startupinfo, creationflags,
                       shell, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, restore_signals,
                       start_new_session):
        if isinstance(args, (str, bytes)) or isinstance(args, os.PathLike) and not shell:
            args = [args]
        elif isinstance(args, os.PathLike):
            raise TypeError('path-like args is not allowed when shell is true')
        else:
            args = list(args)
        if shell:
            usual = '/system/bin/sh' if hasattr(sys, 'getandroidapilevel') else '/bin/sh'
            args = [executable or usual, '-c', *args]
        executable = args[0] if executable is None else executable
        sys.audit("subprocess.Popen", executable, args, cwd, env)
        handles = p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite
        if (not (preexec_fn or close_fds or pass_fds or start_new_session) and cwd is None
                and os.path.dirname(executable) and self._may_spawn(p2cread, c2pwrite, errwrite)):
            self._posix_spawn(args, executable, env, restore_signals, *handles)
            return
        report = self._fork_exec(args, executable, preexec_fn, close_fds, pass_fds, cwd, env, handles,
                                 restore_signals, start_new_session)
        if report:
            self._child_failed(report, executable, cwd)

    @staticmethod
    def _may_spawn(*fds):
        global _USE_POSIX_SPAWN
        if _USE_POSIX_SPAWN is None:
            _USE_POSIX_SPAWN = _use_posix_spawn()
        # A standard descriptor used as another would be overwritten too early.
        return _USE_POSIX_SPAWN and all(fd == -1 or fd > 2 for fd in fds)

    def _posix_spawn(self, args, executable, env, restore_signals, p2cread, p2cwrite, c2pread, c2pwrite, errread,
                     errwrite):
        options = {}
        if restore_signals:
            import signal
            options['setsigdef'] = [getattr(signal, name) for name in ('SIGPIPE', 'SIGXFZ', 'SIGXFSZ')
                                    if hasattr(signal, name)]
        actions = [(os.POSIX_SPAWN_CLOSE, fd) for fd in (p2cwrite, c2pread, errread) if fd != -1]
        actions += [(os.POSIX_SPAWN_DUP2, fd, standard)
                    for fd, standard in ((p2cread, 0), (c2pwrite, 1), (errwrite, 2)) if fd != -1]
        if actions:
            options['file_actions'] = actions
        self.pid = os.posix_spawn(executable, args, os.environ if env is None else env, **options)
        self._child_created = True
        self._close_pipe_fds(p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite)

    def _fork_exec(self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, handles, restore_signals,
                   start_new_session):
        """Start the child; return what it reports if it cannot execute the program, else nothing."""
        report_read, report_write = os.pipe()
        low_fds = []
        try:
            try:
                # The child puts its files at 0 to 2: this must not be in the way.
                while report_write < 3:
                    low_fds.append(report_write)
                    report_write = os.dup(report_write)
                keep = set(pass_fds)
                keep.add(report_write)
                self.pid = _posixsubprocess.fork_exec(
                    args, _candidates(executable, env), close_fds, tuple(sorted(map(int, keep))), cwd,
                    None if env is None else _environment_list(env), *handles, report_read, report_write,
                    restore_signals, start_new_session, preexec_fn)
                self._child_created = True
            finally:
                for fd in low_fds:
                    os.close(fd)
                os.close(report_write)      # the child's copy stays open until the program runs
            self._close_pipe_fds(*handles)
            report = bytearray()
            while True:
                part = os.read(report_read, 50000)
                report += part
                if not part or len(report) > 50000:
                    return report
        finally:
            os.close(report_read)

    def _child_failed(self, report, executable, cwd):
        """Raise what the child reported: exception name, errno in hexadecimal, message, separated by colons."""
        try:
            pid, status = os.waitpid(self.pid, 0)
            if pid == self.pid:
                self._handle_exitstatus(status)
            else:
                self.returncode = sys.maxsize
        except ChildProcessError:
            pass
        parts = bytes(report).split(b':', 2)
        if len(parts) != 3:
            parts = (b'SubprocessError', b'0',
                     'Bad exception data from child: {!r}'.format(bytes(report)).encode())
        kind = getattr(builtins, parts[0].decode('ascii'), SubprocessError)
        number = int(parts[1], 16)
        message = parts[2].decode(errors='surrogatepass')
        if not (issubclass(kind, OSError) and number):
            raise kind(message)
        # "noexec": it did not come as far as the program.
        culprit = cwd if message == 'noexec' else executable
        raise kind(number, os.strerror(number), culprit)

    # Ending

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        for file in self.stdout, self.stderr:
            if file:
                file.close()
        try:
            if self.stdin:      # closing may write what is buffered
                self.stdin.close()
        finally:
            if exc_type is KeyboardInterrupt:
                # The child got it too: leave it a moment, unless communicate() or wait() has done so.
                if self._sigint_wait_secs > 0:
                    try:
                        self._wait(timeout=self._sigint_wait_secs)
                    except TimeoutExpired:
                        pass
                self._sigint_wait_secs = 0
            else:
                self.wait()

    def __del__(self, _maxsize=sys.maxsize, _warn=warnings.warn):
        if not self._child_created:
            return
        if self.returncode is None:
            _warn("subprocess %s is still running" % self.pid, ResourceWarning, source=self)
        self._internal_poll(_deadstate=_maxsize)
        if self.returncode is None and _active is not None:
            _active.append(self)

    def _handle_exitstatus(self, sts, _WIFSIGNALED=os.WIFSIGNALED, _WTERMSIG=os.WTERMSIG, _WIFEXITED=os.WIFEXITED,
                           _WEXITSTATUS=os.WEXITSTATUS, _WIFSTOPPED=os.WIFSTOPPED, _WSTOPSIG=os.WSTOPSIG):
        # The functions are arguments since __del__ may run when os is gone.
        if _WIFEXITED(sts):
            code = _WEXITSTATUS(sts)
        elif _WIFSIGNALED(sts) or _WIFSTOPPED(sts):
            code = -(_WTERMSIG if _WIFSIGNALED(sts) else _WSTOPSIG)(sts)
        else:
            raise SubprocessError("Unknown child exit status!")
        self.returncode = code

    def _internal_poll(self, _deadstate=None, _waitpid=os.waitpid, _WNOHANG=os.WNOHANG, _ECHILD=errno.ECHILD):
        """Look whether the process has ended; _deadstate is its status if it cannot be found."""
        if self.returncode is None and self._waitpid_lock.acquire(False):
            # (Else another thread is just waiting.)
            try:
                if self.returncode is None:
                    pid, status = _waitpid(self.pid, _WNOHANG)
                    if pid == self.pid:
                        self._handle_exitstatus(status)
            except OSError as error:
                if _deadstate is not None:
                    self.returncode = _deadstate
                elif error.errno == _ECHILD:
                    # Somebody else waited, or SIGCHLD is ignored: all is lost but that it has ended.
                    self.returncode = 0
            finally:
                self._waitpid_lock.release()
        return self.returncode

    def _try_wait(self, wait_flags):
        try:
            return os.waitpid(self.pid, wait_flags)
        except ChildProcessError:
            # As above: it is gone, with an unknown status.
            return self.pid, 0

    def _wait(self, timeout):
        deadline = None if timeout is None else _time() + timeout
        pause = 0.0005
        while self.returncode is None:
            if deadline is None or self._waitpid_lock.acquire(False):
                if deadline is None:
                    self._waitpid_lock.acquire()
                try:
                    if self.returncode is None:
                        pid, status = self._try_wait(0 if deadline is None else os.WNOHANG)
                        # Some systems return 0 now and then.
                        if pid == self.pid:
                            self._handle_exitstatus(status)
                finally:
                    self._waitpid_lock.release()
            if deadline is not None and self.returncode is None:
                left = self._remaining_time(deadline)
                if left <= 0:
                    raise TimeoutExpired(self.args, timeout)
                time.sleep(min(pause, left))
                pause = min(pause * 2, 0.05)
        return self.returncode

    def poll(self):
        """Look whether the process has ended and return its exit status, or None if it has not."""
        return self._internal_poll()

    def _remaining_time(self, endtime):
        return None if endtime is None else endtime - _time()

    def _linger(self, deadline):
        """After Ctrl-C, before the exception goes on: leave the child a moment to end as well."""
        patience = self._sigint_wait_secs
        if deadline is not None:
            patience = min(patience, self._remaining_time(deadline))
        self._sigint_wait_secs = 0
        try:
            self._wait(timeout=patience)
        except TimeoutExpired:
            pass

    def wait(self, timeout=None):
        """Wait for the end of the process and return its exit status (-N if it died of signal N).

        TimeoutExpired is raised after timeout seconds.
        """
        deadline = None if timeout is None else _time() + timeout
        try:
            return self._wait(timeout=timeout)
        except KeyboardInterrupt:
            self._linger(deadline)
            raise

    def send_signal(self, sig):
        """Send a signal, unless the process is known to have ended."""
        self.poll()
        if self.returncode is None:
            os.kill(self.pid, sig)

    def terminate(self):
        """Ask the process to end (SIGTERM)."""
        self.send_signal(_signal_number('SIGTERM'))

    def kill(self):
        """Make the process end (SIGKILL)."""
        self.send_signal(_signal_number('SIGKILL'))

    # Talking

    def _translate_newlines(self, data, encoding, errors):
        return data.decode(encoding, errors).replace('\r\n', '\n').replace('\r', '\n')

    def _stdin_write(self, input):
        """Write all input and close the pipe; a child that does not want it is no error."""
        try:
            if input:
                self.stdin.write(input)
        except BrokenPipeError:
            pass
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
        try:
            self.stdin.close()
        except BrokenPipeError:
            pass
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise

    def communicate(self, input=None, timeout=None):
        """Write input to the process, read what it writes to the end, wait for it; return (stdout, stderr).

        Each is None if it is no pipe.  TimeoutExpired is raised after timeout seconds; the process is not killed
        then, and communicate() may be called again without losing anything.
        """
        if self._communication_started and input:
            raise ValueError("Cannot send input after starting communication")
        if timeout is None and not self._communication_started and \
                (self.stdin, self.stdout, self.stderr).count(None) >= 2:
            return self._communicate_one(input)
        deadline = None if timeout is None else _time() + timeout
        try:
            captured = self._communicate(input, deadline, timeout)
        except KeyboardInterrupt:
            self._linger(deadline)
            raise
        finally:
            self._communication_started = True
        self.wait(timeout=self._remaining_time(deadline))
        return captured

    def _communicate_one(self, input):
        """communicate() with one pipe at most: nothing can block the other side."""
        captured = [None, None]
        if self.stdin:
            self._stdin_write(input)
        for number, file in enumerate((self.stdout, self.stderr)):
            if file:
                captured[number] = file.read()
                file.close()
        self.wait()
        return tuple(captured)

    def _save_input(self, input):
        # Kept for calls after a timeout.
        if self.stdin and self._input is None:
            self._input_offset = 0
            self._input = input
            if input is not None and self.text_mode:
                self._input = input.encode(self.stdin.encoding, self.stdin.errors)

    def _communicate(self, input, endtime, orig_timeout):
        if self.stdin and not self._communication_started:
            # What the caller wrote before.
            try:
                self.stdin.flush()
            except BrokenPipeError:
                pass
            if not input:
                try:
                    self.stdin.close()
                except BrokenPipeError:
                    pass
        if not self._communication_started:
            self._fileobj2output = {file: [] for file in (self.stdout, self.stderr) if file}
        self._save_input(input)
        to_write = memoryview(self._input) if self._input else None
        with _new_selector() as selector:
            from selectors import EVENT_READ, EVENT_WRITE
            if self.stdin and input and not self.stdin.closed or to_write is not None and not self.stdin.closed:
                selector.register(self.stdin, EVENT_WRITE)
            for file in self.stdout, self.stderr:
                if file and not file.closed:
                    selector.register(file, EVENT_READ)
            while selector.get_map():
                left = self._remaining_time(endtime)
                if left is not None and left < 0:
                    self._timed_out(orig_timeout)
                ready = selector.select(left)
                if endtime is not None and _time() > endtime:
                    self._timed_out(orig_timeout)
                for key, _ in ready:
                    self._serve(key.fileobj, selector, to_write)
        self.wait(timeout=self._remaining_time(endtime))
        return tuple(map(self._captured, (self.stdout, self.stderr)))

    def _serve(self, file, selector, to_write):
        """Read from or write to a pipe that is ready; take it out when it is done with."""
        if file is self.stdin:
            chunk = to_write[self._input_offset:self._input_offset + _PIPE_BUF]
            try:
                self._input_offset += os.write(selector.get_key(file).fd, chunk)
                done = self._input_offset >= len(self._input)
            except BrokenPipeError:
                done = True
        else:
            data = os.read(selector.get_key(file).fd, 32768)
            if data:
                self._fileobj2output[file].append(data)
            done = not data
        if done:
            selector.unregister(file)
            file.close()

    def _captured(self, file):
        if file is None:
            return None
        data = b''.join(self._fileobj2output[file])
        return self._translate_newlines(data, file.encoding, file.errors) if self.text_mode else data

    def _timed_out(self, timeout):
        raise TimeoutExpired(self.args, timeout, *(
            b''.join(self._fileobj2output[file]) or None if file else None for file in (self.stdout, self.stderr)))


def _candidates(executable, env):
    """Where a program may be, as bytes."""
    program = os.fsencode(executable)
    if os.path.dirname(program):
        return (program,)
    return tuple(os.path.join(os.fsencode(folder), program) for folder in os.get_exec_path(env))


def _environment_list(env):
    variables = []
    for name, value in env.items():
        name = os.fsencode(name)
        if b'=' in name:
            raise ValueError("illegal environment variable name")
        variables.append(name + b'=' + os.fsencode(value))
    return variables


def _signal_number(name):
    import _signal
    return getattr(_signal, name)


def _new_selector():
    if _PopenSelector is not None:
        return _PopenSelector()
    import selectors
    # poll() has no limit on descriptors and needs none of its own.
    return getattr(selectors, 'PollSelector', selectors.SelectSelector)()
