# SPDX-License-Identifier: MIT
"""The instructions of code objects: names, numbers and what their argument means.

Made for dis and for programs that read or write wordcode.  The table repeats src/defs/opcode.def, which the
compiler and the evaluator are built from (tests/library/test_dis.py compares it with what they do).
"""

__all__ = ['cmp_op', 'hasconst', 'hasname', 'hasjrel', 'hasjabs', 'haslocal', 'hascompare', 'hasfree', 'opname',
           'opmap', 'HAVE_ARGUMENT', 'EXTENDED_ARG', 'hasnargs']

# _opcode is not there while the native modules are being built.
try:
    from _opcode import stack_effect
    __all__.append('stack_effect')
except ImportError:
    pass

cmp_op = ('<', '<=', '==', '!=', '>', '>=', 'in', 'not in', 'is', 'is not', 'exception match', 'BAD')

# number:NAME, and after a slash the kind of the argument, which names the list below.
_INSTRUCTIONS = """
    1:POP_TOP 2:ROT_TWO 3:ROT_THREE 4:DUP_TOP 5:DUP_TOP_TWO 6:ROT_FOUR 9:NOP 10:UNARY_POSITIVE 11:UNARY_NEGATIVE
    12:UNARY_NOT 15:UNARY_INVERT 16:BINARY_MATRIX_MULTIPLY 17:INPLACE_MATRIX_MULTIPLY 19:BINARY_POWER
    20:BINARY_MULTIPLY 22:BINARY_MODULO 23:BINARY_ADD 24:BINARY_SUBTRACT 25:BINARY_SUBSCR 26:BINARY_FLOOR_DIVIDE
    27:BINARY_TRUE_DIVIDE 28:INPLACE_FLOOR_DIVIDE 29:INPLACE_TRUE_DIVIDE 50:GET_AITER 51:GET_ANEXT
    52:BEFORE_ASYNC_WITH 53:BEGIN_FINALLY 54:END_ASYNC_FOR 55:INPLACE_ADD 56:INPLACE_SUBTRACT 57:INPLACE_MULTIPLY
    59:INPLACE_MODULO 60:STORE_SUBSCR 61:DELETE_SUBSCR 62:BINARY_LSHIFT 63:BINARY_RSHIFT 64:BINARY_AND
    65:BINARY_XOR 66:BINARY_OR 67:INPLACE_POWER 68:GET_ITER 69:GET_YIELD_FROM_ITER 70:PRINT_EXPR
    71:LOAD_BUILD_CLASS 72:YIELD_FROM 73:GET_AWAITABLE 75:INPLACE_LSHIFT 76:INPLACE_RSHIFT 77:INPLACE_AND
    78:INPLACE_XOR 79:INPLACE_OR 81:WITH_CLEANUP_START 82:WITH_CLEANUP_FINISH 83:RETURN_VALUE 84:IMPORT_STAR
    85:SETUP_ANNOTATIONS 86:YIELD_VALUE 87:POP_BLOCK 88:END_FINALLY 89:POP_EXCEPT 90:STORE_NAME/name
    91:DELETE_NAME/name 92:UNPACK_SEQUENCE 93:FOR_ITER/jrel 94:UNPACK_EX 95:STORE_ATTR/name 96:DELETE_ATTR/name
    97:STORE_GLOBAL/name 98:DELETE_GLOBAL/name 100:LOAD_CONST/const 101:LOAD_NAME/name 102:BUILD_TUPLE
    103:BUILD_LIST 104:BUILD_SET 105:BUILD_MAP 106:LOAD_ATTR/name 107:COMPARE_OP/compare 108:IMPORT_NAME/name
    109:IMPORT_FROM/name 110:JUMP_FORWARD/jrel 111:JUMP_IF_FALSE_OR_POP/jabs 112:JUMP_IF_TRUE_OR_POP/jabs
    113:JUMP_ABSOLUTE/jabs 114:POP_JUMP_IF_FALSE/jabs 115:POP_JUMP_IF_TRUE/jabs 116:LOAD_GLOBAL/name
    122:SETUP_FINALLY/jrel 124:LOAD_FAST/local 125:STORE_FAST/local 126:DELETE_FAST/local 130:RAISE_VARARGS
    131:CALL_FUNCTION 132:MAKE_FUNCTION 133:BUILD_SLICE 135:LOAD_CLOSURE/free 136:LOAD_DEREF/free
    137:STORE_DEREF/free 138:DELETE_DEREF/free 141:CALL_FUNCTION_KW 142:CALL_FUNCTION_EX 143:SETUP_WITH/jrel
    144:EXTENDED_ARG 145:LIST_APPEND 146:SET_ADD 147:MAP_ADD 148:LOAD_CLASSDEREF/free 149:BUILD_LIST_UNPACK
    150:BUILD_MAP_UNPACK 151:BUILD_MAP_UNPACK_WITH_CALL 152:BUILD_TUPLE_UNPACK 153:BUILD_SET_UNPACK
    154:SETUP_ASYNC_WITH/jrel 155:FORMAT_VALUE 156:BUILD_CONST_KEY_MAP 157:BUILD_STRING
    158:BUILD_TUPLE_UNPACK_WITH_CALL 160:LOAD_METHOD/name 161:CALL_METHOD 162:CALL_FINALLY/jrel 163:POP_FINALLY
"""

# Instructions from here on have an argument.
HAVE_ARGUMENT = 90

hasconst, hasname, hasjrel, hasjabs, haslocal, hascompare, hasfree, hasnargs = [], [], [], [], [], [], [], []
opmap = {}
opname = ['<%d>' % _number for _number in range(256)]


def _define(row, lists):
    number, _, name = row.partition(':')
    name, _, kind = name.partition('/')
    number = int(number)
    opmap[name] = number
    opname[number] = name
    if kind:
        lists['has' + kind].append(number)


for _row in _INSTRUCTIONS.split():
    _define(_row, globals())
EXTENDED_ARG = opmap['EXTENDED_ARG']
del _row, _INSTRUCTIONS, _define
