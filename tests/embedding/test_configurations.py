# SPDX-License-Identifier: MIT
"""The ways to start the interpreter from C (PEP 587), as tests/embedding/programs/testembed.c takes them, and what configuration follows.

A row names a command and the fields that then differ from what the plain kind of configuration gives. The expected values are
those of CPython's test_embed, which passes with the same program: tests/embedding/README.md says how to run it.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.join(os.path.dirname(os.path.realpath(sys.executable)), "tests", "embedding", "testembed")
HOME = sys.prefix

DEV = {"dev_mode": 1, "faulthandler": 1, "warnoptions": ["default"]}
ISOLATED = {"isolated": 1, "use_environment": 0, "user_site_directory": 0}
FROM_ENVIRONMENT = {
    "use_hash_seed": 1, "hash_seed": 42, "tracemalloc": 2, "import_time": 1, "malloc_stats": 1, "inspect": 1,
    "optimization_level": 2, "pythonpath_env": "/my/path", "pycache_prefix": "env_pycache_prefix", "write_bytecode": 0,
    "verbose": 1, "buffered_stdio": 0, "stdio_encoding": "iso8859-1", "stdio_errors": "replace", "user_site_directory": 0,
    "faulthandler": 1, "warnoptions": ["EnvVar"],
}
SHOW = "import _testinternalcapi, json; print(json.dumps(_testinternalcapi.get_configs()))\n"

# command: (kind, fields of the configuration, fields of the pre-configuration)
ROWS = {
    "test_init_initialize_config": (1, {}, {}),
    "test_preinit_compat_config": (1, {}, {}),
    "test_init_compat_config": (1, {}, {}),
    "test_preinit_python_config": (2, {}, {}),
    "test_init_python_config": (2, {}, {}),
    "test_preinit_isolated_config": (3, ISOLATED, {}),
    "test_init_isolated_config": (3, ISOLATED, {}),
    "test_init_global_config": (1, {
        "program_name": "./globalvar", "site_import": 0, "bytes_warning": 1, "warnoptions": ["default::BytesWarning"],
        "inspect": 1, "interactive": 1, "optimization_level": 2, "write_bytecode": 0, "verbose": 1, "quiet": 1,
        "buffered_stdio": 0, "user_site_directory": 0, "pathconfig_warnings": 0}, {"utf8_mode": 1}),
    "test_init_from_config": (1, {
        "install_signal_handlers": 0, "use_hash_seed": 1, "hash_seed": 123, "tracemalloc": 2, "import_time": 1,
        "show_ref_count": 1, "show_alloc_count": 1, "malloc_stats": 1, "stdio_encoding": "iso8859-1", "stdio_errors": "replace",
        "pycache_prefix": "conf_pycache_prefix", "program_name": "./conf_program_name", "argv": ["-c", "arg2"],
        "parse_argv": 1, "run_command": "pass\n", "site_import": 0, "bytes_warning": 1, "inspect": 1, "interactive": 1,
        "xoptions": ["config_xoption1=3", "config_xoption2=", "config_xoption3", "cmdline_xoption"],
        "warnoptions": ["cmdline_warnoption", "default::BytesWarning", "config_warnoption"],
        "optimization_level": 2, "write_bytecode": 0, "verbose": 1, "quiet": 1, "configure_c_stdio": 1, "buffered_stdio": 0,
        "user_site_directory": 0, "faulthandler": 1, "check_hash_pycs_mode": "always", "pathconfig_warnings": 0},
        {"allocator": 3, "utf8_mode": 1}),
    "test_init_compat_env": (1, FROM_ENVIRONMENT, {"allocator": 3, "utf8_mode": 0}),
    "test_init_python_env": (2, FROM_ENVIRONMENT, {"allocator": 3, "utf8_mode": 1}),
    "test_init_env_dev_mode": (1, DEV, {"allocator": 2}),
    "test_init_env_dev_mode_alloc": (1, DEV, {"allocator": 3}),
    "test_init_dev_mode": (2, DEV, {"allocator": 2}),
    "test_preinit_parse_argv": (2, dict(DEV, argv=["script.py"], run_filename="script.py", xoptions=["dev"]), {"allocator": 2}),
    "test_preinit_dont_parse_argv": (
        3, {"argv": ["python3", "-E", "-I", "-X", "dev", "-X", "utf8", "script.py"], "isolated": 0}, {"isolated": 0}),
    "test_init_isolated_flag": (2, ISOLATED, {"isolated": 1, "use_environment": 0}),
    "test_preinit_isolated1": (1, ISOLATED, {"isolated": 1, "use_environment": 0}),
    "test_preinit_isolated2": (1, ISOLATED, {"isolated": 1, "use_environment": 0}),
    "test_init_dont_configure_locale": (2, {}, {"configure_locale": 0, "coerce_c_locale": 0, "coerce_c_locale_warn": 0}),
    "test_init_read_set": (2, {"program_name": "./init_read_set", "executable": "my_executable"}, {}),
    "test_init_sys_add": (2, {
        "faulthandler": 1, "xoptions": ["config_xoption", "cmdline_xoption", "sysadd_xoption", "faulthandler"],
        "warnoptions": ["ignore:::cmdline_warnoption", "ignore:::sysadd_warnoption", "ignore:::config_warnoption"]}, {}),
    "test_init_warnoptions": (2, {
        "dev_mode": 1, "faulthandler": 1, "bytes_warning": 1, "warnoptions": [
            "ignore:::PyConfig_Insert0", "default", "ignore:::env1", "ignore:::env2", "ignore:::cmdline1",
            "ignore:::cmdline2", "default::BytesWarning", "ignore:::PySys_AddWarnOption1",
            "ignore:::PySys_AddWarnOption2", "ignore:::PyConfig_BeforeRead", "ignore:::PyConfig_AfterRead"]}, {"allocator": 2}),
    "test_init_parse_argv": (2, {
        "argv": ["-c", "arg1", "-v", "arg3"], "program_name": "./argv0", "run_command": "pass\n", "use_environment": 0}, {}),
    "test_init_dont_parse_argv": (2, {
        "argv": ["./argv0", "-E", "-c", "pass", "arg1", "-v", "arg3"], "program_name": "./argv0", "parse_argv": 0}, {}),
    "test_init_run_main": (2, {"argv": ["-c", "arg2"], "program_name": "./python3", "run_command": SHOW}, {}),
    "test_init_main": (2, {"argv": ["-c", "arg2"], "program_name": "./python3", "run_command": SHOW, "_init_main": 0}, {}),
}

# What each kind gives when nothing is set: compat, python, isolated.
PLAIN = {
    "isolated": (0, 0, 1), "use_environment": (1, 1, 0), "dev_mode": (0, 0, 0), "install_signal_handlers": (1, 1, 0),
    "use_hash_seed": (0, 0, 0), "hash_seed": (0, 0, 0), "faulthandler": (0, 0, 0), "tracemalloc": (0, 0, 0),
    "import_time": (0, 0, 0), "show_ref_count": (0, 0, 0), "show_alloc_count": (0, 0, 0), "dump_refs": (0, 0, 0),
    "malloc_stats": (0, 0, 0), "pycache_prefix": (None,) * 3, "program_name": ("./_testembed",) * 3, "parse_argv": (0, 1, 0),
    "argv": ([""],) * 3, "xoptions": ([],) * 3, "warnoptions": ([],) * 3, "pythonpath_env": (None,) * 3, "home": (None,) * 3,
    "site_import": (1, 1, 1), "bytes_warning": (0, 0, 0), "inspect": (0, 0, 0), "interactive": (0, 0, 0),
    "optimization_level": (0, 0, 0), "parser_debug": (0, 0, 0), "write_bytecode": (1, 1, 1), "verbose": (0, 0, 0),
    "quiet": (0, 0, 0), "user_site_directory": (1, 1, 0), "configure_c_stdio": (0, 1, 0), "buffered_stdio": (1, 1, 1),
    "skip_source_first_line": (0, 0, 0), "run_command": (None,) * 3, "run_module": (None,) * 3, "run_filename": (None,) * 3,
    "_install_importlib": (1, 1, 1), "check_hash_pycs_mode": ("default",) * 3, "pathconfig_warnings": (1, 1, 0),
    "_init_main": (1, 1, 1), "_config_init": (1, 2, 3),
}
GLOBALS = {
    "Py_IsolatedFlag": "isolated", "Py_BytesWarningFlag": "bytes_warning", "Py_InspectFlag": "inspect",
    "Py_InteractiveFlag": "interactive", "Py_OptimizeFlag": "optimization_level", "Py_VerboseFlag": "verbose",
    "Py_QuietFlag": "quiet", "Py_FileSystemDefaultEncoding": "filesystem_encoding",
}
NEGATED = {
    "Py_IgnoreEnvironmentFlag": "use_environment", "Py_DontWriteBytecodeFlag": "write_bytecode",
    "Py_UnbufferedStdioFlag": "buffered_stdio", "Py_NoSiteFlag": "site_import", "Py_NoUserSiteDirectory": "user_site_directory",
}


def run(command, **env):
    if not os.path.exists(PROGRAM):
        raise unittest.SkipTest("no embedding programs in this build")
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    surroundings.update(env)
    done = subprocess.run([PROGRAM, command], env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=60, universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class Configurations(unittest.TestCase):
    maxDiff = None

    def configs(self, command, **env):
        code, out, err = run(command, **env)
        self.assertEqual(code, 0, err)
        return json.loads(out)

    def test_rows(self):
        for command, (kind, fields, before) in ROWS.items():
            with self.subTest(command):
                got = self.configs(command)
                expected = dict({name: values[kind - 1] for name, values in PLAIN.items()}, **fields)
                self.assertEqual({name: got["config"][name] for name in expected}, expected)
                self.assertEqual({name: got["pre_config"][name] for name in before}, before)

    def test_globals_follow(self):
        for command in ("test_init_global_config", "test_init_from_config", "test_preinit_isolated_config"):
            with self.subTest(command):
                got = self.configs(command)
                for name, field in GLOBALS.items():
                    self.assertEqual(got["global_config"][name], got["config"][field], name)
                for name, field in NEGATED.items():
                    self.assertEqual(got["global_config"][name], int(not got["config"][field]), name)

    def test_two_phases(self):
        self.assertEqual(run("test_init_main")[2].strip(), "Run Python code before _Py_InitializeMain")

    def test_changed_search_path(self):
        plain = self.configs("test_init_python_config")["config"]["module_search_paths"]
        changed = self.configs("test_init_read_set")["config"]["module_search_paths"]
        self.assertEqual(changed, plain[:1] + ["test_path_insert1"] + plain[1:] + ["test_path_append"])

    def test_set_path(self):
        paths = self.configs("test_init_compat_config")["config"]["module_search_paths"]
        got = self.configs("test_init_setpath", TESTPATH=":".join(paths))["config"]
        self.assertEqual(got["module_search_paths"], paths)
        self.assertEqual([got[k] for k in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix")], [""] * 4)
        got = self.configs("test_init_setpath_config", TESTPATH=":".join(paths))["config"]
        self.assertEqual((got["program_name"], got["executable"], got["base_executable"]),
                         ("conf_program_name", "conf_executable", "conf_executable"))

    def test_set_home(self):
        got = self.configs("test_init_setpythonhome", TESTHOME=HOME)["config"]
        self.assertEqual((got["home"], got["prefix"], got["base_exec_prefix"]), (HOME, HOME, HOME))
        self.assertEqual(got["module_search_paths"][:2], [HOME + "/lib/python38.zip", HOME + "/lib/python3.8"])


class Starts(unittest.TestCase):
    def check(self, command, out="", code=0, err="", **env):
        self.assertEqual(run(command, **env), (code, out, err))

    def test_several_interpreters(self):
        code, out, err = run("test_repeated_init_and_subinterpreters")
        self.assertEqual((code, err), (0, ""))
        passes = out.split("--- Pass ")[1:]
        self.assertEqual(len(passes), 15)
        for text in passes:
            lines = re.findall(r"^interp (\d+) <(0x[\dA-F]+)>, thread state <(0x[\dA-F]+)>: id\(modules\) = (\d+)$", text, re.M)
            self.assertEqual([line[0] for line in lines], ["0", "1", "2", "3", "0"])
            self.assertEqual(lines[0], lines[4])
            for line in lines[1:4]:
                self.assertFalse(set(line[1:]) & set(lines[0][1:]))

    def test_stream_encodings(self):
        code, out, err = run("test_forced_io_encoding", PYTHONIOENCODING="utf-8:surrogateescape")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(re.findall("^std(?:in|out|err): (.*)$", out, re.M), [
            "utf-8:surrogateescape", "utf-8:surrogateescape", "utf-8:backslashreplace",
            "utf-8:ignore", "utf-8:ignore", "utf-8:backslashreplace",
            "iso8859-1:surrogateescape", "iso8859-1:surrogateescape", "iso8859-1:backslashreplace",
            "iso8859-1:replace", "iso8859-1:replace", "iso8859-1:backslashreplace"])

    def test_before_start(self):
        self.check("test_pre_initialization_api", "sys.executable: %s/spam\n" % os.getcwd())
        self.check("test_pre_initialization_sys_options",
                   "sys.warnoptions: ['once', 'module', 'default']\n"
                   "sys._xoptions: {'not_an_option': '1', 'also_not_an_option': '2'}\n"
                   "warnings.filters[:3]: ['default', 'module', 'once']\n")

    def test_starts(self):
        self.check("test_bpo20891")
        self.check("test_initialize_twice")
        self.check("test_initialize_pymain", "Py_Main() after Py_Initialize: sys.argv=['-c', 'arg2']\n")
        self.check("test_run_main", "Py_RunMain(): sys.argv=['-c', 'arg2']\n")


class Auditing(unittest.TestCase):
    def test_hooks(self):
        for command in ("test_open_code_hook", "test_audit", "test_audit_subinterpreter"):
            with self.subTest(command):
                self.assertEqual(run(command), (0, "", ""))

    def test_runs(self):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as startup:
            startup.write("import sys\nsys.__interactivehook__ = lambda: None\n")
            startup.flush()
            for name, expected in (("command", 1), ("file", 1), ("stdin", 1), ("interactivehook", 10), ("startup", 10)):
                with self.subTest(name):
                    code, out, err = run("test_audit_run_" + name, PYTHONSTARTUP=startup.name)
                    self.assertEqual(code, expected)
                    self.assertEqual("RuntimeError: detected cpython.run_%s(" % name in err, expected == 1, err)


if __name__ == "__main__":
    unittest.main()
