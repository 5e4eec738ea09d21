# SPDX-License-Identifier: MIT
"""Configuration of logging: from a dictionary, from an INI file, or from what comes over a socket.

dictConfig() understands dictionaries of version 1, described at DictConfigurator; fileConfig() an older format.
"""

import errno
import io
import logging
import logging.handlers
import re
import struct
import sys
import threading

DEFAULT_LOGGING_CONFIG_PORT = 9030
RESET_ERROR = errno.ECONNRESET

_listener = None        # the server started by listen()


# INI files

def fileConfig(fname, defaults=None, disable_existing_loggers=True):
    """Configure logging from an INI file: its name, a file object, or a RawConfigParser.

    defaults are for the parser.  Loggers that exist and are not mentioned get disabled, unless told otherwise.
    """
    import configparser
    parser = fname
    if not isinstance(fname, configparser.RawConfigParser):
        parser = configparser.ConfigParser(defaults)
        if hasattr(fname, 'readline'):
            parser.read_file(fname)
        else:
            parser.read(fname)
    formatters = _create_formatters(parser)
    with logging._lock:
        _clearExistingHandlers()
        _install_loggers(parser, _install_handlers(parser, formatters), disable_existing_loggers)


def _resolve(name):
    """The object of a dotted name; modules are imported on the way."""
    first, *rest = name.split('.')
    path, found = first, __import__(first)
    for part in rest:
        path += '.' + part
        if not hasattr(found, part):
            __import__(path)
        found = getattr(found, part)
    return found


def _strip_spaces(alist):
    return map(str.strip, alist)


def _listed(text):
    """The words of a list with commas; none in an empty one."""
    return list(_strip_spaces(text.split(','))) if text else []


def _create_formatters(cp):
    """The formatters of a file, by name."""
    formatters = {}
    for name in _listed(cp["formatters"]["keys"]):
        section = cp["formatter_" + name]
        # The values are formats themselves: nothing in them is to be put in.
        text, datefmt, style = (cp.get(section.name, option, raw=True, fallback=default)
                                for option, default in (("format", None), ("datefmt", None), ("style", '%')))
        kind = section.get("class")
        maker = _resolve(kind) if kind else logging.Formatter
        formatters[name] = maker(text, datefmt, style)
    return formatters


def _install_handlers(cp, formatters):
    """The handlers of a file, by name."""
    handlers = {}
    targets = []
    for name in _listed(cp["handlers"]["keys"]):
        section = cp["handler_" + name]
        try:
            maker = eval(section["class"], vars(logging))
        except (AttributeError, NameError):
            maker = _resolve(section["class"])
        args = eval(section.get("args", '()'), vars(logging))
        kwargs = eval(section.get("kwargs", '{}'), vars(logging))
        handler = maker(*args, **kwargs)
        handler.name = name
        if "level" in section:
            handler.setLevel(section["level"])
        formatter = section.get("formatter", "")
        if formatter:
            handler.setFormatter(formatters[formatter])
        if issubclass(maker, logging.handlers.MemoryHandler) and section.get("target"):
            targets.append((handler, section["target"]))
        handlers[name] = handler
    # Now that all are there.
    for handler, target in targets:
        handler.setTarget(handlers[target])
    return handlers


def _handle_existing_loggers(existing, child_loggers, disable_existing):
    """Loggers that were there before and are not mentioned: those below mentioned ones are reset, others disabled."""
    for name in existing:
        logger = logging.root.manager.loggerDict[name]
        if name not in child_loggers:
            logger.disabled = disable_existing
        elif not isinstance(logger, logging.PlaceHolder):
            logger.setLevel(logging.NOTSET)
            logger.handlers = []
            logger.propagate = True


class _Existing:
    """The names of loggers there are before a configuration, of which those it mentions are taken out."""

    def __init__(self):
        self.names = sorted(logging.root.manager.loggerDict)
        self.below = []     # those below mentioned ones

    def mention(self, name):
        if name in self.names:
            self.below += [other for other in self.names if other.startswith(name + '.')]
            self.names.remove(name)

    def handle(self, disable):
        _handle_existing_loggers(self.names, self.below, disable)


def _replace_handlers(logger, handlers):
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
    for handler in handlers:
        logger.addHandler(handler)


def _install_loggers(cp, handlers, disable_existing):
    """Configure the loggers of a file."""
    names = _listed(cp["loggers"]["keys"])
    names.remove("root")
    section = cp["logger_root"]
    if "level" in section:
        logging.root.setLevel(section["level"])
    _replace_handlers(logging.root, [handlers[name] for name in _listed(section["handlers"])])
    existing = _Existing()
    for name in names:
        section = cp["logger_" + name]
        qualified = section["qualname"]
        logger = logging.getLogger(qualified)
        existing.mention(qualified)
        if "level" in section:
            logger.setLevel(section["level"])
        _replace_handlers(logger, [handlers[handler] for handler in _listed(section["handlers"])])
        logger.propagate = section.getint("propagate", fallback=1)
        logger.disabled = 0
    existing.handle(disable_existing)


def _clearExistingHandlers():
    """Forget and close all handlers."""
    logging._handlers.clear()
    logging.shutdown(logging._handlerList[:])
    del logging._handlerList[:]


# Dictionaries

IDENTIFIER = re.compile('^[a-z_][a-z0-9_]*$', re.IGNORECASE)


def valid_ident(s):
    """Return True for a name that can be a Python identifier (of ASCII); else raise ValueError."""
    if not IDENTIFIER.match(s):
        raise ValueError('Not a valid Python identifier: %r' % s)
    return True


class ConvertingMixin:
    """For containers whose values are converted when they are looked at."""

    def convert_with_key(self, key, value, replace=True):
        """Convert a value, keep the result in its place, and tell it where it belongs."""
        converted = self.configurator.convert(value)
        if converted is not value:
            if replace:
                self[key] = converted
            self._adopt(converted, key)
        return converted

    def convert(self, value):
        """Convert a value that is not kept."""
        converted = self.configurator.convert(value)
        if converted is not value:
            self._adopt(converted)
        return converted

    def _adopt(self, converted, key=None):
        if type(converted) in (ConvertingDict, ConvertingList, ConvertingTuple):
            converted.parent = self
            if key is not None:
                converted.key = key


class ConvertingDict(dict, ConvertingMixin):
    """A dictionary that converts its values."""

    def __getitem__(self, key):
        return self.convert_with_key(key, dict.__getitem__(self, key))

    def get(self, key, default=None):
        """Return a value, converted, or the default."""
        return self.convert_with_key(key, dict.get(self, key, default))

    def pop(self, key, default=None):
        """Remove a key and return its value, converted, or the default."""
        return self.convert_with_key(key, dict.pop(self, key, default), replace=False)


class ConvertingList(list, ConvertingMixin):
    """A list that converts its values."""

    def __getitem__(self, key):
        return self.convert_with_key(key, list.__getitem__(self, key))

    def pop(self, idx=-1):
        """Remove an item and return it, converted."""
        return self.convert(list.pop(self, idx))


class ConvertingTuple(tuple, ConvertingMixin):
    """A tuple that converts its values."""

    def __getitem__(self, key):
        # It cannot keep the result.
        return self.convert_with_key(key, tuple.__getitem__(self, key), replace=False)


class BaseConfigurator:
    """Turns the values of a configuration into objects.

    "ext://a.b" stands for the object a.b, "cfg://x.y[0]" for another part of the configuration.
    """

    DIGIT_PATTERN = re.compile(r'\d+$')
    # The steps of a path: a name, .name and [key], with space anywhere.
    WORD_PATTERN, DOT_PATTERN, INDEX_PATTERN = (
        re.compile(before + r'\s*(\w+)\s*' + after) for before, after in (('', ''), (r'\.', ''), (r'\[', r'\]\s*')))
    CONVERT_PATTERN = re.compile('(?P<prefix>[a-z]+)://(?P<suffix>.*)$')

    value_converters = {'ext': 'ext_convert', 'cfg': 'cfg_convert'}

    importer = staticmethod(__import__)

    def __init__(self, config):
        self.config = ConvertingDict(config)
        self.config.configurator = self

    def resolve(self, s):
        """Return the object of a dotted name; ValueError if it cannot be imported."""
        first, *rest = s.split('.')
        path = first
        try:
            found = self.importer(first)
            for part in rest:
                path += '.' + part
                try:
                    found = getattr(found, part)
                except AttributeError:
                    self.importer(path)
                    found = getattr(found, part)
            return found
        except ImportError as cause:
            failure = ValueError('Cannot resolve %r: %s' % (s, cause))
            failure.__cause__, failure.__traceback__ = cause, cause.__traceback__
            raise failure

    def ext_convert(self, value):
        """Return what an "ext://" value stands for."""
        return self.resolve(value)

    def cfg_convert(self, value):
        """Return what a "cfg://" value stands for."""
        match = self.WORD_PATTERN.match(value)
        if match is None:
            raise ValueError("Unable to convert %r" % value)
        rest = value[match.end():]
        found = self.config[match.group(1)]
        while rest:
            match = self.DOT_PATTERN.match(rest)
            if match:
                found = found[match.group(1)]
            else:
                match = self.INDEX_PATTERN.match(rest)
                if not match:
                    raise ValueError('Unable to convert %r at %r' % (value, rest))
                key = match.group(1)
                if self.DIGIT_PATTERN.match(key):
                    # An index, though a dictionary may have it for a key.
                    try:
                        found = found[int(key)]
                    except TypeError:
                        found = found[key]
                else:
                    found = found[key]
            rest = rest[match.end():]
        return found

    def convert(self, value):
        """Return a value converted: containers into converting ones, strings with a prefix into what they mean."""
        if isinstance(value, (ConvertingDict, ConvertingList, ConvertingTuple)):
            return value
        for plain, converting in (dict, ConvertingDict), (list, ConvertingList), (tuple, ConvertingTuple):
            # A named tuple is not just a container.
            if isinstance(value, plain) and not (plain is tuple and hasattr(value, '_fields')):
                value = converting(value)
                value.configurator = self
                return value
        if isinstance(value, str):
            match = self.CONVERT_PATTERN.match(value)
            if match:
                converter = self.value_converters.get(match.group('prefix'))
                if converter:
                    return getattr(self, converter)(match.group('suffix'))
        return value

    def configure_custom(self, config):
        """Return an object made by the callable at the key "()" from the other keys."""
        maker = config.pop('()')
        if not callable(maker):
            maker = self.resolve(maker)
        attributes = config.pop('.', None)
        made = maker(**self._arguments(config))
        if attributes:
            for name, value in attributes.items():
                setattr(made, name, value)
        return made

    @staticmethod
    def _arguments(config):
        return {key: config[key] for key in config if valid_ident(key)}

    def as_tuple(self, value):
        """Return a list as a tuple."""
        return tuple(value) if isinstance(value, list) else value


class _TargetNotThereYet(ValueError):
    """A handler refers to one that is not configured yet."""


class DictConfigurator(BaseConfigurator):
    """Configures logging from a dictionary of version 1.

    Keys: formatters, filters, handlers and loggers (dictionaries by id), root, incremental (only change levels and
    propagation), disable_existing_loggers.
    """

    def configure(self):
        """Do it; ValueError says what is wrong."""
        config = self.config
        try:
            version = config['version']
        except KeyError:
            raise ValueError("dictionary doesn't specify a version") from None
        if version != 1:
            raise ValueError("Unsupported version: %s" % version)
        with logging._lock:
            if config.pop('incremental', False):
                self._change(config)
            else:
                self._set_up(config)

    @staticmethod
    def _each(what, names, action):
        """Call action for each name; an exception becomes a ValueError that tells the name."""
        for name in names:
            try:
                action(name)
            except Exception as cause:
                raise ValueError('Unable to configure %s %r' % (what, name)) from cause

    def _root_logger(self, config, incremental):
        root = config.get('root', None)
        if root:
            try:
                self.configure_root(root, incremental)
            except Exception as cause:
                raise ValueError('Unable to configure root logger') from cause

    def _change(self, config):
        """The incremental configuration."""
        handlers = config.get('handlers', {})

        def change_handler(name):
            if name not in logging._handlers:
                raise ValueError('No handler found with name %r' % name)
            level = handlers[name].get('level', None)
            if level:
                logging._handlers[name].setLevel(logging._checkLevel(level))

        for name in handlers:
            if name not in logging._handlers:
                raise ValueError('No handler found with name %r' % name)
        self._each('handler', handlers, change_handler)
        loggers = config.get('loggers', {})
        self._each('logger', loggers, lambda name: self.configure_logger(name, loggers[name], True))
        self._root_logger(config, True)

    def _set_up(self, config):
        """The complete configuration."""
        disable_existing = config.pop('disable_existing_loggers', True)
        _clearExistingHandlers()
        for key, make in ('formatters', self.configure_formatter), ('filters', self.configure_filter):
            entries = config.get(key, {})

            def configure(name):
                entries[name] = make(entries[name])
            self._each(key[:-1], entries, configure)
        self._set_up_handlers(config.get('handlers', {}))
        loggers = config.get('loggers', {})
        existing = _Existing()

        def configure_logger(name):
            existing.mention(name)
            self.configure_logger(name, loggers[name])

        self._each('logger', loggers, configure_logger)
        existing.handle(disable_existing)
        self._root_logger(config, False)

    def _set_up_handlers(self, handlers):
        deferred = []

        def configure(name):
            handler = self.configure_handler(handlers[name])
            handler.name = name
            handlers[name] = handler

        def configure_or_defer(name):
            try:
                configure(name)
            except Exception as failure:
                if not isinstance(failure.__cause__, _TargetNotThereYet):
                    raise
                deferred.append(name)

        self._each('handler', sorted(handlers), configure_or_defer)
        self._each('handler', deferred, configure)

    def configure_formatter(self, config):
        """Return the formatter of a dictionary."""
        if '()' in config:
            maker = config['()']
            try:
                return self.configure_custom(config)
            except TypeError as failure:
                if "'format'" not in str(failure):
                    raise
                # One that takes the format by the name that Formatter uses.
                config['fmt'] = config.pop('format')
                config['()'] = maker
                return self.configure_custom(config)
        kind = config.get('class', None)
        maker = _resolve(kind) if kind else logging.Formatter
        # Not given to classes that may not know it.
        extra = (config['validate'],) if 'validate' in config else ()
        return maker(config.get('format', None), config.get('datefmt', None), config.get('style', '%'), *extra)

    def configure_filter(self, config):
        """Return the filter of a dictionary."""
        return self.configure_custom(config) if '()' in config else logging.Filter(config.get('name', ''))

    def add_filters(self, filterer, filters):
        """Add filters to a logger or handler by their ids."""
        for name in filters:
            try:
                filterer.addFilter(self.config['filters'][name])
            except Exception as cause:
                raise ValueError('Unable to add filter %r' % name) from cause

    def configure_handler(self, config):
        """Return the handler of a dictionary."""
        whole = dict(config)    # in case it has to be done again
        formatter = config.pop('formatter', None)
        if formatter:
            try:
                formatter = self.config['formatters'][formatter]
            except Exception as cause:
                raise ValueError('Unable to set formatter %r' % formatter) from cause
        level, filters = config.pop('level', None), config.pop('filters', None)
        if '()' in config:
            maker = config.pop('()')
            if not callable(maker):
                maker = self.resolve(maker)
        else:
            maker = self.resolve(config.pop('class'))
            self._resolve_references(maker, config, whole)
        attributes = config.pop('.', None)
        arguments = self._arguments(config)
        try:
            handler = maker(**arguments)
        except TypeError as failure:
            if "'stream'" not in str(failure):
                raise
            # The name this argument had once.
            arguments['strm'] = arguments.pop('stream')
            handler = maker(**arguments)
        if formatter:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(logging._checkLevel(level))
        if filters:
            self.add_filters(handler, filters)
        if attributes:
            for name, value in attributes.items():
                setattr(handler, name, value)
        return handler

    def _resolve_references(self, maker, config, whole):
        """Arguments of handlers known here that are ids or lists."""
        if issubclass(maker, logging.handlers.MemoryHandler) and 'target' in config:
            try:
                target = self.config['handlers'][config['target']]
                if not isinstance(target, logging.Handler):
                    config.update(whole)
                    raise _TargetNotThereYet('target not configured yet')
                config['target'] = target
            except Exception as cause:
                raise ValueError('Unable to set target handler %r' % config['target']) from cause
        elif issubclass(maker, logging.handlers.SMTPHandler) and 'mailhost' in config:
            config['mailhost'] = self.as_tuple(config['mailhost'])
        elif issubclass(maker, logging.handlers.SysLogHandler) and 'address' in config:
            config['address'] = self.as_tuple(config['address'])

    def add_handlers(self, logger, handlers):
        """Add handlers to a logger by their ids."""
        for name in handlers:
            try:
                logger.addHandler(self.config['handlers'][name])
            except Exception as cause:
                raise ValueError('Unable to add handler %r' % name) from cause

    def common_logger_config(self, logger, config, incremental=False):
        """Do what is the same for the root and other loggers."""
        level = config.get('level', None)
        if level is not None:
            logger.setLevel(logging._checkLevel(level))
        if incremental:
            return
        _replace_handlers(logger, ())
        for key, add in ('handlers', self.add_handlers), ('filters', self.add_filters):
            ids = config.get(key, None)
            if ids:
                add(logger, ids)

    def configure_logger(self, name, config, incremental=False):
        """Configure a logger."""
        named = logging.getLogger(name)
        self.common_logger_config(named, config, incremental)
        if config.get('propagate') is not None:
            named.propagate = config['propagate']

    def configure_root(self, config, incremental=False):
        """Configure the root logger."""
        self.common_logger_config(logging.getLogger(), config, incremental)


dictConfigClass = DictConfigurator


def dictConfig(config):
    """Configure logging from a dictionary; see DictConfigurator.  ValueError is raised if that is wrong."""
    dictConfigClass(config).configure()


# Configurations over a socket

def _configure_from(text):
    """Use what was received: a dictionary in JSON, or an INI file."""
    import json
    import traceback
    try:
        try:
            config = json.loads(text)
            assert isinstance(config, dict)
            dictConfig(config)
        except Exception:
            fileConfig(io.StringIO(text))
    except Exception:
        traceback.print_exc()


def _make_server_classes():
    from socketserver import StreamRequestHandler, ThreadingTCPServer

    class ConfigStreamHandler(StreamRequestHandler):
        """Takes one configuration: four bytes of length, then so many bytes."""

        def _receive(self, data, size):
            while len(data) < size:
                part = self.connection.recv(size - len(data))
                if not part:
                    break
                data += part
            return data

        def handle(self):
            try:
                head = self.connection.recv(4)
                if len(head) == 4:
                    size, = struct.unpack(">L", head)
                    data = self._receive(b'', size)
                    if self.server.verify is not None:
                        data = self.server.verify(data)
                    if data is not None:
                        _configure_from(data.decode("utf-8"))
                if self.server.ready:
                    self.server.ready.set()
            except OSError as error:
                if error.errno != RESET_ERROR:
                    raise

    class ConfigSocketReceiver(ThreadingTCPServer):
        """Takes configurations until told to stop."""

        allow_reuse_address = 1

        def __init__(self, host='localhost', port=DEFAULT_LOGGING_CONFIG_PORT, handler=None, ready=None, verify=None):
            ThreadingTCPServer.__init__(self, (host, port), handler)
            self.abort = 0
            self.timeout = 1
            self.ready, self.verify = ready, verify

        def serve_until_stopped(self):
            import select
            abort = 0
            while not abort:
                if select.select([self.socket.fileno()], [], [], self.timeout)[0]:
                    self.handle_request()
                with logging._lock:
                    abort = self.abort
            self.server_close()

    return ConfigSocketReceiver, ConfigStreamHandler


def listen(port=DEFAULT_LOGGING_CONFIG_PORT, verify=None):
    """Return a thread that, once started, takes configurations from a socket on the local host.

    What comes is a length (four bytes, the highest first) and that many bytes.  verify is called with the bytes and
    returns what to use in their place, or None to reject them.  stopListening() ends the thread.
    """
    receiver, handler_class = _make_server_classes()

    class Server(threading.Thread):
        def __init__(self):
            super().__init__()
            self.ready = threading.Event()
            self.port = port

        def run(self):
            global _listener
            server = receiver(port=port, handler=handler_class, ready=self.ready, verify=verify)
            if not self.port:
                self.port = server.server_address[1]
            self.ready.set()
            with logging._lock:
                _listener = server
            server.serve_until_stopped()

    return Server()


def stopListening():
    """Stop what listen() made; nothing happens if there is none."""
    global _listener
    with logging._lock:
        if _listener:
            _listener.abort = 1
            _listener = None
