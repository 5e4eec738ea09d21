# SPDX-License-Identifier: MIT
"""Names of Python 2 and what they are called now, for pickle with protocols below 3.

IMPORT_MAPPING: module -> module.  NAME_MAPPING: (module, name) -> (module, name).  REVERSE_...: the way back.
"""


def _words(text):
    return tuple(text.split())


def _pairs(text):
    """Return a dict of what is written as OLD=NEW."""
    return dict([entry.split('=') for entry in text.split()])


# Modules with one counterpart each.
IMPORT_MAPPING = _pairs(
    '__builtin__=builtins copy_reg=copyreg Queue=queue SocketServer=socketserver ConfigParser=configparser repr=reprlib '
    'tkFileDialog=tkinter.filedialog tkSimpleDialog=tkinter.simpledialog tkColorChooser=tkinter.colorchooser '
    'tkCommonDialog=tkinter.commondialog Dialog=tkinter.dialog Tkdnd=tkinter.dnd tkFont=tkinter.font '
    'tkMessageBox=tkinter.messagebox ScrolledText=tkinter.scrolledtext Tkconstants=tkinter.constants Tix=tkinter.tix '
    'ttk=tkinter.ttk Tkinter=tkinter markupbase=_markupbase _winreg=winreg thread=_thread dummy_thread=_dummy_thread '
    'dbhash=dbm.bsd dumbdbm=dbm.dumb dbm=dbm.ndbm gdbm=dbm.gnu xmlrpclib=xmlrpc.client '
    'SimpleXMLRPCServer=xmlrpc.server httplib=http.client htmlentitydefs=html.entities HTMLParser=html.parser '
    'Cookie=http.cookies cookielib=http.cookiejar BaseHTTPServer=http.server test.test_support=test.support '
    'commands=subprocess urlparse=urllib.parse robotparser=urllib.robotparser urllib2=urllib.request anydbm=dbm '
    '_abcoll=collections.abc')

PYTHON2_EXCEPTIONS = _words(
    'ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning EOFError '
    'EnvironmentError Exception FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning '
    'IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NotImplementedError '
    'OSError OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning StopIteration '
    'SyntaxError SyntaxWarning SystemError SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError '
    'UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning '
    'ZeroDivisionError')
MULTIPROCESSING_EXCEPTIONS = _words('AuthenticationError BufferTooShort ProcessError TimeoutError')
PYTHON3_OSERROR_EXCEPTIONS = _words(
    'BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError '
    'ConnectionResetError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError '
    'PermissionError ProcessLookupError TimeoutError')
PYTHON3_IMPORTERROR_EXCEPTIONS = ('ModuleNotFoundError',)


def _names(text):
    """Return {(module, name): (module, name)} of what is written as MODULE:NAME=MODULE:NAME, a missing name being the
    same."""
    table = {}
    for old, new in _pairs(text).items():
        module, name = old.split(':')
        new_module, _, new_name = new.partition(':')
        table[module, name] = new_module, new_name or name
    return table


# Names with one counterpart each.
NAME_MAPPING = _names(
    '__builtin__:xrange=builtins:range __builtin__:reduce=functools __builtin__:intern=sys '
    '__builtin__:unichr=builtins:chr __builtin__:unicode=builtins:str __builtin__:long=builtins:int '
    'itertools:izip=builtins:zip itertools:imap=builtins:map itertools:ifilter=builtins:filter '
    'itertools:ifilterfalse=itertools:filterfalse itertools:izip_longest=itertools:zip_longest '
    'UserDict:IterableUserDict=collections:UserDict UserList:UserList=collections UserString:UserString=collections '
    'whichdb:whichdb=dbm _socket:fromfd=socket _multiprocessing:Connection=multiprocessing.connection '
    'multiprocessing.process:Process=multiprocessing.context multiprocessing.forking:Popen=multiprocessing.popen_fork '
    'urllib:ContentTooShortError=urllib.error urllib:getproxies=urllib.request urllib:pathname2url=urllib.request '
    'urllib:quote_plus=urllib.parse urllib:quote=urllib.parse urllib:unquote_plus=urllib.parse '
    'urllib:unquote=urllib.parse urllib:url2pathname=urllib.request urllib:urlcleanup=urllib.request '
    'urllib:urlencode=urllib.parse urllib:urlopen=urllib.request urllib:urlretrieve=urllib.request '
    'urllib2:HTTPError=urllib.error urllib2:URLError=urllib.error')
NAME_MAPPING.update({('exceptions', name): ('builtins', name) for name in PYTHON2_EXCEPTIONS})
NAME_MAPPING.update({('multiprocessing', name): ('multiprocessing.context', name)
                     for name in MULTIPROCESSING_EXCEPTIONS})

REVERSE_IMPORT_MAPPING = {new: old for old, new in IMPORT_MAPPING.items()}
REVERSE_NAME_MAPPING = {new: old for old, new in NAME_MAPPING.items()}
assert len(REVERSE_IMPORT_MAPPING) == len(IMPORT_MAPPING) and len(REVERSE_NAME_MAPPING) == len(NAME_MAPPING)

# What has only one direction: several old names for a new one, or several new ones for an old one.
IMPORT_MAPPING.update(_pairs(
    'cPickle=pickle _elementtree=xml.etree.ElementTree FileDialog=tkinter.filedialog SimpleDialog=tkinter.simpledialog '
    'DocXMLRPCServer=xmlrpc.server SimpleHTTPServer=http.server CGIHTTPServer=http.server UserDict=collections '
    'UserList=collections UserString=collections whichdb=dbm StringIO=io cStringIO=io'))
NAME_MAPPING.update(_names('__builtin__:basestring=builtins:str exceptions:StandardError=builtins:Exception '
                           'UserDict:UserDict=collections socket:_socketobject=socket:SocketType'))
REVERSE_IMPORT_MAPPING.update(_pairs('_bz2=bz2 _dbm=dbm _functools=functools _gdbm=gdbm _pickle=pickle'))
REVERSE_NAME_MAPPING.update(_names(
    '_functools:reduce=__builtin__ tkinter.filedialog:FileDialog=FileDialog '
    'tkinter.filedialog:LoadFileDialog=FileDialog tkinter.filedialog:SaveFileDialog=FileDialog '
    'tkinter.simpledialog:SimpleDialog=SimpleDialog xmlrpc.server:ServerHTMLDoc=DocXMLRPCServer '
    'xmlrpc.server:XMLRPCDocGenerator=DocXMLRPCServer xmlrpc.server:DocXMLRPCRequestHandler=DocXMLRPCServer '
    'xmlrpc.server:DocXMLRPCServer=DocXMLRPCServer xmlrpc.server:DocCGIXMLRPCRequestHandler=DocXMLRPCServer '
    'http.server:SimpleHTTPRequestHandler=SimpleHTTPServer http.server:CGIHTTPRequestHandler=CGIHTTPServer '
    '_socket:socket=socket:_socketobject'))
REVERSE_NAME_MAPPING.update({('builtins', name): ('exceptions', 'OSError') for name in PYTHON3_OSERROR_EXCEPTIONS})
REVERSE_NAME_MAPPING.update({('builtins', name): ('exceptions', 'ImportError')
                             for name in PYTHON3_IMPORTERROR_EXCEPTIONS})
