#! /usr/bin/env python3
# SPDX-License-Identifier: MIT
"""MIME's quoted-printable (RFC 1521): text with a few bytes that are not ASCII, which become =XX.

The work is done by binascii; without it, here.
"""
__all__ = ['encode', 'decode', 'encodestring', 'decodestring']

ESCAPE = b'='
MAXLINESIZE = 76
HEX = b'0123456789ABCDEF'
EMPTYSTRING = b''

try:
    from binascii import a2b_qp, b2a_qp
except ImportError:
    a2b_qp = b2a_qp = None


def needsquoting(c, quotetabs, header):
    """Say whether a byte, a bytes object of length 1, has to be written as =XX."""
    assert isinstance(c, bytes)
    if c in b' \t':
        return quotetabs
    if c == b'_':
        return header       # it stands for a space there
    return c == ESCAPE or not b' ' <= c <= b'~'


def quote(c):
    """Return a byte as =XX."""
    assert isinstance(c, bytes) and len(c) == 1
    code = ord(c)
    return ESCAPE + HEX[code >> 4:(code >> 4) + 1] + HEX[code & 15:(code & 15) + 1]


def _soft_lines(line):
    """Cut a line that is too long; yield (piece, whether the line goes on)."""
    while len(line) > MAXLINESIZE:
        yield line[:MAXLINESIZE - 1], True
        line = line[MAXLINESIZE - 1:]
    yield line, False


def _protect(piece):
    """Quote what does not survive at a line's end or alone in it."""
    if piece[-1:] in (b' ', b'\t'):
        return piece[:-1] + quote(piece[-1:])
    return quote(piece) if piece == b'.' else piece


def encode(input, output, quotetabs, header=False):
    """Write one binary file, encoded, to another.

    quotetabs: quote spaces and tabs too; those at line ends always are.
    header: write spaces as _ (RFC 1522).
    """
    data = input.read()
    if b2a_qp is not None:
        output.write(b2a_qp(data, quotetabs=quotetabs, header=header))
        return
    lines = data.split(b'\n')
    last = len(lines) - 1
    for number, line in enumerate(lines):
        if number == last and not line:
            break           # the data ends in LF
        chars = [bytes((byte,)) for byte in line]
        quoted = b''.join(quote(char) if needsquoting(char, quotetabs, header) else
                          b'_' if header and char == b' ' else char for char in chars)
        for piece, goes_on in _soft_lines(quoted):
            ending = b'=\n' if goes_on else b'' if number == last else b'\n'
            output.write(_protect(piece) + ending)


def encodestring(s, quotetabs=False, header=False):
    """Return bytes encoded; the arguments are those of encode()."""
    if b2a_qp is not None:
        return b2a_qp(s, quotetabs=quotetabs, header=header)
    from io import BytesIO
    target = BytesIO()
    encode(BytesIO(s), target, quotetabs, header)
    return target.getvalue()


def _unquote_line(line, header):
    """Return a line without =XX, and whether a lone = at its end joins it to the next."""
    parts = []
    at = 0
    while at < len(line):
        char = line[at:at + 1]
        at += 1
        if char == b'_' and header:
            char = b' '
        elif char == ESCAPE:
            if at == len(line):
                return b''.join(parts), True
            if line[at:at + 1] == ESCAPE:
                at += 1
            elif at + 2 <= len(line) and ishex(line[at:at + 1]) and ishex(line[at + 1:at + 2]):
                char = bytes((unhex(line[at:at + 2]),))
                at += 2
        parts.append(char)
    return b''.join(parts), False


def decode(input, output, header=False):
    """Write one binary file, decoded, to another; header: _ stands for a space."""
    if a2b_qp is not None:
        output.write(a2b_qp(input.read(), header=header))
        return
    for line in iter(input.readline, b''):
        complete = line.endswith(b'\n')
        if complete:
            line = line[:-1].rstrip(b' \t\r')
        text, joined = _unquote_line(line, header)
        if joined and not complete:
            text += ESCAPE      # nothing follows that it could be joined to
        output.write(text + b'\n' if complete and not joined else text)


def decodestring(s, header=False):
    """Return bytes decoded; header: _ stands for a space."""
    if a2b_qp is not None:
        return a2b_qp(s, header=header)
    from io import BytesIO
    target = BytesIO()
    decode(BytesIO(s), target, header=header)
    return target.getvalue()


def ishex(c):
    """Say whether a byte is a hexadecimal digit."""
    assert isinstance(c, bytes)
    return b'0' <= c <= b'9' or b'a' <= c <= b'f' or b'A' <= c <= b'F'


def unhex(s):
    """Return the number of two hexadecimal digits."""
    return int(s, 16)


def main():
    """The program."""
    import getopt
    import sys
    usage = 'usage: quopri [-t | -d] [file] ...\n-t: quote tabs\n-d: decode; default encode\n'
    try:
        options, names = getopt.getopt(sys.argv[1:], 'td')
    except getopt.error as problem:
        sys.stderr.write(f'{problem}\n{usage}')
        sys.exit(2)
    chosen = {option for option, _ in options}
    if chosen == {'-t', '-d'}:
        sys.stderr.write('-t and -d are mutually exclusive\n' + usage)
        sys.exit(2)
    failed = 0
    for name in names or ['-']:
        try:
            source = sys.stdin.buffer if name == '-' else open(name, 'rb')
        except OSError as problem:
            sys.stderr.write(f"{name}: can't open ({problem})\n")
            failed = 1
            continue
        if '-d' in chosen:
            decode(source, sys.stdout.buffer)
        else:
            encode(source, sys.stdout.buffer, '-t' in chosen)
        if source is not sys.stdin.buffer:
            source.close()
    if failed:
        sys.exit(failed)


if __name__ == '__main__':
    main()
