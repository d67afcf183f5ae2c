/* Ports on the loopback interface of a sandbox that lead to sockets of its server. */
#ifndef HOMEPORT_FORWARD_H
#define HOMEPORT_FORWARD_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

/* Listens on a port of 127.0.0.1; each client is connected to the Unix socket at a path, which need
   not be there yet. The option is `PORT=PATH`. Says what failed on standard error. */
bool forward_port(const char *option);

/* How many entries the next two take. */
size_t forward_polled(void);
/* Says what to wait for, and does what came of it. */
void watch_forwards(struct pollfd *polled);
void serve_forwards(const struct pollfd *polled);

#endif
