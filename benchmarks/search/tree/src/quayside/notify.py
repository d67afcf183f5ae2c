"""Mails and text messages to agents of ships."""


class NotificationQueue:
    """Sends each message once, even if the process dies in between."""

    def __init__(self, store, transport):
        self.store = store
        self.transport = transport

    def enqueue(self, recipient, template, values):
        key = f"{recipient}:{template}:{sorted(values.items())}"
        self.store.put_if_absent(key, {"to": recipient, "text": template.format(**values)})

    def drain(self):
        for key, message in self.store.pending():
            self.transport.send(message["to"], message["text"], idempotency_key=key)
            self.store.mark_sent(key)
