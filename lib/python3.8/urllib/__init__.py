# SPDX-License-Identifier: MIT
"""Working with URLs: parse, request, response, error, robotparser."""
