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
_Function = type(lambda: None)


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


def __getattr__(name):
    """Latin-1 is a part of this package from the start, for its users; for us it is loaded when asked for."""
    if name != 'latin_1':
        raise AttributeError("module 'encodings' has no attribute %r" % (name,))
    __import__('encodings.latin_1')
    return globals()[name]


# --- What the codec modules of this package have in common -------------------------------------------

def _publish(namespace, name, encode, decode, *classes, **about):
    """Enter the classes of a codec in the names of its module, and a getregentry() that returns its CodecInfo.

    name: of the encoding.  encode, decode: the functions for complete input.  about: other arguments of CodecInfo.
    """
    for made in classes:
        made.__module__ = namespace['__name__']
        made.__qualname__ = made.__name__
        for member in vars(made).values():
            if type(member) is _Function:
                member.__module__ = made.__module__
                member.__qualname__ = made.__name__ + '.' + member.__name__
        namespace[made.__name__] = made

    def getregentry():
        """Return the CodecInfo of this encoding."""
        return codecs.CodecInfo(
            name=name, encode=encode, decode=decode, incrementalencoder=namespace['IncrementalEncoder'],
            incrementaldecoder=namespace['IncrementalDecoder'], streamreader=namespace['StreamReader'],
            streamwriter=namespace['StreamWriter'], **about)

    getregentry.__module__ = namespace['__name__']
    namespace['getregentry'] = getregentry


def _stateless_codec(namespace, name, native_encode, native_decode, converter=False):
    """Make the names of a codec module whose native functions take any piece of the input.

    converter: with a StreamConverter, which decodes what is written.
    """
    class Codec(codecs.Codec):
        """The native functions; as they are native they are not bound, and called without self."""
        encode, decode = native_encode, native_decode

    class IncrementalEncoder(codecs.IncrementalEncoder):
        """Encodes piece by piece."""

        def encode(self, input, final=False):
            return native_encode(input, self.errors)[0]

    class IncrementalDecoder(codecs.IncrementalDecoder):
        """Decodes piece by piece."""

        def decode(self, input, final=False):
            return native_decode(input, self.errors)[0]

    class StreamWriter(Codec, codecs.StreamWriter):
        """Encodes what is written."""

    class StreamReader(Codec, codecs.StreamReader):
        """Decodes what is read."""

    made = [Codec, IncrementalEncoder, IncrementalDecoder, StreamWriter, StreamReader]
    if converter:
        class StreamConverter(StreamWriter, StreamReader):
            """Decodes what is written and encodes what is read."""
            encode, decode = native_decode, native_encode

        made.append(StreamConverter)
    _publish(namespace, name, native_encode, native_decode, *made)


def _buffered_codec(namespace, name, native_encode, native_decode):
    """Make the names of a codec module whose native decoder tells how much of the input it could use."""
    def decode(input, errors='strict'):
        """Decode bytes that are complete; return (text, bytes used)."""
        return native_decode(input, errors, True)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        """Encodes piece by piece."""

        def encode(self, input, final=False):
            return native_encode(input, self.errors)[0]

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        """Decodes piece by piece; bytes of an unfinished character are kept."""
        _buffer_decode = native_decode

    class StreamWriter(codecs.StreamWriter):
        """Encodes what is written."""
        encode = native_encode

    class StreamReader(codecs.StreamReader):
        """Decodes what is read."""

    StreamReader.decode = native_decode
    decode.__module__ = namespace['__name__']
    decode.__qualname__ = 'decode'
    namespace.update(encode=native_encode, decode=decode)
    _publish(namespace, name, native_encode, decode, IncrementalEncoder, IncrementalDecoder, StreamWriter,
             StreamReader)


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
