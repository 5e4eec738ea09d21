# SPDX-License-Identifier: MIT
"""JSON (RFC 7159, ECMA-404): Python values to text and back.

    >>> import json
    >>> json.dumps({'point': [1, 2.5, None], 'ok': True})
    '{"point": [1, 2.5, null], "ok": true}'
    >>> json.loads('[1, "two", {"three": 3e0}]')
    [1, 'two', {'three': 3.0}]

dump() and dumps() write, load() and loads() read.  JSONEncoder and JSONDecoder
are the classes behind them, for those who want to subclass.  `python -m
json.tool` checks and reformats a document.
"""
__version__ = '2.0.9'
__all__ = ['dump', 'dumps', 'load', 'loads', 'JSONDecoder', 'JSONDecodeError', 'JSONEncoder']

from .decoder import JSONDecoder, JSONDecodeError
from .encoder import JSONEncoder
import codecs

# What calls without options share; both objects keep no state between calls.
_default_encoder = JSONEncoder(skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, indent=None,
                               separators=None, default=None)
_default_decoder = JSONDecoder(object_hook=None, object_pairs_hook=None)


def dump(obj, fp, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
         separators=None, default=None, sort_keys=False, **kw):
    """Write obj as JSON, piece by piece, to fp, an object with write(str).

    The options are those of dumps().
    """
    plain = (not skipkeys and ensure_ascii and check_circular and allow_nan and cls is None and indent is None
             and separators is None and default is None and not sort_keys and not kw)
    if plain:
        encoder = _default_encoder
    else:
        encoder = (cls or JSONEncoder)(skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular,
                                       allow_nan=allow_nan, indent=indent, separators=separators, default=default,
                                       sort_keys=sort_keys, **kw)
    write = fp.write
    for piece in encoder.iterencode(obj):
        write(piece)


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
          separators=None, default=None, sort_keys=False, **kw):
    """Return obj as a str of JSON.

    skipkeys        leave out dict entries whose key is not str, int, float, bool
                    or None, instead of raising TypeError
    ensure_ascii    write characters outside ASCII as escapes
    check_circular  look for containers inside themselves (ValueError); without
                    it such a value ends in RecursionError
    allow_nan       write NaN, Infinity and -Infinity; without it they are a
                    ValueError
    cls             the encoder class; it is given the other options, and kw
    indent          lines indented by so many spaces a level, or by that string;
                    None for one line
    separators      (between items, between key and value); (', ', ': ') or, with
                    an indent, (',', ': ')
    default         called with what JSON has no form for; returns a substitute
    sort_keys       write dicts ordered by key
    """
    if (not skipkeys and ensure_ascii and check_circular and allow_nan and cls is None and indent is None
            and separators is None and default is None and not sort_keys and not kw):
        return _default_encoder.encode(obj)
    maker = JSONEncoder if cls is None else cls
    return maker(skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular, allow_nan=allow_nan,
                 indent=indent, separators=separators, default=default, sort_keys=sort_keys, **kw).encode(obj)


def detect_encoding(b):
    """Name the UTF that the bytes of a JSON document are in, from a byte order mark or from where its zeros are."""
    if b.startswith((codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)):
        return 'utf-32'
    if b.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return 'utf-16'
    if b.startswith(codecs.BOM_UTF8):
        return 'utf-8-sig'
    # A document starts with an ASCII character, and its second one is not NUL.
    size = len(b)
    if size >= 4:
        zeros = (not b[0], not b[1], not b[2], not b[3])
        if zeros[0]:
            return 'utf-16-be' if b[1] else 'utf-32-be'
        if zeros[1]:
            return 'utf-32-le' if zeros[2] and zeros[3] else 'utf-16-le'
    elif size == 2:
        if not b[0]:
            return 'utf-16-be'
        if not b[1]:
            return 'utf-16-le'
    return 'utf-8'


def load(fp, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None,
         object_pairs_hook=None, **kw):
    """Read all of fp, a text or binary file that holds one JSON document, and return its value.

    The options are those of loads().
    """
    text = fp.read()
    return loads(text, cls=cls, object_hook=object_hook, parse_float=parse_float, parse_int=parse_int,
                 parse_constant=parse_constant, object_pairs_hook=object_pairs_hook, **kw)


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None,
          object_pairs_hook=None, **kw):
    """Return the value of the JSON document s: a str, or bytes or bytearray in UTF-8, -16 or -32.

    object_hook        called with each dict; its result takes the dict's place
    object_pairs_hook  the same, called with a list of (key, value); goes before
                       object_hook
    parse_float        called with the text of each real number (float)
    parse_int          called with the text of each whole number (int)
    parse_constant     called with 'NaN', 'Infinity' or '-Infinity'
    cls                the decoder class; it is given the other options, and kw

    Raises JSONDecodeError, a ValueError, for what is not JSON.
    """
    if not isinstance(s, str):
        if not isinstance(s, (bytes, bytearray)):
            raise TypeError('the JSON object must be str, bytes or bytearray, '
                            f'not {s.__class__.__name__}')
        s = s.decode(detect_encoding(s), 'surrogatepass')
    elif s.startswith('\ufeff'):
        raise JSONDecodeError('Unexpected UTF-8 BOM (decode using utf-8-sig)', s, 0)
    if 'encoding' in kw:
        import warnings
        warnings.warn("'encoding' is ignored and deprecated. It will be removed in Python 3.9", DeprecationWarning,
                      stacklevel=2)
        del kw['encoding']
    if (cls is None and object_hook is None and parse_int is None and parse_float is None and parse_constant is None
            and object_pairs_hook is None and not kw):
        return _default_decoder.decode(s)
    hooks = {'object_hook': object_hook, 'object_pairs_hook': object_pairs_hook, 'parse_float': parse_float,
             'parse_int': parse_int, 'parse_constant': parse_constant}
    kw.update((name, hook) for name, hook in hooks.items() if hook is not None)
    return (JSONDecoder if cls is None else cls)(**kw).decode(s)
