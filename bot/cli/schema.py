"""`cuecard schema`: the playbook format for editors."""

import click

from bot.library.schema import schema_text


@click.command()
def schema() -> None:
    """Print the JSON Schema of playbooks, for editors.

    Editors find it by the first line of a playbook.

    \b
    Example, to renew the file:
      cuecard schema > playbooks/schema.json
    """
    click.echo(schema_text(), nl=False)
