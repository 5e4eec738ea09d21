# SPDX-License-Identifier: MIT
"""Modules of the library that have other names now."""

from ..fixer_base import BaseFix
from ..fixer_util import Name, attr_chain

# The old name and the new one, by subject.
_RENAMED = """
    StringIO io  cStringIO io  cPickle pickle  __builtin__ builtins  copy_reg copyreg  Queue queue
    SocketServer socketserver  ConfigParser configparser  repr reprlib
    FileDialog tkinter.filedialog  tkFileDialog tkinter.filedialog  SimpleDialog tkinter.simpledialog
    tkSimpleDialog tkinter.simpledialog  tkColorChooser tkinter.colorchooser  tkCommonDialog tkinter.commondialog
    Dialog tkinter.dialog  Tkdnd tkinter.dnd  tkFont tkinter.font  tkMessageBox tkinter.messagebox
    ScrolledText tkinter.scrolledtext  Tkconstants tkinter.constants  Tix tkinter.tix  ttk tkinter.ttk  Tkinter tkinter
    markupbase _markupbase  _winreg winreg  thread _thread  dummy_thread _dummy_thread
    dbhash dbm.bsd  dumbdbm dbm.dumb  dbm dbm.ndbm  gdbm dbm.gnu
    xmlrpclib xmlrpc.client  DocXMLRPCServer xmlrpc.server  SimpleXMLRPCServer xmlrpc.server
    httplib http.client  htmlentitydefs html.entities  HTMLParser html.parser  Cookie http.cookies
    cookielib http.cookiejar  BaseHTTPServer http.server  SimpleHTTPServer http.server  CGIHTTPServer http.server
    commands subprocess  UserString collections  UserList collections
    urlparse urllib.parse  robotparser urllib.robotparser
""".split()

MAPPING = dict(zip(_RENAMED[::2], _RENAMED[1::2]))


def alternates(members):
    """Return the pattern of one of these names."""
    return "(" + "|".join(map(repr, members)) + ")"


def build_pattern(mapping=MAPPING):
    """Give the patterns for imports of the modules, and for names that may be theirs."""
    several = " | ".join("module_name=%r" % name for name in mapping)
    several_as = " | ".join("dotted_as_name< module_name=%r 'as' any >" % name for name in mapping)
    renamed = "multiple_imports=dotted_as_names< any* (" + several + " | " + several_as + ") any* >"
    yield "name_import=import_name< 'import' ((" + several + ") | " + renamed + ") >"
    yield "import_from< 'from' (" + several + ") 'import' ['('] ( any | import_as_name< any 'as' any > | import_as_names< any* >)  [')'] >"
    yield "import_name< 'import' (dotted_as_name< (" + several + ") 'as' any > | " + renamed + ") >"
    yield "power< bare_with_attr=" + alternates(mapping) + " trailer<'.' any > any* >"


class FixImports(BaseFix):
    """Replaces the names in imports, and where they are used."""

    BM_compatible = True
    keep_line_order = True
    mapping = MAPPING
    # After the fixer "import", which looks for modules of the old names.
    run_order = 6

    def build_pattern(self):
        """Return the pattern for all modules of the mapping."""
        return "|".join(build_pattern(self.mapping))

    def compile_pattern(self):
        """Make self.pattern: it depends on the mapping of the class."""
        self.PATTERN = self.build_pattern()
        super().compile_pattern()

    def match(self, node):
        """Whether the node is one of those; a name is not if something above it is one too."""
        found = super().match(node)
        if not found:
            return False
        inner = "bare_with_attr" not in found and any(super(FixImports, self).match(above) for above in attr_chain(node, "parent"))
        return False if inner else found

    def start_tree(self, tree, filename):
        """Called once before a tree is changed."""
        super().start_tree(tree, filename)
        self.replace = {}       # what names are to become, of modules that have been imported as they are called

    def transform(self, node, results):
        """Replace the name."""
        module = results.get("module_name")
        if module is None:
            name = results["bare_with_attr"][0]
            new = self.replace.get(name.value)
            if new:
                name.replace(Name(new, prefix=name.prefix))
            return
        new = self.mapping[module.value]
        if "name_import" in results:
            self.replace[module.value] = new
        module.replace(Name(new, prefix=module.prefix))
        if "multiple_imports" in results:
            # There may be more of them in this import.
            again = self.match(node)
            if again:
                self.transform(node, again)
