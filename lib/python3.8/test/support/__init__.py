# SPDX-License-Identifier: MIT
"""What tests share: files, modules, skipping, watching, running.

A test runner sets the values below; who runs tests without one has all resources and no limits.
"""
verbose = 1                     # how much is printed; 0 for errors only
use_resources = None            # the names of resources that may be used; None for all
max_memuse = 0                  # bytes that large tests may use; then they are small if it is 0
real_max_memuse = 0             # the same, where more than there are addresses was given
junit_xml_list = None           # where results are put as XML elements
failfast = False                # whether to end with the first failure
environment_altered = False     # whether a test has left something behind
PGO = False                     # whether a profile is being made, and by all tests
PGO_EXTENDED = False

from test.support._skips import (
    HAVE_DOCSTRINGS, MAX_Py_ssize_t, MISSING_C_DOCSTRINGS, ResourceDenied, _1G, _1M, _2G, _4G, _is_gui_available,
    _MemoryWatchdog, bigaddrspacetest, bigmemtest, check_impl_detail, cpython_only, impl_detail, is_android, is_jython,
    is_resource_enabled, missing_compiler_executable, no_tracing, python_is_optimized, refcount_test, requires,
    requires_bz2, requires_docstrings, requires_freebsd_version, requires_gzip, requires_hashdigest, requires_IEEE_754,
    requires_linux_version, requires_lzma, requires_mac_ver, requires_resource, requires_type_collecting, requires_zlib,
    set_memlimit, skip_if_broken_multiprocessing_synchronize, skip_if_buggy_ucrt_strfptime, skip_if_pgo_task,
    system_must_validate_cert, unix_shell, with_pymalloc)
from test.support._files import (
    FS_NONASCII, SAVEDCWD, TEST_DATA_DIR, TEST_HOME_DIR, TEST_SUPPORT_DIR, TESTFN, TESTFN_ENCODING, TESTFN_NONASCII,
    TESTFN_UNDECODABLE, TESTFN_UNENCODABLE, TESTFN_UNICODE, _longpath, FakePath, PythonSymlink, can_symlink, can_xattr, change_cwd,
    create_empty_file, fd_count, findfile, fs_is_case_insensitive, make_bad_fd, rmdir, rmtree, skip_unless_symlink,
    skip_unless_xattr, temp_cwd, temp_dir, temp_umask, unlink)
from test.support._modules import (
    CleanImport, DirsOnSysPath, check__all__, detect_api_mismatch, forget, get_attribute, import_fresh_module,
    import_module, make_legacy_pyc, modules_cleanup, modules_setup, unload)
from test.support._watching import (
    EnvironmentVarGuard, Matcher, SaveSignals, SuppressCrashReport, TestHandler, WarningsRecorder,
    adjust_int_max_str_digits, captured_output, captured_stderr, captured_stdin, captured_stdout,
    catch_threading_exception, catch_unraisable_exception, check_no_resource_warning, check_no_warnings, check_warnings,
    disable_faulthandler, disable_gc, gc_collect, ignore_warnings, join_thread, patch, print_warning, reap_children,
    reap_threads, run_with_locale, run_with_tz, save_restore_warnings_filters, setswitchinterval, start_threads,
    strip_python_stderr, suppress_msvcrt_asserts, swap_attr, swap_item, threading_cleanup, threading_setup,
    wait_threads_exit)
from test.support._network import (
    HOST, IPV6_ENABLED, PIPE_MAX_SIZE, SOCK_MAX_SIZE, TEST_HTTP_URL, HOSTv4, HOSTv6, TransientResource, bind_port,
    bind_unix_socket, find_unused_port, get_socket_conn_refused_errs, ioerror_peer_reset, open_urlresource,
    skip_unless_bind_unix_socket, socket_peer_reset, time_out, transient_internet)
from test.support._running import (
    _ALWAYS_EQ, _LARGEST, _SMALLEST, ALWAYS_EQ, LARGEST, NHASHBITS, SMALLEST, BasicTestRunner, Error, TestDidNotRun,
    TestFailed, anticipate_failure, args_from_interpreter_flags, calcobjsize, calcvobjsize, check_free_after_iterating,
    check_sizeof, check_syntax_error, check_syntax_warning, collision_stats, load_package_tests, match_test,
    maybe_get_event_loop_policy, optim_args_from_interpreter_flags, run_doctest, run_in_subinterp, run_unittest,
    set_match_tests, sortdict)
from test.support.testresult import get_test_runner

# The streams that a runner began with, for output that is not a test's.
_original_stdout = None


def record_original_stdout(stdout):
    """Remember a stream for get_original_stdout()."""
    global _original_stdout
    _original_stdout = stdout


def get_original_stdout():
    """The stream that was remembered, or sys.stdout."""
    import sys
    return _original_stdout or sys.stdout


__all__ = [
    'PIPE_MAX_SIZE', 'verbose', 'max_memuse', 'use_resources', 'failfast',
    'Error', 'TestFailed', 'TestDidNotRun', 'ResourceDenied',
    'import_module', 'import_fresh_module', 'CleanImport', 'unload', 'forget',
    'record_original_stdout', 'get_original_stdout', 'captured_stdout', 'captured_stdin', 'captured_stderr',
    'TESTFN', 'SAVEDCWD', 'unlink', 'rmtree', 'temp_cwd', 'findfile', 'create_empty_file', 'can_symlink',
    'fs_is_case_insensitive',
    'is_resource_enabled', 'requires', 'requires_freebsd_version', 'requires_linux_version', 'requires_mac_ver',
    'requires_hashdigest', 'check_syntax_error', 'check_syntax_warning',
    'TransientResource', 'time_out', 'socket_peer_reset', 'ioerror_peer_reset', 'transient_internet',
    'BasicTestRunner', 'run_unittest', 'run_doctest',
    'skip_unless_symlink', 'requires_gzip', 'requires_bz2', 'requires_lzma', 'bigmemtest', 'bigaddrspacetest',
    'cpython_only', 'get_attribute', 'requires_IEEE_754', 'skip_unless_xattr', 'requires_zlib', 'anticipate_failure',
    'load_package_tests', 'detect_api_mismatch', 'check__all__', 'skip_unless_bind_unix_socket',
    'skip_if_buggy_ucrt_strfptime', 'ignore_warnings',
    'is_jython', 'is_android', 'check_impl_detail', 'unix_shell', 'setswitchinterval',
    'HOST', 'IPV6_ENABLED', 'find_unused_port', 'bind_port', 'open_urlresource', 'bind_unix_socket',
    'temp_umask', 'reap_children', 'TestHandler',
    'threading_setup', 'threading_cleanup', 'reap_threads', 'start_threads',
    'check_warnings', 'check_no_resource_warning', 'check_no_warnings', 'EnvironmentVarGuard', 'run_with_locale',
    'swap_item', 'swap_attr', 'Matcher', 'set_memlimit', 'SuppressCrashReport', 'sortdict', 'run_with_tz', 'PGO',
    'missing_compiler_executable', 'fd_count', 'ALWAYS_EQ', 'LARGEST', 'SMALLEST']
