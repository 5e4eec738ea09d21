# SPDX-License-Identifier: MIT
"""The messages of mailbox: mails that know what the format of their box can say besides, flags above all."""

import copy
import email
import email.message
import io
import time

# The public name.
__name__ = 'mailbox'


# ---- messages ----

class Message(email.message.Message):
    """A message: from another one, a str, bytes, or a file."""

    def __init__(self, message=None):
        if message is None:
            email.message.Message.__init__(self)
            return
        for kind, read in ((email.message.Message, copy.deepcopy), (bytes, email.message_from_bytes),
                           (str, email.message_from_string), (io.TextIOWrapper, email.message_from_file)):
            if isinstance(message, kind):
                break
        else:
            read = email.message_from_binary_file
            if not hasattr(message, 'read'):
                raise TypeError('Invalid message type: %s' % type(message))
        self._become_message(read(message))
        if isinstance(message, Message):
            message._explain_to(self)

    def _become_message(self, message):
        """Take what another message has, but for what only its format knows."""
        special = getattr(message, '_type_specific_attributes', ())
        self.__dict__.update({name: value for name, value in message.__dict__.items() if name not in special})

    def _explain_to(self, message):
        """Tell a message of another format what this one knows: none of both has something to say."""
        if not isinstance(message, Message):
            raise TypeError('Cannot convert to specified type')


def _joined(flags):
    return ''.join(sorted(flags))


class MaildirMessage(Message):
    """A message of a Maildir: subdir ('new' or 'cur'), flags (D draft, F flagged, P passed, R replied, S seen, T
    trashed), and the date of delivery."""

    _type_specific_attributes = ['_subdir', '_info', '_date']

    def __init__(self, message=None):
        self._subdir, self._info = 'new', ''
        self._date = time.time()
        Message.__init__(self, message)

    def get_subdir(self):
        """Return 'new' or 'cur'."""
        return self._subdir

    def set_subdir(self, subdir):
        """Set 'new' or 'cur'."""
        if subdir not in ('new', 'cur'):
            raise ValueError("subdir must be 'new' or 'cur': %s" % subdir)
        self._subdir = subdir

    def get_flags(self):
        """Return the flags, a str."""
        return self._info[2:] if self._info.startswith('2,') else ''

    def set_flags(self, flags):
        """Set the flags, and no others."""
        self._info = '2,' + _joined(flags)

    def add_flag(self, flag):
        """Set flags besides those that are set."""
        self.set_flags(set(self.get_flags()) | set(flag))

    def remove_flag(self, flag):
        """Take flags away."""
        if self.get_flags():
            self.set_flags(set(self.get_flags()) - set(flag))

    def get_date(self):
        """Return the date of delivery, seconds since the epoch."""
        return self._date

    def set_date(self, date):
        """Set the date of delivery, seconds since the epoch."""
        try:
            self._date = float(date)
        except ValueError:
            raise TypeError("can't convert to float: %s" % date) from None

    def get_info(self):
        """Return the info: '2,' and the flags, or something of other programs."""
        return self._info

    def set_info(self, info):
        """Set the info."""
        if not isinstance(info, str):
            raise TypeError('info must be a string: %s' % type(info))
        self._info = info

    def _explain_to(self, message):
        flags = set(self.get_flags())
        if isinstance(message, MaildirMessage):
            for name in ('flags', 'subdir', 'date'):
                getattr(message, 'set_' + name)(getattr(self, 'get_' + name)())
        elif isinstance(message, _mboxMMDFMessage):
            for own, other in (('S', 'R'), ('T', 'D'), ('F', 'F'), ('R', 'A')):
                if own in flags:
                    message.add_flag(other)
            if self.get_subdir() == 'cur':
                message.add_flag('O')
            message.set_from('MAILER-DAEMON', time.gmtime(self.get_date()))
        elif isinstance(message, MHMessage):
            for there, name in (('S' not in flags, 'unseen'), ('R' in flags, 'replied'), ('F' in flags, 'flagged')):
                if there:
                    message.add_sequence(name)
        elif isinstance(message, BabylMessage):
            for there, name in (('S' not in flags, 'unseen'), ('T' in flags, 'deleted'), ('R' in flags, 'answered'),
                                ('P' in flags, 'forwarded')):
                if there:
                    message.add_label(name)
        elif not isinstance(message, Message):
            raise TypeError('Cannot convert to specified type: %s' % type(message))


class _mboxMMDFMessage(Message):
    """A message of mbox or MMDF: the line 'From ', and flags in the headers Status and X-Status (R read, O old, D
    deleted, F flagged, A answered)."""

    _type_specific_attributes = ['_from']

    def __init__(self, message=None):
        self.set_from('MAILER-DAEMON', True)
        if isinstance(message, email.message.Message):
            first = message.get_unixfrom()
            if first is not None and first.startswith('From '):
                self.set_from(first[5:])
        Message.__init__(self, message)

    def get_from(self):
        """Return the line without 'From '."""
        return self._from

    def set_from(self, from_, time_=None):
        """Set the line; time_, a time tuple or True for now, is added in its manner."""
        if time_ is not None:
            from_ += ' ' + time.asctime(time.gmtime() if time_ is True else time_)
        self._from = from_

    def get_flags(self):
        """Return the flags, a str."""
        return self.get('Status', '') + self.get('X-Status', '')

    def set_flags(self, flags):
        """Set the flags, and no others."""
        flags = set(flags)
        for name, known in (('Status', 'RO'), ('X-Status', 'DFA')):
            text = ''.join([flag for flag in known if flag in flags])
            if name == 'X-Status':
                text += _joined(flags - set('RODFA'))
            try:
                self.replace_header(name, text)
            except KeyError:
                self.add_header(name, text)

    def add_flag(self, flag):
        """Set flags besides those that are set."""
        self.set_flags(set(self.get_flags()) | set(flag))

    def remove_flag(self, flag):
        """Take flags away."""
        if 'Status' in self or 'X-Status' in self:
            self.set_flags(set(self.get_flags()) - set(flag))

    def _explain_to(self, message):
        flags = set(self.get_flags())
        if isinstance(message, MaildirMessage):
            if 'O' in flags:
                message.set_subdir('cur')
            for own, other in (('F', 'F'), ('A', 'R'), ('R', 'S'), ('D', 'T')):
                if own in flags:
                    message.add_flag(other)
            del message['status'], message['x-status']
            date = ' '.join(self.get_from().split()[-5:])
            try:
                message.set_date(time.mktime(time.strptime(date, '%a %b %d %H:%M:%S %Y')) - time.timezone)
            except (ValueError, OverflowError):
                pass
        elif isinstance(message, _mboxMMDFMessage):
            message.set_flags(self.get_flags())
            message.set_from(self.get_from())
        elif isinstance(message, MHMessage):
            for there, name in (('R' not in flags, 'unseen'), ('A' in flags, 'replied'), ('F' in flags, 'flagged')):
                if there:
                    message.add_sequence(name)
            del message['status'], message['x-status']
        elif isinstance(message, BabylMessage):
            for there, name in (('R' not in flags, 'unseen'), ('D' in flags, 'deleted'), ('A' in flags, 'answered')):
                if there:
                    message.add_label(name)
            del message['status'], message['x-status']
        elif not isinstance(message, Message):
            raise TypeError('Cannot convert to specified type: %s' % type(message))


class mboxMessage(_mboxMMDFMessage):
    """A message of an mbox."""


class MMDFMessage(_mboxMMDFMessage):
    """A message of an MMDF file."""


class MHMessage(Message):
    """A message of an MH folder: the names of the sequences it is in ('unseen', 'replied', 'flagged' are usual)."""

    _type_specific_attributes = ['_sequences']

    def __init__(self, message=None):
        self._sequences = []
        Message.__init__(self, message)

    def get_sequences(self):
        """Return the names of the sequences, a list."""
        return self._sequences[:]

    def set_sequences(self, sequences):
        """Set the names of the sequences."""
        self._sequences = list(sequences)

    def add_sequence(self, sequence):
        """Add a sequence."""
        if not isinstance(sequence, str):
            raise TypeError('sequence type must be str: %s' % type(sequence))
        if sequence not in self._sequences:
            self._sequences.append(sequence)

    def remove_sequence(self, sequence):
        """Remove a sequence, if it is there."""
        if sequence in self._sequences:
            self._sequences.remove(sequence)

    def _explain_to(self, message):
        known = set(self.get_sequences())
        if isinstance(message, MaildirMessage):
            if 'unseen' in known:
                message.set_subdir('cur')
            else:
                message.set_subdir('cur')
                message.add_flag('S')
            for name, flag in (('flagged', 'F'), ('replied', 'R')):
                if name in known:
                    message.add_flag(flag)
        elif isinstance(message, _mboxMMDFMessage):
            message.add_flag('O' if 'unseen' in known else 'RO')
            for name, flag in (('flagged', 'F'), ('replied', 'A')):
                if name in known:
                    message.add_flag(flag)
        elif isinstance(message, MHMessage):
            for name in self.get_sequences():
                message.add_sequence(name)
        elif isinstance(message, BabylMessage):
            for name, label in (('unseen', 'unseen'), ('replied', 'answered')):
                if name in known:
                    message.add_label(label)
        elif not isinstance(message, Message):
            raise TypeError('Cannot convert to specified type: %s' % type(message))


class BabylMessage(Message):
    """A message of a Babyl file: labels, and the headers that are shown, a Message."""

    _type_specific_attributes = ['_labels', '_visible']

    def __init__(self, message=None):
        self._labels = []
        self._visible = Message()
        Message.__init__(self, message)

    def get_labels(self):
        """Return the labels, a list."""
        return self._labels[:]

    def set_labels(self, labels):
        """Set the labels."""
        self._labels = list(labels)

    def add_label(self, label):
        """Add a label."""
        if not isinstance(label, str):
            raise TypeError('label must be a string: %s' % type(label))
        if label not in self._labels:
            self._labels.append(label)

    def remove_label(self, label):
        """Remove a label, if it is there."""
        if label in self._labels:
            self._labels.remove(label)

    def get_visible(self):
        """Return the visible headers, a Message."""
        return Message(self._visible)

    def set_visible(self, visible):
        """Set the visible headers."""
        self._visible = Message(visible)

    def update_visible(self):
        """Take over into the visible headers what the others say."""
        for name in self._visible.keys():
            if name in self:
                self._visible.replace_header(name, self[name])
            else:
                del self._visible[name]
        for name in ('Date', 'From', 'Reply-To', 'To', 'CC', 'Subject'):
            if name in self and name not in self._visible:
                self._visible[name] = self[name]

    def _explain_to(self, message):
        labels = set(self.get_labels())
        if isinstance(message, MaildirMessage):
            message.set_subdir('cur')
            if 'unseen' not in labels:
                message.add_flag('S')
            for label, flag in (('forwarded', 'P'), ('resent', 'P'), ('answered', 'R'), ('deleted', 'T')):
                if label in labels:
                    message.add_flag(flag)
        elif isinstance(message, _mboxMMDFMessage):
            message.add_flag('O' if 'unseen' in labels else 'RO')
            for label, flag in (('deleted', 'D'), ('answered', 'A')):
                if label in labels:
                    message.add_flag(flag)
        elif isinstance(message, MHMessage):
            for label, name in (('unseen', 'unseen'), ('answered', 'replied')):
                if label in labels:
                    message.add_sequence(name)
        elif isinstance(message, BabylMessage):
            message.set_visible(self.get_visible())
            for label in self.get_labels():
                message.add_label(label)
        elif not isinstance(message, Message):
            raise TypeError('Cannot convert to specified type: %s' % type(message))
