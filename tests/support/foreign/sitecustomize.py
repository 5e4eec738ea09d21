# SPDX-License-Identifier: MIT
"""Put on the path by tools/foreign_binaries: the modules that TAIPAN_FOREIGN names come from the binaries in TAIPAN_FOREIGN_FOLDER."""
import glob
import importlib.machinery
import importlib.util
import os
import sys

for name in filter(None, os.environ.get("TAIPAN_FOREIGN", "").split(",")):
    for path in glob.glob(os.path.join(os.environ["TAIPAN_FOREIGN_FOLDER"], name + ".cpython-38-*.so")):
        loader = importlib.machinery.ExtensionFileLoader(name, path)
        module = importlib.util.module_from_spec(importlib.util.spec_from_file_location(name, path, loader=loader))
        sys.modules[name] = module
        loader.exec_module(module)
