# SPDX-License-Identifier: MIT
"""Random numbers: integers, choices from sequences, and many distributions.

The functions are methods of one hidden Random, whose generator is the Mersenne Twister of the native module _random:
good for simulations, and the same seed gives the same numbers; not for secrets.
"""

import os as _os
from _collections_abc import Set as _Set, Sequence as _Sequence
from _sha512 import sha512 as _sha512
from bisect import bisect as _bisect
from itertools import accumulate as _accumulate, repeat as _repeat
from math import acos as _acos, ceil as _ceil, cos as _cos, e as _e, exp as _exp, log as _log, pi as _pi, sin as _sin, \
    sqrt as _sqrt
from os import urandom as _urandom

import _random

__all__ = ['Random', 'seed', 'random', 'uniform', 'randint', 'choice', 'sample', 'randrange', 'shuffle',
           'normalvariate', 'lognormvariate', 'expovariate', 'vonmisesvariate', 'gammavariate', 'triangular', 'gauss',
           'betavariate', 'paretovariate', 'weibullvariate', 'getstate', 'setstate', 'getrandbits', 'choices',
           'SystemRandom']

NV_MAGICCONST = 4 * _exp(-0.5) / _sqrt(2.0)
SG_MAGICCONST = 1.0 + _log(4.5)
LOG4 = _log(4.0)
TWOPI = 2.0 * _pi
BPF = 53                # bits in a float
RECIP_BPF = 2 ** -BPF


def _warn(message):
    import warnings
    warnings.warn(message, stacklevel=3)


def _old_seed(text):
    """Return the number that version 1 makes of a str or bytes."""
    codes = list(text.decode('latin-1') if isinstance(text, bytes) else text)
    value = ord(codes[0]) << 7 if codes else 0
    for char in codes:
        value = 1000003 * value & 0xFFFFFFFFFFFFFFFF ^ ord(char)
    value ^= len(codes)
    return -2 if value == -1 else value


class Random(_random.Random):
    """A generator of random numbers of its own.

    A subclass that has another source defines random(), and best getrandbits(), seed(), getstate() and setstate() too.
    """

    VERSION = 3     # of the state

    def __init__(self, x=None):
        self.gauss_next = None
        self.seed(x)

    def __init_subclass__(cls, /, **kwargs):
        super().__init_subclass__(**kwargs)
        # Whole numbers come from what is defined nearest.
        for base in cls.__mro__:
            if '_randbelow' in base.__dict__:
                break
            if 'getrandbits' in base.__dict__:
                cls._randbelow = cls._randbelow_with_getrandbits
                break
            if 'random' in base.__dict__:
                cls._randbelow = cls._randbelow_without_getrandbits
                break

    def seed(self, a=None, version=2):
        """Start anew from a; None stands for the system's source of randomness, or the time.

        version 2: all bits of a str, bytes or bytearray count; 1 is as in old versions.  Otherwise an int's absolute
        value is used, or the hash of an object.
        """
        if version == 1:
            if isinstance(a, (str, bytes)):
                a = _old_seed(a)
        elif version == 2 and isinstance(a, (str, bytes, bytearray)):
            data = a.encode() if isinstance(a, str) else bytes(a)
            a = int.from_bytes(data + _sha512(data).digest(), 'big')
        super().seed(a)
        self.gauss_next = None

    def getstate(self):
        """Return the state, for setstate()."""
        return self.VERSION, super().getstate(), self.gauss_next

    def setstate(self, state):
        """Go on from a state that getstate() has returned."""
        version, internal = state[0], state[1]
        if version == 3:
            super().setstate(internal)
        elif version == 2:
            # These were written with signed numbers.
            try:
                internal = tuple([word % (1 << 32) for word in internal])
            except ValueError as problem:
                raise TypeError from problem
            super().setstate(internal)
        else:
            raise ValueError('state with version %s passed to Random.setstate() of version %s'
                             % (version, self.VERSION))
        self.gauss_next = state[2]

    # For pickle and copy.

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __reduce__(self):
        return self.__class__, (), self.getstate()

    # ---- integers ----

    def _randbelow_with_getrandbits(self, n):
        """Return an integer from 0 to n - 1."""
        take, bits = self.getrandbits, n.bit_length()
        found = take(bits)
        while found >= n:
            found = take(bits)
        return found

    def _randbelow_without_getrandbits(self, n, int=int, maxsize=1 << BPF):
        """Return an integer from 0 to n - 1, made with random() alone."""
        random = self.random
        if n >= maxsize:
            _warn('Underlying random() generator does not supply \n'
                  'enough bits to choose from a population range this large.\n'
                  'To remove the range limitation, add a getrandbits() method.')
            return int(random() * n)
        if n == 0:
            raise ValueError('Boundary cannot be zero')
        # The uneven rest at the top is thrown away.
        bound = (maxsize - maxsize % n) / maxsize
        found = random()
        while found >= bound:
            found = random()
        return int(found * maxsize) % n

    _randbelow = _randbelow_with_getrandbits

    def randrange(self, start, stop=None, step=1, _int=int):
        """Return an item of range(start, stop, step).  ValueError if that is empty."""
        first = _int(start)
        if first != start:
            raise ValueError('non-integer arg 1 for randrange()')
        if stop is None:
            if first <= 0:
                raise ValueError('empty range for randrange()')
            return self._randbelow(first)
        end = _int(stop)
        if end != stop:
            raise ValueError('non-integer stop for randrange()')
        width = end - first
        if step == 1:
            if width <= 0:
                raise ValueError('empty range for randrange() (%d, %d, %d)' % (first, end, width))
            return first + self._randbelow(width)
        stride = _int(step)
        if stride != step:
            raise ValueError('non-integer step for randrange()')
        if not stride:
            raise ValueError('zero step for randrange()')
        count = -(-width // stride)
        if count <= 0:
            raise ValueError('empty range for randrange()')
        return first + stride * self._randbelow(count)

    def randint(self, a, b):
        """Return an integer from a to b, both included."""
        return self.randrange(a, b + 1)

    # ---- sequences ----

    def choice(self, seq):
        """Return an item of a sequence.  IndexError if it is empty."""
        try:
            at = self._randbelow(len(seq))
        except ValueError:
            raise IndexError('Cannot choose from an empty sequence') from None
        return seq[at]

    def shuffle(self, x, random=None):
        """Bring list x into random order.  random: function to use, which returns a float from 0.0 to below 1.0."""
        below = self._randbelow if random is None else lambda n: int(random() * n)
        for last in range(len(x) - 1, 0, -1):
            other = below(last + 1)
            x[last], x[other] = x[other], x[last]

    def sample(self, population, k):
        """Return a list of k items of a sequence or set, chosen without repetition, in random order."""
        if isinstance(population, _Set):
            population = tuple(population)
        if not isinstance(population, _Sequence):
            raise TypeError('Population must be a sequence or set.  For dicts, use list(d).')
        size = len(population)
        if not 0 <= k <= size:
            raise ValueError('Sample larger than population or is negative')
        below = self._randbelow
        # A set of k indices is smaller than a list of all items, if there are many.
        set_size = 21 if k <= 5 else 21 + 4 ** _ceil(_log(k * 3, 4))
        chosen = []
        if size <= set_size:
            pool = list(population)
            for left in range(size, size - k, -1):
                at = below(left)
                chosen.append(pool[at])
                pool[at] = pool[left - 1]
            return chosen
        taken = set()
        while len(chosen) < k:
            at = below(size)
            while at in taken:
                at = below(size)
            taken.add(at)
            chosen.append(population[at])
        return chosen

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """Return a list of k items chosen with repetition, with probabilities as weights, or their running sums."""
        random, size = self.random, len(population)
        if cum_weights is None:
            if weights is None:
                scale, whole = size + 0.0, int      # the conversion to float happens once
                return [population[whole(random() * scale)] for _ in _repeat(None, k)]
            cum_weights = list(_accumulate(weights))
        elif weights is not None:
            raise TypeError('Cannot specify both weights and cumulative weights')
        if len(cum_weights) != size:
            raise ValueError('The number of weights does not match the population')
        find, total = _bisect, cum_weights[-1] + 0.0
        return [population[find(cum_weights, random() * total, 0, size - 1)] for _ in _repeat(None, k)]

    # ---- distributions ----

    def uniform(self, a, b):
        """Return a number between a and b; b may or may not be included."""
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """Return a number from low to high, the most probable being mode, or the middle."""
        place = self.random()
        try:
            peak = 0.5 if mode is None else (mode - low) / (high - low)
        except ZeroDivisionError:
            return low
        if place > peak:
            place, peak, low, high = 1.0 - place, 1.0 - peak, high, low
        return low + (high - low) * _sqrt(place * peak)

    def normalvariate(self, mu, sigma):
        """Return a number of the normal distribution with mean mu and standard deviation sigma.

        By Kinderman and Monahan's ratio of uniform numbers (ACM Transactions on Mathematical Software 3, 1977).
        """
        random = self.random
        while True:
            first = random()
            second = 1.0 - random()
            ratio = NV_MAGICCONST * (first - 0.5) / second
            if ratio * ratio / 4.0 <= -_log(second):
                return mu + ratio * sigma

    def lognormvariate(self, mu, sigma):
        """Return a number whose logarithm is normally distributed, with mean mu and standard deviation sigma."""
        return _exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd):
        """Return a number of the exponential distribution with mean 1 / lambd."""
        return -_log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        """Return an angle from 0 to 2*pi, distributed around mu with concentration kappa; 0 is uniform.

        By Fisher's algorithm ("Statistical Analysis of Circular Data", 1993), with r as there.
        """
        random = self.random
        if kappa <= 1e-6:
            return TWOPI * random()
        half = 0.5 / kappa
        r = half + _sqrt(1.0 + half * half)
        while True:
            cosine = _cos(_pi * random())
            distance = cosine / (r + cosine)
            test = random()
            if test < 1.0 - distance * distance or test <= (1.0 - distance) * _exp(distance):
                break
        inverse = 1.0 / r
        angle = _acos((inverse + cosine) / (1.0 + inverse * cosine))
        return (mu + angle if random() > 0.5 else mu - angle) % TWOPI

    def gammavariate(self, alpha, beta):
        """Return a number of the gamma distribution with shape alpha and scale beta, both above 0: mean alpha * beta.

        By Cheng (Applied Statistics 26, 1977) for alpha above 1, by Ahrens and Dieter (Computing 12, 1974) below.
        """
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError('gammavariate: alpha and beta must be > 0.0')
        random = self.random
        if alpha > 1.0:
            root = _sqrt(2.0 * alpha - 1.0)
            low, slope = alpha - LOG4, alpha + root
            while True:
                first = random()
                if not 1e-7 < first < .9999999:
                    continue
                second = 1.0 - random()
                value = _log(first / (1.0 - first)) / root
                x = alpha * _exp(value)
                z = first * first * second
                limit = low + slope * value - x
                if limit + SG_MAGICCONST - 4.5 * z >= 0.0 or limit >= _log(z):
                    return x * beta
        if alpha == 1.0:
            return -_log(1.0 - random()) * beta
        scale = (_e + alpha) / _e
        while True:
            p = scale * random()
            x = p ** (1.0 / alpha) if p <= 1.0 else -_log((scale - p) / alpha)
            test = random()
            if test <= (x ** (alpha - 1.0) if p > 1.0 else _exp(-x)):
                return x * beta

    def gauss(self, mu, sigma):
        """Like normalvariate(), but faster, and not to be used by several threads at once.

        Two numbers come out of one computation; the second is kept for the next call.
        """
        deviate, self.gauss_next = self.gauss_next, None
        if deviate is None:
            angle = self.random() * TWOPI
            radius = _sqrt(-2.0 * _log(1.0 - self.random()))
            deviate = _cos(angle) * radius
            self.gauss_next = _sin(angle) * radius
        return mu + deviate * sigma

    def betavariate(self, alpha, beta):
        """Return a number of the beta distribution, from 0 to 1; alpha and beta are above 0."""
        part = self.gammavariate(alpha, 1.0)
        return part / (part + self.gammavariate(beta, 1.0)) if part else 0.0

    def paretovariate(self, alpha):
        """Return a number of the Pareto distribution with shape alpha."""
        return 1.0 / (1.0 - self.random()) ** (1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        """Return a number of the Weibull distribution with scale alpha and shape beta."""
        return alpha * (-_log(1.0 - self.random())) ** (1.0 / beta)


class SystemRandom(Random):
    """Random numbers from the operating system, for secrets.  They have no seed and no state."""

    def random(self):
        """Return a float from 0.0 to below 1.0."""
        return (int.from_bytes(_urandom(7), 'big') >> 3) * RECIP_BPF

    def getrandbits(self, k):
        """Return an integer of k random bits."""
        if k <= 0:
            raise ValueError('number of bits must be greater than zero')
        size = k + 7 >> 3
        return int.from_bytes(_urandom(size), 'big') >> 8 * size - k

    def seed(self, *args, **kwds):
        """Do nothing."""
        return None

    def _notimplemented(self, *args, **kwds):
        """Raise NotImplementedError: there is no state."""
        raise NotImplementedError('System entropy source does not have state.')

    getstate = setstate = _notimplemented


_inst = Random()
for _name in __all__:
    if _name not in ('Random', 'SystemRandom'):
        globals()[_name] = getattr(_inst, _name)
del _name

if hasattr(_os, 'register_at_fork'):
    _os.register_at_fork(after_in_child=_inst.seed)
