# SPDX-License-Identifier: MIT
"""Write cases.json: what the reference makes of the sources in cases.txt. Run by CPython 3.8.18 only.

cases.txt holds sources between lines of `----`; a line `----single` or `----eval` says the mode of the one that follows.
"""
import json
import os
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))


def read_cases():
    mode, lines = 'exec', []
    with open(os.path.join(HERE, 'cases.txt'), encoding='utf-8', newline='\n') as f:
        for line in f:
            if line.startswith('----'):
                if lines:
                    yield mode, ''.join(lines)[:-1]
                mode, lines = line[4:].strip() or 'exec', []
            else:
                lines.append(line)
    if lines:
        yield mode, ''.join(lines)[:-1]


def describe_code(code):
    """Everything a code object holds, as lists and strings."""
    consts = [describe_code(c) if isinstance(c, type(code)) else type(c).__name__ + ' ' + stable_repr(c) for c in code.co_consts]
    return [code.co_name, code.co_firstlineno, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_nlocals,
            code.co_stacksize, code.co_flags, code.co_code.hex(), code.co_lnotab.hex(), consts, list(code.co_names),
            list(code.co_varnames), list(code.co_freevars), list(code.co_cellvars)]


def stable_repr(value):
    return 'frozenset(%r)' % sorted(map(repr, value)) if isinstance(value, frozenset) else repr(value)


def outcome(source, mode, optimize=0):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            result = ['code', describe_code(compile(source, '<case>', mode, 0, True, optimize))]
        except SyntaxError as e:
            result = ['error', type(e).__name__, e.msg, e.lineno, e.offset, e.text]
        except (ValueError, RecursionError, MemoryError) as e:
            result = ['error', type(e).__name__, str(e)]
    return result + [[[w.category.__name__, str(w.message), w.lineno] for w in caught]]


if __name__ == '__main__':
    cases = [[mode, source, outcome(source, mode)] for mode, source in read_cases()]
    with open(os.path.join(HERE, 'cases.json'), 'w') as f:
        f.write('[\n' + ',\n'.join(map(json.dumps, cases)) + '\n]\n')
    print(len(cases), 'cases', file=sys.stderr)
