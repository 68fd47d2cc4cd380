"""A YAML language server as an editor runs it, spoken to over its standard input and output."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Any

from tests.node.installed import program

CURSOR = "|"
"""Where the cursor stands in a text."""

_PATIENCE = 60.0
_SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        # Nothing is fetched from anywhere.
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
}
_CAPABILITIES = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {"relatedInformation": True},
    },
}

Message = dict[str, Any]


@dataclass(frozen=True)
class Complaint:
    """A line that the server underlines, counted from 1, what is underlined in it, and why."""

    line: int
    marked: str
    message: str


@contextmanager
def language_server(folder: Path) -> Iterator["LanguageServer"]:
    """A language server for a folder, for as long as the block lasts; the test is skipped if it is not installed."""
    process = subprocess.Popen(
        [*program("yaml-language-server/bin/yaml-language-server"), "--stdio"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        yield LanguageServer(process.stdin, process.stdout, folder)
    finally:
        process.kill()
        process.communicate()


class LanguageServer:
    """What an editor asks of the server; whatever does not come in time fails."""

    def __init__(self, to: IO[bytes], from_: IO[bytes], folder: Path) -> None:
        """Introduces itself, as an editor that has the folder open."""
        self._to = to
        self._folder = folder
        self._asked = 0
        self._opened = 0
        self._received: Queue[Message] = Queue()
        Thread(target=self._listen, args=(from_,), daemon=True).start()
        uri = folder.as_uri()
        self._ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": folder.name}],
                "capabilities": _CAPABILITIES,
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": _SETTINGS})

    def complaints(self, text: str) -> list[Complaint]:
        """What the server underlines in a file, in its order."""
        uri = self._open(text)
        lines = text.split("\n")
        while True:
            message = self._received.get(timeout=_PATIENCE)
            told = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and told["uri"] == uri:
                return sorted((_complaint(each, lines) for each in told["diagnostics"]), key=lambda each: each.line)
            self._answer(message)

    def completions(self, text: str) -> dict[str, str]:
        """What the server offers at the cursor, each with what it says of it."""
        found = self._at_cursor("textDocument/completion", text)
        return {each["label"]: _words(each.get("documentation")) for each in found["items"]}

    def hover(self, text: str) -> str:
        """What the server shows for what the cursor points at."""
        found = self._at_cursor("textDocument/hover", text)
        return _words(found and found["contents"])

    def _at_cursor(self, method: str, text: str) -> Any:
        before, _, after = text.partition(CURSOR)
        uri = self._open(before + after)
        lines = before.split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        return self._ask(method, {"textDocument": {"uri": uri}, "position": position})

    def _open(self, text: str) -> str:
        """Opens a file of its own with the text; its address."""
        self._opened += 1
        uri = (self._folder / f"opened-{self._opened}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _ask(self, method: str, params: Mapping[str, Any]) -> Any:
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._received.get(timeout=_PATIENCE)
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._answer(message)

    def _answer(self, message: Message) -> None:
        """Answers what the server asks of its editor; what it only tells is passed over."""
        if "method" not in message or "id" not in message:
            return
        result: Any = None
        if message["method"] == "workspace/configuration":
            result = [_SETTINGS.get(each["section"]) for each in message["params"]["items"]]
        self._send({"id": message["id"], "result": result})

    def _tell(self, method: str, params: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._to.flush()

    def _listen(self, from_: IO[bytes]) -> None:
        while head := from_.readline():
            length = int(head.removeprefix(b"Content-Length:"))
            while from_.readline().strip():
                pass
            self._received.put(json.loads(from_.read(length)))


def _complaint(told: Message, lines: list[str]) -> Complaint:
    start, end = told["range"]["start"], told["range"]["end"]
    line = lines[start["line"]]
    marked = line[start["character"] : end["character"]] if start["line"] == end["line"] else line[start["character"] :]
    return Complaint(start["line"] + 1, marked, told["message"])


def _words(markup: Any) -> str:
    return markup["value"] if isinstance(markup, dict) else markup or ""
