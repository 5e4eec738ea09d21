# SPDX-License-Identifier: MIT
"""Where things of Python 2's library are in Python 3's: what pickle with fix_imports translates names by.

IMPORT_MAPPING and NAME_MAPPING lead from 2 to 3, the REVERSE_ ones back:
modules by name, single objects by (module, name).
"""


def _rows(text):
    """The words of each line of a table."""
    return [line.split() for line in text.split('\n') if line.strip()]


# Modules: old and new name.  The first block is one to one; the second holds
# modules that were merged into another, so that there is no way back.
_MOVED = dict(_rows('''
    __builtin__ builtins
    copy_reg copyreg
    Queue queue
    SocketServer socketserver
    ConfigParser configparser
    repr reprlib
    tkFileDialog tkinter.filedialog
    tkSimpleDialog tkinter.simpledialog
    tkColorChooser tkinter.colorchooser
    tkCommonDialog tkinter.commondialog
    Dialog tkinter.dialog
    Tkdnd tkinter.dnd
    tkFont tkinter.font
    tkMessageBox tkinter.messagebox
    ScrolledText tkinter.scrolledtext
    Tkconstants tkinter.constants
    Tix tkinter.tix
    ttk tkinter.ttk
    Tkinter tkinter
    markupbase _markupbase
    _winreg winreg
    thread _thread
    dummy_thread _dummy_thread
    dbhash dbm.bsd
    dumbdbm dbm.dumb
    dbm dbm.ndbm
    gdbm dbm.gnu
    xmlrpclib xmlrpc.client
    SimpleXMLRPCServer xmlrpc.server
    httplib http.client
    htmlentitydefs html.entities
    HTMLParser html.parser
    Cookie http.cookies
    cookielib http.cookiejar
    BaseHTTPServer http.server
    test.test_support test.support
    commands subprocess
    urlparse urllib.parse
    robotparser urllib.robotparser
    urllib2 urllib.request
    anydbm dbm
    _abcoll collections.abc
'''))
_MERGED = dict(_rows('''
    cPickle pickle
    _elementtree xml.etree.ElementTree
    FileDialog tkinter.filedialog
    SimpleDialog tkinter.simpledialog
    DocXMLRPCServer xmlrpc.server
    SimpleHTTPServer http.server
    CGIHTTPServer http.server
    UserDict collections
    UserList collections
    UserString collections
    whichdb dbm
    StringIO io
    cStringIO io
'''))
IMPORT_MAPPING = {**_MOVED, **_MERGED}

PYTHON2_EXCEPTIONS = tuple('''
    ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning EOFError
    EnvironmentError Exception FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
    IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NotImplementedError OSError
    OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning StopIteration SyntaxError
    SyntaxWarning SystemError SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError
    UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
'''.split())

MULTIPROCESSING_EXCEPTIONS = ('AuthenticationError', 'BufferTooShort', 'ProcessError', 'TimeoutError')

# Objects: old module and name, new module and name.
_RENAMED = {(old, name): (new, new_name) for old, name, new, new_name in _rows('''
    __builtin__ xrange builtins range
    __builtin__ reduce functools reduce
    __builtin__ intern sys intern
    __builtin__ unichr builtins chr
    __builtin__ unicode builtins str
    __builtin__ long builtins int
    itertools izip builtins zip
    itertools imap builtins map
    itertools ifilter builtins filter
    itertools ifilterfalse itertools filterfalse
    itertools izip_longest itertools zip_longest
    UserDict IterableUserDict collections UserDict
    UserList UserList collections UserList
    UserString UserString collections UserString
    whichdb whichdb dbm whichdb
    _socket fromfd socket fromfd
    _multiprocessing Connection multiprocessing.connection Connection
    multiprocessing.process Process multiprocessing.context Process
    multiprocessing.forking Popen multiprocessing.popen_fork Popen
    urllib ContentTooShortError urllib.error ContentTooShortError
    urllib getproxies urllib.request getproxies
    urllib pathname2url urllib.request pathname2url
    urllib quote_plus urllib.parse quote_plus
    urllib quote urllib.parse quote
    urllib unquote_plus urllib.parse unquote_plus
    urllib unquote urllib.parse unquote
    urllib url2pathname urllib.request url2pathname
    urllib urlcleanup urllib.request urlcleanup
    urllib urlencode urllib.parse urlencode
    urllib urlopen urllib.request urlopen
    urllib urlretrieve urllib.request urlretrieve
    urllib2 HTTPError urllib.error HTTPError
    urllib2 URLError urllib.error URLError
''')}
_RENAMED.update((('exceptions', name), ('builtins', name)) for name in PYTHON2_EXCEPTIONS)
_RENAMED.update((('multiprocessing', name), ('multiprocessing.context', name)) for name in MULTIPROCESSING_EXCEPTIONS)
NAME_MAPPING = {
    **_RENAMED,
    # These are read, but never written in the old form.
    ('__builtin__', 'basestring'): ('builtins', 'str'),
    ('exceptions', 'StandardError'): ('builtins', 'Exception'),
    ('UserDict', 'UserDict'): ('collections', 'UserDict'),
    ('socket', '_socketobject'): ('socket', 'SocketType'),
}

# Modules whose objects an older Python 3 pickled under a private name.
REVERSE_IMPORT_MAPPING = {new: old for old, new in _MOVED.items()}
REVERSE_IMPORT_MAPPING.update({'_bz2': 'bz2', '_dbm': 'dbm', '_functools': 'functools', '_gdbm': 'gdbm',
                               '_pickle': 'pickle'})

# Exceptions that Python 2 knew only by what they derive from.
PYTHON3_OSERROR_EXCEPTIONS = tuple('''
    BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
    ConnectionResetError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError
    PermissionError ProcessLookupError TimeoutError
'''.split())
PYTHON3_IMPORTERROR_EXCEPTIONS = ('ModuleNotFoundError',)

REVERSE_NAME_MAPPING = {new: old for old, new in _RENAMED.items()}
REVERSE_NAME_MAPPING.update({
    ('_functools', 'reduce'): ('__builtin__', 'reduce'),
    ('_socket', 'socket'): ('socket', '_socketobject'),
    ('tkinter.simpledialog', 'SimpleDialog'): ('SimpleDialog', 'SimpleDialog'),
    ('xmlrpc.server', 'DocCGIXMLRPCRequestHandler'): ('DocXMLRPCServer', 'DocCGIXMLRPCRequestHandler'),
    ('http.server', 'SimpleHTTPRequestHandler'): ('SimpleHTTPServer', 'SimpleHTTPRequestHandler'),
    ('http.server', 'CGIHTTPRequestHandler'): ('CGIHTTPServer', 'CGIHTTPRequestHandler'),
})
for _name in 'FileDialog', 'LoadFileDialog', 'SaveFileDialog':
    REVERSE_NAME_MAPPING['tkinter.filedialog', _name] = 'FileDialog', _name
for _name in 'ServerHTMLDoc', 'XMLRPCDocGenerator', 'DocXMLRPCRequestHandler', 'DocXMLRPCServer':
    REVERSE_NAME_MAPPING['xmlrpc.server', _name] = 'DocXMLRPCServer', _name
for _name in PYTHON3_OSERROR_EXCEPTIONS:
    REVERSE_NAME_MAPPING['builtins', _name] = 'exceptions', 'OSError'
for _name in PYTHON3_IMPORTERROR_EXCEPTIONS:
    REVERSE_NAME_MAPPING['builtins', _name] = 'exceptions', 'ImportError'
del _name
