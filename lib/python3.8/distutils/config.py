# SPDX-License-Identifier: MIT
"""The base of commands that talk to a package index: reads ~/.pypirc.

No index is known here: the section that a command asks for has to say its `repository`.
"""

import os
from configparser import RawConfigParser

from distutils.cmd import Command

DEFAULT_PYPIRC = '[distutils]\nindex-servers =\n    pypi\n\n[pypi]\nusername:%s\npassword:%s\n'


class PyPIRCCommand(Command):
    """A command with the options --repository and --show-response."""

    DEFAULT_REPOSITORY = ''
    DEFAULT_REALM = 'pypi'
    repository = realm = None

    user_options = [('repository=', 'r', 'url of repository'),
                    ('show-response', None, 'display full response text from server')]
    boolean_options = ['show-response']

    def _get_rc_file(self):
        """The path of the file."""
        return os.path.join(os.path.expanduser('~'), '.pypirc')

    def _store_pypirc(self, username, password):
        """Write a new file that only its owner can read."""
        with os.fdopen(os.open(self._get_rc_file(), os.O_CREAT | os.O_WRONLY, 0o600), 'w') as file:
            file.write(DEFAULT_PYPIRC % (username, password))

    def _read_pypirc(self):
        """Return a dict with username, password, repository, server, realm; {} if the file does not say them."""
        path = self._get_rc_file()
        if not os.path.exists(path):
            return {}
        self.announce('Using PyPI login from %s' % path)
        wanted = self.repository or self.DEFAULT_REPOSITORY
        config = RawConfigParser()
        config.read(path)
        sections = config.sections()

        def get(section, name, default=None):
            return config.get(section, name) if config.has_option(section, name) else default

        if 'distutils' in sections:
            servers = [name.strip() for name in config.get('distutils', 'index-servers').split('\n') if name.strip()]
            if not servers:
                servers = ['pypi'] if 'pypi' in sections else []
            for server in servers:
                current = {'server': server, 'username': config.get(server, 'username'),
                           'repository': get(server, 'repository', self.DEFAULT_REPOSITORY),
                           'realm': get(server, 'realm', self.DEFAULT_REALM), 'password': get(server, 'password')}
                if wanted in (server, current['repository']):
                    return current
        elif 'server-login' in sections:
            # As the file was at first.
            section = 'server-login'
            return {'username': config.get(section, 'username'), 'password': config.get(section, 'password'),
                    'repository': get(section, 'repository', self.DEFAULT_REPOSITORY), 'server': section,
                    'realm': self.DEFAULT_REALM}
        return {}

    def _read_pypi_response(self, response):
        """The text of an answer."""
        from email.message import Message
        header = Message()
        header['Content-Type'] = response.getheader('content-type', 'text/plain')
        return response.read().decode(header.get_content_charset('ascii'))

    def initialize_options(self):
        """Set the options to nothing."""
        self.repository = self.realm = None
        self.show_response = 0

    def finalize_options(self):
        """Set what is still nothing to defaults."""
        if self.repository is None:
            self.repository = self.DEFAULT_REPOSITORY
        if self.realm is None:
            self.realm = self.DEFAULT_REALM
