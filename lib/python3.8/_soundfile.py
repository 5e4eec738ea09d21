# SPDX-License-Identifier: MIT
"""What the readers of sound files (aifc, sunau, wave) have in common."""


class Reader:
    """A sound file that is read, and a with statement that closes it.

    The class that is made of it sets _params_type, a named tuple's type, and in initfp() the attributes asked for below.
    """

    _params_type = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def getfp(self):
        """Return the file."""
        return self._file

    def tell(self):
        """Return the position, in frames."""
        return self._soundpos

    def getnchannels(self):
        """Return the number of channels."""
        return self._nchannels

    def getnframes(self):
        """Return the number of frames."""
        return self._nframes

    def getsampwidth(self):
        """Return the bytes of a sample, as readframes() gives it."""
        return self._sampwidth

    def getframerate(self):
        """Return the frames a second."""
        return self._framerate

    def getcomptype(self):
        """Return the type of compression."""
        return self._comptype

    def getcompname(self):
        """Return the name of the compression."""
        return self._compname

    def getparams(self):
        """Return all that is known as a named tuple."""
        return self._params_type(self.getnchannels(), self.getsampwidth(), self.getframerate(), self.getnframes(),
                                 self.getcomptype(), self.getcompname())
