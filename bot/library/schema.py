"""The JSON Schema of the playbook format, which editors complete and check YAML against."""

import json

from pydantic import TypeAdapter

from bot.library.document import PhrasesDocument, PlaybookDocument, PolicyDocument


def schema_text() -> str:
    """The schema as it stands in playbooks/schema.json."""
    found = TypeAdapter(PlaybookDocument | PhrasesDocument | PolicyDocument).json_schema()
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found["title"] = "A Cuecard playbook, or the workplace's policy.yaml"
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
