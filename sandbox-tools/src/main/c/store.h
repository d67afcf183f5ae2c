/* What a command printed and the harness has not acknowledged: in a ring, the rest in a file. */
#ifndef HOMEPORT_STORE_H
#define HOMEPORT_STORE_H

#include <stdbool.h>
#include <stdint.h>

enum { RING = 256 << 10, CHUNK = 64 << 10 };

/* Positions count from the first byte: [acked, ringed) is in the ring, [ringed, total) in the file,
   which begins with the byte at `base`; it is stuck if there was no room for the file. */
struct store {
  unsigned char *ring;
  uint64_t acked, ringed, total, base;
  int file;
  bool stuck;
};

void store_open(struct store *store);
void store_close(struct store *store);
/* Takes from a pipe; false at its end. Without room nothing is read, and the command waits. */
bool store_take(struct store *store, int pipe, bool may_spill);
bool store_has_room(const struct store *store, bool may_spill);
void store_ack(struct store *store, uint64_t position);
/* The bytes of the ring from a position on, as far as they lie together. */
uint32_t store_peek(const struct store *store, uint64_t from, const unsigned char **bytes);

#endif
