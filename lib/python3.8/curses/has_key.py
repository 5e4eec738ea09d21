# SPDX-License-Identifier: MIT
"""curses.has_key: whether the terminal has a key, found in its description.

For curses libraries without that function: each key KEY_* belongs to a string
capability, and a terminal that has the key has the capability.
"""

import _curses

# "KEY_ name : capability", for all but the function keys F0 to F63.
_KEYS = """
A1:ka1 A3:ka3 B2:kb2 C1:kc1 C3:kc3
UP:kcuu1 DOWN:kcud1 LEFT:kcub1 RIGHT:kcuf1 HOME:khome LL:kll NPAGE:knp PPAGE:kpp END:kend
DC:kdch1 IC:kich1 DL:kdl1 IL:kil1 EIC:krmir EOL:kel EOS:ked CLEAR:kclr BACKSPACE:kbs SF:kind SR:kri
BTAB:kcbt CTAB:kctab STAB:khts CATAB:ktbc ENTER:kent PRINT:kprt
BEG:kbeg CANCEL:kcan CLOSE:kclo COMMAND:kcmd COPY:kcpy CREATE:kcrt EXIT:kext FIND:kfnd HELP:khlp MARK:kmrk
MESSAGE:kmsg MOVE:kmov NEXT:knxt OPEN:kopn OPTIONS:kopt PREVIOUS:kprv REDO:krdo REFERENCE:kref REFRESH:krfr
REPLACE:krpl RESTART:krst RESUME:kres SAVE:ksav SELECT:kslt SUSPEND:kspd UNDO:kund
SBEG:kBEG SCANCEL:kCAN SCOMMAND:kCMD SCOPY:kCPY SCREATE:kCRT SDC:kDC SDL:kDL SEND:kEND SEOL:kEOL SEXIT:kEXT
SFIND:kFND SHELP:kHLP SHOME:kHOM SIC:kIC SLEFT:kLFT SMESSAGE:kMSG SMOVE:kMOV SNEXT:kNXT SOPTIONS:kOPT
SPREVIOUS:kPRV SPRINT:kPRT SREDO:kRDO SREPLACE:kRPL SRIGHT:kRIT SRSUME:kRES SSAVE:kSAV SSUSPEND:kSPD SUNDO:kUND
"""

_capability_names = {
    getattr(_curses, 'KEY_' + key): capability
    for key, capability in (pair.split(':') for pair in _KEYS.split())
}
_capability_names.update((getattr(_curses, 'KEY_F%d' % n), 'kf%d' % n) for n in range(64))


def has_key(ch):
    """Return True if the terminal has the key ch: a number KEY_*, or its character."""
    number = ord(ch) if isinstance(ch, str) else ch
    capability = _capability_names.get(number)
    return capability is not None and bool(_curses.tigetstr(capability))
