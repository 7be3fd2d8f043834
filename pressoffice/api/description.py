"""The interface described, in English: OpenAPI 3.1, and where a program begins."""

from typing import Any

from django.urls import reverse

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.pages import in_every_language

from .operations import OPERATIONS, Operation
from .parameters import Asked, Parameter
from .problems import PROBLEM_JSON
from .schemas import SCHEMAS, ref
from .words import Data

VERSION = "1.0.0"


def start(asked: Asked) -> Data:
    pages = in_every_language(lambda: reverse("api-description"))
    return {
        "title": "Press office: what is public, as data",
        "description": {code: absolute(path) for code, path in pages.items()},
        "openapi": absolute(reverse("api:openapi")),
        "addresses": {each.name: absolute(each.address) for each in OPERATIONS},
    }


def openapi(asked: Asked) -> Data:
    """https://spec.openapis.org/oas/v3.1.1"""
    beginning = (
        Operation("start", "", "Where to begin: the addresses there are.", start, "Start"),
        *OPERATIONS,
    )
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Press office: what is public, as data",
            "version": VERSION,
            "description": "Read-only: what the pages show, at the same moment, for everybody alike.",
        },
        "servers": [{"url": absolute("") or "/"}],
        "paths": {each.address: {"get": _operation(each)} for each in beginning},
        "components": {"schemas": SCHEMAS},
    }


def _operation(operation: Operation) -> Data:
    problems = {"400", "406"} | ({"404"} if operation.path else set())
    if operation.may_be_gone:
        problems.add("410")
    problem = {"description": "Why not", "content": {PROBLEM_JSON: {"schema": ref("Problem")}}}
    return {
        "operationId": operation.name,
        "summary": str(operation.says),
        "parameters": [
            *(
                {"name": name, "in": "path", "required": True, "schema": schema}
                for name, schema in operation.path.items()
            ),
            *(_parameter(each) for each in operation.parameters),
        ],
        "responses": {
            "200": {
                "description": "The answer",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": ref(operation.schema)}},
            },
            "304": {"description": "Nothing has changed since the ETag that was given"},
            **dict.fromkeys(sorted(problems), problem),
        },
    }


def _parameter(parameter: Parameter) -> Data:
    schema: dict[str, Any] = dict(parameter.schema)
    if schema.get("format") == "date-time":
        # A day is taken as well.
        bounds = {name: schema.pop(name) for name in ("minLength", "maxLength")}
        schema = {"type": "string", **bounds, "anyOf": [{"format": "date"}, {"format": "date-time"}]}
    told = {
        "name": parameter.name,
        "in": "query",
        "description": str(parameter.says),
        "required": parameter.is_required,
        "schema": schema,
    }
    return {**told, "example": parameter.example} if parameter.example else told
