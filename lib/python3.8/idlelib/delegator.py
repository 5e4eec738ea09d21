# SPDX-License-Identifier: MIT
"""An object that hands what it lacks on to another one."""


class Delegator:
    """Attributes that are not here are the delegate's. They are kept here once read, until there is another delegate."""

    def __init__(self, delegate=None):
        self.delegate = delegate
        self.__cache = set()

    def __getattr__(self, name):
        value = getattr(self.delegate, name)
        setattr(self, name, value)
        self.__cache.add(name)
        return value

    def resetcache(self):
        """Forget the attributes that were read from the delegate."""
        while self.__cache:
            self.__dict__.pop(self.__cache.pop(), None)

    def setdelegate(self, delegate):
        """Hand on to delegate from now on."""
        self.resetcache()
        self.delegate = delegate
