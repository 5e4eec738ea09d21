# SPDX-License-Identifier: MIT
"""Which command shows or edits data of a MIME type: the files mailcap of RFC 1524.

    command, entry = findmatch(getcaps(), 'video/mpeg', filename='film.mpg')

Data from others must not get into commands: names with signs that mean something to a shell are refused with a warning
UnsafeMailcapInput.
"""

import os
import re
import warnings

__all__ = ['getcaps', 'findmatch']

_find_unsafe = re.compile(r'[^\xa1-\U0010FFFF\w@+=:,./-]').search


class UnsafeMailcapInput(Warning):
    """A name is not put into a command, as it might do harm there."""


def lineno_sort_key(entry):
    """Return a key that sorts entries by their line; those without come last."""
    line = entry.get('lineno')
    return (1, 0) if line is None else (0, line)


# ---- files ----

def getcaps():
    """Return the entries of all files: a dict of types, 'video/mpeg', and lists of entries, dicts."""
    caps, line = {}, 0
    for path in listmailcapfiles():
        try:
            f = open(path, 'r')
        except OSError:
            continue
        with f:
            more, line = _readmailcapfile(f, line)
        for kind, entries in more.items():
            caps.setdefault(kind, []).extend(entries)
    return caps


def listmailcapfiles():
    """Return the paths of files: those of the variable MAILCAPS, or the usual ones."""
    given = os.environ.get('MAILCAPS')
    if given is not None:
        return given.split(':')
    home = os.environ.get('HOME', '.')
    return [home + '/.mailcap', '/etc/mailcap', '/usr/etc/mailcap', '/usr/local/etc/mailcap']


def readmailcapfile(fp):
    """Return the entries of a file."""
    warnings.warn('readmailcapfile is deprecated, use getcaps instead', DeprecationWarning, 2)
    return _readmailcapfile(fp, None)[0]


def _readmailcapfile(fp, lineno):
    """Return (entries, number of the next line); lineno is the number for the first entry, None for no numbers."""
    caps = {}
    for line in iter(fp.readline, ''):
        if line.startswith('#') or not line.strip():
            continue
        while line.endswith('\\\n'):
            line = line[:-2] + (fp.readline() or '\n')
        kind, fields = parseline(line)
        if not (kind and fields):
            continue
        if lineno is not None:
            fields['lineno'] = lineno
            lineno += 1
        parts = [part.strip() for part in kind.split('/')]
        caps.setdefault('/'.join(parts).lower(), []).append(fields)
    return caps, lineno


def parseline(line):
    """Return (type, fields) of an entry; (None, None) if it is damaged."""
    fields, at = [], 0
    while at < len(line):
        field, at = parsefield(line, at, len(line))
        fields.append(field)
        at += 1                                 # the semicolon
    if len(fields) < 2:
        return None, None
    kind, view, *rest = fields
    entry = {'view': view}
    for field in rest:
        name, equal, value = field.partition('=')
        name, value = name.strip(), value.strip()
        entry.setdefault(name, value if equal else '')
    return kind, entry


def parsefield(line, i, n):
    """Return (field, index behind it): up to a semicolon that has no backslash before it."""
    start = i
    while i < n and line[i] != ';':
        i += 2 if line[i] == '\\' else 1
    return line[start:i].strip(), i


# ---- looking ----

def findmatch(caps, MIMEtype, key='view', filename='/dev/null', plist=[]):
    """Return (command, entry) for a type; (None, None) if there is none.

    key: what is wanted: 'view', 'edit', 'print', 'compose'...  plist: the parameters of the type, 'name=value'.
    An entry with a command 'test' counts only if that succeeds.
    """
    if _find_unsafe(filename):
        warnings.warn('Refusing to use mailcap with filename %r. Use a safe temporary filename.' % (filename,),
                      UnsafeMailcapInput)
        return None, None
    for entry in lookup(caps, MIMEtype, key):
        if 'test' in entry:
            check = subst(entry['test'], MIMEtype, filename, plist)
            if check is None or check and os.system(check) != 0:
                continue
        command = subst(entry[key], MIMEtype, filename, plist)
        if command is not None:
            return command, entry
    return None, None


def lookup(caps, MIMEtype, key=None):
    """Return the entries for a type, and for all of its kind, those that have the field key."""
    entries = caps.get(MIMEtype, []) + caps.get(MIMEtype.split('/')[0] + '/*', [])
    if key is not None:
        entries = [entry for entry in entries if key in entry]
    return sorted(entries, key=lineno_sort_key)


def subst(field, MIMEtype, filename, plist=[]):
    """Return a command with %s (file), %t (type) and %{name} (parameter) replaced; None if that is not safe."""
    pieces, i = [], 0
    while i < len(field):
        sign = field[i]
        i += 1
        if sign == '\\':
            pieces.append(field[i:i + 1])
            i += 1
        elif sign != '%':
            pieces.append(sign)
        else:
            what = field[i:i + 1]
            i += 1
            if what == '%':
                pieces.append('%')
            elif what == 's':
                pieces.append(filename)
            elif what == 't':
                if _find_unsafe(MIMEtype):
                    warnings.warn('Refusing to substitute MIME type %r into a shell command.' % (MIMEtype,),
                                  UnsafeMailcapInput)
                    return None
                pieces.append(MIMEtype)
            elif what == '{':
                end = field.find('}', i)
                name = field[i:end if end >= 0 else len(field)]
                i += len(name) + 1
                value = findparam(name, plist)
                if _find_unsafe(value):
                    warnings.warn('Refusing to substitute parameter %r (%s) into a shell command' % (value, name),
                                  UnsafeMailcapInput)
                    return None
                pieces.append(value)
            else:
                pieces.append('%' + what)       # %n and %F are for messages in parts
    return ''.join(pieces)


def findparam(name, plist):
    """Return a parameter of a list 'name=value', '' if it is not there."""
    name = name.lower() + '='
    for parameter in plist:
        if parameter[:len(name)].lower() == name:
            return parameter[len(name):]
    return ''


# ---- by hand ----

def test():
    """mailcap [type file]...: show all entries, or run the commands for files."""
    import sys
    caps = getcaps()
    arguments = sys.argv[1:]
    if not arguments:
        show(caps)
        return
    for kind, path in zip(arguments[::2], arguments[1::2]):
        command, entry = findmatch(caps, kind, 'view', path)
        if not command:
            print('No viewer found for', kind)
        else:
            print('Executing:', command)
            status = os.system(command)
            if status:
                print('Exit status:', status)


def show(caps):
    """Print all entries."""
    print('Mailcap files:')
    for path in listmailcapfiles():
        print('\t' + path)
    print('\nMailcap entries:')
    for kind in sorted(caps):
        print(kind)
        for entry in caps[kind]:
            for name in sorted(entry):
                print('  %-15s' % name, entry[name])
            print()


if __name__ == '__main__':
    test()
