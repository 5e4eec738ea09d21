# SPDX-License-Identifier: MIT
"""The program 2to3: options, differences on the terminal, where results are written."""

import difflib
import logging
import optparse
import os
import shutil
import sys

from . import refactor


def diff_texts(a, b, filename):
    """Give the lines of the difference between two texts of a file."""
    return difflib.unified_diff(a.splitlines(), b.splitlines(), filename, filename, "(original)", "(refactored)", lineterm="")


def warn(msg):
    """Print a warning on sys.stderr."""
    print("WARNING: %s" % (msg,), file=sys.stderr)


class StdoutRefactoringTool(refactor.MultiprocessRefactoringTool):
    """Shows differences on the terminal, and keeps backups of what it writes over.

    Results go to output_dir, if given, under the same path as below
    input_base_dir; append_suffix is added to their names.
    """

    def __init__(self, fixers, options, explicit, nobackups, show_diffs, input_base_dir='', output_dir='', append_suffix=''):
        self.nobackups = nobackups
        self.show_diffs = show_diffs
        if input_base_dir and not input_base_dir.endswith(os.sep):
            input_base_dir += os.sep
        self._input_base_dir = input_base_dir
        self._output_dir = output_dir
        self._append_suffix = append_suffix
        super().__init__(fixers, options, explicit)

    def log_error(self, msg, *args, **kwargs):
        """Keep an error for the summary, and go on."""
        self.errors.append((msg, args, kwargs))
        self.logger.error(msg, *args, **kwargs)

    def _target(self, filename):
        """Where the result of a file goes."""
        target = filename
        if self._output_dir:
            if not filename.startswith(self._input_base_dir):
                raise ValueError('filename %s does not start with the input_base_dir %s' % (filename, self._input_base_dir))
            target = os.path.join(self._output_dir, filename[len(self._input_base_dir):])
        return target + self._append_suffix

    def _keep_backup(self, filename):
        """Rename a file to its name with .bak behind."""
        backup = filename + ".bak"
        steps = []
        if os.path.lexists(backup):
            steps.append((os.remove, (backup,), "Can't remove backup %s"))
        steps.append((os.rename, (filename, backup), "Can't rename %s to %s"))
        for step, paths, complaint in steps:
            try:
                step(*paths)
            except OSError:
                self.log_message(complaint, *paths)

    def write_file(self, new_text, filename, old_text, encoding):
        """Write the new text to where it goes, with the permissions of the file."""
        original, filename = filename, self._target(filename)
        if filename != original:
            folder = os.path.dirname(filename)
            if folder:
                os.makedirs(folder, exist_ok=True)
            self.log_message('Writing converted %s to %s.', original, filename)
        if not self.nobackups:
            self._keep_backup(filename)
        super().write_file(new_text, filename, old_text, encoding)
        if not self.nobackups:
            shutil.copymode(filename + ".bak", filename)
        if filename != original:
            shutil.copymode(original, filename)

    def print_output(self, old, new, filename, equal):
        """Print the difference that was made to a file."""
        if equal:
            self.log_message("No changes to %s", filename)
            return
        self.log_message("Refactored %s", filename)
        if not self.show_diffs:
            return
        lines = diff_texts(old, new, filename)
        try:
            if self.output_lock is None:
                self._print_lines(lines)
            else:
                with self.output_lock:
                    self._print_lines(lines)
                    sys.stdout.flush()
        except UnicodeEncodeError:
            warn("couldn't encode %s's diff for your terminal" % (filename,))

    @staticmethod
    def _print_lines(lines):
        for line in lines:
            print(line)


_OPTIONS = (
    ("-d", "--doctests_only", dict(action="store_true", help="Fix up doctests only")),
    ("-f", "--fix", dict(action="append", default=[], help="Each FIX specifies a transformation; default: all")),
    ("-j", "--processes", dict(action="store", default=1, type="int", help="Run 2to3 concurrently")),
    ("-x", "--nofix", dict(action="append", default=[], help="Prevent a transformation from being run")),
    ("-l", "--list-fixes", dict(action="store_true", help="List available transformations")),
    ("-p", "--print-function", dict(action="store_true", help="Modify the grammar so that print() is a function")),
    ("-v", "--verbose", dict(action="store_true", help="More verbose logging")),
    ("", "--no-diffs", dict(action="store_true", help="Don't show diffs of the refactoring")),
    ("-w", "--write", dict(action="store_true", help="Write back modified files")),
    ("-n", "--nobackups", dict(action="store_true", default=False, help="Don't write backups for modified files")),
    ("-o", "--output-dir", dict(action="store", type="str", default="",
                                help="Put output files in this directory instead of overwriting the input files.  Requires -n.")),
    ("-W", "--write-unchanged-files", dict(action="store_true",
                                           help="Also write files even if no changes were required (useful with --output-dir); implies -w.")),
    ("", "--add-suffix", dict(action="store", type="str", default="",
                              help="Append this string to all output filenames. Requires -n if non-empty.  "
                                   "ex: --add-suffix='3' will generate .py3 files.")),
)


def _parse(args):
    """Read the command line: the parser, the options and the files."""
    parser = optparse.OptionParser(usage="2to3 [options] file|dir ...")
    for short, long, settings in _OPTIONS:
        parser.add_option(*filter(None, (short, long)), **settings)
    options, files = parser.parse_args(args)
    if options.write_unchanged_files:
        if not options.write:
            warn("--write-unchanged-files/-W implies -w.")
        options.write = True
    write, keep = options.write, not options.nobackups
    for wrong, message in ((options.output_dir and keep, "Can't use --output-dir/-o without -n."),
                           (options.add_suffix and keep, "Can't use --add-suffix without -n."),
                           (not write and not keep, "Can't use -n without -w")):
        if wrong:
            parser.error(message)
    if not write and options.no_diffs:
        warn("not writing files and not printing diffs; that's not very useful")
    return options, files


def _chosen_fixers(fixer_pkg, options):
    """The fixers to run and those that are named, as two sets of module names."""
    prefix = fixer_pkg + ".fix_"
    available = set(refactor.get_fixers_from_package(fixer_pkg))
    unwanted = {prefix + name for name in options.nofix}
    named = {prefix + name for name in options.fix if name != "all"}
    wanted = available | named if not options.fix or "all" in options.fix else named
    return wanted - unwanted, named


def _base_of(files):
    """The folder that all files are below."""
    base = os.path.commonprefix(files)
    if base and not base.endswith(os.sep) and not os.path.isdir(base):
        base = os.path.dirname(base)
    return base.rstrip(os.sep)


def main(fixer_pkg, args=None):
    """Run 2to3 with the fixers of a package; args are those of the command line if None.

    Returns the exit status: 0, 1 if there were errors, 2 for wrong usage.
    """
    options, files = _parse(args)
    if options.list_fixes:
        print("Available transformations for the -f/--fix option:")
        for name in refactor.get_all_fix_names(fixer_pkg):
            print(name)
        if not files:
            return 0
    if not files:
        print("At least one file or directory argument required.", file=sys.stderr)
        print("Use --help to show usage.", file=sys.stderr)
        return 2
    if "-" in files and options.write:
        print("Can't write to stdin.", file=sys.stderr)
        return 2
    flags = {"print_function": True} if options.print_function else {}
    if options.write_unchanged_files:
        flags["write_unchanged_files"] = True
    logging.basicConfig(format='%(name)s: %(message)s', level=logging.DEBUG if options.verbose else logging.INFO)
    logger = logging.getLogger('lib2to3.main')
    fixers, named = _chosen_fixers(fixer_pkg, options)
    base = _base_of(files)
    if options.output_dir:
        options.output_dir = options.output_dir.rstrip(os.sep)
        logger.info('Output in %r will mirror the input directory %r layout.', options.output_dir, base)
    tool = StdoutRefactoringTool(sorted(fixers), flags, sorted(named), options.nobackups, not options.no_diffs,
                                 input_base_dir=base, output_dir=options.output_dir, append_suffix=options.add_suffix)
    if not tool.errors:
        if "-" in files:
            tool.refactor_stdin()
        else:
            try:
                tool.refactor(files, options.write, options.doctests_only, options.processes)
            except refactor.MultiprocessingUnsupported:
                print("Sorry, -j isn't supported on this platform.", file=sys.stderr)
                return 1
        tool.summarize()
    return int(bool(tool.errors))
