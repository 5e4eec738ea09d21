# SPDX-License-Identifier: MIT
"""round_dance: couples of turtles dance in a round and turn in opposite directions.

Press any key to stop the dance.  The dancers have a compound shape, made of tilted and stretched polygons that
get_shapepoly() returns.
"""
from turtle import Screen, Shape, Turtle, mainloop

dancing = False


def stop():
    """End the dance."""
    global dancing
    dancing = False


def dancer_shape(screen):
    """Make the shape of a dancer of six triangles and a middle, all taken from a turtle's own shape."""
    model = Turtle('triangle', visible=False)
    shape = Shape('compound')
    model.shapesize(0.5, 1.6)
    for number in range(6):
        model.settiltangle(60 * number)
        shape.addcomponent(model.get_shapepoly(), 'tomato' if number % 2 else 'gold', 'sienna')
    model.shape('circle')
    model.shapesize(0.35)
    shape.addcomponent(model.get_shapepoly(), 'white', 'black')
    screen.register_shape('dancer', shape)


def couples(count, distance):
    """Two rings of dancers, the inner ones clones of the outer ones."""
    pairs = []
    for number in range(count):
        outer = Turtle('dancer', visible=False)
        outer.speed(0)
        outer.setundobuffer(None)
        outer.penup()
        outer.setheading(360 / count * number)
        outer.forward(distance)
        outer.left(90)
        outer.shapesize(1.4)
        inner = outer.clone()
        inner.left(90)
        inner.forward(distance * 0.42)
        inner.right(90)
        inner.shapesize(0.9)
        for dancer in (outer, inner):
            dancer.showturtle()
        pairs.append((outer, inner))
    return pairs


def main():
    """Draw, and return a line for the viewer."""
    global dancing
    screen = Screen()
    screen.bgcolor('gray12')
    screen.tracer(0)
    dancer_shape(screen)
    pairs = couples(10, 190)
    dancing = True
    screen.onkeypress(stop)
    screen.listen()
    turn = 4
    while dancing:
        for outer, inner in pairs:
            for dancer, way, arc in ((outer, 1, 190), (inner, -1, 110)):
                dancer.forward(arc * 0.035 * way)
                dancer.left(0.035 * 57.29578)
                dancer.tilt(turn * way)
        screen.delay(0)
        screen.update()
    screen.tracer(1)
    return 'DONE!'


if __name__ == '__main__':
    print(main())
    mainloop()
