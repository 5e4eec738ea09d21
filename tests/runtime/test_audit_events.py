# SPDX-License-Identifier: MIT
"""Every audit event of 3.8 (PEP 578): what raises it, with which arguments. One row an event; all of them seen on CPython 3.8.18.

A row is a function of one case (S): it does what raises the event and gives back the arguments that are expected, a list of tuples.
ANY stands for what differs from run to run. Modules that are not there are skipped.
"""
import contextlib
import importlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import unittest


class _Any:
    def __eq__(self, other):
        return True

    def __repr__(self):
        return "ANY"


ANY = _Any()
CLOEXEC = os.O_CLOEXEC
ROWS = {}
heard = []
listening = None


def hook(event, args):
    if event == listening:
        heard.append(args)


def row(event, needs=None):
    """Decorator: this function raises the event; it is given the modules named by needs, and the scratch folder."""
    def keep(function):
        ROWS.setdefault(event, []).append((function, needs.split() if needs else []))
        return function
    return keep


def plain():
    """A function whose code is looked at."""
    return 1


CODE = plain.__code__


def tries(what, *args, **kwargs):
    """Call, whatever comes of it: the event is raised before it fails."""
    with contextlib.suppress(Exception):
        return what(*args, **kwargs)


def program(*words):
    return subprocess.run([sys.executable, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True, timeout=60)


# ---- the language

@row("array.__new__", "array")
def _(array):
    array.array("i", [1]), array.array("d")
    return [("i", [1]), ("d", None)]


@row("builtins.breakpoint")
def _():
    old, sys.breakpointhook = sys.breakpointhook, print
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            breakpoint()
    finally:
        sys.breakpointhook = old
    return [(print,)]


@row("builtins.id")
def _():
    return [(id(ANY),)]


@row("builtins.input")
def _():
    with feed("line\n"):
        input("prompt")
    return [("prompt",)]


@row("builtins.input/result", "pty")
def _(pty):
    master, slave = pty.openpty() # only what is typed is told
    os.write(master, b"line\n")
    done = subprocess.run([sys.executable, "-c", LISTEN % "builtins.input/" + "sys.stderr = sys.__stderr__\ninput()"], stdin=slave, stdout=slave,
                          stderr=subprocess.DEVNULL, timeout=60)
    heard.append(b"builtins.input/result 1 str" in os.read(master, 1000))
    os.close(master), os.close(slave)
    return [True]


@contextlib.contextmanager
def feed(text):
    old = sys.stdin, sys.stdout
    sys.stdin, sys.stdout = io.StringIO(text), io.StringIO()
    try:
        yield
    finally:
        sys.stdin, sys.stdout = old


@row("code.__new__")
def _():
    CODE.replace(co_name="other")
    return [(CODE.co_code, CODE.co_filename, "other", 0, 0, 0, 0, CODE.co_stacksize, CODE.co_flags)]


@row("code.__new__", "marshal")
def _(marshal):
    marshal.loads(marshal.dumps(CODE))
    return [(CODE.co_code, CODE.co_filename, "plain", 0, 0, 0, 0, CODE.co_stacksize, CODE.co_flags)]


@row("compile")
def _():
    compile("1", "name", "eval"), compile(b"2", "name", "exec")
    return [(b"1", "name"), (b"2", "name")]


@row("compile", "ast")
def _(ast):
    tree = ast.parse("1")
    del heard[:]
    compile(tree, "name", "exec")
    return [(tree, None)]


@row("exec")
def _():
    exec(CODE), eval(CODE)
    return [(CODE,), (CODE,)]


@row("function.__new__", "types")
def _(types):
    types.FunctionType(CODE, {})
    return [(CODE,)]


@row("object.__getattr__")
def _():
    plain.__code__, plain.__globals__, plain.__defaults__, plain.__kwdefaults__, plain.__closure__
    return [(plain, "__code__"), (plain, "__globals__"), (plain, "__defaults__"), (plain, "__kwdefaults__"), (plain, "__closure__")]


@row("object.__getattr__")
def _():
    generator = (i for i in ())
    generator.gi_code, generator.gi_frame
    return [(generator, "gi_code"), (generator, "gi_frame")]


@row("object.__getattr__")
def _():
    frame = sys._getframe()
    frame.f_code
    try:
        1 / 0
    except ZeroDivisionError as error:
        trace = error.__traceback__
    trace.tb_frame
    return [(frame, "f_code"), (trace, "tb_frame")]


@row("object.__setattr__")
def _():
    class A:
        pass

    class B(A):
        pass
    instance = A()
    instance.__class__ = B
    B.__bases__ = (A,)
    B.__name__ = "C"
    B.__qualname__ = "C"
    B.__module__ = "m"
    B.__doc__ = "d"
    plain.__code__ = CODE
    plain.__defaults__ = (1,)
    return [(instance, "__class__", B), (B, "__bases__", (A,)), (B, "__name__", "C"), (B, "__qualname__", "C"), (B, "__module__", "m"),
            (B, "__doc__", "d"), (plain, "__code__", CODE), (plain, "__defaults__", (1,))]


@row("object.__delattr__")
def _():
    del plain.__defaults__, plain.__kwdefaults__
    return [(plain, "__defaults__"), (plain, "__kwdefaults__")]


@row("import")
def _():
    tries(__import__, "no_such_module")
    return [("no_such_module", None, sys.path, sys.meta_path, sys.path_hooks)]


@row("open")
def _(tmp):
    path = tmp + "/file"
    open(path, "w").close(), open(path).close(), io.FileIO(path, "r").close(), os.close(os.open(path, os.O_RDONLY))
    io.open_code(path).close()
    return [(path, "w", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | CLOEXEC), (path, "r", CLOEXEC), (path, "r", CLOEXEC),
            (path, None, CLOEXEC), (path, "r", CLOEXEC)]


@row("gc.get_objects", "gc")
def _(gc):
    gc.get_objects(), gc.get_objects(generation=1)
    return [(-1,), (1,)]


@row("gc.get_referrers", "gc")
def _(gc):
    gc.get_referrers(ANY)
    return [((ANY,),)]


@row("gc.get_referents", "gc")
def _(gc):
    gc.get_referents(ANY, 1)
    return [((ANY, 1),)]


@row("pickle.find_class", "pickle")
def _(pickle):
    data = pickle.dumps(os.getcwd)
    pickle.loads(data), pickle._loads(data)
    return [("posix", "getcwd"), ("posix", "getcwd")]


# ---- sys

@row("sys._current_frames")
def _():
    sys._current_frames()
    return [()]


@row("sys._getframe")
def _():
    return [(sys._getframe(),)]


@row("sys.addaudithook")
def _():
    sys.addaudithook(hook_of_nothing)
    return [()]


def hook_of_nothing(event, args):
    pass


@row("sys.setprofile")
def _():
    sys.setprofile(None)
    return [()]


@row("sys.settrace")
def _():
    old = sys.gettrace()
    sys.settrace(old)
    return [()]


@row("sys.set_asyncgen_hook_firstiter")
def _():
    sys.set_asyncgen_hooks(firstiter=None)
    return [()]


@row("sys.set_asyncgen_hook_finalizer")
def _():
    sys.set_asyncgen_hooks(finalizer=None)
    return [()]


@row("sys.unraisablehook")
def _():
    class Bad:
        def __del__(self):
            raise ValueError
    old, sys.unraisablehook = sys.unraisablehook, lambda args: None
    try:
        Bad()
        return [(sys.unraisablehook, ANY)]
    finally:
        sys.unraisablehook = old


LISTEN = ("import sys\nsys.addaudithook(lambda e, a: e.startswith(%r) and print(e, len(a), *[type(x).__name__ for x in a], "
          "flush=True))\n")


@row("sys.excepthook")
def _():
    heard.append(program("-c", LISTEN % "sys.excepthook" + "raise ValueError").stdout)
    return ["sys.excepthook 4 builtin_function_or_method type ValueError traceback\n"]


@row("cpython.PyInterpreterState_New", "_xxsubinterpreters")
def _(subinterpreters):
    subinterpreters.destroy(subinterpreters.create())
    return [()]


# cpython.PyInterpreterState_Clear and cpython._PySys_ClearAuditHooks are for hooks of C: tests/embedding has them.


# ---- files and processes

@row("fcntl.fcntl", "fcntl")
def _(fcntl):
    fcntl.fcntl(1, fcntl.F_GETFD), tries(fcntl.fcntl, 1, fcntl.F_SETFD, 0)
    return [(1, fcntl.F_GETFD, None), (1, fcntl.F_SETFD, 0)]


@row("fcntl.flock", "fcntl")
def _(fcntl):
    tries(fcntl.flock, 1, fcntl.LOCK_UN)
    return [(1, fcntl.LOCK_UN)]


@row("fcntl.lockf", "fcntl")
def _(fcntl):
    tries(fcntl.lockf, 1, fcntl.LOCK_UN), tries(fcntl.lockf, 1, fcntl.LOCK_UN, 1, 2, 0)
    return [(1, fcntl.LOCK_UN, None, None, 0), (1, fcntl.LOCK_UN, 1, 2, 0)]


@row("fcntl.ioctl", "fcntl")
def _(fcntl):
    tries(fcntl.ioctl, 1, 0x5401, b"12345678")
    return [(1, 0x5401, b"12345678")]


@row("glob.glob", "glob")
def _(glob, tmp):
    glob.glob(tmp + "/*"), list(glob.iglob(tmp + "/x", recursive=True))
    return [(tmp + "/*", False), (tmp + "/x", True)]


@row("mmap.__new__", "mmap")
def _(mmap):
    mmap.mmap(-1, 100).close()
    return [(-1, 100, 0, 0)]


@row("os.listdir")
def _(tmp):
    os.listdir(), os.listdir(tmp)
    return [(None,), (tmp,)]


@row("os.scandir")
def _(tmp):
    os.scandir().close(), os.scandir(tmp).close()
    return [(None,), (tmp,)]


@row("os.chdir")
def _():
    here = os.getcwd()
    fd = os.open(here, os.O_RDONLY)
    os.chdir(here), os.fchdir(fd)
    os.close(fd)
    return [(here,), (fd,)]


@row("os.chmod")
def _(tmp):
    os.mkdir(tmp + "/mode")
    fd = os.open(tmp, os.O_RDONLY)
    os.chmod(tmp + "/mode", 0o700), os.fchmod(fd, 0o700), os.chmod("mode", 0o700, dir_fd=fd)
    os.close(fd)
    return [(tmp + "/mode", 0o700, -1), (fd, 0o700, -1), ("mode", 0o700, fd)]


@row("os.chown")
def _(tmp):
    fd = os.open(tmp, os.O_RDONLY)
    os.chown(tmp, -1, -1), os.lchown(tmp, -1, -1), os.fchown(fd, -1, -1)
    os.close(fd)
    return [(tmp, 2**32 - 1, 2**32 - 1, -1), (tmp, 2**32 - 1, 2**32 - 1, -1), (fd, 2**32 - 1, 2**32 - 1, -1)]


@row("os.mkdir")
def _(tmp):
    os.mkdir(tmp + "/made"), tries(os.mkdir, tmp, 0o700)
    return [(tmp + "/made", 0o777, -1), (tmp, 0o700, -1)]


@row("os.rmdir")
def _(tmp):
    tries(os.rmdir, tmp + "/none")
    return [(tmp + "/none", -1)]


@row("os.remove")
def _(tmp):
    tries(os.remove, tmp + "/none"), tries(os.unlink, tmp + "/none")
    return [(tmp + "/none", -1), (tmp + "/none", -1)]


@row("os.rename")
def _(tmp):
    tries(os.rename, tmp + "/none", "to"), tries(os.replace, tmp + "/none", "to")
    return [(tmp + "/none", "to", -1, -1), (tmp + "/none", "to", -1, -1)]


@row("os.link")
def _(tmp):
    tries(os.link, tmp + "/none", "to")
    return [(tmp + "/none", "to", -1, -1)]


@row("os.symlink")
def _(tmp):
    tries(os.symlink, "a", tmp)
    return [("a", tmp, -1)]


@row("os.utime")
def _(tmp):
    os.utime(tmp), os.utime(tmp, (1, 2)), os.utime(tmp, ns=(1, 2))
    return [(tmp, None, None, -1), (tmp, (1, 2), None, -1), (tmp, None, (1, 2), -1)]


@row("os.truncate")
def _(tmp):
    with open(tmp + "/cut", "wb") as file:
        os.truncate(tmp + "/cut", 3), os.ftruncate(file.fileno(), 2)
        return [(tmp + "/cut", 3), (file.fileno(), 2)]


@row("os.getxattr")
def _(tmp):
    tries(os.getxattr, tmp, "user.a")
    return [(tmp, "user.a")]


@row("os.setxattr")
def _(tmp):
    tries(os.setxattr, tmp + "/none", "user.a", b"v", 1)
    return [(tmp + "/none", "user.a", b"v", 1)]


@row("os.removexattr")
def _(tmp):
    tries(os.removexattr, tmp, "user.a")
    return [(tmp, "user.a")]


@row("os.listxattr")
def _(tmp):
    tries(os.listxattr, tmp), tries(os.listxattr)
    return [(tmp,), (None,)]


@row("os.lockf")
def _(tmp):
    with open(tmp + "/locked", "wb") as file:
        os.lockf(file.fileno(), os.F_ULOCK, 0)
        return [(file.fileno(), os.F_ULOCK, 0)]


@row("os.putenv")
def _():
    os.putenv("TAIPAN_TEST", "value")
    return [(b"TAIPAN_TEST", b"value")]


@row("os.unsetenv")
def _():
    os.unsetenv("TAIPAN_TEST")
    return [(b"TAIPAN_TEST",)]


@row("os.kill")
def _():
    os.kill(os.getpid(), 0)
    return [(os.getpid(), 0)]


@row("os.killpg")
def _():
    os.killpg(os.getpgid(0), 0)
    return [(os.getpgid(0), 0)]


@row("os.system")
def _():
    os.system("true")
    return [(b"true",)]


@row("os.exec")
def _(tmp):
    tries(os.execv, tmp + "/none", ["a"]), tries(os.execve, tmp + "/none", ["a"], {"B": "c"})
    return [(tmp + "/none", ["a"], None), (tmp + "/none", ["a"], {"B": "c"})]


@row("os.fork")
def _():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return [()]


@row("os.posix_spawn")
def _(tmp):
    tries(os.posix_spawn, tmp + "/none", ["a"], {"B": "c"})
    return [(tmp + "/none", ["a"], {"B": "c"})]


@row("pty.spawn", "pty")
def _(pty):
    heard.append(program("-c", LISTEN % "pty.spawn" + "import pty\ntry: pty.spawn('/bin/true')\nexcept OSError: pass\n").stdout.split("\n")[0])
    return ["pty.spawn 1 tuple"]


@row("resource.setrlimit", "resource")
def _(resource):
    now = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, now)
    return [(resource.RLIMIT_CORE, now)]


@row("resource.prlimit", "resource")
def _(resource):
    resource.prlimit(0, resource.RLIMIT_CORE)
    return [(0, resource.RLIMIT_CORE, None)]


@row("signal.pthread_kill", "signal _thread")
def _(signal, thread):
    signal.pthread_kill(thread.get_ident(), 0)
    return [(thread.get_ident(), 0)]


@row("syslog.openlog", "syslog")
def _(syslog):
    syslog.openlog("name", 1, 8)
    return [("name", 1, 8)]


@row("syslog.syslog", "syslog")
def _(syslog):
    syslog.syslog(7, "text")
    return [(7, "text")]


@row("syslog.setlogmask", "syslog")
def _(syslog):
    syslog.setlogmask(255)
    return [((255,),)]


@row("syslog.closelog", "syslog")
def _(syslog):
    syslog.closelog()
    return [()]


@row("subprocess.Popen", "subprocess")
def _(subprocess):
    subprocess.call(["true"])
    return [("true", ["true"], None, None)]


@row("shutil.copyfile", "shutil")
def _(shutil, tmp):
    tries(shutil.copyfile, tmp + "/none", "to")
    return [(tmp + "/none", "to")]


@row("shutil.copymode", "shutil")
def _(shutil, tmp):
    tries(shutil.copymode, tmp + "/none", "to")
    return [(tmp + "/none", "to")]


@row("shutil.copystat", "shutil")
def _(shutil, tmp):
    tries(shutil.copystat, tmp + "/none", "to")
    return [(tmp + "/none", "to")]


@row("shutil.copytree", "shutil")
def _(shutil, tmp):
    tries(shutil.copytree, tmp + "/none", "to")
    return [(tmp + "/none", "to")]


@row("shutil.move", "shutil")
def _(shutil, tmp):
    tries(shutil.move, tmp + "/none", "to")
    return [(tmp + "/none", "to")]


@row("shutil.rmtree", "shutil")
def _(shutil, tmp):
    tries(shutil.rmtree, tmp + "/none")
    return [(tmp + "/none",)]


@row("shutil.chown", "shutil")
def _(shutil, tmp):
    tries(shutil.chown, tmp + "/none", 0, 0)
    return [(tmp + "/none", 0, 0)]


@row("shutil.make_archive", "shutil")
def _(shutil, tmp):
    tries(shutil.make_archive, tmp + "/name", "no format", tmp, "base")
    return [(tmp + "/name", "no format", tmp, "base")]


@row("shutil.unpack_archive", "shutil")
def _(shutil, tmp):
    tries(shutil.unpack_archive, tmp + "/none.tar", tmp, "tar")
    return [(tmp + "/none.tar", tmp, "tar")]


@row("tempfile.mkstemp", "tempfile")
def _(tempfile, tmp):
    fd, name = tempfile.mkstemp(dir=tmp)
    os.close(fd)
    return [(name,)]


@row("tempfile.mkdtemp", "tempfile")
def _(tempfile, tmp):
    return [(tempfile.mkdtemp(dir=tmp),)]


# ---- the net; port 1 of this machine answers nobody

HERE = ("127.0.0.1", 1)


@row("socket.__new__", "socket")
def _(socket):
    with socket.socket() as s:
        return [(s, socket.AF_INET, socket.SOCK_STREAM, 0)]


@row("socket.bind", "socket")
def _(socket):
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return [(s, ("127.0.0.1", 0))]


@row("socket.connect", "socket")
def _(socket):
    with socket.socket() as s:
        tries(s.connect, HERE), s.connect_ex(HERE)
        return [(s, HERE), (s, HERE)]


@row("socket.sendto", "socket")
def _(socket):
    with socket.socket(type=socket.SOCK_DGRAM) as s:
        s.sendto(b"a", HERE)
        return [(s, HERE)]


@row("socket.sendmsg", "socket")
def _(socket):
    with socket.socket(type=socket.SOCK_DGRAM) as s:
        s.sendmsg([b"a"], [], 0, HERE)
        return [(s, HERE)]


@row("socket.getaddrinfo", "socket")
def _(socket):
    socket.getaddrinfo("127.0.0.1", 80, proto=6)
    return [("127.0.0.1", 80, 0, 0, 6)]


@row("socket.gethostbyname", "socket")
def _(socket):
    socket.gethostbyname("127.0.0.1"), tries(socket.gethostbyname_ex, "127.0.0.1")
    return [("127.0.0.1",), ("127.0.0.1",)]


@row("socket.gethostbyaddr", "socket")
def _(socket):
    tries(socket.gethostbyaddr, "127.0.0.1")
    return [("127.0.0.1",)]


@row("socket.gethostname", "socket")
def _(socket):
    socket.gethostname()
    return [()]


@row("socket.getnameinfo", "socket")
def _(socket):
    socket.getnameinfo(HERE, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)
    return [(HERE,)]


@row("socket.getservbyname", "socket")
def _(socket):
    tries(socket.getservbyname, "http"), tries(socket.getservbyname, "http", "tcp")
    return [("http", None), ("http", "tcp")]


@row("socket.getservbyport", "socket")
def _(socket):
    tries(socket.getservbyport, 80), tries(socket.getservbyport, 80, "tcp")
    return [(80, None), (80, "tcp")]


@row("ftplib.connect", "ftplib")
def _(ftplib):
    client = ftplib.FTP()
    tries(client.connect, *HERE)
    return [(client, *HERE)]


@row("ftplib.sendcmd", "ftplib")
def _(ftplib):
    client = ftplib.FTP()
    tries(client.putline, "NOOP")
    return [(client, "NOOP")]


@row("imaplib.open", "imaplib")
def _(imaplib):
    tries(imaplib.IMAP4, *HERE)
    return [(ANY, *HERE)]


@row("imaplib.send", "imaplib")
def _(imaplib):
    client = imaplib.IMAP4.__new__(imaplib.IMAP4)
    tries(client.send, b"x")
    return [(client, b"x")]


@row("nntplib.connect", "nntplib")
def _(nntplib):
    tries(nntplib.NNTP, *HERE)
    return [(ANY, *HERE)]


@row("poplib.connect", "poplib")
def _(poplib):
    tries(poplib.POP3, *HERE)
    return [(ANY, *HERE)]


@row("poplib.putline", "poplib")
def _(poplib):
    client = poplib.POP3.__new__(poplib.POP3)
    client._debugging = 0
    tries(client._putline, b"x")
    return [(client, b"x")]


@row("smtplib.connect", "smtplib")
def _(smtplib):
    client = smtplib.SMTP()
    tries(client.connect, *HERE)
    return [(client, *HERE)]


@row("smtplib.send", "smtplib")
def _(smtplib):
    client = smtplib.SMTP()
    client.sock = open(os.devnull)
    tries(client.send, "x")
    client.sock.close()
    return [(client, b"x")]


@row("telnetlib.Telnet.open", "telnetlib")
def _(telnetlib):
    client = telnetlib.Telnet()
    tries(client.open, *HERE)
    return [(client, *HERE)]


@row("telnetlib.Telnet.write", "telnetlib")
def _(telnetlib):
    client = telnetlib.Telnet()
    tries(client.write, b"x")
    return [(client, b"x")]


@row("urllib.Request", "urllib.request")
def _(request):
    request.urlopen(request.Request("data:,abc", data=b"x", headers={"a": "b"})).close()
    return [("data:,abc", b"x", {"A": "b"}, "POST")]


@row("webbrowser.open", "webbrowser")
def _(webbrowser):
    webbrowser.GenericBrowser("true").open("http://x")
    return [("http://x",)]


# ---- the rest of the library

@row("sqlite3.connect", "sqlite3")
def _(sqlite3):
    sqlite3.connect(":memory:").close()
    return [(b":memory:",)]


@row("pdb.Pdb", "pdb")
def _(pdb):
    pdb.Pdb()
    return [()]


@row("ensurepip.bootstrap", "ensurepip")
def _(ensurepip):
    # a root that cannot be, so that nothing is installed
    heard.append(program("-c", LISTEN % "ensurepip." + "import ensurepip\nensurepip.bootstrap(root='/dev/null/x')\n").stdout.split("\n")[0])
    return ["ensurepip.bootstrap 1 str"]


@row("ctypes.dlopen", "ctypes")
def _(ctypes):
    ctypes.CDLL(None)
    return [(None,)]


@row("ctypes.dlsym", "ctypes")
def _(ctypes):
    library = ctypes.CDLL(None)
    library.abs, library["labs"], ctypes.c_int.in_dll(library, "optind")
    return [(library, "abs"), (library, "labs"), (library, "optind")]


@row("ctypes.dlsym/handle", "ctypes _ctypes")
def _(ctypes, _ctypes):
    handle = ctypes.CDLL(None)._handle
    _ctypes.dlsym(handle, "abs")
    return [(handle, "abs")]


@row("ctypes.addressof", "ctypes")
def _(ctypes):
    number = ctypes.c_int(1)
    ctypes.addressof(number)
    return [(number,)]


@row("ctypes.cdata", "ctypes")
def _(ctypes):
    number = ctypes.c_int(1)
    ctypes.c_int.from_address(ctypes.addressof(number))
    return [(ctypes.addressof(number),)]


@row("ctypes.cdata/buffer", "ctypes")
def _(ctypes):
    ctypes.c_int.from_buffer(bytearray(8)), ctypes.c_int.from_buffer_copy(b"12345678", 2)
    return [(ANY, 8, 0), (ANY, 8, 2)]


@row("ctypes.call_function", "ctypes _ctypes")
def _(ctypes, _ctypes):
    address = ctypes.cast(ctypes.CDLL(None).abs, ctypes.c_void_p).value
    _ctypes.call_function(address, (3,))
    return [(address, (3,))]


@row("ctypes.create_string_buffer", "ctypes")
def _(ctypes):
    ctypes.create_string_buffer(3), ctypes.create_string_buffer(b"ab"), ctypes.create_string_buffer(b"ab", 9)
    return [(None, 3), (b"ab", 3), (b"ab", 9)]


@row("ctypes.create_unicode_buffer", "ctypes")
def _(ctypes):
    ctypes.create_unicode_buffer(3), ctypes.create_unicode_buffer("ab")
    return [(None, 3), ("ab", 3)]


@row("ctypes.get_errno", "ctypes")
def _(ctypes):
    ctypes.get_errno()
    return [()]


@row("ctypes.set_errno", "ctypes")
def _(ctypes):
    ctypes.set_errno(0)
    return [(0,)]


@row("ctypes.string_at", "ctypes")
def _(ctypes):
    ctypes.string_at(b"abc"), ctypes.string_at(b"abc", 2)
    return [(ANY, -1), (ANY, 2)]


@row("ctypes.wstring_at", "ctypes")
def _(ctypes):
    ctypes.wstring_at("abc"), ctypes.wstring_at("abc", 2)
    return [(ANY, -1), (ANY, 2)]


@row("ctypes.PyObj_FromPtr", "ctypes _ctypes")
def _(ctypes, _ctypes):
    _ctypes.PyObj_FromPtr(id(plain))
    return [(plain,)]


# ---- what the program runs: the events come before the program can listen, so sitecustomize does

SITE = LISTEN % "cpython."


def run_with_site(tmp, *words, **kwargs):
    with open(tmp + "/sitecustomize.py", "w") as file:
        file.write(SITE)
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join([tmp, os.environ.get("PYTHONPATH", "")]).strip(os.pathsep))
    environment.pop("PYTHONSTARTUP", None)
    environment.update(kwargs.pop("env", {}))
    kwargs.setdefault("stdin", subprocess.DEVNULL)
    out = subprocess.run([sys.executable, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         universal_newlines=True, timeout=60, **kwargs).stdout
    return [line for line in out.splitlines() if line.startswith("cpython.")]


@row("cpython.run_command")
def _(tmp):
    heard[:] = run_with_site(tmp, "-c", "pass")
    return ["cpython.run_command 1 str", "cpython.PyInterpreterState_Clear 0", "cpython._PySys_ClearAuditHooks 0"][:len(heard)]


@row("cpython.run_file")
def _(tmp):
    with open(tmp + "/run.py", "w") as file:
        file.write("pass")
    heard[:] = run_with_site(tmp, tmp + "/run.py")[:1]
    return ["cpython.run_file 1 str"]


@row("cpython.run_module")
def _(tmp):
    heard[:] = run_with_site(tmp, "-m", "this")[:1]
    return ["cpython.run_module 1 str"]


@row("cpython.run_stdin")
def _(tmp):
    heard[:] = run_with_site(tmp, "-")[:1]
    return ["cpython.run_stdin 0"]


@row("cpython.run_startup")
def _(tmp):
    with open(tmp + "/start.py", "w") as file:
        file.write("pass")
    heard[:] = run_with_site(tmp, "-i", "-q", env={"PYTHONSTARTUP": tmp + "/start.py"})[:3]
    return ["cpython.run_startup 1 str", "cpython.run_interactivehook 1 function", "cpython.run_stdin 0"]


class Events(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        sys.addaudithook(hook)

    def check(self, event, function, names):
        global listening
        try:
            given = [importlib.import_module(name) for name in names]
        except ImportError as error:
            self.skipTest(str(error))
        tmp = None
        if function.__code__.co_varnames[:function.__code__.co_argcount][-1:] == ("tmp",):
            tmp = tempfile.mkdtemp()
            given.append(tmp)
        del heard[:]
        listening = event
        try:
            expected = function(*given)
            seen = list(heard)
        finally:
            listening = None
            if tmp:
                shutil.rmtree(tmp)
        self.assertEqual(seen[:len(expected)], expected)
        self.assertTrue(len(seen) == len(expected) or event in ("import", "open", "exec", "object.__getattr__"), seen[len(expected):])


def add_test(event, cases):
    def test(self):
        for number, (function, names) in enumerate(cases):
            with self.subTest(number):
                self.check(event, function, names)
    setattr(Events, "test_" + event.replace(".", "_").replace("/", "_"), test)


for _event, _cases in ROWS.items():
    add_test(_event, _cases)


if __name__ == "__main__":
    unittest.main()
