# SPDX-License-Identifier: MIT
"""Translation of messages, with the catalogs of GNU gettext (.mo files).

Either translation() finds a catalog, whose methods translate; or textdomain() and bindtextdomain() set for the whole
program where messages come from, and the functions translate.
"""

import os
import re
import sys

__all__ = ['NullTranslations', 'GNUTranslations', 'Catalog', 'find', 'translation', 'install', 'textdomain',
           'bindtextdomain', 'bind_textdomain_codeset', 'dgettext', 'dngettext', 'gettext', 'lgettext', 'ldgettext',
           'ldngettext', 'lngettext', 'ngettext', 'pgettext', 'dpgettext', 'npgettext', 'dnpgettext']

_default_localedir = os.path.join(sys.base_prefix, 'share', 'locale')


# ---- plural forms ----
#
# A catalog has a C expression that says which form belongs to a number n.  It is translated to one of Python.

_token_pattern = re.compile(r"""
    (?P<WHITESPACES> [ \t]+)
  | (?P<NUMBER> [0-9]+\b)
  | (?P<NAME> n\b)
  | (?P<PARENTHESIS> [()])
  | (?P<OPERATOR> [-*/%+?:] | [<>]=? | [=!]= | && | \|\| | !)
  | (?P<INVALID> \w+ | .)
    """, re.VERBOSE | re.DOTALL)

_binary_ops = {op: rank for rank, ops in enumerate('||/&&/== !=/< > <= >=/+ -'.split('/'), 1) for op in ops.split()}
_binary_ops.update({'*': 6, '/': 6, '%': 6})
_c2py_ops = {'||': 'or', '&&': 'and', '/': '//'}


def _tokenize(plural):
    """Iterate over the tokens of an expression; '' comes at the end."""
    for found in _token_pattern.finditer(plural):
        kind, text = found.lastgroup, found.group()
        if kind == 'INVALID':
            raise ValueError('invalid token in plural form: %s' % text)
        if kind != 'WHITESPACES':
            yield text
    yield ''


def _error(value):
    """Return the exception for a token that does not belong where it is."""
    if value:
        return ValueError('unexpected token in plural form: %s' % value)
    return ValueError('unexpected end of plural form')


_CONDITIONAL, _NOT, _ATOM = 0, 2, 7     # ranks beside those of _binary_ops
_COMPARISONS = (3, 4)                   # are one rank in Python


class _Plural:
    """Reads an expression by recursive descent.  Its methods return (text in Python, rank of its operator)."""

    def __init__(self, plural):
        self.tokens = _tokenize(plural)
        self.depth = 0
        self.advance()

    def advance(self):
        self.token = next(self.tokens)

    def whole(self):
        text = self.conditional()[0]
        if self.token:
            raise _error(self.token)
        return text

    @staticmethod
    def _operand(part, least):
        """Return the text of an operand that has to have at least a certain rank, else it gets parentheses."""
        text, rank = part
        both_compare = rank in _COMPARISONS and least in (3, 4, 5)
        return '(%s)' % text if rank < least or both_compare else text

    def deepen(self, limit):
        self.depth += 1
        if self.depth > limit:
            raise ValueError('plural form expression is too complex')

    def conditional(self):
        condition = self.binary(1)
        if self.token != '?':
            return condition
        self.deepen(21)
        self.advance()
        yes = self.conditional()
        if self.token != ':':
            raise _error(self.token)
        self.advance()
        no = self.conditional()
        self.depth -= 1
        return '%s if %s else %s' % (self._operand(yes, 1), condition[0], no[0]), _CONDITIONAL

    def binary(self, rank):
        """Read operators of at least this rank; those of one rank group from the left."""
        if rank > 6:
            return self.unary()
        left = self.binary(rank + 1)
        while _binary_ops.get(self.token) == rank:
            op = _c2py_ops.get(self.token, self.token)
            self.advance()
            right = self.binary(rank + 1)
            left = '%s %s %s' % (self._operand(left, rank), op, self._operand(right, rank + 1)), rank
        return left

    def unary(self):
        negations = ''
        while self.token == '!':
            negations += 'not '
            self.advance()
        if self.token == '(':
            self.deepen(20)
            self.advance()
            part = self.conditional()
            if self.token != ')':
                raise ValueError('unbalanced parenthesis in plural form')
            self.depth -= 1
        elif self.token == 'n':
            part = 'n', _ATOM
        else:
            try:
                part = str(int(self.token, 10)), _ATOM
            except ValueError:
                raise _error(self.token) from None
        self.advance()
        return (negations + self._operand(part, 5), _NOT) if negations else part


def _as_int(n):
    """Return n, a float, as what the expression takes.  TypeError if it is no number; deprecated otherwise."""
    try:
        round(n)
    except TypeError:
        raise TypeError('Plural value must be an integer, got %s' % n.__class__.__name__) from None
    import warnings
    warnings.warn('Plural value must be an integer, got %s' % n.__class__.__name__, DeprecationWarning, 4)
    return n


def c2py(plural):
    """Return a function from number to form, as the C expression plural says.  ValueError if that is not valid."""
    if len(plural) > 1000:
        raise ValueError('plural form expression is too long')
    try:
        expression = _Plural(plural).whole()
        scope = {'_as_int': _as_int}
        exec('def func(n):\n'
             '    if not isinstance(n, int):\n'
             '        n = _as_int(n)\n'
             '    return int(%s)\n' % expression, scope)
        return scope['func']
    except RecursionError:
        raise ValueError('plural form expression is too complex')


# ---- catalogs ----

def _expand_lang(loc):
    """Return the names of folders in which to look for a locale, the most exact first."""
    import locale
    loc = locale.normalize(loc)
    # language[_territory][.codeset][@modifier]
    loc, at, modifier = loc.partition('@')
    modifier = at + modifier
    loc, dot, codeset = loc.partition('.')
    codeset = dot + codeset
    language, line, territory = loc.partition('_')
    territory = line + territory
    names = [language + place + code + variant
             for variant in ('', modifier) for place in ('', territory) for code in ('', codeset)]
    return list(dict.fromkeys(names))[::-1]


def _warn_deprecated(name, instead='', level=3):
    import warnings
    if instead:
        instead = ', use %s() instead' % instead
    warnings.warn('%s() is deprecated%s' % (name, instead), DeprecationWarning, level)


def _quietly(function, *args, **kwargs):
    """Call a function without the warnings that it is deprecated."""
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        return function(*args, **kwargs)


def _encoded(message, charset):
    if not charset:
        import locale
        charset = locale.getpreferredencoding()
    return message.encode(charset)


class NullTranslations:
    """A catalog without messages: returns them as they are, or asks its fallback.

    fp: an open file, for subclasses, which read it in _parse().
    """

    def __init__(self, fp=None):
        self._info = {}
        self._charset = self._output_charset = self._fallback = None
        if fp is not None:
            self._parse(fp)

    def _parse(self, fp):
        pass

    def add_fallback(self, fallback):
        """Add a catalog to ask for messages that are not here."""
        if self._fallback:
            self._fallback.add_fallback(fallback)
        else:
            self._fallback = fallback

    def gettext(self, message):
        """Return message translated."""
        return self._fallback.gettext(message) if self._fallback else message

    def ngettext(self, msgid1, msgid2, n):
        """Return the form for the number n; msgid1 and msgid2 are those for 1 and for others, untranslated."""
        if self._fallback:
            return self._fallback.ngettext(msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context, message):
        """Like gettext(), for a message in a context."""
        return self._fallback.pgettext(context, message) if self._fallback else message

    def npgettext(self, context, msgid1, msgid2, n):
        """Like ngettext(), for a message in a context."""
        if self._fallback:
            return self._fallback.npgettext(context, msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def lgettext(self, message):
        """Deprecated: gettext() encoded."""
        _warn_deprecated('lgettext', 'gettext')
        if self._fallback:
            return _quietly(self._fallback.lgettext, message)
        return _encoded(message, self._output_charset)

    def lngettext(self, msgid1, msgid2, n):
        """Deprecated: ngettext() encoded."""
        _warn_deprecated('lngettext', 'ngettext')
        if self._fallback:
            return _quietly(self._fallback.lngettext, msgid1, msgid2, n)
        return _encoded(msgid1 if n == 1 else msgid2, self._output_charset)

    def info(self):
        """Return the entries of the catalog's head, names in lower case."""
        return self._info

    def charset(self):
        """Return the encoding of the catalog."""
        return self._charset

    def output_charset(self):
        """Deprecated: return the encoding of what lgettext() returns."""
        _warn_deprecated('output_charset')
        return self._output_charset

    def set_output_charset(self, charset):
        """Deprecated: set the encoding of what lgettext() returns."""
        _warn_deprecated('set_output_charset')
        self._output_charset = charset

    def install(self, names=None):
        """Make gettext() the built-in function _, and those of its methods built-in that names has."""
        import builtins
        builtins._ = self.gettext
        for name in names or ():
            if name in ('gettext', 'ngettext', 'pgettext', 'npgettext', 'lgettext', 'lngettext'):
                setattr(builtins, name, getattr(self, name))


class GNUTranslations(NullTranslations):
    """A catalog read from a .mo file.  OSError if it is none."""

    LE_MAGIC = 0x950412de
    BE_MAGIC = 0xde120495
    VERSIONS = (0, 1)           # major versions that can be read
    CONTEXT = '%s\x04%s'        # how a message with context is stored

    def _get_versions(self, version):
        """Return (major, minor)."""
        return version >> 16, version & 0xffff

    def _parse(self, fp):
        from struct import unpack
        name = getattr(fp, 'name', '')
        self._catalog = {}      # message, or (message, number of form) -> translation
        self.plural = lambda n: int(n != 1)
        data = fp.read()
        magic = unpack('<I', data[:4])[0]
        order = {self.LE_MAGIC: '<', self.BE_MAGIC: '>'}.get(magic)
        if order is None:
            raise OSError(0, 'Bad magic number', name)
        version, count, originals, translations = unpack(order + '4I', data[4:20])
        major = self._get_versions(version)[0]
        if major not in self.VERSIONS:
            raise OSError(0, 'Bad version number ' + str(major), name)

        def string(table, number):
            length, start = unpack(order + 'II', data[table + 8 * number:table + 8 * number + 8])
            if start + length >= len(data):
                raise OSError(0, 'File is corrupt', name)
            return data[start:start + length]

        for number in range(count):
            original, translated = string(originals, number), string(translations, number)
            if not original:
                self._parse_head(translated)
            charset = self._charset or 'ascii'
            if b'\0' in original:
                singular = str(original.split(b'\0')[0], charset)
                for form, text in enumerate(translated.split(b'\0')):
                    self._catalog[singular, form] = str(text, charset)
            else:
                self._catalog[str(original, charset)] = str(translated, charset)

    def _parse_head(self, head):
        """Read the head of the catalog, which stands as the translation of ''."""
        last = None
        for line in head.split(b'\n'):
            item = line.decode().strip()
            if not item or item.startswith('#-#-#-#-#') and item.endswith('#-#-#-#-#'):
                continue
            key, colon, value = item.partition(':')
            if not colon:
                if last:
                    self._info[last] += '\n' + item
                continue
            last, value = key.strip().lower(), value.strip()
            self._info[last] = value
            if last == 'content-type':
                self._charset = value.split('charset=')[1]
            elif last == 'plural-forms':
                self.plural = c2py(value.split(';')[1].split('plural=')[1])

    def _form(self, msgid, n):
        """Return the form of a message for a number, or None."""
        return self._catalog.get((msgid, self.plural(n)))

    def gettext(self, message):
        found = self._catalog.get(message)
        return super().gettext(message) if found is None else found

    def ngettext(self, msgid1, msgid2, n):
        found = self._form(msgid1, n)
        return super().ngettext(msgid1, msgid2, n) if found is None else found

    def pgettext(self, context, message):
        found = self._catalog.get(self.CONTEXT % (context, message))
        return super().pgettext(context, message) if found is None else found

    def npgettext(self, context, msgid1, msgid2, n):
        found = self._form(self.CONTEXT % (context, msgid1), n)
        return super().npgettext(context, msgid1, msgid2, n) if found is None else found

    def lgettext(self, message):
        _warn_deprecated('lgettext', 'gettext')
        found = self._catalog.get(message)
        if found is None:
            return _quietly(super().lgettext, message)
        return _encoded(found, self._output_charset)

    def lngettext(self, msgid1, msgid2, n):
        _warn_deprecated('lngettext', 'ngettext')
        found = self._form(msgid1, n)
        if found is None:
            return _quietly(super().lngettext, msgid1, msgid2, n)
        return _encoded(found, self._output_charset)


# ---- finding of catalogs ----

def find(domain, localedir=None, languages=None, all=False):
    """Return the path of the first .mo file for domain, or None; with all true a list of all.

    localedir: the folder, by default that of the system.  languages: a list of locales, by default from the
    environment.
    """
    if languages is None:
        languages = []
        for variable in ('LANGUAGE', 'LC_ALL', 'LC_MESSAGES', 'LANG'):
            value = os.environ.get(variable)
            if value:
                languages = value.split(':')
                break
        if 'C' not in languages:
            languages.append('C')
    found = []
    for folder in dict.fromkeys([name for language in languages for name in _expand_lang(language)]):
        if folder == 'C':
            break
        path = os.path.join(localedir or _default_localedir, folder, 'LC_MESSAGES', '%s.mo' % domain)
        if os.path.exists(path):
            if not all:
                return path
            found.append(path)
    return found if all else None


_translations = {}      # (class, absolute path) -> catalog
_unspecified = ['unspecified']


def translation(domain, localedir=None, languages=None, class_=None, fallback=False, codeset=_unspecified):
    """Return the catalog for domain, found as find() does, with other languages' as fallbacks.

    class_: the class, by default GNUTranslations.  fallback: return an empty catalog instead of raising
    FileNotFoundError.  codeset: deprecated, the encoding for lgettext().
    """
    if codeset is not _unspecified:
        import warnings
        warnings.warn('parameter codeset is deprecated', DeprecationWarning, 2)
    return _translation(domain, localedir, languages, class_ or GNUTranslations, fallback, codeset)


def _translation(domain, localedir, languages=None, class_=GNUTranslations, fallback=False, codeset=None):
    import copy
    result = None
    for path in find(domain, localedir, languages, all=True):
        key = class_, os.path.abspath(path)
        catalog = _translations.get(key)
        if catalog is None:
            with open(path, 'rb') as fp:
                catalog = _translations.setdefault(key, class_(fp))
        # The messages are shared, but not the fallbacks.
        catalog = copy.copy(catalog)
        if codeset and codeset is not _unspecified:
            _quietly(catalog.set_output_charset, codeset)
        if result is None:
            result = catalog
        else:
            result.add_fallback(catalog)
    if result is None:
        if fallback:
            return NullTranslations()
        from errno import ENOENT
        raise FileNotFoundError(ENOENT, 'No translation file found for domain', domain)
    return result


def install(domain, localedir=None, codeset=_unspecified, names=None):
    """Make the catalog for domain the one behind the built-in function _.  names: see NullTranslations.install()."""
    if codeset is not _unspecified:
        import warnings
        warnings.warn('parameter codeset is deprecated', DeprecationWarning, 2)
    _translation(domain, localedir, fallback=True, codeset=codeset).install(names)


Catalog = translation       # an old name


# ---- one domain for the program ----

_current_domain = 'messages'
_localedirs = {}            # domain -> folder
_localecodesets = {}        # domain -> encoding


def textdomain(domain=None):
    """Set the domain of the functions without one; return it."""
    global _current_domain
    if domain is not None:
        _current_domain = domain
    return _current_domain


def bindtextdomain(domain, localedir=None):
    """Set the folder of a domain; return it."""
    if localedir is not None:
        _localedirs[domain] = localedir
    return _localedirs.get(domain, _default_localedir)


def bind_textdomain_codeset(domain, codeset=None):
    """Deprecated: set the encoding of what lgettext() and the like return; return it."""
    _warn_deprecated('bind_textdomain_codeset')
    if codeset is not None:
        _localecodesets[domain] = codeset
    return _localecodesets.get(domain)


def _domain_catalog(domain):
    """Return the catalog of a domain, an empty one if there is none."""
    try:
        return translation(domain, _localedirs.get(domain))
    except OSError:
        return NullTranslations()


def dgettext(domain, message):
    """gettext() of a domain."""
    return _domain_catalog(domain).gettext(message)


def dngettext(domain, msgid1, msgid2, n):
    """ngettext() of a domain."""
    return _domain_catalog(domain).ngettext(msgid1, msgid2, n)


def dpgettext(domain, context, message):
    """pgettext() of a domain."""
    return _domain_catalog(domain).pgettext(context, message)


def dnpgettext(domain, context, msgid1, msgid2, n):
    """npgettext() of a domain."""
    return _domain_catalog(domain).npgettext(context, msgid1, msgid2, n)


def _encoding_catalog(domain):
    """Return the catalog of a domain, that knows the encoding of lgettext()."""
    codeset = _localecodesets.get(domain)
    try:
        return _translation(domain, _localedirs.get(domain), codeset=codeset)
    except OSError:
        catalog = NullTranslations()
        catalog._output_charset = codeset
        return catalog


def ldgettext(domain, message):
    """Deprecated: lgettext() of a domain."""
    _warn_deprecated('ldgettext', 'dgettext')
    return _quietly(_encoding_catalog(domain).lgettext, message)


def ldngettext(domain, msgid1, msgid2, n):
    """Deprecated: lngettext() of a domain."""
    _warn_deprecated('ldngettext', 'dngettext')
    return _quietly(_encoding_catalog(domain).lngettext, msgid1, msgid2, n)


def gettext(message):
    """Return message translated, from the domain that textdomain() has set."""
    return dgettext(_current_domain, message)


def ngettext(msgid1, msgid2, n):
    """Return the form of a message for the number n; msgid1 and msgid2 are those for 1 and others, untranslated."""
    return dngettext(_current_domain, msgid1, msgid2, n)


def pgettext(context, message):
    """Like gettext(), for a message in a context."""
    return dpgettext(_current_domain, context, message)


def npgettext(context, msgid1, msgid2, n):
    """Like ngettext(), for a message in a context."""
    return dnpgettext(_current_domain, context, msgid1, msgid2, n)


def lgettext(message):
    """Deprecated: gettext() encoded."""
    _warn_deprecated('lgettext', 'gettext')
    return _quietly(ldgettext, _current_domain, message)


def lngettext(msgid1, msgid2, n):
    """Deprecated: ngettext() encoded."""
    _warn_deprecated('lngettext', 'ngettext')
    return _quietly(ldngettext, _current_domain, msgid1, msgid2, n)
