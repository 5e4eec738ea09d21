# SPDX-License-Identifier: MIT
"""Parts shared by gen.py and check."""

import gzip
import json
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
MANIFEST = os.path.join(HERE, 'manifest.json.gz')
REFERENCE_VERSION = '3.8.18'


def find_reference(option=None):
    """The prefix of CPython 3.8: option, environment, pyenv, PATH."""
    prefix = option or os.environ.get('TAIPAN_REFERENCE')
    if not prefix and shutil.which('pyenv'):
        done = subprocess.run(['pyenv', 'prefix', REFERENCE_VERSION],
                              stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
        if done.returncode == 0:
            prefix = done.stdout.strip()
    if not prefix and shutil.which('python3.8'):
        done = subprocess.run(['python3.8', '-c',
                               'import sys; print(sys.prefix)'],
                              stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
        if done.returncode == 0:
            prefix = done.stdout.strip()
    if not prefix:
        raise SystemExit('no reference interpreter: give --reference PREFIX '
                         'or set TAIPAN_REFERENCE (CPython %s)'
                         % REFERENCE_VERSION)
    return os.path.abspath(os.path.expanduser(prefix))


ADDRESS = re.compile(r' at 0x[0-9a-fA-F]+')
STREAM = re.compile(r'<(\w+(?:\.\w+)*) name=[^<>]*>')


def stable(text):
    """A signature without what changes from run to run."""
    text = ADDRESS.sub('', text)
    return STREAM.sub(r'<\1>', text)


def looks_local(text):
    """Does a value hold a folder of the machine it was taken from?"""
    return bool(re.search(r'/(home|root|tmp|usr/local|build)/', text))


def write_text(path, text):
    data = text.encode('utf-8')
    if path.endswith('.gz'):
        with open(path, 'wb') as raw:
            with gzip.GzipFile(filename='', mode='wb', fileobj=raw,
                               mtime=0) as packed:
                packed.write(data)
    else:
        with open(path, 'wb') as raw:
            raw.write(data)


def read_json(path):
    opener = gzip.open if path.endswith('.gz') else open
    with opener(path, 'rt', encoding='utf-8') as file:
        return json.load(file)
