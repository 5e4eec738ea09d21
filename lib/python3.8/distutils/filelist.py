# SPDX-License-Identifier: MIT
"""Lists of files by patterns: the lines of MANIFEST.in."""

import fnmatch
import functools
import os
import re

from distutils import log
from distutils.errors import DistutilsInternalError, DistutilsTemplateError
from distutils.util import convert_path

# action -> (how many words are needed behind it, what they are)
_ACTIONS = {
    **dict.fromkeys(('include', 'exclude', 'global-include', 'global-exclude'), (1, '<pattern1> <pattern2> ...')),
    **dict.fromkeys(('recursive-include', 'recursive-exclude'), (2, '<dir> <pattern1> <pattern2> ...')),
    **dict.fromkeys(('graft', 'prune'), (1, 'a single <dir_pattern>')),
}


class FileList:
    """A list of files that patterns add to and take from; `files` is it, `allfiles` what there is to choose from.

    The arguments are not used any more.
    """

    def __init__(self, warn=None, debug_print=None):
        self.allfiles, self.files = None, []

    def set_allfiles(self, allfiles):
        """Set the files to choose from."""
        self.allfiles = allfiles

    def findall(self, dir=os.curdir):
        """Choose from all files in a folder and below."""
        self.allfiles = findall(dir)

    def debug_print(self, msg):
        """Print a message if DISTUTILS_DEBUG is set."""
        from distutils.debug import DEBUG
        if DEBUG:
            print(msg)

    def append(self, item):
        """Add a file."""
        self.files.append(item)

    def extend(self, items):
        """Add files."""
        self.files.extend(items)

    def sort(self):
        """Sort the list: by folders, then names."""
        self.files = [os.path.join(*pair) for pair in sorted(map(os.path.split, self.files))]

    def remove_duplicates(self):
        """Keep each file once, in a list that is sorted."""
        files = self.files
        files[:] = [name for index, name in enumerate(files) if not index or name != files[index - 1]]

    def _parse_template_line(self, line):
        """Return (action, patterns, folder, folder pattern) of a line."""
        action, *words = line.split()
        patterns = folder = folder_pattern = None
        if action in _ACTIONS:
            needed, what = _ACTIONS[action]
            single = action in ('graft', 'prune')
            if len(words) < needed or single and len(words) != 1:
                raise DistutilsTemplateError("'%s' expects %s" % (action, what))
            words = list(map(convert_path, words))
            if single:
                folder_pattern = words[0]
            elif needed == 2:
                folder, *patterns = words
            else:
                patterns = words
        else:
            raise DistutilsTemplateError("unknown action '%s'" % action)
        return action, patterns, folder, folder_pattern

    # What is told when a pattern finds nothing.
    _NOTHING = {
        'include': "warning: no files found matching '%s'",
        'exclude': "warning: no previously-included files found matching '%s'",
        'global-include': "warning: no files found matching '%s' anywhere in distribution",
        'global-exclude': "warning: no previously-included files matching '%s' found anywhere in distribution",
        'recursive-include': "warning: no files found matching '%s' under directory '%s'",
        'recursive-exclude': "warning: no previously-included files matching '%s' found under directory '%s'",
        'graft': "warning: no directories found matching '%s'",
        'prune': "no previously-included directories found matching '%s'",
    }

    def process_template_line(self, line):
        """Do what a line says.  Raises DistutilsTemplateError."""
        action, patterns, folder, folder_pattern = self._parse_template_line(line)
        if folder_pattern is not None:
            self.debug_print(action + ' ' + folder_pattern)
            change = self.include_pattern if action == 'graft' else self.exclude_pattern
            if not change(None, prefix=folder_pattern):
                log.warn(self._NOTHING[action], folder_pattern)
            return
        self.debug_print(' '.join([action, *([folder] if folder else []), *patterns]))
        kind = action.rpartition('-')[2]
        change = self.include_pattern if kind == 'include' else self.exclude_pattern
        for pattern in patterns:
            if action.startswith('global'):
                found, shown = change(pattern, anchor=0), (pattern,)
            elif folder is not None:
                found, shown = change(pattern, prefix=folder), (pattern, folder)
            else:
                found, shown = change(pattern, anchor=1), (pattern,)
            if not found:
                log.warn(self._NOTHING[action], *shown)

    def include_pattern(self, pattern, anchor=1, prefix=None, is_regex=0):
        """Add the files that fit a pattern; return whether there are any.

        anchor: it has to fit the whole path.  prefix: a folder that they lie in.  is_regex: pattern is an expression.
        """
        match = translate_pattern(pattern, anchor, prefix, is_regex)
        self.debug_print("include_pattern: applying regex r'%s'" % match.pattern)
        if self.allfiles is None:
            self.findall()
        found = [name for name in self.allfiles if match.search(name)]
        for name in found:
            self.debug_print(' adding ' + name)
        self.files += found
        return bool(found)

    def exclude_pattern(self, pattern, anchor=1, prefix=None, is_regex=0):
        """Remove the files that fit a pattern; return whether there are any."""
        match = translate_pattern(pattern, anchor, prefix, is_regex)
        self.debug_print("exclude_pattern: applying regex r'%s'" % match.pattern)
        found = [name for name in self.files if match.search(name)]
        for name in found:
            self.debug_print(' removing ' + name)
        self.files[:] = [name for name in self.files if not match.search(name)]
        return bool(found)


def _find_all_simple(path):
    """Yield the paths of all files in a folder and below, links to folders followed."""
    for folder, _, names in os.walk(path, followlinks=True):
        for name in names:
            file = os.path.join(folder, name)
            if os.path.isfile(file):
                yield file


def findall(dir=os.curdir):
    """Return the paths of all files in a folder and below; in the current one without "./"."""
    files = _find_all_simple(dir)
    if dir == os.curdir:
        files = map(functools.partial(os.path.relpath, start=dir), files)
    return list(files)


def glob_to_re(pattern):
    """Return a file name pattern as a regular expression; its * and ? do not match separators."""
    separator = re.escape(os.sep) if os.sep == '\\' else os.sep
    # A dot that is no escaped one stands for any character.
    return re.sub(r'((?<!\\)(\\\\)*)\.', lambda match: '%s[^%s]' % (match[1], separator), fnmatch.translate(pattern))


def translate_pattern(pattern, anchor=1, prefix=None, is_regex=0):
    """Return the compiled expression for a file name pattern: see FileList.include_pattern()."""
    if is_regex:
        return re.compile(pattern) if isinstance(pattern, str) else pattern
    # What fnmatch puts around an expression.
    begin, _, end = glob_to_re('_').partition('_')
    inner = ''
    if pattern:
        text = glob_to_re(pattern)
        assert text.startswith(begin) and text.endswith(end)
        inner = text[len(begin):len(text) - len(end)]
    if prefix is None:
        if not pattern and not anchor:
            return re.compile('')
        return re.compile('%s%s%s%s' % (begin, '\\A' if anchor else '', inner, end if pattern else ''))
    folder = glob_to_re(prefix)
    folder = folder[len(begin):len(folder) - len(end)]
    separator = re.escape(os.sep) if os.sep == '\\' else os.sep
    return re.compile(r'%s\A%s%s.*%s%s' % (begin, folder, separator, inner, end))
