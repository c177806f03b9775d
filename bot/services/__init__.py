"""What people do with Cuecard, one module a use case."""
