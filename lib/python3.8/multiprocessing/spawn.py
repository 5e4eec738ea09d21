# SPDX-License-Identifier: MIT
"""The beginning of a process in a new interpreter: it makes itself as much like its parent as need be.

What it gets are two pickles: a dictionary for prepare(), and the process object.
"""

import os
import sys
import types

from . import get_start_method, process, set_start_method, util
from .context import reduction

__all__ = ['_main', 'freeze_support', 'set_executable', 'get_executable', 'get_preparation_data', 'get_command_line',
           'import_main_path']

WINEXE = WINSERVICE = False
if sys.platform == 'win32':
    WINEXE = getattr(sys, 'frozen', False)
    WINSERVICE = sys.executable.lower().endswith("pythonservice.exe")
_python_exe = os.path.join(sys.exec_prefix, 'python.exe') if WINSERVICE else sys.executable


def set_executable(exe):
    """Set the interpreter for new processes."""
    global _python_exe
    _python_exe = exe


def get_executable():
    """Return the interpreter for new processes."""
    return _python_exe


def is_forking(argv):
    """Return whether a command line is that of a child process."""
    if len(argv) < 2 or argv[1] != '--multiprocessing-fork':
        return False
    return True


def freeze_support():
    """Be a child process if the command line says so, for programs made into executables."""
    if not is_forking(sys.argv):
        return
    options = {}
    for word in sys.argv[2:]:
        name, _, value = word.partition('=')
        options[name] = None if value == 'None' else int(value)
    spawn_main(**options)
    sys.exit()


def get_command_line(**kwds):
    """Return the command line of a child process, with arguments for spawn_main()."""
    arguments = kwds.items()
    if getattr(sys, 'frozen', False):
        return [sys.executable, '--multiprocessing-fork'] + ['%s=%r' % pair for pair in arguments]
    program = 'from multiprocessing.spawn import spawn_main; spawn_main(%s)' % ', '.join('%s=%r' % pair
                                                                                        for pair in arguments)
    return [_python_exe, *util._args_from_interpreter_flags(), '-c', program, '--multiprocessing-fork']


def spawn_main(pipe_handle, parent_pid=None, tracker_fd=None):
    """What a child process runs."""
    assert is_forking(sys.argv), "Not forking"
    from . import resource_tracker
    resource_tracker._resource_tracker._fd = tracker_fd
    # A copy of the pipe tells that the parent has ended, also after all was read.
    sys.exit(_main(pipe_handle, os.dup(pipe_handle)))


def _main(fd, parent_sentinel):
    with os.fdopen(fd, 'rb', closefd=True) as pipe:
        process.current_process()._inheriting = True
        try:
            prepare(reduction.pickle.load(pipe))
            child = reduction.pickle.load(pipe)
        finally:
            del process.current_process()._inheriting
    return child._bootstrap(parent_sentinel)


def _check_not_importing_main():
    if getattr(process.current_process(), '_inheriting', False):
        raise RuntimeError('''
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.''')


def get_preparation_data(name):
    """Return a dictionary of what a child of that name needs to know."""
    _check_not_importing_main()
    path = sys.path.copy()
    if '' in path:
        # Programs change their folder; '' means that in which they began.
        path[path.index('')] = process.ORIGINAL_DIR
    data = dict(log_to_stderr=util._log_to_stderr, authkey=process.current_process().authkey, name=name,
                sys_path=path, sys_argv=sys.argv, orig_dir=process.ORIGINAL_DIR, dir=os.getcwd(),
                start_method=get_start_method())
    if util._logger is not None:
        data['log_level'] = util._logger.getEffectiveLevel()
    # How to find the main module: by its name, or by its file.
    main = sys.modules['__main__']
    spec_name = getattr(main.__spec__, "name", None)
    if spec_name is not None:
        data['init_main_from_name'] = spec_name
    elif sys.platform != 'win32' or (not WINEXE and not WINSERVICE):
        path = getattr(main, '__file__', None)
        if path is not None:
            if not os.path.isabs(path) and process.ORIGINAL_DIR is not None:
                path = os.path.join(process.ORIGINAL_DIR, path)
            data['init_main_from_path'] = os.path.normpath(path)
    return data


# Main modules of before, which things may still refer to.
old_main_modules = []


def prepare(data):
    """Make this process what a dictionary says."""
    here = process.current_process()
    if 'name' in data:
        here.name = data['name']
    if 'authkey' in data:
        here.authkey = data['authkey']
    if data.get('log_to_stderr'):
        util.log_to_stderr()
    if 'log_level' in data:
        util.get_logger().setLevel(data['log_level'])
    for key, owner, attribute in (('sys_path', sys, 'path'), ('sys_argv', sys, 'argv'),
                                  ('orig_dir', process, 'ORIGINAL_DIR')):
        if key in data:
            setattr(owner, attribute, data[key])
    if 'start_method' in data:
        set_start_method(data['start_method'], force=True)
    if 'dir' in data:
        os.chdir(data['dir'])
    # At most one is there.
    for key, become in ('init_main_from_name', _fixup_main_from_name), ('init_main_from_path', _fixup_main_from_path):
        if key in data:
            become(data[key])


def _become_main(run):
    """Execute the main module once more, under the name __mp_main__, so that its "if" does not hold."""
    old_main_modules.append(sys.modules['__main__'])
    main = types.ModuleType("__mp_main__")
    main.__dict__.update(run())
    sys.modules['__main__'] = sys.modules['__mp_main__'] = main


def _fixup_main_from_name(mod_name):
    current = sys.modules['__main__']
    # Packages that are run do not run twice; and nothing is to be done if it is there already.
    if mod_name == "__main__" or mod_name.endswith(".__main__"):
        return
    if getattr(current.__spec__, "name", None) == mod_name:
        return
    import runpy
    _become_main(lambda: runpy.run_module(mod_name, run_name="__mp_main__", alter_sys=True))


def _fixup_main_from_path(main_path):
    current = sys.modules['__main__']
    # IPython has no main module to run again.
    if os.path.splitext(os.path.basename(main_path))[0] == 'ipython':
        return
    if getattr(current, '__file__', None) == main_path:
        return
    import runpy
    _become_main(lambda: runpy.run_path(main_path, run_name="__mp_main__"))


def import_main_path(main_path):
    """Make the file at a path the main module."""
    _fixup_main_from_path(main_path)
