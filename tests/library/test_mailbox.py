# SPDX-License-Identifier: MIT
"""mailbox: every format keeps messages and what it knows of them."""
import mailbox
import os
import tempfile
import unittest

TEXT = b'From: a@b\nSubject: s\n\nFrom the start\nline\n'
FORMATS = mailbox.mbox, mailbox.MMDF, mailbox.Maildir, mailbox.MH, mailbox.Babyl


class MailboxTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def open(self, kind, **options):
        return kind(os.path.join(self.folder, kind.__name__), **options)

    def test_all_formats(self):
        for kind in FORMATS:
            with self.subTest(kind=kind.__name__):
                self.assertRaises(mailbox.NoSuchMailboxError, self.open, kind, create=False)
                box = self.open(kind)
                keys = [box.add(TEXT), box.add(TEXT.decode()), box.add(mailbox.Message(TEXT))]
                box[keys[1]] = b'Subject: other\n\nx\n'
                box.remove(keys[0])
                box.flush()
                box.close()
                box = self.open(kind)
                self.assertEqual(sorted(message['subject'] for message in box), ['other', 's'])
                self.assertEqual(len(box), 2)
                key = [key for key, message in box.iteritems() if message['subject'] == 's'][0]
                self.assertIn(b'the start\nline\n', box.get_bytes(key))
                with box.get_file(key) as f:
                    self.assertIn(b'Subject: s', f.read())
                self.assertRaises(KeyError, box.remove, 'nothing' if kind is mailbox.Maildir else 99)
                box.clear()
                self.assertEqual(list(box), [])
                box.close()

    def test_bytes_of_mbox(self):
        box = self.open(mailbox.mbox)
        message = mailbox.mboxMessage(TEXT)
        message.set_from('me', (2001, 2, 3, 4, 5, 6, 5, 34, 0))
        message.set_flags('RF')
        box.add(message)
        box.close()
        with open(os.path.join(self.folder, 'mbox'), 'rb') as f:
            self.assertEqual(f.read(), b'From me Sat Feb  3 04:05:06 2001\nFrom: a@b\nSubject: s\nStatus: R\nX-Status: F\n\n'
                             b'>From the start\nline\n\n')

    def test_conversions(self):
        message = mailbox.MaildirMessage(TEXT)
        message.set_flags('RS')
        message.set_subdir('cur')
        for kind, found in ((mailbox.mboxMessage, lambda m: m.get_flags()), (mailbox.MHMessage, lambda m: m.get_sequences()),
                            (mailbox.BabylMessage, lambda m: m.get_labels()), (mailbox.MaildirMessage, lambda m: m.get_flags())):
            other = kind(message)
            self.assertEqual(found(other), {'mboxMessage': 'ROA', 'MHMessage': ['replied'], 'BabylMessage': ['answered'],
                                            'MaildirMessage': 'RS'}[kind.__name__])
            self.assertIn('R', mailbox.MaildirMessage(other).get_flags())

    def test_sequences(self):
        box = self.open(mailbox.MH)
        for _ in range(5):
            box.add(TEXT)
        box.set_sequences({'unseen': [1, 2, 3, 5]})
        with open(os.path.join(self.folder, 'MH', '.mh_sequences')) as f:
            self.assertEqual(f.read(), 'unseen: 1-3 5\n')
        box.remove(2)
        box.pack()
        self.assertEqual((box.keys(), box.get_sequences()), ([1, 2, 3, 4], {'unseen': [1, 2, 4]}))

    def test_locks_and_clashes(self):
        box = self.open(mailbox.mbox)
        box.lock()
        self.assertTrue(os.path.exists(box._path + '.lock'))
        box.unlock()
        key = box.add(TEXT)
        box.remove(key)
        with open(box._path, 'ab') as f:
            f.write(b'more')
        self.assertRaises(mailbox.ExternalClashError, box.flush)
        box._file.close()


if __name__ == '__main__':
    unittest.main()
