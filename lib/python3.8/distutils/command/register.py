# SPDX-License-Identifier: MIT
"""The command register: tells a package index what setup() was told."""

import getpass
import io
import urllib.parse
import urllib.request
from warnings import warn

from distutils import log
from distutils.core import PyPIRCCommand
from distutils.errors import *

_MENU = '''We need to know who you are, so please choose either:
 1. use your existing login,
 2. register as a new user,
 3. have the server generate a new password for you (and email it to you), or
 4. quit
Your selection [default 1]: '''


class register(PyPIRCCommand):
    """Sends the metadata; asks for a login where ~/.pypirc has none."""

    description = 'register the distribution with a package index'
    user_options = PyPIRCCommand.user_options + [
        ('list-classifiers', None, 'list the classifiers that are valid'),
        ('strict', None, 'stop if the metadata are not as they should be'),
    ]
    boolean_options = PyPIRCCommand.boolean_options + ['verify', 'list-classifiers', 'strict']
    sub_commands = [('check', lambda self: True)]

    def initialize_options(self):
        """Set the options to nothing."""
        super().initialize_options()
        self.list_classifiers = self.strict = 0

    def finalize_options(self):
        """Set what is still nothing to defaults, and have the command check know how strict it is."""
        super().finalize_options()
        self.distribution.command_options['check'] = {'strict': ('register', self.strict),
                                                      'restructuredtext': ('register', 1)}

    def run(self):
        """Check the metadata, then do what the options say."""
        self.finalize_options()
        self._set_config()
        for name in self.get_sub_commands():
            self.run_command(name)
        action = self.classifiers if self.list_classifiers else self.send_metadata
        action = self.verify_metadata if self.dry_run else action
        action()

    def check_metadata(self):
        """Check the metadata; the command check does that now."""
        warn('distutils.command.register.check_metadata is deprecated, use the check command instead',
             PendingDeprecationWarning)
        check = self.distribution.get_command_obj('check')
        check.ensure_finalized()
        check.strict, check.restructuredtext = self.strict, 1
        check.run()

    def _set_config(self):
        """Read ~/.pypirc.  Raises ValueError if it does not have the index that was named."""
        config = self._read_pypirc()
        if config:
            self.username, self.password = config['username'], config['password']
            self.repository, self.realm = config['repository'], config['realm']
        elif self.repository not in ('pypi', self.DEFAULT_REPOSITORY):
            raise ValueError('%s not found in .pypirc' % self.repository)
        elif self.repository == 'pypi':
            self.repository = self.DEFAULT_REPOSITORY
        self.has_config = bool(config)

    def classifiers(self):
        """Show the valid classifiers."""
        log.info(self._read_pypi_response(urllib.request.urlopen(self.repository + '?:action=list_classifiers')))

    def verify_metadata(self):
        """Have the index look at the metadata."""
        self._report(self.post_to_server(self.build_post_data('verify')))

    def send_metadata(self):
        """Send the metadata, as the user of ~/.pypirc or the one who answers."""
        if self.has_config:
            choice, username, password = '1', self.username, self.password
        else:
            username = password = ''
            choice = self._choose()
        if choice == '1':
            self._log_in_and_send(username, password)
        elif choice == '2':
            self._new_user()
        elif choice == '3':
            self._new_password()

    def _choose(self):
        while True:
            self.announce(_MENU, log.INFO)
            choice = input() or '1'
            if choice in ('1', '2', '3', '4'):
                return choice
            print('Please choose one of the four options!')

    def _log_in_and_send(self, username, password):
        while not username:
            username = input('Username: ')
        while not password:
            password = getpass.getpass('Password: ')
        auth = urllib.request.HTTPPasswordMgr()
        auth.add_password(self.realm, urllib.parse.urlparse(self.repository).netloc, username, password)
        status, message = answer = self.post_to_server(self.build_post_data('submit'), auth)
        self._report(answer)
        if status != 200:
            return
        if self.has_config:
            # Other commands of this run need it, too.
            self.distribution.password = password
        elif self._wants_login_kept():
            self._store_pypirc(username, password)

    def _wants_login_kept(self):
        self.announce('I can store your PyPI login so future submissions will be faster.', log.INFO)
        self.announce('(the login will be stored in %s)' % self._get_rc_file(), log.INFO)
        answer = 'X'
        while answer.lower() not in 'yn':
            answer = input('Save your login (y/N)?') or 'n'
        return answer.lower() == 'y'

    def _new_user(self):
        data = {':action': 'user', 'name': '', 'password': '', 'email': '', 'confirm': None}
        while not data['name']:
            data['name'] = input('Username: ')
        while data['password'] != data['confirm']:
            for key, prompt in ('password', 'Password: '), ('confirm', ' Confirm: '):
                while not data[key]:
                    data[key] = getpass.getpass(prompt)
            if data['password'] != data['confirm']:
                data['password'], data['confirm'] = '', None
                print("Password and confirm don't match!")
        while not data['email']:
            data['email'] = input('   EMail: ')
        status, message = self.post_to_server(data)
        if status != 200:
            log.info('Server response (%s): %s', status, message)
        else:
            log.info('You will receive an email shortly; follow the instructions in it to complete registration.')

    def _new_password(self):
        email = ''
        while not email:
            email = input('Your email address: ')
        log.info('Server response (%s): %s', *self.post_to_server({':action': 'password_reset', 'email': email}))

    def _report(self, answer):
        self.announce('Server response (%s): %s' % answer, log.INFO)

    def build_post_data(self, action):
        """Return what an action sends, a dict."""
        meta = self.distribution.metadata
        data = {
            ':action': action, 'metadata_version': '1.0', 'name': meta.get_name(), 'version': meta.get_version(),
            'summary': meta.get_description(), 'home_page': meta.get_url(), 'author': meta.get_contact(),
            'author_email': meta.get_contact_email(), 'license': meta.get_licence(),
            'description': meta.get_long_description(), 'keywords': meta.get_keywords(),
            'platform': meta.get_platforms(), 'classifiers': meta.get_classifiers(),
            'download_url': meta.get_download_url(), 'provides': meta.get_provides(), 'requires': meta.get_requires(),
            'obsoletes': meta.get_obsoletes(),
        }
        if data['provides'] or data['requires'] or data['obsoletes']:
            data['metadata_version'] = '1.1'
        return data

    def _encode(self, data):
        """The body of a form: (bytes, value of Content-type)."""
        boundary = '--------------FormBoundaryOfDistutils0123456789abcd'
        body = io.StringIO()
        for key, values in data.items():
            # An empty list is no field.
            for value in values if isinstance(values, (list, tuple)) else [values]:
                body.write('\n--%s\nContent-Disposition: form-data; name="%s"\n\n%s' % (boundary, key, value))
                if str(value).endswith('\r'):
                    body.write('\n')
        body.write('\n--%s--\n' % boundary)
        return body.getvalue().encode('utf-8'), 'multipart/form-data; boundary=%s; charset=utf-8' % boundary

    def post_to_server(self, data, auth=None):
        """Send data, a dict; return (status, message).  auth: the passwords, an HTTPPasswordMgr."""
        if not self.repository:
            raise DistutilsOptionError('no package index: name one by --repository or in ~/.pypirc')
        if 'name' in data:
            self.announce('Registering %s to %s' % (data['name'], self.repository), log.INFO)
        body, kind = self._encode(data)
        request = urllib.request.Request(self.repository, body, {'Content-type': kind, 'Content-length': str(len(body))})
        opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(password_mgr=auth))
        try:
            response = opener.open(request)
        except urllib.error.HTTPError as error:
            if self.show_response:
                response = error.fp.read()
            return error.code, error.msg
        except urllib.error.URLError as error:
            return 500, str(error)
        shown = self._read_pypi_response(response) if self.show_response else None
        if shown is not None:
            line = '-' * 75
            self.announce('\n'.join((line, shown, line)), log.INFO)
        return 200, 'OK'
