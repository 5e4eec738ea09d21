# SPDX-License-Identifier: MIT
"""Universally unique identifiers (RFC 4122).

uuid1() makes one from this computer's address and the time, uuid3() and uuid5()
from a namespace and a name, uuid4() at random.

    >>> import uuid
    >>> uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org')
    UUID('886313e1-3b8a-5372-9b90-0c9aee199e5d')
    >>> x = uuid.UUID('{00010203-0405-0607-0809-0a0b0c0d0e0f}')
    >>> str(x), x.bytes[:4]
    ('00010203-0405-0607-0809-0a0b0c0d0e0f', b'\\x00\\x01\\x02\\x03')
"""
import os
import sys
from enum import Enum

__author__ = 'the authors of taipan'

# Which commands tell an address depends on the system.
_AIX = sys.platform.startswith('aix')
_LINUX = sys.platform.startswith('linux')
_platform_system = {'linux': 'Linux', 'darwin': 'Darwin', 'win32': 'Windows'}.get(sys.platform) or os.uname().sysname

RESERVED_NCS, RFC_4122, RESERVED_MICROSOFT, RESERVED_FUTURE = [
    'reserved for NCS compatibility', 'specified in RFC 4122',
    'reserved for Microsoft compatibility', 'reserved for future definition']

int_ = int          # the names are those of attributes of UUID
bytes_ = bytes


class SafeUUID(Enum):
    """Whether a UUID was made so that no other process can have made the same."""
    safe = 0
    unsafe = -1
    unknown = None


_FIELDS = ((32, 'a'), (16, 'a'), (16, 'a'), (8, 'an'), (8, 'an'), (48, 'a'))


class UUID:
    """A number of 128 bits, which cannot be changed, and its parts.

    Made from one of: hex, a str of 32 digits, with or without hyphens, braces,
    'urn:uuid:'; bytes, 16 of them; bytes_le, the same with the first three fields
    little end first; fields, a tuple of time_low, time_mid, time_hi_version,
    clock_seq_hi_variant, clock_seq_low, node; int.  version, 1 to 5, sets the
    variant and version.

    All of these are attributes too; besides time, clock_seq, urn, variant, version
    and is_safe.
    """

    __slots__ = ('int', 'is_safe', '__weakref__')

    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *,
                 is_safe=SafeUUID.unknown):
        if [hex, bytes, bytes_le, fields, int].count(None) != 4:
            raise TypeError('one of the hex, bytes, bytes_le, fields, '
                            'or int arguments must be given')
        if hex is not None:
            digits = hex.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', '')
            if len(digits) != 32:
                raise ValueError('badly formed hexadecimal UUID string')
            int = int_(digits, 16)
        elif bytes_le is not None:
            if len(bytes_le) != 16:
                raise ValueError('bytes_le is not a 16-char string')
            bytes = bytes_le[3::-1] + bytes_le[5:3:-1] + bytes_le[7:5:-1] + bytes_le[8:]
        elif fields is not None:
            int = self._join(fields)
        if bytes is not None:
            if len(bytes) != 16:
                raise ValueError('bytes is not a 16-char string')
            int = int_.from_bytes(bytes_(bytes), 'big')
        if not 0 <= int < 1 << 128:
            raise ValueError('int is out of range (need a 128-bit value)')
        if version is not None:
            if not 1 <= version <= 5:
                raise ValueError('illegal version number')
            int &= ~(0xc000 << 48 | 0xf000 << 64)
            int |= 0x8000 << 48 | version << 76
        object.__setattr__(self, 'int', int)
        object.__setattr__(self, 'is_safe', is_safe)

    @staticmethod
    def _join(fields):
        """Make a number of the six fields."""
        if len(fields) != 6:
            raise ValueError('fields is not a 6-tuple')
        number = 0
        for index, (value, (bits, article)) in enumerate(zip(fields, _FIELDS), 1):
            if not 0 <= value < 1 << bits:
                raise ValueError(f'field {index} out of range (need {article} {bits}-bit value)')
            number = number << bits | value
        return number

    def __getstate__(self):
        state = {'int': self.int}
        if self.is_safe != SafeUUID.unknown:
            state['is_safe'] = self.is_safe.value       # not the member: older Pythons read it too
        return state

    def __setstate__(self, state):
        object.__setattr__(self, 'int', state['int'])
        object.__setattr__(self, 'is_safe', SafeUUID(state['is_safe']) if 'is_safe' in state else SafeUUID.unknown)

    def __eq__(self, other):
        return self.int == other.int if isinstance(other, UUID) else NotImplemented

    def __lt__(self, other):
        return self.int < other.int if isinstance(other, UUID) else NotImplemented

    def __gt__(self, other):
        return self.int > other.int if isinstance(other, UUID) else NotImplemented

    def __le__(self, other):
        return self.int <= other.int if isinstance(other, UUID) else NotImplemented

    def __ge__(self, other):
        return self.int >= other.int if isinstance(other, UUID) else NotImplemented

    def __hash__(self):
        return hash(self.int)

    def __int__(self):
        return self.int

    def __repr__(self):
        return f'{self.__class__.__name__}({str(self)!r})'

    def __setattr__(self, name, value):
        raise TypeError('UUID objects are immutable')

    def __str__(self):
        digits = '%032x' % self.int
        return '-'.join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    @property
    def bytes(self):
        """The 16 bytes, big end first."""
        return self.int.to_bytes(16, 'big')

    @property
    def bytes_le(self):
        """The 16 bytes, with the first three fields little end first."""
        data = self.bytes
        return data[3::-1] + data[5:3:-1] + data[7:5:-1] + data[8:]

    @property
    def fields(self):
        """All six fields, as a tuple."""
        return (self.time_low, self.time_mid, self.time_hi_version, self.clock_seq_hi_variant, self.clock_seq_low,
                self.node)

    @property
    def time_low(self):
        """Bits 0 to 31 of the time."""
        return self.int >> 96

    @property
    def time_mid(self):
        """Bits 32 to 47 of the time."""
        return self.int >> 80 & 0xffff

    @property
    def time_hi_version(self):
        """The version, and the highest bits of the time."""
        return self.int >> 64 & 0xffff

    @property
    def clock_seq_hi_variant(self):
        """The variant, and the highest bits of the clock sequence."""
        return self.int >> 56 & 0xff

    @property
    def clock_seq_low(self):
        """The low bits of the clock sequence."""
        return self.int >> 48 & 0xff

    @property
    def time(self):
        """The time: tenths of microseconds since 15 October 1582."""
        return (self.time_hi_version & 0x0fff) << 48 | self.time_mid << 32 | self.time_low

    @property
    def clock_seq(self):
        """A number that changes when the clock is turned back."""
        return (self.clock_seq_hi_variant & 0x3f) << 8 | self.clock_seq_low

    @property
    def node(self):
        """The computer's address."""
        return self.int & 0xffffffffffff

    @property
    def hex(self):
        """The 32 hexadecimal digits."""
        return '%032x' % self.int

    @property
    def urn(self):
        """The UUID as a URN."""
        return 'urn:uuid:' + str(self)

    @property
    def variant(self):
        """Which kind of layout it has: one of the constants of this module."""
        bits = self.int >> 61 & 7
        if bits < 4:
            return RESERVED_NCS
        return (RFC_4122, RFC_4122, RESERVED_MICROSOFT, RESERVED_FUTURE)[bits - 4]

    @property
    def version(self):
        """How it was made, 1 to 5; None if it is not laid out as RFC 4122 says."""
        return self.int >> 76 & 0xf if self.variant == RFC_4122 else None


# The address of this computer.  What follows returns it as an int, or None.

def _popen(command, *args):
    """Start a command, found in PATH or where administrators' commands are; return the process or None."""
    import shutil
    import subprocess
    places = os.environ.get('PATH', os.defpath).split(os.pathsep) + ['/sbin', '/usr/sbin']
    executable = shutil.which(command, path=os.pathsep.join(places))
    if executable is None:
        return None
    # In English, and without a word about what it cannot do.
    return subprocess.Popen((executable,) + args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            env=dict(os.environ, LC_ALL='C'))


def _is_universal(mac):
    """Is an address given out by the IEEE, and not by an administrator or a program?"""
    return not mac & 1 << 41


def _find_mac(command, args, hw_identifiers, get_index):
    """Find an address in a command's output: the word number get_index(i), where word i is one of hw_identifiers."""
    local = None
    try:
        process = _popen(command, *args.split())
        if not process:
            return None
        with process:
            for line in process.stdout:
                words = line.lower().rstrip().split()
                for index, word in enumerate(words):
                    if word not in hw_identifiers:
                        continue
                    try:
                        mac = int(words[get_index(index)].replace(b':', b''), 16)
                    except (ValueError, IndexError):
                        continue        # as in 'HWaddr UNSPEC'
                    if _is_universal(mac):
                        return mac
                    local = local or mac
    except OSError:
        pass
    return local or None


def _ifconfig_getnode():
    words = (b'hwaddr', b'ether', b'address:', b'lladdr')
    for args in '', '-a', '-av':
        mac = _find_mac('ifconfig', args, words, lambda index: index + 1)
        if mac:
            return mac
    return None


def _ip_getnode():
    return _find_mac('ip', 'link', [b'link/ether'], lambda index: index + 1)


def _arp_getnode():
    import socket
    try:
        address = os.fsencode(socket.gethostbyname(socket.gethostname()))
    except OSError:
        return None
    for words, step in ([address], -1), ([address], 1), ([b'(%s)' % address], 2):
        mac = _find_mac('arp', '-an', words, lambda index: index + step)
        if mac:
            return mac
    return None


def _lanscan_getnode():
    return _find_mac('lanscan', '-ai', [b'lan0'], lambda index: 0)


def _netstat_getnode():
    """netstat prints a table: its heading says where the address is."""
    local = None
    try:
        process = _popen('netstat', '-ia')
        if not process:
            return None
        with process:
            column = process.stdout.readline().rstrip().split().index(b'Address')
            for line in process.stdout:
                words = line.rstrip().split()
                try:
                    word = words[column]
                    if len(word) != 17 or word.count(b':') != 5:
                        continue
                    mac = int(word.replace(b':', b''), 16)
                except (ValueError, IndexError):
                    continue
                if _is_universal(mac):
                    return mac
                local = local or mac
    except (OSError, ValueError):
        pass
    return local or None


def _ipconfig_getnode():
    """ipconfig of Windows prints lines that end in the address."""
    import re
    local = None
    try:
        process = _popen('ipconfig', '/all')
        if not process:
            return None
        with process:
            for line in process.stdout:
                value = line.decode('latin-1').rpartition(':')[2].strip().lower()
                if re.fullmatch('(?:[0-9a-f][0-9a-f]-){5}[0-9a-f][0-9a-f]', value):
                    mac = int(value.replace('-', ''), 16)
                    if _is_universal(mac):
                        return mac
                    local = local or mac
    except OSError:
        pass
    return local or None


def _netbios_getnode():
    return None         # a way of Windows


def _windll_getnode():
    return None         # a way of Windows


_generate_time_safe = _UuidCreate = None
_has_uuid_generate_time_safe = None


def _load_system_functions():
    """Find what the system offers for UUIDs of version 1; done once, when it is first needed."""
    global _generate_time_safe, _has_uuid_generate_time_safe
    if _has_uuid_generate_time_safe is not None:
        return
    _has_uuid_generate_time_safe = False
    try:
        import _uuid
    except ImportError:
        return
    _generate_time_safe = _uuid.generate_time_safe
    _has_uuid_generate_time_safe = _uuid.has_uuid_generate_time_safe


def _unix_getnode():
    """Make a UUID with the system's help, and take the address from it."""
    _load_system_functions()
    if _generate_time_safe is None:
        return None
    data, _ = _generate_time_safe()
    return UUID(bytes=data).node


def _random_getnode():
    """A random number, marked as one that the IEEE has not given out."""
    import random
    return random.getrandbits(48) | 1 << 40


_node = None

if _LINUX:
    _OS_GETTERS = [_ip_getnode, _ifconfig_getnode]
elif _platform_system == 'Darwin':
    _OS_GETTERS = [_ifconfig_getnode, _arp_getnode, _netstat_getnode]
elif _platform_system == 'Windows':
    _OS_GETTERS = [_netbios_getnode, _ipconfig_getnode]
elif _AIX:
    _OS_GETTERS = [_netstat_getnode]
else:
    _OS_GETTERS = [_ifconfig_getnode, _ip_getnode, _arp_getnode, _netstat_getnode, _lanscan_getnode]
if os.name == 'posix':
    _GETTERS = [_unix_getnode] + _OS_GETTERS
else:
    _GETTERS = _OS_GETTERS


def getnode(*, getters=None):
    """Return the address of this computer's network, an int of 48 bits; a random number if none can be found."""
    global _node
    if _node is None:
        for getter in _GETTERS + [_random_getnode]:
            try:
                _node = getter()
            except Exception:
                continue
            if _node is not None and 0 <= _node < 1 << 48:
                return _node
        assert False, f'_random_getnode() returned invalid value: {_node}'
    return _node


_last_timestamp = None


def uuid1(node=None, clock_seq=None):
    """Make a UUID from an address, by default this computer's, a sequence number, by default random, and the time."""
    _load_system_functions()
    if _generate_time_safe is not None and node is clock_seq is None:
        data, safely = _generate_time_safe()
        try:
            safety = SafeUUID(safely)
        except ValueError:
            safety = SafeUUID.unknown
        return UUID(bytes=data, is_safe=safety)
    global _last_timestamp
    import time
    # From the start of the Gregorian calendar; never the same twice.
    moment = time.time_ns() // 100 + 0x01b21dd213814000
    if _last_timestamp is not None and moment <= _last_timestamp:
        moment = _last_timestamp + 1
    _last_timestamp = moment
    if clock_seq is None:
        import random
        clock_seq = random.getrandbits(14)
    if node is None:
        node = getnode()
    return UUID(fields=(moment & 0xffffffff, moment >> 32 & 0xffff, moment >> 48 & 0x0fff, clock_seq >> 8 & 0x3f,
                        clock_seq & 0xff, node), version=1)


def uuid3(namespace, name):
    """Make a UUID from the MD5 of a namespace, itself a UUID, and a name."""
    from hashlib import md5
    return UUID(bytes=md5(namespace.bytes + bytes(name, 'utf-8')).digest(), version=3)


def uuid4():
    """Make a random UUID."""
    return UUID(bytes=os.urandom(16), version=4)


def uuid5(namespace, name):
    """Make a UUID from the SHA-1 of a namespace, itself a UUID, and a name."""
    from hashlib import sha1
    return UUID(bytes=sha1(namespace.bytes + bytes(name, 'utf-8')).digest()[:16], version=5)


# Namespaces for uuid3() and uuid5(): names of hosts, URLs, object identifiers, distinguished names.
NAMESPACE_DNS, NAMESPACE_URL, NAMESPACE_OID, NAMESPACE_X500 = (
    UUID(f'6ba7b81{_digit}-9dad-11d1-80b4-00c04fd430c8') for _digit in '0124')
