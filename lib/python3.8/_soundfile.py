# SPDX-License-Identifier: MIT
"""What the readers and writers of sound files (aifc, sunau, wave) have in common."""


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


class Writer:
    """A sound file that is written, and a with statement that closes it.

    The class that is made of it sets _error, the exception of its module, and _params_type.  Parameters have to be set
    before the first frame is written, and none may be asked for that is not set.
    """

    _error = Exception
    _params_type = None

    def __del__(self):
        self.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def _not_begun(self):
        if self._nframeswritten:
            raise self._error('cannot change parameters after starting to write')

    def _is_set(self, value, missing):
        if not value:
            raise self._error(missing)
        return value

    def setnchannels(self, nchannels):
        """Set the number of channels."""
        self._not_begun()
        if nchannels < 1:
            raise self._error('bad # of channels')
        self._nchannels = nchannels

    def getnchannels(self):
        """Return the number of channels."""
        return self._is_set(self._nchannels, 'number of channels not set')

    def setsampwidth(self, sampwidth):
        """Set the bytes of a sample, 1 to 4."""
        self._not_begun()
        if not 1 <= sampwidth <= 4:
            raise self._error('bad sample width')
        self._sampwidth = sampwidth

    def getsampwidth(self):
        """Return the bytes of a sample."""
        return self._is_set(self._sampwidth, 'sample width not set')

    def setframerate(self, framerate):
        """Set the frames a second."""
        self._not_begun()
        if framerate <= 0:
            raise self._error('bad frame rate')
        self._framerate = framerate

    def getframerate(self):
        """Return the frames a second."""
        return self._is_set(self._framerate, 'frame rate not set')

    def setnframes(self, nframes):
        """Set how many frames the header promises; it is corrected at the end."""
        self._not_begun()
        self._nframes = nframes

    def getnframes(self):
        """Return how many frames have been written."""
        return self._nframeswritten

    def getcomptype(self):
        """Return the type of compression."""
        return self._comptype

    def getcompname(self):
        """Return the name of the compression."""
        return self._compname

    def getparams(self):
        """Return everything as a named tuple."""
        if not (self._nchannels and self._sampwidth and self._framerate):
            raise self._error('not all parameters set')
        return self._params_type(self._nchannels, self._sampwidth, self._framerate, self._nframes, self._comptype,
                                 self._compname)

    def tell(self):
        """Return how many frames have been written."""
        return self._nframeswritten
