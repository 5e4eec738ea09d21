# SPDX-License-Identifier: MIT
"""Calls of procedures on other machines by XML over HTTP: client and server."""
