# SPDX-License-Identifier: MIT
"""Virtual environments, and pip in them: wheels of Python and of binary code, made here, installed without a network."""
import base64
import csv
import glob
import hashlib
import io
import os
import shutil
import sys
import unittest
import zipfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "support"))
from installed import Installed, run, sanitized, tool

SUFFIX = ".cpython-38-x86_64-linux-gnu.so"
FOLDERS = ("/usr/share/python-wheels", os.environ.get("ENSUREPIP_WHEELS", ""))
PIP = [path for folder in FOLDERS for path in glob.glob(folder + "/pip-*.whl")]
SETUPTOOLS = [path for folder in FOLDERS for path in glob.glob(folder + "/setuptools-*.whl")]


def make_wheel(folder, name, tag, files, entry_points=""):
    """A wheel file of version 1.0 with these files, a dict of bytes."""
    info = name + "-1.0.dist-info/"
    files = dict(files)
    files[info + "METADATA"] = b"Metadata-Version: 2.1\nName: %s\nVersion: 1.0\nSummary: made by a test\n" % name.encode()
    files[info + "WHEEL"] = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: %s\nTag: %s\n" % (
        b"true" if tag.endswith("any") else b"false", tag.encode())
    if entry_points:
        files[info + "entry_points.txt"] = entry_points.encode()
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    for path, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        rows.writerow([path, "sha256=" + digest, len(data)])
    rows.writerow([info + "RECORD", "", ""])
    files[info + "RECORD"] = record.getvalue().encode()
    target = os.path.join(folder, "%s-1.0-%s.whl" % (name, tag))
    with zipfile.ZipFile(target, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return target


class VirtualEnvironments(Installed):
    def test_without_pip(self):
        home = os.path.join(self.folder, "bare")
        self.python("-m", "venv", "--without-pip", home)
        for name in ("python", "python3", "taipan"):
            out = run(os.path.join(home, "bin", name), "-c", "import sys; print(sys.prefix, sys.base_prefix, sys.exec_prefix, sys.executable)")
            self.assertEqual(out.split(), [home, self.prefix, home, os.path.join(home, "bin", name)])
        with open(os.path.join(home, "pyvenv.cfg")) as file:
            self.assertEqual(file.read().splitlines(), ["home = " + self.prefix + "/bin", "include-system-site-packages = false",
                                                        "version = 3.8.18"])
        out = run("sh", "-c", ". %s/bin/activate && python -c 'import sys; print(sys.prefix)' && deactivate" % home)
        self.assertEqual(out.strip(), home)

    def test_site_packages(self):
        home = os.path.join(self.folder, "packages")
        self.python("-m", "venv", "--without-pip", home)
        with open(os.path.join(home, "lib", "python3.8", "site-packages", "only_here.py"), "w") as file:
            file.write("value = 42\n")
        self.assertEqual(run(home + "/bin/python", "-c", "import only_here; print(only_here.value)"), "42\n")
        with self.assertRaisesRegex(AssertionError, "No module named 'only_here'"):
            self.python("-c", "import only_here")

    def test_no_wheels(self):
        """Without wheels ensurepip says what it looked for."""
        with self.assertRaisesRegex(AssertionError, "no wheel of (setuptools|pip) found; name its folder in ENSUREPIP_WHEELS"):
            self.python("-c", "import ensurepip; ensurepip._SYSTEM_FOLDERS = (); ensurepip.bootstrap()")


@unittest.skipUnless(PIP and SETUPTOOLS, "no wheels of pip and setuptools here (python3-pip-whl, python3-setuptools-whl)")
class Pip(Installed):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = os.path.join(cls.folder, "venv")
        try:
            run(os.path.join(cls.prefix, "bin", "taipan"), "-m", "venv", cls.home)
        except AssertionError:
            cls.tearDownClass()
            raise

    def pip(self, *words):
        return run(os.path.join(self.home, "bin", "pip"), "--disable-pip-version-check", *words)

    def inside(self, *words, **kwargs):
        return run(os.path.join(self.home, "bin", "python"), *words, **kwargs)

    def test_installed(self):
        for name in ("pip", "pip3", "pip3.8"):
            self.assertTrue(os.access(os.path.join(self.home, "bin", name), os.X_OK), name)
        self.assertIn("(python 3.8)", self.pip("--version"))
        self.assertLessEqual({"pip", "setuptools"}, {line.split("=")[0] for line in self.pip("list", "--format=freeze").splitlines()})

    def test_tags(self):
        tags = self.inside("-c", "from pip._internal.utils.compatibility_tags import get_supported\nfor tag in get_supported(): print(tag)").split()
        self.assertEqual(tags[0][:11], "cp38-cp38-m")
        self.assertEqual(tags[-1], "py30-none-any")
        for tag in ("cp38-cp38-manylinux2014_x86_64", "cp38-abi3-manylinux2014_x86_64", "cp38-cp38-manylinux1_x86_64", "cp38-cp38-linux_x86_64",
                    "cp38-none-linux_x86_64", "cp36-abi3-manylinux_2_17_x86_64", "cp38-none-any", "py3-none-any"):
            self.assertIn(tag, tags)
        self.assertEqual([tag for tag in tags if tag.startswith("cp39")], [])

    def test_pure_wheel(self):
        wheel = make_wheel(self.folder, "greeting", "py3-none-any",
                           {"greeting/__init__.py": b"def main():\n    print('hello from', __name__)\n"},
                           "[console_scripts]\ngreet = greeting:main\n")
        self.assertIn("Successfully installed greeting-1.0", self.pip("install", "--no-index", wheel))
        self.assertEqual(run(os.path.join(self.home, "bin", "greet")), "hello from greeting\n")
        self.assertEqual(self.inside("-c", "import importlib.metadata as m; print(m.version('greeting'))"), "1.0\n")
        self.assertTrue(glob.glob(self.home + "/lib/python3.8/site-packages/greeting/__pycache__/*.cpython-38.pyc"))
        self.assertIn("greeting==1.0", self.pip("list", "--format=freeze"))
        self.assertIn("Successfully uninstalled greeting-1.0", self.pip("uninstall", "-y", "greeting"))
        with self.assertRaises(AssertionError):
            self.inside("-c", "import greeting")

    @unittest.skipIf(sanitized(), "not built with sanitizers")
    def test_binary_wheels(self):
        """The same module under the tags of this version and of the stable interface; a wheel for another version is refused."""
        tool("make")
        source = self.copy("examples", "extension")
        run("make", "PREFIX=" + self.prefix, cwd=source)
        with open(source + "/planar" + SUFFIX, "rb") as file:
            code = file.read()
        for tag in ("cp38-cp38-manylinux2014_x86_64", "cp36-abi3-manylinux2014_x86_64"):
            wheel = make_wheel(self.folder, "planar", tag, {"planar" + (SUFFIX if "cp38" in tag else ".abi3.so"): code})
            self.pip("install", "--no-index", "--force-reinstall", wheel)
            self.assertEqual(self.inside(source + "/use.py"), "Vector(3.0, 6.0) 5.0 7.0\n")
        wheel = make_wheel(self.folder, "planar", "cp39-cp39-manylinux2014_x86_64", {"planar.so": code})
        with self.assertRaisesRegex(AssertionError, "is not a supported wheel on this platform"):
            self.pip("install", "--no-index", wheel)
        self.pip("uninstall", "-y", "planar")

    def test_find_links(self):
        """Versions and requirements are resolved among the files of a folder."""
        folder = os.path.join(self.folder, "links")
        os.makedirs(folder)
        for name, needs in (("upper", b"Requires-Dist: lower>=1\n"), ("lower", b"")):
            path = make_wheel(folder, name, "py3-none-any", {name + ".py": b"name = __name__\n"})
            with zipfile.ZipFile(path) as old:
                files = {n: old.read(n) for n in old.namelist()}
            os.unlink(path)
            files[name + "-1.0.dist-info/METADATA"] += needs
            with zipfile.ZipFile(path, "w") as new:
                for n, data in files.items():
                    new.writestr(n, data)
        self.assertIn("Successfully installed lower-1.0 upper-1.0", self.pip("install", "--no-index", "--find-links", folder, "upper"))
        self.assertEqual(self.inside("-c", "import lower, upper; print(lower.name, upper.name)"), "lower upper\n")
        self.assertIn("No broken requirements found", self.pip("check"))

    @unittest.skipIf(sanitized(), "not built with sanitizers")
    def test_setuptools(self):
        """setup.py by setuptools, on top of distutils."""
        tool("gcc")
        source = self.copy("examples", "extension")
        try:
            self.inside("-c", "import setuptools")
        except AssertionError as error:
            self.skipTest(str(error)[-200:])
        self.inside("setup.py", "-q", "build_ext", "--inplace", cwd=source)
        self.assertEqual(self.inside("use.py", cwd=source), "Vector(3.0, 6.0) 5.0 7.0\n")
        self.inside("setup.py", "-q", "sdist", cwd=source)
        self.assertEqual(os.listdir(source + "/dist"), ["planar-1.0.tar.gz"])


if __name__ == "__main__":
    unittest.main()
