"""The command that reads a statement aloud: what it is, and which words say so."""

from __future__ import annotations

import json

import click


@click.command(epilog="Several statements are read one after the other.")
@click.argument("statements", nargs=-1, required=True, metavar="STATEMENT...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, for programs.")
def language(statements: tuple[str, ...], as_json: bool) -> None:
    """Say whether a statement is an outcome, an indicator or a performance measure.

    An outcome is a condition of people's lives and has no data in it. An indicator counts it for
    everybody in a place. A performance measure is about a service and its customers. The words
    that decided are named, because words can be read wrongly.

    \b
    Examples:
      databook language "A community without graffiti"
      databook language "% of clients who find work" "Crime rate"
    """
    from databook.validate.language import classify

    readings = [(said, classify(said)) for said in statements]
    if as_json:
        plain = [
            {
                "statement": said,
                "is": found.idea.value,
                "words": [{"words": d.words, "reason": d.reason} for d in found.deciding],
                "doubts": [{"words": d.words, "reason": d.reason} for d in found.doubts],
            }
            for said, found in readings
        ]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    for said, found in readings:
        click.echo(f"{said}\n  {found.idea.value}")
        if not found.deciding:
            click.echo("    nothing is counted in it, and no service is spoken of")
        for one in found.deciding:
            click.echo(f"    “{one.words}”: {one.reason}")
        for one in found.doubts:
            click.echo(f"    but “{one.words}”: {one.reason}")
