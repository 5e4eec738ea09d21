# SPDX-License-Identifier: MIT
"""A database as the SQL that makes it again; used by Connection.iterdump()."""


def _objects(cursor, condition, order=""):
    return cursor.execute(
        'SELECT "name", "type", "sql" FROM "sqlite_master" WHERE "sql" NOT NULL AND ' + condition + order).fetchall()


def _rows(cursor, table):
    """The INSERT statements of a table; SQLite itself quotes the values."""
    name = table.replace('"', '""')
    columns = [row[1].replace('"', '""') for row in cursor.execute('PRAGMA table_info("%s")' % name).fetchall()]
    values = ",".join("""'||quote("%s")||'""" % column for column in columns)
    for row in cursor.execute("""SELECT 'INSERT INTO "%s" VALUES(%s)' FROM "%s";""" % (name.replace("'", "''"), values, name)):
        yield row[0] + ";"


def _iterdump(connection):
    """Yield the statements, one by one: tables with their rows, then indices, triggers and views."""
    cursor = connection.cursor()
    yield "BEGIN TRANSACTION;"
    for name, kind, sql in _objects(cursor, "\"type\" == 'table'", ' ORDER BY "name"'):
        if name == "sqlite_sequence":
            yield 'DELETE FROM "sqlite_sequence";'
        elif name == "sqlite_stat1":
            yield 'ANALYZE "sqlite_master";'
        elif name.startswith("sqlite_"):
            continue
        else:
            yield sql + ";"
        yield from _rows(cursor, name)
    for name, kind, sql in _objects(cursor, "\"type\" IN ('index', 'trigger', 'view')"):
        yield sql + ";"
    yield "COMMIT;"
