# SPDX-License-Identifier: MIT
"""The menus of IDLE's windows, as data.

menudefs    [(menu name, [(label, virtual event) or None for a line, ...]), ...]
            An underscore stands before the letter that is underlined; a label
            that begins with '!' is an entry that can be checked.
default_keydefs
            {virtual event: [key sequences]} of the key set in use.

Windows choose their menus by name (EditorWindow.menu_specs); extensions and
macosx change menudefs in place.
"""
from importlib.util import find_spec

from idlelib.config import idleConf

menudefs = [
    ('file', [
        ('_New File', '<<open-new-window>>'),
        ('_Open...', '<<open-window-from-file>>'),
        ('Open _Module...', '<<open-module>>'),
        ('Module _Browser', '<<open-class-browser>>'),
        ('_Path Browser', '<<open-path-browser>>'),
        None,
        ('_Save', '<<save-window>>'),
        ('Save _As...', '<<save-window-as-file>>'),
        ('Save Cop_y As...', '<<save-copy-of-window-as-file>>'),
        None,
        ('Prin_t Window', '<<print-window>>'),
        None,
        ('_Close', '<<close-window>>'),
        ('E_xit', '<<close-all-windows>>'),
    ]),
    ('edit', [
        ('_Undo', '<<undo>>'),
        ('_Redo', '<<redo>>'),
        None,
        ('Cu_t', '<<cut>>'),
        ('_Copy', '<<copy>>'),
        ('_Paste', '<<paste>>'),
        ('Select _All', '<<select-all>>'),
        None,
        ('_Find...', '<<find>>'),
        ('Find A_gain', '<<find-again>>'),
        ('Find _Selection', '<<find-selection>>'),
        ('Find in Files...', '<<find-in-files>>'),
        ('R_eplace...', '<<replace>>'),
        ('Go to _Line', '<<goto-line>>'),
        ('S_how Completions', '<<force-open-completions>>'),
        ('E_xpand Word', '<<expand-word>>'),
        ('Show C_all Tip', '<<force-open-calltip>>'),
        ('Show Surrounding P_arens', '<<flash-paren>>'),
    ]),
    ('format', [
        ('F_ormat Paragraph', '<<format-paragraph>>'),
        ('_Indent Region', '<<indent-region>>'),
        ('_Dedent Region', '<<dedent-region>>'),
        ('Comment _Out Region', '<<comment-region>>'),
        ('U_ncomment Region', '<<uncomment-region>>'),
        ('Tabify Region', '<<tabify-region>>'),
        ('Untabify Region', '<<untabify-region>>'),
        ('Toggle Tabs', '<<toggle-tabs>>'),
        ('New Indent Width', '<<change-indentwidth>>'),
        ('S_trip Trailing Whitespace', '<<do-rstrip>>'),
    ]),
    ('run', [
        ('R_un Module', '<<run-module>>'),
        ('Run... _Customized', '<<run-custom>>'),
        ('C_heck Module', '<<check-module>>'),
        ('Python Shell', '<<open-python-shell>>'),
    ]),
    ('shell', [
        ('_View Last Restart', '<<view-restart>>'),
        ('_Restart Shell', '<<restart-shell>>'),
        None,
        ('_Previous History', '<<history-previous>>'),
        ('_Next History', '<<history-next>>'),
        None,
        ('_Interrupt Execution', '<<interrupt-execution>>'),
    ]),
    ('debug', [
        ('_Go to File/Line', '<<goto-file-line>>'),
        ('!_Debugger', '<<toggle-debugger>>'),
        ('_Stack Viewer', '<<open-stack-viewer>>'),
        ('!_Auto-open Stack Viewer', '<<toggle-jit-stack-viewer>>'),
    ]),
    ('options', [
        ('Configure _IDLE', '<<open-config-dialog>>'),
        None,
        ('Show _Code Context', '<<toggle-code-context>>'),
        ('Show _Line Numbers', '<<toggle-line-numbers>>'),
        ('_Zoom Height', '<<zoom-height>>'),
    ]),
    ('window', []),         # filled with the open windows when it is posted
    ('help', [
        ('_About IDLE', '<<about-idle>>'),
        None,
        ('_IDLE Help', '<<help>>'),
        ('Python _Docs', '<<python-docs>>'),
    ]),
]

if find_spec('turtledemo') is not None:
    menudefs[-1][1].append(('Turtle Demo', '<<open-turtle-demo>>'))

default_keydefs = idleConf.GetCurrentKeySet()
