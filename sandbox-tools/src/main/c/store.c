#define _GNU_SOURCE
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "wire.h"

static const uint64_t LARGEST_FILE = 64 << 20;

void store_open(struct store *store) {
  *store = (struct store){.ring = must(malloc(RING)), .file = -1};
}

void store_close(struct store *store) {
  free(store->ring);
  if (store->file >= 0) close(store->file);
}

static uint64_t ring_room(const struct store *store) {
  return store->ringed < store->total ? 0 : RING - (store->ringed - store->acked);
}

bool store_has_room(const struct store *store, bool may_spill) {
  bool full = store->file >= 0 && store->total - store->base >= LARGEST_FILE;
  return ring_room(store) > 0 || (may_spill && !full && !store->stuck);
}

static uint64_t at_most(uint64_t value, uint64_t most) { return value < most ? value : most; }

/* The place in the ring for a position, and how many bytes lie together from there. */
static unsigned char *place(const struct store *store, uint64_t position, uint64_t *together) {
  *together = RING - position % RING;
  return store->ring + position % RING;
}

/* Room in the file is made before anything is read, so that a full disk loses nothing. */
static bool make_room(struct store *store) {
  if (store->file < 0) {
    store->file = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    store->base = store->total;
  }
  off_t at = (off_t)(store->total - store->base);
  return store->file >= 0 && fallocate(store->file, 0, at, CHUNK) == 0;
}

static ssize_t spill(struct store *store, int pipe) {
  static unsigned char chunk[CHUNK];
  if (!make_room(store)) return store->stuck = true, errno = EAGAIN, -1;
  ssize_t count = read(pipe, chunk, CHUNK);
  if (count > 0 &&
      pwrite(store->file, chunk, (size_t)count, (off_t)(store->total - store->base)) != count) {
    abort();
  }
  return count;
}

bool store_take(struct store *store, int pipe, bool may_spill) {
  uint64_t room = ring_room(store);
  ssize_t count;
  if (room > 0) {
    uint64_t together;
    unsigned char *into = place(store, store->ringed, &together);
    count = read(pipe, into, at_most(room, together));
    if (count > 0) store->ringed += (uint64_t)count;
  } else if (may_spill) {
    count = spill(store, pipe);
  } else {
    return true;
  }
  if (count > 0) store->total += (uint64_t)count;
  return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

void store_ack(struct store *store, uint64_t position) {
  position = at_most(position, store->ringed);
  if (position > store->acked) store->acked = position;
  store->stuck = false;
  while (store->ringed < store->total && store->ringed - store->acked < RING) {
    uint64_t together;
    unsigned char *into = place(store, store->ringed, &together);
    uint64_t wanted = at_most(at_most(RING - (store->ringed - store->acked), together),
                              store->total - store->ringed);
    ssize_t count = pread(store->file, into, wanted, (off_t)(store->ringed - store->base));
    if (count <= 0) abort();
    store->ringed += (uint64_t)count;
  }
  if (store->file >= 0 && store->ringed == store->total) {
    close(store->file);
    store->file = -1;
    store->base = store->total;
  }
}

uint32_t store_peek(const struct store *store, uint64_t from, const unsigned char **bytes) {
  uint64_t together;
  *bytes = place(store, from, &together);
  return (uint32_t)at_most(at_most(store->ringed - from, together), CHUNK);
}
