# SPDX-License-Identifier: MIT
"""Running programs."""

import os
import subprocess
import sys

from distutils import log
from distutils.debug import DEBUG
from distutils.errors import DistutilsExecError, DistutilsPlatformError


def spawn(cmd, search_path=1, verbose=0, dry_run=0):
    """Run a program and wait for it.  cmd: its name and arguments; search_path: look for it along PATH.

    Raises DistutilsExecError if it fails.
    """
    cmd = list(cmd)
    log.info(' '.join(cmd))
    if dry_run:
        return
    shown = cmd if DEBUG else cmd[0]
    program = cmd[0]
    if search_path:
        program = find_executable(program) or program
    try:
        status = subprocess.call(cmd, executable=program)
    except OSError as problem:
        sys.stderr.write('unable to execute %r: %s\n' % (shown, problem.strerror))
        status = 1
    if status < 0:
        raise DistutilsExecError('command %r terminated by signal %d' % (shown, -status))
    if status:
        raise DistutilsExecError('command %r failed with exit status %d' % (shown, status))


def _nt_quote_args(args):
    """Put arguments with blanks in quotes, as Windows wants them."""
    for index, arg in enumerate(args):
        if ' ' in arg:
            args[index] = '"%s"' % arg
    return args


def find_executable(executable, path=None):
    """Return the path of a program, None if it is not found.  path: instead of the environment's PATH."""
    if sys.platform == 'win32' and os.path.splitext(executable)[1] != '.exe':
        executable += '.exe'
    if os.path.isfile(executable):
        return executable
    if path is None:
        path = os.environ.get('PATH')
        if path is None:
            try:
                path = os.confstr('CS_PATH')
            except (AttributeError, ValueError):
                path = os.defpath
    for folder in path.split(os.pathsep) if path else ():
        candidate = os.path.join(folder, executable)
        if os.path.isfile(candidate):
            return candidate
    return None
