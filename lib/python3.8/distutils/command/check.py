# SPDX-License-Identifier: MIT
"""The command check: whether the metadata are complete."""

from distutils.core import Command
from distutils.errors import DistutilsSetupError

try:
    # Only there if somebody installed it.
    from docutils import frontend, nodes
    from docutils.parsers.rst import Parser
    from docutils.utils import Reporter
except Exception:
    HAS_DOCUTILS = False
else:
    HAS_DOCUTILS = True

    class SilentReporter(Reporter):
        """Keeps the messages instead of printing them."""

        def __init__(self, source, report_level, halt_level, stream=None, debug=0, encoding='ascii',
                     error_handler='replace'):
            self.messages = []
            super().__init__(source, report_level, halt_level, stream, debug, encoding, error_handler)

        def system_message(self, level, message, *children, **kwargs):
            """Keep a message."""
            self.messages.append((level, message, children, kwargs))
            return nodes.system_message(message, level=level, type=self.levels[level], *children, **kwargs)


class check(Command):
    """Looks for fields that are missing, and at the long description as reStructuredText."""

    description = 'perform some checks on the package'
    user_options = [
        ('metadata', 'm', 'Verify meta-data'),
        ('restructuredtext', 'r', 'Checks if long string meta-data syntax are reStructuredText-compliant'),
        ('strict', 's', 'Will exit with an error if a check fails'),
    ]
    boolean_options = ['metadata', 'restructuredtext', 'strict']

    def initialize_options(self):
        """Check the metadata alone."""
        self.metadata, self.restructuredtext, self.strict = 1, 0, 0
        self._warnings = 0

    def finalize_options(self):
        """Nothing to do."""

    def warn(self, msg):
        """Tell a warning and count it."""
        self._warnings += 1
        return Command.warn(self, msg)

    def run(self):
        """Check what the options say.  Raises DistutilsSetupError if it has to be strict."""
        if self.metadata:
            self.check_metadata()
        if self.restructuredtext and HAS_DOCUTILS:
            self.check_restructuredtext()
        elif self.restructuredtext and self.strict:
            raise DistutilsSetupError('The docutils package is needed.')
        if self.strict and self._warnings:
            raise DistutilsSetupError('Please correct your package.')

    def check_metadata(self):
        """Check that the fields that every distribution should have are there."""
        facts = self.distribution.metadata
        missing = [name for name in ('name', 'version', 'url') if not getattr(facts, name, None)]
        if missing:
            self.warn('missing required meta-data: %s' % ', '.join(missing))
        for who in ('author', 'maintainer'):
            if getattr(facts, who):
                if not getattr(facts, who + '_email'):
                    self.warn("missing meta-data: if '%s' supplied, '%s_email' must be supplied too" % (who, who))
                return
        self.warn('missing meta-data: either (author and author_email) or (maintainer and maintainer_email) must be '
                  'supplied')

    def check_restructuredtext(self):
        """Check the long description."""
        for _, text, _, where in self._check_rst_data(self.distribution.get_long_description()):
            line = where.get('line')
            self.warn(text if line is None else '%s (line %s)' % (text, line))

    def _check_rst_data(self, data):
        """What docutils says of a text: (level, message, children, facts)."""
        path = self.distribution.script_name or 'setup.py'
        parser = Parser()
        settings = frontend.OptionParser(components=(Parser,)).get_default_values()
        settings.tab_width, settings.pep_references, settings.rfc_references = 4, None, None
        reporter = SilentReporter(path, settings.report_level, settings.halt_level, stream=settings.warning_stream,
                                  debug=settings.debug, encoding=settings.error_encoding,
                                  error_handler=settings.error_encoding_error_handler)
        document = nodes.document(settings, reporter, source=path)
        document.note_source(path, -1)
        try:
            parser.parse(data, document)
        except AttributeError as problem:
            reporter.messages.append((-1, 'Could not finish the parsing: %s.' % problem, '', {}))
        return reporter.messages
