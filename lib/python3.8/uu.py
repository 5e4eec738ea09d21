#! /usr/bin/env python3
# SPDX-License-Identifier: MIT
"""uuencode: binary files as lines of ASCII.

    begin MODE NAME
    ...
    end
"""
import binascii
import os
import sys

__all__ = ['Error', 'encode', 'decode']


class Error(Exception):
    """What was to be decoded is not in this format, or may not be written where it says."""


def encode(in_file, out_file, name=None, mode=None, *, backtick=False):
    """Write a file, encoded, to another; both are binary files, paths, or '-' for the standard streams.

    name and mode are those to be written into the first line; by default those of
    the file.  backtick writes zeros as ` instead of spaces.
    """
    opened = []
    try:
        if in_file == '-':
            in_file = sys.stdin.buffer
        elif isinstance(in_file, str):
            name = os.path.basename(in_file) if name is None else name
            mode = os.stat(in_file).st_mode if mode is None else mode
            in_file = open(in_file, 'rb')
            opened.append(in_file)
        if out_file == '-':
            out_file = sys.stdout.buffer
        elif isinstance(out_file, str):
            out_file = open(out_file, 'wb')
            opened.append(out_file)
        name = '-' if name is None else name.replace('\n', '\\n').replace('\r', '\\r')
        mode = 0o666 if mode is None else mode
        out_file.write(('begin %o %s\n' % (mode & 0o777, name)).encode('ascii'))
        for data in iter(lambda: in_file.read(45), b''):
            out_file.write(binascii.b2a_uu(data, backtick=backtick))
        out_file.write(b'`\nend\n' if backtick else b' \nend\n')
    finally:
        for f in opened:
            f.close()


def _find_begin(f):
    """Read up to the first line; return its (mode, name)."""
    for line in iter(f.readline, b''):
        words = line.split(b' ', 2)
        if len(words) == 3 and words[0] == b'begin':
            try:
                return int(words[1], 8), words[2].rstrip(b' \t\r\n\f')
            except ValueError:
                pass
    raise Error('No valid begin line found in input file')


def _check_target(name):
    """Refuse to write over a file, or out of the current folder."""
    if os.path.exists(name):
        raise Error(f'Cannot overwrite existing file: {name}')
    for separator in filter(None, (os.sep, os.altsep)):
        if name.startswith(separator) or '..' + separator in name:
            raise Error(f'Refusing to write to {name} due to directory traversal')


def _decode_line(line, quiet):
    try:
        return binascii.a2b_uu(line)
    except binascii.Error as problem:
        # Some programs write more than they say; take what they say.
        count = ((line[0] - 32 & 63) * 4 + 5) // 3
        data = binascii.a2b_uu(line[:count])
        if not quiet:
            sys.stderr.write(f'Warning: {problem}\n')
        return data


def decode(in_file, out_file=None, mode=None, quiet=False):
    """Write what a file is decoded to another; both are binary files, paths, or '-' for the standard streams.

    By default the name and mode are those of the first line; an existing file is
    not written over then.  quiet: no warnings about lines that are too long.
    """
    opened = []
    try:
        if in_file == '-':
            in_file = sys.stdin.buffer
        elif isinstance(in_file, str):
            in_file = open(in_file, 'rb')
            opened.append(in_file)
        said_mode, said_name = _find_begin(in_file)
        if out_file is None:
            out_file = said_name.decode('ascii')
            _check_target(out_file)
        if mode is None:
            mode = said_mode
        if out_file == '-':
            out_file = sys.stdout.buffer
        elif isinstance(out_file, str):
            path = out_file
            out_file = open(path, 'wb')
            opened.append(out_file)
            os.chmod(path, mode)
        for line in iter(in_file.readline, b''):
            if line.strip(b' \t\r\n\f') == b'end':
                return
            out_file.write(_decode_line(line, quiet))
        raise Error('Truncated input file')
    finally:
        for f in opened:
            f.close()


def test():
    """The program: encode, or with -d decode, input [output]; -t is of no effect where text files are as others."""
    import optparse
    parser = optparse.OptionParser(usage='usage: %prog [-d] [-t] [input [output]]')
    parser.add_option('-d', '--decode', dest='decode', help='Decode (instead of encode)?', default=False,
                      action='store_true')
    parser.add_option('-t', '--text', dest='text', help='data is text, encoded format unix-compatible text?',
                      default=False, action='store_true')
    options, names = parser.parse_args()
    if len(names) > 2:
        parser.error('incorrect number of arguments')
    source, target = (names + ['-', '-'][len(names):])[:2] if names else ('-', '-')
    (decode if options.decode else encode)(source, target)


if __name__ == '__main__':
    test()
