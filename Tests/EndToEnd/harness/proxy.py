"""The nginx of Debian, with the configuration that is delivered: its names, ports and files are a test's own."""

import subprocess

import httpx

from .certificate import self_signed
from .hub import ROOT, free_port
from .waiting import eventually

DELIVERED = ROOT / "Deploy" / "nginx" / "hemicycle.conf"
AROUND = """
{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{ client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4;
        scgi_temp_path {folder}/t5; include {folder}/hemicycle.conf; }}
"""


class Proxy:
    """Speaks TLS on a port of its own, for `hub`."""

    def __init__(self, hub, folder):
        self.folder, self.port = folder, free_port()
        self.certificate, key = self_signed(folder)
        changes = {
            "127.0.0.1:8080": f"127.0.0.1:{hub.http_port}", "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl", "live.example.org": "127.0.0.1",
            "/etc/hemicycle/tls/fullchain.pem": str(self.certificate), "/etc/hemicycle/tls/privkey.pem": str(key),
        }
        text = DELIVERED.read_text()
        for delivered, ours in changes.items():
            assert delivered in text, delivered
            text = text.replace(delivered, ours)
        (folder / "hemicycle.conf").write_text(text)
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user="user root;"))

    @property
    def address(self):
        return f"https://127.0.0.1:{self.port}"

    def start(self):
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-c", str(self.folder / "nginx.conf")])
        eventually(self.answers, within=10, saying="nginx answers")
        return self

    def answers(self):
        try:
            return httpx.get(f"{self.address}/healthz", verify=False, timeout=1).status_code == 200
        except httpx.TransportError:
            return False

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=10)
