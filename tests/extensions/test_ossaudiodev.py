# SPDX-License-Identifier: MIT
"""ossaudiodev without a sound card: arguments, errors of opening, mixers of a file that is none, constants."""
import errno
import os
import unittest

try:
    import ossaudiodev
except ImportError:
    raise unittest.SkipTest('no Open Sound System')


class Opening(unittest.TestCase):
    def refused(self, call, kind, message):
        with self.subTest(message=message):
            with self.assertRaises(kind) as caught:
                call()
            self.assertEqual(str(caught.exception), message)

    def test_arguments(self):
        self.refused(lambda: ossaudiodev.open(), TypeError, 'open() takes at least 1 argument (0 given)')
        self.refused(lambda: ossaudiodev.open('/dev/null', 'q'), ossaudiodev.OSSAudioError, "mode must be 'r', 'w', or 'rw'")
        self.refused(lambda: ossaudiodev.open('x'), ossaudiodev.OSSAudioError, "mode must be 'r', 'w', or 'rw'")
        self.refused(lambda: ossaudiodev.open('a\0b', 'r'), ValueError, 'embedded null character')
        self.refused(lambda: ossaudiodev.openmixer(1), TypeError, 'argument 1 must be str, not int')
        self.refused(lambda: ossaudiodev.openmixer('a', 'b'), TypeError, 'function takes at most 1 argument (2 given)')

    def test_no_device(self):
        for call, code in [(lambda: ossaudiodev.open('/no/device', 'r'), errno.ENOENT), (lambda: ossaudiodev.open('/dev/null', 'w'), errno.ENOTTY),
                           (lambda: ossaudiodev.openmixer('/no/device'), errno.ENOENT)]:
            with self.assertRaises(OSError) as caught:
                call()
            self.assertEqual(caught.exception.errno, code)
        self.assertEqual(caught.exception.filename, '/no/device')

    def test_environment(self):
        before = {name: os.environ.get(name) for name in ('AUDIODEV', 'MIXERDEV')}
        try:
            os.environ['AUDIODEV'] = os.environ['MIXERDEV'] = '/no/other'
            for call in (lambda: ossaudiodev.open('r'), ossaudiodev.openmixer):
                with self.assertRaises(FileNotFoundError) as caught:
                    call()
                self.assertEqual(caught.exception.filename, '/no/other')
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


class Mixer(unittest.TestCase):
    def setUp(self):
        self.mixer = ossaudiodev.openmixer('/dev/null')

    def test_no_mixer(self):
        m = self.mixer
        for call in (m.controls, m.stereocontrols, m.reccontrols, m.get_recsrc, lambda: m.set_recsrc(1), lambda: m.get(25), lambda: m.set(0, (1, 100))):
            with self.assertRaises(OSError) as caught:
                call()
            self.assertEqual(caught.exception.errno, errno.ENOTTY)

    def test_arguments(self):
        for call, kind in [(lambda: self.mixer.get(-1), ossaudiodev.error), (lambda: self.mixer.get(26), ossaudiodev.error),
                           (lambda: self.mixer.set(0, (1, 101)), ossaudiodev.error), (lambda: self.mixer.set(0, (-1, 1)), ossaudiodev.error),
                           (lambda: self.mixer.set(0, 1), TypeError), (lambda: self.mixer.get('x'), TypeError),
                           (lambda: self.mixer.controls(1), TypeError), (type(self.mixer), TypeError)]:
            self.assertRaises(kind, call)

    def test_closed(self):
        with self.mixer as mixer:
            self.assertGreater(mixer.fileno(), 2)
        mixer.close()
        for call in (mixer.fileno, mixer.controls, lambda: mixer.get('x')):
            with self.assertRaises(ValueError) as caught:
                call()
            self.assertEqual(str(caught.exception), 'Operation on closed OSS device.')


class Constants(unittest.TestCase):
    def test_values(self):
        self.assertIs(ossaudiodev.error, ossaudiodev.OSSAudioError)
        self.assertEqual((ossaudiodev.AFMT_U8, ossaudiodev.AFMT_S16_LE, ossaudiodev.SNDCTL_DSP_SETFMT, ossaudiodev.SOUND_MIXER_NRDEVICES),
                         (8, 16, 3221508101, 25))
        self.assertEqual((len(ossaudiodev.control_names), ossaudiodev.control_names[:2], ossaudiodev.control_labels[1]), (25, ['vol', 'bass'], 'Bass '))


if __name__ == '__main__':
    unittest.main()
