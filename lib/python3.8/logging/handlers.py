# SPDX-License-Identifier: MIT
"""More handlers: files that are rotated, sockets, syslog, mail, HTTP, buffers and queues."""

import logging
import os
import re
import struct
import threading
import time
from stat import ST_DEV, ST_INO, ST_MTIME

DEFAULT_TCP_LOGGING_PORT = 9020
DEFAULT_UDP_LOGGING_PORT = 9021
DEFAULT_HTTP_LOGGING_PORT = 9022
DEFAULT_SOAP_LOGGING_PORT = 9023
SYSLOG_UDP_PORT = SYSLOG_TCP_PORT = 514

_MIDNIGHT = 24 * 60 * 60        # seconds in a day


class BaseRotatingHandler(logging.FileHandler):
    """A file that is put aside now and then.

    Subclasses say when (shouldRollover) and how (doRollover).  `namer` may be a function from the name a file is to
    get to another one, `rotator` a function (source, destination) that moves it.
    """

    namer = None
    rotator = None

    def __init__(self, filename, mode, encoding=None, delay=False):
        logging.FileHandler.__init__(self, filename, mode, encoding, delay)
        self.mode, self.encoding = mode, encoding

    def emit(self, record):
        """Write a record, after changing files if it is time."""
        try:
            if self.shouldRollover(record):
                self.doRollover()
            logging.FileHandler.emit(self, record)
        except Exception:
            self.handleError(record)

    def rotation_filename(self, default_name):
        """Return the name a file that is put aside gets."""
        return self.namer(default_name) if callable(self.namer) else default_name

    def rotate(self, source, dest):
        """Put a file aside."""
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):        # it is not yet, with delay
            os.rename(source, dest)

    def _reopen(self):
        if not self.delay:
            self.stream = self._open()

    def _let_go(self):
        if self.stream:
            self.stream.close()
            self.stream = None

    @staticmethod
    def _rid_of(path):
        if os.path.exists(path):
            os.remove(path)


class RotatingFileHandler(BaseRotatingHandler):
    """A file of at most maxBytes, of which the last backupCount are kept as name.1, name.2 and so on.

    With either number 0 the file just grows.
    """

    def __init__(self, filename, mode='a', maxBytes=0, backupCount=0, encoding=None, delay=False):
        # Starting with an empty file every time would defeat the purpose.
        BaseRotatingHandler.__init__(self, filename, 'a' if maxBytes > 0 else mode, encoding, delay)
        self.maxBytes, self.backupCount = maxBytes, backupCount

    def doRollover(self):
        """Put the file aside, and those before one number further."""
        self._let_go()
        if self.backupCount > 0:
            def numbered(number):
                return self.rotation_filename("%s.%d" % (self.baseFilename, number))

            for number in range(self.backupCount - 1, 0, -1):
                if os.path.exists(numbered(number)):
                    self._rid_of(numbered(number + 1))
                    os.rename(numbered(number), numbered(number + 1))
            self._rid_of(numbered(1))
            self.rotate(self.baseFilename, numbered(1))
        self._reopen()

    def shouldRollover(self, record):
        """Return 1 if the record would make the file too long, else 0."""
        if self.stream is None:
            self.stream = self._open()
        if self.maxBytes > 0:
            line = "%s\n" % self.format(record)
            self.stream.seek(0, 2)      # some systems do not do that by themselves
            if self.stream.tell() + len(line) >= self.maxBytes:
                return 1
        return 0


class TimedRotatingFileHandler(BaseRotatingHandler):
    """A file that is put aside every so often, with the time in its new name; the last backupCount are kept.

    when: "S", "M", "H", "D" for seconds to days, "W0" to "W6" for a day of the week from Monday, "midnight";
    interval: how many of these; atTime: a datetime.time at which days begin here; utc: not in local time.
    """

    # when: (seconds, suffix of file names for strftime, pattern for it)
    _UNITS = {
        'S': (1, "%Y-%m-%d_%H-%M-%S", r"^\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}(\.\w+)?$"),
        'M': (60, "%Y-%m-%d_%H-%M", r"^\d{4}-\d{2}-\d{2}_\d{2}-\d{2}(\.\w+)?$"),
        'H': (60 * 60, "%Y-%m-%d_%H", r"^\d{4}-\d{2}-\d{2}_\d{2}(\.\w+)?$"),
        'D': (_MIDNIGHT, "%Y-%m-%d", r"^\d{4}-\d{2}-\d{2}(\.\w+)?$"),
        'MIDNIGHT': (_MIDNIGHT, "%Y-%m-%d", r"^\d{4}-\d{2}-\d{2}(\.\w+)?$"),
        'W': (_MIDNIGHT * 7, "%Y-%m-%d", r"^\d{4}-\d{2}-\d{2}(\.\w+)?$"),
    }

    def __init__(self, filename, when='h', interval=1, backupCount=0, encoding=None, delay=False, utc=False,
                 atTime=None):
        BaseRotatingHandler.__init__(self, filename, 'a', encoding, delay)
        self.when, self.backupCount, self.utc, self.atTime = when.upper(), backupCount, utc, atTime
        unit = self.when
        if unit.startswith('W'):
            if len(unit) != 2:
                raise ValueError("You must specify a day for weekly rollover from 0 to 6 (0 is Monday): %s" % unit)
            if not '0' <= unit[1] <= '6':
                raise ValueError("Invalid day specified for weekly rollover: %s" % unit)
            self.dayOfWeek = int(unit[1])
            unit = 'W'
        if unit not in self._UNITS:
            raise ValueError("Invalid rollover interval specified: %s" % self.when)
        seconds, self.suffix, pattern = self._UNITS[unit]
        self.extMatch = re.compile(pattern, re.ASCII)
        self.interval = seconds * interval
        # A file that is there already counts from its last change.
        try:
            start = os.stat(self.baseFilename)[ST_MTIME]
        except FileNotFoundError:
            start = int(time.time())
        self.rolloverAt = self.computeRollover(start)

    def computeRollover(self, currentTime):
        """Return the time, in seconds, at which a file begun at a time is to be put aside."""
        weekly = self.when.startswith('W')
        if self.when != 'MIDNIGHT' and not weekly:
            return currentTime + self.interval
        now = time.gmtime(currentTime) if self.utc else time.localtime(currentTime)
        day = now[6]
        at = self.atTime
        day_begins = _MIDNIGHT if at is None else (at.hour * 60 + at.minute) * 60 + at.second
        wait = day_begins - ((now[3] * 60 + now[4]) * 60 + now[5])
        if wait < 0:
            # That was earlier today.
            wait += _MIDNIGHT
            day = (day + 1) % 7
        result = currentTime + wait
        if weekly and day != self.dayOfWeek:
            days = (self.dayOfWeek - day) % 7
            # The day that is over at midnight is meant, so it takes one more than to get there.
            if self.dayOfWeek < day:
                days = self.dayOfWeek - day + 7
            result += days * _MIDNIGHT
            if not self.utc:
                result += self._clock_change(now[-1], result)
        return result

    @staticmethod
    def _clock_change(summer_before, moment):
        """Seconds by which a time moves because clocks change until then."""
        summer_then = time.localtime(moment)[-1]
        if summer_before == summer_then:
            return 0
        return 3600 if summer_before else -3600

    def shouldRollover(self, record):
        """Return 1 if it is time, else 0."""
        return 1 if int(time.time()) >= self.rolloverAt else 0

    def getFilesToDelete(self):
        """Return the paths of files put aside that are too many, the oldest."""
        folder, base = os.path.split(self.baseFilename)
        start = base + "."
        found = sorted(os.path.join(folder, name) for name in os.listdir(folder)
                       if name[:len(start)] == start and self.extMatch.match(name[len(start):]))
        return found[:max(len(found) - self.backupCount, 0)]

    def doRollover(self):
        """Put the file aside under a name with the time it began, and remove files that are too many."""
        self._let_go()
        now = int(time.time())
        summer_now = time.localtime(now)[-1]
        began = self.rolloverAt - self.interval
        if self.utc:
            stamp = time.gmtime(began)
        else:
            stamp = time.localtime(began)
            if summer_now != stamp[-1]:
                stamp = time.localtime(began + (3600 if summer_now else -3600))
        aside = self.rotation_filename(self.baseFilename + "." + time.strftime(self.suffix, stamp))
        self._rid_of(aside)
        self.rotate(self.baseFilename, aside)
        if self.backupCount > 0:
            for path in self.getFilesToDelete():
                os.remove(path)
        self._reopen()
        upcoming = self.computeRollover(now)
        while upcoming <= now:
            upcoming += self.interval
        if (self.when == 'MIDNIGHT' or self.when.startswith('W')) and not self.utc:
            upcoming += -3600 if not summer_now and time.localtime(upcoming)[-1] else (
                3600 if summer_now and not time.localtime(upcoming)[-1] else 0)
        self.rolloverAt = upcoming


class WatchedFileHandler(logging.FileHandler):
    """A file that is opened anew when another program has moved or removed it."""

    def __init__(self, filename, mode='a', encoding=None, delay=False):
        logging.FileHandler.__init__(self, filename, mode, encoding, delay)
        self.dev, self.ino = -1, -1
        self._statstream()

    def _statstream(self):
        if self.stream:
            info = os.fstat(self.stream.fileno())
            self.dev, self.ino = info[ST_DEV], info[ST_INO]

    def reopenIfNeeded(self):
        """Open the file again if its name leads elsewhere now."""
        try:
            info = os.stat(self.baseFilename)
            same = (info[ST_DEV], info[ST_INO]) == (self.dev, self.ino)
        except FileNotFoundError:
            same = False
        if not same and self.stream is not None:
            self.stream.flush()
            self.stream.close()
            self.stream = None      # should opening fail
            self.stream = self._open()
            self._statstream()

    def emit(self, record):
        """Write a record, after looking for the file."""
        self.reopenIfNeeded()
        logging.FileHandler.emit(self, record)


class SocketHandler(logging.Handler):
    """Sends records, pickled as dictionaries, to a host and port over TCP; port None makes host a Unix socket.

    The receiver makes records again with makeLogRecord().  While there is no connection it is tried again after
    retryStart seconds, then retryFactor times as long each time up to retryMax; records in between are lost.
    """

    def __init__(self, host, port):
        logging.Handler.__init__(self)
        self.host, self.port = host, port
        self.address = host if port is None else (host, port)
        self.sock = None
        self.closeOnError = False       # whether to begin anew after an error
        self.retryTime = None           # when to try again; None: at once
        self.retryStart, self.retryMax, self.retryFactor = 1.0, 30.0, 2.0

    def makeSocket(self, timeout=1):
        """Return a new connected socket."""
        import socket
        if self.port is not None:
            return socket.create_connection(self.address, timeout=timeout)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(timeout)
        try:
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection

    def createSocket(self):
        """Try to connect, unless it is too early to try again."""
        now = time.time()
        if self.retryTime is not None and now < self.retryTime:
            return
        try:
            self.sock = self.makeSocket()
            self.retryTime = None
        except OSError:
            if self.retryTime is None:
                self.retryPeriod = self.retryStart
            else:
                self.retryPeriod = min(self.retryPeriod * self.retryFactor, self.retryMax)
            self.retryTime = now + self.retryPeriod

    def send(self, s):
        """Send bytes; they are lost if that fails."""
        if self.sock is None:
            self.createSocket()
        if self.sock:
            try:
                self.sock.sendall(s)
            except OSError:
                self.sock.close()
                self.sock = None

    def makePickle(self, record):
        """Return the bytes of a record: four of length, the highest first, and the pickle."""
        import pickle
        if record.exc_info:
            self.format(record)     # keeps the traceback's text, as the traceback itself cannot travel
        fields = dict(record.__dict__)
        fields.update(msg=record.getMessage(), args=None, exc_info=None)
        fields.pop('message', None)
        data = pickle.dumps(fields, 1)
        return struct.pack(">L", len(data)) + data

    def handleError(self, record):
        """Begin anew if closeOnError is set, else do as other handlers."""
        if self.closeOnError and self.sock:
            self.sock.close()
            self.sock = None
        else:
            logging.Handler.handleError(self, record)

    def emit(self, record):
        """Send a record."""
        try:
            self.send(self.makePickle(record))
        except Exception:
            self.handleError(record)

    def close(self):
        """Close the connection."""
        self.acquire()
        try:
            connection, self.sock = self.sock, None
            if connection:
                connection.close()
            logging.Handler.close(self)
        finally:
            self.release()


class DatagramHandler(SocketHandler):
    """Sends records, pickled as dictionaries, to a host and port over UDP; port None makes host a Unix socket."""

    def __init__(self, host, port):
        SocketHandler.__init__(self, host, port)
        self.closeOnError = False

    def makeSocket(self):
        """Return a new socket for datagrams."""
        import socket
        return socket.socket(socket.AF_UNIX if self.port is None else socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, s):
        """Send bytes as one datagram."""
        if self.sock is None:
            self.createSocket()
        self.sock.sendto(s, self.address)


class SysLogHandler(logging.Handler):
    """Sends lines to the system's log: to a host and port, by UDP or another socktype, or a Unix socket's path.

    `ident` is put before every message; append_nul says whether a byte 0 ends it.
    """

    LOG_EMERG, LOG_ALERT, LOG_CRIT, LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO, LOG_DEBUG = range(8)

    (LOG_KERN, LOG_USER, LOG_MAIL, LOG_DAEMON, LOG_AUTH, LOG_SYSLOG, LOG_LPR, LOG_NEWS, LOG_UUCP, LOG_CRON,
     LOG_AUTHPRIV, LOG_FTP) = range(12)
    (LOG_LOCAL0, LOG_LOCAL1, LOG_LOCAL2, LOG_LOCAL3, LOG_LOCAL4, LOG_LOCAL5, LOG_LOCAL6,
     LOG_LOCAL7) = range(16, 24)

    priority_names = {
        "alert": LOG_ALERT, "crit": LOG_CRIT, "critical": LOG_CRIT, "debug": LOG_DEBUG, "emerg": LOG_EMERG,
        "err": LOG_ERR, "error": LOG_ERR, "info": LOG_INFO, "notice": LOG_NOTICE, "panic": LOG_EMERG,
        "warn": LOG_WARNING, "warning": LOG_WARNING,
    }

    facility_names = {
        "auth": LOG_AUTH, "authpriv": LOG_AUTHPRIV, "cron": LOG_CRON, "daemon": LOG_DAEMON, "ftp": LOG_FTP,
        "kern": LOG_KERN, "lpr": LOG_LPR, "mail": LOG_MAIL, "news": LOG_NEWS, "security": LOG_AUTH,
        "syslog": LOG_SYSLOG, "user": LOG_USER, "uucp": LOG_UUCP,
        "local0": LOG_LOCAL0, "local1": LOG_LOCAL1, "local2": LOG_LOCAL2, "local3": LOG_LOCAL3,
        "local4": LOG_LOCAL4, "local5": LOG_LOCAL5, "local6": LOG_LOCAL6, "local7": LOG_LOCAL7,
    }

    # Not just the names in lower case, which depends on the locale.
    priority_map = {"DEBUG": "debug", "INFO": "info", "WARNING": "warning", "ERROR": "error",
                    "CRITICAL": "critical"}

    ident = ''
    append_nul = True

    def __init__(self, address=('localhost', SYSLOG_UDP_PORT), facility=LOG_USER, socktype=None):
        import socket
        logging.Handler.__init__(self)
        self.address, self.facility, self.socktype = address, facility, socktype
        self.unixsocket = isinstance(address, str)
        if self.unixsocket:
            # The daemon may be down and come later; the path may be wrong, too.
            try:
                self._connect_unixsocket(address)
            except OSError:
                pass
            return
        if socktype is None:
            socktype = socket.SOCK_DGRAM
        host, port = address
        found = socket.getaddrinfo(host, port, 0, socktype)
        if not found:
            raise OSError("getaddrinfo returns an empty list")
        failure = None
        for family, kind, protocol, _, where in found:
            try:
                self.socket = self._try_address(family, kind, protocol, where)
                break
            except OSError as error:
                failure = error
        else:
            raise failure
        self.socktype = socktype

    @staticmethod
    def _try_address(family, kind, protocol, where):
        import socket
        made = socket.socket(family, kind, protocol)
        if kind == socket.SOCK_STREAM:
            try:
                made.connect(where)
            except OSError:
                made.close()
                raise
        return made

    def _connect_unixsocket(self, address):
        import socket
        # Daemons differ in which kind they use.
        kinds = (socket.SOCK_DGRAM, socket.SOCK_STREAM) if self.socktype is None else (self.socktype,)
        for kind in kinds:
            self.socket = socket.socket(socket.AF_UNIX, kind)
            try:
                self.socket.connect(address)
                self.socktype = kind
                return
            except OSError:
                self.socket.close()
                if kind == kinds[-1]:
                    raise

    def encodePriority(self, facility, priority):
        """Return the number for a facility and a priority, each a number or name."""
        if isinstance(facility, str):
            facility = self.facility_names[facility]
        if isinstance(priority, str):
            priority = self.priority_names[priority]
        return facility << 3 | priority

    def close(self):
        """Close the socket."""
        self.acquire()
        try:
            self.socket.close()
            logging.Handler.close(self)
        finally:
            self.release()

    def mapPriority(self, levelName):
        """Return the name of the priority for a level's name."""
        return self.priority_map.get(levelName, "warning")

    def emit(self, record):
        """Send a record."""
        import socket
        try:
            text = self.format(record)
            if self.ident:
                text = self.ident + text
            if self.append_nul:
                text += '\000'
            priority = self.encodePriority(self.facility, self.mapPriority(record.levelname))
            data = ('<%d>' % priority).encode('utf-8') + text.encode('utf-8')
            if self.unixsocket:
                try:
                    self.socket.send(data)
                except OSError:
                    # The daemon was started anew.
                    self.socket.close()
                    self._connect_unixsocket(self.address)
                    self.socket.send(data)
            elif self.socktype == socket.SOCK_DGRAM:
                self.socket.sendto(data, self.address)
            else:
                self.socket.sendall(data)
        except Exception:
            self.handleError(record)


class SMTPHandler(logging.Handler):
    """Mails records.

    mailhost: a name or (name, port); fromaddr, toaddrs (one or a list), subject; credentials: (user, password);
    secure: () or (key file,) or (key file, certificate file) to use TLS, with credentials only; timeout: in seconds.
    """

    def __init__(self, mailhost, fromaddr, toaddrs, subject, credentials=None, secure=None, timeout=5.0):
        logging.Handler.__init__(self)
        self.mailhost, self.mailport = mailhost if isinstance(mailhost, (list, tuple)) else (mailhost, None)
        if isinstance(credentials, (list, tuple)):
            self.username, self.password = credentials
        else:
            self.username = credentials
        self.fromaddr = fromaddr
        self.toaddrs = [toaddrs] if isinstance(toaddrs, str) else toaddrs
        self.subject, self.secure, self.timeout = subject, secure, timeout

    def getSubject(self, record):
        """Return the subject of the mail for a record."""
        return self.subject

    def emit(self, record):
        """Mail a record."""
        import email.utils
        import smtplib
        from email.message import EmailMessage
        try:
            mail = EmailMessage()
            mail['From'], mail['To'] = self.fromaddr, ','.join(self.toaddrs)
            mail['Subject'], mail['Date'] = self.getSubject(record), email.utils.localtime()
            mail.set_content(self.format(record))
            server = smtplib.SMTP(self.mailhost, self.mailport or smtplib.SMTP_PORT, timeout=self.timeout)
            if self.username:
                if self.secure is not None:
                    server.ehlo()
                    server.starttls(*self.secure)
                    server.ehlo()
                server.login(self.username, self.password)
            server.send_message(mail)
            server.quit()
        except Exception:
            self.handleError(record)


class NTEventLogHandler(logging.Handler):
    """Writes to the event log of Windows, for which the package win32 is needed.

    appname: what the log shows; dllname: where its messages are; logtype: which log.
    """

    def __init__(self, appname, dllname=None, logtype="Application"):
        logging.Handler.__init__(self)
        try:
            import win32evtlog
            import win32evtlogutil
        except ImportError:
            print("The Python Win32 extensions for NT (service, event logging) appear not to be available.")
            self._welu = None
            return
        self.appname = appname
        self._welu = win32evtlogutil
        if not dllname:
            dllname = os.path.join(os.path.dirname(os.path.dirname(win32evtlogutil.__file__)), 'win32service.pyd')
        self.dllname, self.logtype = dllname, logtype
        win32evtlogutil.AddSourceToRegistry(appname, dllname, logtype)
        self.deftype = win32evtlog.EVENTLOG_ERROR_TYPE
        self.typemap = {
            logging.DEBUG: win32evtlog.EVENTLOG_INFORMATION_TYPE,
            logging.INFO: win32evtlog.EVENTLOG_INFORMATION_TYPE,
            logging.WARNING: win32evtlog.EVENTLOG_WARNING_TYPE,
            logging.ERROR: win32evtlog.EVENTLOG_ERROR_TYPE,
            logging.CRITICAL: win32evtlog.EVENTLOG_ERROR_TYPE,
        }

    def getMessageID(self, record):
        """Return the number of the message in the library of messages: that of a plain text."""
        return 1

    def getEventCategory(self, record):
        """Return the category of a record: none."""
        return 0

    def getEventType(self, record):
        """Return the type of a record, by its level."""
        return self.typemap.get(record.levelno, self.deftype)

    def emit(self, record):
        """Write a record."""
        if self._welu:
            try:
                self._welu.ReportEvent(self.appname, self.getMessageID(record), self.getEventCategory(record),
                                       self.getEventType(record), [self.format(record)])
            except Exception:
                self.handleError(record)

    def close(self):
        """Close the handler; the application stays registered, for those who read the log."""
        logging.Handler.close(self)


class HTTPHandler(logging.Handler):
    """Sends records to a web server, as a form.

    host: may contain a port; url: the path; method: GET or POST; secure: by HTTPS, with an SSL context;
    credentials: (user, password) for basic authentication.
    """

    def __init__(self, host, url, method="GET", secure=False, credentials=None, context=None):
        logging.Handler.__init__(self)
        method = method.upper()
        if method not in ("GET", "POST"):
            raise ValueError("method must be GET or POST")
        if context is not None and not secure:
            raise ValueError("context parameter only makes sense with secure=True")
        self.host, self.url, self.method = host, url, method
        self.secure, self.credentials, self.context = secure, credentials, context

    def mapLogRecord(self, record):
        """Return the dictionary that is sent for a record."""
        return record.__dict__

    def emit(self, record):
        """Send a record and wait for the answer, which does not matter."""
        import http.client
        import urllib.parse
        try:
            if self.secure:
                connection = http.client.HTTPSConnection(self.host, context=self.context)
            else:
                connection = http.client.HTTPConnection(self.host)
            url, data = self.url, urllib.parse.urlencode(self.mapLogRecord(record))
            if self.method == "GET":
                url += ('&' if '?' in url else '?') + data
            connection.putrequest(self.method, url)
            # That of the connection itself would lack the port.
            host = self.host
            if ':' in host:
                host = host[:host.find(':')]
            if self.method == "POST":
                connection.putheader("Content-type", "application/x-www-form-urlencoded")
                connection.putheader("Content-length", str(len(data)))
            if self.credentials:
                import base64
                userpass = base64.b64encode(('%s:%s' % self.credentials).encode('utf-8')).strip().decode('ascii')
                connection.putheader('Authorization', 'Basic ' + userpass)
            connection.endheaders()
            if self.method == "POST":
                connection.send(data.encode('utf-8'))
            connection.getresponse()
        except Exception:
            self.handleError(record)


class BufferingHandler(logging.Handler):
    """Keeps records in a list until there are `capacity` of them."""

    def __init__(self, capacity):
        logging.Handler.__init__(self)
        self.capacity = capacity
        self.buffer = []

    def shouldFlush(self, record):
        """Return whether the buffer is full."""
        return len(self.buffer) >= self.capacity

    def emit(self, record):
        """Keep a record, and flush if it is time."""
        self.buffer.append(record)
        if self.shouldFlush(record):
            self.flush()

    def flush(self):
        """Empty the buffer."""
        self.acquire()
        try:
            self.buffer = []
        finally:
            self.release()

    def close(self):
        """Flush and close."""
        try:
            self.flush()
        finally:
            logging.Handler.close(self)


class MemoryHandler(BufferingHandler):
    """Keeps records until there are `capacity` of them or one of flushLevel comes, then gives them to a target."""

    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        BufferingHandler.__init__(self, capacity)
        self.flushLevel, self.target, self.flushOnClose = flushLevel, target, flushOnClose

    def shouldFlush(self, record):
        """Return whether the buffer is full or the record important."""
        return record.levelno >= self.flushLevel or len(self.buffer) >= self.capacity

    def setTarget(self, target):
        """Set the handler that gets the records."""
        self.acquire()
        try:
            self.target = target
        finally:
            self.release()

    def flush(self):
        """Give the records to the target, if there is one."""
        self.acquire()
        try:
            target = self.target
            if target:
                for each in self.buffer:
                    target.handle(each)
                self.buffer.clear()
        finally:
            self.release()

    def close(self):
        """Flush, if flushOnClose, and let go of the target."""
        try:
            if self.flushOnClose:
                self.flush()
        finally:
            self.setTarget(None)
            BufferingHandler.close(self)


class QueueHandler(logging.Handler):
    """Puts records into a queue, for a QueueListener in another thread or process."""

    def __init__(self, queue):
        logging.Handler.__init__(self)
        self.queue = queue

    def enqueue(self, record):
        """Put a record into the queue, without waiting."""
        self.queue.put_nowait(record)

    def prepare(self, record):
        """Return a record that can travel: a copy with all its text, and no arguments and traceback."""
        import copy
        text = self.format(record)
        record = copy.copy(record)
        record.message = record.msg = text
        record.args = record.exc_info = record.exc_text = None
        return record

    def emit(self, record):
        """Put a record into the queue."""
        try:
            self.enqueue(self.prepare(record))
        except Exception:
            self.handleError(record)


class QueueListener:
    """Takes records from a queue, in a thread of its own, and gives them to handlers.

    respect_handler_level: only to those whose level allows it.
    """

    _sentinel = None        # what ends the thread

    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue, self.handlers = queue, handlers
        self._thread = None
        self.respect_handler_level = respect_handler_level

    def dequeue(self, block):
        """Return the next record, waiting for it if told so."""
        return self.queue.get(block)

    def start(self):
        """Start the thread."""
        thread = self._thread = threading.Thread(target=self._monitor)
        thread.daemon = True
        thread.start()

    def prepare(self, record):
        """Return a record as it is to be handled."""
        return record

    def handle(self, record):
        """Give a record to the handlers."""
        record = self.prepare(record)
        for handler in self.handlers:
            if not self.respect_handler_level or record.levelno >= handler.level:
                handler.handle(record)

    def _monitor(self):
        # Only some queues count tasks.
        done = getattr(self.queue, 'task_done', lambda: None)
        import queue
        while True:
            try:
                record = self.dequeue(True)
            except queue.Empty:
                return
            ends = record is self._sentinel
            if not ends:
                self.handle(record)
            done()
            if ends:
                return

    def enqueue_sentinel(self):
        """Put into the queue what ends the thread."""
        self.queue.put_nowait(self._sentinel)

    def stop(self):
        """End the thread after what is in the queue, and wait for it; without this, records may be lost."""
        self.enqueue_sentinel()
        self._thread.join()
        self._thread = None
