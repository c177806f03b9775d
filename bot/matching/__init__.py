"""Situation to matches, and the details found in it."""
