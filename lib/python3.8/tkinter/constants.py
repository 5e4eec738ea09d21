# SPDX-License-Identifier: MIT
"""Words and numbers that Tk's options and commands take, as names.

They only save quotes: ``pack(side=LEFT)`` is ``pack(side='left')``.
"""

# truth
NO = FALSE = OFF = 0
YES = TRUE = ON = 1

# compass points: anchor=, sticky=
N = 'n'
S = 's'
W = 'w'
E = 'e'
NW = 'nw'
SW = 'sw'
NE = 'ne'
SE = 'se'
NS = 'ns'
EW = 'ew'
NSEW = 'nsew'
CENTER = 'center'

# fill=
NONE = 'none'
X = 'x'
Y = 'y'
BOTH = 'both'

# side=
LEFT = 'left'
TOP = 'top'
RIGHT = 'right'
BOTTOM = 'bottom'

# relief=
RAISED = 'raised'
SUNKEN = 'sunken'
FLAT = 'flat'
RIDGE = 'ridge'
GROOVE = 'groove'
SOLID = 'solid'

# orient=
HORIZONTAL = 'horizontal'
VERTICAL = 'vertical'

# tabs= of Text
NUMERIC = 'numeric'

# wrap= of Text
CHAR = 'char'
WORD = 'word'

# align= of what stands in Text
BASELINE = 'baseline'

# bordermode= of place
INSIDE = 'inside'
OUTSIDE = 'outside'

# tags, marks and indices
SEL = 'sel'
SEL_FIRST = 'sel.first'
SEL_LAST = 'sel.last'
END = 'end'
INSERT = 'insert'
CURRENT = 'current'
ANCHOR = 'anchor'
ALL = 'all'

# state=
NORMAL = 'normal'
DISABLED = 'disabled'
ACTIVE = 'active'
HIDDEN = 'hidden'

# kinds of menu entries
CASCADE = 'cascade'
CHECKBUTTON = 'checkbutton'
COMMAND = 'command'
RADIOBUTTON = 'radiobutton'
SEPARATOR = 'separator'

# selectmode= of Listbox
SINGLE = 'single'
BROWSE = 'browse'
MULTIPLE = 'multiple'
EXTENDED = 'extended'

# activestyle= of Listbox
DOTBOX = 'dotbox'
UNDERLINE = 'underline'

# arcs, arrows, ends and corners of lines on a Canvas
PIESLICE = 'pieslice'
CHORD = 'chord'
ARC = 'arc'
FIRST = 'first'
LAST = 'last'
BUTT = 'butt'
PROJECTING = 'projecting'
ROUND = 'round'
BEVEL = 'bevel'
MITER = 'miter'

# words of xview and yview
MOVETO = 'moveto'
SCROLL = 'scroll'
UNITS = 'units'
PAGES = 'pages'
