# SPDX-License-Identifier: MIT
"""Is what the user has typed so far a whole statement?

compile_command() compiles it, or says that more is to come, or raises the SyntaxError.  Compile and CommandCompiler do
the same for sessions: they remember `from __future__ import` statements.

How it is found out: the text is compiled as it is, with a newline, and with two.  Text that is not finished fails in
another place each time; text that is wrong fails in the same place.
"""

import __future__

__all__ = ['compile_command', 'Compile', 'CommandCompiler']

_features = [getattr(__future__, name) for name in __future__.all_feature_names]

PyCF_DONT_IMPLY_DEDENT = 0x200      # the end of the text does not end an indented block


def _attempt(compiler, source, filename, symbol):
    """The code or None, and None or the error."""
    try:
        return compiler(source, filename, symbol), None
    except SyntaxError as exc:
        return None, exc


def _maybe_compile(compiler, source, filename, symbol):
    """The code; None if more is to come."""
    lines = [line.strip() for line in source.split('\n')]
    if symbol != 'eval' and all(not line or line[0] == '#' for line in lines):
        source = 'pass'                 # nothing but comments: nothing to do
    code, _ = _attempt(compiler, source, filename, symbol)
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter('error')  # once is enough, and those about syntax become errors
        code1, error1 = _attempt(compiler, source + '\n', filename, symbol)
        _, error2 = _attempt(compiler, source + '\n\n', filename, symbol)
    try:
        if code is None and code1 is None and repr(error1) == repr(error2):
            raise error1
    finally:
        error1 = error2 = None          # their tracebacks hold this frame
    return code


def _compile(source, filename, symbol):
    return compile(source, filename, symbol, PyCF_DONT_IMPLY_DEDENT)


def compile_command(source, filename='<input>', symbol='single'):
    """Return a code object, or None if source is the beginning of something longer.

    symbol: 'single', 'exec' or 'eval', as for compile().  SyntaxError, ValueError or OverflowError if it is wrong.
    """
    return _maybe_compile(_compile, source, filename, symbol)


class Compile:
    """A compile() that keeps the future features of what it has compiled before."""

    def __init__(self):
        self.flags = PyCF_DONT_IMPLY_DEDENT

    def __call__(self, source, filename, symbol):
        code = compile(source, filename, symbol, self.flags, True)
        for feature in _features:
            self.flags |= code.co_flags & feature.compiler_flag
        return code


class CommandCompiler:
    """A compile_command() that keeps the future features of what it has compiled before."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename='<input>', symbol='single'):
        """The arguments, result and errors are those of compile_command()."""
        return _maybe_compile(self.compiler, source, filename, symbol)
