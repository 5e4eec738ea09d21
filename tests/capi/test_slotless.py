# SPDX-License-Identifier: MIT
"""Special methods that a C type has by name only: operators do not find them there, but in the classes below."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), 'support'))
import build_extension  # noqa: E402

slotless = build_extension.load(os.path.join(HERE, 'slotless.c'))


class SlotlessTest(unittest.TestCase):

    def test_c_types(self):
        for cls in slotless.Base, slotless.Below, slotless.Heap:
            self.assertEqual(slotless.slots_of(cls), (0, 0, 0, 0))
            one = cls()
            self.assertRegex(one.__add__(1), r'\.__add__$')
            self.assertRaises(TypeError, lambda: one + 1)
            self.assertRaises(TypeError, lambda: one[0])
            self.assertRaises(TypeError, len, one)

    def check(self, cls):
        self.assertEqual(slotless.slots_of(cls), (1, 1, 1, 1))
        one = cls()
        self.assertEqual((one + 1, one[0], ~one, len(one)), ('%s.__add__' % cls.__name__, '%s.__getitem__' % cls.__name__,
                                                             '%s.__invert__' % cls.__name__, 7))
        self.assertEqual(one == 2, '%s.__eq__' % cls.__name__)
        self.assertTrue(one)

    def test_classes(self):
        for base in slotless.Base, slotless.Below, slotless.Heap:
            class Child(base):
                pass

            class Grandchild(Child):
                pass

            class Other:
                pass

            class Both(Other, base):
                pass

            for _ in range(2):          # what is known of the bases' dicts does not change it
                class Again(base):
                    pass
                self.check(Again)
            for cls in Child, Grandchild, Both:
                self.check(cls)

    def test_own(self):
        class Child(slotless.Base):
            def __add__(self, other):
                return 'own'

            __len__ = None

        class Grandchild(Child):
            pass
        self.assertEqual(Grandchild() + 1, 'own')
        self.assertEqual(Grandchild()[0], 'Grandchild.__getitem__')
        self.assertRaises(TypeError, len, Grandchild())
        del Child.__add__
        self.assertEqual(Grandchild() + 1, 'Grandchild.__add__')


if __name__ == '__main__':
    unittest.main()
