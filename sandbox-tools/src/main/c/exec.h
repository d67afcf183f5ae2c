/* The commands that the agent runs, and those of which a harness has not forgotten the end. */
#ifndef HOMEPORT_EXEC_H
#define HOMEPORT_EXEC_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "store.h"
#include "supervise.h"
#include "wire.h"

enum { POLLED = 3 };

struct exec {
  struct exec *next;
  uint32_t id;
  struct supervised at;
  pid_t leader;
  struct store store;
  struct buffer input;
  bool input_ended;
  uint64_t input_taken, sent;
  bool attached, told; /* on this connection */
  bool ended;          /* `report` is its end */
  struct report report;
  bool killed;
  int64_t patience; /* when a supervisor that was told to kill has had its time; 0 if it was not */
};

extern struct exec *execs;

struct exec *find_exec(uint32_t id);
/* Starts what a frame says; NULL with errno if that cannot be. */
struct exec *start_exec(const struct surroundings *around, const struct frame *frame);
void forget_exec(struct exec *exec);
/* 9 ends the whole tree, others go to the leader's group. */
void signal_exec(struct exec *exec, int number);

/* Says what to wait for in three entries, and does what came of it. */
void watch_exec(struct exec *exec, struct pollfd *polled, bool may_spill);
void serve_exec(struct exec *exec, const struct pollfd *polled, bool may_spill);
/* Gives the command of its input what it takes; false if that is nothing. */
bool feed_exec(struct exec *exec);

/* Buries children that ended, and kills those that a killed supervisor left. */
void reap(void);
/* Whether there may be such. */
bool has_strays(void);
/* How long nothing can happen but what comes through a descriptor; -1 if forever. */
int quiet_ms(void);
int sooner(int64_t one, int64_t other);

void close_end(int *fd);

#endif
