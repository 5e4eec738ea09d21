# SPDX-License-Identifier: MIT
"""SQLAlchemy: declarative classes, relations, queries and events on SQLite, with its C parts."""
from typing import List
from sqlalchemy import ForeignKey, String, create_engine, event, func, select
from sqlalchemy.cyextension import collections, resultproxy  # noqa: F401  the compiled parts are there
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)
    books: Mapped[List["Book"]] = relationship(back_populates="author", cascade="all, delete-orphan", order_by="Book.year")


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    year: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    author: Mapped[Author] = relationship(back_populates="books")


engine = create_engine("sqlite://")
statements = []
event.listen(engine, "before_cursor_execute", lambda conn, cursor, text, *rest: statements.append(text))
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Author(name="A", books=[Book(title="one", year=2001), Book(title="two", year=1999)]), Author(name="B")])
    session.commit()
    a = session.scalars(select(Author).options(selectinload(Author.books)).where(Author.name == "A")).one()
    assert [b.title for b in a.books] == ["two", "one"] and a.books[0].author is a
    counts = session.execute(select(Author.name, func.count(Book.id)).outerjoin(Book).group_by(Author.id).order_by(Author.name)).all()
    assert counts == [("A", 2), ("B", 0)] and counts[0]._mapping["name"] == "A"
    a.books.pop()
    session.commit()
    assert session.scalar(select(func.count()).select_from(Book)) == 1
    session.add(Author(name="B"))
    try:
        session.commit()
    except IntegrityError as e:
        assert "UNIQUE constraint failed: author.name" in str(e)
        session.rollback()
assert any(text.startswith("INSERT INTO book") for text in statements)
assert collections.OrderedSet([3, 1, 3]) == {1, 3} and list(collections.OrderedSet([3, 1, 3])) == [3, 1]
