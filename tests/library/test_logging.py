# SPDX-License-Identifier: MIT
"""logging, logging.config, logging.handlers: essential behaviour."""
import io
import logging
import logging.config
import logging.handlers
import os
import pathlib
import tempfile
import unittest


class Base(unittest.TestCase):
    def setUp(self):
        self.out = io.StringIO()
        self.handler = logging.StreamHandler(self.out)
        self.logger = logging.getLogger('taipan.test')
        self.logger.addHandler(self.handler)
        self.logger.propagate = False
        self.addCleanup(self.logger.removeHandler, self.handler)
        self.addCleanup(self.logger.setLevel, 0)


class Loggers(Base):
    def test_levels(self):
        self.logger.setLevel('INFO')
        self.logger.debug('no')
        self.logger.info('%s and %(x)s' if 0 else '%s', 'yes')
        self.logger.log(35, '%(a)d', {'a': 1})
        self.assertEqual(self.out.getvalue(), 'yes\n1\n')
        self.assertEqual((logging.getLevelName(35), logging.getLevelName('WARN')), ('Level 35', 30))
        with self.assertRaisesRegex(ValueError, "^Unknown level: 'X'$"):
            self.logger.setLevel('X')

    def test_format(self):
        self.handler.setFormatter(logging.Formatter('{levelname}|{funcName}|{message}|{extra}', style='{'))
        self.logger.error('m', extra={'extra': 5})
        self.assertEqual(self.out.getvalue(), 'ERROR|test_format|m|5\n')
        for fmt, style in (('x', '%'), ('{a-b}', '{'), ('$x-$', '$')):
            self.assertRaises(ValueError, logging.Formatter, fmt, style=style)

    def test_exception(self):
        try:
            1 / 0
        except ZeroDivisionError:
            self.logger.exception('bad', stack_info=True)
        text = self.out.getvalue()
        self.assertTrue(text.startswith('bad\nTraceback (most recent call last):\n'))
        self.assertIn('ZeroDivisionError: division by zero\nStack (most recent call last):\n', text)

    def test_tree(self):
        deep = logging.getLogger('taipan.test.a.b')
        self.assertIs(deep.parent, self.logger)
        middle = logging.getLogger('taipan.test.a')
        self.assertIs(deep.parent, middle)
        self.assertEqual(repr(middle), '<Logger taipan.test.a (WARNING)>')
        deep.warning('up')
        self.assertEqual(self.out.getvalue(), 'up\n')

    def test_filters_and_adapter(self):
        self.handler.addFilter(lambda record: 'no' not in record.msg)
        adapter = logging.LoggerAdapter(self.logger, {'k': 1})
        adapter.warning('no')
        adapter.warning('go')
        self.assertEqual(self.out.getvalue(), 'go\n')


class Handlers(Base):
    def test_memory(self):
        memory = logging.handlers.MemoryHandler(10, target=self.handler)
        for level in (20, 40):
            memory.handle(logging.makeLogRecord({'levelno': level, 'msg': str(level)}))
            self.assertEqual(self.out.getvalue(), '' if level == 20 else '20\n40\n')

    def test_rotation(self):
        with tempfile.TemporaryDirectory() as folder:
            handler = logging.handlers.RotatingFileHandler(os.path.join(folder, 'log'), maxBytes=8, backupCount=2)
            for word in ('first', 'second', 'third', 'fourth'):
                handler.handle(logging.makeLogRecord({'msg': word}))
            handler.close()
            self.assertEqual({path.name: path.read_text() for path in pathlib.Path(folder).iterdir()},
                             {'log': 'fourth\n', 'log.1': 'third\n', 'log.2': 'second\n'})

    def test_queue(self):
        import queue
        q = queue.Queue()
        listener = logging.handlers.QueueListener(q, self.handler)
        listener.start()
        logging.handlers.QueueHandler(q).handle(logging.makeLogRecord({'msg': '%d!', 'args': (7,)}))
        listener.stop()
        self.assertEqual(self.out.getvalue(), '7!\n')


class Config(Base):
    def test_dictionary(self):
        logging.config.dictConfig({
            'version': 1, 'disable_existing_loggers': False,
            'formatters': {'f': {'format': '<%(message)s>'}},
            'handlers': {'h': {'class': 'logging.StreamHandler', 'formatter': 'f', 'stream': self.out},
                         'm': {'class': 'logging.handlers.MemoryHandler', 'capacity': 1, 'target': 'h'}},
            'loggers': {'taipan.conf': {'handlers': ['m'], 'level': 'INFO', 'propagate': False}}})
        logging.getLogger('taipan.conf').info('x')
        self.assertEqual(self.out.getvalue(), '<x>\n')
        with self.assertRaisesRegex(ValueError, "^Unable to configure handler 'h'$"):
            logging.config.dictConfig({'version': 1, 'handlers': {'h': {'class': 'no.such'}}})
        with self.assertRaisesRegex(ValueError, "^Unsupported version: 2$"):
            logging.config.dictConfig({'version': 2})


if __name__ == '__main__':
    unittest.main()
