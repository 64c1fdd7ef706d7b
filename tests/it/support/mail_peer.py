"""A mail server that keeps what it gets: each mail as a file of JSON, as Python's own mail library reads it.

Arguments: PORT FOLDER OPTIONS, the last one JSON with
  refuse  addresses that it has no mailbox for
  delay   seconds that it takes for each mail
  busy    mails that it turns away for now before it takes any
  cut     mails that it keeps without a word, breaking the connection
  tls     "starttls" or "implicit", with cert and key
  login   [name, password] that it asks for
"""

import asyncio
import email
import email.policy
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

PORT, FOLDER, OPTIONS = int(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])


def reading(envelope, encrypted):
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    body = lambda kind: mail.get_body((kind,)).get_content()
    return {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "subject": str(mail["subject"]),
        "message_id": str(mail["message-id"]),
        "headers": {name.lower(): str(value) for name, value in mail.items()},
        "text": body("plain"),
        "html": body("html"),
        "defects": [repr(defect) for part in mail.walk() for defect in part.defects],
        "type": mail.get_content_type(),
        "longest_line": max(map(len, envelope.content.split(b"\r\n"))),
        "encrypted": encrypted,
    }


class Keeper:
    def __init__(self):
        self.busy = OPTIONS.get("busy", 0)
        self.cut = OPTIONS.get("cut", 0)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in OPTIONS.get("refuse", []):
            return "550 5.1.1 <%s>: no such mailbox here" % address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(OPTIONS.get("delay", 0))
        if self.busy > 0:
            self.busy -= 1
            return "451 4.3.0 come back later"
        self.keep(reading(envelope, server.transport.get_extra_info("sslcontext") is not None))
        if self.cut > 0:
            self.cut -= 1
            server.transport.abort()
        return "250 OK"

    def keep(self, mail):
        number = len(os.listdir(FOLDER))
        path = os.path.join(FOLDER, "%06d" % number)
        with open(path + ".new", "w") as file:
            json.dump(mail, file)
        os.rename(path + ".new", path + ".json")


def context():
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(OPTIONS["cert"], OPTIONS["key"])
    return tls


def authenticate(server, session, envelope, mechanism, data):
    given = [data.login.decode(), data.password.decode()]
    # Not handled: the server says the words that go with it.
    return AuthResult(success=given == OPTIONS["login"], handled=False)


async def serve():
    keeper, tls = Keeper(), OPTIONS.get("tls")
    settings = {"enable_SMTPUTF8": True}
    if tls == "starttls":
        settings.update(tls_context=context(), require_starttls=True)
    if "login" in OPTIONS:
        settings.update(authenticator=authenticate, auth_required=True, auth_require_tls=tls == "starttls")
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keeper, **settings), "127.0.0.1", PORT, ssl=context() if tls == "implicit" else None
    )
    print("ready", flush=True)
    await server.serve_forever()


asyncio.run(serve())
