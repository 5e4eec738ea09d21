# SPDX-License-Identifier: MIT
"""Header objects: strings with attributes for what they mean, such as the addresses of To.

HeaderRegistry makes them: header_factory(name, value) returns an object of a class that is made of BaseHeader and the
class that is registered for the name.
"""
__all__ = ['Address', 'Group', 'BaseHeader', 'UnstructuredHeader', 'UniqueUnstructuredHeader', 'DateHeader', 'UniqueDateHeader',
           'AddressHeader', 'UniqueAddressHeader', 'SingleAddressHeader', 'UniqueSingleAddressHeader', 'MIMEVersionHeader',
           'ParameterizedMIMEHeader', 'ContentTypeHeader', 'ContentDispositionHeader', 'ContentTransferEncodingHeader',
           'MessageIDHeader', 'HeaderRegistry']

import re
from functools import lru_cache
from types import MappingProxyType

from email import _header_value_parser as parser
from email import errors, utils


class Address:
    """An address: display_name, username, domain; or addr_spec for the latter two."""

    def __init__(self, display_name='', username='', domain='', addr_spec=None):
        if any(mark in text for text in (display_name, username, domain, addr_spec or '') for mark in '\r\n'):
            raise ValueError('invalid arguments; address parts cannot contain CR or LF')
        if addr_spec is not None:
            if username or domain:
                raise TypeError('addrspec specified when username and/or domain also specified')
            found, rest = parser.get_addr_spec(addr_spec)
            if rest:
                raise ValueError('Invalid addr_spec; only {!r} could be parsed from {!r}'.format(str(found), addr_spec))
            if found.all_defects:
                raise found.all_defects[0]
            username, domain = found.local_part, found.domain
        self._display_name, self._username, self._domain = display_name, username, domain

    @property
    def display_name(self):
        """The name for people, or ''."""
        return self._display_name

    @property
    def username(self):
        """What stands in front of the @, without quotes."""
        return self._username

    @property
    def domain(self):
        """What stands behind the @."""
        return self._domain

    @property
    def addr_spec(self):
        """username@domain, quoted where that is needed; <> if there is neither."""
        name = self.username
        if set(name) & (parser.SPECIALS - {'.'} | set(' \t')):
            name = parser.quote_string(name)
        if self.domain:
            return name + '@' + self.domain
        return name or '<>'

    def __repr__(self):
        return '{}(display_name={!r}, username={!r}, domain={!r})'.format(
            self.__class__.__name__, self.display_name, self.username, self.domain)

    def __str__(self):
        if not self.display_name:
            return self.addr_spec
        spec = self.addr_spec
        return '%s <%s>' % (_quoted_name(self.display_name), '' if spec == '<>' else spec)

    def __eq__(self, other):
        if not isinstance(other, Address):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in ('display_name', 'username', 'domain'))


def _quoted_name(name):
    """A display name, quoted if it has special characters."""
    return parser.quote_string(name) if set(name) & parser.SPECIALS else name


class Group:
    """A named group of addresses; or, with the name None, a single address."""

    def __init__(self, display_name=None, addresses=None):
        self._display_name, self._addresses = display_name, tuple(addresses or ())

    @property
    def display_name(self):
        """The name, or None."""
        return self._display_name

    @property
    def addresses(self):
        """The addresses, a tuple."""
        return self._addresses

    def __repr__(self):
        return '{}(display_name={!r}, addresses={!r}'.format(self.__class__.__name__, self.display_name, self.addresses)

    def __str__(self):
        if self.display_name is None and len(self.addresses) == 1:
            return str(self.addresses[0])
        name = _quoted_name(str(self.display_name))
        return '%s:%s;' % (name, ' ' + ', '.join(map(str, self.addresses)) if self.addresses else '')

    def __eq__(self, other):
        if not isinstance(other, Group):
            return NotImplemented
        return (self.display_name, self.addresses) == (other.display_name, other.addresses)


class BaseHeader(str):
    """The base of all header objects: a string with name and defects.

    The class that it is combined with has a class method parse(value, kwds), which puts 'decoded', the value of the
    string, 'parse_tree' and 'defects' in a dict, and what its own init() wants besides.
    """

    def __new__(cls, name, value):
        found = {'defects': []}
        cls.parse(value, found)
        if utils._has_surrogates(found['decoded']):
            found['decoded'] = utils._sanitize(found['decoded'])
        self = str.__new__(cls, found.pop('decoded'))
        self.init(name, **found)
        return self

    def init(self, name, *, parse_tree, defects):
        """Keep what parse() has found."""
        self._name, self._parse_tree, self._defects = name, parse_tree, defects

    @property
    def name(self):
        """The name of the header."""
        return self._name

    @property
    def defects(self):
        """What is wrong with it, a tuple."""
        return tuple(self._defects)

    def __reduce__(self):
        return _reconstruct_header, (self.__class__.__name__, self.__class__.__bases__, str(self)), self.__dict__

    @classmethod
    def _reconstruct(cls, value):
        return str.__new__(cls, value)

    def fold(self, *, policy):
        """Return the header, with its name, as lines for a policy."""
        header = parser.Header([parser.HeaderLabel([parser.ValueTerminal(self.name, 'header-name'),
                                                    parser.ValueTerminal(':', 'header-sep')])])
        if self._parse_tree:
            header.append(parser.CFWSList([parser.WhiteSpaceTerminal(' ', 'fws')]))
        header.append(self._parse_tree)
        return header.fold(policy=policy)


def _reconstruct_header(cls_name, bases, value):
    """Make a header object anew, for pickle."""
    return type(cls_name, bases, {})._reconstruct(value)


class UnstructuredHeader:
    """Text."""

    max_count = None
    value_parser = staticmethod(parser.get_unstructured)

    @classmethod
    def parse(cls, value, kwds):
        """Decode encoded words."""
        kwds['parse_tree'] = tree = cls.value_parser(value)
        kwds['decoded'] = str(tree)
        # Defects are not told: text may be anything.


class UniqueUnstructuredHeader(UnstructuredHeader):
    """Text, of which there is one."""
    max_count = 1


class DateHeader:
    """A date; it may be given as a datetime.  datetime: the date, None if there is none."""

    max_count = None
    value_parser = staticmethod(parser.get_unstructured)

    @classmethod
    def parse(cls, value, kwds):
        """Read a date."""
        moment = value
        if not value:
            kwds['defects'].append(errors.HeaderMissingRequiredValue())
            moment = None
        elif isinstance(value, str):
            moment = utils.parsedate_to_datetime(value)
        kwds['datetime'] = moment
        kwds['decoded'] = '' if moment is None else utils.format_datetime(moment)
        kwds['parse_tree'] = cls.value_parser(kwds['decoded'])

    def init(self, *args, **kw):
        """Keep the date."""
        self._datetime = kw.pop('datetime')
        super().init(*args, **kw)

    @property
    def datetime(self):
        """The date, or None."""
        return self._datetime


class UniqueDateHeader(DateHeader):
    """A date, of which there is one."""
    max_count = 1


class AddressHeader:
    """Addresses; they may be given as Address and Group objects."""

    max_count = None

    @staticmethod
    def value_parser(value):
        """Return the tree of the value."""
        tree, rest = parser.get_address_list(value)
        assert not rest, 'not all of an address list was read'
        return tree

    @classmethod
    def parse(cls, value, kwds):
        """Read addresses."""
        if isinstance(value, str):
            kwds['parse_tree'] = tree = cls.value_parser(value)
            groups = [Group(address.display_name, list(map(cls._address, address.all_mailboxes)))
                      for address in tree.addresses]
            defects = tree.all_defects
        else:
            items = value if hasattr(value, '__iter__') else [value]
            groups = [item if hasattr(item, 'addresses') else Group(None, [item]) for item in items]
            defects = []
        kwds['groups'], kwds['defects'] = groups, defects
        kwds['decoded'] = ', '.join(map(str, groups))
        if 'parse_tree' not in kwds:
            kwds['parse_tree'] = cls.value_parser(kwds['decoded'])

    @staticmethod
    def _address(mailbox):
        """The Address of a Mailbox; line ends that were in it go."""
        return Address(*[re.sub('[\r\n]', '', part or '') for part in (mailbox.display_name, mailbox.local_part,
                                                                       mailbox.domain)])

    def init(self, *args, **kw):
        """Keep the groups."""
        self._groups, self._addresses = tuple(kw.pop('groups')), None
        super().init(*args, **kw)

    @property
    def groups(self):
        """The Groups, a tuple; an address that is in none has one of its own, without a name."""
        return self._groups

    @property
    def addresses(self):
        """The Addresses, a tuple."""
        if self._addresses is None:
            self._addresses = tuple([address for group in self._groups for address in group.addresses])
        return self._addresses


class UniqueAddressHeader(AddressHeader):
    """Addresses, in one header."""
    max_count = 1


class SingleAddressHeader(AddressHeader):
    """One address."""

    @property
    def address(self):
        """The Address; ValueError if there is not exactly one."""
        if len(self.addresses) != 1:
            raise ValueError('value of single address header {} is not a single address'.format(self.name))
        return self.addresses[0]


class UniqueSingleAddressHeader(SingleAddressHeader):
    """One address, in one header."""
    max_count = 1


class MIMEVersionHeader:
    """The version of MIME: major, minor, version ('1.0'); None if there is none."""

    max_count = 1
    value_parser = staticmethod(parser.parse_mime_version)

    @classmethod
    def parse(cls, value, kwds):
        """Read a version."""
        kwds['parse_tree'] = tree = cls.value_parser(value)
        kwds['decoded'] = str(tree)
        kwds['defects'].extend(tree.all_defects)
        complete = tree.minor is not None
        kwds['major'], kwds['minor'] = tree.major if complete else None, tree.minor
        kwds['version'] = '{}.{}'.format(tree.major, tree.minor) if complete else None

    def init(self, *args, **kw):
        """Keep the version."""
        self._version, self._major, self._minor = kw.pop('version'), kw.pop('major'), kw.pop('minor')
        super().init(*args, **kw)

    @property
    def major(self):
        """The first number."""
        return self._major

    @property
    def minor(self):
        """The second number."""
        return self._minor

    @property
    def version(self):
        """Both, as text."""
        return self._version


class ParameterizedMIMEHeader:
    """What headers with parameters have in common."""

    max_count = 1

    @classmethod
    def parse(cls, value, kwds):
        """Read what stands in front, and the parameters."""
        kwds['parse_tree'] = tree = cls.value_parser(value)
        kwds['decoded'] = str(tree)
        kwds['defects'].extend(tree.all_defects)
        kwds['params'] = {utils._sanitize(name).lower(): utils._sanitize(value) for name, value in tree.params}

    def init(self, *args, **kw):
        """Keep the parameters."""
        self._params = kw.pop('params')
        super().init(*args, **kw)

    @property
    def params(self):
        """The parameters, a mapping that cannot be changed; names are in small letters."""
        return MappingProxyType(self._params)


class ContentTypeHeader(ParameterizedMIMEHeader):
    """A type: content_type, maintype, subtype."""

    value_parser = staticmethod(parser.parse_content_type_header)

    def init(self, *args, **kw):
        """Keep the type."""
        super().init(*args, **kw)
        self._maintype = utils._sanitize(self._parse_tree.maintype)
        self._subtype = utils._sanitize(self._parse_tree.subtype)

    @property
    def maintype(self):
        """What stands in front of the slash, in small letters."""
        return self._maintype

    @property
    def subtype(self):
        """What stands behind the slash, in small letters."""
        return self._subtype

    @property
    def content_type(self):
        """The type, in small letters."""
        return self.maintype + '/' + self.subtype


class ContentDispositionHeader(ParameterizedMIMEHeader):
    """How a part is to be shown: content_disposition."""

    value_parser = staticmethod(parser.parse_content_disposition_header)

    def init(self, *args, **kw):
        """Keep the disposition."""
        super().init(*args, **kw)
        disposition = self._parse_tree.content_disposition
        self._content_disposition = disposition if disposition is None else utils._sanitize(disposition)

    @property
    def content_disposition(self):
        """'inline', 'attachment' or another word, None if there is none."""
        return self._content_disposition


class ContentTransferEncodingHeader:
    """How the contents are encoded: cte."""

    max_count = 1
    value_parser = staticmethod(parser.parse_content_transfer_encoding_header)

    @classmethod
    def parse(cls, value, kwds):
        """Read an encoding."""
        kwds['parse_tree'] = tree = cls.value_parser(value)
        kwds['decoded'] = str(tree)
        kwds['defects'].extend(tree.all_defects)

    def init(self, *args, **kw):
        """Keep the encoding."""
        super().init(*args, **kw)
        self._cte = utils._sanitize(self._parse_tree.cte)

    @property
    def cte(self):
        """The encoding, in small letters."""
        return self._cte


class MessageIDHeader:
    """The id of a message."""

    max_count = 1
    value_parser = staticmethod(parser.parse_message_id)

    @classmethod
    def parse(cls, value, kwds):
        """Read an id."""
        kwds['parse_tree'] = tree = cls.value_parser(value)
        kwds['decoded'] = str(tree)
        kwds['defects'].extend(tree.all_defects)


_default_header_map = {
    'subject': UniqueUnstructuredHeader,
    'date': UniqueDateHeader, 'orig-date': UniqueDateHeader, 'resent-date': DateHeader,
    'sender': UniqueSingleAddressHeader, 'resent-sender': SingleAddressHeader,
    **dict.fromkeys(('to', 'cc', 'bcc', 'from', 'reply-to'), UniqueAddressHeader),
    **dict.fromkeys(('resent-to', 'resent-cc', 'resent-bcc', 'resent-from', 'resent-reply-to'), AddressHeader),
    'mime-version': MIMEVersionHeader, 'content-type': ContentTypeHeader,
    'content-disposition': ContentDispositionHeader, 'content-transfer-encoding': ContentTransferEncodingHeader,
    'message-id': MessageIDHeader,
}


@lru_cache(maxsize=256)
def _combined(cls, base):
    """The class of the headers of a registered class."""
    return type('_' + cls.__name__, (cls, base), {})


class HeaderRegistry:
    """Makes header objects.

    base_class: the base of all.  default_class: for names that are not registered.  use_default_map: register the
    usual names.
    """

    def __init__(self, base_class=BaseHeader, default_class=UnstructuredHeader, use_default_map=True):
        self.registry = dict(_default_header_map) if use_default_map else {}
        self.base_class, self.default_class = base_class, default_class

    def map_to_type(self, name, cls):
        """Register a class for a name."""
        self.registry[name.lower()] = cls

    def __getitem__(self, name):
        """The class for a name, with the base."""
        cls = self.registry.get(name.lower(), self.default_class)
        return _combined(cls, self.base_class)

    def __call__(self, name, value):
        """Return a header object."""
        return self[name](name, value)
