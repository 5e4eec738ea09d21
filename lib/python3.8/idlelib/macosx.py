# SPDX-License-Identifier: MIT
"""What is different about Tk on macOS, and how IDLE adapts to it."""
from os.path import expanduser
from sys import platform
import plistlib

import tkinter

# 'cocoa', 'carbon' or 'xquartz' on macOS, 'other' elsewhere; None: not asked yet.
_tk_type = None


def _init_tk_type():
    """Ask Tk which window system it is built on and set _tk_type."""
    global _tk_type
    _tk_type = 'other'
    if platform != 'darwin':
        return
    root = tkinter.Tk()
    system = root.tk.call('tk', 'windowingsystem')
    if system == 'x11':
        _tk_type = 'xquartz'
    elif system == 'aqua':
        server = root.tk.call('winfo', 'server', '.')
        _tk_type = 'cocoa' if 'AppKit' in server else 'carbon'
    root.destroy()


def _known_type():
    if _tk_type is None:
        _init_tk_type()
    return _tk_type


def isAquaTk():
    """True if Tk draws with macOS itself, whichever of its two interfaces."""
    kind = _known_type()
    return kind == 'cocoa' or kind == 'carbon'


def isCarbonTk():
    """True if Tk uses the older interface of macOS."""
    return _known_type() == 'carbon'


def isCocoaTk():
    """True if Tk uses the present interface of macOS."""
    return _known_type() == 'cocoa'


def isXQuartz():
    """True if Tk uses an X server on macOS."""
    return _known_type() == 'xquartz'


def tkVersionWarning(root):
    """Return a warning if Tk is one of the versions that fail on macOS, else None."""
    if not isCocoaTk():
        return None
    version = root.tk.call('info', 'patchlevel')
    if version not in ('8.5.7', '8.5.9'):
        return None
    return (f'WARNING: The version of Tcl/Tk ({version}) in use may be unstable.\n'
            'Visit http://www.python.org/download/mac/tcltk/ for current information.')


def readSystemPreferences():
    """Return the global preferences of macOS as a dict, or None elsewhere."""
    if platform != 'darwin':
        return None
    path = expanduser('~/Library/Preferences/.GlobalPreferences.plist')
    try:
        with open(path, 'rb') as stream:
            return plistlib.load(stream)
    except OSError:
        return None


def preferTabsPreferenceWarning():
    """Return a warning if macOS opens documents as tabs, which IDLE cannot cope with."""
    preferences = readSystemPreferences()
    if not preferences or preferences.get('AppleWindowTabbingMode') != 'always':
        return None
    return ('WARNING: The system preference "Prefer tabs when opening documents" is set to '
            '"Always". This will cause various problems with IDLE. For the best experience, '
            'change this setting when running IDLE (via System Preferences -> Dock).')


def addOpenEventSupport(root, flist):
    """Open the files that are dropped on IDLE's icon."""
    def open_documents(*names):
        for name in names:
            flist.open(name)

    root.createcommand('::tk::mac::OpenDocument', open_documents)


def hideTkConsole(root):
    """Close the console that Tk opens when it is not started from a terminal."""
    try:
        root.tk.call('console', 'hide')
    except tkinter.TclError:
        pass        # this Tk has none


def _adapt_menus(mainmenu):
    """Take from the menus what macOS shows in its application menu."""
    menus = dict(mainmenu.menudefs)
    elsewhere = {'<<close-all-windows>>', '<<about-idle>>', '<<open-config-dialog>>'}
    for name in ('file', 'help', 'options'):
        entries = [entry for entry in menus[name]
                   if entry is None or entry[1] not in elsewhere]
        while entries and entries[0] is None:
            del entries[0]
        while entries and entries[-1] is None:
            del entries[-1]
        menus[name][:] = entries


def overrideRootMenu(root, flist):
    """Give the root window a menu bar: macOS shows it while no window is open."""
    from tkinter import Menu
    from idlelib import mainmenu
    from idlelib import window

    _adapt_menus(mainmenu)
    menubar = Menu(root)
    root.configure(menu=menubar)
    windows = Menu(menubar, name='window', tearoff=0)
    menubar.add_cascade(label='Window', menu=windows, underline=0)

    def update_windows(menu=windows):
        if (menu.index('end') or 0) > 0:
            menu.delete(0, 'end')
        window.add_windows_to_menu(menu)

    window.register_callback(update_windows)

    def show_about(event=None):
        """Help about IDLE."""
        from idlelib import help_about
        help_about.AboutDialog(root)

    def show_settings(event=None):
        """The dialog needs a window with the attribute instance_dict."""
        from idlelib import configdialog
        root.instance_dict = flist.inversedict
        configdialog.ConfigDialog(root, 'Settings')

    def show_help(event=None):
        """Help on using IDLE."""
        from idlelib import help
        help.show_idlehelp(root)

    root.bind('<<about-idle>>', show_about)
    root.bind('<<open-config-dialog>>', show_settings)
    root.createcommand('::tk::mac::ShowPreferences', show_settings)
    if flist:
        root.bind('<<close-all-windows>>', flist.close_all_callback)
        # What the Quit entry of the application menu calls.
        root.createcommand('exit', flist.close_all_callback)
    if isCarbonTk():
        application = Menu(menubar, name='apple', tearoff=0)
        menubar.add_cascade(label='IDLE', menu=application)
        mainmenu.menudefs.insert(0, ('application', [('About IDLE', '<<about-idle>>'), None]))
    if isCocoaTk():
        root.createcommand('tkAboutDialog', show_about)
        root.createcommand('::tk::mac::ShowHelp', show_help)


def fixb2context(root):
    """Free the second mouse button: on macOS it opens the context menu."""
    for sequence in ('<B2>', '<B2-Motion>', '<<PasteSelection>>'):
        root.unbind_class('Text', sequence)


def setupApp(root, flist):
    """Adapt IDLE to macOS if it runs there; called once, after root is made."""
    if not isAquaTk():
        return
    hideTkConsole(root)
    overrideRootMenu(root, flist)
    addOpenEventSupport(root, flist)
    fixb2context(root)


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_macosx', verbosity=2)
