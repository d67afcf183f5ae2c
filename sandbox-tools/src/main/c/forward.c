#define _GNU_SOURCE
#include "forward.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "wire.h"

enum { MOST_PORTS = 16, MOST_CONNECTIONS = 128, BACKLOG = 128, ROOM = 32 << 10 };

static struct port {
  int listening;
  struct sockaddr_un server;
} ports[MOST_PORTS];
static size_t port_count;

/* One end and what it sent that the other has not taken. */
struct side {
  int fd;
  struct buffer held;
  bool ended, passed; /* it sends no more, and the other was told */
};

static struct connection {
  struct connection *next;
  struct side side[2];
} *connections;
static size_t connection_count;

bool forward_port(const char *option) {
  char *path;
  struct port *port = &ports[port_count];
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)strtoul(option, &path, 10)),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (*path++ != '=' || port_count == MOST_PORTS || strlen(path) >= sizeof port->server.sun_path) {
    return errno = EINVAL, false;
  }
  port->server.sun_family = AF_UNIX;
  strcpy(port->server.sun_path, path);
  port->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int on = 1;
  setsockopt(port->listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(port->listening, (struct sockaddr *)&address, sizeof address) != 0 ||
      listen(port->listening, BACKLOG) != 0) {
    dprintf(2, "port %s: %s\n", option, strerror(errno));
    return false;
  }
  port_count++;
  return true;
}

size_t forward_polled(void) { return port_count + 2 * connection_count; }

static bool holds(const struct side *side) { return side->held.start < side->held.end; }

static short wanted(const struct side *side, const struct side *other) {
  return (short)((side->ended || holds(side) ? 0 : POLLIN) | (holds(other) ? POLLOUT : 0));
}

void watch_forwards(struct pollfd *polled) {
  bool room = connection_count < MOST_CONNECTIONS;
  for (size_t i = 0; i < port_count; i++) {
    *polled++ = (struct pollfd){room ? ports[i].listening : -1, POLLIN, 0};
  }
  for (struct connection *at = connections; at != NULL; at = at->next) {
    for (int i = 0; i < 2; i++) {
      short events = wanted(&at->side[i], &at->side[!i]);
      *polled++ = (struct pollfd){events ? at->side[i].fd : -1, events, 0};
    }
  }
}

/* Takes what one side sends to the other; false if one of them is gone. */
static bool pass(struct side *from, struct side *to, bool ready) {
  if (ready && !from->ended && !holds(from)) {
    ssize_t count = read(from->fd, reserve(&from->held, ROOM), ROOM);
    if (count < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (count == 0) from->ended = true;
    if (count > 0) from->held.end += (size_t)count;
  }
  if (!flush(&from->held, to->fd)) return false;
  if (from->ended && !from->passed && !holds(from)) {
    shutdown(to->fd, SHUT_WR);
    from->passed = true;
  }
  return true;
}

static void drop(struct connection **link) {
  struct connection *gone = *link;
  *link = gone->next;
  connection_count--;
  for (int i = 0; i < 2; i++) {
    close(gone->side[i].fd);
    free(gone->side[i].held.data);
  }
  free(gone);
}

/* Without its server a client is told so by the end of its connection. */
static void take(const struct port *port) {
  int client = accept4(port->listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (client < 0) return;
  int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (connect(server, (const struct sockaddr *)&port->server, sizeof port->server) != 0) {
    close(server);
    close(client);
    return;
  }
  /* What the server writes in two pieces must not wait for the client to acknowledge the first. */
  int on = 1;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct connection *made = must(calloc(1, sizeof *made));
  made->side[0].fd = client;
  made->side[1].fd = server;
  made->next = connections;
  connections = made;
  connection_count++;
}

void serve_forwards(const struct pollfd *polled) {
  const struct pollfd *listening = polled;
  polled += port_count;
  for (struct connection **link = &connections; *link != NULL; polled += 2) {
    struct side *client = (*link)->side, *server = client + 1;
    bool whole = pass(client, server, polled[0].revents != 0) &&
                 pass(server, client, polled[1].revents != 0);
    if (whole && !(client->passed && server->passed)) {
      link = &(*link)->next;
    } else {
      drop(link);
    }
  }
  /* After the connections, whose list these change. */
  for (size_t i = 0; i < port_count; i++) {
    if (listening[i].revents) take(&ports[i]);
  }
}
