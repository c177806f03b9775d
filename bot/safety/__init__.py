"""Danger first. Needs no playbook, no template, no database and no encoder."""
