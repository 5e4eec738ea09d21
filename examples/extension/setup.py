# SPDX-License-Identifier: MIT
"""Build and install planar: with setuptools where it is (pip brings it), else with distutils."""
try:
    from setuptools import Extension, setup
except ImportError:
    from distutils.core import Extension, setup

setup(name="planar", version="1.0", description="Vectors of two numbers.", url="https://example.org/planar",
      author="taipan", author_email="nobody@example.org",
      ext_modules=[Extension("planar", sources=["planar.c"], libraries=["m"])])
