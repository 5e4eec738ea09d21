# SPDX-License-Identifier: MIT
"""The errors of distutils.  Those below DistutilsError and CCompilerError are shown in one line by setup()."""


class DistutilsError(Exception):
    """Base of the errors here."""


class DistutilsModuleError(DistutilsError):
    """A module, or a class in it, is not there: of a command."""


class DistutilsClassError(DistutilsError):
    """A command class lacks something."""


class DistutilsGetoptError(DistutilsError):
    """A table of options is wrong."""


class DistutilsArgError(DistutilsError):
    """The command line is wrong."""


class DistutilsFileError(DistutilsError):
    """Something is wrong with a file."""


class DistutilsOptionError(DistutilsError):
    """Options contradict each other or have wrong values."""


class DistutilsSetupError(DistutilsError):
    """The arguments of setup() are wrong."""


class DistutilsPlatformError(DistutilsError):
    """Something is not known or not possible on this system."""


class DistutilsExecError(DistutilsError):
    """A program failed or could not be run."""


class DistutilsInternalError(DistutilsError):
    """Something that must not happen."""


class DistutilsTemplateError(DistutilsError):
    """A line of MANIFEST.in is wrong."""


class DistutilsByteCompileError(DistutilsError):
    """Modules cannot be compiled."""


class CCompilerError(Exception):
    """Base of the errors of compilers."""


class PreprocessError(CCompilerError):
    """Preprocessing failed."""


class CompileError(CCompilerError):
    """Compiling failed."""


class LibError(CCompilerError):
    """Making a static library failed."""


class LinkError(CCompilerError):
    """Linking failed."""


class UnknownFileError(CCompilerError):
    """A source file of a kind that the compiler does not know."""
