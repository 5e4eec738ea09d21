# SPDX-License-Identifier: MIT
"""Windows paths from and to the path part of file URLs; urllib.request uses it on that system."""


def url2pathname(url):
    """Return the Windows path that the path of a file URL names.

    '///C:/a%20b' gives 'C:\\\\a b'; the drive's colon may be a bar. OSError if
    what stands before the only colon does not end in a letter.
    """
    from urllib.parse import unquote
    url = url.replace(':', '|')
    before, bar, after = url.partition('|')
    if not bar:
        local = url[2:] if url.startswith('////') else url
        return unquote(local.replace('/', '\\'))
    letter = before[-1]
    if '|' in after or not (letter.isascii() and letter.isalpha()):
        raise OSError('Bad URL: ' + url)
    names = ''.join('\\' + unquote(name) for name in after.split('/') if name)
    if not names and url.endswith('/'):
        names = '\\'
    return letter.upper() + ':' + names


def pathname2url(p):
    """Return the path of the file URL for the Windows path p.

    OSError if p has more than one colon, or more than a letter before it.
    """
    from urllib.parse import quote
    drive, colon, rest = p.partition(':')
    if not colon:
        if p.startswith('\\\\'):
            p = '\\\\' + p
        return quote(p.replace('\\', '/'))
    if ':' in rest or len(drive) > 1:
        raise OSError('Bad path: ' + p)
    names = ''.join('/' + quote(name) for name in rest.split('\\') if name)
    return '///' + quote(drive.upper()) + ':' + names
