#define _GNU_SOURCE
#include "wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static const uint32_t MAGIC = 0x484d5054; /* HMPT */

/* Without memory there is no way to go on, and the harness sees that the sandbox is lost. */
void *must(void *allocated) {
  if (allocated == NULL) abort();
  return allocated;
}

unsigned char *reserve(struct buffer *buffer, size_t room) {
  if (buffer->start == buffer->end) buffer->start = buffer->end = 0;
  if (buffer->size - buffer->end < room && buffer->start > 0) {
    memmove(buffer->data, buffer->data + buffer->start, buffer->end - buffer->start);
    buffer->end -= buffer->start;
    buffer->start = 0;
  }
  if (buffer->size - buffer->end < room) {
    size_t wanted = buffer->end + room;
    buffer->size = wanted > 2 * buffer->size ? wanted : 2 * buffer->size;
    buffer->data = must(realloc(buffer->data, buffer->size));
  }
  return buffer->data + buffer->end;
}

void append(struct buffer *buffer, const void *bytes, size_t length) {
  if (length == 0) return;
  memcpy(reserve(buffer, length), bytes, length);
  buffer->end += length;
}

void put32(unsigned char *at, uint32_t value) {
  for (int i = 0; i < 4; i++) at[i] = (unsigned char)(value >> (24 - 8 * i));
}

void put64(unsigned char *at, uint64_t value) {
  put32(at, (uint32_t)(value >> 32));
  put32(at + 4, (uint32_t)value);
}

uint32_t get32(const unsigned char *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

uint64_t get64(const unsigned char *at) { return (uint64_t)get32(at) << 32 | get32(at + 4); }

static uint32_t crc(const unsigned char *bytes, size_t length) {
  static uint32_t table[256];
  if (table[1] == 0) {
    for (uint32_t i = 0; i < 256; i++) {
      uint32_t value = i;
      for (int bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ value >> 1 : value >> 1;
      table[i] = value;
    }
  }
  uint32_t sum = 0xffffffff;
  while (length-- > 0) sum = table[(sum ^ *bytes++) & 0xff] ^ sum >> 8;
  return ~sum;
}

bool fill(struct buffer *in, int fd) {
  size_t room = 32 << 10;
  ssize_t count = read(fd, reserve(in, room), room);
  if (count > 0) in->end += (size_t)count;
  return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

bool flush(struct buffer *out, int fd) {
  while (out->start < out->end) {
    ssize_t count = write(fd, out->data + out->start, out->end - out->start);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    out->start += (size_t)count;
  }
  return true;
}

/* A harness that died may have left half a frame, so nothing is taken on trust. */
bool next_frame(struct buffer *in, struct frame *frame) {
  while (in->end - in->start >= HEADER) {
    const unsigned char *head = in->data + in->start;
    uint32_t length = get32(head + 12);
    if (get32(head) != MAGIC || length > LONGEST_PAYLOAD) {
      in->start++;
      continue;
    }
    if (in->end - in->start < HEADER + length) return false;
    if (crc(head + HEADER, length) != get32(head + 28)) {
      in->start++;
      continue;
    }
    *frame = (struct frame){.type = get32(head + 4),
                            .exec = get32(head + 8),
                            .length = length,
                            .sequence = get64(head + 16),
                            .generation = get32(head + 24),
                            .payload = head + HEADER};
    in->start += HEADER + length;
    return true;
  }
  return false;
}

void put_header(struct buffer *out, const struct frame *frame) {
  unsigned char *head = reserve(out, HEADER + frame->length);
  put32(head, MAGIC);
  put32(head + 4, frame->type);
  put32(head + 8, frame->exec);
  put32(head + 12, frame->length);
  put64(head + 16, frame->sequence);
  put32(head + 24, frame->generation);
  put32(head + 28, 0);
  out->end += HEADER;
}

void put_frame(struct buffer *out, const struct frame *frame) {
  put_header(out, frame);
  append(out, frame->payload, frame->length);
}

int listen_at(const char *name) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(name) >= sizeof address.sun_path) return errno = ENAMETOOLONG, -1;
  strcpy(address.sun_path, name);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  mode_t mask = umask(0177);
  bool bound = fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0;
  umask(mask);
  return bound && listen(fd, 8) == 0 ? fd : -1;
}

int64_t now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}
