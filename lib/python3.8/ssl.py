# SPDX-License-Identifier: MIT
"""TLS for sockets, on top of OpenSSL.

    context = ssl.create_default_context()
    with socket.create_connection((host, 443)) as sock:
        with context.wrap_socket(sock, server_hostname=host) as secure:
            secure.sendall(b'...')

An SSLContext holds what connections have in common: certificates, protocol
versions, ciphers.  SSLSocket is a socket that encrypts, SSLObject the same
protocol without a socket, on two MemoryBIO buffers.  The work is done by _ssl.
"""
import errno
import os
import socket as _socket
import sys
from collections import namedtuple
from enum import Enum as _Enum, IntEnum as _IntEnum, IntFlag as _IntFlag
from socket import (AF_INET, SO_TYPE, SOCK_STREAM, SOL_SOCKET, create_connection,
                    socket)

import _ssl
from _ssl import (
    HAS_ALPN, HAS_ECDH, HAS_NPN, HAS_SNI, HAS_SSLv2, HAS_SSLv3, HAS_TLSv1,
    HAS_TLSv1_1, HAS_TLSv1_2, HAS_TLSv1_3, MemoryBIO, OPENSSL_VERSION,
    OPENSSL_VERSION_INFO, OPENSSL_VERSION_NUMBER, RAND_add, RAND_bytes,
    RAND_pseudo_bytes, RAND_status, SSLCertVerificationError, SSLEOFError, SSLError,
    SSLSession, SSLSyscallError, SSLWantReadError, SSLWantWriteError,
    SSLZeroReturnError, _DEFAULT_CIPHERS, _OPENSSL_API_VERSION, _SSLContext,
    nid2obj as _nid2obj, txt2obj as _txt2obj)

CertificateError = SSLCertVerificationError
socket_error = OSError
_RESTRICTED_SERVER_CIPHERS = _DEFAULT_CIPHERS
HAS_NEVER_CHECK_COMMON_NAME = hasattr(_ssl, 'HOSTFLAG_NEVER_CHECK_SUBJECT')
CHANNEL_BINDING_TYPES = ['tls-unique'] if _ssl.HAS_TLS_UNIQUE else []
PEM_HEADER = '-----BEGIN CERTIFICATE-----'
PEM_FOOTER = '-----END CERTIFICATE-----'


# ---- names for the numbers of _ssl

def _named(kind, name, *prefixes, but=None):
    """Make an enumeration of _ssl's constants; they become names of this module."""
    kind._convert_(name, __name__,
                   lambda each: each.startswith(prefixes) and each != but, source=_ssl)


_named(_IntEnum, '_SSLMethod', 'PROTOCOL_', but='PROTOCOL_SSLv23')
_named(_IntFlag, 'Options', 'OP_')
_named(_IntEnum, 'AlertDescription', 'ALERT_DESCRIPTION_')
_named(_IntEnum, 'SSLErrorNumber', 'SSL_ERROR_')
_named(_IntFlag, 'VerifyFlags', 'VERIFY_')
_named(_IntEnum, 'VerifyMode', 'CERT_')

PROTOCOL_SSLv23 = _SSLMethod.PROTOCOL_SSLv23 = _SSLMethod.PROTOCOL_TLS
_PROTOCOL_NAMES = {method: name for name, method in _SSLMethod.__members__.items()}
_SSLv2_IF_EXISTS = getattr(_SSLMethod, 'PROTOCOL_SSLv2', None)


def _numbers(name, doc, text):
    """An IntEnum of this module from text: NAME number ..."""
    words = text.split()
    made = _IntEnum(name, zip(words[::2], map(int, words[1::2])), module=__name__)
    made.__doc__ = doc
    return made


TLSVersion = _IntEnum(
    'TLSVersion', [(name, getattr(_ssl, 'PROTO_' + name)) for name in (
        'MINIMUM_SUPPORTED', 'SSLv3', 'TLSv1', 'TLSv1_1', 'TLSv1_2', 'TLSv1_3',
        'MAXIMUM_SUPPORTED')], module=__name__)

_TLSContentType = _numbers('_TLSContentType', 'Kinds of TLS records.', '''
    CHANGE_CIPHER_SPEC 20  ALERT 21  HANDSHAKE 22  APPLICATION_DATA 23
    HEADER 256  INNER_CONTENT_TYPE 257''')

_TLSAlertType = _numbers('_TLSAlertType', 'Numbers of TLS alerts.', '''
    CLOSE_NOTIFY 0  UNEXPECTED_MESSAGE 10  BAD_RECORD_MAC 20  DECRYPTION_FAILED 21
    RECORD_OVERFLOW 22  DECOMPRESSION_FAILURE 30  HANDSHAKE_FAILURE 40
    NO_CERTIFICATE 41  BAD_CERTIFICATE 42  UNSUPPORTED_CERTIFICATE 43
    CERTIFICATE_REVOKED 44  CERTIFICATE_EXPIRED 45  CERTIFICATE_UNKNOWN 46
    ILLEGAL_PARAMETER 47  UNKNOWN_CA 48  ACCESS_DENIED 49  DECODE_ERROR 50
    DECRYPT_ERROR 51  EXPORT_RESTRICTION 60  PROTOCOL_VERSION 70
    INSUFFICIENT_SECURITY 71  INTERNAL_ERROR 80  INAPPROPRIATE_FALLBACK 86
    USER_CANCELED 90  NO_RENEGOTIATION 100  MISSING_EXTENSION 109
    UNSUPPORTED_EXTENSION 110  CERTIFICATE_UNOBTAINABLE 111  UNRECOGNIZED_NAME 112
    BAD_CERTIFICATE_STATUS_RESPONSE 113  BAD_CERTIFICATE_HASH_VALUE 114
    UNKNOWN_PSK_IDENTITY 115  CERTIFICATE_REQUIRED 116
    NO_APPLICATION_PROTOCOL 120''')

_TLSMessageType = _numbers('_TLSMessageType', 'Kinds of handshake messages.', '''
    HELLO_REQUEST 0  CLIENT_HELLO 1  SERVER_HELLO 2  HELLO_VERIFY_REQUEST 3
    NEWSESSION_TICKET 4  END_OF_EARLY_DATA 5  HELLO_RETRY_REQUEST 6
    ENCRYPTED_EXTENSIONS 8  CERTIFICATE 11  SERVER_KEY_EXCHANGE 12
    CERTIFICATE_REQUEST 13  SERVER_DONE 14  CERTIFICATE_VERIFY 15
    CLIENT_KEY_EXCHANGE 16  FINISHED 20  CERTIFICATE_URL 21  CERTIFICATE_STATUS 22
    SUPPLEMENTAL_DATA 23  KEY_UPDATE 24  NEXT_PROTO 67  MESSAGE_HASH 254
    CHANGE_CIPHER_SPEC 257''')


class _ASN1Object(namedtuple('_ASN1Object', 'nid shortname longname oid')):
    """An object identifier as OpenSSL knows it."""
    __slots__ = ()

    def __new__(cls, oid):
        return super().__new__(cls, *_txt2obj(oid, name=False))

    @classmethod
    def fromnid(cls, nid):
        """The object with OpenSSL's number nid; ValueError if there is none."""
        return cls._make(_nid2obj(nid))

    @classmethod
    def fromname(cls, name):
        """The object of a short or long name or an OID in digits."""
        return cls._make(_txt2obj(name, name=True))


class Purpose(_ASN1Object, _Enum):
    """What a certificate is trusted for: servers (SERVER_AUTH) or clients."""
    SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
    CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'


# ---- does a certificate belong to a host?

def _dnsname_match(dn, hostname):
    """Whether a name in a certificate, maybe *.domain, is that of the host."""
    if not dn:
        return False
    first, dot, rest = dn.partition('.')
    stars = dn.count('*')
    if not stars:
        return hostname.lower() == dn.lower()
    if stars > 1:
        wrong = 'too many wildcards in certificate DNS name'
    elif '*' in rest:
        wrong = 'wildcard can only be present in the leftmost label'
    elif not dot:
        wrong = 'sole wildcard without additional labels are not support'
    elif first != '*':
        wrong = 'partial wildcards in leftmost label are not supported'
    else:
        label, dot, domain = hostname.partition('.')
        return bool(label and dot) and domain.lower() == rest.lower()
    raise CertificateError(f'{wrong}: {dn!r}.')


def _inet_paton(ipname):
    """The bytes of an IPv4 address (four full parts) or an IPv6 address."""
    try:
        packed = _socket.inet_aton(ipname)
    except OSError:
        try:
            return _socket.inet_pton(_socket.AF_INET6, ipname)
        except OSError:
            raise ValueError(f'{ipname!r} is neither an IPv4 nor an IP6 address.')
    if _socket.inet_ntoa(packed) != ipname:
        raise ValueError(f'{ipname!r} is not a quad-dotted IPv4 address.')
    return packed


def _ipaddress_match(cert_ipaddress, host_ip):
    """Whether the address in a certificate (text) is that of the host (bytes)."""
    return host_ip == _inet_paton(cert_ipaddress.rstrip())


def match_hostname(cert, hostname):
    """Return if a certificate (from getpeercert()) is one of the host.

    Raises CertificateError if it is not and ValueError without a certificate.
    A host given as address is looked for among the addresses only.
    """
    if not cert:
        raise ValueError('empty or no certificate, match_hostname needs a SSL socket '
                         'or SSL context with either CERT_OPTIONAL or CERT_REQUIRED')
    try:
        address = _inet_paton(hostname)
    except ValueError:
        address = None
    seen = []
    for kind, value in cert.get('subjectAltName', ()):
        if kind == 'DNS':
            fits = address is None and _dnsname_match(value, hostname)
        elif kind == 'IP Address':
            fits = address is not None and _ipaddress_match(value, address)
        else:
            continue
        if fits:
            return
        seen.append(value)
    if not seen:
        for kind, value in (pair for group in cert.get('subject', ()) for pair in group):
            if kind == 'commonName':
                if _dnsname_match(value, hostname):
                    return
                seen.append(value)
    if not seen:
        raise CertificateError('no appropriate commonName or subjectAltName fields '
                               'were found')
    either = 'either of ' if len(seen) > 1 else ''
    raise CertificateError("hostname %r doesn't match %s%s"
                           % (hostname, either, ', '.join(map(repr, seen))))


# ---- contexts

DefaultVerifyPaths = namedtuple(
    'DefaultVerifyPaths', 'cafile capath openssl_cafile_env openssl_cafile '
    'openssl_capath_env openssl_capath')


def get_default_verify_paths():
    """Return where OpenSSL looks for trusted certificates (DefaultVerifyPaths)."""
    built_in = _ssl.get_default_verify_paths()
    file = os.environ.get(*built_in[:2])
    folder = os.environ.get(*built_in[2:])
    return DefaultVerifyPaths(file if os.path.isfile(file) else None,
                              folder if os.path.isdir(folder) else None, *built_in)


def _as_enum(kind, number):
    """The member of kind, or the number if it has no name."""
    try:
        return kind(number)
    except ValueError:
        return number


def _enum_property(name, kind, doc):
    """A property of the native context that is shown as a member of kind."""
    native = getattr(_SSLContext, name)

    def fget(self):
        return kind(native.__get__(self))

    def fset(self, value):
        native.__set__(self, value)

    return property(fget, fset, doc=doc)


def _version_property(name, doc):
    """A limit of versions: asking for SSLv3 also lifts the option against it."""
    plain = _enum_property(name, TLSVersion, doc)

    def fset(self, value):
        if value == TLSVersion.SSLv3:
            self.options &= ~Options.OP_NO_SSLv3
        plain.fset(self, value)

    return plain.setter(fset)


def _protocol_list(protocols, word):
    """The form in which names of protocols travel: each after its length."""
    packed = bytearray()
    for name in protocols:
        raw = bytes(name, 'ascii')
        if not 0 < len(raw) < 256:
            raise SSLError(f'{word} protocols must be 1 to 255 in length')
        packed.append(len(raw))
        packed += raw
    return packed


class SSLContext(_SSLContext):
    """Settings, certificates and keys that connections share."""
    _windows_cert_stores = ('CA', 'ROOT')
    sslsocket_class = None              # SSLSocket and SSLObject, set below
    sslobject_class = None

    def __new__(cls, protocol=PROTOCOL_TLS, *args, **kwargs):
        return _SSLContext.__new__(cls, protocol)

    def _encode_hostname(self, hostname):
        if hostname is None:
            return None
        raw = hostname.encode('idna') if isinstance(hostname, str) else hostname
        return raw.decode('ascii')

    def wrap_socket(self, sock, server_side=False,
                    do_handshake_on_connect=True, suppress_ragged_eofs=True,
                    server_hostname=None, session=None):
        """Return an SSLSocket that takes over the connection of sock.

        server_side: play the server.  server_hostname: whom to ask for and to
        check (clients).  session: an SSLSession to resume.  With
        suppress_ragged_eofs an end without good-bye reads like a normal one.
        """
        make = self.sslsocket_class._create
        return make(sock, server_side=server_side, context=self, session=session,
                    do_handshake_on_connect=do_handshake_on_connect,
                    suppress_ragged_eofs=suppress_ragged_eofs,
                    server_hostname=server_hostname)

    def wrap_bio(self, incoming, outgoing, server_side=False,
                 server_hostname=None, session=None):
        """Return an SSLObject that reads and writes the two MemoryBIO."""
        make = self.sslobject_class._create
        name = self._encode_hostname(server_hostname)
        return make(incoming, outgoing, server_side=server_side, server_hostname=name,
                    session=session, context=self)

    def set_npn_protocols(self, npn_protocols):
        """Set the protocols (str) to offer with NPN, the best first."""
        self._set_npn_protocols(_protocol_list(npn_protocols, 'NPN'))

    def set_alpn_protocols(self, alpn_protocols):
        """Set the protocols (str) to offer with ALPN, the best first."""
        self._set_alpn_protocols(_protocol_list(alpn_protocols, 'ALPN'))

    def set_servername_callback(self, server_name_callback):
        """Have callback(socket, host name, context) called when a client names
        the host that it wants; None removes it.  See also sni_callback."""
        if server_name_callback is None:
            self.sni_callback = None
            return
        if not callable(server_name_callback):
            raise TypeError('not a callable object')
        self.sni_callback = lambda sock, name, context: server_name_callback(
            sock, self._encode_hostname(name), context)

    def _load_windows_store_certs(self, storename, purpose):
        """Load the certificates of a Windows store that are trusted for purpose."""
        import warnings
        found = bytearray()
        try:
            for cert, encoding, trust in _ssl.enum_certificates(storename):
                if encoding == 'x509_asn' and (trust is True or purpose.oid in trust):
                    found += cert
        except PermissionError:
            warnings.warn('unable to enumerate Windows certificate store')
        if found:
            self.load_verify_locations(cadata=found)
        return found

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        """Load the certificates that this system trusts for the purpose."""
        if not isinstance(purpose, _ASN1Object):
            raise TypeError(purpose)
        if sys.platform == 'win32':
            for store in self._windows_cert_stores:
                self._load_windows_store_certs(store, purpose)
        self.set_default_verify_paths()

    minimum_version = _version_property('minimum_version', 'Lowest version to accept.')
    maximum_version = _version_property('maximum_version', 'Highest version to accept.')
    options = _enum_property('options', Options, 'The OP_ flags.')
    verify_flags = _enum_property('verify_flags', VerifyFlags, 'The VERIFY_ flags.')
    verify_mode = _enum_property('verify_mode', VerifyMode,
                                 'Whether the peer must show a certificate.')

    @property
    def protocol(self):
        """The protocol that the context was made for."""
        return _SSLMethod(_SSLContext.protocol.__get__(self))

    @property
    def hostname_checks_common_name(self):
        """Whether the subject's common name counts when there is no other name."""
        return not self._host_flags & _ssl.HOSTFLAG_NEVER_CHECK_SUBJECT

    @hostname_checks_common_name.setter
    def hostname_checks_common_name(self, value):
        others = self._host_flags & ~_ssl.HOSTFLAG_NEVER_CHECK_SUBJECT
        self._host_flags = others | (0 if value else _ssl.HOSTFLAG_NEVER_CHECK_SUBJECT)

    @property
    def _msg_callback(self):
        """For finding errors: called as (connection, 'read' or 'write', version,
        kind of record, kind of message, data) for each message."""
        translate = _SSLContext._msg_callback.__get__(self)
        return translate and translate.user_function

    @_msg_callback.setter
    def _msg_callback(self, callback):
        native = _SSLContext._msg_callback
        if callback is None:
            native.__set__(self, None)
            return
        if not callable(callback):
            raise TypeError(f'{callback} is not callable.')

        def translate(conn, direction, version, content_type, msg_type, data):
            record = _as_enum(_TLSContentType, content_type)
            kinds = {_TLSContentType.HEADER: _TLSContentType,
                     _TLSContentType.ALERT: _TLSAlertType}.get(record, _TLSMessageType)
            return callback(conn, direction, _as_enum(TLSVersion, version), record,
                            _as_enum(kinds, msg_type), data)

        translate.user_function = callback
        native.__set__(self, translate)


def _trust(context, purpose, cafile, capath, cadata):
    """Load what was given, else the system's certificates if any are needed; and
    log keys if the environment asks for it."""
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)
    log = os.environ.get('SSLKEYLOGFILE')
    if log and not sys.flags.ignore_environment:
        context.keylog_filename = log
    return context


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None,
                           capath=None, cadata=None):
    """Return an SSLContext with safe settings.

    purpose: SERVER_AUTH for clients (servers are checked), CLIENT_AUTH for
    servers.  cafile, capath, cadata: certificates to trust in place of the system's.
    """
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    context = SSLContext(PROTOCOL_TLS)
    if purpose == Purpose.SERVER_AUTH:
        context.verify_mode = CERT_REQUIRED
        context.check_hostname = True
    return _trust(context, purpose, cafile, capath, cadata)


def _create_unverified_context(protocol=PROTOCOL_TLS, *, cert_reqs=CERT_NONE,
                               check_hostname=False, purpose=Purpose.SERVER_AUTH,
                               certfile=None, keyfile=None,
                               cafile=None, capath=None, cadata=None):
    """Return an SSLContext that checks only what it is told to check."""
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    context = SSLContext(protocol)
    # A client context starts with the check, which forbids CERT_NONE: so first off.
    context.check_hostname &= bool(check_hostname)
    if cert_reqs is not None:
        context.verify_mode = cert_reqs
    context.check_hostname |= bool(check_hostname)
    if keyfile and not certfile:
        raise ValueError('certfile must be specified')
    if certfile:
        context.load_cert_chain(certfile, keyfile)
    return _trust(context, purpose, cafile, capath, cadata)


_create_default_https_context = create_default_context
_create_stdlib_context = _create_unverified_context


# ---- connections

class SSLObject:
    """The TLS protocol without a socket; made by SSLContext.wrap_bio().

    What would have to wait for the peer raises SSLWantReadError: move data
    between the buffers and the network, then call again.
    """

    def __init__(self, *args, **kwargs):
        raise TypeError(f'{type(self).__name__} does not have a public constructor. '
                        'Instances are returned by SSLContext.wrap_bio().')

    @classmethod
    def _create(cls, incoming, outgoing, server_side=False,
                server_hostname=None, session=None, context=None):
        self = cls.__new__(cls)
        self._sslobj = context._wrap_bio(
            incoming, outgoing, server_side=server_side,
            server_hostname=server_hostname, owner=self, session=session)
        return self

    @property
    def context(self):
        """The SSLContext in use; it can be exchanged during the handshake."""
        return self._sslobj.context

    @context.setter
    def context(self, ctx):
        self._sslobj.context = ctx

    @property
    def session(self):
        """The SSLSession of a client."""
        return self._sslobj.session

    @session.setter
    def session(self, session):
        self._sslobj.session = session

    @property
    def session_reused(self):
        """Whether an earlier session was resumed."""
        return self._sslobj.session_reused

    @property
    def server_side(self):
        """Whether this is the server."""
        return self._sslobj.server_side

    @property
    def server_hostname(self):
        """The name asked for (clients), or None."""
        return self._sslobj.server_hostname

    def read(self, len=1024, buffer=None):
        """Return up to len decrypted bytes, or put them into buffer, return how many."""
        where = () if buffer is None else (buffer,)
        return self._sslobj.read(len, *where)

    def write(self, data):
        """Encrypt data; return how many bytes were taken."""
        return self._sslobj.write(data)

    def getpeercert(self, binary_form=False):
        """Return the peer's certificate: a dict (empty if not checked), its DER
        bytes with binary_form, or None if it has none."""
        return self._sslobj.getpeercert(binary_form)

    def selected_npn_protocol(self):
        """Return the protocol agreed on by NPN, or None."""
        return self._sslobj.selected_npn_protocol() if HAS_NPN else None

    def selected_alpn_protocol(self):
        """Return the protocol agreed on by ALPN, or None."""
        return self._sslobj.selected_alpn_protocol() if HAS_ALPN else None

    def cipher(self):
        """Return (name, protocol, secret bits) of the cipher in use, or None."""
        return self._sslobj.cipher()

    def shared_ciphers(self):
        """Return the ciphers that the client offered and the server knows, or None."""
        return self._sslobj.shared_ciphers()

    def compression(self):
        """Return the name of the compression in use, or None."""
        return self._sslobj.compression()

    def pending(self):
        """Return how many bytes can be read at once."""
        return self._sslobj.pending()

    def do_handshake(self):
        """Agree with the peer on keys."""
        self._sslobj.do_handshake()

    def unwrap(self):
        """Say good-bye in TLS; the connection is a plain one afterwards."""
        return self._sslobj.shutdown()

    def get_channel_binding(self, cb_type='tls-unique'):
        """Return bytes that only this connection has, or None."""
        return self._sslobj.get_channel_binding(cb_type)

    def version(self):
        """Return the name of the protocol version in use, or None."""
        return self._sslobj.version()

    def verify_client_post_handshake(self):
        """Ask the client for its certificate now (TLS 1.3 servers)."""
        return self._sslobj.verify_client_post_handshake()


class SSLSocket(socket):
    """A socket that encrypts; made by SSLContext.wrap_socket()."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f'{type(self).__name__} does not have a public constructor. '
                        'Instances are returned by SSLContext.wrap_socket().')

    @classmethod
    def _create(cls, sock, server_side=False, do_handshake_on_connect=True,
                suppress_ragged_eofs=True, server_hostname=None,
                context=None, session=None):
        if sock.getsockopt(SOL_SOCKET, SO_TYPE) != SOCK_STREAM:
            raise NotImplementedError('only stream sockets are supported')
        for word, given in ('server_hostname', server_hostname), ('session', session):
            if server_side and (given if word == 'server_hostname' else given is not None):
                raise ValueError(f'{word} can only be specified in client mode')
        if context.check_hostname and not server_hostname:
            raise ValueError('check_hostname requires server_hostname')

        same = dict(family=sock.family, type=sock.type, proto=sock.proto,
                    fileno=sock.fileno())
        self = cls.__new__(cls, **same)
        super().__init__(self, **same)
        timeout = sock.gettimeout()
        sock.detach()
        self._context, self._session = context, session
        self._closed, self._sslobj, self._connected = False, None, False
        self.server_side = server_side
        self.server_hostname = context._encode_hostname(server_hostname)
        self.do_handshake_on_connect = do_handshake_on_connect
        self.suppress_ragged_eofs = suppress_ragged_eofs
        try:
            self._connected = self._has_peer()
        finally:
            self.settimeout(timeout)
        if self._connected:
            self._start_tls()
        return self

    def _has_peer(self):
        """Whether the socket is connected.  One that has lost its peer but still
        holds data must not pass it on as if it had come encrypted: SSLError."""
        try:
            self.getpeername()
            return True
        except OSError as error:
            if error.errno != errno.ENOTCONN:
                raise
        self.setblocking(False)
        try:
            leftover = super().recv(1)
        except OSError as error:
            # EINVAL: some systems say so for sockets that listen.
            if error.errno not in (errno.ENOTCONN, errno.EINVAL):
                raise
            leftover = b''
        if leftover:
            reason = 'Closed before TLS handshake with data in recv buffer.'
            refusal = SSLError(errno.ENOTCONN, reason)
            refusal.reason, refusal.library = reason, None
            self.close()
            raise refusal
        return False

    def _new_sslobj(self, server_side):
        return self._context._wrap_socket(self, server_side, self.server_hostname,
                                          owner=self, session=self._session)

    def _start_tls(self):
        """Begin to speak TLS on a connected socket."""
        try:
            self._sslobj = self._new_sslobj(self.server_side)
            if self.do_handshake_on_connect:
                if not self.getblocking():
                    raise ValueError('do_handshake_on_connect should not be specified '
                                     'for non-blocking sockets')
                self.do_handshake()
        except (OSError, ValueError):
            self.close()
            raise

    def _change_context(self, ctx):
        self._context = self._sslobj.context = ctx

    def _change_session(self, session):
        self._session = session
        if self._sslobj is not None:
            self._sslobj.session = session

    context = property(lambda self: self._context, _change_context,
                       doc=SSLObject.context.__doc__)
    session = property(lambda self: getattr(self._sslobj, 'session', None),
                       _change_session, doc=SSLObject.session.__doc__)
    session_reused = property(lambda self: getattr(self._sslobj, 'session_reused', None),
                              doc=SSLObject.session_reused.__doc__)

    def _checkClosed(self, msg=None):
        """A place for subclasses to refuse work on a closed socket."""

    def _check_connected(self):
        if not self._connected:
            self.getpeername()           # raises ENOTCONN, or was connected meanwhile

    def _forbid(self, name, error=ValueError):
        raise error(f'{name} not allowed on instances of {type(self)}')

    def _ask(self, name):
        """Call a method of the connection; None before there is one."""
        self._checkClosed()
        if self._sslobj is not None:
            return getattr(self._sslobj, name)()

    def dup(self):
        raise NotImplementedError("Can't dup() %s instances" % type(self).__name__)

    def read(self, len=1024, buffer=None):
        self._checkClosed()
        if self._sslobj is None:
            raise ValueError('Read on closed or unwrapped SSL socket.')
        try:
            if buffer is None:
                return self._sslobj.read(len)
            return self._sslobj.read(len, buffer)
        except SSLError as error:
            if error.args[0] != SSL_ERROR_EOF or not self.suppress_ragged_eofs:
                raise
            return b'' if buffer is None else 0

    def write(self, data):
        self._checkClosed()
        if self._sslobj is None:
            raise ValueError('Write on closed or unwrapped SSL socket.')
        return self._sslobj.write(data)

    def getpeercert(self, binary_form=False):
        self._checkClosed()
        self._check_connected()
        return self._sslobj.getpeercert(binary_form)

    def selected_npn_protocol(self):
        return self._ask('selected_npn_protocol') if HAS_NPN else None

    def selected_alpn_protocol(self):
        return self._ask('selected_alpn_protocol') if HAS_ALPN else None

    def cipher(self):
        return self._ask('cipher')

    def shared_ciphers(self):
        return self._ask('shared_ciphers')

    def compression(self):
        return self._ask('compression')

    def version(self):
        return self._ask('version')

    def pending(self):
        return self._ask('pending') or 0

    def _secure(self, name, flags=0, allowed=True):
        """Whether name() is to go through TLS; refuse what TLS cannot do."""
        self._checkClosed()
        if self._sslobj is None:
            return False
        if not allowed:
            self._forbid(name)
        if flags:
            raise ValueError(f'non-zero flags not allowed in calls to {name}() on '
                             f'{type(self)}')
        return True

    def send(self, data, flags=0):
        if self._secure('send', flags):
            return self._sslobj.write(data)
        return super().send(data, flags)

    def sendto(self, data, flags_or_addr, addr=None):
        self._secure('sendto', allowed=False)
        target = (flags_or_addr,) if addr is None else (flags_or_addr, addr)
        return super().sendto(data, *target)

    def sendmsg(self, *args, **kwargs):
        self._forbid('sendmsg', NotImplementedError)

    def sendall(self, data, flags=0):
        if not self._secure('sendall', flags):
            return super().sendall(data, flags)
        with memoryview(data) as view, view.cast('B') as left:
            done = 0
            while done < len(left):
                done += self.send(left[done:])

    def sendfile(self, file, offset=0, count=None):
        """Send a file, from offset, count bytes of it; return how many were sent."""
        send = super().sendfile if self._sslobj is None else self._sendfile_use_send
        return send(file, offset, count)

    def recv(self, buflen=1024, flags=0):
        if self._secure('recv', flags):
            return self.read(buflen)
        return super().recv(buflen, flags)

    def recv_into(self, buffer, nbytes=None, flags=0):
        secure = self._secure('recv_into', flags)
        room = nbytes
        if room is None:
            room = len(buffer) if buffer else 1024
        return self.read(room, buffer) if secure else super().recv_into(buffer, room, flags)

    def recvfrom(self, buflen=1024, flags=0):
        self._secure('recvfrom', allowed=False)
        return super().recvfrom(buflen, flags)

    def recvfrom_into(self, buffer, nbytes=None, flags=0):
        self._secure('recvfrom_into', allowed=False)
        return super().recvfrom_into(buffer, nbytes, flags)

    def recvmsg(self, *args, **kwargs):
        self._forbid('recvmsg', NotImplementedError)

    def recvmsg_into(self, *args, **kwargs):
        self._forbid('recvmsg_into', NotImplementedError)

    def shutdown(self, how):
        self._checkClosed()
        self._sslobj = None
        super().shutdown(how)

    def unwrap(self):
        if not self._sslobj:
            raise ValueError(f'No SSL wrapper around {self}')
        plain = self._sslobj.shutdown()
        self._sslobj = None
        return plain

    def verify_client_post_handshake(self):
        if not self._sslobj:
            raise ValueError(f'No SSL wrapper around {self}')
        return self._sslobj.verify_client_post_handshake()

    def _real_close(self):
        self._sslobj = None
        super()._real_close()

    def do_handshake(self, block=False):
        self._check_connected()
        waits = self.gettimeout()
        try:
            if block and waits == 0.0:
                self.settimeout(None)
            self._sslobj.do_handshake()
        finally:
            self.settimeout(waits)

    def _real_connect(self, addr, connect_ex):
        if self.server_side:
            raise ValueError("can't connect in server-side mode")
        if self._connected or self._sslobj is not None:
            raise ValueError('attempt to connect already-connected SSLSocket!')
        self._sslobj = self._new_sslobj(False)
        try:
            plain = super().connect_ex if connect_ex else super().connect
            failure = plain(addr)
            if not failure:
                self._connected = True
                if self.do_handshake_on_connect:
                    self.do_handshake()
        except (OSError, ValueError):
            self._sslobj = None
            raise
        return failure

    def connect(self, addr):
        """Connect to a server and shake hands."""
        self._real_connect(addr, False)

    def connect_ex(self, addr):
        """Like connect(), but return the error number of the connection, 0 if none."""
        return self._real_connect(addr, True)

    def accept(self):
        """Return (SSLSocket to a new client, its address)."""
        plain, addr = super().accept()
        return self.context.wrap_socket(
            plain, server_side=True, suppress_ragged_eofs=self.suppress_ragged_eofs,
            do_handshake_on_connect=self.do_handshake_on_connect), addr

    def get_channel_binding(self, cb_type='tls-unique'):
        if self._sslobj is not None:
            return self._sslobj.get_channel_binding(cb_type)
        if cb_type not in CHANNEL_BINDING_TYPES:
            raise ValueError(f'{cb_type} channel binding type not implemented')


def _sslcopydoc(func):
    """Give a method of SSLSocket the description of the one of SSLObject."""
    described = getattr(SSLObject, func.__name__, None)
    if described is not None and not func.__doc__:
        func.__doc__ = described.__doc__
    return func


for _each in list(vars(SSLSocket).values()):
    if hasattr(_each, '__name__') and not _each.__name__.startswith('_'):
        _sslcopydoc(_each)
del _each

SSLContext.sslobject_class, SSLContext.sslsocket_class = SSLObject, SSLSocket


def wrap_socket(sock, keyfile=None, certfile=None, server_side=False, cert_reqs=CERT_NONE, ssl_version=PROTOCOL_TLS,
                ca_certs=None, do_handshake_on_connect=True, suppress_ragged_eofs=True, ciphers=None):
    """Make an SSLSocket without a context of one's own (old; nothing is checked)."""
    if not certfile and (server_side or keyfile):
        what = ' for server-side operations' if server_side else ''
        raise ValueError('certfile must be specified' + what)
    context = SSLContext(ssl_version)
    context.verify_mode = cert_reqs
    for set_up, *details in ((context.load_verify_locations, ca_certs), (context.load_cert_chain, certfile, keyfile),
                             (context.set_ciphers, ciphers)):
        if details[0]:
            set_up(*details)
    return context.wrap_socket(sock, server_side, do_handshake_on_connect, suppress_ragged_eofs)


# ---- tools

def cert_time_to_seconds(cert_time):
    """Turn the time of a certificate, 'Jan  5 09:34:43 2018 GMT', into seconds
    since 1970; ValueError if it is written otherwise."""
    from calendar import timegm
    from time import strptime
    names = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()
    month, rest = cert_time[:3].title(), cert_time[3:]
    if month not in names:
        raise ValueError('time data %r does not match format "%%b %%d %%H:%%M:%%S %%Y GMT"'
                         % cert_time)
    parts = strptime(rest, ' %d %H:%M:%S %Y GMT')
    return timegm((parts.tm_year, names.index(month) + 1, *parts[2:6]))


def DER_cert_to_PEM_cert(der_cert_bytes):
    """Turn a certificate from bytes into the text form."""
    from base64 import standard_b64encode
    text = standard_b64encode(der_cert_bytes).decode('ascii')
    lines = [text[start:start + 64] for start in range(0, len(text), 64)]
    return '\n'.join([PEM_HEADER, *lines, PEM_FOOTER, ''])


def PEM_cert_to_DER_cert(pem_cert_string):
    """Turn a certificate from the text form into bytes; ValueError without the
    lines at its begin and end."""
    from base64 import decodebytes
    if not pem_cert_string.startswith(PEM_HEADER):
        raise ValueError(f'Invalid PEM encoding; must start with {PEM_HEADER}')
    text = pem_cert_string.strip()
    if not text.endswith(PEM_FOOTER):
        raise ValueError(f'Invalid PEM encoding; must end with {PEM_FOOTER}')
    return decodebytes(text[len(PEM_HEADER):-len(PEM_FOOTER)].encode('ASCII', 'strict'))


def get_server_certificate(addr, ssl_version=PROTOCOL_TLS, ca_certs=None):
    """Fetch the certificate of the server at (host, port) as PEM text; it is
    checked if ca_certs, a file of trusted ones, is given."""
    host, port = addr
    context = _create_stdlib_context(ssl_version, cafile=ca_certs, cert_reqs=(
        CERT_REQUIRED if ca_certs else CERT_NONE))
    with create_connection((host, port)) as plain, context.wrap_socket(plain) as secure:
        return DER_cert_to_PEM_cert(secure.getpeercert(True))


def get_protocol_name(protocol_code):
    """The name of a PROTOCOL_ number, '<unknown>' if there is none."""
    return _PROTOCOL_NAMES.get(protocol_code, '<unknown>')
