# SPDX-License-Identifier: MIT
"""Which proxies to use, and for which hosts none: what urllib.request finds out about its surroundings."""

import os
import re
import sys

from urllib.parse import _splitport, _splituser, _splitpasswd, _splittype


def getproxies_environment():
    """Return a dict from schemes to proxies, out of the variables <scheme>_proxy; names in small letters go first.

    An empty variable in small letters hides the others.  HTTP_PROXY is passed over in CGI programs, where the client
    could have set it by a header.
    """
    suffix = '_proxy'
    found = {name.lower(): value for name, value in os.environ.items() if value and name.lower().endswith(suffix)}
    if 'REQUEST_METHOD' in os.environ:
        found.pop('http_proxy', None)
    for name, value in os.environ.items():
        if name.endswith(suffix) and name == name.lower():
            if value:
                found[name] = value
            else:
                found.pop(name, None)
    return {name[:-len(suffix)]: value for name, value in found.items()}


def proxy_bypass_environment(host, proxies=None):
    """Return whether a host, perhaps with its port, is one of those for which no_proxy says there is none.

    proxies: what getproxies_environment() returned, to spare another look.
    """
    exceptions = (getproxies_environment() if proxies is None else proxies).get('no', '')
    if exceptions == '*':
        return True
    host = host.lower()
    alone = _splitport(host)[0]
    for exception in exceptions.split(','):
        exception = exception.strip().lstrip('.').lower()
        if exception and any(candidate == exception or candidate.endswith('.' + exception)
                             for candidate in (alone, host)):
            return True
    return False


def _ip_number(text):
    """The number of an IPv4 address of one to four parts; None if it is not one."""
    if not re.match(r'\d+(\.\d+){0,3}\Z', text):
        return None
    parts = [int(part) for part in text.split('.')] + [0, 0, 0]
    return int.from_bytes(bytes(part & 255 for part in parts[:4]), 'big')


def _proxy_bypass_macosx_sysconf(host, proxy_settings):
    """Return whether the settings of macOS except a host.

    proxy_settings: a dict with exclude_simple, whether names without a dot are excepted, and exceptions, a list of
    patterns and networks.
    """
    from fnmatch import fnmatch
    alone = _splitport(host)[0]
    if '.' not in host and proxy_settings['exclude_simple']:
        return True
    number = _ip_number(alone)
    for value in proxy_settings.get('exceptions', ()):
        network = re.match(r'(\d+(?:\.\d+)*)(?:/(\d+))?\Z', value or '')
        if network is not None and number is not None:
            # Without a length all parts that are given count.
            bits = int(network[2]) if network[2] else 8 * (network[1].count('.') + 1)
            if 0 <= bits <= 32 and number >> 32 - bits == _ip_number(network[1]) >> 32 - bits:
                return True
        elif value and fnmatch(host, value):
            return True
    return False


if sys.platform == 'darwin':
    from _scproxy import _get_proxies as getproxies_macosx_sysconf, _get_proxy_settings

    def proxy_bypass(host):
        """Return whether a host is to be asked directly, by the environment or else by the settings of the system."""
        proxies = getproxies_environment()
        if proxies:
            return proxy_bypass_environment(host, proxies)
        return _proxy_bypass_macosx_sysconf(host, _get_proxy_settings())

    def getproxies():
        """Return a dict from schemes to proxies, by the environment or else by the settings of the system."""
        return getproxies_environment() or getproxies_macosx_sysconf()
else:
    getproxies = getproxies_environment
    proxy_bypass = proxy_bypass_environment


def _parse_proxy(proxy):
    """Take a proxy, an URL or only host:port, to pieces: (scheme, user, password, host with port).

    Scheme, user and password are None where they are not given.  ValueError if an URL has no place for a host.
    """
    scheme, rest = _splittype(proxy)
    if not rest.startswith('/'):
        scheme, authority = None, proxy         # the colon was that of a port
    else:
        if not rest.startswith('//'):
            raise ValueError('proxy URL with no authority: %r' % proxy)
        # There may be slashes in the user's name or password.
        at = rest.find('@')
        end = rest.find('/', max(at, 2))
        authority = rest[2:end] if end >= 0 else rest[2:]
    credentials, hostport = _splituser(authority)
    user, password = _splitpasswd(credentials) if credentials is not None else (None, None)
    return scheme, user, password, hostport
