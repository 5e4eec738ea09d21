# SPDX-License-Identifier: MIT
"""Code objects made readable.

dis() prints the instructions of functions, classes, modules, code objects, source text and raw bytes;
get_instructions() and Bytecode give them as Instruction tuples; code_info() and show_code() tell the rest of what
a code object holds.
"""

import sys
import types
import collections
import io

from opcode import *
from opcode import __all__ as _opcodes_all

__all__ = ['code_info', 'dis', 'disassemble', 'distb', 'disco', 'findlinestarts', 'findlabels', 'show_code',
           'get_instructions', 'Instruction', 'Bytecode'] + _opcodes_all
del _opcodes_all

_have_code = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)

FORMAT_VALUE = opmap['FORMAT_VALUE']
FORMAT_VALUE_CONVERTERS = tuple((function, function.__name__ if function else '')
                                for function in (None, str, repr, ascii))
MAKE_FUNCTION = opmap['MAKE_FUNCTION']
MAKE_FUNCTION_FLAGS = ('defaults', 'kwdefaults', 'annotations', 'closure')

# The bits of co_flags, lowest first.
COMPILER_FLAG_NAMES = {1 << _bit: _name for _bit, _name in enumerate(
    'OPTIMIZED NEWLOCALS VARARGS VARKEYWORDS NESTED GENERATOR NOFREE COROUTINE ITERABLE_COROUTINE '
    'ASYNC_GENERATOR'.split())}

_OPNAME_WIDTH, _OPARG_WIDTH = 20, 5


def pretty_flags(flags):
    """Return the names of the bits in a code object's co_flags; bits without a name in hexadecimal."""
    if not flags:
        return hex(flags)
    names = []
    for bit in range(32):
        flag = 1 << bit
        if flags & flag:
            names.append(COMPILER_FLAG_NAMES.get(flag) or hex(flag))
            flags &= ~flag
    if flags:
        names.append(hex(flags))
    return ', '.join(names)


# --- What to disassemble --------------------------------------------------------------------------

# Where functions, generators, asynchronous generators and coroutines keep their code.
_CODE_ATTRIBUTES = ('__code__', 'gi_code', 'ag_code', 'cr_code')


def _unwrap(x):
    """Return the code object behind a method, function, generator or coroutine; other objects unchanged."""
    x = getattr(x, '__func__', x)
    for attribute in _CODE_ATTRIBUTES:
        if hasattr(x, attribute):
            return getattr(x, attribute)
    return x


def _unfit(x):
    return TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def _try_compile(source, name):
    """Compile text as an expression if it is one, else as statements."""
    try:
        return compile(source, name, 'eval')
    except SyntaxError:
        pass
    return compile(source, name, 'exec')


def _get_code_object(x):
    """Return the code object of whatever has one; text is compiled.  Raises TypeError."""
    x = _unwrap(x)
    if isinstance(x, str):
        return _try_compile(x, '<disassembly>')
    if hasattr(x, 'co_code'):
        return x
    raise _unfit(x)


def dis(x=None, *, file=None, depth=None):
    """Print the instructions of x: of the last traceback if it is None.

    x: a class or module (all its functions), method, function, generator, coroutine, code object, source, or bytes.
    file: where to print (standard output).  depth: how deep to follow code inside code; None means all the way.
    Raises TypeError for anything else.
    """
    if x is None:
        distb(file=file)
        return
    x = _unwrap(x)
    if hasattr(x, '__dict__'):
        for name, member in sorted(x.__dict__.items()):
            if not isinstance(member, _have_code):
                continue
            print('Disassembly of %s:' % name, file=file)
            try:
                dis(member, file=file, depth=depth)
            except TypeError as problem:
                print('Sorry:', problem, file=file)
            print(file=file)
    elif hasattr(x, 'co_code'):
        _disassemble_recursive(x, file=file, depth=depth)
    elif isinstance(x, (bytes, bytearray)):
        _disassemble_bytes(x, file=file)
    elif isinstance(x, str):
        _disassemble_str(x, file=file, depth=depth)
    else:
        raise _unfit(x)


def _innermost(tb):
    """The last entry of a traceback."""
    while tb.tb_next:
        tb = tb.tb_next
    return tb


def distb(tb=None, *, file=None):
    """Print the code where a traceback ends, with its instruction marked; tb defaults to the last uncaught one."""
    if tb is None:
        try:
            tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError('no last traceback to disassemble') from None
    tb = _innermost(tb)
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


# --- About code objects ---------------------------------------------------------------------------

def code_info(x):
    """Formatted details of methods, functions, or code."""
    return _format_code_info(_get_code_object(x))


def show_code(co, *, file=None):
    """Print code_info(co)."""
    print(code_info(co), file=file)


def _format_code_info(co):
    lines = ['%-18s %s' % row for row in (
        ('Name:', co.co_name), ('Filename:', co.co_filename), ('Argument count:', co.co_argcount),
        ('Positional-only arguments:', co.co_posonlyargcount), ('Kw-only arguments:', co.co_kwonlyargcount),
        ('Number of locals:', co.co_nlocals), ('Stack size:', co.co_stacksize),
        ('Flags:', pretty_flags(co.co_flags)))]
    for title, values, form in (('Constants:', co.co_consts, '%4d: %r'), ('Names:', co.co_names, '%4d: %s'),
                                ('Variable names:', co.co_varnames, '%4d: %s'),
                                ('Free variables:', co.co_freevars, '%4d: %s'),
                                ('Cell variables:', co.co_cellvars, '%4d: %s')):
        if values:
            lines.append(title)
            lines += [form % pair for pair in enumerate(values)]
    return '\n'.join(lines)


# --- Instructions ---------------------------------------------------------------------------------

_Instruction = collections.namedtuple(
    '_Instruction', 'opname opcode arg argval argrepr offset starts_line is_jump_target')

for _name, _text in (('opname', 'name of the instruction'), ('opcode', 'its number'),
                     ('arg', 'argument as a number, or None'), ('argval', 'what the argument stands for, else arg'),
                     ('argrepr', 'the argument for people'), ('offset', 'position in the bytes of the code'),
                     ('starts_line', 'line of the source that begins here, or None'),
                     ('is_jump_target', 'whether some jump leads here')):
    getattr(_Instruction, _name).__doc__ = _text
del _name, _text


class Instruction(_Instruction):
    """One instruction: opname, opcode, arg, argval, argrepr, offset, starts_line, is_jump_target."""

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        """Return the instruction as a line of dis(); lineno_width 0 leaves the line number out."""
        columns = []
        if lineno_width:
            columns.append(('' if self.starts_line is None else '%d' % self.starts_line).rjust(lineno_width))
        columns.append('-->' if mark_as_current else '   ')
        columns.append('>>' if self.is_jump_target else '  ')
        columns.append(str(self.offset).rjust(offset_width))
        columns.append(self.opname.ljust(_OPNAME_WIDTH))
        if self.arg is not None:
            columns.append(str(self.arg).rjust(_OPARG_WIDTH))
            if self.argrepr:
                columns.append('(%s)' % self.argrepr)
        return ' '.join(columns).rstrip()


def get_instructions(x, *, first_line=None):
    """Yield the Instructions of a function, method, generator, code object or source.

    first_line: number to give to the first line of the source instead of the recorded one.
    """
    co = _get_code_object(x)
    offset = 0 if first_line is None else first_line - co.co_firstlineno
    return _get_instructions_bytes(co.co_code, co.co_varnames, co.co_names, co.co_consts,
                                   co.co_cellvars + co.co_freevars, dict(findlinestarts(co)), offset)


def _get_const_info(const_index, const_list):
    """(value, repr) of a constant; without a list the index stands for it."""
    value = const_index if const_list is None else const_list[const_index]
    return value, repr(value)


def _get_name_info(name_index, name_list):
    """(name, name) from a list of names; without one the index stands for it."""
    if name_list is None:
        return name_index, repr(name_index)
    name = name_list[name_index]
    return name, name


def _describe_conversion(arg):
    """argval and argrepr of FORMAT_VALUE: the lower two bits choose the function, the third says: a format follows."""
    function, text = FORMAT_VALUE_CONVERTERS[arg & 3]
    formatted = bool(arg & 4)
    if formatted:
        text = text + ', with format' if text else 'with format'
    return (function, formatted), text


def _unpack_opargs(code):
    """Yield (offset, opcode, argument or None) of each two bytes; EXTENDED_ARG goes into what follows it, too."""
    upper = 0
    for offset in range(0, len(code), 2):
        number = code[offset]
        if number < HAVE_ARGUMENT:
            yield offset, number, None
            continue
        arg = code[offset + 1] | upper
        upper = arg << 8 if number == EXTENDED_ARG else 0
        yield offset, number, arg


def findlabels(code):
    """Return the offsets that jumps in bytes of code lead to, in the order in which they are met."""
    targets = {}
    for offset, number, arg in _unpack_opargs(code):
        if arg is None:
            continue
        if number in hasjrel:
            targets[offset + 2 + arg] = None
        elif number in hasjabs:
            targets[arg] = None
    return list(targets)


def findlinestarts(code):
    """Yield (offset, line number) where a code object's source lines begin."""
    table = code.co_lnotab
    end = len(code.co_code)
    line = code.co_firstlineno
    offset, reported = 0, None
    for step, lines in zip(table[0::2], table[1::2]):
        if step:
            if line != reported:
                yield offset, line
                reported = line
            offset += step
            if offset >= end:
                # What follows was optimised away.
                return
        # Line steps are signed bytes.
        line += lines - 256 if lines > 127 else lines
    if line != reported:
        yield offset, line


def _get_instructions_bytes(code, varnames=None, names=None, constants=None, cells=None, linestarts=None,
                            line_offset=0):
    """Yield the Instructions of bytes of code; names and constants that are missing are shown as their numbers."""
    labels = set(findlabels(code))
    line = None
    for offset, number, arg in _unpack_opargs(code):
        if linestarts is not None:
            line = linestarts.get(offset)
            if line is not None:
                line += line_offset
        value, text = arg, ''
        if arg is None:
            pass
        elif number in hasconst:
            value, text = _get_const_info(arg, constants)
        elif number in hasname:
            value, text = _get_name_info(arg, names)
        elif number in haslocal:
            value, text = _get_name_info(arg, varnames)
        elif number in hasfree:
            value, text = _get_name_info(arg, cells)
        elif number in hasjrel:
            value = offset + 2 + arg
            text = 'to %d' % value
        elif number in hascompare:
            value = text = cmp_op[arg]
        elif number == FORMAT_VALUE:
            value, text = _describe_conversion(arg)
        elif number == MAKE_FUNCTION:
            text = ', '.join(flag for bit, flag in enumerate(MAKE_FUNCTION_FLAGS) if arg >> bit & 1)
        yield Instruction(opname[number], number, arg, value, text, offset, line, offset in labels)


# --- Printing -------------------------------------------------------------------------------------

def disassemble(co, lasti=-1, *, file=None):
    """Print the instructions of one code object, the one at offset lasti marked with an arrow."""
    _disassemble_bytes(co.co_code, lasti, co.co_varnames, co.co_names, co.co_consts, co.co_cellvars + co.co_freevars,
                       dict(findlinestarts(co)), file=file)


disco = disassemble


def _disassemble_recursive(co, *, file=None, depth=None):
    disassemble(co, file=file)
    if depth is not None:
        if depth <= 0:
            return
        depth -= 1
    for inner in co.co_consts:
        if hasattr(inner, 'co_code'):
            print('\nDisassembly of %r:' % (inner,), file=file)
            _disassemble_recursive(inner, file=file, depth=depth)


def _disassemble_bytes(code, lasti=-1, varnames=None, names=None, constants=None, cells=None, linestarts=None, *,
                       file=None, line_offset=0):
    line_width = 0
    if linestarts is not None:
        line_width = max(3, len(str(max(linestarts.values()) + line_offset)))
    # Four columns are enough up to 9999.
    offset_width = max(4, len(str(len(code) - 2)))
    for item in _get_instructions_bytes(code, varnames, names, constants, cells, linestarts, line_offset):
        if line_width and item.starts_line is not None and item.offset > 0:
            print(file=file)
        print(item._disassemble(line_width, item.offset == lasti, offset_width), file=file)


def _disassemble_str(source, **kwargs):
    _disassemble_recursive(_try_compile(source, '<dis>'), **kwargs)


class Bytecode:
    """The instructions of x (as for get_instructions()): iterating gives them, dis() the text, info() the rest.

    first_line: number of the first source line instead of the recorded one.
    current_offset: offset of the instruction to mark.
    """

    def __init__(self, x, *, first_line=None, current_offset=None):
        self.codeobj = co = _get_code_object(x)
        if first_line is None:
            self.first_line, self._line_offset = co.co_firstlineno, 0
        else:
            self.first_line, self._line_offset = first_line, first_line - co.co_firstlineno
        self._cell_names = co.co_cellvars + co.co_freevars
        self._linestarts = dict(findlinestarts(co))
        self._original_object = x
        self.current_offset = current_offset

    def _parts(self):
        """What the functions over bytes want to know, as keywords."""
        co = self.codeobj
        return dict(code=co.co_code, varnames=co.co_varnames, names=co.co_names, constants=co.co_consts,
                    cells=self._cell_names, linestarts=self._linestarts, line_offset=self._line_offset)

    def __iter__(self):
        return _get_instructions_bytes(**self._parts())

    def __repr__(self):
        return '%s(%r)' % (self.__class__.__name__, self._original_object)

    @classmethod
    def from_traceback(cls, tb):
        """The code where a traceback ends, with the instruction that failed marked."""
        tb = _innermost(tb)
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """Return text about the code object, as code_info()."""
        return _format_code_info(self.codeobj)

    def dis(self):
        """Return the instructions as text, as dis() prints them."""
        marked = -1 if self.current_offset is None else self.current_offset
        with io.StringIO() as output:
            _disassemble_bytes(lasti=marked, file=output, **self._parts())
            return output.getvalue()


def _test():
    """Print the code of a file: python -m dis [infile]"""
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument('infile', type=argparse.FileType(), nargs='?', default='-')
    source_file = parser.parse_args().infile
    with source_file:
        text = source_file.read()
    dis(compile(text, source_file.name, 'exec'))


if __name__ == '__main__':
    _test()
