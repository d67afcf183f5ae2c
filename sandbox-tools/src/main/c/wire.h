/* Frames between a harness and the agent, and the buffers that they travel in. */
#ifndef HOMEPORT_WIRE_H
#define HOMEPORT_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A frame is a header of 32 bytes, integers big-endian, and a payload:
   magic, type, exec, payload length (4 bytes each), sequence (8), generation, CRC-32 of the payload.
   The agent checks the CRC of what it is sent; its own frames carry 0. */
enum { HEADER = 32, LONGEST_PAYLOAD = 256 << 10, VERSION = 1 };

enum frame_type {
  /* From the harness. */
  HELLO = 1, /* 16 bytes of nonce, given back; makes this the connection that is answered */
  START,     /* arguments, each ended by NUL; sequence 1 if they are `python3 -c` and a snippet */
  INPUT,     /* bytes for standard input, sequence = their position */
  INPUT_END,
  SIGNAL,  /* sequence = number; 9 ends the whole tree, others go to the leader's group */
  ACK,     /* output up to the sequence is kept elsewhere */
  ATTACH,  /* output up to the sequence is kept elsewhere: send what follows */
  FORGET,  /* nothing more will be asked about this exec */
  PING,    /* proves that the harness lives */
  END,     /* ends the agent and everything in its sandbox */
  REFRESH, /* to the keeper: forget what the overlay cached */
  RUN,     /* to the keeper: socket name, control groups, empty string, arguments */
  /* From the agent. */
  WELCOME = 32, /* nonce, version, and for each exec: id, state, acked, total, input taken */
  STARTED,
  OUTPUT,      /* sequence = position of the first byte */
  EXIT,        /* sequence = length of the whole output; wait status, CPU and memory */
  INPUT_TAKEN, /* sequence = how much standard input the command was given */
  REFUSED,     /* sequence = errno */
  DONE         /* from the keeper: sequence = errno or 0 */
};

struct frame {
  uint32_t type, exec, length, generation;
  uint64_t sequence;
  const unsigned char *payload;
};

/* Bytes in [start, end) of a buffer that grows. */
struct buffer {
  unsigned char *data;
  size_t start, end, size;
};

void *must(void *allocated);
unsigned char *reserve(struct buffer *buffer, size_t room);
void append(struct buffer *buffer, const void *bytes, size_t length);

void put32(unsigned char *at, uint32_t value);
void put64(unsigned char *at, uint64_t value);
uint32_t get32(const unsigned char *at);
uint64_t get64(const unsigned char *at);

/* Reads what is there; false at the end of input or on an error. */
bool fill(struct buffer *in, int fd);
/* Writes what fits; false if the other side is gone. */
bool flush(struct buffer *out, int fd);
/* Takes the next whole frame, skipping what is none; its payload is valid until the next fill. */
bool next_frame(struct buffer *in, struct frame *frame);
/* Appends a header for a payload that follows. */
void put_header(struct buffer *out, const struct frame *frame);
void put_frame(struct buffer *out, const struct frame *frame);

/* A listening Unix socket in the current directory, not inherited by other programs; -1 on errors. */
int listen_at(const char *name);
int64_t now_ms(void);

#endif
