# SPDX-License-Identifier: MIT
"""Command line options as the C function getopt() reads them.

getopt() stops at the first argument that is no option, gnu_getopt() goes on behind it.  argparse does more with less
code in the program.
"""

import os

__all__ = ['GetoptError', 'error', 'getopt', 'gnu_getopt']


class GetoptError(Exception):
    """A wrong option; attributes: msg, and opt, the option's name."""
    opt = ''
    msg = ''

    def __init__(self, msg, opt=''):
        self.msg, self.opt = msg, opt
        super().__init__(msg, opt)

    def __str__(self):
        return self.msg


# Its name before 2.0.
error = GetoptError


def _(message):
    """The message in the user's language; gettext is imported only if there is something to say."""
    from gettext import gettext
    return gettext(message)


def getopt(args, shortopts, longopts=[]):
    """Return (options, arguments): a list of pairs (name with dashes, value), and the list of what follows.

    args: the command line without the program's name.
    shortopts: the letters of options; a colon behind a letter says that it takes a value.
    longopts: names of long options without dashes; "=" at the end says that it takes a value.  A name may be given by
    its beginning as long as that fits no other.  Raises GetoptError.
    """
    if isinstance(longopts, str):
        longopts = [longopts]
    opts = []
    while args and args[0] != '-' and args[0][:1] == '-':
        if args[0] == '--':
            return opts, args[1:]
        opts, args = _take_option(opts, args, shortopts, longopts)
    return opts, args


def gnu_getopt(args, shortopts, longopts=[]):
    """As getopt(), but options may stand behind arguments.

    A "+" before shortopts, or POSIXLY_CORRECT in the environment, makes the first argument the end again.
    """
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    stop_early = bool(os.environ.get('POSIXLY_CORRECT'))
    if shortopts[:1] == '+':
        shortopts, stop_early = shortopts[1:], True
    opts, rest = [], []
    while args:
        first = args[0]
        if first == '--':
            return opts, rest + args[1:]
        if first != '-' and first[:1] == '-':
            opts, args = _take_option(opts, args, shortopts, longopts)
        elif stop_early:
            return opts, rest + args
        else:
            rest.append(first)
            args = args[1:]
    return opts, rest


def _take_option(opts, args, shortopts, longopts):
    """Read the option at the front of args; return both lists as they are behind it."""
    first, rest = args[0], args[1:]
    if first.startswith('--'):
        return do_longs(opts, first[2:], longopts, rest)
    return do_shorts(opts, first[1:], shortopts, rest)


def do_longs(opts, opt, longopts, args):
    """Read a long option, "name" or "name=value"; the value may be the next of args."""
    opt, equals, value = opt.partition('=')
    optarg = value if equals else None
    has_arg, opt = long_has_args(opt, longopts)
    if not has_arg:
        if optarg is not None:
            raise GetoptError(_('option --%s must not have an argument') % opt, opt)
        optarg = ''
    elif optarg is None:
        if not args:
            raise GetoptError(_('option --%s requires argument') % opt, opt)
        optarg, args = args[0], args[1:]
    opts.append(('--' + opt, optarg))
    return opts, args


def long_has_args(opt, longopts):
    """Return (whether it takes a value, full name) of a long option that may be shortened."""
    possible = [name for name in longopts if name.startswith(opt)]
    if not possible:
        raise GetoptError(_('option --%s not recognized') % opt, opt)
    for exact in (opt, opt + '='):
        if exact in possible:
            return exact != opt, opt
    if len(possible) > 1:
        raise GetoptError(_('option --%s not a unique prefix') % opt, opt)
    name = possible[0]
    if name.endswith('='):
        return True, name[:-1]
    return False, name


def do_shorts(opts, optstring, shortopts, args):
    """Read letters of one argument; what follows a letter with a value is the value, else the next of args."""
    while optstring:
        letter, optstring = optstring[0], optstring[1:]
        value = ''
        if short_has_arg(letter, shortopts):
            if not optstring:
                if not args:
                    raise GetoptError(_('option -%s requires argument') % letter, letter)
                optstring, args = args[0], args[1:]
            value, optstring = optstring, ''
        opts.append(('-' + letter, value))
    return opts, args


def short_has_arg(opt, shortopts):
    """Whether a letter takes a value.  Raises GetoptError if there is no such option."""
    at = shortopts.find(opt)
    if at < 0 or opt == ':':
        raise GetoptError(_('option -%s not recognized') % opt, opt)
    return shortopts.startswith(':', at + 1)


if __name__ == '__main__':
    import sys
    print(getopt(sys.argv[1:], 'a:b', ['alpha=', 'beta']))
