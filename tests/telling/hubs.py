"""A WebSub hub on this machine."""

from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs

PATIENCE = 60  # seconds; longer means that somebody waits for ever


class Hub:
    """What it was told, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.answer = 204
        self.was_asked = Event()
        self.may_answer = Event()
        self.may_answer.set()
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                hub.asked.append(parse_qs(form, strict_parsing=True))
                hub.was_asked.set()
                hub.may_answer.wait(PATIENCE)
                self.send_response(hub.answer)
                if hub.answer == 302:
                    self.send_header("Location", hub.address)
                # Whoever asked may be gone.
                with suppress(BrokenPipeError):
                    self.end_headers()

            do_GET = do_POST  # a detour would fail over the missing length

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hub"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def feeds(self) -> list[str]:
        assert all(form["hub.mode"] == ["publish"] for form in self.asked)
        return [form["hub.url"][0].removeprefix("https://press.example") for form in self.asked]
