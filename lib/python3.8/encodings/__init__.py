# SPDX-License-Identifier: MIT
"""Standard encodings: one module each, found by this package's search function.

A module offers getregentry(), which returns its CodecInfo.  Other names of encodings are in encodings.aliases.
"""

import codecs
import sys
from . import aliases

_cache = {}
_unknown = '--unknown--'
_import_tail = ['*']
_aliases = aliases.aliases


class CodecRegistryError(LookupError, SystemError):
    """A codec module returned something that is no CodecInfo."""


def normalize_encoding(encoding):
    """Return the name of an encoding with runs of punctuation and spaces made single underscores.

    Dots stay, other characters that are not ASCII letters or digits separate words.
    """
    if isinstance(encoding, bytes):
        encoding = str(encoding, 'ascii')
    words = []
    word = ''
    for character in encoding:
        if character.isalnum() or character == '.':
            word += character
        elif word:
            words.append(word)
            word = ''
    if word:
        words.append(word)
    return '_'.join(words)


def _import_codec(encoding):
    """Return the codec module for an encoding, or None."""
    name = normalize_encoding(encoding)
    alias = _aliases.get(name) or _aliases.get(name.replace('.', '_'))
    for candidate in ([alias, name] if alias is not None else [name]):
        # A dot would lead out of this package.
        if not candidate or '.' in candidate:
            continue
        try:
            return __import__('encodings.' + candidate, fromlist=_import_tail, level=0)
        except ImportError:
            # Not there, or its native part is not.
            pass
    return None


def search_function(encoding):
    """Return the CodecInfo of an encoding, or None: what codecs.lookup() calls."""
    entry = _cache.get(encoding, _unknown)
    if entry is not _unknown:
        return entry
    module = _import_codec(encoding)
    getregentry = getattr(module, 'getregentry', None)
    if getregentry is None:
        _cache[encoding] = None
        return None

    entry = getregentry()
    if not isinstance(entry, codecs.CodecInfo):
        if not 4 <= len(entry) <= 7:
            raise CodecRegistryError('module "%s" (%s) failed to register' % (module.__name__, module.__file__))
        if not callable(entry[0]) or not callable(entry[1]) or \
                any(part is not None and not callable(part) for part in entry[2:6]):
            raise CodecRegistryError('incompatible codecs in module "%s" (%s)' % (module.__name__, module.__file__))
        if len(entry) < 7 or entry[6] is None:
            entry = tuple(entry) + (None,) * (6 - len(entry)) + (module.__name__.split('.', 1)[1],)
        entry = codecs.CodecInfo(*entry)
    _cache[encoding] = entry

    # The module may know more names of its own.
    try:
        names = module.getaliases()
    except AttributeError:
        pass
    else:
        for name in names:
            _aliases.setdefault(name, module.__name__.split('.', 1)[1])
    return entry


codecs.register(search_function)

if sys.platform == 'win32':
    def _alias_mbcs(encoding):
        try:
            import _winapi
            if encoding == 'cp%s' % _winapi.GetACP():
                import encodings.mbcs
                return encodings.mbcs.getregentry()
        except ImportError:
            pass

    codecs.register(_alias_mbcs)
