# SPDX-License-Identifier: MIT
"""urllib and urllib2: the modules of the package urllib.  What was one module may be several now."""

from ..fixer_util import Comma, FromImport, Name, Newline, find_indentation, syms
from .fix_imports import FixImports, alternates

_PARSE = """quote quote_plus unquote unquote_plus urlencode splitattr splithost splitnport splitpasswd splitport
            splitquery splittag splittype splituser splitvalue""".split()

# Where the names of the old modules are now.
MAPPING = {
    "urllib": [
        ("urllib.request", """URLopener FancyURLopener urlretrieve _urlopener urlopen urlcleanup
                              pathname2url url2pathname""".split()),
        ("urllib.parse", _PARSE),
        ("urllib.error", ["ContentTooShortError"]),
    ],
    "urllib2": [
        ("urllib.request", """urlopen install_opener build_opener Request OpenerDirector BaseHandler
                              HTTPDefaultErrorHandler HTTPRedirectHandler HTTPCookieProcessor ProxyHandler
                              HTTPPasswordMgr HTTPPasswordMgrWithDefaultRealm AbstractBasicAuthHandler
                              HTTPBasicAuthHandler ProxyBasicAuthHandler AbstractDigestAuthHandler
                              HTTPDigestAuthHandler ProxyDigestAuthHandler HTTPHandler HTTPSHandler FileHandler
                              FTPHandler CacheFTPHandler UnknownHandler""".split()),
        ("urllib.error", ["URLError", "HTTPError"]),
    ],
}
# urllib2 had the functions for parts of addresses too.
MAPPING["urllib2"].append(MAPPING["urllib"][1])


def build_pattern():
    """Give the patterns for imports of the modules, and for their names."""
    for old, changes in MAPPING.items():
        for new, members in changes:
            names = alternates(members)
            yield "import_name< 'import' (module=%r | dotted_as_names< any* module=%r any* >) >" % (old, old)
            yield ("import_from< 'from' mod_member=%r 'import' ( member=%s | import_as_name< member=%s 'as' any > "
                   "| import_as_names< members=any*  >) >" % (old, names, names))
            yield "import_from< 'from' module_star=%r 'import' star='*' >" % old
            yield "import_name< 'import' dotted_as_name< module_as=%r 'as' any > >" % old
            yield "power< bare_with_attr=%r trailer< '.' member=%s > any* >" % (old, names)


def _name_of(node):
    """The name that a part of an import takes from its module."""
    return node.children[0].value if node.type == syms.import_as_name else node.value


class FixUrllib(FixImports):
    """Replaces the modules in imports, and where they are used."""

    def build_pattern(self):
        """Return the pattern for all of them."""
        return "|".join(build_pattern())

    def transform(self, node, results):
        """Change what was found."""
        if "module_star" in results:
            self.cannot_convert(node, "Cannot handle star imports.")
        elif "module_as" in results:
            self.cannot_convert(node, "This module is now multiple modules")
        else:
            changes = {"module": self.transform_import, "mod_member": self.transform_member, "bare_with_attr": self.transform_dot}
            kind, = changes.keys() & results.keys()
            changes[kind](node, results)

    def transform_import(self, node, results):
        """import urllib: name all the new modules."""
        module = results["module"]
        prefix = module.prefix
        names = []
        for new, members in MAPPING[module.value]:
            names += [Name(new, prefix=prefix), Comma()]
        names.pop()
        module.replace(names)

    def transform_member(self, node, results):
        """from urllib import name: name the module that has it, or write an import for each of several."""
        module = results["mod_member"]
        member = results.get("member")
        if member:
            member = member[0] if isinstance(member, list) else member
            for new, members in MAPPING[module.value]:
                if member.value in members:
                    module.replace(Name(new, prefix=module.prefix))
                    return
            self.cannot_convert(node, "This is an invalid module element")
            return
        by_module = {}
        for part in results["members"]:
            if part.type == syms.import_as_name or part.value != ",":
                name = _name_of(part)
                for new, members in MAPPING[module.value]:
                    if name in members:
                        by_module.setdefault(new, []).append(part)
        if not by_module:
            self.cannot_convert(node, "All module elements are invalid")
            return
        node.replace(self._statements(node, by_module))

    @staticmethod
    def _statements(node, by_module):
        """An import for each module, with line ends between; the first stands where node does."""
        result = []
        for module, parts in by_module.items():
            names = []
            for part in parts:
                copy = part.clone()
                copy.prefix = part.prefix if names else " "
                names += [copy, Comma()]
            statement = FromImport(module, names[:-1])
            if result:
                result.append(Newline())
                statement.prefix = find_indentation(node)
            else:
                statement.prefix = node.prefix
            result.append(statement)
        return result

    def transform_dot(self, node, results):
        """urllib.name: put the module that has it before it."""
        module = results["bare_with_attr"]
        member = results["member"]
        member = member[0] if isinstance(member, list) else member
        for new, members in MAPPING[module.value]:
            if member.value in members:
                module.replace(Name(new, prefix=module.prefix))
                return
        self.cannot_convert(node, "This is an invalid module element")
