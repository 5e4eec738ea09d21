# SPDX-License-Identifier: MIT
"""Pseudo-terminals: a program runs at a terminal that another program plays."""

import os
import tty
from select import select

__all__ = ["openpty", "fork", "spawn"]

STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO = 0, 1, 2

CHILD = 0       # what fork() returns in the child


def openpty():
    """Open a pair of terminals and return their descriptors (master, slave): what is written to one is read from
    the other."""
    try:
        return os.openpty()
    except (AttributeError, OSError):
        pass
    master, name = _open_terminal()
    return master, slave_open(name)


def master_open():
    """Open a master and return its descriptor and the name of its slave; openpty() is better."""
    try:
        master, slave = os.openpty()
    except (AttributeError, OSError):
        return _open_terminal()
    name = os.ttyname(slave)
    os.close(slave)
    return master, name


def _open_terminal():
    """The first free one of the BSD terminals."""
    for bank in 'pqrstuvwxyzPQRST':
        for digit in '0123456789abcdef':
            try:
                return os.open('/dev/pty' + bank + digit, os.O_RDWR), '/dev/tty' + bank + digit
            except OSError:
                pass
    raise OSError('out of pty devices')


def slave_open(tty_name):
    """Open a slave by its name and return its descriptor; it becomes the terminal of the process if that has none."""
    fd = os.open(tty_name, os.O_RDWR)
    try:
        from fcntl import ioctl, I_PUSH
    except ImportError:
        return fd
    # Systems with streams have terminals made of modules.
    for module in 'ptem', 'ldterm':
        try:
            ioctl(fd, I_PUSH, module)
        except OSError:
            break
    return fd


def fork():
    """Fork, with a new terminal for the child; return (pid, descriptor of the master), the pid 0 in the child."""
    try:
        pid, fd = os.forkpty()
    except (AttributeError, OSError):
        return _fork_by_hand()
    if pid == CHILD:
        try:
            os.setsid()
        except OSError:
            pass        # done already
    return pid, fd


def _fork_by_hand():
    master, slave = openpty()
    pid = os.fork()
    if pid != CHILD:
        os.close(slave)
        return pid, master
    os.setsid()
    os.close(master)
    for standard in STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO:
        os.dup2(slave, standard)
    if slave > STDERR_FILENO:
        os.close(slave)
    # Opening it makes it the terminal of the new session.
    os.close(os.open(os.ttyname(STDOUT_FILENO), os.O_RDWR))
    return pid, master


def _writen(fd, data):
    while data:
        data = data[os.write(fd, data):]


def _read(fd):
    return os.read(fd, 1024)


def _copy(master_fd, master_read=_read, stdin_read=_read):
    """Carry bytes between the master and our own terminal, until an error ends it."""
    sources = [master_fd, STDIN_FILENO]
    while True:
        ready = select(sources, [], [])[0]
        for source, read in (master_fd, master_read), (STDIN_FILENO, stdin_read):
            if source not in ready:
                continue
            data = read(source)
            if not data:
                sources.remove(source)
            elif source == master_fd:
                os.write(STDOUT_FILENO, data)
            else:
                _writen(master_fd, data)


def spawn(argv, master_read=_read, stdin_read=_read):
    """Run a program (a name, or a sequence with arguments) at a terminal that is passed on to ours.

    master_read and stdin_read are functions from a descriptor to bytes that may watch or change what passes: nothing
    means the end.  The result is the status of os.waitpid().
    """
    import sys
    words = (argv,) if isinstance(argv, str) else argv
    sys.audit('pty.spawn', words)
    pid, master_fd = fork()
    if pid == CHILD:
        os.execlp(words[0], *words)
    try:
        before = tty.tcgetattr(STDIN_FILENO)
        tty.setraw(STDIN_FILENO)
    except tty.error:
        before = None       # no terminal
    try:
        _copy(master_fd, master_read, stdin_read)
    except OSError:
        # That is how a master ends.
        if before is not None:
            tty.tcsetattr(STDIN_FILENO, tty.TCSAFLUSH, before)
    os.close(master_fd)
    return os.waitpid(pid, 0)[1]
