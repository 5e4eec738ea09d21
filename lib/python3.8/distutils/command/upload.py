# SPDX-License-Identifier: MIT
"""The command upload: sends what other commands of the same run have made to a package index."""

import hashlib
import io
import os
import platform
from base64 import standard_b64encode
from urllib.error import HTTPError
from urllib.parse import urlparse
from urllib.request import Request, urlopen

from distutils import log
from distutils.core import PyPIRCCommand
from distutils.errors import DistutilsError, DistutilsOptionError
from distutils.spawn import spawn


class upload(PyPIRCCommand):
    """Sends files, with the metadata, and signatures if they are wanted."""

    description = 'upload built distributions to a package index'
    user_options = PyPIRCCommand.user_options + [
        ('sign', 's', 'sign files to upload using gpg'),
        ('identity=', 'i', 'GPG identity used to sign files'),
    ]
    boolean_options = PyPIRCCommand.boolean_options + ['sign']

    def initialize_options(self):
        """Set the options to nothing."""
        super().initialize_options()
        self.username = self.password = ''
        self.show_response, self.sign, self.identity = 0, False, None

    def finalize_options(self):
        """Read ~/.pypirc.  Raises DistutilsOptionError if there is an identity, but nothing is to be signed."""
        super().finalize_options()
        if self.identity and not self.sign:
            raise DistutilsOptionError('Must use --sign for --identity to have meaning')
        config = self._read_pypirc()
        for name in 'username', 'password', 'repository', 'realm':
            if config:
                setattr(self, name, config[name])
        # The command register may have asked for it.
        if not self.password and self.distribution.password:
            self.password = self.distribution.password

    def run(self):
        """Send the files.  Raises DistutilsOptionError if there are none."""
        if not self.distribution.dist_files:
            raise DistutilsOptionError('Must create and upload files in one command '
                                       '(e.g. setup.py sdist upload)')
        for made in self.distribution.dist_files:
            self.upload_file(*made)

    def _fields(self, command, pyversion, filename, content):
        """The fields of the form, a dict; a file is a tuple (name, contents)."""
        meta = self.distribution.metadata
        fields = {
            ':action': 'file_upload', 'protocol_version': '1',
            'name': meta.get_name(), 'version': meta.get_version(),
            'content': (os.path.basename(filename), content),
            'filetype': command, 'pyversion': pyversion, 'md5_digest': hashlib.md5(content).hexdigest(),
            'metadata_version': '1.0', 'summary': meta.get_description(), 'home_page': meta.get_url(),
            'author': meta.get_contact(), 'author_email': meta.get_contact_email(), 'license': meta.get_licence(),
            'description': meta.get_long_description(), 'keywords': meta.get_keywords(),
            'platform': meta.get_platforms(), 'classifiers': meta.get_classifiers(),
            'download_url': meta.get_download_url(), 'provides': meta.get_provides(), 'requires': meta.get_requires(),
            'obsoletes': meta.get_obsoletes(),
            'comment': 'built for %s' % platform.platform(terse=1) if command == 'bdist_dumb' else '',
        }
        if self.sign:
            with open(filename + '.asc', 'rb') as file:
                fields['gpg_signature'] = os.path.basename(filename) + '.asc', file.read()
        return fields

    def _body(self, fields, boundary):
        """The body of a form, bytes."""
        body = io.BytesIO()
        separator = b'\r\n--' + boundary.encode('ascii')
        for key, values in fields.items():
            for value in values if isinstance(values, list) else [values]:
                name = ''
                if isinstance(value, tuple):
                    name, value = '; filename="%s"' % value[0], value[1]
                else:
                    value = str(value).encode('utf-8')
                head = '\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n' % (key, name)
                body.write(separator + head.encode('utf-8') + value)
        return body.getvalue() + separator + b'--\r\n'

    def upload_file(self, command, pyversion, filename):
        """Send a file that a command has made for a version of Python.  Raises DistutilsError if it is refused."""
        if not self.repository:
            raise DistutilsOptionError('no package index: name one by --repository or in ~/.pypirc')
        scheme, netloc, path, parameters, query, fragment = urlparse(self.repository)
        if parameters or query or fragment:
            raise AssertionError('Incompatible url %s' % self.repository)
        if scheme not in ('http', 'https'):
            raise AssertionError('unsupported schema ' + scheme)
        if self.sign:
            identity = ['--local-user', self.identity] if self.identity else []
            spawn(['gpg', '--detach-sign'] + identity + ['-a', filename], dry_run=self.dry_run)
        with open(filename, 'rb') as file:
            content = file.read()
        boundary = '--------------FormBoundaryOfDistutils0123456789abcd'
        body = self._body(self._fields(command, pyversion, filename, content), boundary)
        login = ('%s:%s' % (self.username, self.password)).encode('ascii')
        self.announce('Submitting %s to %s' % (filename, self.repository), log.INFO)
        request = Request(self.repository, data=body, headers={
            'Content-type': 'multipart/form-data; boundary=%s' % boundary, 'Content-length': str(len(body)),
            'Authorization': 'Basic ' + standard_b64encode(login).decode('ascii')})
        self._send(request)

    def _send(self, request):
        try:
            answer = urlopen(request)
            status, reason = answer.getcode(), answer.msg
        except HTTPError as error:
            status, reason = error.code, error.msg
        except OSError as error:
            self.announce(str(error), log.ERROR)
            raise
        if status != 200:
            message = 'Upload failed (%s): %s' % (status, reason)
            self.announce(message, log.ERROR)
            raise DistutilsError(message)
        self.announce('Server response (%s): %s' % (status, reason), log.INFO)
        if self.show_response:
            line = '-' * 75
            self.announce('\n'.join((line, self._read_pypi_response(answer), line)), log.INFO)
