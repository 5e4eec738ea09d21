# SPDX-License-Identifier: MIT
"""Reading the files that belong to this package: settings, the help page, icons, texts.

They usually lie beside the modules.  Where the library is not in a file system (in an archive, in the executable) open() and
Tk find nothing; then the package's loader gives the content.
"""
import os


def read(path):
    """The bytes of a file.  OSError if it is neither in the file system nor carried with this package."""
    try:
        with open(path, 'rb') as stream:
            return stream.read()
    except OSError:
        below = os.path.relpath(path, os.path.dirname(__file__))
        if below.startswith(os.pardir):
            raise
        import pkgutil
        try:
            data = pkgutil.get_data('idlelib', below.replace(os.sep, '/'))
        except (OSError, AttributeError):
            data = None
        if data is None:
            raise
        return data


def photo(master, path):
    """A PhotoImage of a GIF or PNG file; where Tk cannot open the file it gets the content."""
    from base64 import b64encode

    from tkinter import PhotoImage
    if os.path.exists(path):
        return PhotoImage(master=master, file=path)
    return PhotoImage(master=master, data=b64encode(read(path)))
