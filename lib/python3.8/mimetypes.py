# SPDX-License-Identifier: MIT
"""What MIME type a file is, by its name, and the other way round.

    >>> import mimetypes
    >>> mimetypes.guess_type('archive.tar.gz')
    ('application/x-tar', 'gzip')
    >>> mimetypes.guess_extension('text/css')
    '.css'

The tables are from here and from files such as /etc/mime.types.  strict=False
also takes types that are in use, but not registered.
"""
import os
import posixpath
import sys

_winreg = None      # on Windows, the registry

__all__ = ['knownfiles', 'inited', 'MimeTypes', 'guess_type', 'guess_all_extensions', 'guess_extension', 'add_type',
           'init', 'read_mime_types', 'suffix_map', 'encodings_map', 'types_map', 'common_types']

knownfiles = [
    '/etc/mime.types',
    *(f'{_folder}/mime.types' for _folder in (
        '/etc/httpd', '/etc/httpd/conf', '/etc/apache', '/etc/apache2', '/usr/local/etc/httpd/conf',
        '/usr/local/lib/netscape', '/usr/local/etc/httpd/conf', '/usr/local/etc')),
]

inited = False
_db = None          # the MimeTypes behind the functions of this module


def _split_scheme(url):
    """Return the scheme of a URL, None for none, and what follows it."""
    scheme, colon, rest = url.partition(':')
    if colon and scheme and '/' not in scheme:
        return scheme.lower(), rest
    return None, url


class MimeTypes:
    """Tables of types.

    suffix_map     suffixes that stand for others ('.tgz': '.tar.gz')
    encodings_map  suffixes of compressions ('.gz': 'gzip')
    types_map      a pair of dicts from suffixes to types: not registered,
                   registered; indexed by strict
    types_map_inv  the same the other way round, with lists of suffixes
    """

    def __init__(self, filenames=(), strict=True):
        if not inited:
            init()
        self.encodings_map = _encodings_map_default.copy()
        self.suffix_map = _suffix_map_default.copy()
        self.types_map = {}, {}
        self.types_map_inv = {}, {}
        for table, registered in (_types_map_default, True), (_common_types_default, False):
            for ext, type in table.items():
                self.add_type(type, ext, registered)
        for name in filenames:
            self.read(name, strict)

    def add_type(self, type, ext, strict=True):
        """Add a type for a suffix, given with its dot, and the suffix for the type."""
        self.types_map[strict][ext] = type
        known = self.types_map_inv[strict].setdefault(type, [])
        if ext not in known:
            known.append(ext)

    def guess_type(self, url, strict=True):
        """Return (type, encoding) for a file name or URL; None for each that is not known."""
        scheme, url = _split_scheme(os.fspath(url))
        if scheme == 'data':
            # data:[type[;parameters]],data
            head, comma, _ = url.partition(',')
            if not comma:
                return None, None
            type = head.partition(';')[0]
            return type if '/' in type and '=' not in type else 'text/plain', None
        base, ext = posixpath.splitext(url)
        while ext in self.suffix_map:
            base, ext = posixpath.splitext(base + self.suffix_map[ext])
        encoding = self.encodings_map.get(ext)
        if encoding is not None:
            base, ext = posixpath.splitext(base)
        for registered in (True,) if strict else (True, False):
            table = self.types_map[registered]
            for spelling in ext, ext.lower():
                if spelling in table:
                    return table[spelling], encoding
        return None, encoding

    def guess_all_extensions(self, type, strict=True):
        """Return a list of the suffixes, with dots, for a type."""
        type = type.lower()
        found = list(self.types_map_inv[True].get(type, ()))
        if not strict:
            found += [ext for ext in self.types_map_inv[False].get(type, ()) if ext not in found]
        return found

    def guess_extension(self, type, strict=True):
        """Return one suffix, with its dot, for a type; None if it is not known."""
        return next(iter(self.guess_all_extensions(type, strict)), None)

    def read(self, filename, strict=True):
        """Add the types in a file of the form of mime.types."""
        with open(filename, encoding='utf-8') as fp:
            self.readfp(fp, strict)

    def readfp(self, fp, strict=True):
        """Add the types in lines `type suffix suffix ...`."""
        for line in iter(fp.readline, ''):
            words = []
            for word in line.split():
                if word[0] == '#':
                    break
                words.append(word)
            if words:
                type, *suffixes = words
                for suffix in suffixes:
                    self.add_type(type, '.' + suffix, strict)

    def read_windows_registry(self, strict=True):
        """Add the types in the registry of Windows; nothing on other systems."""


def guess_type(url, strict=True):
    """Return (type, encoding) for a file name or URL, such as ('text/plain', None) or ('application/x-tar', 'gzip').

    None for each that is not known.  strict=False also takes types that are not
    registered.
    """
    if _db is None:
        init()
    return _db.guess_type(url, strict)


def guess_all_extensions(type, strict=True):
    """Return a list of the suffixes, with dots, for a type; strict as for guess_type()."""
    if _db is None:
        init()
    return _db.guess_all_extensions(type, strict)


def guess_extension(type, strict=True):
    """Return one suffix, with its dot, for a type; None if it is not known. strict as for guess_type()."""
    if _db is None:
        init()
    return _db.guess_extension(type, strict)


def add_type(type, ext, strict=True):
    """Add a type for a suffix, given with its dot; strict says whether it is a registered one."""
    if _db is None:
        init()
    return _db.add_type(type, ext, strict)


def init(files=None):
    """Fill the tables of this module: from its own, and from files, by default those of knownfiles."""
    global suffix_map, types_map, encodings_map, common_types, inited, _db
    inited = True       # MimeTypes() asks
    if files is None or _db is None:
        db = MimeTypes()
        files = knownfiles if files is None else knownfiles + list(files)
    else:
        db = _db
    for name in files:
        if os.path.isfile(name):
            db.read(name)
    suffix_map, encodings_map = db.suffix_map, db.encodings_map
    common_types, types_map = db.types_map
    _db = db


def read_mime_types(file):
    """Return the dict of suffixes to types of a file in the form of mime.types; None if it cannot be read."""
    try:
        f = open(file, encoding='utf-8')
    except OSError:
        return None
    found = MimeTypes()
    with f:
        found.readfp(f, strict=True)
    return found.types_map[True]


def _table(text):
    """Return {suffix: type} of lines `type suffix ...`; the first suffix of a type is what is guessed for it."""
    table = {}
    for line in text.split('\n'):
        type, *suffixes = line.split() or ['']
        table.update(('.' + suffix, type) for suffix in suffixes)
    return table


def _default_mime_types():
    global suffix_map, _suffix_map_default, encodings_map, _encodings_map_default
    global types_map, _types_map_default, common_types, _common_types_default
    suffix_map = _suffix_map_default = {'.svgz': '.svg.gz', '.tgz': '.tar.gz', '.taz': '.tar.gz', '.tz': '.tar.gz',
                                        '.tbz2': '.tar.bz2', '.txz': '.tar.xz'}
    encodings_map = _encodings_map_default = {'.gz': 'gzip', '.Z': 'compress', '.bz2': 'bzip2', '.xz': 'xz'}
    types_map = _types_map_default = _table('''
        application/javascript js mjs
        application/json json
        application/manifest+json webmanifest
        application/msword doc dot wiz
        application/octet-stream bin a dll exe o obj so
        application/oda oda
        application/pdf pdf
        application/pkcs7-mime p7c
        application/postscript ps ai eps
        application/vnd.apple.mpegurl m3u m3u8
        application/vnd.ms-excel xls xlb
        application/vnd.ms-powerpoint ppt pot ppa pps pwz
        application/wasm wasm
        application/x-bcpio bcpio
        application/x-cpio cpio
        application/x-csh csh
        application/x-dvi dvi
        application/x-gtar gtar
        application/x-hdf hdf
        application/x-hdf5 h5
        application/x-latex latex
        application/x-mif mif
        application/x-netcdf cdf nc
        application/x-pkcs12 p12 pfx
        application/x-pn-realaudio ram
        application/x-python-code pyc pyo
        application/x-sh sh
        application/x-shar shar
        application/x-shockwave-flash swf
        application/x-sv4cpio sv4cpio
        application/x-sv4crc sv4crc
        application/x-tar tar
        application/x-tcl tcl
        application/x-tex tex
        application/x-texinfo texi texinfo
        application/x-troff roff t tr
        application/x-troff-man man
        application/x-troff-me me
        application/x-troff-ms ms
        application/x-ustar ustar
        application/x-wais-source src
        application/xml xsl rdf wsdl xpdl
        application/zip zip
        audio/basic au snd
        audio/mpeg mp3 mp2
        audio/x-aiff aif aifc aiff
        audio/x-pn-realaudio ra
        audio/x-wav wav
        image/gif gif
        image/ief ief
        image/jpeg jpg jpe jpeg
        image/png png
        image/svg+xml svg
        image/tiff tiff tif
        image/vnd.microsoft.icon ico
        image/x-cmu-raster ras
        image/x-ms-bmp bmp
        image/x-portable-anymap pnm
        image/x-portable-bitmap pbm
        image/x-portable-graymap pgm
        image/x-portable-pixmap ppm
        image/x-rgb rgb
        image/x-xbitmap xbm
        image/x-xpixmap xpm
        image/x-xwindowdump xwd
        message/rfc822 eml mht mhtml nws
        text/css css
        text/csv csv
        text/html html htm
        text/plain txt bat c h ksh pl
        text/richtext rtx
        text/tab-separated-values tsv
        text/x-python py
        text/x-setext etx
        text/x-sgml sgm sgml
        text/x-vcard vcf
        text/xml xml
        video/mp4 mp4
        video/mpeg mpeg m1v mpa mpe mpg
        video/quicktime mov qt
        video/webm webm
        video/x-msvideo avi
        video/x-sgi-movie movie
    ''')
    # Not registered, but in use.
    common_types = _common_types_default = _table('''
        application/rtf rtf
        audio/midi midi mid
        image/jpg jpg
        image/pict pict pct pic
        text/xul xul
    ''')


_default_mime_types()


def _main():
    """The program."""
    import getopt
    usage = '''\
Usage: mimetypes.py [options] type

Options:
    --help / -h       -- print this and exit
    --lenient / -l    -- also types that are in use, but not registered
    --extension / -e  -- the arguments are types: guess their extensions

There may be several arguments.
'''

    def leave(code, msg=''):
        print(usage)
        if msg:
            print(msg)
        sys.exit(code)

    try:
        options, names = getopt.getopt(sys.argv[1:], 'hle', ['help', 'lenient', 'extension'])
    except getopt.error as problem:
        leave(1, problem)
    chosen = {option.lstrip('-')[0] for option, _ in options}
    if 'h' in chosen:
        leave(0)
    strict = 'l' not in chosen
    for name in names:
        if 'e' in chosen:
            found = guess_extension(name, strict)
            print(found or f"I don't know anything about type {name}")
        else:
            type, encoding = guess_type(name, strict)
            print(f'type: {type} encoding: {encoding}' if type else f"I don't know anything about type {name}")


if __name__ == '__main__':
    _main()
