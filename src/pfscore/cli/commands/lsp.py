"""`pfscore lsp`: the language server for rulesets, which an editor starts."""

from __future__ import annotations

import argparse
import logging
import os
import sys

from pfscore.cli.output import EXIT_DONE, add_search
from pfscore.editor.server import language_server


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--stdio", action="store_true", help="经标准输入输出（默认） · over standard input and output")
    parser.add_argument(
        "--tcp",
        type=int,
        metavar="PORT",
        help="在本机的这个端口等编辑器来连 · wait on this port of the loopback",
    )
    parser.add_argument(
        "--lang",
        choices=("zh", "en"),
        help="输出语言，默认随编辑器，编辑器不说则中文 · language; the editor's, else Chinese",
    )
    add_search(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command until the editor ends it."""
    server = language_server(lang=options.lang, search=options.search)
    # An editor may still answer a question of the server after it has ended the session: that is no fault.
    logging.getLogger("pygls.protocol.json_rpc").addFilter(lambda record: "shutting down" not in record.getMessage())
    if options.tcp is None:
        # The server closes its stream when the editor ends it; standard output stays open for the end of the program.
        server.start_io(stdout=os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    else:
        server.start_tcp("127.0.0.1", options.tcp)
    return EXIT_DONE
