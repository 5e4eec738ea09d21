# SPDX-License-Identifier: MIT
# Frozen as __hello__, __phello__ and __phello__.spam: something for tests of frozen modules to import.
initialized = True
print('Hello world!')
