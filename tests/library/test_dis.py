# SPDX-License-Identifier: MIT
"""dis and opcode: text and tuples about code objects."""

import dis
import io
import opcode
import unittest


def text(x, **named):
    output = io.StringIO()
    dis.dis(x, file=output, **named)
    return output.getvalue()


class Dis(unittest.TestCase):
    def test_table(self):
        self.assertEqual((len(opcode.opmap), opcode.opname[100], opcode.HAVE_ARGUMENT), (120, 'LOAD_CONST', 90))
        self.assertEqual(opcode.hasjabs, [111, 112, 113, 114, 115])

    def test_expression(self):
        self.assertEqual(text('a + 1'), '''\
  1           0 LOAD_NAME                0 (a)
              2 LOAD_CONST               0 (1)
              4 BINARY_ADD
              6 RETURN_VALUE
''')

    def test_bytes(self):
        self.assertEqual(text(bytes([113, 0, 9, 0])),
                         '    >>    0 JUMP_ABSOLUTE            0\n          2 NOP\n')

    def test_nested_code(self):
        self.assertNotIn('Disassembly', text('lambda: 1', depth=0))
        self.assertIn('Disassembly of <code object <lambda>', text('lambda: 1'))

    def test_formats(self):
        self.assertIn('(repr, with format)', text("f'{a!r:>3}'"))
        self.assertIn('(defaults, kwdefaults)', text('lambda a=b, *, c=b: 1'))
        self.assertIn('(to ', text('for a in b: pass'))
        self.assertIn('(not in)', text('a not in b'))

    def test_instructions(self):
        first = next(dis.get_instructions('a', first_line=7))
        self.assertEqual(first, ('LOAD_NAME', 101, 0, 'a', 'a', 0, 7, False))

    def test_current(self):
        self.assertIn('-->       2 RETURN_VALUE', dis.Bytecode('a', current_offset=2).dis().replace('    ', ' ', 1))

    def test_info(self):
        self.assertIn('Flags:             NOFREE', dis.code_info('a'))
        self.assertEqual(dis.pretty_flags(0x41), 'OPTIMIZED, NOFREE')

    def test_unfit(self):
        with self.assertRaisesRegex(TypeError, "don't know how to disassemble int objects"):
            dis.dis(3)


if __name__ == '__main__':
    unittest.main()
