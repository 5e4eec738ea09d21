# SPDX-License-Identifier: MIT
"""Signals of the operating system: handlers, masks, timers and waiting.

The work is done in `_signal`; here its numbers get names: signals are `Signals`, the two special handlers `Handlers`,
and what pthread_sigmask() does `Sigmasks`.
"""

import _signal
from _signal import *
from enum import IntEnum as _IntEnum


def _is_signal_name(name):
    return name.isupper() and name.startswith('SIG') and not name.startswith('SIG_') or name.startswith('CTRL_')


_IntEnum._convert_('Signals', __name__, _is_signal_name)
_IntEnum._convert_('Handlers', __name__, {'SIG_DFL', 'SIG_IGN'}.__contains__)
if 'pthread_sigmask' in _signal.__dict__:
    _IntEnum._convert_('Sigmasks', __name__, {'SIG_BLOCK', 'SIG_UNBLOCK', 'SIG_SETMASK'}.__contains__)


def _int_to_enum(value, enum_klass):
    """The member of an enumeration with this value, or the value itself if there is none."""
    try:
        return enum_klass(value)
    except ValueError:
        return value


def _enum_to_int(value):
    """A member as a plain number; what is no number comes back as it is."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return value


def _members(numbers):
    return {_int_to_enum(number, Signals) for number in numbers}


def signal(signalnum, handler, /):
    """Set the handler of a signal and return the one before.

    The handler is SIG_DFL, SIG_IGN or a callable that gets the number of the signal and the frame that it interrupted.
    ValueError is raised for a bad number and outside the main thread, TypeError for a handler of another kind.
    """
    return _int_to_enum(_signal.signal(_enum_to_int(signalnum), _enum_to_int(handler)), Handlers)


def getsignal(signalnum, /):
    """Return the handler of a signal: a callable, SIG_DFL, SIG_IGN, or None if it was not set from Python."""
    return _int_to_enum(_signal.getsignal(signalnum), Handlers)


if 'pthread_sigmask' in _signal.__dict__:
    def pthread_sigmask(how, mask, /):
        """Change which signals the calling thread blocks and return the set blocked before.

        how is SIG_BLOCK, SIG_UNBLOCK or SIG_SETMASK, mask an iterable of signal numbers.
        """
        return _members(_signal.pthread_sigmask(how, mask))

if 'sigpending' in _signal.__dict__:
    def sigpending():
        """Return the set of signals that wait to be delivered."""
        return _members(_signal.sigpending())

if 'sigwait' in _signal.__dict__:
    def sigwait(sigset, /):
        """Wait for one of the given signals (an iterable), take it, and return its number."""
        return _int_to_enum(_signal.sigwait(sigset), Signals)

if 'valid_signals' in _signal.__dict__:
    def valid_signals():
        """Return the set of signal numbers that this system lets programs use."""
        return _members(_signal.valid_signals())
