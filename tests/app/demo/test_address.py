"""A busy port is one clear sentence, before anything is loaded."""

import socket

import pytest

from app.demo.address import HOST, PortInUse, reserved


def test_any_free_port_is_held_for_us() -> None:
    with reserved(0) as bound:
        host, port = bound.getsockname()
        assert host == HOST
        assert port > 0


def test_a_port_that_someone_listens_on_is_named() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortInUse, match=f"port {port} on {HOST} is in use; choose another one with --port"), reserved(port):
            pass
