# SPDX-License-Identifier: MIT
"""Extension modules, described for build_ext."""

import os
import warnings

_LISTS = ('include_dirs', 'define_macros', 'undef_macros', 'library_dirs', 'libraries', 'runtime_library_dirs',
          'extra_objects', 'extra_compile_args', 'extra_link_args', 'export_symbols', 'swig_opts', 'depends')


class Extension:
    """An extension module.

    name: with dots.  sources: paths with slashes.  include_dirs: folders of headers.  define_macros: pairs (name,
    value or None).  undef_macros.  library_dirs, libraries: to link with.  runtime_library_dirs: where libraries are
    looked for at run time.  extra_objects: further files to link.  extra_compile_args, extra_link_args.
    export_symbols: for systems where symbols have to be exported.  swig_opts.  depends: files that it depends on.
    language: instead of the one that the sources' names say.  optional: go on if it cannot be built.
    """

    def __init__(self, name, sources, include_dirs=None, define_macros=None, undef_macros=None, library_dirs=None,
                 libraries=None, runtime_library_dirs=None, extra_objects=None, extra_compile_args=None,
                 extra_link_args=None, export_symbols=None, swig_opts=None, depends=None, language=None,
                 optional=None, **kw):
        given = locals()
        if not isinstance(name, str):
            raise AssertionError("'name' must be a string")
        if not isinstance(sources, list) or not all(isinstance(source, str) for source in sources):
            raise AssertionError("'sources' must be a list of strings")
        self.name, self.sources, self.language, self.optional = name, sources, language, optional
        for attribute in _LISTS:
            setattr(self, attribute, given[attribute] or [])
        if kw:
            unknown = ', '.join(sorted(map(repr, kw)))
            warnings.warn('Unknown Extension options: %s' % unknown)

    def __repr__(self):
        kind = type(self)
        return '<%s.%s(%r) at %#x>' % (kind.__module__, kind.__qualname__, self.name, id(self))


# Options in a Setup file whose value goes to a list: letter -> attribute.
_SETUP_OPTIONS = {'I': 'include_dirs', 'U': 'undef_macros', 'C': 'extra_compile_args', 'l': 'libraries',
                  'L': 'library_dirs', 'R': 'runtime_library_dirs'}
_SOURCE_ENDINGS = ('.c', '.cc', '.cpp', '.cxx', '.c++', '.m', '.mm')


def read_setup_file(filename):
    """Return the Extensions in a file with lines "name source ... option ...", as CPython's Setup files have them."""
    from distutils.sysconfig import _variable_rx, expand_makefile_vars, parse_makefile
    from distutils.text_file import TextFile
    from distutils.util import split_quoted
    variables = parse_makefile(filename)
    file = TextFile(filename, strip_comments=1, skip_blanks=1, join_lines=1, lstrip_ws=1, rstrip_ws=1)
    extensions = []
    try:
        for line in iter(file.readline, None):
            if _variable_rx.match(line):
                continue
            if line[0] == line[-1] == '*':
                file.warn("'%s' lines not handled yet" % line)
                continue
            name, *words = split_quoted(expand_makefile_vars(line, variables))
            extension = Extension(name, [])
            _read_words(extension, words, file)
            extensions.append(extension)
    finally:
        file.close()
    return extensions


def _read_words(extension, words, file):
    """Take over the words of a line behind the name."""
    words = iter(words)
    for word in words:
        ending = os.path.splitext(word)[1]
        switch, value = word[:2], word[2:]
        if ending in _SOURCE_ENDINGS:
            extension.sources.append(word)
        elif switch == '-D':
            name, equals, definition = value.partition('=')
            extension.define_macros.append((name, definition if equals else None))
        elif switch[:1] == '-' and switch[1:] in _SETUP_OPTIONS:
            getattr(extension, _SETUP_OPTIONS[switch[1:]]).append(word if switch == '-C' else value)
        elif word in ('-rpath', '-Xlinker', '-u'):
            following = next(words, '')
            if word == '-rpath':
                extension.runtime_library_dirs.append(following)
            else:
                extension.extra_link_args += [word, following] if word == '-u' else [following]
        elif ending in ('.a', '.so', '.sl', '.o', '.dylib'):
            extension.extra_objects.append(word)
        else:
            file.warn("unrecognized argument '%s'" % word)
