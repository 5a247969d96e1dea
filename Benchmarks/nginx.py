"""nginx with one worker, which serves files from memory: what the same bytes cost a server that does nothing else."""

import os
import subprocess
from contextlib import contextmanager

from harness.hub import free_port
from harness.waiting import eventually

import processor

CONFIGURATION = """
{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; types {{ video/mp4 m4s; }}
        client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4;
        scgi_temp_path {folder}/t5; server {{ listen 127.0.0.1:{port}; root {folder}/files; }} }}
"""


@contextmanager
def serving(folder, files):
    """Serves these bytes under these names: the process that does the work, and its port."""
    port = free_port()
    (folder / "files").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / "files" / name).write_bytes(content)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port, user=user))
    process = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        yield eventually(lambda: processor.only_child(process.pid), within=5, saying="nginx works"), port
    finally:
        process.terminate()
        process.wait()
