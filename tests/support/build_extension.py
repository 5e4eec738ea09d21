# SPDX-License-Identifier: MIT
"""Compile one C file of the tests into an extension module and import it; SkipTest where there is no compiler."""
import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))


def load(source, *options):
    """The module that source (a path ending in NAME.c) defines. The public headers are the only interface."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise unittest.SkipTest("no C compiler")
    name = os.path.basename(source)[:-2]
    folder = tempfile.mkdtemp()
    try:
        target = os.path.join(folder, name + ".so")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-I", os.path.join(ROOT, "include"), *options, source, "-o", target],
                       check=True)
        loader = importlib.machinery.ExtensionFileLoader(name, target)
        module = importlib.util.module_from_spec(importlib.util.spec_from_file_location(name, target, loader=loader))
        loader.exec_module(module)
        return module
    finally:
        shutil.rmtree(folder)
