"""Positions of ships from the AIS receiver."""

import socket

MAX_SENTENCE = 82


def nmea_checksum(sentence):
    value = 0
    for char in sentence.strip("$!").split("*")[0]:
        value ^= ord(char)
    return f"{value:02X}"


class AisFeed:
    """Reads sentences from a socket and connects again when the line drops."""

    def __init__(self, host, port, backoff_seconds=(1, 2, 4, 8)):
        self.address = (host, port)
        self.backoff_seconds = backoff_seconds

    def sentences(self, sleep):
        for delay in self.backoff_seconds:
            try:
                with socket.create_connection(self.address, timeout=10) as line:
                    yield from line.makefile(encoding="ascii", errors="replace")
            except OSError:
                sleep(delay)
