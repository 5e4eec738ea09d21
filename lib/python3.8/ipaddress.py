# SPDX-License-Identifier: MIT
"""IP addresses, networks, and interfaces (an address in its network), of versions 4 and 6.

    >>> import ipaddress
    >>> ipaddress.ip_address('192.0.2.1') + 1
    IPv4Address('192.0.2.2')
    >>> ipaddress.ip_address('192.0.2.1') in ipaddress.ip_network('192.0.2.0/28')
    True
    >>> ipaddress.ip_interface('2001:db8::1/48').network
    IPv6Network('2001:db8::/48')

All are made from str ('192.0.2.0/24', '192.0.2.0/255.255.255.0'), int, packed bytes, or,
networks and interfaces, a tuple (address, prefix).  Octets with zeros in front are
refused: other programs take them for octal numbers.
"""
__version__ = '1.0'

import functools

IPV4LENGTH, IPV6LENGTH = 32, 128


class AddressValueError(ValueError):
    """What was given is no address."""


class NetmaskValueError(ValueError):
    """What was given is no netmask."""


def _first_that_takes(value, makers, what):
    for make in makers:
        try:
            return make(value)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f'{value!r} does not appear to be an IPv4 or IPv6 {what}')


def ip_address(address):
    """Return an IPv4Address or IPv6Address; ints below 2**32 are of version 4. ValueError."""
    return _first_that_takes(address, (IPv4Address, IPv6Address), 'address')


def ip_network(address, strict=True):
    """Return an IPv4Network or IPv6Network; strict refuses bits set behind the prefix. ValueError."""
    return _first_that_takes(address, (lambda value: IPv4Network(value, strict),
                                       lambda value: IPv6Network(value, strict)), 'network')


def ip_interface(address):
    """Return an IPv4Interface or IPv6Interface. ValueError."""
    return _first_that_takes(address, (IPv4Interface, IPv6Interface), 'interface')


def v4_int_to_packed(address):
    """Return an int as the four bytes of an address."""
    try:
        return address.to_bytes(4, 'big')
    except OverflowError:
        raise ValueError('Address negative or too large for IPv4')


def v6_int_to_packed(address):
    """Return an int as the sixteen bytes of an address."""
    try:
        return address.to_bytes(16, 'big')
    except OverflowError:
        raise ValueError('Address negative or too large for IPv6')


def _split_optional_netmask(address):
    """Cut a str at its slash, if it has one."""
    parts = str(address).split('/')
    if len(parts) > 2:
        raise AddressValueError(f"Only one '/' permitted in {address!r}")
    return parts


def _find_address_range(addresses):
    """Yield (first, last) of each run of consecutive addresses in a sorted iterable."""
    first = last = None
    for address in addresses:
        if first is not None and address._ip == last._ip + 1:
            last = address
            continue
        if first is not None:
            yield first, last
        first = last = address
    if first is not None:
        yield first, last


def _count_righthand_zero_bits(number, bits):
    """Count the zeros at a number's end, at most so many."""
    if not number:
        return bits
    return min(bits, (number & -number).bit_length() - 1)


def summarize_address_range(first, last):
    """Yield the networks that together are the addresses from first to last.

    >>> list(summarize_address_range(IPv4Address('192.0.2.0'), IPv4Address('192.0.2.130')))
    ... # doctest: +NORMALIZE_WHITESPACE
    [IPv4Network('192.0.2.0/25'), IPv4Network('192.0.2.128/31'), IPv4Network('192.0.2.130/32')]
    """
    if not (isinstance(first, _BaseAddress) and isinstance(last, _BaseAddress)):
        raise TypeError('first and last must be IP addresses, not networks')
    _same_version(first, last)
    if first > last:
        raise ValueError('last IP address must be greater than first')
    network = {4: IPv4Network, 6: IPv6Network}.get(first.version)
    if network is None:
        raise ValueError('unknown IP version')
    width = first._max_prefixlen
    here, end = first._ip, last._ip
    while here <= end:
        # The largest network that starts here and does not go beyond the end.
        bits = min(_count_righthand_zero_bits(here, width), (end - here + 1).bit_length() - 1)
        yield network((here, width - bits))
        here += 1 << bits


def _same_version(a, b):
    if a._version != b._version:
        raise TypeError('%s and %s are not of the same version' % (a, b))


def _collapse_addresses_internal(addresses):
    """Yield networks that have no address in common and no neighbours to join."""
    waiting = list(addresses)
    largest = {}            # supernet -> the half of it that was seen
    while waiting:
        network = waiting.pop()
        above = network.supernet()
        half = largest.setdefault(above, network)
        if half != network:
            del largest[above]
            waiting.append(above)
    # A network inside another one ends no later than that.
    end = None
    for network in sorted(largest.values()):
        if end is not None and end >= network.broadcast_address:
            continue
        yield network
        end = network.broadcast_address


def collapse_addresses(addresses):
    """Yield the fewest networks that together are the addresses and networks given.

    >>> list(collapse_addresses([IPv4Network('192.0.2.0/25'), IPv4Network('192.0.2.128/25')]))
    [IPv4Network('192.0.2.0/24')]
    """
    single, networks = [], []
    for item in addresses:
        if isinstance(item, _BaseAddress):
            target, element = single, item
        elif item._prefixlen == item._max_prefixlen:
            target = single
            element = item.ip if hasattr(item, 'ip') else item.network_address
        else:
            target, element = networks, item
        if target:
            if target[-1]._version != item._version:
                raise TypeError('%s and %s are not of the same version' % (item, target[-1]))
        target.append(element)
    for first, last in _find_address_range(sorted(set(single))):
        networks.extend(summarize_address_range(first, last))
    return _collapse_addresses_internal(networks)


def get_mixed_type_key(obj):
    """Return a key by which addresses and networks can be sorted together; NotImplemented for anything else."""
    if isinstance(obj, _BaseNetwork):
        return obj._get_networks_key()
    if isinstance(obj, _BaseAddress):
        return obj._get_address_key()
    return NotImplemented


class _IPAddressBase:
    """What all classes share."""

    __slots__ = ()

    @property
    def exploded(self):
        """The longest form, as a str: with all zeros."""
        return self._explode_shorthand_ip_string()

    @property
    def compressed(self):
        """The shortest form, as a str."""
        return str(self)

    @property
    def reverse_pointer(self):
        """The name under which DNS has the name of the address."""
        return self._reverse_pointer()

    @property
    def version(self):
        raise NotImplementedError('%200s has no version specified' % (type(self),))

    def _check_int_address(self, address):
        if address < 0:
            raise AddressValueError(f'{address} (< 0) is not permitted as an IPv{self._version} address')
        if address > self._ALL_ONES:
            raise AddressValueError(f'{address} (>= 2**{self._max_prefixlen}) is not permitted as an '
                                    f'IPv{self._version} address')

    def _check_packed_address(self, address, expected_len):
        if len(address) != expected_len:
            raise AddressValueError(f'{address!r} (len {len(address)} != {expected_len}) is not permitted as an '
                                    f'IPv{self._version} address')

    @classmethod
    def _ip_int_from_prefix(cls, prefixlen):
        """Return the netmask of a prefix length, as an int."""
        return cls._ALL_ONES ^ cls._ALL_ONES >> prefixlen

    @classmethod
    def _prefix_from_ip_int(cls, ip_int):
        """Return the prefix length of a netmask, an int; ValueError if it is none."""
        width = cls._max_prefixlen
        zeros = _count_righthand_zero_bits(ip_int, width)
        if ip_int >> zeros != (1 << width - zeros) - 1:
            details = ip_int.to_bytes(width // 8, 'big')
            raise ValueError(f'Netmask pattern {details!r} mixes zeroes & ones')
        return width - zeros

    @classmethod
    def _report_invalid_netmask(cls, netmask_str):
        raise NetmaskValueError(f'{netmask_str!r} is not a valid netmask') from None

    @classmethod
    def _prefix_from_prefix_string(cls, prefixlen_str):
        """Return a prefix length, given as decimal digits."""
        if not (prefixlen_str.isascii() and prefixlen_str.isdigit()):
            cls._report_invalid_netmask(prefixlen_str)
        # No need to work out a number that is too long anyway.
        digits = prefixlen_str.lstrip('0') or '0'
        length = int(digits) if len(digits) < 4 else 1000
        if length > cls._max_prefixlen:
            cls._report_invalid_netmask(prefixlen_str)
        return length

    @classmethod
    def _prefix_from_ip_string(cls, ip_str):
        """Return the prefix length of a netmask or a hostmask, given as an address."""
        try:
            mask = cls._ip_int_from_string(ip_str)
        except AddressValueError:
            cls._report_invalid_netmask(ip_str)
        for candidate in mask, mask ^ cls._ALL_ONES:
            try:
                return cls._prefix_from_ip_int(candidate)
            except ValueError:
                pass
        cls._report_invalid_netmask(ip_str)

    @classmethod
    def _split_addr_prefix(cls, address):
        """Return the (address, prefix) of what an interface or network is made from."""
        if isinstance(address, (bytes, int)):
            return address, cls._max_prefixlen
        if not isinstance(address, tuple):
            address = _split_optional_netmask(address)
        if len(address) > 1:
            return address
        return address[0], cls._max_prefixlen

    def __reduce__(self):
        return self.__class__, (str(self),)


@functools.total_ordering
class _BaseAddress(_IPAddressBase):
    """Addresses of either version; _ip is the address as an int."""

    __slots__ = ()

    def __int__(self):
        return self._ip

    def __eq__(self, other):
        try:
            return self._ip == other._ip and self._version == other._version
        except AttributeError:
            return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _BaseAddress):
            return NotImplemented
        _same_version(self, other)
        return self._ip < other._ip

    def __hash__(self):
        return hash(hex(self._ip))

    def __add__(self, other):
        return self.__class__(int(self) + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return self.__class__(int(self) - other) if isinstance(other, int) else NotImplemented

    def __repr__(self):
        return f'{self.__class__.__name__}({str(self)!r})'

    def __str__(self):
        return str(self._string_from_ip_int(self._ip))

    def _get_address_key(self):
        return self._version, self

    def __reduce__(self):
        return self.__class__, (self._ip,)


@functools.total_ordering
class _BaseNetwork(_IPAddressBase):
    """Networks of either version: network_address, netmask and prefix length."""

    def _set_up(self, address, strict):
        """What the __init__ of both versions does."""
        address, prefix = self._split_addr_prefix(address)
        self.network_address = self._address_class(address)
        self.netmask, self._prefixlen = self._make_netmask(prefix)
        kept = self.network_address._ip & self.netmask._ip
        if kept != self.network_address._ip:
            if strict:
                raise ValueError(f'{self} has host bits set')
            self.network_address = self._address_class(kept)
        if self._prefixlen == self._max_prefixlen:
            self.hosts = lambda: [self._address_class(address)]
        elif self._prefixlen == self._max_prefixlen - 1:
            self.hosts = self.__iter__

    def __repr__(self):
        return f'{self.__class__.__name__}({str(self)!r})'

    def __str__(self):
        return f'{self.network_address}/{self._prefixlen}'

    def hosts(self):
        """Yield the addresses that can be given to computers: all but the network's own and the broadcast address."""
        for number in range(self.network_address._ip + 1, self.broadcast_address._ip):
            yield self._address_class(number)

    def __iter__(self):
        for number in range(self.network_address._ip, self.broadcast_address._ip + 1):
            yield self._address_class(number)

    def __getitem__(self, n):
        start, end = self.network_address._ip, self.broadcast_address._ip
        number = start + n if n >= 0 else end + n + 1
        if not start <= number <= end:
            raise IndexError('address out of range')
        return self._address_class(number)

    def __lt__(self, other):
        if not isinstance(other, _BaseNetwork):
            return NotImplemented
        _same_version(self, other)
        return (self.network_address, self.netmask) < (other.network_address, other.netmask)

    def __eq__(self, other):
        try:
            return (self._version == other._version and self.network_address == other.network_address
                    and self.netmask._ip == other.netmask._ip)
        except AttributeError:
            return NotImplemented

    def __hash__(self):
        return hash(self.network_address._ip ^ self.netmask._ip)

    def __contains__(self, other):
        # A network is not in a network: it is a set of addresses.
        if self._version != other._version or isinstance(other, _BaseNetwork):
            return False
        return other._ip & self.netmask._ip == self.network_address._ip

    def overlaps(self, other):
        """Say whether two networks have an address in common."""
        return (self.network_address in other or self.broadcast_address in other
                or other.network_address in self or other.broadcast_address in self)

    @functools.cached_property
    def broadcast_address(self):
        """The last address."""
        return self._address_class(self.network_address._ip | self.hostmask._ip)

    @functools.cached_property
    def hostmask(self):
        """The bits that are not in the netmask, as an address."""
        return self._address_class(self.netmask._ip ^ self._ALL_ONES)

    @property
    def with_prefixlen(self):
        """The network as a str: address/prefix length."""
        return f'{self.network_address}/{self._prefixlen}'

    @property
    def with_netmask(self):
        """The network as a str: address/netmask."""
        return f'{self.network_address}/{self.netmask}'

    @property
    def with_hostmask(self):
        """The network as a str: address/hostmask."""
        return f'{self.network_address}/{self.hostmask}'

    @property
    def num_addresses(self):
        """How many addresses it has."""
        return 1 << self._max_prefixlen - self._prefixlen

    @property
    def _address_class(self):
        raise NotImplementedError('%200s has no associated address class' % (type(self),))

    @property
    def prefixlen(self):
        """How many bits of an address the network is."""
        return self._prefixlen

    def address_exclude(self, other):
        """Yield the networks that are left when another one is taken out of this one.

        >>> network = IPv4Network('192.0.2.0/28')
        >>> [str(rest) for rest in network.address_exclude(IPv4Network('192.0.2.1/32'))]
        ['192.0.2.8/29', '192.0.2.4/30', '192.0.2.2/31', '192.0.2.0/32']
        """
        _same_version(self, other)
        if not isinstance(other, _BaseNetwork):
            raise TypeError(f'{other} is not a network object')
        if not other.subnet_of(self):
            raise ValueError(f'{other} not contained in {self}')
        if other == self:
            return
        whole = other.__class__(f'{other.network_address}/{other.prefixlen}')
        inside = self
        while inside != whole:
            low, high = inside.subnets()
            inside, rest = (low, high) if whole.subnet_of(low) else (high, low)
            yield rest

    def compare_networks(self, other):
        """Return -1, 0 or 1: which of two networks comes first, by address, then by netmask."""
        if self._version != other._version:
            raise TypeError('%s and %s are not of the same type' % (self, other))
        mine, its = (self.network_address, self.netmask), (other.network_address, other.netmask)
        return (mine > its) - (mine < its)

    def _get_networks_key(self):
        return self._version, self.network_address, self.netmask

    def _choose_diff(self, prefixlen_diff, new_prefix, direction):
        """Return by how many bits the prefix is to become longer or shorter, given as that or as the new length."""
        if new_prefix is None:
            return prefixlen_diff
        diff = new_prefix - self._prefixlen if direction == 'longer' else self._prefixlen - new_prefix
        if diff < 0:
            raise ValueError(f'new prefix must be {direction}')
        if prefixlen_diff == 1:
            return diff
        raise ValueError('cannot set prefixlen_diff and new_prefix')

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        """Yield the networks that this one consists of: longer by so many bits, or of that length."""
        if self._prefixlen == self._max_prefixlen:
            yield self
            return
        prefixlen_diff = self._choose_diff(prefixlen_diff, new_prefix, 'longer')
        if prefixlen_diff < 0:
            raise ValueError('prefix length diff must be > 0')
        length = self._prefixlen + prefixlen_diff
        if length > self._max_prefixlen:
            raise ValueError(f'prefix length diff {length} is invalid for netblock {self}')
        start = self.network_address._ip
        for number in range(start, start + self.num_addresses, 1 << self._max_prefixlen - length):
            yield self.__class__((number, length))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        """Return the network that this one is in: shorter by so many bits, or of that length."""
        if self._prefixlen == 0:
            return self
        prefixlen_diff = self._choose_diff(prefixlen_diff, new_prefix, 'shorter')
        length = self._prefixlen - prefixlen_diff
        if length < 0:
            raise ValueError(f'current prefixlen is {self._prefixlen}, cannot have a prefixlen_diff of {prefixlen_diff}')
        return self.__class__((self.network_address._ip & self.netmask._ip << prefixlen_diff, length))

    @staticmethod
    def _is_subnet_of(a, b):
        try:
            if a._version != b._version:
                raise TypeError(f'{a} and {b} are not of the same version')
            return b.network_address <= a.network_address and b.broadcast_address >= a.broadcast_address
        except AttributeError:
            raise TypeError(f'Unable to test subnet containment between {a} and {b}')

    def subnet_of(self, other):
        """Say whether all addresses are in another network."""
        return self._is_subnet_of(self, other)

    def supernet_of(self, other):
        """Say whether all addresses of another network are in this one."""
        return self._is_subnet_of(other, self)

    # A network is what both its first and its last address are.

    def _both_ends(self, what):
        return getattr(self.network_address, what) and getattr(self.broadcast_address, what)

    @property
    def is_multicast(self):
        """Whether it is for multicast."""
        return self._both_ends('is_multicast')

    @property
    def is_reserved(self):
        """Whether it is reserved by the IETF."""
        return self._both_ends('is_reserved')

    @property
    def is_link_local(self):
        """Whether it is for one link."""
        return self._both_ends('is_link_local')

    @property
    def is_private(self):
        """Whether it is for private networks."""
        return self._both_ends('is_private')

    @property
    def is_global(self):
        """Whether it is for public networks."""
        return not self.is_private

    @property
    def is_unspecified(self):
        """Whether it is 0.0.0.0 or ::."""
        return self._both_ends('is_unspecified')

    @property
    def is_loopback(self):
        """Whether it is for the computer itself."""
        return self._both_ends('is_loopback')


def _make_netmask(cls, arg):
    """Return the (netmask, prefix length) of a prefix: an int, digits, or an address."""
    known = cls._netmask_cache.get(arg)
    if known is None:
        if isinstance(arg, int):
            length = arg
            if not 0 <= length <= cls._max_prefixlen:
                cls._report_invalid_netmask(length)
        else:
            length = cls._read_prefix(arg)
        mask = cls._mask_class()(cls._ip_int_from_prefix(length))
        known = cls._netmask_cache[arg] = mask, length
    return known


class _BaseV4:
    """What is of version 4 in addresses and networks."""

    __slots__ = ()
    _version = 4
    _max_prefixlen = IPV4LENGTH
    _ALL_ONES = 2 ** IPV4LENGTH - 1
    _netmask_cache = {}

    _make_netmask = classmethod(_make_netmask)

    @staticmethod
    def _mask_class():
        return IPv4Address

    @classmethod
    def _read_prefix(cls, text):
        # Digits, or a netmask or hostmask in dots.
        try:
            return cls._prefix_from_prefix_string(text)
        except NetmaskValueError:
            return cls._prefix_from_ip_string(text)

    def _explode_shorthand_ip_string(self):
        return str(self)

    @classmethod
    def _ip_int_from_string(cls, ip_str):
        """Return an address in dots as an int."""
        if not ip_str:
            raise AddressValueError('Address cannot be empty')
        octets = ip_str.split('.')
        if len(octets) != 4:
            raise AddressValueError(f'Expected 4 octets in {ip_str!r}')
        try:
            return int.from_bytes(map(cls._parse_octet, octets), 'big')
        except ValueError as error:
            raise AddressValueError(f'{error} in {ip_str!r}') from None

    @classmethod
    def _parse_octet(cls, octet_str):
        """Return decimal digits as an int up to 255; ValueError."""
        if not octet_str:
            raise ValueError('Empty octet not permitted')
        if not (octet_str.isascii() and octet_str.isdigit()):
            raise ValueError(f'Only decimal digits permitted in {octet_str!r}')
        if len(octet_str) > 3:
            raise ValueError(f'At most 3 characters permitted in {octet_str!r}')
        if octet_str != '0' and octet_str[0] == '0':
            raise ValueError(f'Leading zeros are not permitted in {octet_str!r}')
        number = int(octet_str)
        if number > 255:
            raise ValueError(f'Octet {number} (> 255) not permitted')
        return number

    @classmethod
    def _string_from_ip_int(cls, ip_int):
        """Return an int as an address in dots."""
        return '%d.%d.%d.%d' % tuple(ip_int.to_bytes(4, 'big'))

    def _reverse_pointer(self):
        return '.'.join(reversed(str(self).split('.'))) + '.in-addr.arpa'

    @property
    def max_prefixlen(self):
        """How many bits an address has."""
        return self._max_prefixlen

    @property
    def version(self):
        """The version, 4."""
        return self._version


class IPv4Address(_BaseV4, _BaseAddress):
    """An address of version 4, made from a str, an int or four bytes."""

    __slots__ = ('_ip', '__weakref__')

    def __init__(self, address):
        if isinstance(address, int):
            self._check_int_address(address)
            self._ip = address
        elif isinstance(address, bytes):
            self._check_packed_address(address, 4)
            self._ip = int.from_bytes(address, 'big')
        else:
            text = str(address)
            if '/' in text:
                raise AddressValueError(f"Unexpected '/' in {address!r}")
            self._ip = self._ip_int_from_string(text)

    @property
    def packed(self):
        """The four bytes."""
        return v4_int_to_packed(self._ip)

    @property
    def is_reserved(self):
        """Whether it is reserved by the IETF."""
        return self in self._constants._reserved_network

    @property
    @functools.lru_cache()
    def is_private(self):
        """Whether it is for private networks, as IANA's registry of special addresses has it."""
        return any(self in network for network in self._constants._private_networks)

    @property
    @functools.lru_cache()
    def is_global(self):
        """Whether it is for public networks; neither this nor private are those shared by carriers."""
        return self not in self._constants._public_network and not self.is_private

    @property
    def is_multicast(self):
        """Whether it is for multicast."""
        return self in self._constants._multicast_network

    @property
    def is_unspecified(self):
        """Whether it is 0.0.0.0."""
        return self == self._constants._unspecified_address

    @property
    def is_loopback(self):
        """Whether it is for the computer itself."""
        return self in self._constants._loopback_network

    @property
    def is_link_local(self):
        """Whether it is for one link."""
        return self in self._constants._linklocal_network


def _prepare_interface(self, address, address_class, network_class):
    """What the __init__ of both interfaces does."""
    plain, prefix = self._split_addr_prefix(address)
    address_class.__init__(self, plain)
    self.network = network_class((plain, prefix), strict=False)
    self.netmask = self.network.netmask
    self._prefixlen = self.network._prefixlen


def _interface_equal(self, other, base):
    """Compare an interface: the addresses, then the networks; False for what is no interface."""
    equal = base.__eq__(self, other)
    if not equal or equal is NotImplemented:
        return equal
    try:
        return self.network == other.network
    except AttributeError:
        return False            # an address


def _interface_less(self, other, base):
    """Order interfaces by network, then by address; addresses come before them."""
    less = base.__lt__(self, other)
    if less is NotImplemented:
        return less
    try:
        return self.network < other.network or self.network == other.network and less
    except AttributeError:
        return False            # an address


class IPv4Interface(IPv4Address):
    """An address of version 4, and the network that it is in."""

    def __init__(self, address):
        _prepare_interface(self, address, IPv4Address, IPv4Network)

    @functools.cached_property
    def hostmask(self):
        """The bits that are not in the netmask, as an address."""
        return self.network.hostmask

    def __str__(self):
        return f'{self._string_from_ip_int(self._ip)}/{self._prefixlen}'

    def __eq__(self, other):
        return _interface_equal(self, other, IPv4Address)

    def __lt__(self, other):
        return _interface_less(self, other, IPv4Address)

    def __hash__(self):
        return hash((self._ip, self._prefixlen, self.network.network_address._ip))

    __reduce__ = _IPAddressBase.__reduce__

    @property
    def ip(self):
        """The address alone."""
        return IPv4Address(self._ip)

    @property
    def with_prefixlen(self):
        """The interface as a str: address/prefix length."""
        return f'{self.ip}/{self._prefixlen}'

    @property
    def with_netmask(self):
        """The interface as a str: address/netmask."""
        return f'{self.ip}/{self.netmask}'

    @property
    def with_hostmask(self):
        """The interface as a str: address/hostmask."""
        return f'{self.ip}/{self.hostmask}'


class IPv4Network(_BaseV4, _BaseNetwork):
    """A network of version 4; strict refuses bits set behind the prefix, otherwise they are cleared."""

    _address_class = IPv4Address

    def __init__(self, address, strict=True):
        self._set_up(address, strict)

    @property
    @functools.lru_cache()
    def is_global(self):
        """Whether it is for public networks."""
        shared = self._constants_of_addresses()._public_network
        return not (self.network_address in shared and self.broadcast_address in shared) and not self.is_private

    @staticmethod
    def _constants_of_addresses():
        return IPv4Address._constants


class _IPv4Constants:
    """Networks of a special meaning."""
    _linklocal_network = IPv4Network('169.254.0.0/16')
    _loopback_network = IPv4Network('127.0.0.0/8')
    _multicast_network = IPv4Network('224.0.0.0/4')
    _public_network = IPv4Network('100.64.0.0/10')
    _private_networks = [*map(IPv4Network, '''
        0.0.0.0/8 10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/29 192.0.0.170/31 192.0.2.0/24
        192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32'''.split())]
    _reserved_network = IPv4Network('240.0.0.0/4')
    _unspecified_address = IPv4Address('0.0.0.0')


IPv4Address._constants = _IPv4Constants


class _BaseV6:
    """What is of version 6 in addresses and networks."""

    __slots__ = ()
    _version = 6
    _max_prefixlen = IPV6LENGTH
    _ALL_ONES = 2 ** IPV6LENGTH - 1
    _HEXTET_COUNT = 8
    _HEX_DIGITS = frozenset('0123456789ABCDEFabcdef')
    _netmask_cache = {}

    _make_netmask = classmethod(_make_netmask)

    @staticmethod
    def _mask_class():
        return IPv6Address

    @classmethod
    def _read_prefix(cls, text):
        return cls._prefix_from_prefix_string(text)

    @classmethod
    def _ip_int_from_string(cls, ip_str):
        """Return an address in colons as an int."""
        if not ip_str:
            raise AddressValueError('Address cannot be empty')
        parts = ip_str.split(':')
        if len(parts) < 3:
            raise AddressValueError(f'At least 3 parts expected in {ip_str!r}')
        if '.' in parts[-1]:
            # The last two are written as an address of version 4.
            try:
                tail = IPv4Address(parts.pop())._ip
            except AddressValueError as error:
                raise AddressValueError(f'{error} in {ip_str!r}') from None
            parts += '%x' % (tail >> 16), '%x' % (tail & 0xFFFF)
        count = cls._HEXTET_COUNT
        if len(parts) > count + 1:
            raise AddressValueError(f'At most {count} colons permitted in {ip_str!r}')
        parts = cls._fill_gap(parts, ip_str)
        try:
            number = 0
            for part in parts:
                number = number << 16 | cls._parse_hextet(part)
            return number
        except ValueError as error:
            raise AddressValueError(f'{error} in {ip_str!r}') from None

    @classmethod
    def _fill_gap(cls, parts, ip_str):
        """Return all eight parts, with zeros where '::' stands."""
        count = cls._HEXTET_COUNT
        gaps = [at for at in range(1, len(parts) - 1) if not parts[at]]
        if len(gaps) > 1:
            raise AddressValueError(f"At most one '::' permitted in {ip_str!r}")
        if not gaps and len(parts) != count:
            raise AddressValueError(f"Exactly {count} parts expected without '::' in {ip_str!r}")
        # An empty part at an end belongs to the '::' there.
        if not parts[0] and (not gaps or parts[1]):
            raise AddressValueError(f"Leading ':' only permitted as part of '::' in {ip_str!r}")
        if not parts[-1] and (not gaps or parts[-2]):
            raise AddressValueError(f"Trailing ':' only permitted as part of '::' in {ip_str!r}")
        if not gaps:
            return parts
        front = parts[:gaps[0]] if parts[0] else []
        back = parts[gaps[0] + 1:] if parts[-1] else []
        missing = count - len(front) - len(back)
        if missing < 1:
            raise AddressValueError(f"Expected at most {count - 1} other parts with '::' in {ip_str!r}")
        return front + ['0'] * missing + back

    @classmethod
    def _parse_hextet(cls, hextet_str):
        """Return up to four hexadecimal digits as an int; ValueError."""
        if not cls._HEX_DIGITS.issuperset(hextet_str):
            raise ValueError(f'Only hex digits permitted in {hextet_str!r}')
        if len(hextet_str) > 4:
            raise ValueError(f'At most 4 characters permitted in {hextet_str!r}')
        return int(hextet_str, 16)

    @classmethod
    def _compress_hextets(cls, hextets):
        """Put '' for the longest run of '0', the first if there are several, and two of them at an end.

        The result, joined with colons, is the short form.
        """
        best, length = 0, 1
        start = None
        for at, part in enumerate([*hextets, '']):
            if part == '0':
                start = at if start is None else start
            elif start is not None:
                if at - start > length:
                    best, length = start, at - start
                start = None
        if length == 1:
            return hextets
        end = best + length
        return ([''] if best == 0 else hextets[:best]) + [''] + (hextets[end:] or [''])

    @classmethod
    def _string_from_ip_int(cls, ip_int=None):
        """Return an int, by default the address, as its short form."""
        if ip_int is None:
            ip_int = int(cls._ip)
        if ip_int > cls._ALL_ONES:
            raise ValueError('IPv6 address is too large')
        hextets = ['%x' % (ip_int >> shift & 0xffff) for shift in range(112, -1, -16)]
        return ':'.join(cls._compress_hextets(hextets))

    def _explode_shorthand_ip_string(self):
        if isinstance(self, IPv6Network):
            number = self.network_address._ip
        elif isinstance(self, IPv6Interface):
            number = self.ip._ip
        else:
            number = self._ip
        digits = '%032x' % number
        text = ':'.join(digits[at:at + 4] for at in range(0, 32, 4))
        return f'{text}/{self._prefixlen}' if isinstance(self, (_BaseNetwork, IPv6Interface)) else text

    def _reverse_pointer(self):
        return '.'.join(self.exploded[::-1].replace(':', '')) + '.ip6.arpa'

    @property
    def max_prefixlen(self):
        """How many bits an address has."""
        return self._max_prefixlen

    @property
    def version(self):
        """The version, 6."""
        return self._version


class IPv6Address(_BaseV6, _BaseAddress):
    """An address of version 6, made from a str, an int or sixteen bytes."""

    __slots__ = ('_ip', '__weakref__')

    def __init__(self, address):
        if isinstance(address, bytes):
            self._check_packed_address(address, 16)
            self._ip = int.from_bytes(address, 'big')
        elif isinstance(address, int):
            self._check_int_address(address)
            self._ip = address
        else:
            text = str(address)
            if '/' in text:
                raise AddressValueError(f"Unexpected '/' in {address!r}")
            self._ip = self._ip_int_from_string(text)

    @property
    def packed(self):
        """The sixteen bytes."""
        return v6_int_to_packed(self._ip)

    @property
    def is_multicast(self):
        """Whether it is for multicast."""
        return self in self._constants._multicast_network

    @property
    def is_reserved(self):
        """Whether it is reserved by the IETF."""
        return any(self in network for network in self._constants._reserved_networks)

    @property
    def is_link_local(self):
        """Whether it is for one link."""
        return self in self._constants._linklocal_network

    @property
    def is_site_local(self):
        """Whether it is for one site, a kind that is not used any more."""
        return self in self._constants._sitelocal_network

    @property
    @functools.lru_cache()
    def is_private(self):
        """Whether it is for private networks, as IANA's registry of special addresses has it."""
        return any(self in network for network in self._constants._private_networks)

    @property
    def is_global(self):
        """Whether it is for public networks."""
        return not self.is_private

    @property
    def is_unspecified(self):
        """Whether it is ::."""
        return self._ip == 0

    @property
    def is_loopback(self):
        """Whether it is ::1."""
        return self._ip == 1

    @property
    def ipv4_mapped(self):
        """The address of version 4 in one of ::ffff:0:0/96; None for others."""
        return IPv4Address(self._ip & 0xFFFFFFFF) if self._ip >> 32 == 0xFFFF else None

    @property
    def teredo(self):
        """The (server, client) in an address of Teredo, 2001::/32; None for others."""
        if self._ip >> 96 != 0x20010000:
            return None
        return IPv4Address(self._ip >> 64 & 0xFFFFFFFF), IPv4Address(~self._ip & 0xFFFFFFFF)

    @property
    def sixtofour(self):
        """The address of version 4 in one of 6to4, 2002::/16; None for others."""
        return IPv4Address(self._ip >> 80 & 0xFFFFFFFF) if self._ip >> 112 == 0x2002 else None


class IPv6Interface(IPv6Address):
    """An address of version 6, and the network that it is in."""

    def __init__(self, address):
        _prepare_interface(self, address, IPv6Address, IPv6Network)

    @functools.cached_property
    def hostmask(self):
        """The bits that are not in the netmask, as an address."""
        return self.network.hostmask

    def __str__(self):
        return f'{self._string_from_ip_int(self._ip)}/{self._prefixlen}'

    def __eq__(self, other):
        return _interface_equal(self, other, IPv6Address)

    def __lt__(self, other):
        return _interface_less(self, other, IPv6Address)

    def __hash__(self):
        return hash((self._ip, self._prefixlen, self.network.network_address._ip))

    __reduce__ = _IPAddressBase.__reduce__

    @property
    def ip(self):
        """The address alone."""
        return IPv6Address(self._ip)

    with_prefixlen = IPv4Interface.with_prefixlen
    with_netmask = IPv4Interface.with_netmask
    with_hostmask = IPv4Interface.with_hostmask

    @property
    def is_unspecified(self):
        """Whether both the address and its network are ::."""
        return self._ip == 0 and self.network.is_unspecified

    @property
    def is_loopback(self):
        """Whether both the address and its network are ::1."""
        return self._ip == 1 and self.network.is_loopback


class IPv6Network(_BaseV6, _BaseNetwork):
    """A network of version 6; strict refuses bits set behind the prefix, otherwise they are cleared."""

    _address_class = IPv6Address

    def __init__(self, address, strict=True):
        self._set_up(address, strict)

    def hosts(self):
        """Yield the addresses that can be given to computers: all but the first."""
        for number in range(self.network_address._ip + 1, self.broadcast_address._ip + 1):
            yield self._address_class(number)

    @property
    def is_site_local(self):
        """Whether it is for one site, a kind that is not used any more."""
        return self._both_ends('is_site_local')


class _IPv6Constants:
    """Networks of a special meaning."""
    _linklocal_network = IPv6Network('fe80::/10')
    _multicast_network = IPv6Network('ff00::/8')
    _private_networks = [*map(IPv6Network, '''
        ::1/128 ::/128 ::ffff:0:0/96 100::/64 2001::/23 2001:2::/48 2001:db8::/32 2001:10::/28 fc00::/7
        fe80::/10'''.split())]
    _reserved_networks = [*map(IPv6Network, '''
        ::/8 100::/8 200::/7 400::/6 800::/5 1000::/4 4000::/3 6000::/3 8000::/3 a000::/3 c000::/3 e000::/4 f000::/5
        f800::/6 fe00::/9'''.split())]
    _sitelocal_network = IPv6Network('fec0::/10')


IPv6Address._constants = _IPv6Constants
