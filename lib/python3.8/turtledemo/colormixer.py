# SPDX-License-Identifier: MIT
"""colormixer: drag the three turtles up and down to mix red, green and blue in the background."""
from turtle import Screen, Turtle, mainloop


class Slider(Turtle):
    """A turtle on a pole of height 1, which shows how much there is of one colour."""

    def __init__(self, mixer, part, x):
        super().__init__('turtle')
        self.mixer, self.part, self.x = mixer, part, x
        self.speed(0)
        self.penup()
        self.shapesize(3, 3, 4)
        self.setheading(90)
        self.goto(x, 0)
        self.pendown()
        self.pensize(8)
        self.pencolor([float(part == i) for i in range(3)])
        self.sety(1)
        self.penup()
        self.goto(x, 0.5)
        self.shade(0.5)
        self.ondrag(self.slide)

    def shade(self, amount):
        """Show the amount in the turtle's own colour."""
        self.fillcolor([amount * (self.part == i) for i in range(3)])

    def slide(self, x, y):
        """Follow the mouse, within the pole."""
        amount = min(max(y, 0.0), 1.0)
        self.goto(self.x, amount)
        self.shade(amount)
        self.mixer.mix()


class Mixer:
    """The sliders and the background that they colour."""

    def __init__(self, screen):
        self.screen = screen
        screen.setworldcoordinates(-0.5, -0.3, 2.5, 1.3)
        screen.tracer(0)
        self.text = Turtle(visible=False)
        self.text.penup()
        self.text.goto(1, 1.1)
        self.sliders = [Slider(self, part, part) for part in range(3)]
        screen.tracer(1)
        self.mix()

    def mix(self):
        """Colour the background by the sliders, and write their amounts."""
        amounts = [slider.ycor() for slider in self.sliders]
        self.screen.bgcolor(amounts)
        self.text.clear()
        self.text.pencolor('black' if sum(amounts) > 1.5 else 'white')
        self.text.write('red %.2f   green %.2f   blue %.2f' % tuple(amounts), align='center', font=('Arial', 14, 'bold'))


def main():
    """Set the scene; its turtles go on by events."""
    screen = Screen()
    screen.delay(0)
    Mixer(screen)
    return 'EVENTLOOP'


if __name__ == '__main__':
    main()
    mainloop()
