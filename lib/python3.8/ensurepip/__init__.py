# SPDX-License-Identifier: MIT
"""Install pip from wheels that lie on this machine: python -m ensurepip

The wheels of pip and setuptools are looked for in the folder _bundled of this package, in the folders named by the
environment variable ENSUREPIP_WHEELS, and where distributions of Linux keep them.
"""

import glob
import os
import os.path
import pkgutil
import subprocess
import sys
import tempfile

__all__ = ['version', 'bootstrap']

_PACKAGE_NAMES = ('setuptools', 'pip')
_SETUPTOOLS_VERSION = '56.0.0'
_PIP_VERSION = '23.0.1'
_PROJECTS = [('setuptools', _SETUPTOOLS_VERSION, 'py3'), ('pip', _PIP_VERSION, 'py3')]

_SYSTEM_FOLDERS = ('/usr/share/python-wheels', '/usr/share/python3-wheels', '/usr/lib/python-wheels')


def _run_pip(args, additional_paths=None):
    """Run pip in a process of its own; additional_paths stand first on its sys.path."""
    code = ('import runpy, sys\n'
            'sys.path = {} + sys.path\n'
            'sys.argv[1:] = {}\n'
            "runpy.run_module('pip', run_name='__main__', alter_sys=True)\n").format(additional_paths or [], args)
    return subprocess.run([sys.executable, '-c', code], check=True).returncode


def version():
    """Return the version of pip that is installed."""
    return _PIP_VERSION


def _disable_pip_configuration_settings():
    """Let pip work as if nothing were set: neither by variables nor in files."""
    for name in list(os.environ):
        if name.startswith('PIP_'):
            del os.environ[name]
    os.environ['PIP_CONFIG_FILE'] = os.devnull


def _find_wheel(project, wanted, tag):
    """Return (file name, bytes) of a wheel: of the version wanted, else the newest there is."""
    name = '{}-{}-{}-none-any.whl'.format(project, wanted, tag)
    try:
        return name, pkgutil.get_data('ensurepip', '_bundled/' + name)
    except OSError:
        pass
    folders = os.environ.get('ENSUREPIP_WHEELS', '').split(os.path.pathsep) + list(_SYSTEM_FOLDERS)
    for folder in filter(None, folders):
        found = glob.glob(os.path.join(glob.escape(folder), '%s-*-%s-none-any.whl' % (project, tag)))
        if found:
            found.sort(key=lambda path: (os.path.basename(path) == name, os.path.getmtime(path)))
            with open(found[-1], 'rb') as file:
                return os.path.basename(found[-1]), file.read()
    raise FileNotFoundError('no wheel of %s found; name its folder in ENSUREPIP_WHEELS' % project)


def bootstrap(*, root=None, upgrade=False, user=False, altinstall=False, default_pip=False, verbosity=0):
    """Install pip.

    root: install below this folder.  upgrade: also if there is an older one.  user: for the user alone.
    altinstall: only the script pipX.Y; default_pip: the script pip, too.  verbosity: how much pip tells.
    The variables PIP_... in os.environ are removed.
    """
    # pip's status is of no interest here.
    _bootstrap(root=root, upgrade=upgrade, user=user, altinstall=altinstall, default_pip=default_pip,
               verbosity=verbosity)


def _bootstrap(*, root=None, upgrade=False, user=False, altinstall=False, default_pip=False, verbosity=0):
    """Install pip; return its status."""
    if default_pip and altinstall:
        raise ValueError('Cannot use altinstall and default_pip together')
    sys.audit('ensurepip.bootstrap', root)
    try:
        import zlib  # only to see that it is there
    except ImportError:
        raise ImportError('zlib is needed to unpack pip; it is not among the extension modules here', name='zlib') from None
    _disable_pip_configuration_settings()
    # pip reads this when it makes its scripts; without it there is one called pip.
    if altinstall:
        os.environ['ENSUREPIP_OPTIONS'] = 'altinstall'
    elif not default_pip:
        os.environ['ENSUREPIP_OPTIONS'] = 'install'

    with tempfile.TemporaryDirectory() as folder:
        wheels = []
        for project, wanted, tag in _PROJECTS:
            name, data = _find_wheel(project, wanted, tag)
            wheels.append(os.path.join(folder, name))
            with open(wheels[-1], 'wb') as file:
                file.write(data)
        args = ['install', '--no-cache-dir', '--no-index', '--find-links', folder]
        if root:
            args += ['--root', root]
        args += [option for option, given in (('--upgrade', upgrade), ('--user', user)) if given]
        if verbosity:
            args.append('-' + 'v' * verbosity)
        return _run_pip(args + list(_PACKAGE_NAMES), wheels)


def _uninstall_helper(*, verbosity=0):
    """Remove pip and setuptools if they are the versions that bootstrap() installs."""
    try:
        import pip
    except ImportError:
        return None
    if pip.__version__ != _PIP_VERSION:
        print('ensurepip will only uninstall a matching version ({!r} installed, {!r} bundled)'.format(
            pip.__version__, _PIP_VERSION), file=sys.stderr)
        return None
    _disable_pip_configuration_settings()
    args = ['uninstall', '-y', '--disable-pip-version-check']
    if verbosity:
        args.append('-' + 'v' * verbosity)
    return _run_pip(args + list(reversed(_PACKAGE_NAMES)))


def _make_parser(prog, about_version):
    import argparse
    parser = argparse.ArgumentParser(prog=prog)
    parser.add_argument('--version', action='version', version='pip {}'.format(version()),
                        help=about_version)
    parser.add_argument('-v', '--verbose', action='count', default=0, dest='verbosity',
                        help='Give more output. Option is additive, and can be used up to 3 times.')
    return parser


def _main(argv=None):
    """Do what the command line says; return pip's status."""
    parser = _make_parser('python -m ensurepip', 'Show the version of pip that is bundled with this Python.')
    add = parser.add_argument
    add('-U', '--upgrade', action='store_true', default=False,
        help='Upgrade pip and dependencies, even if already installed.')
    add('--user', action='store_true', default=False, help='Install using the user scheme.')
    add('--root', default=None, help='Install everything relative to this alternate root directory.')
    add('--altinstall', action='store_true', default=False,
        help='Make an alternate install, installing only the X.Y versioned scripts (Default: pipX, pipX.Y, '
             'easy_install-X.Y).')
    add('--default-pip', action='store_true', default=False,
        help='Make a default pip install, installing the unqualified pip and easy_install in addition to the '
             'versioned scripts.')
    return _bootstrap(**vars(parser.parse_args(argv)))
