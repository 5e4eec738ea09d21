# SPDX-License-Identifier: MIT
"""Messages of a program for those who run it.

A program asks getLogger() for a Logger by a dotted name and calls its methods.  A message that is important enough
becomes a LogRecord, which goes to the Handlers of the logger and of those above it in the tree of names; a handler
lets a Formatter make text of it and puts that somewhere.  Filters may stop it at loggers and handlers.
"""

import os
import re
import sys
import threading
import time
import traceback       # not when it is needed: that may be at the end of the program
import weakref
from _collections_abc import Mapping
from io import StringIO

__all__ = ['BASIC_FORMAT', 'BufferingFormatter', 'CRITICAL', 'DEBUG', 'ERROR', 'FATAL', 'FileHandler', 'Filter',
           'Formatter', 'Handler', 'INFO', 'LogRecord', 'Logger', 'LoggerAdapter', 'NOTSET', 'NullHandler',
           'StreamHandler', 'WARN', 'WARNING', 'addLevelName', 'basicConfig', 'captureWarnings', 'critical', 'debug',
           'disable', 'error', 'exception', 'fatal', 'getLevelName', 'getLogger', 'getLoggerClass', 'info', 'log',
           'makeLogRecord', 'setLoggerClass', 'shutdown', 'warn', 'warning', 'getLogRecordFactory',
           'setLogRecordFactory', 'lastResort', 'raiseExceptions']

__author__ = "taipan"
__status__ = "production"
__version__ = "0.5.1.2"
__date__ = "07 February 2010"

_startTime = time.time()        # what relativeCreated counts from

# Switches that programs may set: whether handlers show their own errors, and what records tell about their origin.
raiseExceptions = True
logThreads = logMultiprocessing = logProcesses = True

# Levels

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0

_levelToName = {CRITICAL: 'CRITICAL', ERROR: 'ERROR', WARNING: 'WARNING', INFO: 'INFO', DEBUG: 'DEBUG',
                NOTSET: 'NOTSET'}
_nameToLevel = {'CRITICAL': CRITICAL, 'FATAL': FATAL, 'ERROR': ERROR, 'WARN': WARNING, 'WARNING': WARNING,
                'INFO': INFO, 'DEBUG': DEBUG, 'NOTSET': NOTSET}


def getLevelName(level):
    """Return the name of a level, or the level of a name, or "Level X" if there is neither."""
    name = _levelToName.get(level)
    if name is None:
        name = _nameToLevel.get(level)
    return "Level %s" % level if name is None else name


def addLevelName(level, levelName):
    """Give a level a name."""
    with _lock:
        _levelToName[level] = levelName
        _nameToLevel[levelName] = level


def _checkLevel(level):
    """The number of a level given as number or name."""
    if isinstance(level, int):
        return level
    if str(level) != level:
        raise TypeError("Level not an integer or a valid string: %r" % level)
    if level not in _nameToLevel:
        raise ValueError("Unknown level: %r" % level)
    return _nameToLevel[level]


# Frames of this file are not those that log.
_srcfile = os.path.normcase(addLevelName.__code__.co_filename)


def currentframe():
    """Return the frame of the function three calls up."""
    return sys._getframe(3)


# The lock of everything that loggers and handlers share

_lock = threading.RLock()


def _acquireLock():
    if _lock:
        _lock.acquire()


def _releaseLock():
    if _lock:
        _lock.release()


# The objects whose createLock() has to be called in the child of a fork.
_at_fork_reinit_lock_weakset = weakref.WeakSet()


def _register_at_fork_reinit_lock(instance):
    with _lock:
        _at_fork_reinit_lock_weakset.add(instance)


def _after_at_fork_child_reinit_locks():
    # No other thread is left here, whatever locks they held.
    for handler in _at_fork_reinit_lock_weakset:
        handler.createLock()
    _releaseLock()


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(before=_acquireLock, after_in_parent=_releaseLock,
                        after_in_child=_after_at_fork_child_reinit_locks)


# Records

class LogRecord:
    """One message with all that is known about it.

    name: of the logger; level; pathname and lineno: where it was logged; msg and args: joined by getMessage();
    exc_info: an exception triple or None; func: the function; sinfo: the text of the stack.
    """

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        created = time.time()
        if args and len(args) == 1 and isinstance(args[0], Mapping) and args[0]:
            args = args[0]      # for messages such as "%(x)s"
        self.name, self.msg, self.args = name, msg, args
        self.levelname, self.levelno = getLevelName(level), level
        self.pathname = pathname
        try:
            self.filename = os.path.basename(pathname)
            self.module = os.path.splitext(self.filename)[0]
        except (TypeError, ValueError, AttributeError):
            self.filename, self.module = pathname, "Unknown module"
        self.exc_info, self.exc_text, self.stack_info = exc_info, None, sinfo
        self.lineno, self.funcName = lineno, func
        self.created = created
        self.msecs = (created - int(created)) * 1000
        self.relativeCreated = (created - _startTime) * 1000
        self.thread = self.threadName = self.processName = self.process = None
        if logThreads:
            self.thread = threading.get_ident()
            self.threadName = threading.current_thread().name
        if logMultiprocessing:
            self.processName = 'MainProcess'
            multiprocessing = sys.modules.get('multiprocessing')
            if multiprocessing is not None:
                # It may be just being imported.
                try:
                    self.processName = multiprocessing.current_process().name
                except Exception:
                    pass
        if logProcesses and hasattr(os, 'getpid'):
            self.process = os.getpid()

    def __repr__(self):
        return '<LogRecord: %s, %s, %s, %s, "%s">' % (self.name, self.levelno, self.pathname, self.lineno, self.msg)

    def getMessage(self):
        """Return the message with its arguments put in."""
        text = str(self.msg)
        return text % self.args if self.args else text


_logRecordFactory = LogRecord


def setLogRecordFactory(factory):
    """Have records made by a function or class that takes the arguments of LogRecord."""
    global _logRecordFactory
    _logRecordFactory = factory


def getLogRecordFactory():
    """Return what makes records."""
    return _logRecordFactory


def makeLogRecord(dict):
    """Return a record with the attributes of a dictionary, such as one that came over a network."""
    record = _logRecordFactory(None, None, "", 0, "", (), None, None)
    record.__dict__.update(dict)
    return record


# Text of records

class PercentStyle:
    """Format strings such as "%(message)s"."""

    default_format = '%(message)s'
    asctime_format = '%(asctime)s'
    asctime_search = '%(asctime)'
    validation_pattern = re.compile(r'%\(\w+\)[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[a%c-giorsux]', re.IGNORECASE)

    def __init__(self, fmt):
        self._fmt = fmt or self.default_format

    def usesTime(self):
        """Return whether the time appears in the format."""
        return self._fmt.find(self.asctime_search) >= 0

    def validate(self):
        """Raise ValueError if the format is not of this style."""
        if not self.validation_pattern.search(self._fmt):
            raise ValueError("Invalid format '%s' for '%s' style" % (self._fmt, self.default_format[0]))

    def _format(self, record):
        return self._fmt % record.__dict__

    def format(self, record):
        """Return the text of a record; ValueError if it lacks a field."""
        try:
            return self._format(record)
        except KeyError as error:
            raise ValueError('Formatting field not found in record: %s' % error)


class StrFormatStyle(PercentStyle):
    """Format strings such as "{message}"."""

    default_format = '{message}'
    asctime_format = '{asctime}'
    asctime_search = '{asctime'
    fmt_spec = re.compile(r'^(?:.?[<=>^])?[-+ ]?#?0?(?:\d+|{\w+})?[_,]?(?:\.(?:\d+|{\w+}))?[%b-gnosx]?$',
                          re.IGNORECASE)
    field_spec = re.compile(r'^(?:\d+|\w+)(?:\.\w+|\[[^]]+\])*$')

    def _format(self, record):
        return self._fmt.format(**record.__dict__)

    def validate(self):
        from _string import formatter_parser
        fields = 0
        try:
            for _, field, spec, conversion in formatter_parser(self._fmt):
                if field:
                    if not self.field_spec.match(field):
                        raise ValueError('invalid field name/expression: %r' % field)
                    fields += 1
                if conversion and conversion not in 'rsa':
                    raise ValueError('invalid conversion: %r' % conversion)
                if spec and not self.fmt_spec.match(spec):
                    raise ValueError('bad specifier: %r' % spec)
        except ValueError as error:
            raise ValueError('invalid format: %s' % error)
        if not fields:
            raise ValueError('invalid format: no fields')


class StringTemplateStyle(PercentStyle):
    """Format strings such as "${message}", for string.Template."""

    default_format = '${message}'
    asctime_format = '${asctime}'
    asctime_search = '${asctime}'

    def __init__(self, fmt):
        from string import Template
        PercentStyle.__init__(self, fmt)
        self._tpl = Template(self._fmt)

    def usesTime(self):
        """Return whether the time appears in the format."""
        return '$asctime' in self._fmt or self.asctime_format in self._fmt

    def validate(self):
        fields = 0
        for match in self._tpl.pattern.finditer(self._fmt):
            groups = match.groupdict()
            if groups['named'] or groups['braced']:
                fields += 1
            elif match.group() == '$':
                raise ValueError("invalid format: bare '$' not allowed")
        if not fields:
            raise ValueError('invalid format: no fields')

    def _format(self, record):
        return self._tpl.substitute(**record.__dict__)


BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"

_STYLES = {     # style: (class, the format that basicConfig() uses)
    '%': (PercentStyle, BASIC_FORMAT),
    '{': (StrFormatStyle, '{levelname}:{name}:{message}'),
    '$': (StringTemplateStyle, '${levelname}:${name}:${message}'),
}


def _bad_style():
    return ValueError('Style must be one of: %s' % ','.join(_STYLES))


class Formatter:
    """Makes text of records.

    fmt: with fields named after attributes of LogRecord, and message and asctime; datefmt: for time.strftime();
    style: how fields are marked, one of "%", "{" and "$"; validate: raise ValueError for a wrong fmt.
    The class or instance attributes converter (of seconds to a time tuple), default_time_format and
    default_msec_format say how time is shown without datefmt.
    """

    converter = time.localtime
    default_time_format = '%Y-%m-%d %H:%M:%S'
    default_msec_format = '%s,%03d'

    def __init__(self, fmt=None, datefmt=None, style='%', validate=True):
        if style not in _STYLES:
            raise _bad_style()
        self._style = _STYLES[style][0](fmt)
        if validate:
            self._style.validate()
        self._fmt = self._style._fmt
        self.datefmt = datefmt

    def formatTime(self, record, datefmt=None):
        """Return the time of a record as text."""
        when = self.converter(record.created)
        if datefmt:
            return time.strftime(datefmt, when)
        return self.default_msec_format % (time.strftime(self.default_time_format, when), record.msecs)

    def formatException(self, ei):
        """Return the text of an exception triple, without a last line end."""
        text = ''.join(traceback.format_exception(*ei))
        return text[:-1] if text.endswith('\n') else text

    def usesTime(self):
        """Return whether the format shows the time."""
        return self._style.usesTime()

    def formatMessage(self, record):
        """Return the line for a record whose message (and asctime) is set."""
        return self._style.format(record)

    def formatStack(self, stack_info):
        """Return the text of a stack as it is to be shown."""
        return stack_info

    def format(self, record):
        """Return the text of a record, with its exception and stack, if any, below.

        The attributes message, asctime and exc_text of the record are set on the way.
        """
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        lines = self.formatMessage(record)
        if record.exc_info and not record.exc_text:
            # Kept for other handlers: it does not change.
            record.exc_text = self.formatException(record.exc_info)
        below = [record.exc_text] if record.exc_text else []
        if record.stack_info:
            below.append(self.formatStack(record.stack_info))
        for text in below:
            lines += text if lines[-1:] == '\n' else '\n' + text
        return lines


_defaultFormatter = Formatter()


class BufferingFormatter:
    """Makes one text of several records, each formatted by linefmt."""

    def __init__(self, linefmt=None):
        self.linefmt = linefmt or _defaultFormatter

    def formatHeader(self, records):
        """Return what comes before the records."""
        return ""

    def formatFooter(self, records):
        """Return what comes after the records."""
        return ""

    def format(self, records):
        """Return the text of a list of records; nothing for none."""
        if not records:
            return ""
        return ''.join([self.formatHeader(records), *map(self.linefmt.format, records), self.formatFooter(records)])


# Filters

class Filter:
    """Lets records of one logger and of those below it pass; without a name, all."""

    def __init__(self, name=''):
        self.name = name
        self.nlen = len(name)

    def filter(self, record):
        """Return whether a record may pass."""
        return not self.nlen or record.name == self.name or record.name.startswith(self.name + '.')


class Filterer:
    """What has filters: loggers and handlers."""

    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        """Add a filter: a callable, or an object with a method filter()."""
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        """Take a filter away."""
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        """Return whether all filters let a record pass."""
        for one in self.filters:
            decide = one.filter if hasattr(one, 'filter') else one
            if not decide(record):
                return False
        return True


# Handlers

_handlers = weakref.WeakValueDictionary()   # by name
_handlerList = []                           # weak references, in the order of creation, for shutdown()


def _removeHandlerRef(wr):
    """Forget a handler that is gone; at the end of the program, when things may be gone already, do nothing."""
    acquire, release, references = _acquireLock, _releaseLock, _handlerList
    if acquire and release and references:
        acquire()
        try:
            if wr in references:
                references.remove(wr)
        finally:
            release()


def _addHandlerRef(handler):
    with _lock:
        _handlerList.append(weakref.ref(handler, _removeHandlerRef))


class Handler(Filterer):
    """Takes records that are important enough; subclasses say in emit() what to do with them."""

    def __init__(self, level=NOTSET):
        Filterer.__init__(self)
        self._name = None
        self.level = _checkLevel(level)
        self.formatter = None
        _addHandlerRef(self)
        self.createLock()

    def get_name(self):
        """Return the name of the handler."""
        return self._name

    def set_name(self, name):
        """Set the name by which configurations may refer to the handler."""
        with _lock:
            _handlers.pop(self._name, None)
            self._name = name
            if name:
                _handlers[name] = self

    name = property(get_name, set_name, doc="The name by which configurations may refer to the handler.")

    def createLock(self):
        """Make the lock that keeps threads apart."""
        self.lock = threading.RLock()
        _register_at_fork_reinit_lock(self)

    def acquire(self):
        """Take the lock."""
        if self.lock:
            self.lock.acquire()

    def release(self):
        """Let go of the lock."""
        if self.lock:
            self.lock.release()

    def setLevel(self, level):
        """Set which records are important enough, by a number or name."""
        self.level = _checkLevel(level)

    def format(self, record):
        """Return the text of a record."""
        return (self.formatter or _defaultFormatter).format(record)

    def emit(self, record):
        """Do with a record what this handler is for; to be overridden."""
        raise NotImplementedError('emit must be implemented by Handler subclasses')

    def handle(self, record):
        """Emit a record, under the lock, if the filters allow it; return whether they did."""
        passed = self.filter(record)
        if passed:
            self.acquire()
            try:
                self.emit(record)
            finally:
                self.release()
        return passed

    def setFormatter(self, fmt):
        """Set the Formatter."""
        self.formatter = fmt

    def flush(self):
        """See to it that everything is written; nothing to do here."""

    def close(self):
        """Forget the handler's name; subclasses close what they use and call this."""
        with _lock:
            if self._name and self._name in _handlers:
                del _handlers[self._name]

    def handleError(self, record):
        """Called by emit() for an exception: show it on sys.stderr, unless raiseExceptions is false.

        Errors in logging must not stop the program.
        """
        stream = sys.stderr
        if not raiseExceptions or not stream:
            return
        kind, value, tb = sys.exc_info()
        try:
            stream.write('--- Logging error ---\n')
            traceback.print_exception(kind, value, tb, None, stream)
            stream.write('Call stack:\n')
            frame = tb.tb_frame
            while frame and os.path.dirname(frame.f_code.co_filename) == __path__[0]:
                frame = frame.f_back
            if frame:
                traceback.print_stack(frame, file=stream)
            else:
                stream.write('Logged from file %s, line %s\n' % (record.filename, record.lineno))
            try:
                stream.write('Message: %r\nArguments: %s\n' % (record.msg, record.args))
            except RecursionError:
                raise
            except Exception:
                stream.write('Unable to print the message and arguments - possible formatting error.\n'
                             'Use the traceback above to help find the error.\n')
        except OSError:
            pass
        finally:
            del kind, value, tb

    def __repr__(self):
        return '<%s (%s)>' % (self.__class__.__name__, getLevelName(self.level))


class StreamHandler(Handler):
    """Writes lines to a file object, by default sys.stderr; `terminator` ends each."""

    terminator = '\n'

    def __init__(self, stream=None):
        Handler.__init__(self)
        self.stream = sys.stderr if stream is None else stream

    def flush(self):
        """Flush the stream."""
        self.acquire()
        try:
            if self.stream and hasattr(self.stream, "flush"):
                self.stream.flush()
        finally:
            self.release()

    def emit(self, record):
        """Write the text of a record."""
        try:
            # At once: another process may write to the same file.
            self.stream.write(self.format(record) + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def setStream(self, stream):
        """Use another stream from now on; return the one before, or None if it is the same."""
        before = self.stream
        if stream is before:
            return None
        self.acquire()
        try:
            self.flush()
            self.stream = stream
        finally:
            self.release()
        return before

    def __repr__(self):
        name = str(getattr(self.stream, 'name', ''))    # a number, perhaps
        return '<%s %s(%s)>' % (self.__class__.__name__, name and name + ' ', getLevelName(self.level))


class FileHandler(StreamHandler):
    """Writes lines to a file, opened with mode and encoding, with delay only when the first record comes."""

    def __init__(self, filename, mode='a', encoding=None, delay=False):
        # The current folder may change later.
        self.baseFilename = os.path.abspath(os.fspath(filename))
        self.mode, self.encoding, self.delay = mode, encoding, delay
        if delay:
            Handler.__init__(self)
            self.stream = None
        else:
            StreamHandler.__init__(self, self._open())

    def close(self):
        """Close the file."""
        self.acquire()
        try:
            try:
                if self.stream:
                    try:
                        self.flush()
                    finally:
                        stream, self.stream = self.stream, None
                        if hasattr(stream, "close"):
                            stream.close()
            finally:
                StreamHandler.close(self)
        finally:
            self.release()

    def _open(self):
        return open(self.baseFilename, self.mode, encoding=self.encoding)

    def emit(self, record):
        """Write the text of a record, opening the file if need be."""
        if self.stream is None:
            self.stream = self._open()
        StreamHandler.emit(self, record)

    def __repr__(self):
        return '<%s %s (%s)>' % (self.__class__.__name__, self.baseFilename, getLevelName(self.level))


class _StderrHandler(StreamHandler):
    """Writes to whatever sys.stderr is at the time."""

    def __init__(self, level=NOTSET):
        Handler.__init__(self, level)

    stream = property(lambda self: sys.stderr)


# What takes records for which nothing was configured.
lastResort = _defaultLastResort = _StderrHandler(WARNING)


# Loggers

class PlaceHolder:
    """Stands in the tree for a name that was not asked for but has loggers below it."""

    def __init__(self, alogger):
        self.loggerMap = {alogger: None}

    def append(self, alogger):
        """Add a logger below."""
        if alogger not in self.loggerMap:
            self.loggerMap[alogger] = None


def _check_logger_class(klass):
    if klass != Logger and not issubclass(klass, Logger):
        raise TypeError("logger not derived from logging.Logger: " + klass.__name__)


def setLoggerClass(klass):
    """Set the class of loggers made from now on, a subclass of Logger whose __init__ needs a name only."""
    global _loggerClass
    _check_logger_class(klass)
    _loggerClass = klass


def getLoggerClass():
    """Return the class of new loggers."""
    return _loggerClass


class Manager:
    """The tree of loggers below a root."""

    def __init__(self, rootnode):
        self.root = rootnode
        self.disable = 0
        self.emittedNoHandlerWarning = False
        self.loggerDict = {}        # name -> Logger or PlaceHolder
        self.loggerClass = None
        self.logRecordFactory = None

    @property
    def disable(self):
        """Records of this level and below are dropped everywhere."""
        return self._disable

    @disable.setter
    def disable(self, value):
        self._disable = _checkLevel(value)

    def getLogger(self, name):
        """Return the logger of a name; it is made when asked for first."""
        if not isinstance(name, str):
            raise TypeError('A logger name must be a string')
        with _lock:
            found = self.loggerDict.get(name)
            if found is None or isinstance(found, PlaceHolder):
                logger = (self.loggerClass or _loggerClass)(name)
                logger.manager = self
                self.loggerDict[name] = logger
                if found is not None:
                    self._fixupChildren(found, logger)
                self._fixupParents(logger)
                found = logger
            return found

    def setLoggerClass(self, klass):
        """Set the class of loggers made by this manager."""
        _check_logger_class(klass)
        self.loggerClass = klass

    def setLogRecordFactory(self, factory):
        """Set what makes records for this manager's loggers."""
        self.logRecordFactory = factory

    def _fixupParents(self, alogger):
        """Find the nearest logger above a new one, leaving place holders at names in between."""
        name = alogger.name
        dot = name.rfind('.')
        while dot > 0:
            above = self.loggerDict.setdefault(name[:dot], None)
            if isinstance(above, Logger):
                alogger.parent = above
                return
            if above is None:
                self.loggerDict[name[:dot]] = PlaceHolder(alogger)
            else:
                above.append(alogger)
            dot = name.rfind('.', 0, dot)
        alogger.parent = self.root

    def _fixupChildren(self, ph, alogger):
        """Put a new logger between those below it and what was above them."""
        name = alogger.name
        for child in ph.loggerMap:
            # Unless there is a logger in between.
            if child.parent.name[:len(name)] != name:
                alogger.parent = child.parent
                child.parent = alogger

    def _clear_cache(self):
        """Forget which levels are enabled where."""
        with _lock:
            for logger in self.loggerDict.values():
                if isinstance(logger, Logger):
                    logger._cache.clear()
            self.root._cache.clear()


class Logger(Filterer):
    """What a program logs with; to be had from getLogger(), not by a call.

    The methods take a message, arguments for it (msg % args), and by name: exc_info (True for the current exception,
    an exception, or a triple), stack_info (show the stack as well), stacklevel (whose call of how many functions up
    is to be shown as the origin) and extra (a dictionary of attributes for the record).
    """

    def __init__(self, name, level=NOTSET):
        Filterer.__init__(self)
        self.name = name
        self.level = _checkLevel(level)
        self.parent = None
        self.propagate = True       # whether records go to the handlers above too
        self.handlers = []
        self.disabled = False
        self._cache = {}            # level -> whether enabled

    def setLevel(self, level):
        """Set which records are important enough, by a number or name; NOTSET leaves it to the logger above."""
        self.level = _checkLevel(level)
        self.manager._clear_cache()

    def debug(self, msg, *args, **kwargs):
        """Log a message of level DEBUG."""
        if self.isEnabledFor(DEBUG):
            self._log(DEBUG, msg, args, **kwargs)

    def info(self, msg, *args, **kwargs):
        """Log a message of level INFO."""
        if self.isEnabledFor(INFO):
            self._log(INFO, msg, args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        """Log a message of level WARNING."""
        if self.isEnabledFor(WARNING):
            self._log(WARNING, msg, args, **kwargs)

    def warn(self, msg, *args, **kwargs):
        """The old name of warning(); warns."""
        _deprecated_warn('method')
        self.warning(msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        """Log a message of level ERROR."""
        if self.isEnabledFor(ERROR):
            self._log(ERROR, msg, args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """Log a message of level ERROR with the current exception."""
        self.error(msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        """Log a message of level CRITICAL."""
        if self.isEnabledFor(CRITICAL):
            self._log(CRITICAL, msg, args, **kwargs)

    fatal = critical

    def log(self, level, msg, *args, **kwargs):
        """Log a message of a level given as a number."""
        if isinstance(level, int):
            if self.isEnabledFor(level):
                self._log(level, msg, args, **kwargs)
        elif raiseExceptions:
            raise TypeError("level must be an integer")

    def findCaller(self, stack_info=False, stacklevel=1):
        """Return (file, line, function, stack text or None) of whoever logs."""
        frame = currentframe()
        if frame is not None:
            frame = frame.f_back
        wanted = frame
        while wanted and stacklevel > 1:
            wanted = wanted.f_back
            stacklevel -= 1
        frame = wanted or frame
        while hasattr(frame, "f_code") and os.path.normcase(frame.f_code.co_filename) == _srcfile:
            frame = frame.f_back
        if not hasattr(frame, "f_code"):
            return "(unknown file)", 0, "(unknown function)", None
        stack = None
        if stack_info:
            with StringIO() as text:
                text.write('Stack (most recent call last):\n')
                traceback.print_stack(frame, file=text)
                stack = text.getvalue()
            if stack[-1] == '\n':
                stack = stack[:-1]
        return frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, stack

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        """Return a new record; KeyError if extra would overwrite what a record has."""
        record = _logRecordFactory(name, level, fn, lno, msg, args, exc_info, func, sinfo)
        if extra is not None:
            attributes = record.__dict__
            for key in extra:
                if key in attributes or key in ("message", "asctime"):
                    raise KeyError("Attempt to overwrite %r in LogRecord" % key)
                attributes[key] = extra[key]
        return record

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        stack = None
        if _srcfile:
            # A Python without frames raises ValueError.
            try:
                path, line, function, stack = self.findCaller(stack_info, stacklevel)
            except ValueError:
                path, line, function = "(unknown file)", 0, "(unknown function)"
        else:
            path, line, function = "(unknown file)", 0, "(unknown function)"
        if exc_info:
            if isinstance(exc_info, BaseException):
                exc_info = type(exc_info), exc_info, exc_info.__traceback__
            elif not isinstance(exc_info, tuple):
                exc_info = sys.exc_info()
        self.handle(self.makeRecord(self.name, level, path, line, msg, args, exc_info, function, extra, stack))

    def handle(self, record):
        """Give a record to the handlers, if the logger is not disabled and its filters allow it."""
        if not self.disabled and self.filter(record):
            self.callHandlers(record)

    def addHandler(self, hdlr):
        """Add a handler."""
        with _lock:
            if hdlr not in self.handlers:
                self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        """Take a handler away."""
        with _lock:
            if hdlr in self.handlers:
                self.handlers.remove(hdlr)

    def _with_handlers(self):
        """The loggers, from this one up, to whose handlers records go."""
        logger = self
        while logger:
            yield logger
            logger = logger.parent if logger.propagate else None

    def hasHandlers(self):
        """Return whether records would reach any handler."""
        return any(logger.handlers for logger in self._with_handlers())

    def callHandlers(self, record):
        """Give a record to the handlers of this logger and those above; to lastResort if there are none."""
        found = 0
        logger = self
        level = record.levelno
        while logger:
            for handler in logger.handlers:
                found += 1
                if level >= handler.level:
                    handler.handle(record)
            logger = logger.parent if logger.propagate else None
        if not found:
            self._without_handlers(record)

    def _without_handlers(self, record):
        if lastResort:
            if record.levelno >= lastResort.level:
                lastResort.handle(record)
        elif raiseExceptions and not self.manager.emittedNoHandlerWarning:
            sys.stderr.write("No handlers could be found for logger \"%s\"\n" % self.name)
            self.manager.emittedNoHandlerWarning = True

    def getEffectiveLevel(self):
        """Return the level that counts: the first one set from this logger upwards."""
        nearest = self
        while nearest and not nearest.level:
            nearest = nearest.parent
        return nearest.level if nearest else NOTSET

    def isEnabledFor(self, level):
        """Return whether messages of a level are logged."""
        if self.disabled:
            return False
        try:
            return self._cache[level]
        except KeyError:
            with _lock:
                enabled = self._cache[level] = self.manager.disable < level and level >= self.getEffectiveLevel()
            return enabled

    def getChild(self, suffix):
        """Return the logger below this one with a dotted name relative to it."""
        return self.manager.getLogger(suffix if self.root is self else self.name + '.' + suffix)

    def __repr__(self):
        return '<%s %s (%s)>' % (self.__class__.__name__, self.name, getLevelName(self.getEffectiveLevel()))

    def __reduce__(self):
        if getLogger(self.name) is not self:
            import pickle
            raise pickle.PicklingError('logger cannot be pickled')
        return getLogger, (self.name,)


class RootLogger(Logger):
    """The logger above all."""

    def __init__(self, level):
        Logger.__init__(self, "root", level)

    def __reduce__(self):
        return getLogger, ()


_loggerClass = Logger


class LoggerAdapter:
    """A logger with something of its own to add to every message.

    Here that is the dictionary extra; a subclass may override process().
    """

    def __init__(self, logger, extra):
        self.logger, self.extra = logger, extra

    def process(self, msg, kwargs):
        """Return message and keyword arguments as they are to be logged."""
        kwargs["extra"] = self.extra
        return msg, kwargs

    def debug(self, msg, *args, **kwargs):
        """Log a message of level DEBUG."""
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        """Log a message of level INFO."""
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        """Log a message of level WARNING."""
        self.log(WARNING, msg, *args, **kwargs)

    def warn(self, msg, *args, **kwargs):
        """The old name of warning(); warns."""
        _deprecated_warn('method')
        self.warning(msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        """Log a message of level ERROR."""
        self.log(ERROR, msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """Log a message of level ERROR with the current exception."""
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        """Log a message of level CRITICAL."""
        self.log(CRITICAL, msg, *args, **kwargs)

    def log(self, level, msg, *args, **kwargs):
        """Log a message of a level given as a number."""
        if self.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)

    def isEnabledFor(self, level):
        """Return whether messages of a level are logged."""
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        """Set the level of the logger."""
        self.logger.setLevel(level)

    def getEffectiveLevel(self):
        """Return the level that counts for the logger."""
        return self.logger.getEffectiveLevel()

    def hasHandlers(self):
        """Return whether the logger's records would reach any handler."""
        return self.logger.hasHandlers()

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False):
        # So that an adapter can stand on an adapter.
        return self.logger._log(level, msg, args, exc_info=exc_info, extra=extra, stack_info=stack_info)

    @property
    def manager(self):
        """The manager of the logger."""
        return self.logger.manager

    @manager.setter
    def manager(self, value):
        self.logger.manager = value

    name = property(lambda self: self.logger.name, doc="The name of the logger.")

    def __repr__(self):
        logger = self.logger
        return '<%s %s (%s)>' % (self.__class__.__name__, logger.name, getLevelName(logger.getEffectiveLevel()))


root = Logger.root = RootLogger(WARNING)
Logger.manager = Manager(root)


# The root logger's methods as functions, and what concerns everything

def basicConfig(**kwargs):
    """Give the root logger a handler, unless it has one.

    filename, filemode: write to a file; stream: write to a stream; handlers: use these (only one of the three);
    format, datefmt, style: of the text; level: of the root logger; force: remove handlers that are there.
    """
    with _lock:
        if kwargs.pop('force', False):
            for handler in root.handlers[:]:
                root.removeHandler(handler)
                handler.close()
        if root.handlers:
            return
        handlers = kwargs.pop("handlers", None)
        if handlers is None:
            if "stream" in kwargs and "filename" in kwargs:
                raise ValueError("'stream' and 'filename' should not be specified together")
        elif "stream" in kwargs or "filename" in kwargs:
            raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
        if handlers is None:
            filename, mode = kwargs.pop("filename", None), kwargs.pop("filemode", 'a')
            handlers = [FileHandler(filename, mode) if filename else StreamHandler(kwargs.pop("stream", None))]
        datefmt, style = kwargs.pop("datefmt", None), kwargs.pop("style", '%')
        if style not in _STYLES:
            raise _bad_style()
        formatter = Formatter(kwargs.pop("format", _STYLES[style][1]), datefmt, style)
        for handler in handlers:
            if handler.formatter is None:
                handler.setFormatter(formatter)
            root.addHandler(handler)
        level = kwargs.pop("level", None)
        if level is not None:
            root.setLevel(level)
        if kwargs:
            raise ValueError('Unrecognised argument(s): %s' % ', '.join(kwargs))


def getLogger(name=None):
    """Return the logger of a name, or the root logger."""
    return Logger.manager.getLogger(name) if name else root


def _configured():
    """The root logger, with a handler."""
    if not root.handlers:
        basicConfig()
    return root


def _deprecated_warn(what):
    import warnings
    warnings.warn("The 'warn' %s is deprecated, use 'warning' instead" % what, DeprecationWarning, 3)


def critical(msg, *args, **kwargs):
    """Log a message of level CRITICAL with the root logger."""
    _configured().critical(msg, *args, **kwargs)


fatal = critical


def error(msg, *args, **kwargs):
    """Log a message of level ERROR with the root logger."""
    _configured().error(msg, *args, **kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    """Log a message of level ERROR with the current exception, with the root logger."""
    error(msg, *args, exc_info=exc_info, **kwargs)


def warning(msg, *args, **kwargs):
    """Log a message of level WARNING with the root logger."""
    _configured().warning(msg, *args, **kwargs)


def warn(msg, *args, **kwargs):
    """The old name of warning(); warns."""
    _deprecated_warn('function')
    warning(msg, *args, **kwargs)


def info(msg, *args, **kwargs):
    """Log a message of level INFO with the root logger."""
    _configured().info(msg, *args, **kwargs)


def debug(msg, *args, **kwargs):
    """Log a message of level DEBUG with the root logger."""
    _configured().debug(msg, *args, **kwargs)


def log(level, msg, *args, **kwargs):
    """Log a message of a level given as a number with the root logger."""
    _configured().log(level, msg, *args, **kwargs)


def disable(level=CRITICAL):
    """Drop all messages of a level and below, whatever the loggers say."""
    manager = root.manager
    manager.disable = level
    manager._clear_cache()


def shutdown(handlerList=_handlerList):
    """Flush and close all handlers; called at the end of the program."""
    for reference in reversed(handlerList[:]):
        # One bad handler must not keep others from writing what they have.
        try:
            handler = reference()
            if handler:
                try:
                    handler.acquire()
                    handler.flush()
                    handler.close()
                except (OSError, ValueError):
                    pass        # the stream was closed by others
                finally:
                    handler.release()
        except:
            if raiseExceptions:
                raise


import atexit
atexit.register(shutdown)


class NullHandler(Handler):
    """Does nothing; libraries give it to their loggers so that their messages need not be configured."""

    def handle(self, record):
        """Do nothing."""

    def emit(self, record):
        """Do nothing."""

    def createLock(self):
        """Make no lock."""
        self.lock = None


_warnings_showwarning = None        # what warnings.showwarning was before


def _showwarning(message, category, filename, lineno, file=None, line=None):
    """Takes the place of warnings.showwarning: logs what has no file to go to."""
    if file is not None:
        if _warnings_showwarning is not None:
            _warnings_showwarning(message, category, filename, lineno, file, line)
        return
    import warnings
    text = warnings.formatwarning(message, category, filename, lineno, line)
    logger = getLogger("py.warnings")
    if not logger.handlers:
        logger.addHandler(NullHandler())
    logger.warning("%s", text)


def captureWarnings(capture):
    """Send warnings to the logger "py.warnings" (true), or where they went before (false)."""
    global _warnings_showwarning
    import warnings
    if bool(capture) == (_warnings_showwarning is not None):
        return      # it is so
    if capture:
        _warnings_showwarning, warnings.showwarning = warnings.showwarning, _showwarning
    else:
        warnings.showwarning, _warnings_showwarning = _warnings_showwarning, None
