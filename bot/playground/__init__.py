"""Plays Slack, for people and for the tests."""
