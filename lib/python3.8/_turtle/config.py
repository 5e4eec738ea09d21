# SPDX-License-Identifier: MIT
"""Settings of turtle: defaults, overridden by turtle.cfg beside the module, then by one in the current directory."""
from os.path import dirname, isfile, join

_CFG = {
    'width': 0.5, 'height': 0.75,               # of the window: pixels, or a fraction of the screen
    'canvwidth': 400, 'canvheight': 300,        # of the area to draw on
    'leftright': None, 'topbottom': None,       # where the window stands; None: in the middle
    'mode': 'standard', 'colormode': 1.0, 'delay': 10,
    'undobuffersize': 1000, 'shape': 'classic', 'pencolor': 'black', 'fillcolor': 'black',
    'resizemode': 'noresize', 'visible': True, 'language': 'english',
    'exampleturtle': 'turtle', 'examplescreen': 'screen',
    'title': 'Python Turtle Graphics', 'using_IDLE': False,
}

_WORDS = {'True': True, 'False': False, 'None': None, "''": '', '""': ''}


def _value_of(text):
    """A setting's value: a word such as True, a number, or else the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    try:
        return float(text) if '.' in text else int(text)
    except ValueError:
        return text


def config_dict(filename):
    """Return the settings of a configuration file as a dictionary.

    Each line is `key = value`; empty lines and lines that begin with # are passed over, others are
    reported on standard output and passed over too.
    """
    settings = {}
    with open(filename) as lines:
        for line in map(str.strip, lines):
            if not line or line[0] == '#':
                continue
            parts = line.split('=')
            if len(parts) == 2:
                settings[parts[0].strip()] = _value_of(parts[1].strip())
            else:
                print('Bad line in config-file %s:\n%s' % (filename, line))
    return settings


def readconfig(cfgdict):
    """Update the dictionary cfgdict from the configuration files.

    These are turtle.cfg in the directory of the module and turtle.cfg in the current directory, which
    has the last word.  If the latter says `importconfig = NAME`, turtle_NAME.cfg stands for the former.
    """
    name, local = 'turtle.cfg', {}
    if isfile(name):
        local = config_dict(name)
        if 'importconfig' in local:
            name = 'turtle_%s.cfg' % local['importconfig']
    shared = join(dirname(dirname(globals().get('__file__', ''))), name)
    if isfile(shared):
        cfgdict.update(config_dict(shared))
    cfgdict.update(local)


readconfig(_CFG)
