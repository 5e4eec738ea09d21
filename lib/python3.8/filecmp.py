# SPDX-License-Identifier: MIT
"""Comparison of files and of folders."""

import os
import stat
from itertools import filterfalse

__all__ = ['clear_cache', 'cmp', 'dircmp', 'cmpfiles', 'DEFAULT_IGNORES']

BUFSIZE = 8 * 1024

DEFAULT_IGNORES = ['RCS', 'CVS', 'tags', '.git', '.hg', '.bzr', '_darcs', '__pycache__']

_cache = {}         # (file, file, signature, signature) -> whether equal


def clear_cache():
    """Forget earlier comparisons, which count as long as signatures are the same."""
    _cache.clear()


def cmp(f1, f2, shallow=True):
    """Return whether two files are equal.

    With shallow, files of the same kind, size and time of change count as equal; otherwise contents decide.  Only
    regular files can be equal.
    """
    first, second = _sig(os.stat(f1)), _sig(os.stat(f2))
    if first[0] != stat.S_IFREG or second[0] != stat.S_IFREG:
        return False
    if shallow and first == second:
        return True
    if first[1] != second[1]:
        return False
    key = f1, f2, first, second
    equal = _cache.get(key)
    if equal is None:
        equal = _do_cmp(f1, f2)
        if len(_cache) > 100:
            clear_cache()
        _cache[key] = equal
    return equal


def _sig(st):
    """Kind, size and time of change of a file."""
    return stat.S_IFMT(st.st_mode), st.st_size, st.st_mtime


def _do_cmp(f1, f2):
    """Whether the contents are equal."""
    with open(f1, 'rb') as first, open(f2, 'rb') as second:
        while True:
            piece = first.read(BUFSIZE)
            if piece != second.read(BUFSIZE):
                return False
            if not piece:
                return True


def cmpfiles(a, b, common, shallow=True):
    """Compare files of the same names in two folders.

    Return three lists of names: equal, different, and those that could not be compared.
    """
    results = [], [], []
    for name in common:
        results[_cmp(os.path.join(a, name), os.path.join(b, name), shallow)].append(name)
    return results


def _cmp(a, b, sh, abs=abs, cmp=cmp):
    """0 for equal, 1 for different files, 2 for an error."""
    try:
        return not abs(cmp(a, b, sh))
    except OSError:
        return 2


def _filter(flist, skip):
    return list(filterfalse(skip.__contains__, flist))


class dircmp:
    """A comparison of the folders a and b.

    ignore: names to leave out (by default DEFAULT_IGNORES); hide: names not to show ("." and "..").  Attributes are
    computed when they are asked for:
    left, right, left_list, right_list: the folders and the names in them
    common, left_only, right_only: names in both, in one
    common_dirs, common_files, common_funny: of the common names those that are folders, files, neither or not the same
    same_files, diff_files, funny_files: of the common files those that are equal, different, not comparable
    subdirs: a dictionary of such objects for the common folders
    """

    def __init__(self, a, b, ignore=None, hide=None):
        self.left, self.right = a, b
        self.hide = [os.curdir, os.pardir] if hide is None else hide
        self.ignore = DEFAULT_IGNORES if ignore is None else ignore

    def phase0(self):
        """Compute left_list and right_list."""
        skip = self.hide + self.ignore
        self.left_list, self.right_list = (sorted(_filter(os.listdir(folder), skip))
                                           for folder in (self.left, self.right))

    def phase1(self):
        """Compute common, left_only and right_only."""
        # Names match if their normal case does; those of the left are shown.
        left = {os.path.normcase(name): name for name in self.left_list}
        right = {os.path.normcase(name): name for name in self.right_list}
        self.common = [name for key, name in left.items() if key in right]
        self.left_only = [name for key, name in left.items() if key not in right]
        self.right_only = [name for key, name in right.items() if key not in left]

    def phase2(self):
        """Compute common_dirs, common_files and common_funny."""
        self.common_dirs, self.common_files, self.common_funny = [], [], []
        groups = {stat.S_IFDIR: self.common_dirs, stat.S_IFREG: self.common_files}
        for name in self.common:
            kinds = set()
            for folder in self.left, self.right:
                try:
                    kinds.add(stat.S_IFMT(os.stat(os.path.join(folder, name)).st_mode))
                except OSError:
                    kinds.add(None)
            kind = kinds.pop() if len(kinds) == 1 else None
            groups.get(kind, self.common_funny).append(name)

    def phase3(self):
        """Compute same_files, diff_files and funny_files."""
        self.same_files, self.diff_files, self.funny_files = cmpfiles(self.left, self.right, self.common_files)

    def phase4(self):
        """Compute subdirs."""
        self.subdirs = {name: dircmp(os.path.join(self.left, name), os.path.join(self.right, name), self.ignore,
                                     self.hide)
                        for name in self.common_dirs}

    def phase4_closure(self):
        """Compute subdirs at all depths."""
        self.phase4()
        for below in self.subdirs.values():
            below.phase4_closure()

    def report(self):
        """Print the comparison."""
        print('diff', self.left, self.right)
        for title, names in (('Only in %s :' % self.left, self.left_only),
                             ('Only in %s :' % self.right, self.right_only)):
            if names:
                names.sort()
                print(title, names)
        for title, attribute in (('Identical files :', 'same_files'), ('Differing files :', 'diff_files'),
                                 ('Trouble with common files :', 'funny_files'),
                                 ('Common subdirectories :', 'common_dirs'),
                                 ('Common funny cases :', 'common_funny')):
            names = getattr(self, attribute)
            if names:
                names.sort()
                print(title, names)

    def report_partial_closure(self):
        """Print the comparison and those of the common folders."""
        self._report_with('report')

    def report_full_closure(self):
        """Print the comparison and those of common folders at all depths."""
        self._report_with('report_full_closure')

    def _report_with(self, method):
        self.report()
        for below in self.subdirs.values():
            print()
            getattr(below, method)()

    methodmap = {'subdirs': phase4, 'same_files': phase3, 'diff_files': phase3, 'funny_files': phase3,
                 'common_dirs': phase2, 'common_files': phase2, 'common_funny': phase2, 'common': phase1,
                 'left_only': phase1, 'right_only': phase1, 'left_list': phase0, 'right_list': phase0}

    def __getattr__(self, attr):
        compute = self.methodmap.get(attr)
        if compute is None:
            raise AttributeError(attr)
        compute(self)
        return getattr(self, attr)


def demo():
    """Compare the two folders of the command line and print; -r goes through common folders."""
    import getopt
    import sys
    options, folders = getopt.getopt(sys.argv[1:], 'r')
    if len(folders) != 2:
        raise getopt.GetoptError('need exactly two args', None)
    comparison = dircmp(*folders)
    if ('-r', '') in options:
        comparison.report_full_closure()
    else:
        comparison.report()


if __name__ == '__main__':
    demo()
