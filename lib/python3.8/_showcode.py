# SPDX-License-Identifier: MIT
"""What becomes of source code in taipan, step by step: tokens, tree, symbols, wordcode, executable form.

    python -m _showcode [-k KINDS] [-f PATTERN] FILE [ARGUMENT ...]
    python -X tai-show[=KINDS[:PATTERN]] program ...

KINDS is a list, with commas, of: tokens, tree, symbols, code, form; or all.  Everything is written to standard error.

The first four are made from the source of the program, which need not run.  The form is what really runs: with it the
program is run, and at its end the forms of its functions are listed, with what their instructions have become.

PATTERN limits code and forms to functions with such names ('area', '*_total'); modules that are imported are listed
only if a pattern is given, but never those of the library.
"""

import sys

KINDS = ('tokens', 'tree', 'symbols', 'code', 'form')
_DEFAULT = 'code,form'


def _parse(text):
    """Return (kinds, pattern or None) for what an option says.  ValueError."""
    kinds, _, pattern = text.partition(':')
    wanted = [kind.strip() for kind in (kinds or _DEFAULT).split(',')]
    for kind in wanted:
        if kind not in KINDS and kind != 'all':
            raise ValueError('%r is none of %s, all' % (kind, ', '.join(KINDS)))
    return KINDS if 'all' in wanted else tuple(wanted), pattern or None


def _matches(code, pattern):
    from fnmatch import fnmatchcase
    return pattern is None or fnmatchcase(code.co_name, pattern)


def _title(kind, name, out):
    print('\n--- %s: %s ---' % (kind, name), file=out)


def tokens(source, out):
    """Write the tokens of a text: line, columns (in bytes), name, text."""
    import _taipan
    for name, text, line, column, end_line, end_column in _taipan.tokens(source):
        place = '%d:%d-%d:%d' % (line, column, end_line, end_column)
        print('%-16s %-12s %r' % (place, name, text), file=out)


def tree(source, filename, out):
    """Write the syntax tree, a node a line."""
    import ast

    def show(value, label, level):
        start = '  ' * level + (label + ' = ' if label else '')
        if isinstance(value, ast.AST):
            place = ' @%d:%d' % (value.lineno, value.col_offset) if hasattr(value, 'lineno') else ''
            fields = [(name, getattr(value, name)) for name in value._fields if hasattr(value, name)]
            # What fits behind the node stands there: values, and nodes without fields (contexts, operators).
            plain = [(name, repr(field)) for name, field in fields if not isinstance(field, (ast.AST, list))]
            plain += [(name, type(field).__name__) for name, field in fields
                      if isinstance(field, ast.AST) and not field._fields]
            print(start + type(value).__name__ + ''.join(' %s=%s' % pair for pair in plain) + place, file=out)
            for name, field in fields:
                if isinstance(field, ast.AST) and field._fields:
                    show(field, name, level + 1)
                elif isinstance(field, list):
                    for item in field:
                        show(item, name + '[]', level + 1)
        else:
            print(start + repr(value), file=out)

    show(ast.parse(source, filename), '', 0)


def symbols(source, filename, out):
    """Write the scopes, and of each name what it is there."""
    import symtable
    properties = ('parameter', 'global', 'declared_global', 'local', 'free', 'imported', 'assigned', 'referenced',
                  'annotated', 'namespace')

    def show(table, level):
        indent = '  ' * level
        print('%s%s %s, line %d%s' % (indent, table.get_type(), table.get_name(), table.get_lineno(),
                                      ', nested' if table.is_nested() else ''), file=out)
        for symbol in sorted(table.get_symbols(), key=lambda symbol: symbol.get_name()):
            said = [name for name in properties if getattr(symbol, 'is_' + name)()]
            print('%s  %s: %s' % (indent, symbol.get_name(), ' '.join(said)), file=out)
        for child in table.get_children():
            show(child, level + 1)

    show(symtable.symtable(source, filename, 'exec'), 0)


def _nested(code):
    yield code
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            yield from _nested(constant)


def wordcode(source, filename, pattern, out):
    """Write the instructions of the code objects."""
    import dis
    for code in _nested(compile(source, filename, 'exec', dont_inherit=True)):
        if _matches(code, pattern):
            print('%s, line %d, stack %d, flags %s' % (code.co_name, code.co_firstlineno, code.co_stacksize,
                                                       dis.pretty_flags(code.co_flags)), file=out)
            dis.dis(code, depth=0, file=out)


def forms(codes, pattern, out):
    """Write the executable forms of code objects that have one, in the order of their first calls."""
    import _taipan
    for code in codes:
        text = _taipan.form(code) if _matches(code, pattern) else None
        if text is not None:
            print('%s:%d %s' % (code.co_filename, code.co_firstlineno, text), file=out)


def show(source, filename, kinds, pattern=None, out=None):
    """Write what the kinds ask for, the form excepted, about a source text."""
    out = out or sys.stderr
    steps = {'tokens': lambda: tokens(source, out),
             'tree': lambda: tree(source, filename, out),
             'symbols': lambda: symbols(source, filename, out),
             'code': lambda: wordcode(source, filename, pattern, out)}
    for kind in kinds:
        if kind in steps:
            _title(kind, filename, out)
            steps[kind]()


class _Watch:
    """Lists forms when the program ends: of one file, or by pattern of all but the library's."""

    def __init__(self, pattern):
        import atexit
        import os
        import _taipan
        self.pattern, self.files, self.out = pattern, set(), sys.stderr
        self.library = os.path.dirname(os.__file__) + os.sep
        _taipan.record_forms(True)
        atexit.register(self.finish)

    def finish(self):
        import _taipan
        codes = _taipan.record_forms(False) or []
        _title('form', 'at the end', self.out)
        forms([code for code in codes if self._wanted(code)], self.pattern, self.out)

    def _wanted(self, code):
        if code.co_filename in self.files:
            return True
        return (self.pattern is not None and not code.co_filename.startswith(self.library)
                and not code.co_filename.startswith('<frozen'))


def _source_of_module(name):
    """Return (source, file name) of what -m runs; (None, None) if there is none."""
    from importlib.util import find_spec
    try:
        spec = find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = find_spec(name + '.__main__')
        return spec.loader.get_source(spec.name), spec.origin
    except (ImportError, AttributeError, ValueError):
        return None, None


def _source_of_file(path):
    import tokenize
    try:
        with tokenize.open(path) as file:
            return file.read(), path
    except (OSError, SyntaxError, UnicodeDecodeError):
        # A folder, an archive, nothing at all: whoever runs it will tell.
        return None, None


def start():
    """Do what -X tai-show asks for; called at the end of the interpreter's start."""
    option = sys._xoptions['tai-show']
    kinds, pattern = _parse('' if option is True else option)
    watch = _Watch(pattern) if 'form' in kinds else None
    ways = {'cpython.run_command': lambda text: (text, '<string>'), 'cpython.run_file': _source_of_file,
            'cpython.run_module': _source_of_module}

    def hook(event, arguments):
        way = ways.pop(event, None) if event.startswith('cpython.run_') else None
        if way is None:
            return
        ways.clear()
        source, filename = way(arguments[0])
        if source is None:
            return
        if watch is not None:
            watch.files.add(filename)
        try:
            show(source, filename, kinds, pattern)
        except SyntaxError:
            # Running it will show that.
            pass

    sys.addaudithook(hook)


def main(arguments=None):
    """Show what the command line asks for."""
    import argparse
    parser = argparse.ArgumentParser(prog='_showcode', description=__doc__.partition('\n')[0])
    parser.add_argument('-k', '--kinds', default='tokens,tree,symbols,code', help='of %s, all' % ', '.join(KINDS))
    parser.add_argument('-f', '--function', metavar='PATTERN', help='only functions with such names')
    parser.add_argument('file')
    parser.add_argument('arguments', nargs=argparse.REMAINDER, help='for the program, if it is run for its form')
    options = parser.parse_args(arguments)
    try:
        kinds, _ = _parse(options.kinds)
    except ValueError as error:
        parser.error(error)
    source, filename = _source_of_file(options.file)
    if source is None:
        parser.error("can't read %r" % options.file)
    show(source, filename, kinds, options.function)
    if 'form' in kinds:
        import runpy
        _Watch(options.function).files.add(filename)
        sys.argv[:] = [filename] + options.arguments
        runpy.run_path(filename, run_name='__main__')


if __name__ == '__main__':
    main()
