# SPDX-License-Identifier: MIT
"""Structures whose fields have a byte order of their own.

Each simple type knows its twin of the other byte order.  A structure whose
order is not the machine's replaces the types of its fields by these twins when
_fields_ is set, in the class body or later.
"""
import sys

from ctypes import Array, Structure

_foreign_is_big = sys.byteorder == 'little'
_OTHER_ENDIAN = '__ctype_be__' if _foreign_is_big else '__ctype_le__'


def _other_endian(typ):
    """The type like typ with the other byte order; TypeError if there is none.

    Arrays change their items; structures stay (they have chosen already).
    """
    try:
        return getattr(typ, _OTHER_ENDIAN)
    except AttributeError:
        pass
    if isinstance(typ, type(Array)):
        return typ._length_ * _other_endian(typ._type_)
    if issubclass(typ, Structure):
        return typ
    raise TypeError('This type does not support other endian: %s' % typ)


class _swapped_meta(type(Structure)):
    """Metaclass: swaps the types given as _fields_."""

    def __setattr__(self, attrname, value):
        if attrname == '_fields_':
            value = [(name, _other_endian(typ), *width)
                     for name, typ, *width in value]
        type(Structure).__setattr__(self, attrname, value)


_namespace = {'__module__': __name__, '__slots__': (), '_swappedbytes_': None}

if _foreign_is_big:
    LittleEndianStructure = Structure
    BigEndianStructure = _swapped_meta(
        'BigEndianStructure', (Structure,),
        dict(_namespace, __doc__='Structure with big endian byte order.'))
else:
    BigEndianStructure = Structure
    LittleEndianStructure = _swapped_meta(
        'LittleEndianStructure', (Structure,),
        dict(_namespace, __doc__='Structure with little endian byte order.'))
del _namespace
