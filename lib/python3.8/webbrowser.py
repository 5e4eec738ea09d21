# SPDX-License-Identifier: MIT
"""Showing addresses in a web browser.

open() uses the first browser that works.  Which ones are tried is found out at the first use: those the environment
variable BROWSER names, the desktop's own, then what is installed.  register() adds others, get() returns one by its name.
"""

import os
import shlex
import shutil
import subprocess
import sys
import threading

__all__ = ['Error', 'open', 'open_new', 'open_new_tab', 'get', 'register']


class Error(Exception):
    """There is no such browser."""


_lock = threading.RLock()
_browsers = {}                  # lower-case name -> [class or None, browser object or None]
_tryorder = None                # names, the best first; None as long as nobody has looked
_os_preferred_browser = None    # the desktop's choice


def _look_around():
    """Find browsers, if that was not done before."""
    if _tryorder is None:
        with _lock:
            if _tryorder is None:
                register_standard_browsers()


def register(name, klass, instance=None, *, preferred=False):
    """Add a browser: a class, or anything that makes a browser object without arguments, or such an object.

    preferred: try it before all others.
    """
    with _lock:
        if _tryorder is None:
            register_standard_browsers()
        _browsers[name.lower()] = [klass, instance]
        if preferred or (_os_preferred_browser and name in _os_preferred_browser):
            _tryorder.insert(0, name)
        else:
            _tryorder.append(name)


def get(using=None):
    """Return a browser object.

    using: its name, or a command in which %s stands for the address (with & at the end it runs in the background); the
    best one if not given.  Error if there is none.
    """
    _look_around()
    for name in _tryorder if using is None else [using]:
        if '%s' in name:
            command = shlex.split(name)
            if command[-1] == '&':
                return BackgroundBrowser(command[:-1])
            return GenericBrowser(command)
        try:
            klass, instance = _browsers[name.lower()]
        except KeyError:
            klass, instance = _synthesize(name)
        if instance is not None:
            return instance
        if klass is not None:
            return klass()
    raise Error('could not locate runnable browser')


def open(url, new=0, autoraise=True):
    """Show an address.  new: 0 in the same window, 1 in a new one, 2 in a new tab.  Return whether it worked."""
    _look_around()
    for name in _tryorder:
        if get(name).open(url, new, autoraise):
            return True
    return False


def open_new(url):
    """Show an address in a new window."""
    return open(url, 1)


def open_new_tab(url):
    """Show an address in a new tab."""
    return open(url, 2)


def _synthesize(browser, *, preferred=False):
    """Make a browser like the known one whose program has the same name; [None, None] if there is none."""
    command = browser.split()[0]
    if not shutil.which(command):
        return [None, None]
    name = os.path.basename(command)
    try:
        _, model = _browsers[name.lower()]
    except KeyError:
        return [None, None]
    if not model or model.basename != name:
        return [None, None]
    import copy
    made = copy.copy(model)
    made.name, made.basename = browser, os.path.basename(browser)
    register(browser, None, instance=made, preferred=preferred)
    return [None, made]


class BaseBrowser:
    """What all browsers have."""

    args = ['%s']

    def __init__(self, name=''):
        self.name = self.basename = name

    def open(self, url, new=0, autoraise=True):
        """Show an address; return whether it worked."""
        raise NotImplementedError

    def open_new(self, url):
        """Show an address in a new window."""
        return self.open(url, 1)

    def open_new_tab(self, url):
        """Show an address in a new tab."""
        return self.open(url, 2)


class GenericBrowser(BaseBrowser):
    """A command that ends when the user is done.  name: the command, as a string or list with %s for the address."""

    def __init__(self, name):
        if isinstance(name, str):
            self.name, self.args = name, ['%s']
        else:
            self.name, self.args = name[0], name[1:]
        self.basename = os.path.basename(self.name)

    def _command(self, url):
        sys.audit('webbrowser.open', url)
        return [self.name] + [arg.replace('%s', url) for arg in self.args]

    def open(self, url, new=0, autoraise=True):
        try:
            return not subprocess.Popen(self._command(url)).wait()
        except OSError:
            return False


class BackgroundBrowser(GenericBrowser):
    """A command that runs on its own."""

    def open(self, url, new=0, autoraise=True):
        command = self._command(url)
        try:
            process = subprocess.Popen(command, close_fds=True, start_new_session=True)
            return process.poll() is None
        except OSError:
            return False


class UnixBrowser(BaseBrowser):
    """A program that can be told to show an address in its running window.

    remote_args: its arguments for that, with %s for the address and %action for one of the three remote_action
    attributes.  background: it runs on its own; redirect_stdout: its output is thrown away.
    """

    raise_opts = None
    background = False
    redirect_stdout = True
    remote_args = ['%action', '%s']
    remote_action = remote_action_newwin = remote_action_newtab = None

    def _invoke(self, args, remote, autoraise, url=None):
        """Run the program; return whether it worked."""
        options = []
        if remote and self.raise_opts:
            wanted = self.raise_opts[int(autoraise)]
            options = [wanted] if wanted else []
        null = subprocess.DEVNULL
        process = subprocess.Popen([self.name] + options + args, close_fds=True,
                                   stdin=null if remote or self.background else None,
                                   stdout=null if self.redirect_stdout else None,
                                   stderr=null if self.redirect_stdout else None, start_new_session=True)
        if not remote:
            if not self.background:
                return not process.wait()
            return process.poll() is None
        try:
            # It may only pass the address on and end, or be the browser itself and go on.
            return not process.wait(5)
        except subprocess.TimeoutExpired:
            return True

    def open(self, url, new=0, autoraise=True):
        sys.audit('webbrowser.open', url)
        actions = {0: self.remote_action, 1: self.remote_action_newwin,
                   2: self.remote_action_newwin if self.remote_action_newtab is None else self.remote_action_newtab}
        if new not in actions:
            raise Error("Bad 'new' parameter to open(); expected 0, 1, or 2, got %s" % new)
        args = [arg.replace('%s', url).replace('%action', actions[new]) for arg in self.remote_args]
        if self._invoke([arg for arg in args if arg], True, autoraise, url):
            return True
        return self._invoke([arg.replace('%s', url) for arg in self.args], False, False)


class Mozilla(UnixBrowser):
    """Firefox and its relatives."""

    remote_args = ['%action', '%s']
    remote_action = ''
    remote_action_newwin = '-new-window'
    remote_action_newtab = '-new-tab'
    background = True


class Netscape(UnixBrowser):
    """Netscape."""

    raise_opts = ['-noraise', '-raise']
    remote_args = ['-remote', 'openURL(%s%action)']
    remote_action = ''
    remote_action_newwin = ',new-window'
    remote_action_newtab = ',new-tab'
    background = True


class Galeon(UnixBrowser):
    """Galeon and Epiphany."""

    raise_opts = ['-noraise', '']
    remote_args = ['%action', '%s']
    remote_action = '-n'
    remote_action_newwin = '-w'
    background = True


class Chrome(UnixBrowser):
    """Chrome."""

    remote_args = ['%action', '%s']
    remote_action = ''
    remote_action_newwin = '--new-window'
    remote_action_newtab = ''
    background = True


Chromium = Chrome


class Opera(UnixBrowser):
    """Opera."""

    remote_args = ['%action', '%s']
    remote_action = ''
    remote_action_newwin = '--new-window'
    remote_action_newtab = ''
    background = True


class Elinks(UnixBrowser):
    """Elinks, which needs the terminal."""

    remote_args = ['-remote', 'openURL(%s%action)']
    remote_action = ''
    remote_action_newwin = ',new-window'
    remote_action_newtab = ',new-tab'
    background = False
    redirect_stdout = False


class Konqueror(BaseBrowser):
    """KDE's file manager."""

    def open(self, url, new=0, autoraise=True):
        sys.audit('webbrowser.open', url)
        null = subprocess.DEVNULL
        quiet = {'close_fds': True, 'stdin': null, 'stdout': null, 'stderr': null}
        try:
            subprocess.Popen(['kfmclient', 'newTab' if new == 2 else 'openURL', url], **quiet).wait()
            return True                 # kfmclient always says 0
        except OSError:
            pass
        for command in (['konqueror', '--silent', url], ['kfm', '-d', url]):
            try:
                process = subprocess.Popen(command, start_new_session=True, **quiet)
            except OSError:
                continue
            return process.poll() is None
        return False


class Grail(BaseBrowser):
    """Grail, which listens on a socket in the folder for temporary files."""

    def _find_grail_rc(self):
        """A connection to a running Grail, or None."""
        import glob
        import pwd
        import socket
        import tempfile
        user = pwd.getpwuid(os.getuid())[0]
        pattern = os.path.join(glob.escape(tempfile.gettempdir()), '.grail-unix', glob.escape(user) + '-*')
        for path in glob.glob(pattern):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                connection.connect(path)
                return connection
            except OSError:
                connection.close()
                try:
                    os.unlink(path)         # nobody listens there any more
                except OSError:
                    pass
        return None

    def _remote(self, action):
        connection = self._find_grail_rc()
        if connection is None:
            return 0
        with connection:
            connection.send(action.encode())
        return 1

    def open(self, url, new=0, autoraise=True):
        sys.audit('webbrowser.open', url)
        return bool(self._remote(('LOADNEW ' if new else 'LOAD ') + url))


# What is there?

def register_X_browsers():
    """Add what is installed of the browsers with windows."""
    for opener in ('xdg-open',):
        if shutil.which(opener):
            register(opener, None, BackgroundBrowser(opener))
    if 'GNOME_DESKTOP_SESSION_ID' in os.environ and shutil.which('gvfs-open'):
        register('gvfs-open', None, BackgroundBrowser('gvfs-open'))
    if 'KDE_FULL_SESSION' in os.environ and shutil.which('kfmclient'):
        register('kfmclient', Konqueror, Konqueror('kfmclient'))
    if shutil.which('x-www-browser'):
        register('x-www-browser', None, BackgroundBrowser('x-www-browser'))
    known = [(Mozilla, 'firefox iceweasel iceape seamonkey mozilla-firefox mozilla-firebird firebird mozilla'),
             (Netscape, 'netscape')]
    rest = [(Galeon, 'galeon epiphany'), (Chrome, 'google-chrome chrome chromium chromium-browser'),
            (Opera, 'opera')]
    for klass, names in known:
        _register_installed(klass, names)
    if shutil.which('kfm'):
        register('kfm', Konqueror, Konqueror('kfm'))
    elif shutil.which('konqueror'):
        register('konqueror', Konqueror, Konqueror('konqueror'))
    for klass, names in rest:
        _register_installed(klass, names)
    if shutil.which('mosaic'):
        register('mosaic', None, BackgroundBrowser('mosaic'))
    if shutil.which('grail'):
        register('grail', Grail, None)


def _register_installed(klass, names):
    for name in names.split():
        if shutil.which(name):
            register(name, None, klass(name))


def register_standard_browsers():
    """Find the browsers of this system and those in the environment variable BROWSER."""
    global _tryorder, _os_preferred_browser
    _tryorder = []
    if sys.platform == 'darwin':
        register('MacOSX', None, BackgroundBrowser('open'))
    elif sys.platform[:3] == 'win':
        register('windows-default', None, BackgroundBrowser('explorer'))
    if os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY'):
        try:
            answer = subprocess.check_output(['xdg-settings', 'get', 'default-web-browser'],
                                             stderr=subprocess.DEVNULL)
            _os_preferred_browser = answer.decode().strip()
        except (OSError, subprocess.CalledProcessError):
            pass
        register_X_browsers()
    if os.environ.get('TERM'):
        for name, klass in (('www-browser', GenericBrowser), ('links', GenericBrowser), ('elinks', Elinks),
                            ('lynx', GenericBrowser), ('w3m', GenericBrowser)):
            if shutil.which(name):
                register(name, None, klass(name))
    for command in reversed(os.environ.get('BROWSER', '').split(os.pathsep)):
        if command and _synthesize(command, preferred=True) == [None, None]:
            command_line = command if '%s' in command else None
            if command_line is None:
                register(command, None, GenericBrowser(command), preferred=True)
            else:
                register(command, None, get(command), preferred=True)


def main():
    """The command line."""
    import getopt
    usage = 'Usage: %s [-n | -t] url\n    -n: open new window\n    -t: open new tab' % sys.argv[0]
    try:
        options, args = getopt.getopt(sys.argv[1:], 'ntd')
    except getopt.error as why:
        print(why, file=sys.stderr)
        print(usage, file=sys.stderr)
        sys.exit(1)
    new = 0
    for option, _ in options:
        new = {'-n': 1, '-t': 2}.get(option, new)
    if len(args) != 1:
        print(usage, file=sys.stderr)
        sys.exit(1)
    open(args[0], new)
    print('\a')


if __name__ == '__main__':
    main()
