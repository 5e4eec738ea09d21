# SPDX-License-Identifier: MIT
"""What machine, system and Python this is; also a command: python -m platform [--terse]

Each function answers with empty text (or the values given as defaults) for what cannot be found out.  taipan runs on
Linux; the functions for other systems exist for programs that ask everywhere, and find nothing here.
"""

__version__ = '1.0.8'

import collections
import os
import re
import sys

# Words in version numbers, in the order in which a version passes through them.
_ver_stages = {'dev': 10, 'alpha': 20, 'a': 20, 'beta': 30, 'b': 30, 'c': 40, 'RC': 50, 'rc': 50, 'pl': 200,
               'p': 200}
_component_re = re.compile(r'([0-9]+|[._+-])')


def _comparable_version(version):
    """Return a list that orders versions: numbers rank above words, words by their stage."""
    ranks = []
    for part in _component_re.split(version):
        if part in '._+-':
            continue
        if part.isdecimal():
            ranks += (100, int(part))
        else:
            ranks += (_ver_stages.get(part, 0), part)
    return ranks


def _norm_version(version, build=''):
    """Return version and build as three numbers with dots, if they are numbers."""
    parts = version.split('.')
    if build:
        parts.append(build)
    try:
        parts = [str(int(part)) for part in parts]
    except ValueError:
        pass
    return '.'.join(parts[:3])


# --- The C library --------------------------------------------------------------------------------

_libc_search = re.compile(rb'(__libc_init)|(GLIBC_([0-9.]+))|(libc(_\w+)?\.so(?:\.(\d[0-9.]*))?)', re.ASCII)


def _libc_marks(file, chunksize):
    """Yield the matches of _libc_search in a file; chunks overlap, so that none is cut in two."""
    data = file.read(chunksize)
    position = 0
    while position < len(data):
        found = _libc_search.search(data, position) if b'libc' in data or b'GLIBC' in data else None
        if found is None or found.end() == len(data):
            more = file.read(chunksize)
            if more:
                data = data[max(position, len(data) - 1000):] + more
                position = 0
                continue
            if found is None:
                return
        yield found
        position = found.end()


def libc_ver(executable=None, lib='', version='', chunksize=16384):
    """Return (library, version) of the C library: of the running process, or what a given executable asks for.

    lib, version: what to return if nothing is found.
    """
    if executable is None:
        try:
            known = os.confstr('CS_GNU_LIBC_VERSION').split(maxsplit=1)
        except (AttributeError, ValueError, OSError):
            known = ()
        if len(known) == 2:
            return tuple(known)
        executable = sys.executable

    def newer(candidate):
        return _comparable_version(candidate) > _comparable_version(version)

    with open(os.path.realpath(executable), 'rb') as file:
        for mark in _libc_marks(file, chunksize):
            init, gnu, gnu_version, shared, threads, shared_version = [
                None if group is None else group.decode('latin1') for group in mark.groups()]
            if init:
                lib = lib or 'libc'
            elif gnu:
                if lib != 'glibc':
                    lib, version = 'glibc', gnu_version
                elif newer(gnu_version):
                    version = gnu_version
            elif shared and lib != 'glibc':
                lib = 'libc'
                if shared_version and (not version or newer(shared_version)):
                    version = shared_version
                if threads and not version.endswith(threads):
                    version += threads
    return lib, version


# --- Other systems --------------------------------------------------------------------------------

_WIN32_CLIENT_RELEASES = {
    (5, 0): '2000', (5, 1): 'XP', (5, 2): '2003Server', (5, None): 'post2003', (6, 0): 'Vista', (6, 1): '7',
    (6, 2): '8', (6, 3): '8.1', (6, None): 'post8.1', (10, 0): '10', (10, None): 'post10'}
_WIN32_SERVER_RELEASES = {
    (5, 2): '2003Server', (6, 0): '2008Server', (6, 1): '2008ServerR2', (6, 2): '2012Server', (6, 3): '2012ServerR2',
    (6, None): 'post2012ServerR2'}
_ver_output = re.compile(r'(?:([\w ]+) ([\w.]+) .*\[.* ([\d.]+)\])')


def _syscmd_ver(system='', release='', version='', supported_platforms=('win32', 'win16', 'dos')):
    """Return (system, release, version) from the command `ver` of Windows, else the values given."""
    if sys.platform not in supported_platforms:
        return system, release, version
    import subprocess
    for command in ('ver', 'command /c ver', 'cmd /c ver'):
        try:
            answer = subprocess.check_output(command, stderr=subprocess.DEVNULL, text=True, shell=True).strip()
        except (OSError, subprocess.CalledProcessError):
            continue
        found = _ver_output.match(answer)
        if found:
            system, release, version = (part.rstrip('.') for part in found.groups())
            version = _norm_version(version)
        break
    return system, release, version


def win32_is_iot():
    """Whether this is one of the editions of Windows for devices."""
    return win32_edition() in ('IoTUAP', 'NanoServer', 'WindowsCoreHeadless', 'IoTEdgeOS')


def win32_edition():
    """Return the edition of Windows, None elsewhere."""
    try:
        import winreg
        with winreg.OpenKeyEx(winreg.HKEY_LOCAL_MACHINE, r'SOFTWARE\Microsoft\Windows NT\CurrentVersion') as key:
            return winreg.QueryValueEx(key, 'EditionId')[0]
    except (ImportError, OSError):
        return None


def win32_ver(release='', version='', csd='', ptype=''):
    """Return (release, version, service pack, kind) of Windows; elsewhere the values given."""
    try:
        from sys import getwindowsversion
    except ImportError:
        return release, version, csd, ptype
    system = getwindowsversion()
    major, minor, build = system.platform_version or system[:3]
    server = getattr(system, 'product_type', None) == 3
    for table in ([_WIN32_SERVER_RELEASES] if server else []) + [_WIN32_CLIENT_RELEASES]:
        known = table.get((major, minor)) or table.get((major, None))
        if known:
            release = known
            break
    pack = system.service_pack
    if pack.startswith('Service Pack '):
        csd = 'SP' + pack[13:]
    return release, '%d.%d.%d' % (major, minor, build), csd, ptype


def _mac_ver_xml():
    path = '/System/Library/CoreServices/SystemVersion.plist'
    if not os.path.exists(path):
        return None
    import plistlib
    with open(path, 'rb') as file:
        facts = plistlib.load(file)
    processor = os.uname().machine
    return facts['ProductVersion'], ('', '', ''), 'PowerPC' if processor in ('ppc', 'Power Macintosh') else processor


def mac_ver(release='', versioninfo=('', '', ''), machine=''):
    """Return (release, (version, stage, other version), machine) of macOS; elsewhere the values given."""
    return _mac_ver_xml() or (release, versioninfo, machine)


def _java_getprop(name, default):
    from java.lang import System
    try:
        return System.getProperty(name) or default
    except AttributeError:
        return default


def java_ver(release='', vendor='', vminfo=('', '', ''), osinfo=('', '', '')):
    """Return (release, vendor, (name, release, vendor), (system, version, machine)) of Jython's Java."""
    try:
        import java.lang
    except ImportError:
        return release, vendor, vminfo, osinfo
    machine_keys = ('java.vm.name', 'java.vm.version', 'java.vm.vendor')
    system_keys = ('java.os.arch', 'java.os.name', 'java.os.version')
    return (_java_getprop('java.version', release), _java_getprop('java.vendor', vendor),
            tuple(map(_java_getprop, machine_keys, vminfo)), tuple(map(_java_getprop, system_keys, osinfo)))


def system_alias(system, release, version):
    """Return (system, release, version) under the names that the system is sold by."""
    if system == 'SunOS':
        if release < '5':
            return system, release, version
        major, *rest = release.split('.')
        if major.isdecimal():
            # SunOS 5 is Solaris 2.
            release = '.'.join([str(int(major) - 3), *rest])
        system = 'Solaris'
    elif system == 'IRIX64':
        # 64 bits are no part of the name.
        system, version = 'IRIX', version + ' (64bit)' if version else '64bit'
    elif system in ('win32', 'win16'):
        system = 'Windows'
    return system, release, version


# --- This system ----------------------------------------------------------------------------------

def _platform(*args):
    """Join pieces of text into a name that is fit for a file."""
    text = '-'.join(piece.strip() for piece in args if piece)
    text = text.translate(str.maketrans(' /\\:;"()', '_-------'))
    text = text.replace('unknown', '')
    return re.sub('-+', '-', text).rstrip('-')


def _node(default=''):
    """This computer's name in the network."""
    try:
        import socket
        return socket.gethostname()
    except (ImportError, OSError):
        return default


def _follow_symlinks(filepath):
    """The file that a chain of links ends at."""
    path = os.path.abspath(filepath)
    while os.path.islink(path):
        path = os.path.normpath(os.path.join(os.path.dirname(path), os.readlink(path)))
    return path


def _ask_command(command, default, **options):
    """What a command prints; `default` if it fails or prints nothing."""
    import subprocess
    try:
        answer = subprocess.check_output(command, stderr=subprocess.DEVNULL, **options)
    except (OSError, subprocess.CalledProcessError):
        return default
    return answer or default


def _syscmd_uname(option, default=''):
    """What the command `uname` says to an option."""
    if sys.platform in ('dos', 'win32', 'win16'):
        return default
    return _ask_command(('uname', option), default, text=True).strip() or default


def _syscmd_file(target, default=''):
    """What the command `file` says of a file."""
    if sys.platform in ('dos', 'win32', 'win16'):
        return default
    answer = _ask_command(['file', '-b', _follow_symlinks(target)], None, env=dict(os.environ, LC_ALL='C'))
    return default if answer is None else answer.decode('latin-1')


_default_architecture = {'win32': ('', 'WindowsPE'), 'win16': ('', 'Windows'), 'dos': ('', 'MSDOS')}


def architecture(executable=sys.executable, bits='', linkage=''):
    """Return (bits, format) of an executable, e.g. ('64bit', 'ELF'), as the command `file` sees it.

    bits, linkage: what to return if that says nothing; bits default to those of this interpreter.
    """
    if not bits:
        bits = '%dbit' % (64 if sys.maxsize > 2**32 else 32)
    said = _syscmd_file(executable, '') if executable else ''
    if not said and executable == sys.executable:
        default_bits, default_linkage = _default_architecture.get(sys.platform, ('', ''))
        return default_bits or bits, default_linkage or linkage
    if 'executable' not in said and 'shared object' not in said:
        return bits, linkage
    for mark, meaning in (('32-bit', '32bit'), ('N32', 'n32bit'), ('64-bit', '64bit')):
        if mark in said:
            bits = meaning
            break
    for mark in ('ELF', 'PE', 'COFF', 'MS-DOS'):
        if mark in said:
            linkage = {'PE': 'WindowsPE' if 'Windows' in said else 'PE', 'MS-DOS': 'MSDOS'}.get(mark, mark)
            break
    return bits, linkage


uname_result = collections.namedtuple('uname_result', 'system node release version machine processor')

_uname_cache = None


def uname():
    """Return (system, node, release, version, machine, processor); asked for once, then remembered."""
    global _uname_cache
    if _uname_cache is None:
        _uname_cache = _find_uname()
    return _uname_cache


def _find_uname():
    processor = ''
    try:
        system, node, release, version, machine = os.uname()
    except AttributeError:
        system, node, release, version = sys.platform, _node(), '', ''
        machine = os.environ.get('PROCESSOR_ARCHITEW6432') or os.environ.get('PROCESSOR_ARCHITECTURE', '')
        processor = os.environ.get('PROCESSOR_IDENTIFIER', machine)
        if system == 'win32':
            release, version, _, _ = win32_ver()
            system = 'Windows'
    if not processor:
        processor = _syscmd_uname('-p', '')
    facts = system, node, release, version, machine, processor
    return uname_result(*('' if fact == 'unknown' else fact for fact in facts))


def system():
    """Return the system's name, e.g. 'Linux'."""
    return uname().system


def node():
    """Return the computer's name in the network."""
    return uname().node


def release():
    """Return the system's release."""
    return uname().release


def version():
    """Return the system's version."""
    return uname().version


def machine():
    """Return the kind of machine, e.g. 'x86_64'."""
    return uname().machine


def processor():
    """Return the processor's name."""
    return uname().processor


# --- This Python ----------------------------------------------------------------------------------

_sys_version_parser = re.compile(
    r'([\w.+]+)\s*\(#?([^,]+)(?:,\s*([\w ]*)(?:,\s*([\w :]*))?)?\)\s*\[([^\]]+)\]?', re.ASCII)
_ironpython_sys_version_parser = re.compile(
    r'IronPython\s*([\d\.]+)(?: \(([\d\.]+)\))? on (.NET [\d\.]+)', re.ASCII)
_ironpython26_sys_version_parser = re.compile(
    r'([\d.]+)\s*\(IronPython\s*[\d.]+\s*\(([\d.]+)\) on ([\w.]+ [\d.]+(?: \(\d+-bit\))?)\)')
_pypy_sys_version_parser = re.compile(
    r'([\w.+]+)\s*\(#?([^,]+),\s*([\w ]+),\s*([\w :]+)\)\s*\[PyPy [^\]]+\]?')

_sys_version_cache = {}


def _read_sys_version(text):
    """(name, version, build number, build date, compiler) from text like sys.version.  Raises ValueError."""
    if 'IronPython' in text:
        parser = _ironpython_sys_version_parser if text.startswith('IronPython') else _ironpython26_sys_version_parser
        found = parser.match(text)
        if found is None:
            raise ValueError('failed to parse IronPython sys.version: %s' % repr(text))
        return 'IronPython', found[1], '', '', found[3]
    if sys.platform.startswith('java'):
        name, parser = 'Jython', _sys_version_parser
    elif 'PyPy' in text:
        name, parser = 'PyPy', _pypy_sys_version_parser
    else:
        name, parser = 'CPython', _sys_version_parser
    found = parser.match(text)
    if found is None:
        raise ValueError('failed to parse %s sys.version: %s' % (name, repr(text)))
    if name == 'PyPy':
        number, build, date, _ = found.groups()
        time = compiler = ''
    else:
        number, build, date, time, compiler = found.groups()
        if name == 'Jython':
            time, compiler = None, sys.platform
    if date is None:
        date = ''
    elif time:
        date = '%s %s' % (date, time)
    return name, number, build, date, compiler


def _sys_version(sys_version=None):
    """Return (name, version, branch, revision, build number, build date, compiler), of sys.version or other text."""
    text = sys.version if sys_version is None else sys_version
    if text not in _sys_version_cache:
        name, number, build, date, compiler = _read_sys_version(text)
        branch = revision = ''
        for source in ('_git', '_mercurial', 'subversion'):
            if hasattr(sys, source):
                _, branch, revision = getattr(sys, source)
                break
        if number.count('.') == 1:
            number += '.0'
        _sys_version_cache[text] = name, number, branch, revision, build, date, compiler
    return _sys_version_cache[text]


def python_implementation():
    """Return the implementation's name; programs written for CPython find 'CPython' here."""
    return _sys_version()[0]


def python_version():
    """Return the version as text with three parts."""
    return _sys_version()[1]


def python_version_tuple():
    """Return the three parts of the version as text in a tuple."""
    return tuple(_sys_version()[1].split('.'))


def python_branch():
    """Return the branch of the repository that this was built from."""
    return _sys_version()[2]


def python_revision():
    """Return the revision of the repository that this was built from."""
    return _sys_version()[3]


def python_build():
    """Return (number, date) of the build."""
    return _sys_version()[4:6]


def python_compiler():
    """Return the compiler's name and version."""
    return _sys_version()[6]


# --- All in one -----------------------------------------------------------------------------------

_platform_cache = {}


def platform(aliased=0, terse=0):
    """Return one line that tells system, release and machine, fit for a file name.

    aliased: under the names that systems are sold by.  terse: no more than needed.
    """
    key = aliased, terse
    if key not in _platform_cache:
        _platform_cache[key] = _describe(aliased, terse)
    return _platform_cache[key]


def _describe(aliased, terse):
    system, node, release, version, machine, processor = uname()
    if processor == machine:
        processor = ''
    if aliased:
        system, release, version = system_alias(system, release, version)
    if system == 'Darwin':
        mac_release = mac_ver()[0]
        if mac_release:
            system, release = 'macOS', mac_release
    if system == 'Linux':
        return _platform(system, release, machine, processor, 'with', ''.join(libc_ver(sys.executable)))
    if system == 'Windows':
        csd = win32_ver(release, version)[2]
        return _platform(system, release) if terse else _platform(system, release, version, csd)
    if system == 'Java':
        _, _, (name, _, _), (os_name, os_version, os_arch) = java_ver()
        known = system, release, version
        return _platform(*known) if terse else _platform(*known, 'on', os_name, os_version, os_arch)
    if terse:
        return _platform(system, release)
    return _platform(system, release, machine, processor, *architecture(sys.executable))


if __name__ == '__main__':
    print(platform(not {'nonaliased', '--nonaliased'}.intersection(sys.argv),
                   bool({'terse', '--terse'}.intersection(sys.argv))))
    sys.exit(0)
