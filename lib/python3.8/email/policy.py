# SPDX-License-Identifier: MIT
"""Policies whose headers are objects: default, strict, SMTP, SMTPUTF8, HTTP; and compat32, that of old."""
__all__ = ['Compat32', 'compat32', 'Policy', 'EmailPolicy', 'default', 'strict', 'SMTP', 'HTTP']

import re
from email._policybase import Compat32, Policy, _extend_docstrings, compat32
from email.contentmanager import raw_data_manager
from email.headerregistry import HeaderRegistry as HeaderRegistry
from email.message import EmailMessage
from email.utils import _has_surrogates

linesep_splitter = re.compile(r'\n|\r')


@_extend_docstrings
class EmailPolicy(Policy):
    """+
    Headers are str objects with attributes for their contents.

    utf8             write headers in UTF-8, without encoded words
    refold_source    which headers that were read are cut anew: 'none', 'all', or
                     'long', those with a line that is too long
    header_factory   makes header objects
    content_manager  the methods get_content() and set_content()
    """

    message_factory = EmailMessage
    utf8 = False
    refold_source = 'long'
    header_factory = HeaderRegistry()
    content_manager = raw_data_manager

    def __init__(self, **kw):
        # Each policy has a registry of its own.
        if 'header_factory' not in kw:
            object.__setattr__(self, 'header_factory', HeaderRegistry())
        super().__init__(**kw)

    def header_max_count(self, name):
        """+
        As the class for that header says.
        """
        return self.header_factory[name].max_count

    def header_source_parse(self, sourcelines):
        """+
        The value keeps its lines, without white space in front and line ends behind.
        """
        name, value = sourcelines[0].split(':', 1)
        value = ''.join([value.lstrip(' \t'), *sourcelines[1:]])
        return name, value.rstrip('\r\n')

    def header_store_parse(self, name, value):
        """+
        A header object of the same name stays; anything else is made one. ValueError for line ends in it.
        """
        if hasattr(value, 'name') and value.name.lower() == name.lower():
            return name, value
        if isinstance(value, str) and len(value.splitlines()) > 1:
            raise ValueError('Header values may not contain linefeed or carriage return characters')
        return name, self.header_factory(name, value)

    def header_fetch_parse(self, name, value):
        """+
        What is no header object is made one, without its line ends.
        """
        if hasattr(value, 'name'):
            return value
        return self.header_factory(name, ''.join(linesep_splitter.split(value)))

    def fold(self, name, value):
        """+
        Header objects are cut; what was read is cut as refold_source says.
        """
        return self._fold(name, value, refold_binary=True)

    def fold_binary(self, name, value):
        """+
        Bytes that are not ASCII stay, unless cte_type is '7bit' or they are cut.
        """
        text = self._fold(name, value, refold_binary=self.cte_type == '7bit')
        return text.encode('utf8' if self.utf8 else 'ascii', 'surrogateescape')

    def _fold(self, name, value, refold_binary=False):
        if hasattr(value, 'name'):
            return value.fold(policy=self)
        limit = self.max_line_length or float('inf')
        lines = value.splitlines()
        refold = self.refold_source == 'all' or self.refold_source == 'long' and (
            lines and len(lines[0]) + len(name) + 2 > limit or any(len(line) > limit for line in lines[1:]))
        if refold or refold_binary and _has_surrogates(value):
            return self.header_factory(name, ''.join(lines)).fold(policy=self)
        return name + ': ' + self.linesep.join(lines) + self.linesep


default = EmailPolicy()
del default.header_factory      # the class' own
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep='\r\n')
HTTP = default.clone(linesep='\r\n', max_line_length=None)
SMTPUTF8 = SMTP.clone(utf8=True)
