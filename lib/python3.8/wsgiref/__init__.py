# SPDX-License-Identifier: MIT
"""The reference tools for WSGI (PEP 3333), the interface of web servers and Python programs.

util: the environment.  headers: response headers.  handlers: run an application for a server or as a CGI program.
simple_server: a web server.  validate: check that both sides keep to the rules.
"""
