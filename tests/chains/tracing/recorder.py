"""A local LangSmith that writes down what the real client sends: multipart, zstd and all."""

import email
import json
import threading
from collections.abc import Mapping
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import zstandard

INFO = {
    "version": "0.10.0",
    "instance_flags": {"zstd_compression_enabled": True},
    "batch_ingest_config": {
        "use_multipart_endpoint": True,
        "size_limit": 100,
        "size_limit_bytes": 20_971_520,
        "scale_up_nthreads_limit": 16,
        "scale_up_qsize_trigger": 1000,
    },
}


class LangSmithRecorder:
    """`with LangSmithRecorder() as recorder:`; `runs()` puts each run together from its parts."""

    def __init__(self) -> None:
        self.posts: list[bytes] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(json.dumps(INFO).encode())

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["content-length"])) if "content-length" in self.headers else self._chunks()
                if self.headers.get("content-encoding") == "zstd":
                    content = zstandard.ZstdDecompressor().decompressobj().decompress(content)
                recorder.posts.append(f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode() + content)
                self._answer(b"{}")

            do_PATCH = do_POST  # noqa: N815  the name is http.server's

            def _chunks(self) -> bytes:
                whole = b""
                while size := int(self.rfile.readline(), 16):
                    whole += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return whole

            def _answer(self, body: bytes) -> None:
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is http.server's
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def sent(self) -> str:
        """Everything, decoded, to look for what must not be there."""
        return "\n".join(post.decode() for post in self.posts)

    def runs(self) -> Mapping[str, dict[str, Any]]:
        """Runs by id; later parts complete earlier ones."""
        runs: dict[str, dict[str, Any]] = {}
        for post in self.posts:
            for part in email.message_from_bytes(post, policy=HTTP).iter_parts():
                _, run_id, *field = str(part.get_param("name", header="content-disposition")).split(".")
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                value = json.loads(content)
                run = runs.setdefault(run_id, {})
                run.update({field[0]: value} if field else {k: v for k, v in value.items() if v is not None})
        return runs

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
