"""Who may do what."""

import hmac
import time

SESSION_LIFETIME = 12 * 3600


class TokenVerifier:
    def __init__(self, secrets_by_id, now=time.time):
        self.secrets_by_id = secrets_by_id
        self.now = now

    def verify(self, token):
        key_id, issued, signature = token.split(".")
        expected = hmac.new(self.secrets_by_id[key_id], f"{key_id}.{issued}".encode(), "sha256").hexdigest()
        if not hmac.compare_digest(expected, signature):
            raise PermissionError("signature does not match")
        if self.now() - int(issued) > SESSION_LIFETIME:
            raise PermissionError("session expired")
        return key_id
