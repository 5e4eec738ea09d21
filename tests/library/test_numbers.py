# SPDX-License-Identifier: MIT
"""numbers, fractions, statistics, random, colorsys."""

import colorsys
import copy
import numbers
import pickle
import random
import statistics
import unittest
from fractions import Fraction as F
from statistics import NormalDist, StatisticsError


class Tower(unittest.TestCase):
    def test_registered(self):
        self.assertTrue(isinstance(1, numbers.Integral) and isinstance(1.0, numbers.Real)
                        and isinstance(1j, numbers.Complex) and not isinstance(1j, numbers.Real))
        self.assertTrue(issubclass(F, numbers.Rational))

    def test_derived(self):
        class Three(numbers.Complex):
            __abs__ = __add__ = __complex__ = __mul__ = __neg__ = __pos__ = __pow__ = __radd__ = __rmul__ = __rpow__ = \
                __rtruediv__ = __truediv__ = conjugate = lambda self, *args: 3
            real = imag = 0

            def __eq__(self, other):
                return other == 3
        self.assertTrue(bool(Three()) and Three() - 1 == 3)
        with self.assertRaises(TypeError):
            numbers.Real()


class Fractions(unittest.TestCase):
    def test_made(self):
        self.assertEqual([F('3/-6'[:2] + '6'), F(' -1.25e1 '), F(0.5), F(6, -4), F(F(1, 2), F(1, 3)), F('.5')],
                         [F(1, 2), F(-25, 2), F(1, 2), F(-3, 2), F(3, 2), F(1, 2)])
        for args, kind, message in ((('1/x',), ValueError, "Invalid literal for Fraction: '1/x'"),
                                    ((1, 0), ZeroDivisionError, r'Fraction\(1, 0\)'),
                                    ((1.5, 2), TypeError, 'both arguments should be Rational instances'),
                                    ((None,), TypeError, 'argument should be a string or a Rational instance')):
            with self.assertRaisesRegex(kind, message):
                F(*args)

    def test_arithmetic(self):
        a, b = F(3, 4), F(-2, 3)
        self.assertEqual([a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), a ** 2, a ** -1, 2 - a],
                         [F(1, 12), F(17, 12), F(-1, 2), F(-9, 8), -2, F(-7, 12), (-2, F(-7, 12)), F(9, 16), F(4, 3),
                          F(5, 4)])
        self.assertEqual([a + 0.25, 1j * a, 4 ** F(1, 2), a ** F(1, 2) < 1], [1.0, 0.75j, 2.0, True])

    def test_rounding(self):
        self.assertEqual([round(F(5, 2)), round(F(7, 2)), round(F(-7, 3)), round(F(22, 7), 2), int(F(-7, 3))],
                         [2, 4, -2, F(157, 50), -2])
        self.assertEqual(F('3.141592653589793').limit_denominator(1000), F(355, 113))

    def test_compare_and_hash(self):
        self.assertTrue(F(1, 2) == 0.5 == F(2, 4) and F(1, 3) < 0.34 and not F(1, 2) < float('nan'))
        self.assertEqual([hash(F(5)), hash(F(1, 2)), hash(F(-1, 4))], [hash(5), hash(0.5), hash(-0.25)])
        self.assertEqual(pickle.loads(pickle.dumps(F(2, 3))), F(2, 3))
        self.assertEqual((repr(F(2, 3)), str(F(2, 3)), str(F(4)), copy.copy(F(1))), ('Fraction(2, 3)', '2/3', '4', 1))


class Statistics(unittest.TestCase):
    def test_averages(self):
        data = [1, 2, 2, 3, 9]
        self.assertEqual([statistics.mean(data), statistics.median(data), statistics.mode(data),
                          statistics.median_low([1, 2]), statistics.median_high([1, 2])], [3.4, 2, 2, 1, 2])
        self.assertEqual(statistics.mean([F(1, 2), F(1, 3)]), F(5, 12))
        self.assertEqual([statistics.fmean(data), statistics.harmonic_mean([40, 60])], [3.4, 48.0])
        self.assertEqual(statistics.multimode('aabbc'), ['a', 'b'])
        self.assertEqual(statistics.median_grouped([1, 2, 2, 3, 4, 4, 4, 4, 4, 5]), 3.7)
        self.assertAlmostEqual(statistics.geometric_mean([54, 24, 36]), 36.0)

    def test_exact_sum(self):
        self.assertEqual(statistics.mean([1e100, 1, -1e100] * 1000), 1 / 3)

    def test_spread(self):
        data = [2.75, 1.75, 1.25, 0.25, 0.5, 1.25, 3.5]
        self.assertEqual(statistics.variance(data), 1.3720238095238095)
        self.assertEqual(statistics.pvariance([F(1, 4), F(5, 4)]), F(1, 4))
        self.assertEqual(statistics.quantiles(range(1, 11)), [2.75, 5.5, 8.25])
        self.assertEqual(statistics.quantiles(range(1, 11), method='inclusive', n=2), [5.5])

    def test_errors(self):
        for function, message in ((statistics.mean, 'mean requires at least one data point'),
                                  (statistics.median, 'no median for empty data'),
                                  (statistics.stdev, 'variance requires at least two data points'),
                                  (statistics.mode, 'no mode for empty data')):
            with self.assertRaisesRegex(StatisticsError, message):
                function([])

    def test_normal(self):
        d = NormalDist(100, 15)
        self.assertEqual((d.cdf(100), d.inv_cdf(0.5), d.quantiles(2)), (0.5, 100.0, [100.0]))
        self.assertEqual((d + 5, d * 2, -d), (NormalDist(105, 15), NormalDist(200, 30), NormalDist(-100, 15)))
        self.assertAlmostEqual(NormalDist(2.4, 1.6).overlap(NormalDist(3.2, 2.0)), 0.8035050657330205)
        self.assertEqual(repr(d), 'NormalDist(mu=100.0, sigma=15.0)')


class Randoms(unittest.TestCase):
    def setUp(self):
        self.r = random.Random('seed')

    def test_sequence(self):
        r = random.Random(1)
        self.assertEqual((r.random(), r.getrandbits(10), r.randrange(1000), r.choice('abcdef')),
                         (0.13436424411240122, 867, 821, 'a'))
        self.assertEqual(random.Random(1).sample(range(100), 5), [17, 72, 97, 8, 32])
        x = list(range(6))
        random.Random(1).shuffle(x)
        self.assertEqual(x, [2, 3, 5, 0, 4, 1])

    def test_state(self):
        state = self.r.getstate()
        first = [self.r.gauss(0, 1) for _ in range(3)]
        self.r.setstate(state)
        self.assertEqual([self.r.gauss(0, 1) for _ in range(3)], first)
        self.assertEqual(pickle.loads(pickle.dumps(self.r)).random(), self.r.random())

    def test_ranges(self):
        self.assertTrue(all(1 <= self.r.randint(1, 6) <= 6 for _ in range(100)))
        self.assertEqual(sorted(self.r.sample(range(5), 5)), [0, 1, 2, 3, 4])
        self.assertEqual(self.r.choices('ab', [0, 1], k=3), ['b'] * 3)
        for name, args in (('expovariate', (2,)), ('betavariate', (1, 2)), ('gammavariate', (2, 1)),
                           ('triangular', (0, 1)), ('vonmisesvariate', (0, 4)), ('weibullvariate', (1, 1))):
            self.assertGreaterEqual(getattr(self.r, name)(*args), 0)

    def test_errors(self):
        for function, kind, message in ((lambda r: r.randrange(3, 3), ValueError, r'empty range for randrange\(\) \(3, 3, 0\)'),
                                        (lambda r: r.choice([]), IndexError, 'Cannot choose from an empty sequence'),
                                        (lambda r: r.sample([1], 2), ValueError, 'Sample larger than population'),
                                        (lambda r: r.sample({1: 2}, 1), TypeError, 'Population must be a sequence or'),
                                        (lambda r: random.SystemRandom().getstate(), NotImplementedError, 'entropy')):
            with self.assertRaisesRegex(kind, message):
                function(self.r)

    def test_subclass(self):
        class Half(random.Random):
            def random(self):
                return 0.5
        self.assertEqual((Half().randrange(10), Half().choice('abcd')), (6, 'a'))


class Colors(unittest.TestCase):
    def test_conversions(self):
        self.assertEqual(colorsys.rgb_to_hsv(1.0, 0.5, 0.0), (1 / 12, 1.0, 1.0))
        self.assertEqual(colorsys.hsv_to_rgb(0.5, 1.0, 0.4), (0.0, 0.4, 0.4))
        self.assertEqual(colorsys.rgb_to_hls(0.0, 0.0, 1.0), (2 / 3, 0.5, 1.0))
        for rgb in ((0.2, 0.4, 0.6), (1.0, 0.0, 0.5), (0.3, 0.3, 0.3)):
            for there, back in ((colorsys.rgb_to_hls, colorsys.hls_to_rgb), (colorsys.rgb_to_hsv, colorsys.hsv_to_rgb),
                                (colorsys.rgb_to_yiq, colorsys.yiq_to_rgb)):
                for value, again in zip(rgb, back(*there(*rgb))):
                    self.assertAlmostEqual(value, again)


if __name__ == '__main__':
    unittest.main()
