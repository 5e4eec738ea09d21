# SPDX-License-Identifier: MIT
"""setup(): what a setup.py calls, and run_setup(), which runs one."""

import os
import sys

from distutils.cmd import Command
from distutils.config import PyPIRCCommand
from distutils.debug import DEBUG
from distutils.dist import Distribution
from distutils.errors import *
from distutils.extension import Extension

USAGE = '''\
usage: %(script)s [global_opts] cmd1 [cmd1_opts] [cmd2 [cmd2_opts] ...]
   or: %(script)s --help [cmd1 cmd2 ...]
   or: %(script)s --help-commands
   or: %(script)s cmd --help
'''


def gen_usage(script_name):
    """Return the usage of a setup script."""
    return USAGE % {'script': os.path.basename(script_name)}


# Set by run_setup(): when setup() shall stop; and by setup(): the distribution it made.
_setup_stop_after = _setup_distribution = None

# The keywords of setup() and Extension(), for those who check them.
setup_keywords = tuple('distclass script_name script_args options name version author author_email maintainer '
                       'maintainer_email url license description long_description keywords platforms classifiers '
                       'download_url requires provides obsoletes'.split())
extension_keywords = tuple('name sources include_dirs define_macros undef_macros library_dirs libraries '
                           'runtime_library_dirs extra_objects extra_compile_args extra_link_args swig_opts '
                           'export_symbols depends language'.split())


def setup(**attrs):
    """Describe a distribution and do what the command line says; return the Distribution.

    name, version, author, author_email, maintainer, maintainer_email, url, description, long_description, license,
    keywords, platforms, classifiers, download_url, requires, provides, obsoletes: about it.
    packages, package_dir, package_data, py_modules, ext_modules, ext_package, libraries, headers, scripts, data_files:
    what is in it.  script_name, script_args: instead of sys.argv.  options: of commands, by their names.
    cmdclass, distclass, command_packages: classes to use.
    Errors of distutils end the program with a message.
    """
    global _setup_distribution
    make = attrs.pop('distclass', None) or Distribution
    attrs.setdefault('script_name', os.path.basename(sys.argv[0]))
    attrs.setdefault('script_args', sys.argv[1:])
    try:
        dist = _setup_distribution = make(attrs)
    except DistutilsSetupError as problem:
        whose = attrs['name'] + ' ' if 'name' in attrs else ''
        raise SystemExit('error in %ssetup command: %s' % (whose, problem))
    if _setup_stop_after == 'init':
        return dist

    dist.parse_config_files()
    if DEBUG:
        print('options (after parsing config files):')
        dist.dump_option_dicts()
    if _setup_stop_after == 'config':
        return dist

    try:
        go_on = dist.parse_command_line()
    except DistutilsArgError as problem:
        raise SystemExit('%s\nerror: %s' % (gen_usage(dist.script_name), problem))
    if DEBUG:
        print('options (after parsing command line):')
        dist.dump_option_dicts()
    if go_on and _setup_stop_after != 'commandline':
        _run(dist)
    return dist


def _run(dist):
    """Run the commands; errors become messages."""
    try:
        dist.run_commands()
    except KeyboardInterrupt:
        raise SystemExit('interrupted')
    except (OSError, DistutilsError, CCompilerError) as problem:
        if DEBUG:
            if isinstance(problem, OSError):
                sys.stderr.write('error: %s\n' % (problem,))
            raise
        raise SystemExit('error: %s' % (problem,))


def run_setup(script_name, script_args=None, stop_after='run'):
    """Run a setup script and return the Distribution that its setup() makes.

    script_args: the command line.  stop_after: 'init' (when it is made), 'config' (configuration files are read),
    'commandline', or 'run'.
    """
    global _setup_stop_after, _setup_distribution
    if stop_after not in ('init', 'config', 'commandline', 'run'):
        raise ValueError("invalid value for 'stop_after': %r" % (stop_after,))
    argv = list(sys.argv)
    _setup_stop_after = stop_after
    try:
        sys.argv[0] = script_name
        if script_args is not None:
            sys.argv[1:] = script_args
        with open(script_name, 'rb') as file:
            exec(file.read(), {'__file__': script_name})
    except SystemExit:
        # Perhaps nothing is wrong: what counts is that setup() was called.
        pass
    finally:
        sys.argv = argv
        _setup_stop_after = None
    if _setup_distribution is None:
        raise RuntimeError("'distutils.core.setup()' was never called -- perhaps '%s' is not a Distutils setup "
                           'script?' % script_name)
    return _setup_distribution
