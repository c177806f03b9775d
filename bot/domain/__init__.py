"""The words the bot thinks in. Standard library only."""
