# SPDX-License-Identifier: MIT
"""Assertions about compiled code."""
import dis
import io
import unittest

_UNSPECIFIED = object()


class BytecodeTestCase(unittest.TestCase):
    """A test case with assertions about instructions."""

    def get_disassembly_as_string(self, co):
        """What dis.dis() prints for some code."""
        out = io.StringIO()
        dis.dis(co, file=out)
        return out.getvalue()

    def _find(self, x, opname, argval):
        """The first instruction of a name, with an argument if that matters, or None."""
        return next((instruction for instruction in dis.get_instructions(x) if instruction.opname == opname and
                     (argval is _UNSPECIFIED or instruction.argval == argval)), None)

    def assertInBytecode(self, x, opname, argval=_UNSPECIFIED):
        """Assert that there is an instruction of a name, with an argument if one is given; return it."""
        found = self._find(x, opname, argval)
        if found is None:
            what = '%s not found' % opname if argval is _UNSPECIFIED else '(%s,%r) not found' % (opname, argval)
            self.fail('%s in bytecode:\n%s' % (what, self.get_disassembly_as_string(x)))
        return found

    def assertNotInBytecode(self, x, opname, argval=_UNSPECIFIED):
        """Assert that there is none."""
        if self._find(x, opname, argval) is not None:
            what = '%s occurs' % opname if argval is _UNSPECIFIED else '(%s,%r) occurs' % (opname, argval)
            self.fail('%s in bytecode:\n%s' % (what, self.get_disassembly_as_string(x)))
