# SPDX-License-Identifier: MIT
"""Set-up of a session: site-packages directories on sys.path, built-ins for people, customisation modules.

Imported at every start unless -S is given; main() does the work then.  A .pth file in a site directory names further
directories, one a line, relative to it; lines that start with "import" are executed.

`python -m site [--user-base] [--user-site]` prints what was found.
"""

import builtins
import io
import os
import sys

import _sitebuiltins

# Prefixes below which site-packages is looked for.
PREFIXES = [sys.prefix, sys.exec_prefix]

# Is the user's own site directory used?  None: not decided, False: the user does not want it, True: yes.  Where a
# process has other rights than its user, it is None for good.
ENABLE_USER_SITE = None

USER_SITE = None
USER_BASE = None


def makepath(*paths):
    """Join paths; return (absolute path, its form for comparison)."""
    folder = os.path.join(*paths)
    try:
        folder = os.path.abspath(folder)
    except OSError:
        pass
    return folder, os.path.normcase(folder)


def abs_paths():
    """Make __file__ and __cached__ of all modules absolute; the current directory may change."""
    for module in set(sys.modules.values()):
        if getattr(getattr(module, '__loader__', None), '__module__', None) not in (
                '_frozen_importlib', '_frozen_importlib_external'):
            continue
        for attribute in ('__file__', '__cached__'):
            try:
                setattr(module, attribute, os.path.abspath(getattr(module, attribute)))
            except (AttributeError, OSError, TypeError):
                pass


def removeduppaths():
    """Make sys.path absolute and drop what is there twice; return the set of its entries in comparable form."""
    kept, known = [], set()
    for folder in sys.path:
        folder, key = makepath(folder)
        if key not in known:
            kept.append(folder)
            known.add(key)
    sys.path[:] = kept
    return known


def _init_pathinfo():
    """Return the set of existing entries of sys.path in comparable form."""
    known = set()
    for item in sys.path:
        try:
            if os.path.exists(item):
                known.add(makepath(item)[1])
        except TypeError:
            continue
    return known


def addpackage(sitedir, name, known_paths):
    """Process the .pth file `name` of a site directory; return known_paths, None if it was None."""
    reset = known_paths is None
    if reset:
        known_paths = _init_pathinfo()
    fullname = os.path.join(sitedir, name)
    try:
        file = io.TextIOWrapper(io.open_code(fullname))
    except OSError:
        return
    with file:
        for number, line in enumerate(file, 1):
            if line.startswith('#'):
                continue
            try:
                if line.startswith(('import ', 'import\t')):
                    exec(line)
                    continue
                folder, key = makepath(sitedir, line.rstrip())
                if key not in known_paths and os.path.exists(folder):
                    sys.path.append(folder)
                    known_paths.add(key)
            except Exception:
                print('Error processing line {:d} of {}:\n'.format(number, fullname), file=sys.stderr)
                import traceback
                for record in traceback.format_exception(*sys.exc_info()):
                    for text in record.splitlines():
                        print('  ' + text, file=sys.stderr)
                print('\nRemainder of file ignored', file=sys.stderr)
                break
    return None if reset else known_paths


def addsitedir(sitedir, known_paths=None):
    """Add a directory to sys.path and process its .pth files; return known_paths, None if it was None."""
    reset = known_paths is None
    if reset:
        known_paths = _init_pathinfo()
    sitedir, key = makepath(sitedir)
    if key not in known_paths:
        sys.path.append(sitedir)
        known_paths.add(key)
    try:
        names = os.listdir(sitedir)
    except OSError:
        return
    for name in sorted(names):
        if name.endswith('.pth'):
            addpackage(sitedir, name, known_paths)
    return None if reset else known_paths


def check_enableusersite():
    """Return whether the user's site directory may be used: True, False (not wanted) or None (not safe)."""
    if sys.flags.no_user_site:
        return False
    if hasattr(os, 'getuid') and hasattr(os, 'geteuid') and os.geteuid() != os.getuid():
        return None
    if hasattr(os, 'getgid') and hasattr(os, 'getegid') and os.getegid() != os.getgid():
        return None
    return True


def _getuserbase():
    base = os.environ.get('PYTHONUSERBASE', None)
    if base:
        return base
    return os.path.expanduser(os.path.join('~', '.local'))


def _get_path(userbase):
    version = sys.version_info
    return f'{userbase}/lib/python{version[0]}.{version[1]}/site-packages'


def getuserbase():
    """Return the directory below which users install for themselves (PYTHONUSERBASE, ~/.local)."""
    global USER_BASE
    if USER_BASE is None:
        USER_BASE = _getuserbase()
    return USER_BASE


def getusersitepackages():
    """Return the user's own site-packages directory."""
    global USER_SITE
    base = getuserbase()
    if USER_SITE is None:
        USER_SITE = _get_path(base)
    return USER_SITE


def addusersitepackages(known_paths):
    """Add the user's own site directory if it is there and may be used."""
    user_site = getusersitepackages()
    if ENABLE_USER_SITE and os.path.isdir(user_site):
        addsitedir(user_site, known_paths)
    return known_paths


def getsitepackages(prefixes=None):
    """Return the site-packages directories below the prefixes, PREFIXES by default."""
    found, seen = [], set()
    for prefix in (PREFIXES if prefixes is None else prefixes):
        if not prefix or prefix in seen:
            continue
        seen.add(prefix)
        found.append(os.path.join(prefix, 'lib', 'python%d.%d' % sys.version_info[:2], 'site-packages'))
    return found


def addsitepackages(known_paths, prefixes=None):
    """Add the site-packages directories that exist."""
    for folder in getsitepackages(prefixes):
        if os.path.isdir(folder):
            addsitedir(folder, known_paths)
    return known_paths


def setquit():
    """Add exit and quit to the built-in names."""
    eof = 'Ctrl-Z plus Return' if os.sep == '\\' else 'Ctrl-D (i.e. EOF)'
    builtins.quit = _sitebuiltins.Quitter('quit', eof)
    builtins.exit = _sitebuiltins.Quitter('exit', eof)


def setcopyright():
    """Add copyright, credits and license to the built-in names."""
    builtins.copyright = _sitebuiltins._Printer('copyright', sys.copyright)
    builtins.credits = _sitebuiltins._Printer('credits', 'taipan is written by its authors, after the language '
                                              'that\nGuido van Rossum and many others designed.')
    files, dirs = [], []
    here = getattr(os, '__file__', None)
    if here is not None:
        lib = os.path.dirname(here)
        files.extend(['LICENSE.txt', 'LICENSE'])
        top = os.path.join(lib, os.pardir, os.pardir)
        dirs.extend([top, os.path.join(top, 'share', 'doc', 'taipan'), os.path.join(lib, os.pardir), lib, os.curdir])
    builtins.license = _sitebuiltins._Printer('license', 'taipan is under the MIT license:\n'
                                              'see the file LICENSE that came with it', files, dirs)


def sethelper():
    """Add help to the built-in names."""
    builtins.help = _sitebuiltins._Helper()


def enablerlcompleter():
    """Have the interactive prompt complete names with the tab key and keep its history in ~/.python_history."""

    def register_readline():
        import atexit
        try:
            import readline
            import rlcompleter
        except ImportError:
            return
        # The library may be libedit, which has another language for bindings.
        libedit = 'libedit' in (getattr(readline, '__doc__', '') or '')
        readline.parse_and_bind('bind ^I rl_complete' if libedit else 'tab: complete')
        try:
            readline.read_init_file()
        except OSError:
            # No inputrc, most likely.
            pass
        if readline.get_current_history_length() == 0:
            # Else PYTHONSTARTUP has set up a history of its own.
            history = os.path.join(os.path.expanduser('~'), '.python_history')
            try:
                readline.read_history_file(history)
            except OSError:
                pass

            def write_history():
                try:
                    readline.write_history_file(history)
                except OSError:
                    # A home directory that is not there or not writable.
                    pass

            atexit.register(write_history)

    sys.__interactivehook__ = register_readline


def venv(known_paths):
    """In a virtual environment (pyvenv.cfg beside or above the executable) take its prefix and site-packages."""
    global PREFIXES, ENABLE_USER_SITE

    executable = sys.executable
    if sys.platform == 'darwin' and '__PYVENV_LAUNCHER__' in os.environ:
        executable = sys._base_executable = os.environ['__PYVENV_LAUNCHER__']
    folder = os.path.dirname(os.path.abspath(executable))
    prefix = os.path.dirname(folder)
    sys._home = None
    config = next((file for file in (os.path.join(folder, 'pyvenv.cfg'), os.path.join(prefix, 'pyvenv.cfg'))
                   if os.path.isfile(file)), None)
    if config:
        system_site = 'true'
        with open(config, encoding='utf-8') as file:
            for line in file:
                if '=' not in line:
                    continue
                key, _, value = line.partition('=')
                key, value = key.strip().lower(), value.strip()
                if key == 'include-system-site-packages':
                    system_site = value.lower()
                elif key == 'home':
                    sys._home = value
        sys.prefix = sys.exec_prefix = prefix
        addsitepackages(known_paths, [sys.prefix])
        if system_site == 'true':
            PREFIXES.insert(0, sys.prefix)
        else:
            PREFIXES = [sys.prefix]
            ENABLE_USER_SITE = False
    return known_paths


def _customize(name):
    """Import a customisation module if there is one; its own errors are shown, not raised."""
    try:
        try:
            __import__(name)
        except ImportError as error:
            if error.name != name:
                raise
    except Exception as error:
        if sys.flags.verbose:
            sys.excepthook(*sys.exc_info())
        else:
            sys.stderr.write('Error in %s; set PYTHONVERBOSE for traceback:\n%s: %s\n'
                             % (name, error.__class__.__name__, error))


def execsitecustomize():
    """Import sitecustomize, the administrator's module."""
    _customize('sitecustomize')


def execusercustomize():
    """Import usercustomize, the user's module."""
    _customize('usercustomize')


def main():
    """Do all of it; called when the module is imported without -S."""
    global ENABLE_USER_SITE

    original = sys.path[:]
    known_paths = removeduppaths()
    if original != sys.path:
        # An entry was relative: what has been imported so far may be too.
        abs_paths()
    venv(known_paths)
    if ENABLE_USER_SITE is None:
        ENABLE_USER_SITE = check_enableusersite()
    for add in (addusersitepackages, addsitepackages):
        add(known_paths)
    for add in (setquit, setcopyright, sethelper):
        add()
    if not sys.flags.isolated:
        enablerlcompleter()
    for customize, wanted in ((execsitecustomize, True), (execusercustomize, ENABLE_USER_SITE)):
        if wanted:
            customize()


if not sys.flags.no_site:
    main()


def _script():
    arguments = sys.argv[1:]
    if not arguments:
        print('sys.path = [')
        for folder in sys.path:
            print('    %r,' % (folder,))
        print(']')
        for label, folder in (('USER_BASE', getuserbase()), ('USER_SITE', getusersitepackages())):
            print('%s: %r (%s)' % (label, folder, 'exists' if os.path.isdir(folder) else "doesn't exist"))
        print('ENABLE_USER_SITE: %r' % ENABLE_USER_SITE)
        sys.exit(0)

    shown = []
    if '--user-base' in arguments:
        shown.append(getuserbase())
    if '--user-site' in arguments:
        shown.append(getusersitepackages())
    if shown:
        print(os.pathsep.join(shown))
        sys.exit({True: 0, False: 1, None: 2}.get(ENABLE_USER_SITE, 3))
    print('%s [--user-base] [--user-site]\n\n'
          'Without arguments, print information on the site set-up.\n'
          'Exit status: 0 the user site directory is used, 1 the user does not want it,\n'
          '2 it is not used for safety, 3 unknown.' % sys.argv[0])
    sys.exit(10)


if __name__ == '__main__':
    _script()
