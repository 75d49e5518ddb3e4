"""A letter from a part of a report: its text is a template, ours or one of the region's own."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.render.harmless import quoted, visible
from monitor_cli.render.told import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.language import Language
    from monitor_cli.render.formats import Look
    from monitor_cli.report import Part

_WRITTEN_WRONG = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What evaluating a template may raise by what it says."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A template of text: `name` is what it is called in errors, `suffix` that of its letters."""

    name: str
    text: str
    suffix: str

    @classmethod
    def of(cls, name: str, content: bytes, suffix: str) -> Letter:
        """The template in a file of UTF-8, looked through once.

        Raises:
            UsageError: it is no text, or no template.
        """
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            called = quoted(name)
            raise UsageError(
                words(f"шаблон {called.ru}: это не UTF-8", f"the template {called.en}: no UTF-8"),
                remedy=words("сохраните его в кодировке UTF-8", "save it as UTF-8"),
            ) from error
        names_in(text, name)
        return cls(name, text, suffix)

    def written(self, part: Part, look: Look) -> str:
        """The letter of a part, with the names of `told`.

        Raises:
            UsageError: the template names what there is not, or does what it may not.
        """
        return filled(self.text, told(part, look, markdown=self.suffix == ".md"), self.name)


@cache
def own_letter(language: Language) -> Letter:
    """The letter that goes with each part unless a template of one's own is named."""
    name = f"letter.{language.value}.md.j2"
    text = files("monitor_cli.render").joinpath("templates", name).read_text("utf-8")
    return Letter(name, text.replace("\r\n", "\n"), ".md")


def filled(template: str, names: Mapping[str, object], called: str) -> str:
    """A text with what stands in `{{ }}` and `{% %}` worked out; it may read, and do nothing else.

    Raises:
        UsageError: it cannot be worked out.
    """
    try:
        return environment().from_string(template).render(names)
    except _WRITTEN_WRONG as error:
        raise _amiss(called, error) from error


def value_of(expression: str, names: Mapping[str, object], called: str) -> object:
    """What an expression is: a number stays one.

    Raises:
        UsageError: it cannot be worked out.
    """
    try:
        compiled = environment().compile_expression(expression, undefined_to_none=False)
        found = compiled(**names)
        if isinstance(found, StrictUndefined):
            # To look at it is to be told which name there is not.
            str(found)
    except _WRITTEN_WRONG as error:
        raise _amiss(called, error) from error
    return found


def names_in(template: str, called: str) -> set[str]:
    """The names that a text asks for.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return find_undeclared_variables(environment().parse(template))
    except TemplateError as error:
        raise _amiss(called, error) from error


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Templates that can read what they are given and change nothing; text stays as it is."""
    return ImmutableSandboxedEnvironment(
        autoescape=False,  # no markup; `told` makes its texts harmless
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _amiss(called: str, error: Exception) -> UsageError:
    line = _line(error)
    where = words(f", строка {line}", f", line {line}") if line else words("", "")
    why = visible(" ".join(str(error).split()) or type(error).__name__)
    name = quoted(called)
    return UsageError(
        words(f"шаблон {name.ru}{where.ru}: {why}", f"the template {name.en}{where.en}: {why}"),
        remedy=words(
            "имена, которые знает шаблон, – в docs/templates.md",
            "the names that a template knows stand in docs/templates.md",
        ),
    )


def _line(error: Exception) -> int | None:
    """The line of the template where it went wrong."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [one.lineno for one in frames if one.filename in {"<template>", "<unknown>"}]
    return lines[-1] if lines else None
