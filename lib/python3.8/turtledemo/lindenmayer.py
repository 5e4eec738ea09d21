# SPDX-License-Identifier: MIT
"""lindenmayer: two kolams, patterns that women in the south of India draw before their houses.

Each is described by an L-system: a word, rules that replace its letters again and again, and a table that says
what the turtle does at each letter of the last word.  See P. Prusinkiewicz and A. Lindenmayer, The Algorithmic
Beauty of Plants, and G. Siromoney, R. Siromoney and K. Krithivasan, Array grammars and kolam.
"""
from time import sleep
from turtle import *


def rewrite(word, rules, times):
    """Replace every letter that has a rule, so many times."""
    for _ in range(times):
        word = ''.join(rules.get(letter, letter) for letter in word)
    return word


def perform(word, actions):
    """Let the turtle do what each letter stands for; letters without an action are only there for the rules."""
    for letter in word:
        if letter in actions:
            actions[letter]()


def start_at(x, y, heading, colour):
    """Begin a new drawing."""
    reset()
    hideturtle()
    speed(0)
    up()
    goto(x, y)
    setheading(heading)
    down()
    pensize(4)
    pencolor(colour)


def snake():
    """The snake: one closed line without a crossing."""
    start_at(-60, 130, 0, 'darkgreen')
    word = rewrite('F+XF+F+XF', {'X': 'XF-F-F+XF+F+XF-F-F+X'}, 3)
    perform(word, {'F': lambda: forward(9), '+': lambda: left(90), '-': lambda: right(90)})


def anklets():
    """Krishna's anklets: lines that run around each other in loops."""
    start_at(90, -80, 45, 'maroon')
    word = rewrite('-X--X', {'X': 'XFX--XFX'}, 3)

    perform(word, {'F': lambda: forward(30), 'X': lambda: circle(15, 90), '-': lambda: right(45)})


def main():
    """Draw, and return a line for the viewer."""
    bgcolor('blanchedalmond')
    tracer(12, 0)
    snake()
    update()
    sleep(2)
    anklets()
    tracer(1)
    return 'Done!'


if __name__ == '__main__':
    main()
    mainloop()
