# SPDX-License-Identifier: MIT
"""Context variables (PEP 567): state that follows a task, not a thread."""

from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ('Context', 'ContextVar', 'Token', 'copy_context')
