"""Who acts: the regional authority (РОУО), a municipality's (МОУО), a school.

Source: the memo, «Работа с поручениями».
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor_cli.errors import UsageError
from monitor_cli.language import Words, normalised, words


class Role(StrEnum):
    """What one may do follows from it."""

    ROUO = "rouo"
    MOUO = "mouo"
    SCHOOL = "school"


EXAMPLES = "rouo, mouo:<муниципалитет>, school:<id>"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts.

    `name`: of a МОУО the municipality, of a school its id; of РОУО, of whom a store has one,
    empty. As text, in logs and settings, `rouo`, `mouo:<municipality>`, `school:<id>`.
    """

    role: Role
    name: str = ""

    def __str__(self) -> str:
        """The text that `parsed` reads."""
        return self.role.value if self.role is Role.ROUO else f"{self.role}:{self.name}"

    @classmethod
    def parsed(cls, text: str) -> Actor:
        """The actor that a text names.

        Raises:
            ValueError: it names none.
        """
        role, colon, name = text.strip().partition(":")
        name = " ".join(name.split())
        if (
            role not in tuple(Role)
            or (role == Role.ROUO) == bool(colon)
            or bool(colon) != bool(name)
        ):
            message = f"{text!r} names no actor"
            raise ValueError(message)
        return cls(Role(role), name)

    @property
    def called(self) -> Words:
        """How people call them."""
        if self.role is Role.ROUO:
            return words("РОУО", "the regional authority")
        if self.role is Role.MOUO:
            return words(f"МОУО «{self.name}»", f"the municipality “{self.name}”")
        return words(f"школа {self.name}", f"school {self.name}")

    def is_of(self, municipality: str) -> bool:
        """Whether it is the МОУО of that municipality; names compare without case and «ё»."""
        return self.role is Role.MOUO and normalised(self.name) == normalised(municipality)

    def is_school(self, school_id: str | None) -> bool:
        """Whether it is the school of that id."""
        return self.role is Role.SCHOOL and self.name == school_id


class RoleError(UsageError):
    """Who may not do it, or has not said who they are: exit code 2."""


def nobody() -> RoleError:
    """The error for one who has not said who they are."""
    return RoleError(
        words("не сказано, кто вы", "it is not said who you are"),
        remedy=words(
            "назовите себя: --as rouo, --as mouo:МУНИЦИПАЛИТЕТ, --as school:ID "
            "или [task] identity в monitor.toml",
            "say so: --as rouo, --as mouo:MUNICIPALITY, --as school:ID, "
            "or [task] identity in monitor.toml",
        ),
    )


def may_not(actor: Actor, deed: Words, who_may: Words) -> RoleError:
    """The error for one whose role does not do that; `deed` in the infinitive."""
    return RoleError(
        words(f"{actor.called.ru} не может {deed.ru}", f"{actor.called.en} may not {deed.en}"),
        remedy=words(f"это делает {who_may.ru}", f"this is done by {who_may.en}"),
    )
