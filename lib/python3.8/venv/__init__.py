# SPDX-License-Identifier: MIT
"""Virtual environments (PEP 405): python -m venv FOLDER ...

Such a folder has its own bin, include and site-packages; a file pyvenv.cfg in it tells the interpreter in bin where
the rest of the library is.
"""

import logging
import os
import shutil
import subprocess
import sys
import sysconfig
import types

logger = logging.getLogger(__name__)

_SCRIPTS = ('common/Activate.ps1', 'common/activate', 'posix/activate.csh', 'posix/activate.fish')


class EnvBuilder:
    """Makes environments; subclasses may redefine its steps, which get a context with the paths as attributes.

    system_site_packages: with the packages of the installation.  clear: empty the folder first.
    symlinks: link the executable instead of copying it.  upgrade: only renew the executable in an environment.
    with_pip: install pip.  prompt: text for the shell's prompt instead of the folder's name; '.' is the current folder.
    """

    def __init__(self, system_site_packages=False, clear=False, symlinks=False, upgrade=False, with_pip=False,
                 prompt=None):
        self.system_site_packages, self.clear, self.symlinks = system_site_packages, clear, symlinks
        self.upgrade, self.with_pip = upgrade, with_pip
        self.prompt = os.path.basename(os.getcwd()) if prompt == '.' else prompt

    def create(self, env_dir):
        """Make an environment in a folder, which may exist."""
        context = self.ensure_directories(os.path.abspath(env_dir))
        # pip must not find the installation's packages while it is installed.
        wanted = self.system_site_packages
        self.system_site_packages = False
        steps = [self.create_configuration, self.setup_python]
        steps += [self._setup_pip] if self.with_pip else []
        steps += [] if self.upgrade else [self.setup_scripts, self.post_setup]
        for step in steps:
            step(context)
        if wanted:
            self.system_site_packages = True
            self.create_configuration(context)

    def clear_directory(self, path):
        """Remove all that is in a folder."""
        for entry in list(os.scandir(path)):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.remove(entry.path)

    def ensure_directories(self, env_dir):
        """Make the folders; return the context: env_dir, env_name, prompt, executable, python_dir, python_exe,
        inc_path, bin_path, bin_name, env_exe."""
        def need(folder):
            if os.path.islink(folder) or os.path.isfile(folder):
                raise ValueError('Unable to create directory %r' % folder)
            os.makedirs(folder, exist_ok=True)
            return folder

        if self.clear and os.path.exists(env_dir):
            self.clear_directory(env_dir)
        context = types.SimpleNamespace(env_dir=env_dir, env_name=os.path.basename(env_dir))
        context.prompt = '(%s) ' % (context.env_name if self.prompt is None else self.prompt)
        if not os.path.isdir(env_dir):
            need(env_dir)
        context.executable = sys._base_executable
        context.python_dir, context.python_exe = os.path.split(os.path.abspath(context.executable))
        context.inc_path = need(os.path.join(env_dir, 'include'))
        need(os.path.join(env_dir, 'lib', 'python%d.%d' % sys.version_info[:2], 'site-packages'))
        # Some programs look in lib64 on 64-bit systems.
        other_name = os.path.join(env_dir, 'lib64')
        if sys.maxsize > 2**32 and sys.platform != 'darwin' and not os.path.exists(other_name):
            os.symlink('lib', other_name)
        context.bin_name = 'bin'
        context.bin_path = need(os.path.join(env_dir, context.bin_name))
        context.env_exe = os.path.join(context.bin_path, context.python_exe)
        return context

    def create_configuration(self, context):
        """Write pyvenv.cfg."""
        context.cfg_path = os.path.join(context.env_dir, 'pyvenv.cfg')
        settings = [('home', context.python_dir),
                    ('include-system-site-packages', 'true' if self.system_site_packages else 'false'),
                    ('version', '%d.%d.%d' % sys.version_info[:3])]
        if self.prompt is not None:
            settings.append(('prompt', repr(self.prompt)))
        with open(context.cfg_path, 'w', encoding='utf-8') as file:
            file.writelines('%s = %s\n' % setting for setting in settings)

    def symlink_or_copy(self, src, dst, relative_symlinks_ok=False):
        """Make dst the same as src, by a link if that is wanted and possible."""
        if self.symlinks:
            if os.path.islink(dst):
                return
            try:
                if relative_symlinks_ok:
                    assert os.path.dirname(src) == os.path.dirname(dst)
                    os.symlink(os.path.basename(src), dst)
                else:
                    os.symlink(src, dst)
                return
            except Exception:
                logger.warning('Unable to symlink %r to %r', src, dst)
        shutil.copyfile(src, dst)

    def setup_python(self, context):
        """Put the executable in place, under its own name and as python and python3."""
        self._place(context.executable, context.env_exe)
        for name in ('python', 'python3'):
            path = os.path.join(context.bin_path, name)
            if not os.path.exists(path):
                self._place(context.env_exe, path, relative_symlinks_ok=True)

    def _place(self, source, path, **options):
        self.symlink_or_copy(source, path, **options)
        if not os.path.islink(path):
            os.chmod(path, 0o755)

    def _setup_pip(self, context):
        """Install pip with the environment's interpreter, cut off from what the user has set."""
        subprocess.check_output([context.env_exe, '-Im', 'ensurepip', '--upgrade', '--default-pip'],
                                stderr=subprocess.STDOUT)

    def setup_scripts(self, context):
        """Install the scripts that activate the environment in a shell."""
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'scripts')
        if os.path.isdir(path):
            self.install_scripts(context, path)
        else:
            self._install_packed_scripts(context)

    def _install_packed_scripts(self, context):
        """Install the scripts of a package that is no folder: it is in the executable, or in an archive."""
        import pkgutil
        import tempfile
        with tempfile.TemporaryDirectory() as path:
            for name in _SCRIPTS:
                copy = os.path.join(path, *name.split('/'))
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                with open(copy, 'wb') as file:
                    file.write(pkgutil.get_data(__package__, 'scripts/' + name))
            self.install_scripts(context, path)

    def post_setup(self, context):
        """Called last; for subclasses."""

    def replace_variables(self, text, context):
        """Return a script's text with the names in it replaced by what they are in this environment."""
        for name, value in (('DIR', context.env_dir), ('NAME', context.env_name), ('PROMPT', context.prompt),
                            ('BIN_NAME', context.bin_name), ('PYTHON', context.env_exe)):
            text = text.replace('__VENV_%s__' % name, value)
        return text

    def install_scripts(self, context, path):
        """Copy scripts from the folders `common` and `posix` (os.name) in a folder, with names replaced."""
        for kind in ('common', os.name):
            top = os.path.join(path, kind)
            for folder, _, names in os.walk(top):
                target = os.path.normpath(os.path.join(context.bin_path, os.path.relpath(folder, top)))
                os.makedirs(target, exist_ok=True)
                for name in names:
                    self._install_script(context, os.path.join(folder, name), os.path.join(target, name))

    def _install_script(self, context, source, target):
        with open(source, 'rb') as file:
            data = file.read()
        if not source.endswith(('.exe', '.pdb')):
            try:
                data = self.replace_variables(data.decode('utf-8'), context).encode('utf-8')
            except UnicodeError as problem:
                logger.warning('unable to copy script %r, may be binary: %s', source, problem)
                return
        with open(target, 'wb') as file:
            file.write(data)
        shutil.copymode(source, target)


def create(env_dir, system_site_packages=False, clear=False, symlinks=False, with_pip=False, prompt=None):
    """Make an environment in a folder; the arguments are those of EnvBuilder."""
    EnvBuilder(system_site_packages=system_site_packages, clear=clear, symlinks=symlinks, with_pip=with_pip,
               prompt=prompt).create(env_dir)


def _make_parser():
    import argparse
    parser = argparse.ArgumentParser(
        prog=__name__, description='Creates virtual Python environments in one or more target directories.',
        epilog='Once an environment has been created, you may wish to activate it, e.g. by sourcing an activate '
               'script in its bin directory.')
    add = parser.add_argument
    add('dirs', metavar='ENV_DIR', nargs='+', help='A directory to create the environment in.')
    add('--system-site-packages', default=False, action='store_true', dest='system_site',
        help='Give the virtual environment access to the system site-packages dir.')
    links = parser.add_mutually_exclusive_group()
    by_default = os.name != 'nt'
    links.add_argument('--symlinks', default=by_default, action='store_true', dest='symlinks',
                       help='Try to use symlinks rather than copies, when symlinks are not the default for the '
                            'platform.')
    links.add_argument('--copies', default=not by_default, action='store_false', dest='symlinks',
                       help='Try to use copies rather than symlinks, even when symlinks are the default for the '
                            'platform.')
    add('--clear', default=False, action='store_true', dest='clear',
        help='Delete the contents of the environment directory if it already exists, before environment creation.')
    add('--upgrade', default=False, action='store_true', dest='upgrade',
        help='Upgrade the environment directory to use this version of Python, assuming Python has been upgraded '
             'in-place.')
    add('--without-pip', dest='with_pip', default=True, action='store_false',
        help='Skips installing or upgrading pip in the virtual environment (pip is bootstrapped by default)')
    add('--prompt', help='Provides an alternative prompt prefix for this environment.')
    return parser


def main(args=None):
    """Make the environments that the command line names; args: instead of sys.argv[1:]."""
    options = _make_parser().parse_args(args)
    if options.upgrade and options.clear:
        raise ValueError('you cannot supply --upgrade and --clear together.')
    builder = EnvBuilder(options.system_site, options.clear, options.symlinks, options.upgrade, options.with_pip,
                         options.prompt)
    for folder in options.dirs:
        builder.create(folder)
