# SPDX-License-Identifier: MIT
"""logging: records through levels, filters, formatters and handlers into memory.

group: library
"""
import io
import logging
import sys

DEFAULT = 280


def work(amount):
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter('%(levelname)s %(name)s %(message)s'))
    log = logging.getLogger('bench.part')
    logging.getLogger('bench').addHandler(handler)
    logging.getLogger('bench').setLevel(logging.INFO)
    for n in range(amount):
        for k in range(250):
            log.info('number %d of %s', k, n)
            log.debug('not shown %d', k)
        log.warning('warned')
    return len(out.getvalue())


print('lib_logging', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
