# SPDX-License-Identifier: MIT
"""Messages by level: DEBUG and INFO go to standard output, the others to standard error."""

import sys

DEBUG, INFO, WARN, ERROR, FATAL = range(1, 6)


class Log:
    """Writes messages from a level on."""

    def __init__(self, threshold=WARN):
        self.threshold = threshold

    def _log(self, level, msg, args):
        if level not in range(DEBUG, FATAL + 1):
            raise ValueError('%s wrong log level' % str(level))
        if level < self.threshold:
            return
        text = (msg % args if args else msg) + '\n'
        stream = sys.stderr if level >= WARN else sys.stdout
        try:
            stream.write(text)
        except UnicodeEncodeError:
            stream.write(text.encode(stream.encoding, 'backslashreplace').decode(stream.encoding))
        stream.flush()

    def log(self, level, msg, *args):
        """Write a message of a level; args are put in by the operator %."""
        self._log(level, msg, args)

    def debug(self, msg, *args):
        """Write a message of the level DEBUG."""
        self._log(DEBUG, msg, args)

    def info(self, msg, *args):
        """Write a message of the level INFO."""
        self._log(INFO, msg, args)

    def warn(self, msg, *args):
        """Write a message of the level WARN."""
        self._log(WARN, msg, args)

    def error(self, msg, *args):
        """Write a message of the level ERROR."""
        self._log(ERROR, msg, args)

    def fatal(self, msg, *args):
        """Write a message of the level FATAL."""
        self._log(FATAL, msg, args)


_global_log = Log()
log, debug, info = _global_log.log, _global_log.debug, _global_log.info
warn, error, fatal = _global_log.warn, _global_log.error, _global_log.fatal


def set_threshold(level):
    """Write messages from a level on; return the level so far."""
    before, _global_log.threshold = _global_log.threshold, level
    return before


def set_verbosity(v):
    """Set the level by the number of options -v: 0 warnings, 1 what is done, 2 everything."""
    set_threshold(DEBUG if v >= 2 else INFO if v == 1 else WARN)
