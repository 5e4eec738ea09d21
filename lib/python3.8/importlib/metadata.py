# SPDX-License-Identifier: MIT
"""What installed distributions say about themselves: version, entry points, requirements, files.

Distributions are found through finders on sys.meta_path that offer find_distributions(context); PathFinder hands the
question to MetadataPathFinder, which looks for *.dist-info and *.egg-info on sys.path, in zip files too.  A
Distribution needs no more than read_text(filename) and locate_file(path); all else is read from such texts.
"""

import abc
import collections
import itertools
import os
import pathlib
import re
import sys

from contextlib import suppress
from importlib import import_module
from importlib.abc import MetaPathFinder

__all__ = ['Distribution', 'DistributionFinder', 'PackageNotFoundError', 'distribution', 'distributions',
           'entry_points', 'files', 'metadata', 'requires', 'version']


class PackageNotFoundError(ModuleNotFoundError):
    """There is no distribution of that name."""


class EntryPoint(collections.namedtuple('EntryPointBase', 'name value group')):
    """A name under which a distribution offers something, e.g. a command ("console_scripts") or a plug-in."""

    pattern = re.compile(r'(?P<module>[\w.]+)\s*(:\s*(?P<attr>[\w.]+)\s*)?((?P<extras>\[.*\])\s*)?$')

    def _part(self, name):
        return self.pattern.match(self.value)[name] or ''

    def load(self):
        """Import the module and return it, or what the value names in it."""
        found = import_module(self._part('module'))
        for name in filter(None, self._part('attr').split('.')):
            found = getattr(found, name)
        return found

    @property
    def extras(self):
        """Matches for the extras in brackets behind the value."""
        return [*re.finditer(r'\w+', self._part('extras'))]

    @classmethod
    def _from_config(cls, config):
        return [cls(name, value, group) for group in config.sections() for name, value in config.items(group)]

    @classmethod
    def _from_text(cls, text):
        from configparser import ConfigParser
        config = ConfigParser(delimiters='=')
        # Names keep their case.
        config.optionxform = str
        config.read_string(text)
        return EntryPoint._from_config(config)

    def __iter__(self):
        """Two items, so that dict() of a sequence of entry points has the names as its keys."""
        yield self.name
        yield self

    def __reduce__(self):
        return type(self), (self.name, self.value, self.group)


class PackagePath(pathlib.PurePosixPath):
    """A file of a distribution, relative to where that is installed; attributes: dist, hash, size."""

    def read_text(self, encoding='utf-8'):
        """Return the file's text."""
        with self.locate().open(encoding=encoding) as stream:
            return stream.read()

    def read_binary(self):
        """Return the file's bytes."""
        with self.locate().open('rb') as stream:
            return stream.read()

    def locate(self):
        """Return the path where the file is."""
        return self.dist.locate_file(self)


class FileHash:
    """The hash that a distribution's RECORD notes for a file; attributes: mode (the algorithm) and value."""

    def __init__(self, spec):
        self.mode, _, self.value = spec.partition('=')

    def __repr__(self):
        return '<FileHash mode: %s value: %s>' % (self.mode, self.value)


class Distribution:
    """A distribution.  Subclasses say how to read its texts and where its files are."""

    @abc.abstractmethod
    def read_text(self, filename):
        """Return the text of a file in the metadata folder, or None."""

    @abc.abstractmethod
    def locate_file(self, path):
        """Return where a file of the distribution is."""

    @classmethod
    def from_name(cls, name):
        """Return the first distribution of that name.  Raises PackageNotFoundError."""
        found = next(iter(cls.discover(name=name)), None)
        if found is None:
            raise PackageNotFoundError(name)
        return found

    @classmethod
    def discover(cls, **kwargs):
        """Yield the distributions that fit `context`, or a context made of the keywords (name, path)."""
        context = kwargs.pop('context', None)
        if context and kwargs:
            raise ValueError('cannot accept context and kwargs')
        if not context:
            context = DistributionFinder.Context(**kwargs)
        return itertools.chain.from_iterable(find(context) for find in cls._discover_resolvers())

    @staticmethod
    def at(path):
        """Return the distribution whose metadata folder is at a path."""
        return PathDistribution(pathlib.Path(path))

    @staticmethod
    def _discover_resolvers():
        for finder in sys.meta_path:
            find = getattr(finder, 'find_distributions', None)
            if find:
                yield find

    @property
    def metadata(self):
        """The metadata as an email.message.Message; fields may occur more than once."""
        import email
        # An egg-info may be the file itself.
        for filename in ('METADATA', 'PKG-INFO', ''):
            text = self.read_text(filename)
            if text:
                break
        return email.message_from_string(text)

    @property
    def version(self):
        """The version, as text."""
        return self.metadata['Version']

    @property
    def entry_points(self):
        """All entry points, as a list."""
        return EntryPoint._from_text(self.read_text('entry_points.txt'))

    @property
    def files(self):
        """All files as PackagePath objects; None if no list of them was installed."""
        rows = self._read_files_distinfo() or self._read_files_egginfo()
        if not rows:
            return rows
        import csv
        return [self._file(*row) for row in csv.reader(rows)]

    def _file(self, name, hash=None, size=None):
        path = PackagePath(name)
        path.dist = self
        path.hash = FileHash(hash) if hash else None
        path.size = int(size) if size else None
        return path

    def _read_files_distinfo(self):
        text = self.read_text('RECORD')
        return text and text.splitlines()

    def _read_files_egginfo(self):
        # Names only: quoted, so that they read as rows like those of RECORD.
        text = self.read_text('SOURCES.txt')
        return text and ['"%s"' % line for line in text.splitlines()]

    @property
    def requires(self):
        """The requirements as a list of text, None if there are none noted."""
        found = self._read_dist_info_reqs() or self._read_egg_info_reqs()
        return found and list(found)

    def _read_dist_info_reqs(self):
        return self.metadata.get_all('Requires-Dist')

    def _read_egg_info_reqs(self):
        text = self.read_text('requires.txt')
        return text and self._deps_from_requires_text(text)

    @classmethod
    def _deps_from_requires_text(cls, source):
        sections = {}
        for section, line in cls._read_sections(source.splitlines()):
            sections.setdefault(section, []).append(line)
        return cls._convert_egg_info_reqs_to_simple_reqs(sections)

    @staticmethod
    def _read_sections(lines):
        """Yield (section or None, line)."""
        section = None
        for line in lines:
            heading = re.match(r'\[(.*)\]$', line)
            if heading:
                section = heading[1]
            elif line:
                yield section, line

    @staticmethod
    def _convert_egg_info_reqs_to_simple_reqs(sections):
        """Yield requirements with the sections ("extra:marker") of an egg's requires.txt written as markers."""
        for section, requirements in sections.items():
            extra, _, marker = (section or '').partition(':')
            conditions = []
            if marker:
                conditions.append('(%s)' % marker if extra else marker)
            if extra:
                conditions.append('extra == "%s"' % extra)
            suffix = '; ' + ' and '.join(conditions) if conditions else ''
            for requirement in requirements:
                yield requirement + suffix


class DistributionFinder(MetaPathFinder):
    """A finder that also finds distributions."""

    class Context:
        """What to look for; further keywords become attributes."""

        # The distribution's name; None: all.
        name = None

        def __init__(self, **kwargs):
            vars(self).update(kwargs)

        @property
        def path(self):
            """Where to look: sys.path if nothing else was given."""
            return vars(self).get('path', sys.path)

    @abc.abstractmethod
    def find_distributions(self, context=Context()):
        """Yield the Distributions that fit the context."""


class FastPath:
    """One entry of sys.path, which is looked through without making a Path for all that lies there."""

    def __init__(self, root):
        self.root = str(root)
        self.base = os.path.basename(self.root).lower()

    def joinpath(self, child):
        """Return the path of something in this folder."""
        return pathlib.Path(self.root, child)

    def children(self):
        """Return the names in this folder, or at the top of this zip file; nothing if it is neither."""
        for names in (lambda: os.listdir(self.root or ''), self.zip_children):
            with suppress(Exception):
                return names()
        return []

    def zip_children(self):
        """Return the names at the top of a zip file; from then on joinpath() leads into it."""
        import zipfile
        archive = zipfile.Path(self.root)
        self.joinpath = archive.joinpath
        return {name.partition('/')[0]: None for name in archive.root.namelist()}

    def is_egg(self, search):
        """Whether the folder itself is an egg with the name that is looked for."""
        return self.base == search.versionless_egg_name or (
            self.base.startswith(search.prefix) and self.base.endswith('.egg'))

    def search(self, name):
        """Yield the paths of metadata for a Prepared name."""
        for child in self.children():
            lowered = child.lower()
            if (lowered in name.exact_matches
                    or lowered.startswith(name.prefix) and lowered.endswith(name.suffixes)
                    or lowered == 'egg-info' and self.is_egg(name)):
                yield self.joinpath(child)


class Prepared:
    """A distribution's name in the forms that it can have in a folder; made for None it fits every name."""

    normalized = prefix = versionless_egg_name = ''
    suffixes = '.dist-info', '.egg-info'
    exact_matches = []

    def __init__(self, name):
        self.name = name
        if name is not None:
            self.normalized = name.lower().replace('-', '_')
            self.prefix = self.normalized + '-'
            self.exact_matches = [self.normalized + suffix for suffix in self.suffixes]
            self.versionless_egg_name = self.normalized + '.egg'


class MetadataPathFinder(DistributionFinder):
    """Finds the distributions on a path: what PathFinder answers with."""

    @classmethod
    def find_distributions(cls, context=DistributionFinder.Context()):
        """Yield the distributions named context.name, or all, in the folders and zip files of context.path."""
        return map(PathDistribution, cls._search_paths(context.name, context.path))

    @classmethod
    def _search_paths(cls, name, paths):
        prepared = Prepared(name)
        for entry in paths:
            yield from FastPath(entry).search(prepared)


class PathDistribution(Distribution):
    """A distribution whose metadata lie in a folder; `path`: a pathlib.Path or zipfile.Path."""

    def __init__(self, path):
        self._path = path

    def read_text(self, filename):
        """Return the text of a file in the metadata folder, None if it cannot be read."""
        try:
            return self._path.joinpath(filename).read_text(encoding='utf-8')
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError, KeyError):
            return None

    def locate_file(self, path):
        """Return where a file is: next to the metadata folder."""
        return self._path.parent / path


def distribution(distribution_name):
    """Return the Distribution of that name.  Raises PackageNotFoundError."""
    return Distribution.from_name(distribution_name)


def distributions(**kwargs):
    """Yield all Distributions; name= and path= narrow the search."""
    return Distribution.discover(**kwargs)


def metadata(distribution_name):
    """Return a distribution's metadata as an email.message.Message."""
    return Distribution.from_name(distribution_name).metadata


def version(distribution_name):
    """Return a distribution's version as text."""
    return distribution(distribution_name).version


def entry_points():
    """Return the entry points of all distributions: a dict with tuples by group."""
    groups = {}
    for dist in distributions():
        for point in dist.entry_points:
            groups.setdefault(point.group, []).append(point)
    return {group: tuple(groups[group]) for group in sorted(groups)}


def files(distribution_name):
    """Return the files of a distribution, None if it has no list of them."""
    return distribution(distribution_name).files


def requires(distribution_name):
    """Return the requirements of a distribution as a list of text, None if there are none."""
    return distribution(distribution_name).requires
