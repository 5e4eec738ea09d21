# SPDX-License-Identifier: MIT
"""ratchet.py [--update] TAIPAN REFERENCE: no test of the reference's suite that passed may fail.

TAIPAN runs the files of each set below (tests/conformance/run), and what passes is compared with the set's list.  A test
that fails gets a second chance, its file alone.  --update runs everything twice and lists what passed both times.
"""
import gzip
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'tests', 'conformance')
# The library that TAIPAN uses, the list of what passes, the groups of files.
SETS = (
    ('reference', 'passing.txt.gz', 'core,capi'),
    ('own', 'passing_own.txt.gz', 'language,builtins,runtime,stdlib-core,stdlib-text,stdlib-data,net,tools'),
)


class Runner:
    """Runs the conformance script for one library."""

    def __init__(self, taipan, reference, library, folder):
        self.command = [sys.executable, os.path.join(HERE, 'run'), '--python', taipan, '--lib', library,
                        '--reference', reference, '--test-timeout', '60', '-j2']
        if library == 'own':
            self.command += ['--tests', 'placed']
        self.folder = folder

    def passed(self, *selection):
        """The set of 'unit<TAB>test' that pass among the selection."""
        found = os.path.join(self.folder, 'found.json')
        subprocess.run(self.command + list(selection) + ['--json', found], stdout=subprocess.DEVNULL)
        with open(found) as file:
            units = json.load(file)['units']
        return {'%s\t%s' % (unit, test) for unit, results in units.items()
                for test, outcome in results['tests'].items() if outcome[0] == 'ok'}


def update(runner, listing, groups):
    """Write the list of a set."""
    both = runner.passed('--group', groups) & runner.passed('--group', groups)
    with gzip.GzipFile(listing, 'wb', mtime=0) as file:
        file.write(('\n'.join(sorted(both)) + '\n').encode())
    print('%s: %d tests listed' % (os.path.basename(listing), len(both)))
    return True


def check(runner, listing, groups):
    """Compare with the list of a set; tell whether nothing is lost."""
    with gzip.open(listing, 'rt') as file:
        wanted = set(file.read().splitlines())
    lost = wanted - runner.passed('--group', groups)
    if lost:
        units = ','.join(sorted({entry.partition('\t')[0] for entry in lost}))
        print('again:', units)
        lost -= runner.passed('--only', units)
    print('%s: %d of %d listed tests pass' % (os.path.basename(listing), len(wanted) - len(lost), len(wanted)))
    for entry in sorted(lost):
        print('LOST', entry.replace('\t', ' '))
    return not lost


def main(arguments):
    action = update if arguments[0] == '--update' else check
    taipan, reference = arguments[-2:]
    kept = True
    for library, listing, groups in SETS:
        with tempfile.TemporaryDirectory() as folder:
            runner = Runner(os.path.realpath(taipan), reference, library, folder)
            kept = action(runner, os.path.join(HERE, listing), groups) and kept
    return 0 if kept else 1


sys.exit(main(sys.argv[1:]))
