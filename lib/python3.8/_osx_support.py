# SPDX-License-Identifier: MIT
"""Names of macOS systems and options of its compilers, for sysconfig and distutils.

taipan is not built for macOS: here is what can be asked from elsewhere, the name of a platform and the clean-up of a
compiler's command.  What looks for compilers and SDKs on such a machine is left out.
"""

import os
import re
import sys

__all__ = ['compiler_fixup', 'get_platform_osx']

# Before the names of variables that were changed, with their first values.
_INITPRE = '_OSX_SUPPORT_INITIAL_'

_SYSTEM_VERSION = _SYSTEM_VERSION_TUPLE = None


def _get_system_version():
    """The version of macOS, '' on other systems."""
    global _SYSTEM_VERSION
    if _SYSTEM_VERSION is None:
        _SYSTEM_VERSION = ''
        try:
            with open('/System/Library/CoreServices/SystemVersion.plist', encoding='utf-8') as file:
                found = re.search(r'<key>ProductUserVisibleVersion</key>\s*<string>(.*?)</string>', file.read())
        except OSError:
            found = None
        if found:
            _SYSTEM_VERSION = '.'.join(found[1].split('.')[:2])
    return _SYSTEM_VERSION


def _numbers(version, default):
    """The first two numbers of a version."""
    try:
        return tuple(map(int, version.split('.')[:2])) if version else default
    except ValueError:
        return default


def _get_system_version_tuple():
    """The version of macOS as numbers, () on other systems."""
    global _SYSTEM_VERSION_TUPLE
    if _SYSTEM_VERSION_TUPLE is None:
        _SYSTEM_VERSION_TUPLE = _numbers(_get_system_version(), ())
    return _SYSTEM_VERSION_TUPLE


def _remove_original_values(_config_vars):
    """Remove the first values of variables that were changed."""
    for name in [name for name in _config_vars if name.startswith(_INITPRE)]:
        del _config_vars[name]


def _save_modified_value(_config_vars, cv, newvalue):
    """Change a variable and keep its first value."""
    before = _config_vars.get(cv, '')
    if before != newvalue:
        _config_vars.setdefault(_INITPRE + cv, before)
    _config_vars[cv] = newvalue


def compiler_fixup(compiler_so, cc_args):
    """Return a compiler's command without the options -arch and -isysroot that cc_args, or ARCHFLAGS, replace."""
    given_arch = '-arch' in cc_args
    given_root = any(arg.startswith('-isysroot') for arg in cc_args)
    flags = os.environ.get('ARCHFLAGS')
    result = []
    words = iter(list(compiler_so))
    for word in words:
        if word == '-arch' and (given_arch or flags is not None):
            next(words, None)
        elif given_root and word == '-isysroot':
            next(words, None)
        elif not (given_root and word.startswith('-isysroot')):
            result.append(word)
    if flags is not None and not given_arch:
        result += flags.split()
    return result


# Sets of architectures that one file is built for, and what that is called.
_MACHINES = {
    ('arm64', 'x86_64'): 'universal2', ('i386', 'ppc'): 'fat', ('i386', 'x86_64'): 'intel',
    ('i386', 'ppc', 'x86_64'): 'fat3', ('ppc64', 'x86_64'): 'fat64', ('i386', 'ppc', 'ppc64', 'x86_64'): 'universal',
}


def get_platform_osx(_config_vars, osname, release, machine):
    """Return (system, release, machine) as the names of built packages have them."""
    target = _config_vars.get('MACOSX_DEPLOYMENT_TARGET', '')
    running = _get_system_version() or target
    if not (target or running):
        return osname, release, machine
    flags = _config_vars.get(_INITPRE + 'CFLAGS', _config_vars.get('CFLAGS', ''))
    if _numbers(running, (10, 3)) >= (10, 4) and '-arch' in flags:
        built_for = tuple(sorted(set(re.findall(r'-arch\s+(\S+)', flags))))
        if len(built_for) == 1:
            machine = built_for[0]
        elif built_for in _MACHINES:
            machine = _MACHINES[built_for]
        else:
            raise ValueError("Don't know machine value for archs=%r" % (built_for,))
    elif machine == 'i386' and sys.maxsize >= 2**32:
        # The kernel says so on 64-bit machines, too.
        machine = 'x86_64'
    elif machine in ('PowerPC', 'Power_Macintosh'):
        machine = 'ppc64' if sys.maxsize >= 2**32 else 'ppc'
    return 'macosx', target or running, machine
