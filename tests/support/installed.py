# SPDX-License-Identifier: MIT
"""An installation of the build that runs this test, in a temporary folder; SkipTest where there is none to install."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = os.path.dirname(os.path.realpath(sys.executable))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))


def tool(name):
    """The path of a program, or SkipTest."""
    found = shutil.which(name)
    if found is None:
        raise unittest.SkipTest("no " + name)
    return found


def environment(**more):
    """The environment without what would lead an interpreter elsewhere."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV")) and name not in ("CC", "CFLAGS", "LDFLAGS", "MAKEFLAGS")}
    return dict(kept, **more)


def run(*words, cwd=None, **more):
    """The output of a command; AssertionError with its output if it fails. more: variables of its environment."""
    done = subprocess.run(words, cwd=cwd, env=environment(**more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, universal_newlines=True, timeout=250)
    if done.returncode:
        raise AssertionError("%s: status %d\n%s" % (" ".join(words), done.returncode, done.stdout))
    return done.stdout


class Installed(unittest.TestCase):
    """Tests with cls.prefix, where the build is installed, and cls.folder, scratch space; both go away."""

    @classmethod
    def setUpClass(cls):
        if not os.path.exists(os.path.join(BUILD, "cmake_install.cmake")):
            raise unittest.SkipTest("%s is no build" % BUILD)
        cmake = tool("cmake")
        cls.folder = os.path.realpath(tempfile.mkdtemp())
        cls.prefix = os.path.join(cls.folder, "prefix")
        run(cmake, "--install", BUILD, "--prefix", cls.prefix)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def copy(self, *path):
        """A copy of a folder of the sources to build in."""
        target = tempfile.mkdtemp(dir=self.folder)
        return shutil.copytree(os.path.join(ROOT, *path), os.path.join(target, path[-1]))

    def python(self, *words, **more):
        return run(os.path.join(self.prefix, "bin", "taipan"), *words, **more)


def sanitized():
    """The options that a program needs which is linked with a library of this build."""
    with open(os.path.join(BUILD, "CMakeCache.txt")) as cache:
        for line in cache:
            if line.startswith("TAIPAN_SANITIZE:") and line.strip().partition("=")[2]:
                return "-fsanitize=" + line.strip().partition("=")[2]
    return ""
