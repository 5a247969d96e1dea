"""A real mail server: aiosmtpd on loopback, with encryption and an account, which keeps what it takes."""

import email
import email.policy
import ssl

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

ACCOUNT = ("hemicycle", "correct horse battery staple")


class MailServer:
    """Takes mail for whoever signs in; refuses what is for `nowhere@…` for good.

    encryption -- `starttls`, without which it takes nothing, or `tls`
    """

    def __init__(self, port, certificate, encryption="starttls"):
        self.messages, self.attempts = [], 0
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(*certificate)
        self._port, self._encryption, self._controller = port, encryption, None

    def start(self):
        more = {"ssl_context": self._tls} if self._encryption == "tls" else {"tls_context": self._tls, "require_starttls": True}
        kind = {"auth_require_tls": False} if self._encryption == "tls" else {}
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self._port, authenticator=self._is_known, auth_required=True, **more, **kind)
        self._controller.start()
        return self

    def stop(self):
        if self._controller:
            self._controller.stop()
            self._controller = None

    @staticmethod
    def _is_known(server, session, envelope, mechanism, said):
        return AuthResult(success=(said.login.decode(), said.password.decode()) == ACCOUNT)

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.attempts += 1
        if address.startswith("nowhere@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        self.messages.append((envelope.mail_from, envelope.rcpt_tos, message))
        return "250 taken"
