# SPDX-License-Identifier: MIT
"""Names and passwords for urllib.request: where they are kept, and what servers and proxies are told of them.

The classes Abstract... hold what logging in to servers and to proxies have in common; urllib.request makes handlers
of them, which say where the challenge and the answer stand (auth_header).
"""

import base64
import hashlib
import os
import re
import time
import warnings
from urllib.error import HTTPError, URLError
from urllib.parse import _splitport, urlsplit


def parse_http_list(s):
    """Split the value of a header at its commas, except those in quotes; backslashes quote single characters there."""
    parts, part = [], ''
    for token in re.findall(r'"(?:\\.|[^"\\])*(?:"|\Z)|[^",]+|,', s, re.S):
        if token == ',':
            parts.append(part.strip())
            part = ''
        else:
            part += re.sub(r'\\(.)', r'\1', token) if token[0] == '"' else token
    if part:
        parts.append(part.strip())
    return parts


def parse_keqv_list(l):
    """Make a dict of a list of strings key=value; quotes around values are taken off."""
    found = {}
    for item in l:
        key, value = item.split('=', 1)
        found[key] = value[1:-1] if value[0] == value[-1] == '"' else value
    return found


class HTTPPasswordMgr:
    """Finds names and passwords by realm and address."""

    def __init__(self):
        self.passwd = {}        # realm -> {(authority, path), ...} -> (user, password)

    def _reduce_all(self, uri):
        """The forms of an address, or of a sequence of them: with the usual port, and without."""
        addresses = [uri] if isinstance(uri, str) else uri
        for default_port in (True, False):
            yield tuple([self.reduce_uri(address, default_port) for address in addresses])

    def add_password(self, realm, uri, user, passwd):
        """Remember user and password for a realm at an address, or a sequence of addresses, and all below."""
        places = self.passwd.setdefault(realm, {})
        for reduced in self._reduce_all(uri):
            places[reduced] = user, passwd

    def find_user_password(self, realm, authuri):
        """Return (user, password), or (None, None)."""
        places = self.passwd.get(realm, {})
        for default_port in (True, False):
            wanted = self.reduce_uri(authuri, default_port)
            for addresses, known in places.items():
                if any(self.is_suburi(address, wanted) for address in addresses):
                    return known
        return None, None

    def reduce_uri(self, uri, default_port=True):
        """Return (authority, path) of an URL or a host; default_port: with the scheme's port if none is given."""
        parts = urlsplit(uri)
        if not parts.netloc:
            return uri, '/'
        authority = parts.netloc
        if default_port and _splitport(authority)[1] is None:
            port = {'http': 80, 'https': 443}.get(parts.scheme)
            if port is not None:
                authority = '%s:%d' % (_splitport(authority)[0], port)
        return authority, parts.path or '/'

    def is_suburi(self, base, test):
        """Return whether test, as reduce_uri() makes them, is base or below it."""
        (authority, path), (wanted, below) = base, test
        return authority == wanted and (below == path or below.startswith(path.rstrip('/') + '/'))


class HTTPPasswordMgrWithDefaultRealm(HTTPPasswordMgr):
    """Takes what is known for the realm None for any realm that it knows nothing of."""

    def find_user_password(self, realm, authuri):
        """Return (user, password), or (None, None)."""
        found = super().find_user_password(realm, authuri)
        return found if found[0] is not None else super().find_user_password(None, authuri)


class HTTPPasswordMgrWithPriorAuth(HTTPPasswordMgrWithDefaultRealm):
    """Knows, too, at which addresses the password is to be sent without being asked for."""

    def __init__(self, *args, **kwargs):
        self.authenticated = {}
        super().__init__(*args, **kwargs)

    def add_password(self, realm, uri, user, passwd, is_authenticated=False):
        """Remember user and password; is_authenticated: send them at once."""
        self.update_authenticated(uri, is_authenticated)
        for known in {realm, None}:
            super().add_password(known, uri, user, passwd)

    def update_authenticated(self, uri, is_authenticated=False):
        """Set whether the password is to be sent at once to an address, or a sequence of them."""
        for reduced in self._reduce_all(uri):
            self.authenticated.update(dict.fromkeys(reduced, is_authenticated))

    def is_authenticated(self, authuri):
        """Return whether the password is to be sent at once; None if nothing is known."""
        for default_port in (True, False):
            wanted = self.reduce_uri(authuri, default_port)
            for address, known in self.authenticated.items():
                if self.is_suburi(address, wanted):
                    return known


def _basic(user, password):
    """The value of the header that logs in the basic way."""
    return 'Basic ' + base64.b64encode(('%s:%s' % (user, password)).encode()).decode('ascii')


class AbstractBasicAuthHandler:
    """Logs in with name and password as they are."""

    # Of one challenge: scheme, quote, realm.
    rx = re.compile(r'(?:^|,)[ \t]*([^ \t,]+)[ \t]+realm=(["\']?)([^"\']*)\2', re.I)

    def __init__(self, password_mgr=None):
        self.passwd = HTTPPasswordMgr() if password_mgr is None else password_mgr
        self.add_password = self.passwd.add_password

    def _challenges(self, header):
        """Yield (scheme, realm) of the challenges in a header; the realm is None if there is none."""
        found = self.rx.findall(header)
        for scheme, quote, realm in found:
            if not quote:
                warnings.warn('Basic Auth Realm was unquoted', UserWarning, 4)
            yield scheme, realm
        if not found:
            yield header.split(None, 1)[0] if header.strip() else '', None

    def http_error_auth_reqed(self, authreq, host, req, headers):
        """Try again with a password, if there is one; return the response, or None.

        authreq: the header of the challenges.  host: the address that the password is for.
        """
        unsupported = None
        for header in headers.get_all(authreq) or ():
            for scheme, realm in self._challenges(header):
                if scheme.lower() != 'basic':
                    unsupported = scheme
                elif realm is not None:
                    return self.retry_http_basic_auth(host, req, realm)
        if unsupported is not None:
            raise ValueError('AbstractBasicAuthHandler does not support the following scheme: %r' % (unsupported,))
        return None

    def retry_http_basic_auth(self, host, req, realm):
        """Send the request with the password for a realm; None if there is none, or if it was sent before."""
        user, password = self.passwd.find_user_password(realm, host)
        if password is None:
            return None
        value = _basic(user, password)
        if req.get_header(self.auth_header, None) == value:
            return None
        req.add_unredirected_header(self.auth_header, value)
        return self.parent.open(req, timeout=req.timeout)

    def http_request(self, req):
        """Add the password where it is to be sent without being asked for."""
        ask = getattr(self.passwd, 'is_authenticated', None)
        if ask is not None and ask(req.full_url) and not req.has_header('Authorization'):
            req.add_unredirected_header('Authorization',
                                        _basic(*self.passwd.find_user_password(None, req.full_url)))
        return req

    def http_response(self, req, response):
        """Remember whether the password was good."""
        if hasattr(self.passwd, 'is_authenticated'):
            self.passwd.update_authenticated(req.full_url, 200 <= response.code < 300)
        return response

    https_request, https_response = http_request, http_response


class AbstractDigestAuthHandler:
    """Logs in with a hash of name, password, and what the server sent (RFC 2617)."""

    def __init__(self, passwd=None):
        self.passwd = HTTPPasswordMgr() if passwd is None else passwd
        self.add_password = self.passwd.add_password
        self.retried = self.nonce_count = 0
        self.last_nonce = None

    def reset_retry_count(self):
        """Begin to count anew."""
        self.retried = 0

    def http_error_auth_reqed(self, auth_header, host, req, headers):
        """Try again with a password, if there is one; return the response, or None.  HTTPError after five times."""
        challenge = headers.get(auth_header, None)
        if self.retried > 5:
            raise HTTPError(req.full_url, 401, 'digest auth failed', headers, None)
        self.retried += 1
        if not challenge:
            return None
        scheme = challenge.split()[0].lower()
        if scheme == 'digest':
            return self.retry_http_digest_auth(req, challenge)
        if scheme != 'basic':
            raise ValueError("AbstractDigestAuthHandler does not support the following scheme: '%s'" % scheme)
        return None

    def retry_http_digest_auth(self, req, auth):
        """Send the request with the answer to a challenge; None if there is no password or it was sent before."""
        challenge = parse_keqv_list(filter(None, parse_http_list(auth.split(' ', 1)[1])))
        answer = self.get_authorization(req, challenge)
        if not answer:
            return None
        value = 'Digest ' + answer
        if req.headers.get(self.auth_header, None) == value:
            return None
        req.add_unredirected_header(self.auth_header, value)
        return self.parent.open(req, timeout=req.timeout)

    def get_cnonce(self, nonce):
        """Return a new number used once, as text."""
        seed = '%s:%s:%s:' % (self.nonce_count, nonce, time.ctime())
        return hashlib.sha1(seed.encode('ascii') + os.urandom(8)).hexdigest()[:16]

    def _count(self, nonce):
        """How often a nonce has been used, with this time, as eight digits."""
        if nonce != self.last_nonce:
            self.last_nonce, self.nonce_count = nonce, 0
        self.nonce_count += 1
        return '%08x' % self.nonce_count

    def get_authorization(self, req, chal):
        """Return the answer to a challenge, a dict; None if there is no password or it cannot be answered."""
        if not {'realm', 'nonce'} <= chal.keys():
            return None
        realm, nonce, qop = chal['realm'], chal['nonce'], chal.get('qop')
        digest, keyed = self.get_algorithm_impls(chal.get('algorithm', 'MD5'))
        user, password = self.passwd.find_user_password(realm, req.full_url)
        if digest is None or user is None:
            return None
        key = digest('%s:%s:%s' % (user, realm, password))
        action = digest('%s:%s' % (req.get_method(), req.selector))
        tail = ''
        if qop is None:
            response = keyed(key, '%s:%s' % (nonce, action))
        elif 'auth' in qop.split(','):
            count, cnonce = self._count(nonce), self.get_cnonce(nonce)
            response = keyed(key, ':'.join([nonce, count, cnonce, 'auth', action]))
            tail = ', qop=auth, nc=%s, cnonce="%s"' % (count, cnonce)
        else:
            raise URLError("qop '%s' is not supported." % qop)      # auth-int
        answer = ', '.join('%s="%s"' % pair for pair in (
            ('username', user), ('realm', realm), ('nonce', nonce), ('uri', req.selector), ('response', response)))
        entity = self.get_entity_digest(req.data, chal) if req.data is not None else None
        for name, value in (('opaque', chal.get('opaque')), ('digest', entity)):
            if value:
                answer += ', %s="%s"' % (name, value)
        return answer + ', algorithm="%s"' % chal.get('algorithm', 'MD5') + tail

    def get_algorithm_impls(self, algorithm):
        """Return the functions H(text) and KD(secret, text) of an algorithm; ValueError if it is not known."""
        maker = {'MD5': hashlib.md5, 'SHA': hashlib.sha1}.get(algorithm)
        if maker is None:
            raise ValueError('Unsupported digest authentication algorithm %r' % algorithm)

        def digest(text):
            return maker(text.encode('ascii')).hexdigest()

        return digest, lambda secret, text: digest('%s:%s' % (secret, text))

    def get_entity_digest(self, data, chal):
        """Return the digest of the body: none is made."""
        return None
