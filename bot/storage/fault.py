"""A database that cannot be used."""


class DatabaseError(Exception):
    """The database cannot be used; its text says what to do, and holds no password."""


class SchemaError(DatabaseError):
    """The database answers, and its tables are not those of this version; waiting does not mend it."""
