# SPDX-License-Identifier: MIT
"""Names and passwords for servers, from a file such as ~/.netrc."""
import os
import shlex
import stat

__all__ = ['netrc', 'NetrcParseError']


class NetrcParseError(Exception):
    """The file is wrong; msg says how, filename and lineno where."""

    def __init__(self, msg, filename=None, lineno=None):
        self.msg, self.filename, self.lineno = msg, filename, lineno
        Exception.__init__(self, msg)

    def __str__(self):
        return f'{self.msg} ({self.filename}, line {self.lineno})'


class netrc:
    """The contents of a file.

    hosts maps names to (login, account, password), 'default' for all others;
    macros maps names to lists of lines.
    """

    def __init__(self, file=None):
        """Read a file, by default ~/.netrc, which then has to belong to the user alone if it has passwords."""
        default = file is None
        if default:
            file = os.path.join(os.path.expanduser('~'), '.netrc')
        self.hosts, self.macros = {}, {}
        with open(file) as fp:
            self._parse(file, fp, default)

    def _parse(self, file, fp, default_netrc):
        lexer = shlex.shlex(fp)
        lexer.wordchars += r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
        lexer.commenters = lexer.commenters.replace('#', '')
        while True:
            line = lexer.lineno
            word = lexer.get_token()
            if not word:
                return
            if word[0] == '#':
                # A comment; its words may be on this line, which is read already if they are none.
                if lexer.lineno == line and len(word) == 1:
                    lexer.instream.readline()
            elif word == 'macdef':
                self._read_macro(lexer)
            elif word in ('machine', 'default'):
                name = 'default' if word == 'default' else lexer.get_token()
                self._read_machine(word, name, lexer, file, default_netrc)
            else:
                raise NetrcParseError(f'bad toplevel token {word!r}', file, lexer.lineno)

    def _read_macro(self, lexer):
        """Read lines up to an empty one."""
        name = lexer.get_token()
        lines = self.macros[name] = []
        lexer.whitespace = ' \t'
        for line in iter(lexer.instream.readline, ''):
            if line == '\n':
                break
            lines.append(line)
        lexer.whitespace = ' \t\r\n'

    def _read_machine(self, keyword, name, lexer, file, default_netrc):
        values = {'login': '', 'account': None, 'password': None}
        self.hosts[name] = {}
        while True:
            word = lexer.get_token()
            if word.startswith('#') or word in ('', 'machine', 'default', 'macdef'):
                break
            if word not in ('login', 'user', 'account', 'password'):
                raise NetrcParseError(f'bad follower token {word!r}', file, lexer.lineno)
            if word == 'password' and default_netrc and os.name == 'posix':
                self._check_owner(lexer, file)
            values['login' if word == 'user' else word] = lexer.get_token()
        if not values['password']:
            raise NetrcParseError(f'malformed {keyword} entry {name} terminated by {word!r}', file, lexer.lineno)
        self.hosts[name] = values['login'], values['account'], values['password']
        lexer.push_token(word)

    @staticmethod
    def _check_owner(lexer, file):
        """Refuse passwords in a file of another user, or one that others can read."""
        found = os.fstat(lexer.instream.fileno())
        if found.st_uid != os.getuid():
            import pwd
            names = []
            for uid in found.st_uid, os.getuid():
                try:
                    names.append(pwd.getpwuid(uid)[0])
                except KeyError:
                    names.append(f'uid {uid}')
            raise NetrcParseError('~/.netrc file owner (%s) does not match current user (%s)' % tuple(names), file,
                                  lexer.lineno)
        if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise NetrcParseError('~/.netrc access too permissive: access permissions must restrict access to only '
                                  'the owner', file, lexer.lineno)

    def authenticators(self, host):
        """Return the (login, account, password) for a server; that of 'default', or None, if it is not there."""
        return self.hosts.get(host) or self.hosts.get('default')

    def __repr__(self):
        lines = []
        for host, (login, account, password) in self.hosts.items():
            lines.append(f'machine {host}\n\tlogin {login}\n')
            if account:
                lines.append(f'\taccount {account}\n')
            lines.append(f'\tpassword {password}\n')
        for name, body in self.macros.items():
            lines += [f'macdef {name}\n', *body, '\n']
        return ''.join(lines)


if __name__ == '__main__':
    print(netrc())
