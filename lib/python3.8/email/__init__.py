# SPDX-License-Identifier: MIT
"""Mail messages: read (message_from_string() and the like), looked at and changed (message), written (generator)."""
__all__ = ['base64mime', 'charset', 'encoders', 'errors', 'feedparser', 'generator', 'header', 'iterators', 'message',
           'message_from_file', 'message_from_binary_file', 'message_from_string', 'message_from_bytes', 'mime',
           'parser', 'quoprimime', 'utils']


def message_from_string(s, *args, **kws):
    """Return the message in a str; further arguments are those of email.parser.Parser."""
    from email.parser import Parser
    return Parser(*args, **kws).parsestr(s)


def message_from_bytes(s, *args, **kws):
    """Return the message in bytes; further arguments are those of email.parser.BytesParser."""
    from email.parser import BytesParser
    return BytesParser(*args, **kws).parsebytes(s)


def message_from_file(fp, *args, **kws):
    """Return the message in a text file; further arguments are those of email.parser.Parser."""
    from email.parser import Parser
    return Parser(*args, **kws).parse(fp)


def message_from_binary_file(fp, *args, **kws):
    """Return the message in a binary file; further arguments are those of email.parser.BytesParser."""
    from email.parser import BytesParser
    return BytesParser(*args, **kws).parse(fp)
