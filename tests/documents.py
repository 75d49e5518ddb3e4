"""Reading what the program printed: a document that its published schema refuses is a failure."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "schemas"


def parsed(text: str | bytes) -> Any:
    """The document, which is valid by the schema of its own name."""
    document = json.loads(text)
    validator(document["schema"]).validate(document)
    return document


@cache
def validator(name: str) -> Draft202012Validator:
    """The judge of documents of that name; its schema is a schema itself."""
    path = SCHEMAS / (name.replace("/", "-") + ".json")
    schema = json.loads(path.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
