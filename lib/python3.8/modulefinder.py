# SPDX-License-Identifier: MIT
"""The modules that a script needs, found by looking at its code: python -m modulefinder [options] script.py

Nothing is executed: the wordcode of each module is searched for imports, and what they name is looked for in the same
way as import does.  Imports by other means (__import__(), importlib) are not seen.
"""

import dis
import importlib._bootstrap_external
import importlib.machinery
import io
import marshal
import os
import sys

LOAD_CONST, IMPORT_NAME, EXTENDED_ARG = map(dis.opmap.get, ('LOAD_CONST', 'IMPORT_NAME', 'EXTENDED_ARG'))
STORE_NAME, STORE_GLOBAL = dis.opmap['STORE_NAME'], dis.opmap['STORE_GLOBAL']
STORE_OPS = STORE_NAME, STORE_GLOBAL

# What _find_module() says a module is; the numbers are those of imp.
_SEARCH_ERROR, _PY_SOURCE, _PY_COMPILED, _C_EXTENSION = 0, 1, 2, 3
_PKG_DIRECTORY, _C_BUILTIN, _PY_FROZEN = 5, 6, 7

# package -> further folders of it; package -> the package that stands for it
packagePathMap = {}
replacePackageMap = {}


def AddPackagePath(packagename, path):
    """Add a folder to a package: for packages that change their __path__."""
    packagePathMap.setdefault(packagename, []).append(path)


def ReplacePackage(oldname, newname):
    """Let one package stand for another: for packages that replace themselves in sys.modules."""
    replacePackageMap[oldname] = newname


def _find_module(name, path=None):
    """Return (file or None, path, (ending, mode, kind)) of a module.  Raises ImportError."""
    machinery = importlib.machinery
    # The folders may have changed.
    machinery.PathFinder.invalidate_caches()
    spec = machinery.PathFinder.find_spec(name, path)
    if spec is None:
        raise ImportError('No module named {name!r}'.format(name=name), name=name)
    for loader, kind in ((machinery.BuiltinImporter, _C_BUILTIN), (machinery.FrozenImporter, _PY_FROZEN)):
        if spec.loader is loader:
            return None, None, ('', '', kind)
    if spec.loader.is_package(name):
        return None, os.path.dirname(spec.origin), ('', '', _PKG_DIRECTORY)
    for loader, kind in ((machinery.SourceFileLoader, _PY_SOURCE), (machinery.ExtensionFileLoader, _C_EXTENSION),
                         (machinery.SourcelessFileLoader, _PY_COMPILED)):
        if isinstance(spec.loader, loader):
            ending = os.path.splitext(spec.origin)[-1]
            return io.open_code(spec.origin), spec.origin, (ending, 'rb', kind)
    return None, None, ('', '', _SEARCH_ERROR)


class Module:
    """A module that was found: __name__, __file__, __path__ (of packages), __code__.

    globalnames: the names that its code sets, as keys, those of modules it imports with a star included.
    starimports: modules imported with a star whose names are not known, as keys.
    """

    def __init__(self, name, file=None, path=None):
        self.__name__, self.__file__, self.__path__ = name, file, path
        self.__code__ = None
        self.globalnames, self.starimports = {}, {}

    def __repr__(self):
        shown = [repr(self.__name__)]
        shown += [repr(value) for value in (self.__file__, self.__path__) if value is not None]
        return 'Module(%s)' % ', '.join(shown)


class ModuleFinder:
    """Finds modules.  The result is in `modules` (Module objects by name) and `badmodules` (by names of modules that
    were not found, dicts whose keys are the modules that import them).

    path: the folders to search, sys.path by default.  debug: how much to print.  excludes: names to leave out.
    replace_paths: pairs (old, new) for the beginnings of file names in code objects.
    """

    def __init__(self, path=None, debug=0, excludes=None, replace_paths=None):
        self.path = sys.path if path is None else path
        self.modules, self.badmodules = {}, {}
        self.debug, self.indent = debug, 0
        self.excludes = [] if excludes is None else excludes
        self.replace_paths = [] if replace_paths is None else replace_paths
        # Only for messages.
        self.processed_paths = []

    # What is going on.

    def msg(self, level, str, *args):
        """Print a message if debug is at least `level`."""
        if level <= self.debug:
            print(*['   '] * self.indent, str, *map(repr, args), end=' \n')

    def msgin(self, *args):
        """Print a message and indent what follows."""
        if args[0] <= self.debug:
            self.indent += 1
            self.msg(*args)

    def msgout(self, *args):
        """Print a message and end the indentation."""
        if args[0] <= self.debug:
            self.indent -= 1
            self.msg(*args)

    # Where to begin.

    def run_script(self, pathname):
        """Find what a script needs; it is the module __main__."""
        self.msg(2, 'run_script', pathname)
        with io.open_code(pathname) as file:
            self.load_module('__main__', file, pathname, ('', 'rb', _PY_SOURCE))

    def load_file(self, pathname):
        """Find what a file needs; it is a module with the name of the file."""
        name, ending = os.path.splitext(os.path.basename(pathname))
        with io.open_code(pathname) as file:
            self.load_module(name, file, pathname, (ending, 'rb', _PY_SOURCE))

    # Imports.

    def import_hook(self, name, caller=None, fromlist=None, level=-1):
        """Find the modules of one import; return the first of them if nothing is imported from it."""
        self.msg(3, 'import_hook', name, caller, fromlist, level)
        head, rest = self.find_head_package(self.determine_parent(caller, level=level), name)
        module = self.load_tail(head, rest)
        if not fromlist:
            return head
        if module.__path__:
            self.ensure_fromlist(module, fromlist)
        return None

    def determine_parent(self, caller, level=-1):
        """Return the package that an import in `caller` is relative to, or None."""
        self.msgin(4, 'determine_parent', caller, level)
        parent = None
        if caller and level != 0:
            parent = self._parent_of(caller, level)
        self.msgout(4, 'determine_parent ->', parent)
        return parent

    def _parent_of(self, caller, level):
        name = caller.__name__
        # Dots to take away: a package itself is the first level.
        up = level - 1 if caller.__path__ else level
        if level < 0:
            # Either, as in Python 2: the package of the caller first.
            up = 0 if caller.__path__ else 1
            if name.count('.') < up:
                return None
        if name.count('.') < up:
            raise ImportError('relative importpath too deep')
        parent = self.modules[name.rsplit('.', up)[0] if up else name]
        assert up or parent is caller
        return parent

    def find_head_package(self, parent, name):
        """Find the first part of a name, in the parent or by itself; return its module and the rest of the name."""
        self.msgin(4, 'find_head_package', parent, name)
        head, _, tail = name.partition('.')
        candidates = [(head, None)]
        if parent:
            candidates.insert(0, ('%s.%s' % (parent.__name__, head), parent))
        for full_name, inside in candidates:
            found = self.import_module(head, full_name, inside)
            if found:
                self.msgout(4, 'find_head_package ->', (found, tail))
                return found, tail
        self.msgout(4, 'raise ImportError: No module named', full_name)
        raise ImportError('No module named ' + full_name)

    def load_tail(self, q, tail):
        """Find the further parts of a name below a module; return the last one's module."""
        self.msgin(4, 'load_tail', q, tail)
        module = q
        for part in tail.split('.') if tail else ():
            full_name = '%s.%s' % (module.__name__, part)
            module = self.import_module(part, full_name, module)
            if not module:
                self.msgout(4, 'raise ImportError: No module named', full_name)
                raise ImportError('No module named ' + full_name)
        self.msgout(4, 'load_tail ->', module)
        return module

    def ensure_fromlist(self, m, fromlist, recursive=0):
        """Find the modules among the names imported from a package; a star means all that lie in it."""
        self.msg(4, 'ensure_fromlist', m, fromlist, recursive)
        for name in fromlist:
            if name == '*':
                every = None if recursive else self.find_all_submodules(m)
                if every:
                    self.ensure_fromlist(m, every, 1)
            elif not hasattr(m, name):
                full_name = '%s.%s' % (m.__name__, name)
                if not self.import_module(name, full_name, m):
                    raise ImportError('No module named ' + full_name)

    def find_all_submodules(self, m):
        """Return the names of the modules that lie in a package."""
        if not m.__path__:
            return None
        found = {}
        endings = importlib.machinery.EXTENSION_SUFFIXES + importlib.machinery.SOURCE_SUFFIXES \
            + importlib.machinery.BYTECODE_SUFFIXES
        for folder in m.__path__:
            try:
                names = os.listdir(folder)
            except OSError:
                self.msg(2, "can't list directory", folder)
                continue
            for name in names:
                stem = next((name[:-len(ending)] for ending in endings if name.endswith(ending)), None)
                if stem and stem != '__init__':
                    found[stem] = stem
        return found.keys()

    def import_module(self, partname, fqname, parent):
        """Find a module by its last name and full name in a package (or None); return it, None if it is not there."""
        self.msgin(3, 'import_module', partname, fqname, parent)
        module = self.modules.get(fqname)
        if module is None and fqname not in self.badmodules and not (parent and parent.__path__ is None):
            module = self._find_and_load(partname, fqname, parent)
        self.msgout(3, 'import_module ->', module)
        return module

    def _find_and_load(self, partname, fqname, parent):
        try:
            file, pathname, info = self.find_module(partname, parent and parent.__path__, parent)
        except ImportError:
            return None
        try:
            module = self.load_module(fqname, file, pathname, info)
        finally:
            if file:
                file.close()
        if parent:
            setattr(parent, partname, module)
        return module

    # Modules.

    def load_module(self, fqname, fp, pathname, file_info):
        """Make the Module for what find_module() found, and find what it needs.  Raises ImportError, SyntaxError."""
        kind = file_info[2]
        self.msgin(2, 'load_module', fqname, fp and 'fp', pathname)
        if kind == _PKG_DIRECTORY:
            module = self.load_package(fqname, pathname)
            self.msgout(2, 'load_module ->', module)
            return module
        code = None
        if kind == _PY_SOURCE:
            code = compile(fp.read(), pathname, 'exec')
        elif kind == _PY_COMPILED:
            data = fp.read()
            try:
                importlib._bootstrap_external._classify_pyc(data, fqname, {})
            except ImportError as problem:
                self.msgout(2, 'raise ImportError: ' + str(problem), pathname)
                raise
            code = marshal.loads(memoryview(data)[16:])
        module = self.add_module(fqname)
        module.__file__ = pathname
        if code:
            if self.replace_paths:
                code = self.replace_paths_in_code(code)
            module.__code__ = code
            self.scan_code(code, module)
        self.msgout(2, 'load_module ->', module)
        return module

    def load_package(self, fqname, pathname):
        """Make the Module for a package in a folder, and find what it needs."""
        self.msgin(2, 'load_package', fqname, pathname)
        fqname = replacePackageMap.get(fqname, fqname)
        module = self.add_module(fqname)
        module.__file__ = pathname
        # Folders added to it come behind its own.
        module.__path__ = [pathname, *packagePathMap.get(fqname, [])]
        file, found, info = self.find_module('__init__', module.__path__)
        try:
            self.load_module(fqname, file, found, info)
        finally:
            if file:
                file.close()
        self.msgout(2, 'load_package ->', module)
        return module

    def add_module(self, fqname):
        """Return the Module of a name, made if need be."""
        return self.modules.setdefault(fqname, Module(fqname))

    def find_module(self, name, path, parent=None):
        """Look for a module in folders; return what _find_module() does.  Raises ImportError."""
        fullname = name if parent is None else parent.__name__ + '.' + name
        if fullname in self.excludes:
            self.msgout(3, 'find_module -> Excluded', fullname)
            raise ImportError(name)
        if path is None:
            if name in sys.builtin_module_names:
                return None, None, ('', '', _C_BUILTIN)
            path = self.path
        return _find_module(name, path)

    # Code.

    def _add_badmodule(self, name, caller):
        self.badmodules.setdefault(name, {})[caller.__name__ if caller else '-'] = 1

    def _safe_import_hook(self, name, caller, fromlist, level=-1):
        """As import_hook(), but what is not found is noted, not raised."""
        if name in self.badmodules:
            self._add_badmodule(name, caller)
            return
        try:
            self.import_hook(name, caller, level=level)
        except (ImportError, SyntaxError) as problem:
            self.msg(2, '%s:' % ('ImportError' if isinstance(problem, ImportError) else 'SyntaxError'), str(problem))
            self._add_badmodule(name, caller)
            return
        for attribute in fromlist or ():
            full_name = name + '.' + attribute
            if full_name not in self.badmodules:
                try:
                    self.import_hook(name, caller, [attribute], level=level)
                    continue
                except ImportError as problem:
                    self.msg(2, 'ImportError:', str(problem))
            self._add_badmodule(full_name, caller)

    def scan_opcodes(self, co):
        """Yield what a code object does with modules: ('store', (name,)) for each name that it sets,
        ('absolute_import', (fromlist, name)) and ('relative_import', (level, fromlist, name))."""
        steps = [(number, arg) for _, number, arg in dis._unpack_opargs(co.co_code) if number != EXTENDED_ARG]
        for index, (number, arg) in enumerate(steps):
            if number in STORE_OPS:
                yield 'store', (co.co_names[arg],)
            elif number == IMPORT_NAME and index >= 2:
                (first, level), (second, names) = steps[index - 2:index]
                if first == second == LOAD_CONST:
                    level, names = co.co_consts[level], co.co_consts[names]
                    if level:
                        yield 'relative_import', (level, names, co.co_names[arg])
                    else:
                        yield 'absolute_import', (names, co.co_names[arg])

    def scan_code(self, co, m):
        """Find what a code object of a module needs, and the code objects inside it."""
        for what, args in self.scan_opcodes(co):
            if what == 'store':
                m.globalnames[args[0]] = 1
            elif what == 'absolute_import':
                self._absolute_import(m, *args)
            elif what == 'relative_import':
                level, names, name = args
                if name:
                    self._safe_import_hook(name, m, names, level=level)
                else:
                    parent = self.determine_parent(m, level=level)
                    self._safe_import_hook(parent.__name__, None, names, level=0)
            else:
                # A subclass yields something else.
                raise RuntimeError(what)
        for inner in co.co_consts:
            if isinstance(inner, type(co)):
                self.scan_code(inner, m)

    def _absolute_import(self, module, names, name):
        star = names is not None and '*' in names
        if star:
            names = [each for each in names if each != '*']
        self._safe_import_hook(name, module, names, level=0)
        if not star:
            return
        # The module gets all names of the other one.
        other = self.modules.get(module.__name__ + '.' + name) if module.__path__ else None
        if other is None:
            other = self.modules.get(name)
        if other is not None:
            module.globalnames.update(other.globalnames)
            module.starimports.update(other.starimports)
        if other is None or other.__code__ is None:
            module.starimports[name] = 1

    def replace_paths_in_code(self, co):
        """Return a code object with another file name, as replace_paths says; also in the code inside it."""
        before = after = os.path.normpath(co.co_filename)
        for old, new in self.replace_paths:
            if before.startswith(old):
                after = new + before[len(old):]
                break
        if self.debug and before not in self.processed_paths:
            self.processed_paths.append(before)
            if after == before:
                self.msgout(2, 'co_filename %r remains unchanged' % (before,))
            else:
                self.msgout(2, 'co_filename %r changed to %r' % (before, after))
        consts = tuple(self.replace_paths_in_code(each) if isinstance(each, type(co)) else each
                       for each in co.co_consts)
        return co.replace(co_consts=consts, co_filename=after)

    # Results.

    def report(self):
        """Print the modules found, then those that are missing."""
        print()
        for row in (('Name', 'File'), ('----', '----')):
            print('  %-25s %s' % row)
        for name, module in sorted(self.modules.items()):
            print('P' if module.__path__ else 'm', '%-25s' % name, module.__file__ or '')
        missing, maybe = self.any_missing_maybe()
        for title, names in (('Missing modules:', missing),
                             ('Submodules that appear to be missing, but could also be global names in the parent '
                              'package:', maybe)):
            if names:
                print()
                print(title)
            for name in names:
                print('?', name, 'imported from', ', '.join(sorted(self.badmodules[name])))

    def any_missing(self):
        """Return the names of modules that are missing or may be."""
        return sum(self.any_missing_maybe(), [])

    def any_missing_maybe(self):
        """Return two lists: the names of modules that are missing, and of those that may be names in a package."""
        missing, maybe = [], []
        for name in self.badmodules:
            if name in self.excludes:
                continue
            package_name, _, last = name.rpartition('.')
            package = self.modules.get(package_name) if package_name else None
            if package is None or package_name in self.badmodules[name]:
                # No package that could define the name, or one that looks for a module of that name itself.
                missing.append(name)
            elif last not in package.globalnames:
                (maybe if package.starimports else missing).append(name)
        return sorted(missing), sorted(maybe)


def test():
    """Report what a script needs.

    -d: tell more.  -m: the arguments behind the script are modules to look for, too.  -p PATH: folders to search
    first.  -q: tell less.  -x NAME: leave a module out.
    """
    import getopt
    try:
        options, args = getopt.getopt(sys.argv[1:], 'dmp:qx:')
    except getopt.error as problem:
        print(problem)
        return None
    debug, as_modules, folders, excludes = 1, 0, [], []
    for option, value in options:
        if option == '-d':
            debug += 1
        elif option == '-q':
            debug = 0
        elif option == '-m':
            as_modules = 1
        elif option == '-p':
            folders += value.split(os.pathsep)
        elif option == '-x':
            excludes.append(value)
    script = args[0] if args else 'hello.py'
    # The script's folder stands first, as if it were run.
    path = [os.path.dirname(script)] + folders + sys.path[1:]
    if debug > 1:
        print('path:')
        for folder in path:
            print('   ', repr(folder))
    finder = ModuleFinder(path, debug, excludes)
    for arg in args[1:]:
        if arg == '-m':
            as_modules = 1
        elif not as_modules:
            finder.load_file(arg)
        elif arg.endswith('.*'):
            finder.import_hook(arg[:-2], None, ['*'])
        else:
            finder.import_hook(arg)
    finder.run_script(script)
    finder.report()
    # For interactive use.
    return finder


if __name__ == '__main__':
    try:
        mf = test()
    except KeyboardInterrupt:
        print('\n[interrupted]')
