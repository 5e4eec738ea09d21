# SPDX-License-Identifier: MIT
"""The command config: a base for commands that try what the compiler and the libraries of a system can do."""

import os
import re

from distutils import log
from distutils.core import Command
from distutils.errors import CompileError, DistutilsExecError, LinkError
from distutils.sysconfig import customize_compiler

LANG_EXT = {'c': '.c', 'c++': '.cxx'}


def _words(value, separator=os.pathsep):
    """An option that is a list, also if it was given as text."""
    if not value:
        return []
    return value.split(separator) if isinstance(value, str) else value


class config(Command):
    """Does nothing itself: subclasses define run() and call the methods below."""

    description = 'prepare to build'
    user_options = [
        ('compiler=', None, 'specify the compiler type'),
        ('cc=', None, 'specify the compiler executable'),
        ('include-dirs=', 'I', 'list of directories to search for header files'),
        ('define=', 'D', 'C preprocessor macros to define'),
        ('undef=', 'U', 'C preprocessor macros to undefine'),
        ('libraries=', 'l', 'external C libraries to link with'),
        ('library-dirs=', 'L', 'directories to search for external C libraries'),
        ('noisy', None, 'show every action (compile, link, run, ...) taken'),
        ('dump-source', None, 'dump generated source files before attempting to compile them'),
    ]

    def initialize_options(self):
        """Set the options to nothing."""
        self.compiler = self.cc = self.include_dirs = self.libraries = self.library_dirs = None
        self.noisy = self.dump_source = 1
        # What has to be removed afterwards.
        self.temp_files = []

    def finalize_options(self):
        """Make lists of the options that are lists."""
        self.include_dirs = self.distribution.include_dirs or [] if self.include_dirs is None \
            else _words(self.include_dirs)
        if self.libraries is None:
            self.libraries = []
        elif isinstance(self.libraries, str):
            self.libraries = [self.libraries]
        self.library_dirs = _words(self.library_dirs)

    def run(self):
        """Nothing."""

    # Trying.

    def _check_compiler(self):
        """Make the compiler object."""
        from distutils.ccompiler import CCompiler, new_compiler
        if not isinstance(self.compiler, CCompiler):
            self.compiler = new_compiler(compiler=self.compiler, dry_run=self.dry_run, force=1)
            customize_compiler(self.compiler)
            for value, method in ((self.include_dirs, self.compiler.set_include_dirs),
                                  (self.libraries, self.compiler.set_libraries),
                                  (self.library_dirs, self.compiler.set_library_dirs)):
                if value:
                    method(value)

    def _gen_temp_sourcefile(self, body, headers, lang):
        name = '_configtest' + LANG_EXT[lang]
        with open(name, 'w') as file:
            if headers:
                file.writelines('#include <%s>\n' % header for header in headers)
                file.write('\n')
            file.write(body)
            if not body.endswith('\n'):
                file.write('\n')
        return name

    def _preprocess(self, body, headers, include_dirs, lang):
        source, target = self._gen_temp_sourcefile(body, headers, lang), '_configtest.i'
        self.temp_files += [source, target]
        self.compiler.preprocess(source, target, include_dirs=include_dirs)
        return source, target

    def _compile(self, body, headers, include_dirs, lang):
        source = self._gen_temp_sourcefile(body, headers, lang)
        if self.dump_source:
            dump_file(source, "compiling '%s':" % source)
        made, = self.compiler.object_filenames([source])
        self.temp_files += [source, made]
        self.compiler.compile([source], include_dirs=include_dirs)
        return source, made

    def _link(self, body, headers, include_dirs, libraries, library_dirs, lang):
        source, made = self._compile(body, headers, include_dirs, lang)
        program = os.path.splitext(os.path.basename(source))[0]
        self.compiler.link_executable([made], program, libraries=libraries, library_dirs=library_dirs,
                                      target_lang=lang)
        program += self.compiler.exe_extension or ''
        self.temp_files.append(program)
        return source, made, program

    def _clean(self, *filenames):
        """Remove files, by default all that are left over."""
        if not filenames:
            filenames, self.temp_files = self.temp_files, []
        log.info('removing: %s', ' '.join(filenames))
        for name in filenames:
            try:
                os.remove(name)
            except OSError:
                pass

    def _attempt(self, method, *args):
        """Whether a step works."""
        self._check_compiler()
        try:
            method(*args)
            return True
        except (CompileError, LinkError, DistutilsExecError):
            return False
        finally:
            self._clean()

    def try_cpp(self, body=None, headers=None, include_dirs=None, lang='c'):
        """Whether a source that includes headers can be preprocessed."""
        return self._attempt(self._preprocess, body or '', headers, include_dirs, lang)

    def search_cpp(self, pattern, body=None, headers=None, include_dirs=None, lang='c'):
        """Whether a pattern is found in the preprocessed source."""
        self._check_compiler()
        target = self._preprocess(body or '', headers, include_dirs, lang)[1]
        with open(target) as file:
            found = any(re.search(pattern, line) for line in file)
        self._clean()
        return found

    def try_compile(self, body, headers=None, include_dirs=None, lang='c'):
        """Whether a source can be compiled."""
        works = self._attempt(self._compile, body, headers, include_dirs, lang)
        log.info('success!' if works else 'failure.')
        return works

    def try_link(self, body, headers=None, include_dirs=None, libraries=None, library_dirs=None, lang='c'):
        """Whether a program can be made."""
        works = self._attempt(self._link, body, headers, include_dirs, libraries, library_dirs, lang)
        log.info('success!' if works else 'failure.')
        return works

    def try_run(self, body, headers=None, include_dirs=None, libraries=None, library_dirs=None, lang='c'):
        """Whether a program can be made and runs without an error."""
        def run():
            program = self._link(body, headers, include_dirs, libraries, library_dirs, lang)[2]
            self.spawn([os.path.join(os.curdir, program)])

        works = self._attempt(run)
        log.info('success!' if works else 'failure.')
        return works

    def check_func(self, func, headers=None, include_dirs=None, libraries=None, library_dirs=None, decl=0, call=0):
        """Whether there is a function; decl: declare it; call: call it instead of naming it."""
        lines = ['int %s ();' % func] if decl else []
        lines += ['int main () {', '  %s%s;' % (func, '()' if call else ''), '}']
        return self.try_link('\n'.join(lines) + '\n', headers, include_dirs, libraries, library_dirs)

    def check_lib(self, library, library_dirs=None, headers=None, include_dirs=None, other_libraries=[]):
        """Whether a program can be linked with a library."""
        return self.try_link('int main (void) { }', headers, include_dirs, [library] + other_libraries, library_dirs)

    def check_header(self, header, include_dirs=None, library_dirs=None, lang='c'):
        """Whether there is a header."""
        return self.try_cpp(body='/* No body */', headers=[header], include_dirs=include_dirs)


def dump_file(filename, head=None):
    """Tell the text of a file."""
    log.info('%s', filename if head is None else head)
    with open(filename) as file:
        log.info(file.read())
