# SPDX-License-Identifier: MIT
"""Mailboxes on disk as mappings: Maildir, mbox, MH, Babyl and MMDF.

    box = mbox('~/mail')
    for message in box:
        print(message['subject'])
    box.lock()
    key = box.add(message)
    box.flush()
    box.unlock()

A box maps keys, that it chooses itself, to messages: a MaildirMessage, mboxMessage... that knows what the format can
say besides the mail, flags above all, and can be made from one of another format.  Those in one file (mbox, MMDF,
Babyl) write changes at flush(), and are to be locked when another program may change them.
"""

import contextlib
import email
import email.generator
import email.message
import errno
import io
import os
import socket
import time
import warnings
from _mailbox_messages import (BabylMessage, MHMessage, MMDFMessage, MaildirMessage, Message, _mboxMMDFMessage,
                               mboxMessage)

try:
    import fcntl
except ImportError:
    fcntl = None

__all__ = ['Mailbox', 'Maildir', 'mbox', 'MH', 'Babyl', 'MMDF', 'Message', 'MaildirMessage', 'mboxMessage',
           'MHMessage', 'BabylMessage', 'MMDFMessage', 'Error', 'NoSuchMailboxError', 'NotEmptyError',
           'ExternalClashError', 'FormatError']

linesep = os.linesep.encode('ascii')


class Error(Exception):
    """The base of the module's exceptions."""


class NoSuchMailboxError(Error):
    """There is no such mailbox, and it is not to be made."""


class NotEmptyError(Error):
    """What is to be removed is not empty."""


class ExternalClashError(Error):
    """Another program has done something that makes it impossible to go on."""


class FormatError(Error):
    """A file is damaged."""


# ---- mailboxes ----

_NONE = object()


class Mailbox:
    """The base of mailboxes: a mapping of keys to messages.

    path: of the file or folder.  factory: called with a binary file, makes the messages; None for the class that
    belongs to the format.  create: make the mailbox if there is none.
    """

    _append_newline = False             # whether messages have to end in a line end

    def __init__(self, path, factory=None, create=True):
        self._path = os.path.abspath(os.path.expanduser(path))
        self._factory = factory

    # -- what each format defines --

    def add(self, message):
        """Add a message: a Message, a str in ASCII, bytes, or a binary file.  Return its key."""
        raise NotImplementedError('Method must be implemented by subclass')

    def remove(self, key):
        """Remove a message; KeyError if there is none."""
        raise NotImplementedError('Method must be implemented by subclass')

    def __setitem__(self, key, message):
        raise NotImplementedError('Method must be implemented by subclass')

    def get_message(self, key):
        """Return a message, of the class of the format."""
        raise NotImplementedError('Method must be implemented by subclass')

    def get_bytes(self, key):
        """Return a message as bytes."""
        raise NotImplementedError('Method must be implemented by subclass')

    def get_file(self, key):
        """Return a message as a binary file."""
        raise NotImplementedError('Method must be implemented by subclass')

    def iterkeys(self):
        """Iterate over the keys."""
        raise NotImplementedError('Method must be implemented by subclass')

    def __contains__(self, key):
        raise NotImplementedError('Method must be implemented by subclass')

    def __len__(self):
        raise NotImplementedError('Method must be implemented by subclass')

    def flush(self):
        """Write changes to disk."""
        raise NotImplementedError('Method must be implemented by subclass')

    def lock(self):
        """Lock the mailbox; ExternalClashError if another program has."""
        raise NotImplementedError('Method must be implemented by subclass')

    def unlock(self):
        """Unlock the mailbox."""
        raise NotImplementedError('Method must be implemented by subclass')

    def close(self):
        """Write changes, unlock and close."""
        raise NotImplementedError('Method must be implemented by subclass')

    # -- what follows from it --

    def __delitem__(self, key):
        self.remove(key)

    def discard(self, key):
        """Remove a message, if it is there."""
        try:
            self.remove(key)
        except KeyError:
            pass

    def get(self, key, default=None):
        """Return a message, or default."""
        try:
            return self[key]
        except KeyError:
            return default

    def __getitem__(self, key):
        if not self._factory:
            return self.get_message(key)
        with contextlib.closing(self.get_file(key)) as f:
            return self._factory(f)

    def get_string(self, key):
        """Return a message as a str in ASCII."""
        return email.message_from_bytes(self.get_bytes(key)).as_string()

    def keys(self):
        """Return the keys, a list."""
        return list(self.iterkeys())

    def iteritems(self):
        """Iterate over pairs of a key and its message."""
        for key in self.iterkeys():
            try:
                value = self[key]
            except KeyError:            # another program has removed it
                continue
            yield key, value

    def itervalues(self):
        """Iterate over the messages."""
        for _, value in self.iteritems():
            yield value

    def __iter__(self):
        return self.itervalues()

    def values(self):
        """Return the messages, a list."""
        return list(self.itervalues())

    def items(self):
        """Return pairs of a key and its message, a list."""
        return list(self.iteritems())

    def clear(self):
        """Remove all messages."""
        for key in self.keys():
            self.discard(key)

    def pop(self, key, default=None):
        """Remove a message and return it, or default if there is none."""
        result = self.get(key, _NONE)
        if result is _NONE:
            return default
        self.discard(key)
        return result

    def popitem(self):
        """Remove some message and return (key, message)."""
        for key in self.iterkeys():
            return key, self.pop(key)
        raise KeyError('No messages in mailbox')

    def update(self, arg=None):
        """Replace messages by those of a mapping or of pairs; KeyError at the end if keys are missing."""
        for name in ('iteritems', 'items'):
            if hasattr(arg, name):
                arg = getattr(arg, name)()
                break
        missing = False
        for key, message in arg:
            try:
                self[key] = message
            except KeyError:
                missing = True
        if missing:
            raise KeyError('No message with key(s)')

    # -- writing messages --

    def _string_to_bytes(self, message):
        try:
            return message.encode('ascii')
        except UnicodeError:
            raise ValueError('String input must be ASCII-only; use bytes or a Message instead')

    def _dump_message(self, message, target, mangle_from_=False):
        """Write a message to a file; mangle_from_: put '>' before lines that begin with 'From '."""
        if isinstance(message, email.message.Message):
            f = io.BytesIO()
            email.generator.BytesGenerator(f, mangle_from_, 0).flatten(message)
            data = f.getvalue().replace(b'\n', linesep)
            self._end_line(target, data)
        elif isinstance(message, (str, bytes, io.StringIO)):
            if isinstance(message, io.StringIO):
                warnings.warn('Use of StringIO input is deprecated, use BytesIO instead', DeprecationWarning, 3)
                message = message.getvalue()
            data = self._string_to_bytes(message) if isinstance(message, str) else message
            if mangle_from_:
                data = data.replace(b'\nFrom ', b'\n>From ')
            self._end_line(target, data.replace(b'\n', linesep))
        elif hasattr(message, 'read'):
            if hasattr(message, 'buffer'):
                warnings.warn('Use of text mode files is deprecated, use a binary mode file instead',
                              DeprecationWarning, 3)
                message = message.buffer
            self._dump_file(message, target, mangle_from_)
        else:
            raise TypeError('Invalid message type: %s' % type(message))

    def _end_line(self, target, data):
        target.write(data)
        if self._append_newline and not data.endswith(linesep):
            target.write(linesep)

    def _dump_file(self, source, target, mangle_from_):
        last = None
        for line in iter(source.readline, b''):
            if line.endswith(b'\r\n'):          # lines may end in any way
                line = line[:-2] + b'\n'
            elif line.endswith(b'\r'):
                line = line[:-1] + b'\n'
            if mangle_from_ and line.startswith(b'From '):
                line = b'>' + line
            last = line.replace(b'\n', linesep)
            target.write(last)
        if self._append_newline and last and not last.endswith(linesep):
            target.write(linesep)


class Maildir(Mailbox):
    """A folder with the folders tmp, new and cur, and in these a file for each message; nothing needs a lock.

    The key is the name of the file up to the colon; behind it is the 'info' with the flags.
    """

    colon = ':'
    _count = 1                          # for unique names

    def __init__(self, dirname, factory=None, create=True):
        Mailbox.__init__(self, dirname, factory, create)
        self._paths = {name: os.path.join(self._path, name) for name in ('tmp', 'new', 'cur')}
        if not os.path.exists(self._path):
            if not create:
                raise NoSuchMailboxError(self._path)
            os.mkdir(self._path, 0o700)
            for path in self._paths.values():
                os.mkdir(path, 0o700)
        self._toc = {}                  # key -> path within the folder
        self._toc_mtimes = {'cur': 0, 'new': 0}
        self._last_read = 0             # when _toc was read
        self._skewfactor = 0.1          # of clocks: some file systems are not on this machine

    def _full(self, subpath):
        return os.path.join(self._path, subpath)

    def add(self, message):
        """Add a message and return its key."""
        temporary = self._create_tmp()
        try:
            self._dump_message(message, temporary)
        except BaseException:
            temporary.close()
            os.remove(temporary.name)
            raise
        _sync_close(temporary)
        subdir, suffix = 'new', ''
        if isinstance(message, MaildirMessage):
            subdir = message.get_subdir()
            suffix = message.get_info() and self.colon + message.get_info()
            os.utime(temporary.name, (os.path.getatime(temporary.name), message.get_date()))
        key = os.path.basename(temporary.name).split(self.colon)[0]
        target = os.path.join(self._path, subdir, key + suffix)
        try:
            try:
                os.link(temporary.name, target)         # unlike rename() that fails if there is one
            except (AttributeError, PermissionError):
                os.rename(temporary.name, target)
            else:
                os.remove(temporary.name)
        except OSError as error:
            os.remove(temporary.name)
            if error.errno == errno.EEXIST:
                raise ExternalClashError('Name clash with existing message: %s' % target)
            raise
        return key

    def remove(self, key):
        os.remove(self._full(self._lookup(key)))

    def discard(self, key):
        try:
            self.remove(key)
        except (KeyError, FileNotFoundError):
            pass

    def __setitem__(self, key, message):
        old = self._lookup(key)
        temporary = self._lookup(self.add(message))
        known = isinstance(message, MaildirMessage)
        subdir, name = os.path.split(temporary if known else old)   # whose place and flags count
        suffix = self.colon + name.split(self.colon)[-1] if self.colon in name else ''
        self.discard(key)
        source = self._full(temporary)
        if known:
            os.utime(source, (os.path.getatime(source), message.get_date()))
        os.rename(source, os.path.join(self._path, subdir, key + suffix))

    def get_message(self, key):
        """Return a MaildirMessage, or what the factory makes."""
        subpath = self._lookup(key)
        with open(self._full(subpath), 'rb') as f:
            message = (self._factory or MaildirMessage)(f)
        subdir, name = os.path.split(subpath)
        message.set_subdir(subdir)
        if self.colon in name:
            message.set_info(name.split(self.colon)[-1])
        message.set_date(os.path.getmtime(self._full(subpath)))
        return message

    def get_bytes(self, key):
        with open(self._full(self._lookup(key)), 'rb') as f:
            return f.read().replace(linesep, b'\n')

    def get_file(self, key):
        return _ProxyFile(open(self._full(self._lookup(key)), 'rb'))

    def iterkeys(self):
        self._refresh()
        for key in self._toc:
            try:
                self._lookup(key)
            except KeyError:
                continue
            yield key

    def __contains__(self, key):
        self._refresh()
        return key in self._toc

    def __len__(self):
        self._refresh()
        return len(self._toc)

    def flush(self):
        """Do nothing: changes are on disk at once."""

    def lock(self):
        """Do nothing: there is no need for it."""

    def unlock(self):
        """Do nothing."""

    def close(self):
        """Do nothing."""

    def list_folders(self):
        """Return the names of the folders in this one."""
        return [name[1:] for name in os.listdir(self._path)
                if len(name) > 1 and name[0] == '.' and os.path.isdir(self._full(name))]

    def get_folder(self, folder):
        """Return a folder in this one as a Maildir."""
        return Maildir(self._full('.' + folder), factory=self._factory, create=False)

    def add_folder(self, folder):
        """Make a folder and return it."""
        path = self._full('.' + folder)
        result = Maildir(path, factory=self._factory)
        mark = os.path.join(path, 'maildirfolder')
        if not os.path.exists(mark):
            os.close(os.open(mark, os.O_CREAT | os.O_WRONLY, 0o666))
        return result

    def remove_folder(self, folder):
        """Remove a folder; NotEmptyError if there is something in it."""
        import shutil
        path = self._full('.' + folder)
        for subdir in ('new', 'cur'):
            if any(not name.startswith('.') for name in os.listdir(os.path.join(path, subdir))):
                raise NotEmptyError('Folder contains message(s): %s' % folder)
        for name in os.listdir(path):
            if name not in self._paths and os.path.isdir(os.path.join(path, name)):
                raise NotEmptyError("Folder contains subdirectory '%s': %s" % (folder, name))
        shutil.rmtree(path)

    def clean(self):
        """Remove what has been in tmp for 36 hours."""
        now = time.time()
        for name in os.listdir(self._paths['tmp']):
            path = os.path.join(self._paths['tmp'], name)
            if now - os.path.getatime(path) > 129600:
                os.remove(path)

    def _create_tmp(self):
        """Make a file in tmp, with a name that nobody else uses."""
        now = time.time()
        host = socket.gethostname().replace('/', r'\057').replace(':', r'\072')
        name = '%s.M%sP%sQ%s.%s' % (int(now), int(now % 1 * 1e6), os.getpid(), Maildir._count, host)
        path = os.path.join(self._paths['tmp'], name)
        try:
            os.stat(path)
        except FileNotFoundError:
            Maildir._count += 1
            try:
                return _create_carefully(path)
            except FileExistsError:
                pass
        raise ExternalClashError('Name clash prevented file creation: %s' % path)

    def _refresh(self):
        """Read the folder anew if it may have changed.

        Times of files are full seconds on some systems, so what has just been read may have changed unnoticed.
        """
        if time.time() - self._last_read > 2 + self._skewfactor:
            changed = False
            for subdir in self._toc_mtimes:
                moment = os.path.getmtime(self._paths[subdir])
                if moment > self._toc_mtimes[subdir]:
                    changed = True
                self._toc_mtimes[subdir] = moment
            if not changed:
                return
        self._toc = {}
        for subdir in self._toc_mtimes:
            path = self._paths[subdir]
            for name in os.listdir(path):
                if not os.path.isdir(os.path.join(path, name)):
                    self._toc[name.split(self.colon)[0]] = os.path.join(subdir, name)
        self._last_read = time.time()

    def _lookup(self, key):
        """Return the path of a message within the folder; KeyError if there is none."""
        subpath = self._toc.get(key)
        if subpath is None or not os.path.exists(self._full(subpath)):
            self._refresh()
            subpath = self._toc.get(key)
            if subpath is None:
                raise KeyError('No message with key: %s' % key) from None
        return subpath

    def next(self):
        """Return the next message, None at the end: as a module of old did it."""
        if not hasattr(self, '_onetime_keys'):
            self._onetime_keys = self.iterkeys()
        for key in self._onetime_keys:
            try:
                return self[key]
            except KeyError:
                continue
        return None


class _singlefileMailbox(Mailbox):
    """The base of mailboxes in one file: _toc maps keys, numbers, to places in it."""

    def __init__(self, path, factory=None, create=True):
        Mailbox.__init__(self, path, factory, create)
        try:
            f = open(self._path, 'rb+')
        except OSError as error:
            if error.errno == errno.ENOENT:
                if not create:
                    raise NoSuchMailboxError(self._path)
                f = open(self._path, 'wb+')
            elif error.errno in (errno.EACCES, errno.EROFS):
                f = open(self._path, 'rb')
            else:
                raise
        self._file = f
        self._toc = None
        self._next_key = 0
        self._pending = False           # whether the file has to be written anew
        self._pending_sync = False      # whether it has only got longer
        self._locked = False
        self._file_length = None        # as last seen

    def add(self, message):
        """Add a message and return its key."""
        self._lookup()
        key = self._next_key
        self._toc[key] = self._append_message(message)
        self._next_key += 1
        self._pending_sync = True
        return key

    def remove(self, key):
        self._lookup(key)
        del self._toc[key]
        self._pending = True

    def __setitem__(self, key, message):
        self._lookup(key)
        self._toc[key] = self._append_message(message)
        self._pending = True

    def iterkeys(self):
        self._lookup()
        yield from self._toc.keys()

    def __contains__(self, key):
        self._lookup()
        return key in self._toc

    def __len__(self):
        self._lookup()
        return len(self._toc)

    def lock(self):
        if not self._locked:
            _lock_file(self._file)
            self._locked = True

    def unlock(self):
        if self._locked:
            _unlock_file(self._file)
            self._locked = False

    def flush(self):
        """Write changes: the file is written anew beside the old one, that it replaces then."""
        if not self._pending:
            if self._pending_sync:
                _sync_flush(self._file)
                self._pending_sync = False
            return
        assert self._toc is not None
        self._file.seek(0, 2)
        length = self._file.tell()
        if length != self._file_length:
            raise ExternalClashError('Size of mailbox file changed (expected %i, found %i)'
                                     % (self._file_length, length))
        fresh = _create_temporary(self._path)
        try:
            toc = self._copy_to(fresh)
            self._file_length = fresh.tell()
        except:
            fresh.close()
            os.remove(fresh.name)
            raise
        _sync_close(fresh)
        self._file.close()
        os.chmod(fresh.name, os.stat(self._path).st_mode)
        try:
            os.rename(fresh.name, self._path)
        except FileExistsError:
            os.remove(self._path)
            os.rename(fresh.name, self._path)
        self._file = open(self._path, 'rb+')
        self._toc = toc
        self._pending = self._pending_sync = False
        if self._locked:
            _lock_file(self._file, dotlock=False)

    def _copy_to(self, target):
        """Write all messages to a file and return their places there."""
        toc = {}
        self._pre_mailbox_hook(target)
        for key in sorted(self._toc):
            start, stop = self._toc[key]
            self._file.seek(start)
            self._pre_message_hook(target)
            new_start = target.tell()
            while start < stop:
                block = self._file.read(min(4096, stop - start))
                if not block:
                    break
                target.write(block)
                start += len(block)
            toc[key] = new_start, target.tell()
            self._post_message_hook(target)
        return toc

    def _pre_mailbox_hook(self, f):
        """Write what stands before all messages."""

    def _pre_message_hook(self, f):
        """Write what stands before a message."""

    def _post_message_hook(self, f):
        """Write what stands behind a message."""

    def close(self):
        try:
            self.flush()
        finally:
            try:
                if self._locked:
                    self.unlock()
            finally:
                self._file.close()

    def _lookup(self, key=None):
        """Return the place of a message; without a key only see to it that places are known."""
        if self._toc is None:
            self._generate_toc()
        if key is None:
            return None
        place = self._toc.get(key)
        if place is None:
            raise KeyError('No message with key: %s' % key)
        return place

    def _append_message(self, message):
        """Write a message behind the others and return its place."""
        self._file.seek(0, 2)
        before = self._file.tell()
        if not self._toc and not self._pending:
            self._pre_mailbox_hook(self._file)
        try:
            self._pre_message_hook(self._file)
            place = self._install_message(message)
            self._post_message_hook(self._file)
        except BaseException:
            self._file.truncate(before)
            raise
        self._file.flush()
        self._file_length = self._file.tell()
        return place


class _mboxMMDF(_singlefileMailbox):
    """What mbox and MMDF share: a message begins with a line 'From sender date'."""

    _mangle_from_ = True

    def _first_line(self, key):
        """Go behind the line 'From ' of a message; return it, and the end of the message."""
        start, stop = self._lookup(key)
        self._file.seek(start)
        return self._file.readline(), stop

    def _content(self, key, with_from):
        """Return the bytes of a message, and its first line."""
        first, stop = self._first_line(key)
        rest = self._file.read(stop - self._file.tell())
        return ((first if with_from else b'') + rest).replace(linesep, b'\n'), first.replace(linesep, b'')

    def get_message(self, key):
        """Return a message."""
        content, first = self._content(key, False)
        message = self._message_factory(content)
        message.set_from(first[5:].decode('ascii'))
        return message

    def get_string(self, key, from_=False):
        """Return a message as a str; from_: with the line 'From '."""
        return email.message_from_bytes(self.get_bytes(key, from_)).as_string(unixfrom=from_)

    def get_bytes(self, key, from_=False):
        """Return a message as bytes; from_: with the line 'From '."""
        return self._content(key, from_)[0]

    def get_file(self, key, from_=False):
        """Return a message as a binary file; from_: with the line 'From '."""
        first, stop = self._first_line(key)
        start = self._file.tell()
        return _PartialFile(self._file, start - len(first) if from_ else start, stop)

    def _install_message(self, message):
        """Write a message and return its place."""
        first = None
        if isinstance(message, str):
            message = self._string_to_bytes(message)
        if isinstance(message, bytes) and message.startswith(b'From '):
            first, _, message = message.partition(b'\n')
        elif isinstance(message, _mboxMMDFMessage):
            first = b'From ' + message.get_from().encode('ascii')
        elif isinstance(message, email.message.Message):
            first = message.get_unixfrom()
            if first is not None:
                first = first.encode('ascii')
        if first is None:
            first = b'From MAILER-DAEMON ' + time.asctime(time.gmtime()).encode()
        start = self._file.tell()
        self._file.write(first + linesep)
        self._dump_message(message, self._file, self._mangle_from_)
        return start, self._file.tell()

    def _note_toc(self, starts, stops):
        self._toc = dict(enumerate(zip(starts, stops)))
        self._next_key = len(self._toc)
        self._file.seek(0, 2)
        self._file_length = self._file.tell()


class mbox(_mboxMMDF):
    """A file of messages with an empty line behind each."""

    _append_newline = True

    def __init__(self, path, factory=None, create=True):
        self._message_factory = mboxMessage
        _mboxMMDF.__init__(self, path, factory, create)

    def _post_message_hook(self, f):
        f.write(linesep)

    def _generate_toc(self):
        starts, stops = [], []
        empty = False                   # whether the line before was empty: it is not of the message
        self._file.seek(0)
        while True:
            at = self._file.tell()
            line = self._file.readline()
            begins = line.startswith(b'From ')
            if begins and len(stops) < len(starts) or not line:
                stops.append(at - len(linesep) if empty else at)
            if not line:
                break
            if begins:
                starts.append(at)
            empty = line == linesep
        self._note_toc(starts, stops)


class MMDF(_mboxMMDF):
    """A file of messages with a line of four ^A before and behind each."""

    _MARK = b'\001\001\001\001' + linesep

    def __init__(self, path, factory=None, create=True):
        self._message_factory = MMDFMessage
        _mboxMMDF.__init__(self, path, factory, create)

    def _pre_message_hook(self, f):
        f.write(self._MARK)

    def _post_message_hook(self, f):
        f.write(linesep + self._MARK)

    def _generate_toc(self):
        starts, stops = [], []
        self._file.seek(0)
        following = 0
        while True:
            at, line = following, self._file.readline()
            following = self._file.tell()
            if not line:
                break
            if not line.startswith(self._MARK):
                continue
            starts.append(following)
            while True:
                at, line = following, self._file.readline()
                following = self._file.tell()
                if not line or line == self._MARK:
                    stops.append(at - len(linesep) if line else at)
                    break
            if not line:
                break
        self._note_toc(starts, stops)


class MH(Mailbox):
    """A folder with a file for each message, whose names are numbers, and a file of named sequences of them."""

    def __init__(self, path, factory=None, create=True):
        Mailbox.__init__(self, path, factory, create)
        if not os.path.exists(self._path):
            if not create:
                raise NoSuchMailboxError(self._path)
            os.mkdir(self._path, 0o700)
            os.close(os.open(self._sequences_path(), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self._locked = False

    def _sequences_path(self):
        return os.path.join(self._path, '.mh_sequences')

    def _file_of(self, key):
        return os.path.join(self._path, str(key))

    @contextlib.contextmanager
    def _opened(self, key, mode):
        """Open the file of a message, locked if the mailbox is; KeyError if there is none."""
        try:
            f = open(self._file_of(key), mode)
        except OSError as error:
            if error.errno == errno.ENOENT:
                raise KeyError('No message with key: %s' % key)
            raise
        with f:
            if self._locked:
                _lock_file(f)
            try:
                yield f
            finally:
                if self._locked:
                    _unlock_file(f)

    def add(self, message):
        """Add a message and return its key."""
        key = max(self.keys(), default=0) + 1
        f = _create_carefully(self._file_of(key))
        written = False
        try:
            if self._locked:
                _lock_file(f)
            try:
                try:
                    self._dump_message(message, f)
                except BaseException:
                    if self._locked:
                        _unlock_file(f)
                    _sync_close(f)
                    written = True
                    os.remove(self._file_of(key))
                    raise
                if isinstance(message, MHMessage):
                    self._dump_sequences(message, key)
            finally:
                if self._locked and not written:
                    _unlock_file(f)
        finally:
            if not written:
                _sync_close(f)
        return key

    def remove(self, key):
        try:
            f = open(self._file_of(key), 'rb+')
        except OSError as error:
            if error.errno == errno.ENOENT:
                raise KeyError('No message with key: %s' % key)
            raise
        f.close()
        os.remove(self._file_of(key))

    def __setitem__(self, key, message):
        with self._opened(key, 'rb+') as f:
            f.truncate(0)
            self._dump_message(message, f)
            if isinstance(message, MHMessage):
                self._dump_sequences(message, key)
            _sync_flush(f)

    def get_message(self, key):
        """Return an MHMessage."""
        with self._opened(key, 'rb+' if self._locked else 'rb') as f:
            message = MHMessage(f)
        for name, keys in self.get_sequences().items():
            if key in keys:
                message.add_sequence(name)
        return message

    def get_bytes(self, key):
        with self._opened(key, 'rb+' if self._locked else 'rb') as f:
            return f.read().replace(linesep, b'\n')

    def get_file(self, key):
        try:
            return _ProxyFile(open(self._file_of(key), 'rb'))
        except OSError as error:
            if error.errno == errno.ENOENT:
                raise KeyError('No message with key: %s' % key)
            raise

    def iterkeys(self):
        return iter(sorted([int(name) for name in os.listdir(self._path) if name.isdigit()]))

    def __contains__(self, key):
        return os.path.exists(self._file_of(key))

    def __len__(self):
        return len(self.keys())

    def lock(self):
        if not self._locked:
            self._file = open(self._sequences_path(), 'rb+')
            _lock_file(self._file)
            self._locked = True

    def unlock(self):
        if self._locked:
            _unlock_file(self._file)
            _sync_close(self._file)
            del self._file
            self._locked = False

    def flush(self):
        """Do nothing: changes are on disk at once."""

    def close(self):
        """Unlock the mailbox."""
        if self._locked:
            self.unlock()

    def list_folders(self):
        """Return the names of the folders in this one."""
        return [name for name in os.listdir(self._path) if os.path.isdir(os.path.join(self._path, name))]

    def get_folder(self, folder):
        """Return a folder in this one as an MH."""
        return MH(os.path.join(self._path, folder), factory=self._factory, create=False)

    def add_folder(self, folder):
        """Make a folder and return it."""
        return MH(os.path.join(self._path, folder), factory=self._factory)

    def remove_folder(self, folder):
        """Remove a folder; NotEmptyError if there is something in it."""
        path = os.path.join(self._path, folder)
        names = os.listdir(path)
        if names == ['.mh_sequences']:
            os.remove(os.path.join(path, '.mh_sequences'))
        elif names:
            raise NotEmptyError('Folder not empty: %s' % self._path)
        os.rmdir(path)

    def get_sequences(self):
        """Return the sequences: a dict of names and lists of keys."""
        present = set(self.keys())
        found = {}
        with open(self._sequences_path(), 'r', encoding='ASCII') as f:
            for line in f:
                try:
                    name, contents = line.split(':')
                    keys = set()
                    for word in contents.split():
                        if word.isdigit():
                            keys.add(int(word))
                        else:
                            first, last = map(int, word.split('-'))
                            keys.update(range(first, last + 1))
                except ValueError:
                    raise FormatError('Invalid sequence specification: %s' % line.rstrip())
                found[name] = [key for key in sorted(keys) if key in present]
                if not found[name]:
                    del found[name]
        return found

    def set_sequences(self, sequences):
        """Write the sequences: a dict of names and lists of keys."""
        with open(self._sequences_path(), 'r+', encoding='ASCII') as f:
            f.truncate()
            for name, keys in sequences.items():
                if keys:
                    f.write(name + ':' + _ranges(keys) + '\n')

    def pack(self):
        """Renumber the messages from 1 on, without gaps.  Keys change."""
        sequences = self.get_sequences()
        number = 0
        renamed = {}
        for key in self.iterkeys():
            number += 1
            if key != number:
                try:
                    os.link(self._file_of(key), self._file_of(number))
                except (AttributeError, PermissionError):
                    os.rename(self._file_of(key), self._file_of(number))
                else:
                    os.unlink(self._file_of(key))
                renamed[key] = number
        self._next_key = number + 1
        if renamed:
            self.set_sequences({name: [renamed.get(key, key) for key in keys] for name, keys in sequences.items()})

    def _dump_sequences(self, message, key):
        """Write the sequences that a message is in."""
        wanted = message.get_sequences()
        known = self.get_sequences()
        for name, keys in known.items():
            if name in wanted:
                keys.append(key)
            elif key in keys:
                keys.remove(key)
        for name in wanted:
            known.setdefault(name, [key])
        self.set_sequences(known)


def _ranges(keys):
    """Return numbers as ' 1-3 5'."""
    text, first, last = '', None, None
    for key in [*sorted(set(keys)), None]:
        if first is not None and key == last + 1:
            last = key
            continue
        if first is not None:
            text += f' {first}' if first == last else f' {first}-{last}'
        first = last = key
    return text


class Babyl(_singlefileMailbox):
    """A file of Rmail, from Emacs: messages with labels, and headers twice, as they came and as they are shown."""

    _special_labels = frozenset({'unseen', 'deleted', 'filed', 'answered', 'forwarded', 'edited', 'resent'})
    _EOOH = b'*** EOOH ***' + linesep

    def __init__(self, path, factory=None, create=True):
        _singlefileMailbox.__init__(self, path, factory, create)
        self._labels = {}               # key -> labels

    def add(self, message):
        """Add a message and return its key."""
        key = _singlefileMailbox.add(self, message)
        if isinstance(message, BabylMessage):
            self._labels[key] = message.get_labels()
        return key

    def remove(self, key):
        _singlefileMailbox.remove(self, key)
        self._labels.pop(key, None)

    def __setitem__(self, key, message):
        _singlefileMailbox.__setitem__(self, key, message)
        if isinstance(message, BabylMessage):
            self._labels[key] = message.get_labels()

    def _parts(self, key):
        """Return (original headers, visible headers, body) of a message."""
        start, stop = self._lookup(key)
        self._file.seek(start)
        self._file.readline()           # '1,' and the labels
        original, visible = b'', b''
        for line in iter(self._file.readline, b''):
            if line == self._EOOH:
                break
            original += line.replace(linesep, b'\n')
        for line in iter(self._file.readline, b''):
            if line == linesep:
                break
            visible += line.replace(linesep, b'\n')
        body = self._file.read(stop - self._file.tell()).replace(linesep, b'\n')
        return original, visible, body

    def get_message(self, key):
        """Return a BabylMessage."""
        original, visible, body = self._parts(key)
        message = BabylMessage(original + body)
        message.set_visible(visible)
        if key in self._labels:
            message.set_labels(self._labels[key])
        return message

    def get_bytes(self, key):
        original, _, body = self._parts(key)
        return original + body

    def get_file(self, key):
        return io.BytesIO(self.get_bytes(key).replace(b'\n', linesep))

    def get_labels(self):
        """Return the labels that users have made, of all messages."""
        self._lookup()
        return list(set().union(*self._labels.values()) - self._special_labels)

    def _generate_toc(self):
        starts, stops, labels = [], [], []
        self._file.seek(0)
        following = 0
        while True:
            at, line = following, self._file.readline()
            following = self._file.tell()
            if line == b'\037\014' + linesep:
                if len(stops) < len(starts):
                    stops.append(at - len(linesep))
                starts.append(following)
                words = [word.strip() for word in self._file.readline()[1:].split(b',') if word.strip()]
                labels.append(words)
            elif line in (b'\037', b'\037' + linesep):
                if len(stops) < len(starts):
                    stops.append(at - len(linesep))
            elif not line:
                stops.append(at - len(linesep))
                break
        self._toc = dict(enumerate(zip(starts, stops)))
        self._labels = {key: [word.decode('ascii') for word in words] for key, words in enumerate(labels)}
        self._next_key = len(self._toc)
        self._file.seek(0, 2)
        self._file_length = self._file.tell()

    def _pre_mailbox_hook(self, f):
        labels = ','.join(self.get_labels()).encode()
        f.write(b'BABYL OPTIONS:%sVersion: 5%sLabels:%s%s\037' % (linesep, linesep, labels, linesep))

    def _pre_message_hook(self, f):
        f.write(b'\014' + linesep)

    def _post_message_hook(self, f):
        f.write(linesep + b'\037')

    def _install_message(self, message):
        """Write a message and return its place."""
        start = self._file.tell()
        self._write_labels(message)
        if isinstance(message, email.message.Message):
            self._install_object(message)
        else:
            self._install_text(message)
        return start, self._file.tell()

    def _write_labels(self, message):
        special, own = [], []
        if isinstance(message, BabylMessage):
            for label in message.get_labels():
                (special if label in self._special_labels else own).append(label)
        line = '1' + ''.join([', ' + label for label in special]) + ',,' + ''.join([' ' + label + ',' for label in own])
        self._file.write(line.encode() + linesep)

    def _headers_of(self, message):
        """Return the headers of a Message with the empty line behind them."""
        f = io.BytesIO()
        email.generator.BytesGenerator(f, False, 0).flatten(message)
        head, end, _ = f.getvalue().partition(b'\n\n')
        return (head + end).replace(b'\n', linesep), f.getvalue()

    def _install_object(self, message):
        head, whole = self._headers_of(message)
        self._file.write(head + self._EOOH)
        visible = self._headers_of(message.get_visible())[0] if isinstance(message, BabylMessage) else head
        self._file.write(visible)
        self._file.write(whole.partition(b'\n\n')[2].replace(b'\n', linesep))

    def _install_text(self, message):
        if isinstance(message, io.StringIO):
            warnings.warn('Use of StringIO input is deprecated, use BytesIO instead', DeprecationWarning, 3)
            message = message.getvalue()
        if isinstance(message, str):
            message = self._string_to_bytes(message)
        if hasattr(message, 'readline'):
            if hasattr(message, 'buffer'):
                warnings.warn('Use of text mode files is deprecated, use a binary mode file instead',
                              DeprecationWarning, 3)
                message = message.buffer
            f = io.BytesIO()
            self._dump_file(message, f, False)
            message = f.getvalue().replace(linesep, b'\n')
        elif not isinstance(message, bytes):
            raise TypeError('Invalid message type: %s' % type(message))
        head, end, body = message.partition(b'\n\n')
        if not end:                     # headers only, or no headers at all
            self._file.write(self._EOOH + linesep + message.replace(b'\n', linesep))
            return
        head = (head + end).replace(b'\n', linesep)
        self._file.write(head + self._EOOH + head + body.replace(b'\n', linesep))


# ---- files ----

class _ProxyFile:
    """A binary file over another, with a position of its own."""

    def __init__(self, f, pos=None):
        self._file = f
        self._pos = f.tell() if pos is None else pos

    def _read(self, size, read_method):
        """Read with a method of the file."""
        self._file.seek(self._pos)
        result = read_method(-1 if size is None else size)
        self._pos = self._file.tell()
        return result

    def readline(self, size=None):
        """Return the next line, at most size bytes of it."""
        return self._read(size, self._file.readline)

    def read(self, size=None):
        """Return size bytes, all that are left by default."""
        return self._read(size, self._file.read)

    def read1(self, size=None):
        """Return up to size bytes, with one read of the system."""
        return self._read(size, self._file.read1)

    def readlines(self, sizehint=None):
        """Read lines."""
        lines = []
        for line in self:
            lines.append(line)
            if sizehint is not None:
                sizehint -= len(line)
                if sizehint <= 0:
                    break
        return lines

    def __iter__(self):
        return iter(self.readline, b'')

    def seek(self, offset, whence=0):
        """Change the position."""
        if whence == 1:
            offset, whence = self._pos + offset, 0
        self._file.seek(offset, whence)
        self._pos = self._file.tell()

    def tell(self):
        """Return the position."""
        return self._pos

    def close(self):
        """Close the file."""
        f = self.__dict__.pop('_file', None)
        if hasattr(f, 'close'):
            f.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def flush(self):
        """Flush the file."""
        return self._file.flush()

    def readable(self):
        """Return whether the file can be read."""
        return self._file.readable()

    def seekable(self):
        """Return whether the file can seek."""
        return self._file.seekable()

    def writable(self):
        """Return whether the file can be written."""
        return self._file.writable()

    @property
    def closed(self):
        """Whether the file has been closed."""
        return getattr(self._file, 'closed', False) if hasattr(self, '_file') else True


class _PartialFile(_ProxyFile):
    """A part of a binary file, from start to stop; closing it leaves the file open."""

    def __init__(self, f, start=None, stop=None):
        _ProxyFile.__init__(self, f, start)
        self._start, self._stop = start, stop

    def tell(self):
        return _ProxyFile.tell(self) - self._start

    def seek(self, offset, whence=0):
        base = {0: self._start, 2: self._stop}.get(whence)
        if base is not None:
            self._pos, whence = base, 1
        _ProxyFile.seek(self, offset, whence)

    def _read(self, size, read_method):
        left = self._stop - self._pos
        if left <= 0:
            return b''
        if size is None or not 0 <= size <= left:
            size = left
        return _ProxyFile._read(self, size, read_method)

    def close(self):
        if hasattr(self, '_file'):
            del self._file


def _lock_file(f, dotlock=True):
    """Lock a file by lockf() and, unless dotlock is false, by a file beside it with the suffix '.lock'."""
    dotlock_done = locked = False
    try:
        if fcntl:
            try:
                fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno in (errno.EAGAIN, errno.EACCES, errno.EROFS):
                    raise ExternalClashError('lockf: lock unavailable: %s' % f.name)
                raise
            locked = True
        if dotlock:
            dotlock_done = _dot_lock(f.name)
    except:
        if locked:
            fcntl.lockf(f, fcntl.LOCK_UN)
        if dotlock_done:
            os.remove(f.name + '.lock')
        raise


def _dot_lock(name):
    """Make name.lock, in a way that works over networks; return whether that could be done."""
    try:
        temporary = _create_temporary(name + '.lock')
        temporary.close()
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EROFS):
            return False                # nobody can, so nobody does
        raise
    try:
        try:
            os.link(temporary.name, name + '.lock')
        except (AttributeError, PermissionError):
            os.rename(temporary.name, name + '.lock')
        else:
            os.unlink(temporary.name)
    except FileExistsError:
        os.remove(temporary.name)
        raise ExternalClashError('dot lock unavailable: %s' % name)
    return True


def _unlock_file(f):
    """Unlock a file in both ways."""
    if fcntl:
        fcntl.lockf(f, fcntl.LOCK_UN)
    if os.path.exists(f.name + '.lock'):
        os.remove(f.name + '.lock')


def _create_carefully(path):
    """Make a file that must not be there and return it, for reading and writing."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    return open(path, 'rb+')


def _create_temporary(path):
    """Make a file beside path and return it."""
    return _create_carefully('%s.%s.%s.%s' % (path, int(time.time()), socket.gethostname(), os.getpid()))


def _sync_flush(f):
    """See to it that a file is on disk."""
    f.flush()
    if hasattr(os, 'fsync'):
        os.fsync(f.fileno())


def _sync_close(f):
    """Close a file that is on disk."""
    _sync_flush(f)
    f.close()
