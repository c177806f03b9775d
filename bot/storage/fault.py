"""What goes wrong with a database, in a sentence."""


class DatabaseError(Exception):
    """The database cannot be used; its text says what to do, and holds no password."""
