# SPDX-License-Identifier: MIT
"""Who the user is, and a password from them that nobody sees.

getpass() turns off the echo of the terminal; if that is impossible, it warns (GetPassWarning) and asks all the same.
"""

import io
import os
import sys
import warnings

__all__ = ["getpass", "getuser", "GetPassWarning"]


class GetPassWarning(UserWarning):
    """A password may have been visible when it was typed."""


def unix_getpass(prompt='Password: ', stream=None):
    """Return a password typed at the terminal, or from standard input if there is none.

    The prompt goes to stream, by default the terminal or sys.stderr.
    """
    from contextlib import ExitStack
    with ExitStack() as opened:
        try:
            fd = os.open('/dev/tty', os.O_RDWR | os.O_NOCTTY)
            terminal = io.FileIO(fd, 'w+')
            opened.enter_context(terminal)
            source = io.TextIOWrapper(terminal)
            opened.enter_context(source)
            stream = stream or source
        except OSError:
            # No terminal belongs to the process; standard input may be one all the same.
            opened.close()
            try:
                fd = sys.stdin.fileno()
            except (AttributeError, ValueError):
                return _with_newline(fallback_getpass(prompt, stream), stream or sys.stderr)
            source, stream = sys.stdin, stream or sys.stderr
        password = None
        try:
            if fd is not None:
                password = _ask_silently(fd, prompt, stream, source)
        except termios.error:
            if password is not None:
                raise       # the terminal could not be restored
            if stream is not source:
                opened.close()
            password = fallback_getpass(prompt, stream)
        return _with_newline(password, stream)


def _with_newline(password, stream):
    stream.write('\n')
    return password


def _ask_silently(fd, prompt, stream, source):
    before = termios.tcgetattr(fd)
    silent = before[:]
    silent[3] &= ~termios.ECHO
    # TCSASOFT, where there is one: leave the hardware alone.
    when = termios.TCSAFLUSH | getattr(termios, 'TCSASOFT', 0)
    try:
        termios.tcsetattr(fd, when, silent)
        return _raw_input(prompt, stream, input=source)
    finally:
        termios.tcsetattr(fd, when, before)
        stream.flush()


def win_getpass(prompt='Password: ', stream=None):
    """Return a password typed at the console of Windows."""
    if sys.stdin is not sys.__stdin__:
        return fallback_getpass(prompt, stream)
    for char in prompt:
        msvcrt.putwch(char)
    typed = []
    while True:
        char = msvcrt.getwch()
        if char in '\r\n':
            break
        if char == '\003':
            raise KeyboardInterrupt
        if char == '\b':
            del typed[-1:]
        else:
            typed.append(char)
    msvcrt.putwch('\r')
    msvcrt.putwch('\n')
    return ''.join(typed)


def fallback_getpass(prompt='Password: ', stream=None):
    """Warn, and return a password that may be seen."""
    warnings.warn("Can not control echo on the terminal.", GetPassWarning, stacklevel=2)
    stream = stream or sys.stderr
    print("Warning: Password input may be echoed.", file=stream)
    return _raw_input(prompt, stream)


def _raw_input(prompt="", stream=None, input=None):
    """Like input(), but no line editing and no history, which would keep the password."""
    stream = stream or sys.stderr
    prompt = str(prompt)
    if prompt:
        try:
            stream.write(prompt)
        except UnicodeEncodeError:
            # What the terminal cannot show is not worth an error.
            stream.write(prompt.encode(stream.encoding, 'replace').decode(stream.encoding))
        stream.flush()
    line = (input or sys.stdin).readline()
    if not line:
        raise EOFError
    return line[:-1] if line[-1] == '\n' else line


def getuser():
    """Return the name of the user: one of the variables LOGNAME, USER, LNAME, USERNAME, or from the system."""
    for variable in 'LOGNAME', 'USER', 'LNAME', 'USERNAME':
        name = os.environ.get(variable)
        if name:
            return name
    import pwd
    return pwd.getpwuid(os.getuid())[0]


try:
    import termios
    termios.tcgetattr, termios.tcsetattr
except (ImportError, AttributeError):
    try:
        import msvcrt
    except ImportError:
        getpass = fallback_getpass
    else:
        getpass = win_getpass
else:
    getpass = unix_getpass
