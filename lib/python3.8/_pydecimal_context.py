# SPDX-License-Identifier: MIT
"""Signals and contexts of decimal arithmetic: what can happen, what to do about it, and to which precision to calculate."""

import contextvars
from _pydecimal_math import (
    ROUND_05UP, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP)

MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)


class DecimalException(ArithmeticError):
    """Base of all the signals and conditions of decimal arithmetic."""
    __module__ = 'decimal'


class Clamped(DecimalException):
    """An exponent was altered to fit the context's limits."""
    __module__ = 'decimal'


class InvalidOperation(DecimalException):
    """An operation has no meaningful result; it is NaN where this is not trapped."""
    __module__ = 'decimal'


class ConversionSyntax(InvalidOperation):
    """Text that is no number was to be converted."""
    __module__ = 'decimal'


class DivisionByZero(DecimalException, ZeroDivisionError):
    """A finite number was divided by zero; the result is an infinity where this is not trapped."""
    __module__ = 'decimal'


class DivisionImpossible(InvalidOperation):
    """An integer quotient needs more digits than the precision gives."""
    __module__ = 'decimal'


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    """Zero was divided by zero."""
    __module__ = 'decimal'


class Inexact(DecimalException):
    """Rounding lost digits that were not zero."""
    __module__ = 'decimal'


class InvalidContext(InvalidOperation):
    """An operation could not work in the context it was given."""
    __module__ = 'decimal'


class Rounded(DecimalException):
    """Digits, perhaps only zeros, were rounded off."""
    __module__ = 'decimal'


class Subnormal(DecimalException):
    """The exponent of a result, before rounding, was below Emin."""
    __module__ = 'decimal'


class Overflow(Inexact, Rounded):
    """A result is too large for the context."""
    __module__ = 'decimal'


class Underflow(Inexact, Rounded, Subnormal):
    """A result was so small that rounding it at the least exponent lost something."""
    __module__ = 'decimal'


class FloatOperation(DecimalException, TypeError):
    """A float was mixed with decimals: converted in a constructor, or compared."""
    __module__ = 'decimal'


_signals = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)
# the order in which repr() of a context names them
_SHOWN = (Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow)
_SIGNAL_OF = {ConversionSyntax: InvalidOperation, DivisionImpossible: InvalidOperation,
              DivisionUndefined: InvalidOperation, InvalidContext: InvalidOperation}
_ROUNDINGS = (ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,
              ROUND_05UP)
_BAD_ROUNDING = ('valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n'
                 '   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]')
_BAD_SIGNAL = ('valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n'
               '   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]')


def check_rounding(mode):
    """Return a rounding mode, or raise TypeError if it is none."""
    if not isinstance(mode, str) or mode not in _ROUNDINGS:
        raise TypeError(_BAD_ROUNDING)
    return mode


def _ranged(lowest, highest, message):
    def check(value):
        try:
            value = value.__index__()
        except AttributeError:
            raise TypeError('an integer is required') from None
        if not -1 << 63 <= value < 1 << 63:
            raise OverflowError('Python int too large to convert to C ssize_t')
        if not lowest <= value <= highest:
            raise ValueError(message)
        return value
    return check


_CHECKS = {
    'prec': _ranged(1, MAX_PREC, 'valid range for prec is [1, MAX_PREC]'),
    'Emin': _ranged(MIN_EMIN, 0, 'valid range for Emin is [MIN_EMIN, 0]'),
    'Emax': _ranged(0, MAX_EMAX, 'valid range for Emax is [0, MAX_EMAX]'),
    'capitals': _ranged(0, 1, 'valid values for capitals are 0 or 1'),
    'clamp': _ranged(0, 1, 'valid values for clamp are 0 or 1'),
    'rounding': check_rounding,
}


class SignalDict(dict):
    """A table of all signals and whether each is set: entries change, but none is added or taken away."""

    __module__ = 'decimal'
    __slots__ = ()

    def __missing__(self, signal):
        raise KeyError(_BAD_SIGNAL)

    def __setitem__(self, signal, value):
        if signal not in self:
            raise KeyError(_BAD_SIGNAL)
        _store(self, signal, bool(value))

    def __delitem__(self, signal):
        raise ValueError('signal keys cannot be deleted')

    def __repr__(self):
        return '{' + ', '.join(['%r:%r' % item for item in self.items()]) + '}'

    def __reduce__(self):
        return dict, (dict(self),)

    def copy(self):
        """A plain dictionary of the same entries."""
        return dict(self)


_store = dict.__setitem__
_UNSET = dict.fromkeys(_signals, False)


def _signal_table(value):
    """A full table of signals from a list of those that are set, or from another table."""
    if isinstance(value, list):
        table = SignalDict(_UNSET)
        for item in value:
            if item not in table:
                raise KeyError(_BAD_SIGNAL)
            table[item] = True
        return table
    if not isinstance(value, dict):
        raise TypeError('argument must be a signal dict')
    if len(value) != len(_signals) or any(signal not in value for signal in _signals):
        raise KeyError('invalid signal dict')
    return SignalDict([(signal, bool(value[signal])) for signal in _signals])


class Context:
    """What decimal arithmetic depends on: precision, rounding, limits of the exponent, and the signals' flags and traps.

    prec is the number of digits of results, rounding one of the ROUND_ modes, Emin and Emax the limits of the exponent,
    capitals whether 'E' or 'e' is written, clamp whether exponents are kept such that prec digits fit below Emax. flags
    and traps are lists of signals (or complete dictionaries); what is None is taken from DefaultContext.

    >>> Context(prec=5, rounding=ROUND_DOWN).divide(2, 3)
    Decimal('0.66666')
    """

    __module__ = 'decimal'
    __slots__ = ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps', '_bits', '_top', '__weakref__')
    __hash__ = None

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        model = DefaultContext
        self.prec = model.prec if prec is None else prec
        self.rounding = model.rounding if rounding is None else rounding
        self.Emin = model.Emin if Emin is None else Emin
        self.Emax = model.Emax if Emax is None else Emax
        self.capitals = model.capitals if capitals is None else capitals
        self.clamp = model.clamp if clamp is None else clamp
        self._settle('flags', SignalDict(_UNSET) if flags is None else _signal_table(flags))
        self._settle('traps', SignalDict(model.traps) if traps is None else _signal_table(traps))

    def _settle(self, name, value):
        object.__setattr__(self, name, value)

    def __setattr__(self, name, value):
        check = _CHECKS.get(name)
        if check is not None:
            object.__setattr__(self, name, check(value))
            if name == 'prec' or name == 'Emax':
                self._derive()
        elif name == 'flags' or name == 'traps':
            if not isinstance(value, dict):
                raise TypeError('argument must be a signal dict')
            object.__setattr__(self, name, _signal_table(value))
        else:
            object.__setattr__(self, name, value)

    def _derive(self):
        # _bits: integers of so many bits surely have no more than prec digits; _top: exponents up to it need no look
        prec = self.prec
        object.__setattr__(self, '_bits', prec * 3321928094 // 1000000000)
        object.__setattr__(self, '_top', getattr(self, 'Emax', 0) - prec + 1)

    def __delattr__(self, name):
        raise AttributeError('context attributes cannot be deleted')

    def __repr__(self):
        shown = [[signal.__name__ for signal in _SHOWN if table[signal]] for table in (self.flags, self.traps)]
        return ('Context(prec=%d, rounding=%s, Emin=%d, Emax=%d, capitals=%d, clamp=%d, flags=[%s], traps=[%s])' % (
            self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp,
            ', '.join(shown[0]), ', '.join(shown[1])))

    def __reduce__(self):
        return (self.__class__, (
            self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp,
            [signal for signal in _signals if self.flags[signal]], [signal for signal in _signals if self.traps[signal]]))

    def copy(self):
        """A copy of the context with flags and traps of its own."""
        twin = object.__new__(Context)
        settle = object.__setattr__
        for name in ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', '_bits', '_top'):
            settle(twin, name, getattr(self, name))
        settle(twin, 'flags', SignalDict(self.flags))
        settle(twin, 'traps', SignalDict(self.traps))
        return twin

    __copy__ = copy

    def clear_flags(self):
        """Set all flags to False."""
        for signal in self.flags:
            _store(self.flags, signal, False)

    def clear_traps(self):
        """Set all traps to False."""
        for signal in self.traps:
            _store(self.traps, signal, False)

    def Etiny(self):
        """The least exponent a subnormal result can have: Emin - prec + 1."""
        return int(self.Emin - self.prec + 1)

    def Etop(self):
        """The largest exponent that leaves room for prec digits: Emax - prec + 1."""
        return int(self.Emax - self.prec + 1)

    def _silent(self, rounding=None, prec=None, Emin=None, Emax=None):
        """A copy that traps nothing, perhaps with other settings."""
        twin = self.copy()
        twin.clear_traps()
        twin.clear_flags()
        for name, value in (('rounding', rounding), ('prec', prec), ('Emin', Emin), ('Emax', Emax)):
            if value is not None:
                setattr(twin, name, value)
        return twin

    def _signal(self, conditions):
        """Raise the flags of these conditions, and the most important trapped one as an exception."""
        flags, traps = self.flags, self.traps
        trapped = []
        for condition in conditions:
            signal = _SIGNAL_OF.get(condition, condition)
            _store(flags, signal, True)
            if traps[signal]:
                trapped.append(condition)
        if trapped:
            trapped.sort(key=lambda condition: _signals.index(_SIGNAL_OF.get(condition, condition)))
            raise _SIGNAL_OF.get(trapped[0], trapped[0])(trapped)

    def _raise_error(self, condition, explanation=None, *args):
        """Signal one condition; the result, where it does not raise, is None."""
        self._signal((condition,))


def _first_context():
    """The context all others take their defaults from, made by hand."""
    first = object.__new__(Context)
    settings = dict(prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0)
    for name, value in settings.items():
        setattr(first, name, value)
    first._settle('flags', SignalDict(_UNSET))
    first._settle('traps', _signal_table([InvalidOperation, DivisionByZero, Overflow]))
    return first


DefaultContext = _first_context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP, flags=[],
                       traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, flags=[], traps=[])

_current = contextvars.ContextVar('decimal_context')


def getcontext():
    """The context in force: one for each thread (and each contextvars context), a copy of DefaultContext at first."""
    try:
        return _current.get()
    except LookupError:
        context = DefaultContext.copy()
        context.clear_flags()
        _current.set(context)
        return context


def setcontext(context, /):
    """Put a context in force; the three templates of the module are copied."""
    if not isinstance(context, Context):
        raise TypeError('argument must be a context')
    if context is DefaultContext or context is BasicContext or context is ExtendedContext:
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class ContextManager:
    """Puts a copy of a context in force for a with statement."""

    __module__ = 'decimal'

    def __init__(self, new_context):
        self.new_context = new_context.copy()

    def __enter__(self):
        self.saved_context = getcontext()
        setcontext(self.new_context)
        return self.new_context

    def __exit__(self, kind, value, traceback):
        setcontext(self.saved_context)


_ContextManager = ContextManager


def localcontext(ctx=None):
    """A manager for a with statement in which a copy of ctx (None: of the present context) is in force.

    >>> setcontext(Context(prec=6))
    >>> with localcontext() as ctx:
    ...     ctx.prec = 12
    ...     tight = Decimal(1) / 3
    >>> tight
    Decimal('0.333333333333')
    >>> +tight
    Decimal('0.333333')
    >>> with localcontext(ExtendedContext):
    ...     print(Decimal(1) / 0)
    Infinity
    """
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError('optional argument must be a context')
    return ContextManager(ctx)


getcontext.__module__ = setcontext.__module__ = localcontext.__module__ = 'decimal'
