# SPDX-License-Identifier: MIT
"""Means, medians, modes, spread, and the normal distribution.

Sums are exact: data of ints, floats, Fractions and Decimals is added up as fractions, and the result converted to the
type of the data only at the end.  _sum() and the like return (type, exact value, count).

>>> mean([1, 2, 3, 4, 4])
2.8
>>> median([2, 3, 4, 5])
3.5
>>> mode('abracadabra')
'a'
>>> stdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75])
1.0810874155219827
"""

__all__ = ['NormalDist', 'StatisticsError', 'fmean', 'geometric_mean', 'harmonic_mean', 'mean', 'median',
           'median_grouped', 'median_high', 'median_low', 'mode', 'multimode', 'pstdev', 'pvariance', 'quantiles',
           'stdev', 'variance']

import math
import numbers
from bisect import bisect_left, bisect_right
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import erf, exp, fabs, fsum, hypot, log, sqrt, tau
from operator import itemgetter


class StatisticsError(ValueError):
    """The data does not do for what is asked."""


# ---- exact arithmetic ----

def _sum(data, start=0):
    """Return (type, exact sum, count) of data, with start added.  The sum is a Fraction, or a nan or infinity."""
    count, (top, bottom) = 0, _exact_ratio(start)
    tops = {bottom: top}        # denominator -> sum of numerators
    T = _coerce(int, type(start))
    get = tops.get
    for kind, values in groupby(data, type):
        T = _coerce(T, kind)
        for value in values:
            top, bottom = _exact_ratio(value)
            tops[bottom] = get(bottom, 0) + top
            count += 1
    if None in tops:
        return T, tops[None], count
    return T, sum([Fraction(tops[bottom], bottom) for bottom in sorted(tops)]), count


def _isfinite(x):
    """Return whether a float or Decimal is neither a nan nor an infinity."""
    try:
        return x.is_finite()
    except AttributeError:
        return math.isfinite(x)


def _coerce(T, S):
    """Return the type of the sum of a T and an S.  TypeError if there is none."""
    assert T is not bool, 'initial type T is bool'
    if S is T or S is int or S is bool:     # bool counts as int
        return T
    if T is int or issubclass(S, T):
        return S
    if issubclass(T, S):
        return T
    if issubclass(T, int) or issubclass(T, Fraction) and issubclass(S, float):
        return S
    if issubclass(S, int) or issubclass(T, float) and issubclass(S, Fraction):
        return T
    raise TypeError("don't know how to coerce %s and %s" % (T.__name__, S.__name__))


def _exact_ratio(x):
    """Return x as (numerator, denominator); a nan or infinity as (x, None)."""
    try:
        if type(x) is not float and type(x) is not Decimal:
            try:
                return x.numerator, x.denominator
            except AttributeError:
                pass
        return x.as_integer_ratio()
    except (OverflowError, ValueError):
        assert not _isfinite(x)
        return x, None
    except AttributeError:
        raise TypeError("can't convert type '{}' to numerator/denominator".format(type(x).__name__))


def _convert(value, T):
    """Return value, a Fraction, as a T."""
    if type(value) is T:
        return value
    if issubclass(T, int) and value.denominator != 1:
        T = float
    try:
        return T(value)     # nans and infinities come this way, too
    except TypeError:
        if not issubclass(T, Decimal):
            raise
        return T(value.numerator) / value.denominator


def _find_lteq(a, x):
    """Return the index of the first x in sorted list a.  ValueError if there is none."""
    at = bisect_left(a, x)
    if at == len(a) or a[at] != x:
        raise ValueError
    return at


def _find_rteq(a, l, x):
    """Return the index of the last x in sorted list a, from index l on.  ValueError if there is none."""
    at = bisect_right(a, x, lo=l) - 1
    if at == len(a) or a[at] != x:
        raise ValueError
    return at


def _fail_neg(values, errmsg='negative value'):
    """Iterate over values.  StatisticsError at one that is negative."""
    for value in values:
        if value < 0:
            raise StatisticsError(errmsg)
        yield value


def _listed(data, least=0, name=''):
    """Return data as something with a length.  StatisticsError if there is less than function name needs."""
    if iter(data) is data:
        data = list(data)
    if len(data) < least:
        raise StatisticsError('%s requires at least %s' % (name, 'one data point' if least == 1 else
                                                           'two data points'))
    return data


# ---- means ----

def mean(data):
    """Return the arithmetic mean of data: its sum divided by its number."""
    data = _listed(data, 1, 'mean')
    T, total, count = _sum(data)
    return _convert(total / count, T)


def fmean(data):
    """Return the arithmetic mean of data as a float, faster than mean()."""
    try:
        count = len(data)
    except TypeError:       # an iterator
        data = list(data)
        count = len(data)
    total = fsum(data)
    if not count:
        raise StatisticsError('fmean requires at least one data point')
    return total / count


def geometric_mean(data):
    """Return the geometric mean of data as a float: the n-th root of the product of n numbers, all positive."""
    try:
        return exp(fmean(map(log, data)))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset  containing positive numbers') from None


def harmonic_mean(data):
    """Return the harmonic mean of data: the reciprocal of the mean of the reciprocals, e.g. of speeds."""
    negative = 'harmonic mean does not support negative values'
    data = _listed(data, 1, 'harmonic_mean')
    if len(data) == 1:
        only = data[0]
        if not isinstance(only, (numbers.Real, Decimal)):
            raise TypeError('unsupported type')
        if only < 0:
            raise StatisticsError(negative)
        return only
    try:
        T, total, count = _sum([1 / value for value in _fail_neg(data, negative)])
    except ZeroDivisionError:
        return 0
    return _convert(count / total, T)


# ---- medians, quantiles, modes ----

def _in_order(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data


def median(data):
    """Return the middle of data in order; of two in the middle the mean."""
    data = _in_order(data)
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2


def median_low(data):
    """Return the middle of data in order; of two in the middle the lower."""
    data = _in_order(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    """Return the middle of data in order; of two in the middle the higher."""
    data = _in_order(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1):
    """Return the median of data whose values stand for classes of width interval around them, by interpolation."""
    data = _in_order(data)
    size = len(data)
    middle = data[size // 2]
    if size == 1:
        return middle
    for value in (middle, interval):
        if isinstance(value, (str, bytes)):
            raise TypeError('expected number but got %r' % value)
    try:
        lower = middle - interval / 2
    except TypeError:       # a Decimal and a float, or so
        lower = float(middle) - float(interval) / 2
    below = _find_lteq(data, middle)
    inside = _find_rteq(data, below, middle) - below + 1
    return lower + interval * (size / 2 - below) / inside


def mode(data):
    """Return the most common value of data, the first of several."""
    for value, count in Counter(iter(data)).most_common(1):
        return value
    raise StatisticsError('no mode for empty data')


def multimode(data):
    """Return the list of the most common values, in the order of their first appearance."""
    counts = Counter(iter(data))
    highest = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == highest]


def quantiles(data, *, n=4, method='exclusive'):
    """Return the n - 1 points that cut data into n parts of equal probability.

    method: 'exclusive' if there may be more extreme values than in data, else 'inclusive'.
    """
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError('must have at least two data points')
    if method == 'inclusive':
        parts, first = size - 1, 0
    elif method == 'exclusive':
        parts, first = size + 1, 1
    else:
        raise ValueError(f'Unknown method: {method!r}')
    points = []
    for i in range(1, n):
        at = min(max(i * parts // n, first), size - 1 if first else size - 2)
        weight = i * parts - at * n
        points.append((data[at - first] * (n - weight) + data[at - first + 1] * weight) / n)
    return points


# ---- spread ----

def _ss(data, c=None):
    """Return (type, exact sum) of the squares of the distances from c, by default the mean."""
    if c is not None:
        T, total, count = _sum([(x - c) ** 2 for x in data])
        return T, total
    c = mean(data)
    T, total, count = _sum([(x - c) ** 2 for x in data])
    # The mean is rounded, if it is a float: what that makes up is taken off.
    rest = _sum([x - c for x in data])[1]
    total -= rest ** 2 / len(data)
    assert not total < 0, 'negative sum of square deviations: %f' % total
    return T, total


def _root(value):
    try:
        return value.sqrt()     # a Decimal's own
    except AttributeError:
        return math.sqrt(value)


def variance(data, xbar=None):
    """Return the variance of data as a sample of more.  xbar: the mean of data, if known."""
    data = _listed(data, 2, 'variance')
    T, total = _ss(data, xbar)
    return _convert(total / (len(data) - 1), T)


def pvariance(data, mu=None):
    """Return the variance of data as the whole population.  mu: the mean, if known."""
    data = _listed(data, 1, 'pvariance')
    T, total = _ss(data, mu)
    return _convert(total / len(data), T)


def stdev(data, xbar=None):
    """Return the standard deviation of data as a sample: the square root of variance()."""
    return _root(variance(data, xbar))


def pstdev(data, mu=None):
    """Return the standard deviation of data as the whole population: the square root of pvariance()."""
    return _root(pvariance(data, mu))


# ---- the normal distribution ----

# Wichura's algorithm AS241 (Applied Statistics 37, 1988): a quotient of polynomials for each of three ranges.
_CENTER = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
     1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077,
     687.1870074920579083, 42.313330701600911252, 1.0))
_NEAR = (
    (7.7454501427834140764e-4, .0227238449892691845833, .24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, .0151986665636164571966, .14810397642748007459,
     .68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0))
_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, .0012426609473880784386, .026532189526576123093,
     .29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     .0148753612908506148525, .13692988092273580531, .59983220655588793769, 1.0))


def _quotient(polynomials, x):
    """Return the quotient of two polynomials at x; the coefficients are those of the highest powers first."""
    top = bottom = 0.0
    for upper, lower in zip(*polynomials):
        top = top * x + upper
        bottom = bottom * x + lower
    return top, bottom


def _normal_dist_inv_cdf(p, mu, sigma):
    """Return the value below which a normally distributed variable is with probability p."""
    q = p - 0.5
    if fabs(q) <= 0.425:
        top, bottom = _quotient(_CENTER, 0.180625 - q * q)
        return mu + top * q / bottom * sigma
    r = sqrt(-log(p if q <= 0.0 else 1.0 - p))
    top, bottom = _quotient(_NEAR, r - 1.6) if r <= 5.0 else _quotient(_FAR, r - 5.0)
    x = top / bottom
    return mu + (-x if q < 0.0 else x) * sigma


try:
    from _statistics import _normal_dist_inv_cdf
except ImportError:
    pass


class NormalDist:
    """A normal distribution with mean mu and standard deviation sigma, and the variables that have it.

    Distributions can be moved and scaled by constants, and added and subtracted as independent variables.
    """

    __slots__ = {'_mu': 'The mean', '_sigma': 'The standard deviation'}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        """Return the distribution with the mean and standard deviation of data."""
        data = data if isinstance(data, (list, tuple)) else list(data)
        center = fmean(data)
        return cls(center, stdev(data, center))

    def samples(self, n, *, seed=None):
        """Return a list of n random numbers that are distributed like this."""
        import random
        source = random if seed is None else random.Random(seed)
        gauss, mu, sigma = source.gauss, self._mu, self._sigma
        return [gauss(mu, sigma) for _ in range(n)]

    def pdf(self, x):
        """Return the probability density at x."""
        variance = self._sigma ** 2.0
        if not variance:
            raise StatisticsError('pdf() not defined when sigma is zero')
        return exp((x - self._mu) ** 2.0 / (-2.0 * variance)) / sqrt(tau * variance)

    def cdf(self, x):
        """Return the probability of values up to x."""
        if not self._sigma:
            raise StatisticsError('cdf() not defined when sigma is zero')
        return 0.5 * (1.0 + erf((x - self._mu) / (self._sigma * sqrt(2.0))))

    def inv_cdf(self, p):
        """Return the value x for which cdf(x) is p."""
        mu, sigma = self._mu, self._sigma
        if p >= 1.0 or p <= 0.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        if sigma <= 0.0:
            raise StatisticsError('cdf() not defined when sigma at or below zero')
        return _normal_dist_inv_cdf(p, mu, sigma)

    def quantiles(self, n=4):
        """Return the n - 1 points that cut it into n parts of equal probability."""
        return [self.inv_cdf(part / n) for part in range(1, n)]

    def overlap(self, other):
        """Return the area, from 0 to 1, that the densities of two distributions have in common."""
        if not isinstance(other, NormalDist):
            raise TypeError('Expected another NormalDist instance')
        narrow, wide = sorted((self, other), key=lambda dist: (dist._sigma, dist._mu))
        narrow_var, wide_var = narrow.variance, wide.variance
        if not narrow_var or not wide_var:
            raise StatisticsError('overlap() not defined when sigma is zero')
        more = wide_var - narrow_var
        apart = fabs(wide._mu - narrow._mu)
        if not more:
            return 1.0 - erf(apart / (2.0 * narrow._sigma * sqrt(2.0)))
        # The densities cross at two points.
        middle = narrow._mu * wide_var - wide._mu * narrow_var
        half = narrow._sigma * wide._sigma * sqrt(apart ** 2.0 + more * log(wide_var / narrow_var))
        distances = [fabs(wide.cdf(x) - narrow.cdf(x)) for x in ((middle + half) / more, (middle - half) / more)]
        return 1.0 - (distances[0] + distances[1])

    @property
    def mean(self):
        """The mean."""
        return self._mu

    @property
    def median(self):
        """The median, which is the mean."""
        return self._mu

    @property
    def mode(self):
        """The most probable value, which is the mean."""
        return self._mu

    @property
    def stdev(self):
        """The standard deviation."""
        return self._sigma

    @property
    def variance(self):
        """The variance: the square of the standard deviation."""
        return self._sigma ** 2.0

    def __add__(x1, x2):
        """Move it by a constant; or add an independent variable."""
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu + x2._mu, hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu + x2, x1._sigma)

    def __sub__(x1, x2):
        """Move it by a constant; or subtract an independent variable, which makes the spread larger, too."""
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu - x2._mu, hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu - x2, x1._sigma)

    def __mul__(x1, x2):
        """Scale it by a constant."""
        return NormalDist(x1._mu * x2, x1._sigma * fabs(x2))

    def __truediv__(x1, x2):
        """Scale it by the reciprocal of a constant."""
        return NormalDist(x1._mu / x2, x1._sigma / fabs(x2))

    def __pos__(x1):
        """Copy it."""
        return NormalDist(x1._mu, x1._sigma)

    def __neg__(x1):
        """Turn it around 0."""
        return NormalDist(-x1._mu, x1._sigma)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(x1, x2):
        """Subtract it from a constant."""
        return -(x1 - x2)

    def __eq__(x1, x2):
        if not isinstance(x2, NormalDist):
            return NotImplemented
        return (x1._mu, x1._sigma) == (x2._mu, x2._sigma)

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'
