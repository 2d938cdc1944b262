"""A provider's webhook: RENVOI_SECRET=... python3 webhook.py PORT. Prints each call that is truly from Renvoi."""
import hashlib, hmac, http.server, os, sys, time

class Webhook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("content-length", 0)), 1 << 20))
        field = self.headers.get("renvoi-signature", "")
        second, _, tag = field.removeprefix("t=").partition(",v1=")
        mac = hmac.new(os.environ["RENVOI_SECRET"].encode(), f"{second}.".encode() + body, hashlib.sha256)
        right = hmac.compare_digest(mac.hexdigest().encode(), tag.encode())
        fresh = second.isascii() and second.isdigit() and abs(time.time() - int(second)) <= 300
        self.send_response(204 if right and fresh else 401)
        self.end_headers()
        if right and fresh:
            print(body.decode(), flush=True)

server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Webhook)
print("listening on port", server.server_port, flush=True)
server.serve_forever()
