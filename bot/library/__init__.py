"""YAML text to playbooks, with every problem at once. The only importer of yaml and pydantic."""
