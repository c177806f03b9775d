"""Cuecard: the right words on the spot, in Slack and in a terminal."""
