# SPDX-License-Identifier: MIT
"""Where the program finds itself and its library: installations, links, PATH, PYTHONHOME, pyvenv.cfg, PYTHONPATH.

A copy of the executable in a temporary tree, its library a link to the one in use. Passes on CPython too.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

LIBRARY = os.path.dirname(os.path.realpath(os.__file__))
TELL = "import sys; print([%s])"


class Paths(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = os.path.realpath(tempfile.mkdtemp())
        cls.prefix = cls.join("prefix")
        cls.program = cls.join("prefix", "bin", "prog")
        os.makedirs(cls.join("prefix", "bin"))
        os.makedirs(cls.join("prefix", "lib", "python3.8", "lib-dynload"))
        shutil.copy(os.path.realpath(sys.executable), cls.program)
        for name in os.listdir(LIBRARY):
            if name not in ("lib-dynload", "site-packages", "test"):
                os.symlink(os.path.join(LIBRARY, name), cls.join("prefix", "lib", "python3.8", name))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def join(cls, *parts):
        return os.path.join(cls.folder, *parts)

    def ask(self, program, what, *options, argv0=None, cwd=None, **env):
        variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        variables.update(env)
        done = subprocess.run([argv0 or program, *options, "-c", TELL % what], executable=program, env=variables, cwd=cwd, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return eval(done.stdout)

    def test_installation(self):
        got = self.ask(self.program, "sys.prefix, sys.exec_prefix, sys.base_prefix, sys.executable, sys.path[1:4]", "-S")
        library = self.join("prefix", "lib", "python3.8")
        self.assertEqual(got[:4], [self.prefix, self.prefix, self.prefix, self.program])
        self.assertEqual(got[4][:2], [self.join("prefix", "lib", "python38.zip"), library])
        self.assertEqual(got[4][2], library + "/lib-dynload")

    def test_link(self):
        """A link finds the installation it leads to, and stays sys.executable."""
        link = self.join("a_link")
        os.symlink(self.program, link)
        self.assertEqual(self.ask(link, "sys.prefix, sys.executable"), [self.prefix, link])
        os.symlink("prefix/bin/prog", self.join("relative_link"))
        self.assertEqual(self.ask(self.join("relative_link"), "sys.prefix, sys.executable"), [self.prefix, self.join("relative_link")])

    def test_by_name(self):
        """A name without a slash is looked for along PATH; one that is not there is no executable."""
        path = self.join("none") + ":" + self.join("prefix", "bin") + ":/usr/bin"
        self.assertEqual(self.ask(self.program, "sys.executable", argv0="prog", PATH=path), [self.program])
        self.assertEqual(self.ask(self.program, "sys.executable", argv0="nothing_like_it", PYTHONHOME=self.prefix), [""])

    def test_relative(self):
        self.assertEqual(self.ask("./prog", "sys.executable, sys.prefix", cwd=self.join("prefix", "bin")),
                         [self.join("prefix", "bin", "prog"), self.prefix])

    def test_home(self):
        got = self.ask(self.program, "sys.prefix, sys.exec_prefix, sys.base_prefix, sys.path[1:]", "-S", PYTHONHOME=self.prefix + ":/other")
        self.assertEqual(got[:3], [self.prefix, "/other", self.prefix])
        self.assertEqual(got[3][:2], [self.prefix + "/lib/python38.zip", self.prefix + "/lib/python3.8"])
        self.assertEqual(self.ask(self.program, "sys.prefix", "-E", PYTHONHOME="/nonexistent"), [self.prefix])

    def test_pythonpath(self):
        got = self.ask(self.program, "sys.path[:4]", PYTHONPATH="/a::b")[0]
        self.assertEqual(got[:2], ["", "/a"])
        self.assertEqual([os.path.basename(entry) for entry in got[2:]], [os.path.basename(os.getcwd()), "b"])
        self.assertNotIn("/a", self.ask(self.program, "*sys.path", "-E", PYTHONPATH="/a"))
        self.assertNotIn("", self.ask(self.program, "*sys.path", "-I"))

    def make_venv(self, name, text):
        os.makedirs(self.join(name, "bin"))
        os.makedirs(self.join(name, "lib", "python3.8", "site-packages"))
        os.symlink(self.program, self.join(name, "bin", "prog"))
        with open(self.join(name, "pyvenv.cfg"), "w") as file:
            file.write(text)
        return self.join(name, "bin", "prog")

    def test_environment(self):
        program = self.make_venv("venv", "# a comment = 1\nsomething = else\nhome =   %s\ninclude-system-site-packages = false\n" % self.join("prefix", "bin"))
        what = "sys.prefix, sys.base_prefix, sys.exec_prefix, sys.executable"
        self.assertEqual(self.ask(program, what), [self.join("venv"), self.prefix, self.join("venv"), program])
        self.assertIn(self.join("venv", "lib", "python3.8", "site-packages"), self.ask(program, "*sys.path"))
        self.assertEqual(self.ask(program, what, "-S"), [self.prefix] * 3 + [program])

    def test_environment_beside(self):
        """pyvenv.cfg beside the program counts, too."""
        program = self.make_venv("flat", "home = %s\n" % self.join("prefix", "bin"))
        os.rename(self.join("flat", "pyvenv.cfg"), self.join("flat", "bin", "pyvenv.cfg"))
        self.assertEqual(self.ask(program, "sys.prefix, sys.base_prefix"), [self.join("flat"), self.prefix])

    def test_environment_without_home(self):
        program = self.make_venv("homeless", "version = 3.8\n")
        self.assertEqual(self.ask(program, "sys.prefix, sys.base_prefix"), [self.join("homeless"), self.prefix])


if __name__ == "__main__":
    unittest.main()
