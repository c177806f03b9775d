"""`cuecard schema`: the playbook format for editors."""

import click

from bot.library.schema import schema_text


@click.command()
def schema() -> None:
    """Print the JSON Schema of playbooks.

    \b
    Editors read it from the first line of a playbook; to renew the file:
      cuecard schema > playbooks/schema.json
    """
    click.echo(schema_text(), nl=False)
