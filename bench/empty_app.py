"""A Typer program that does nothing, without Rich: below it no Typer program can start."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def main() -> None:
    """Do nothing."""


if __name__ == "__main__":
    app()
