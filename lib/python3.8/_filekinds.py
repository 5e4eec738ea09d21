# SPDX-License-Identifier: MIT
"""The program that imghdr and sndhdr are: print what kind files are of."""

import glob
import os
import sys


def main(what):
    """Run the program for sys.argv: print what(name) of files; with -r as the first argument also of those in folders."""
    names = sys.argv[1:]
    recursive = names[:1] == ['-r']
    try:
        show(what, names[recursive:] or ['.'], recursive, 1)
    except KeyboardInterrupt:
        sys.stderr.write('\n[Interrupted]\n')
        sys.exit(1)


def show(what, names, recursive, toplevel):
    """Print what(name) of files, and of those in folders, if these are asked for or named at the top."""
    for name in names:
        if not os.path.isdir(name):
            sys.stdout.flush()
            try:
                print(name + ':', what(name))
            except OSError:
                print(name + ':', '*** not found ***')
        elif recursive or toplevel:
            print(name + '/: recursing down:')
            show(what, glob.glob(os.path.join(glob.escape(name), '*')), recursive, 0)
        else:
            print(name + '/: *** directory (use -r) ***')
