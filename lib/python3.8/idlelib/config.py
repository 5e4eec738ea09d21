# SPDX-License-Identifier: MIT
"""The settings of IDLE: parsers of configuration files, and idleConf, which answers what is set.

There are four kinds of settings (main, highlight, keys, extensions).  Each has two files: the defaults,
config-KIND.def beside this module, and what the user changed, config-KIND.cfg in ~/.idlerc.  A question is answered from the
user's file, else from the default, else with a default of the caller and a warning.  Files that people edit may hold anything;
whatever is wrong in them is reported once on stderr and IDLE goes on with something that works.

Dialogs collect proposed values in a ConfigChanges before they are stored.
"""
import os
import sys
from configparser import ConfigParser

from tkinter.font import Font

import idlelib
from idlelib import _packaged


class InvalidConfigType(Exception):
    """No such kind of settings: not main, highlight, keys or extensions."""


class InvalidConfigSet(Exception):
    """A set of files that is neither 'user' nor 'default'."""


class InvalidTheme(Exception):
    """A theme that is asked for as neither 'user' nor 'default'."""


class IdleConfParser(ConfigParser):
    """A parser that knows its file.  Doubled sections and options are tolerated, the last one wins."""

    def __init__(self, cfgFile, cfgDefaults=None):
        """cfgFile: a path, '' for none; cfgDefaults: {option: value} for all sections."""
        super().__init__(defaults=cfgDefaults, strict=False)
        self.file = cfgFile

    def Get(self, section, option, type=None, default=None, raw=False):
        """The value of an option; `default` if there is none.

        type: 'bool' and 'int' convert (ValueError if that fails), everything else leaves a str.
        raw: leave %(...)s alone.
        """
        if not self.has_option(section, option):
            return default
        convert = {'bool': self.getboolean, 'int': self.getint}.get(type, self.get)
        return convert(section, option, raw=raw)

    def GetOptionList(self, section):
        """The names of a section's options; [] if there is no such section."""
        return self.options(section) if self.has_section(section) else []

    def Load(self):
        """Read the file, if there is one."""
        if self.file and not self.read(self.file):
            try:
                text = _packaged.read(self.file).decode()
            except OSError:
                return
            self.read_string(text, self.file)


class IdleUserConfParser(IdleConfParser):
    """A parser whose file belongs to the user: it can be changed and saved."""

    def SetOption(self, section, option, value):
        """Give an option a value, adding the section if need be.  True if that changed anything."""
        if self.Get(section, option) == value and self.has_option(section, option):
            return False
        self.AddSection(section)
        self.set(section, option, value)
        return True

    def RemoveOption(self, section, option):
        """Drop an option.  True if it was there."""
        return self.has_section(section) and self.remove_option(section, option)

    def AddSection(self, section):
        """Add a section unless it is there."""
        if not self.has_section(section):
            self.add_section(section)

    def RemoveEmptySections(self):
        """Drop sections without options."""
        for name in [name for name in self.sections() if not self.options(name)]:
            self.remove_section(name)

    def IsEmpty(self):
        """Is nothing set?  Drops empty sections."""
        self.RemoveEmptySections()
        return len(self.sections()) == 0

    def Save(self):
        """Write the file, or remove it if nothing is set.  A name that is empty or begins with # stands for no file."""
        path = self.file
        if not path or path.startswith('#'):
            return
        if self.IsEmpty():
            if os.path.exists(path):
                os.remove(path)
            return
        try:
            stream = open(path, 'w')
        except OSError:  # one that cannot be written may still be replaced
            os.unlink(path)
            stream = open(path, 'w')
        with stream:
            self.write(stream)


# What each key does if no key set says otherwise: EVENT: sequences.
_CORE_KEYS = """
open-new-window: <Control-n>
open-window-from-file: <Control-o>
open-module: <Alt-m>
open-class-browser: <Alt-c>
save-window: <Control-s>
save-window-as-file: <Alt-s>
save-copy-of-window-as-file: <Alt-Shift-S>
print-window: <Control-p>
close-window: <Alt-F4>
close-all-windows: <Control-q>
undo: <Control-z>
redo: <Control-y>
cut: <Control-x> <Control-X>
copy: <Control-c> <Control-C>
paste: <Control-v> <Control-V>
select-all: <Alt-a>
remove-selection: <Escape>
find: <Control-f>
find-again: <Control-g> <F3>
find-selection: <Control-F3>
find-in-files: <Alt-F3>
replace: <Control-h>
goto-line: <Alt-g>
beginning-of-line: <Control-a> <Home>
center-insert: <Control-l>
newline-and-indent: <Key-Return> <Key-KP_Enter>
plain-newline-and-indent: <Control-j>
smart-indent: <Key-Tab>
smart-backspace: <Key-BackSpace>
del-word-left: <Control-Key-BackSpace>
del-word-right: <Control-Key-Delete>
expand-word: <Alt-Key-slash>
force-open-completions: <Control-Key-space>
force-open-calltip: <Control-Key-backslash>
flash-paren: <Control-Key-0>
indent-region: <Control-Key-bracketright>
dedent-region: <Control-Key-bracketleft>
comment-region: <Alt-Key-3>
uncomment-region: <Alt-Key-4>
tabify-region: <Alt-Key-5>
untabify-region: <Alt-Key-6>
toggle-tabs: <Alt-Key-t>
change-indentwidth: <Alt-Key-u>
format-paragraph: <Alt-Key-q>
toggle-auto-coloring: <Control-slash>
check-module: <Alt-Key-x>
run-module: <Key-F5>
run-custom: <Shift-Key-F5>
restart-shell: <Control-F6>
view-restart: <F6>
interrupt-execution: <Control-c>
end-of-file: <Control-d>
history-previous: <Alt-p>
history-next: <Alt-n>
zoom-height: <Alt-Key-2>
do-nothing: <Control-x>
python-docs: <F1>
python-context-help: <Shift-F1>
"""

# Elements of a theme whose colours are not black on white when a theme leaves them out, as (foreground, background).
_ELEMENTS = ('normal', 'keyword', 'builtin', 'comment', 'string', 'definition', 'hilite', 'break', 'hit', 'error', 'context',
             'linenumber', 'cursor', 'stdout', 'stderr', 'console')
_ODD_COLOURS = {'hilite': ('#000000', 'gray'), 'break': ('#ffffff', '#000000'), 'hit': ('#ffffff', '#000000'),
                'error': ('#ffffff', '#000000')}


def _plain_theme():
    """The colours of a theme that defines nothing: {'normal-foreground': '#000000', ...}."""
    theme = {}
    for element in _ELEMENTS:
        foreground, background = _ODD_COLOURS.get(element, ('#000000', '#ffffff'))
        theme[element + '-foreground'] = foreground
        if element != 'cursor':
            theme[element + '-background'] = background
    return theme


class IdleConf:
    """All settings: defaultCfg and userCfg are {kind: parser}.  The one object of this class in use is idleConf."""

    def __init__(self, _utest=False):
        """_utest: read no files."""
        self.config_types = ('main', 'highlight', 'keys', 'extensions')
        self.defaultCfg, self.userCfg, self.cfg = {}, {}, {}
        if not _utest:
            self.CreateConfigHandlers()
            self.LoadCfgFiles()

    # ---- files ----
    def CreateConfigHandlers(self):
        """Make the parsers, with the paths of their files."""
        self.userdir = '' if idlelib.testing else self.GetUserCfgDir()
        here = os.path.dirname(__file__)
        for kind in self.config_types:
            self.defaultCfg[kind] = IdleConfParser(os.path.join(here, f'config-{kind}.def'))
            self.userCfg[kind] = IdleUserConfParser(os.path.join(self.userdir or '#', f'config-{kind}.cfg'))

    def GetUserCfgDir(self):
        """The folder of the user's files, made if it is missing: ~/.idlerc, or .idlerc here if there is no home.

        SystemExit if it cannot be made.
        """
        home = os.path.expanduser('~')
        if home != '~' and not os.path.exists(home):
            self._complain('\n Warning: os.path.expanduser("~") points to\n ' + home + ',\n but the path does not exist.')
            home = '~'
        folder = os.path.join(os.getcwd() if home == '~' else home, '.idlerc')
        if not os.path.exists(folder):
            try:
                os.mkdir(folder)
            except OSError:
                self._complain('\n Warning: unable to create user config directory\n' + folder
                               + '\n Check path and permissions.\n Exiting!\n')
                raise SystemExit
        return folder

    @staticmethod
    def _complain(text):
        if not idlelib.testing:
            try:
                print(text, file=sys.stderr)
            except OSError:
                pass

    def LoadCfgFiles(self):
        """Read all files."""
        for kind, defaults in self.defaultCfg.items():
            defaults.Load()
            self.userCfg[kind].Load()

    def SaveUserCfgFiles(self):
        """Write the user's files."""
        for parser in self.userCfg.values():
            parser.Save()

    # ---- options ----
    def GetOption(self, configType, section, option, default=None, type=None, warn_on_default=True, raw=False):
        """The value of an option: the user's, else the built-in one, else `default`.

        configType: the kind of settings; type: 'bool', 'int' or None.  A value that is not of the type is reported and passed
        over; that `default` had to be taken is reported if warn_on_default.
        """
        user, builtin = self.userCfg[configType], self.defaultCfg[configType]
        if user.has_option(section, option):
            try:
                return user.Get(section, option, type=type, raw=raw)
            except ValueError:
                _warn('\n Warning: config.py - IdleConf.GetOption -\n invalid %r value for configuration option %r\n'
                      ' from section %r: %r' % (type, option, section, user.Get(section, option, raw=raw)),
                      configType, section, option)
        if builtin.has_option(section, option):
            try:
                return builtin.Get(section, option, type=type, raw=raw)
            except ValueError:
                pass
        if warn_on_default:
            _warn('\n Warning: config.py - IdleConf.GetOption -\n problem retrieving configuration option %r\n'
                  ' from section %r.\n returning default value: %r' % (option, section, default),
                  configType, section, option)
        return default

    def SetOption(self, configType, section, option, value):
        """Set an option among the user's."""
        self.userCfg[configType].SetOption(section, option, value)

    def GetSectionList(self, configSet, configType):
        """The sections of one file.  configSet: 'user' or 'default'; InvalidConfigSet, InvalidConfigType if there is no such."""
        if configType not in self.config_types:
            raise InvalidConfigType('Invalid configType specified')
        return self._files(configSet)[configType].sections()

    def _files(self, config_set, error=InvalidConfigSet, message='Invalid configSet specified'):
        """{kind: parser} of 'user' or 'default'."""
        if config_set == 'user':
            return self.userCfg
        if config_set == 'default':
            return self.defaultCfg
        raise error(message)

    # ---- themes ----
    def GetHighlight(self, theme, element):
        """The colours of an element in a theme: {'foreground': name, 'background': name}, as Text tags take them."""
        builtin = self.defaultCfg['highlight'].has_section(theme)
        colours = self.GetThemeDict('default' if builtin else 'user', theme)
        foreground = colours[element + '-foreground']
        behind = 'normal' if element == 'cursor' else element
        return {'foreground': foreground, 'background': colours[behind + '-background']}

    def GetThemeDict(self, type, themeName):
        """All colours of a theme: {'ELEMENT-foreground': name, ...}.  type: 'user' or 'default', else InvalidTheme.

        What the theme leaves out is reported and taken from plain black on white; elements that are newer than many users'
        themes are not reported.
        """
        parser = self._files(type, InvalidTheme, 'Invalid theme type specified')['highlight']
        colours = _plain_theme()
        for name, plain in colours.items():
            if parser.has_option(themeName, name):
                colours[name] = parser.Get(themeName, name)
            elif not name.startswith(('context-', 'linenumber-')):
                _warn('\n Warning: config.IdleConf.GetThemeDict -\n problem retrieving theme element %r\n from theme %r.\n'
                      ' returning default color: %r' % (name, themeName, plain), 'highlight', themeName, name)
        return colours

    def CurrentTheme(self):
        """The name of the theme in use."""
        return self.current_colors_and_keys('Theme')

    def CurrentKeys(self):
        """The name of the key set in use."""
        return self.current_colors_and_keys('Keys')

    def current_colors_and_keys(self, section):
        """The name that section 'Theme' or 'Keys' of the main settings chooses; the default one if that does not exist."""
        builtin = self.GetOption('main', section, 'default', type='bool', default=True)
        name = self.GetOption('main', section, 'name2', default='') if builtin else ''
        name = name or self.GetOption('main', section, 'name', default='')
        files = self.defaultCfg if builtin else self.userCfg
        if name and files['highlight' if section == 'Theme' else 'keys'].has_section(name):
            return name
        return 'IDLE Classic' if section == 'Theme' else self.default_keys()

    @staticmethod
    def default_keys():
        """The name of the key set that suits the platform."""
        if sys.platform[:3] == 'win':
            return 'IDLE Classic Windows'
        return 'IDLE Classic OSX' if sys.platform == 'darwin' else 'IDLE Modern Unix'

    # ---- extensions ----
    def GetExtensions(self, active_only=True, editor_only=False, shell_only=False):
        """The names of extensions: those that are enabled, or all; editor_only, shell_only: those for such windows."""
        sections = self.GetSectionList('default', 'extensions')
        sections += [name for name in self.GetSectionList('user', 'extensions') if name not in sections]
        built_in = ('AutoComplete', 'CodeContext', 'FormatParagraph', 'ParenMatch')  # always on, their settings lie here
        names = [name for name in self.RemoveKeyBindNames(sections) if name not in built_in]
        if not active_only:
            return names
        switch = 'enable_editor' if editor_only else 'enable_shell' if shell_only else None
        return [name for name in names
                if self.GetOption('extensions', name, 'enable', default=True, type='bool')
                and (switch is None or self.GetOption('extensions', name, switch, default=True, type='bool',
                                                      warn_on_default=False))]

    def RemoveKeyBindNames(self, extnNameList):
        """A list of sections without those that hold keys."""
        return [name for name in extnNameList if not name.endswith(('_bindings', '_cfgBindings'))]

    def GetExtnNameForEvent(self, virtualEvent):
        """The extension that has configurable keys for an event (without << and >>); None if none has."""
        event = '<<' + virtualEvent + '>>'
        owners = [name for name in self.GetExtensions(active_only=False) if event in self.GetExtensionKeys(name)]
        return owners[-1] if owners else None

    def _event_names(self, section):
        """The events that a section of the built-in extension settings has keys for, with << and >>."""
        return ['<<' + name + '>>' for name in self.defaultCfg['extensions'].GetOptionList(section)]

    def GetExtensionKeys(self, extensionName):
        """The configurable keys of an enabled extension as they are in use: {event: sequences}."""
        current = self.GetCurrentKeySet()
        return {event: current[event] for event in self._event_names(extensionName + '_cfgBindings')}

    def _extension_section_keys(self, section):
        """The keys of a section of the extension settings as they are written: {event: sequences}."""
        return {event: self.GetOption('extensions', section, event[2:-2], default='').split()
                for event in self._event_names(section)}

    def __GetRawExtensionKeys(self, extensionName):
        """The configurable keys of an extension as they are set, whether or not they are taken: {event: sequences}."""
        return self._extension_section_keys(extensionName + '_cfgBindings')

    def GetExtensionBindings(self, extensionName):
        """All keys of an enabled extension, configurable or not: {event: sequences}."""
        keys = self.GetExtensionKeys(extensionName)
        keys.update(self._extension_section_keys(extensionName + '_bindings'))
        return keys

    # ---- keys ----
    def GetKeyBinding(self, keySetName, eventStr):
        """The sequences that a key set has for an event (with << and >>): a list, empty if there are none."""
        return self.GetOption('keys', keySetName, eventStr[2:-2], default='', warn_on_default=False).split()

    def GetCurrentKeySet(self):
        """The keys in use: {event: sequences}."""
        keys = self.GetKeySet(self.CurrentKeys())
        if sys.platform == 'darwin':  # where that key bears another name
            for event, sequences in keys.items():
                keys[event] = [sequence.replace('<Alt-', '<Option-') for sequence in sequences]
        return keys

    def GetKeySet(self, keySetName):
        """The keys of a set with those of the enabled extensions, which get '' where the set uses them otherwise."""
        keys = self.GetCoreKeys(keySetName)
        for name in self.GetExtensions(active_only=True):
            for event, sequences in self.__GetRawExtensionKeys(name).items():
                keys[event] = '' if sequences in keys.values() else sequences
        return keys

    def IsCoreBinding(self, virtualEvent):
        """Does an event (without << and >>) belong to IDLE itself, not to an extension?"""
        return '<<' + virtualEvent + '>>' in self.GetCoreKeys()

    # Users' key sets of older releases lack these: then they were keys of extensions.
    former_extension_events = {'<<%s>>' % name for name in (
        'force-open-completions', 'expand-word', 'force-open-calltip', 'flash-paren', 'format-paragraph', 'run-module',
        'run-custom', 'check-module', 'zoom-height')}

    def GetCoreKeys(self, keySetName=None):
        """The keys of IDLE itself in a set, or without one the last resort: {event: sequences}.

        What the set leaves out is taken from the last resort, and reported.
        """
        keys = {}
        for line in _CORE_KEYS.split('\n'):
            name, colon, sequences = line.partition(': ')
            if colon:
                keys['<<' + name.strip() + '>>'] = sequences.split()
        if not keySetName:
            return keys
        if not (self.userCfg['keys'].has_section(keySetName) or self.defaultCfg['keys'].has_section(keySetName)):
            _warn('\n Warning: config.py - IdleConf.GetCoreKeys -\n key set %r is not defined, using default bindings.'
                  % (keySetName,), 'keys', keySetName)
            return keys
        for event, last_resort in keys.items():
            sequences = self.GetKeyBinding(keySetName, event)
            if sequences:
                keys[event] = sequences
            elif event not in self.former_extension_events:
                _warn('\n Warning: config.py - IdleConf.GetCoreKeys -\n problem retrieving key binding for event %r\n'
                      ' from key set %r.\n returning default value: %r' % (event, keySetName, last_resort),
                      'keys', keySetName, event)
        return keys

    # ---- the help menu, fonts ----
    def GetExtraHelpSourceList(self, configSet):
        """Additional help sources of 'user' or 'default': [(name in the menu, address, number)], by number."""
        parser = self._files(configSet)['main']
        sources = []
        for number in parser.GetOptionList('HelpFiles'):
            name, _, address = parser.Get('HelpFiles', number, default=';').partition(';')
            address = address.partition(';')[0]
            if name and address:
                sources.append((name.strip(), address.strip(), number))
        return sorted(sources, key=lambda source: (len(source[2]), source[2]))

    def GetAllExtraHelpSourcesList(self):
        """Additional help sources: the built-in ones, then the user's."""
        return self.GetExtraHelpSourceList('default') + self.GetExtraHelpSourceList('user')

    def GetFont(self, root, configType, section):
        """The font that a section sets, as (family, size in points, 'bold' or 'normal').

        For Tk's own font for code it is what Tk says about it.
        """
        family = self.GetOption(configType, section, 'font', default='courier')
        size = self.GetOption(configType, section, 'font-size', type='int', default='10')
        bold = self.GetOption(configType, section, 'font-bold', default=0, type='bool')
        if family == 'TkFixedFont':
            actual = Font(name=family, exists=True, root=root).actual()
            family, bold = actual['family'], actual['weight'] == 'bold'
            size = actual['size'] if actual['size'] > 0 else 10  # negative ones are pixels
        return family, size, 'bold' if bold else 'normal'


idleConf = IdleConf()

_warned = set()


def _warn(msg, *key):
    """Print a message on stderr, once for each message and key."""
    seen = (msg, *key)
    if seen in _warned:
        return
    _warned.add(seen)
    try:
        print(msg, file=sys.stderr)
    except OSError:  # no console
        pass


class ConfigChanges(dict):
    """Proposed values of options, not stored yet: {kind: {section: {option: value}}}."""

    def __init__(self):
        super().__init__((kind, {}) for kind in idleConf.config_types)

    def add_option(self, config_type, section, item, value):
        """Propose a value, which becomes a str."""
        self[config_type].setdefault(section, {})[item] = str(value)

    @staticmethod
    def save_option(config_type, section, item, value):
        """Put a value among the user's settings, or drop it there if it is the built-in one.  True if that changed anything."""
        user, builtin = idleConf.userCfg[config_type], idleConf.defaultCfg[config_type]
        if builtin.has_option(section, item) and builtin.Get(section, item) == value:
            return user.RemoveOption(section, item)
        return user.SetOption(section, item, value)

    def save_all(self):
        """Store everything that is proposed and forget it.  True if that changed anything."""
        idleConf.userCfg['main'].Save()
        changed_kinds = [kind for kind in self if self._store(kind)]
        for kind in dict.fromkeys(changed_kinds + ['keys', 'highlight']):  # those may have lost sections before
            idleConf.userCfg[kind].Save()
        self.clear()
        return bool(changed_kinds)

    def _store(self, kind):
        """Put the values of one kind into its parser.  Has anything changed?"""
        changed = False
        for section, options in self[kind].items():
            if section == 'HelpFiles':  # they are replaced as a whole
                idleConf.userCfg['main'].remove_section(section)
                changed = True
            for item, value in options.items():
                changed = self.save_option(kind, section, item, value) or changed
        return changed

    def delete_section(self, config_type, section):
        """Drop a section here, among the user's settings and in their file."""
        self[config_type].pop(section, None)
        user = idleConf.userCfg[config_type]
        user.remove_section(section)
        user.Save()

    def clear(self):
        """Forget everything that is proposed."""
        for sections in self.values():
            sections.clear()


def _dump():
    """Print all settings as they were read, and how many lines those are with their checksum."""
    from zlib import crc32
    count = checksum = 0

    def show(thing):
        nonlocal count, checksum
        line = str(thing)
        count, checksum = count + 1, crc32(line.encode(), checksum)
        print(line)

    for files in idleConf.defaultCfg, idleConf.userCfg:
        for kind, parser in files.items():
            show(kind)
            for section in parser.sections():
                show(section)
                for option in parser.options(section):
                    show(option + ' = ' + parser.get(section, option, raw=True))
    print('\nlines = ', count, ', crc = ', checksum, sep='')


if __name__ == '__main__':
    _dump()
