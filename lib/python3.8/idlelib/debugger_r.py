# SPDX-License-Identifier: MIT
"""The debugger across two processes.

    window process                          user's process
    Debugger  -> IdbProxy      ~~calls~~>   IdbAdapter -> Idb
    Debugger <-  GUIAdapter   <~~calls~~    GUIProxy  <-  Idb

Frames, dicts, code objects and tracebacks stay in the user's process; their
id() travels.  There, a table for each kind finds the object again; in the
window process FrameProxy, DictProxy and CodeProxy look like the objects.  The
tables are emptied at each stop, when the window gets everything anew.
"""
import reprlib
import types

from idlelib import debugger

debugging = 0

idb_adap_oid = 'idb_adapter'
gui_adap_oid = 'gui_adapter'

# In the user's process: id -> object.
frametable = {}
dicttable = {}
codetable = {}
tracebacktable = {}


def _keep(table, obj):
    number = id(obj)
    table[number] = obj
    return number


def wrap_frame(frame):
    """Return the number that stands for frame."""
    return _keep(frametable, frame)


def wrap_info(info):
    """Return what stands for (type, value, traceback): names, text and a number."""
    if info is None:
        return None
    kind, value, tb = info
    assert isinstance(tb, types.TracebackType)
    # The user's classes and exceptions mean nothing in the other process.
    try:
        text = None if value is None else str(value)
    except Exception:
        text = f'<unprintable {kind.__name__} object>'
    return kind.__name__, text, _keep(tracebacktable, tb)


# In the user's process.

class GUIProxy:
    """The gui of Idb: hands stops over to the window process."""

    def __init__(self, conn, gui_adap_oid):
        self.conn = conn
        self.oid = gui_adap_oid

    def interaction(self, message, frame, info=None):
        """As Debugger.interaction()."""
        for table in (frametable, dicttable, codetable, tracebacktable):
            table.clear()
        self.conn.remotecall(self.oid, 'interaction',
                             (message, wrap_frame(frame), wrap_info(info)), {})


class IdbAdapter:
    """What the window process may ask of Idb."""

    def __init__(self, idb):
        self.idb = idb

    # How to go on.

    def set_step(self):
        """Stop at the next line."""
        self.idb.set_step()

    def set_quit(self):
        """End the program."""
        self.idb.set_quit()

    def set_continue(self):
        """Go on to the next breakpoint."""
        self.idb.set_continue()

    def set_next(self, fid):
        """Stop at the next line of the frame."""
        self.idb.set_next(frametable[fid])

    def set_return(self, fid):
        """Stop when the frame returns."""
        self.idb.set_return(frametable[fid])

    def get_stack(self, fid, tbid):
        """Return ([(frame number, line number), ...], index of the frame fid)."""
        tb = None if tbid is None else tracebacktable[tbid]
        stack, index = self.idb.get_stack(frametable[fid], tb)
        return [(wrap_frame(frame), lineno) for frame, lineno in stack], index

    def run(self, cmd):
        """Run the code object in __main__."""
        import __main__
        self.idb.run(cmd, __main__.__dict__)

    # Breakpoints.

    def set_break(self, filename, lineno):
        """Return a message if there can be no breakpoint, else None."""
        return self.idb.set_break(filename, lineno)

    def clear_break(self, filename, lineno):
        """Return a message if there is no such breakpoint, else None."""
        return self.idb.clear_break(filename, lineno)

    def clear_all_file_breaks(self, filename):
        """Return a message if there are none in the file, else None."""
        return self.idb.clear_all_file_breaks(filename)

    # Looking at objects.

    def frame_attr(self, fid, name):
        """An attribute of a frame."""
        return getattr(frametable[fid], name)

    def frame_globals(self, fid):
        """The number of the frame's globals."""
        return _keep(dicttable, frametable[fid].f_globals)

    def frame_locals(self, fid):
        """The number of the frame's locals."""
        return _keep(dicttable, frametable[fid].f_locals)

    def frame_code(self, fid):
        """The number of the frame's code object."""
        return _keep(codetable, frametable[fid].f_code)

    def code_name(self, cid):
        """co_name of a code object."""
        return codetable[cid].co_name

    def code_filename(self, cid):
        """co_filename of a code object."""
        return codetable[cid].co_filename

    def dict_keys(self, did):
        """Not offered: a view cannot be sent."""
        raise NotImplementedError('dict_keys not public or pickleable')

    def dict_keys_list(self, did):
        """The keys of a dict as a list; what is no string is sent as its repr."""
        return [key if type(key) is str else reprlib.repr(key) for key in dicttable[did]]

    def dict_item(self, did, key):
        """The shortened repr of a value of a dict."""
        table = dicttable[did]
        try:
            value = table[key]
        except KeyError:
            # A key that dict_keys_list() had to describe.
            value = next(v for k, v in table.items() if reprlib.repr(k) == key)
        return reprlib.repr(value)


def start_debugger(rpchandler, gui_adap_oid):
    """Make the Idb and register its adapter; return the adapter's id.

    gui_adap_oid: the id of the GUIAdapter in the window process.
    """
    idb = debugger.Idb(GUIProxy(rpchandler, gui_adap_oid))
    rpchandler.register(idb_adap_oid, IdbAdapter(idb))
    return idb_adap_oid


# In the window process.

class FrameProxy:
    """A frame of the user's process."""

    def __init__(self, conn, fid):
        self._conn = conn
        self._fid = fid
        self._oid = idb_adap_oid
        self._dictcache = {}

    def _ask(self, what, *args):
        return self._conn.remotecall(self._oid, what, (self._fid, *args), {})

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        if name == 'f_code':
            return self._get_f_code()
        if name == 'f_globals':
            return self._get_f_globals()
        if name == 'f_locals':
            return self._get_f_locals()
        return self._ask('frame_attr', name)

    def _get_f_code(self):
        return CodeProxy(self._conn, self._oid, self._ask('frame_code'))

    def _get_f_globals(self):
        return self._get_dict_proxy(self._ask('frame_globals'))

    def _get_f_locals(self):
        return self._get_dict_proxy(self._ask('frame_locals'))

    def _get_dict_proxy(self, did):
        # The same object each time: the locals of a module are its globals.
        proxy = self._dictcache.get(did)
        if proxy is None:
            proxy = self._dictcache[did] = DictProxy(self._conn, self._oid, did)
        return proxy


class CodeProxy:
    """A code object of the user's process."""

    def __init__(self, conn, oid, cid):
        self._conn = conn
        self._oid = oid
        self._cid = cid

    def __getattr__(self, name):
        method = {'co_name': 'code_name', 'co_filename': 'code_filename'}.get(name)
        if method is None:
            raise AttributeError(name)
        return self._conn.remotecall(self._oid, method, (self._cid,), {})


class DictProxy:
    """A dict of the user's process; its values are given as their reprs."""

    def __init__(self, conn, oid, did):
        self._conn = conn
        self._oid = oid
        self._did = did

    def keys(self):
        """The keys, as a list."""
        return self._conn.remotecall(self._oid, 'dict_keys_list', (self._did,), {})

    def __getitem__(self, key):
        return self._conn.remotecall(self._oid, 'dict_item', (self._did, key), {})

    def __getattr__(self, name):
        raise AttributeError(name)


class GUIAdapter:
    """What the user's process may ask of the window; registered as gui_adap_oid."""

    def __init__(self, conn, gui):
        self.conn = conn
        self.gui = gui

    def interaction(self, message, fid, modified_info):
        """Debugger.interaction() with a frame's number and a wrapped info."""
        self.gui.interaction(message, FrameProxy(self.conn, fid), modified_info)


class IdbProxy:
    """The idb of the Debugger: Idb in the user's process."""

    def __init__(self, conn, shell, oid):
        self.oid = oid
        self.conn = conn
        self.shell = shell

    def call(self, methodname, /, *args, **kwargs):
        """Call a method of the IdbAdapter."""
        return self.conn.remotecall(self.oid, methodname, args, kwargs)

    def run(self, cmd, locals):
        """Start cmd; the shell's poll notices its end.  locals are those over there."""
        self.shell.interp.active_seq = self.conn.asyncqueue(self.oid, 'run', (cmd,), {})

    def get_stack(self, frame, tbid):
        """As Bdb.get_stack(), with proxies of frames."""
        stack, index = self.call('get_stack', frame._fid, tbid)
        return [(FrameProxy(self.conn, fid), lineno) for fid, lineno in stack], index

    def set_continue(self):
        """Go on to the next breakpoint."""
        self.call('set_continue')

    def set_step(self):
        """Stop at the next line."""
        self.call('set_step')

    def set_next(self, frame):
        """Stop at the next line of the frame."""
        self.call('set_next', frame._fid)

    def set_return(self, frame):
        """Stop when the frame returns."""
        self.call('set_return', frame._fid)

    def set_quit(self):
        """End the program."""
        self.call('set_quit')

    def set_break(self, filename, lineno):
        """Set a breakpoint; return a message if that is impossible."""
        return self.call('set_break', filename, lineno)

    def clear_break(self, filename, lineno):
        """Clear a breakpoint; return a message if there is none."""
        return self.call('clear_break', filename, lineno)

    def clear_all_file_breaks(self, filename):
        """Clear all breakpoints of a file; return a message if there are none."""
        return self.call('clear_all_file_breaks', filename)


def start_remote_debugger(rpcclt, pyshell):
    """Start the Idb over there and open the window; return the Debugger."""
    oid = rpcclt.remotecall('exec', 'start_the_debugger', (gui_adap_oid,), {})
    gui = debugger.Debugger(pyshell, IdbProxy(rpcclt, pyshell, oid))
    rpcclt.register(gui_adap_oid, GUIAdapter(rpcclt, gui))
    return gui


def close_remote_debugger(rpcclt):
    """Let go of both ends.

    The user's process drops its Idb only with the next command, for the one
    that runs may be within it.
    """
    close_subprocess_debugger(rpcclt)
    rpcclt.unregister(gui_adap_oid)


def close_subprocess_debugger(rpcclt):
    """Let go of the Idb."""
    rpcclt.remotecall('exec', 'stop_the_debugger', (idb_adap_oid,), {})


def restart_subprocess_debugger(rpcclt):
    """Start an Idb in a new user's process; the window remains."""
    oid = rpcclt.remotecall('exec', 'start_the_debugger', (gui_adap_oid,), {})
    assert oid == idb_adap_oid, 'Idb restarted with different oid'


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_debugger_r', verbosity=2, exit=False)
