# SPDX-License-Identifier: MIT
"""Classes of messages, one for each kind of contents."""
