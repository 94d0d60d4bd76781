"""Push services of this machine to send to, with TLS and HTTP/2, in processes of their own.

What is measured is who sends, so the service should cost next to nothing: nginx, where it is installed, takes a
message in a fifth of the time that Node's server needs. Only Node answers late.
"""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.report import progress

NGINX = """
daemon off; pid {folder}/nginx.pid; error_log stderr crit; worker_processes 1;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {folder}/chain.pem; ssl_certificate_key {folder}/key.pem;
    keepalive_requests 10000000; http2_max_concurrent_streams 256;
    location / {{ return 201; }}
  }}
}}
"""


@contextmanager
def quick(folder: Path) -> Iterator[int]:
    """The port of one that answers 201 at once; `folder` holds key.pem and chain.pem."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx is None:
        progress("No nginx: Node takes the messages, and a good part of the machine.")
        with late(folder) as port:
            yield port
        return
    port = _free_port()
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, port=port))
    with subprocess.Popen([nginx, "-p", str(folder), "-c", str(settings)]) as server:
        try:
            _until_it_listens(port)
            yield port
        finally:
            server.send_signal(signal.SIGQUIT)


@contextmanager
def late(folder: Path) -> Iterator[int]:
    """The port of one that answers 201, under /late/ after 30 ms."""
    script = Path(__file__).with_name("service.mjs")
    command = ["node", str(script), str(folder / "key.pem"), str(folder / "chain.pem")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as node:
        try:
            yield int(node.stdout.readline()) if node.stdout else 0
        finally:
            node.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
    return port


def _until_it_listens(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("nginx does not answer.")
