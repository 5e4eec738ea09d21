# SPDX-License-Identifier: MIT
"""Policies: how messages are read and written. Policy is what all of them offer; compat32 is the one of old."""
__all__ = ['Policy', 'Compat32', 'compat32']

import abc
from email import charset as _charset, header
from email.utils import _has_surrogates


class _PolicyBase:
    """An object whose attributes, those of its class, are set when it is made, and never again."""

    def __init__(self, **kw):
        for name, value in kw.items():
            if not hasattr(self, name):
                raise TypeError(f'{name!r} is an invalid keyword argument for {self.__class__.__name__}')
            super().__setattr__(name, value)

    def __repr__(self):
        return '%s(%s)' % (self.__class__.__name__,
                           ', '.join(f'{name}={value!r}' for name, value in self.__dict__.items()))

    def clone(self, **kw):
        """Return a copy with some attributes changed."""
        twin = self.__class__.__new__(self.__class__)
        for name, value in self.__dict__.items():
            object.__setattr__(twin, name, value)
        for name, value in kw.items():
            if not hasattr(self, name):
                raise TypeError(f'{name!r} is an invalid keyword argument for {self.__class__.__name__}')
            object.__setattr__(twin, name, value)
        return twin

    def __setattr__(self, name, value):
        if hasattr(self, name):
            raise AttributeError(f'{self.__class__.__name__!r} object attribute {name!r} is read-only')
        raise AttributeError(f'{self.__class__.__name__!r} object has no attribute {name!r}')

    def __add__(self, other):
        """Return a copy with the attributes that are set in another policy."""
        return self.clone(**other.__dict__)


def _append_doc(doc, added_doc):
    """Put the doc of a class behind that of its base, without their last and first lines."""
    return doc.rsplit('\n', 1)[0] + '\n' + added_doc.split('\n', 1)[1]


def _extend_docstrings(cls):
    """Complete docstrings that start with a plus sign by those of the base."""
    if cls.__doc__ and cls.__doc__.startswith('+'):
        cls.__doc__ = _append_doc(cls.__bases__[0].__doc__, cls.__doc__)
    for name, attribute in cls.__dict__.items():
        if attribute.__doc__ and attribute.__doc__.startswith('+'):
            for base in (base for each in cls.__bases__ for base in each.mro()):
                doc = getattr(getattr(base, name), '__doc__')
                if doc:
                    attribute.__doc__ = _append_doc(doc, attribute.__doc__)
                    break
    return cls


class Policy(_PolicyBase, metaclass=abc.ABCMeta):
    r"""How messages are read and written.

    raise_on_defect  raise defects, instead of listing them in the message
    linesep          what lines are written with, '\n'
    cte_type         '8bit', or '7bit' to encode all bytes that are not ASCII
    max_line_length  of headers; 0 or None for no limit
    mangle_from_     write '>From ' for 'From ' at the start of lines
    message_factory  what makes messages
    """

    raise_on_defect = False
    linesep = '\n'
    cte_type = '8bit'
    max_line_length = 78
    mangle_from_ = False
    message_factory = None

    def handle_defect(self, obj, defect):
        """Raise a defect of an object, or register it, as raise_on_defect says."""
        if self.raise_on_defect:
            raise defect
        self.register_defect(obj, defect)

    def register_defect(self, obj, defect):
        """Append a defect to obj.defects."""
        obj.defects.append(defect)

    def header_max_count(self, name):
        """Return how many headers of that name there may be; None for any number."""
        return None

    @abc.abstractmethod
    def header_source_parse(self, sourcelines):
        """Return the (name, value) to be stored for a header, given as its lines."""
        raise NotImplementedError

    @abc.abstractmethod
    def header_store_parse(self, name, value):
        """Return the (name, value) to be stored for a header that a program sets."""
        raise NotImplementedError

    @abc.abstractmethod
    def header_fetch_parse(self, name, value):
        """Return what a program is to get for a stored header."""
        raise NotImplementedError

    @abc.abstractmethod
    def fold(self, name, value):
        """Return a stored header as it is written, as str."""
        raise NotImplementedError

    @abc.abstractmethod
    def fold_binary(self, name, value):
        """Return a stored header as it is written, as bytes."""
        raise NotImplementedError


@_extend_docstrings
class Compat32(Policy):
    """+
    This one does what the package did up to Python 3.2.
    """

    mangle_from_ = True

    def _sanitize_header(self, name, value):
        # A str with bytes that are not ASCII becomes a Header of an unknown charset.
        if isinstance(value, str) and _has_surrogates(value):
            return header.Header(value, charset=_charset.UNKNOWN8BIT, header_name=name)
        return value

    def header_source_parse(self, sourcelines):
        """+
        The value keeps its lines, without white space in front and line ends behind.
        """
        name, value = sourcelines[0].split(':', 1)
        value = value.lstrip(' \t') + ''.join(sourcelines[1:])
        return name, value.rstrip('\r\n')

    def header_store_parse(self, name, value):
        """+
        Both stay as they are.
        """
        return name, value

    def header_fetch_parse(self, name, value):
        """+
        A value with bytes that are not ASCII is a Header.
        """
        return self._sanitize_header(name, value)

    def fold(self, name, value):
        """+
        Lines are cut with Header; bytes that are not ASCII become encoded words.
        """
        return self._fold(name, value, sanitize=True)

    def fold_binary(self, name, value):
        """+
        Bytes that are not ASCII stay, unless cte_type is '7bit'.
        """
        return self._fold(name, value, sanitize=self.cte_type == '7bit').encode('ascii', 'surrogateescape')

    def _fold(self, name, value, sanitize):
        lead = f'{name}: '
        if isinstance(value, str):
            dirty = _has_surrogates(value)
            if dirty and not sanitize:
                return lead + value + self.linesep      # nothing can be cut
            value = header.Header(value, charset=_charset.UNKNOWN8BIT if dirty else None, header_name=name)
        elif not hasattr(value, '_chunks') and not hasattr(value, 'encode'):
            value = None
        if value is None:
            return lead + self.linesep
        # No limit is 0 for Header.
        limit = 0 if self.max_line_length is None else self.max_line_length
        return lead + value.encode(linesep=self.linesep, maxlinelen=limit) + self.linesep


compat32 = Compat32()
