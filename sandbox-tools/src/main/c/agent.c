/* The resident agent: the first process of a sandbox, which runs commands for a harness.

   A harness may die at any time: what its commands print is kept until the next one has it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent.h"
#include "exec.h"
#include "forward.h"
#include "wire.h"

enum { NONCE = 16, MOST_UNSENT = 256 << 10, SILENCE_MS = 1000 };

static struct surroundings around = {.directory = "/"};
static struct buffer in, out;
static int listening = -1, in_fd = -1, out_fd = -1;
static uint32_t generation;
static int64_t last_heard;
static int64_t lease_ms;

static void say(uint32_t type, uint32_t exec, uint64_t sequence, const void *payload, size_t size) {
  if (out_fd < 0) return;
  put_frame(&out, &(struct frame){type, exec, (uint32_t)size, generation, sequence, payload});
}

static void welcome(const struct frame *hello) {
  struct buffer text = {0};
  unsigned char row[32];
  append(&text, hello->payload, NONCE);
  put32(row, VERSION);
  append(&text, row, 4);
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) {
    exec->attached = exec->told = false;
    put32(row, exec->id);
    put32(row + 4, exec->ended);
    put64(row + 8, exec->store.acked);
    put64(row + 16, exec->store.total);
    put64(row + 24, exec->input_taken);
    append(&text, row, sizeof row);
  }
  say(WELCOME, 0, 0, text.data, text.end);
  free(text.data);
}

static void start(const struct frame *frame) {
  struct exec *exec = start_exec(&around, frame);
  if (exec == NULL) return say(REFUSED, frame->exec, (uint64_t)errno, NULL, 0);
  exec->attached = true;
  say(STARTED, exec->id, 0, NULL, 0);
}

static void handle_for(struct exec *exec, const struct frame *frame) {
  switch (frame->type) {
    case INPUT:
      if (exec->at.input >= 0) append(&exec->input, frame->payload, frame->length);
      break;
    case INPUT_END:
      exec->input_ended = true;
      break;
    case SIGNAL:
      signal_exec(exec, (int)frame->sequence);
      break;
    case ACK:
      store_ack(&exec->store, frame->sequence);
      break;
    case ATTACH:
      store_ack(&exec->store, frame->sequence);
      exec->sent = frame->sequence;
      if (exec->sent < exec->store.acked) exec->sent = exec->store.acked;
      if (exec->sent > exec->store.ringed) exec->sent = exec->store.ringed;
      exec->attached = true;
      break;
    case FORGET:
      if (exec->told) forget_exec(exec);
      break;
  }
}

static void handle(const struct frame *frame) {
  if (frame->type == HELLO && frame->length == NONCE) return welcome(frame);
  /* Meant for a sandbox that is no more. */
  if (frame->generation != generation) return;
  if (frame->type == END) exit(0);
  if (frame->type == START) return start(frame);
  struct exec *exec = find_exec(frame->exec);
  if (exec != NULL) handle_for(exec, frame);
}

static void hang_up(void) {
  close_end(&in_fd);
  if (listening < 0) close(out_fd);
  out_fd = -1;
  in.start = in.end = out.start = out.end = 0;
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) exec->attached = false;
}

static void hear(void) {
  bool open = fill(&in, in_fd);
  struct frame frame;
  while (next_frame(&in, &frame)) {
    last_heard = now_ms();
    handle(&frame);
  }
  if (!open) hang_up();
}

/* The latest harness is the one that counts. */
static void answer(void) {
  int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return;
  hang_up();
  in_fd = out_fd = fd;
  last_heard = now_ms();
}

static void tell_end(struct exec *exec) {
  unsigned char text[28];
  put32(text, (uint32_t)exec->report.value);
  put64(text + 4, (uint64_t)exec->report.user_us);
  put64(text + 12, (uint64_t)exec->report.system_us);
  put64(text + 20, (uint64_t)exec->report.peak_kib);
  say(EXIT, exec->id, exec->store.total, text, sizeof text);
  exec->told = true;
}

/* Puts what a harness may have now into the buffer. */
static void tell(struct exec *exec) {
  if (out_fd < 0 || !exec->attached || exec->told) return;
  while (exec->sent < exec->store.ringed && out.end - out.start < MOST_UNSENT) {
    const unsigned char *bytes;
    uint32_t length = store_peek(&exec->store, exec->sent, &bytes);
    say(OUTPUT, exec->id, exec->sent, bytes, length);
    exec->sent += length;
  }
  if (exec->ended && exec->at.output < 0 && exec->sent == exec->store.total) tell_end(exec);
}

static bool is_silent(void) { return out_fd < 0 || now_ms() - last_heard > SILENCE_MS; }

static int wait_ms(void) {
  int quiet = quiet_ms();
  return lease_ms > 0 ? sooner(quiet, last_heard + lease_ms - now_ms()) : quiet;
}

static void drain(int signals) {
  struct signalfd_siginfo ignored;
  while (read(signals, &ignored, sizeof ignored) > 0) {
  }
}

static void serve(int signals) {
  static struct pollfd *polled;
  static size_t size;
  size_t count = 4 + forward_polled();
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) count += POLLED;
  if (count > size) polled = must(realloc(polled, (size = 2 * count) * sizeof *polled));
  bool unsent = out.start < out.end;
  polled[0] = (struct pollfd){listening, POLLIN, 0};
  polled[1] = (struct pollfd){in_fd, POLLIN, 0};
  polled[2] = (struct pollfd){unsent ? out_fd : -1, POLLOUT, 0};
  polled[3] = (struct pollfd){signals, POLLIN, 0};
  size_t at = 4;
  for (struct exec *exec = execs; exec != NULL; exec = exec->next, at += POLLED) {
    watch_exec(exec, polled + at, is_silent());
  }
  watch_forwards(polled + at);
  int ready = poll(polled, count, wait_ms());
  at = 4;
  for (struct exec *exec = execs; ready >= 0 && exec != NULL; exec = exec->next, at += POLLED) {
    serve_exec(exec, polled + at, is_silent());
  }
  if (ready >= 0) serve_forwards(polled + at);
  /* After the execs, whose list these may change. */
  if (polled[1].revents) hear();
  if (polled[0].revents) answer();
  if (polled[3].revents) drain(signals);
  if (polled[3].revents || has_strays()) reap();
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) {
    if (feed_exec(exec)) say(INPUT_TAKEN, exec->id, exec->input_taken, NULL, 0);
    tell(exec);
  }
  if (out_fd >= 0 && !flush(&out, out_fd)) hang_up();
  if (ready == 0 && lease_ms > 0 && now_ms() - last_heard >= lease_ms) exit(0);
}

static bool parse(char **option) {
  if (option[0] == NULL || option[1] == NULL) return option[0] == NULL;
  if (strcmp(option[0], "--listen") == 0) {
    listening = atoi(option[1]);
  } else if (strcmp(option[0], "--in") == 0) {
    in_fd = atoi(option[1]);
  } else if (strcmp(option[0], "--out") == 0) {
    out_fd = atoi(option[1]);
  } else if (strcmp(option[0], "--directory") == 0) {
    around.directory = option[1];
  } else if (strcmp(option[0], "--lease-ms") == 0) {
    lease_ms = atoll(option[1]);
  } else if (strcmp(option[0], "--limit") == 0 && around.limits < MOST_LIMITS) {
    char *value;
    around.limit[around.limits].resource = (int)strtol(option[1], &value, 10);
    around.limit[around.limits++].value = strtoull(value + 1, NULL, 10);
  } else if (strcmp(option[0], "--forward") != 0 || !forward_port(option[1])) {
    return false;
  }
  return parse(option + 2);
}

static void keep_open(int fd) {
  if (fd < 0) return;
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  fcntl(fd, F_SETFD, FD_CLOEXEC);
}

int run_agent(char **options) {
  if (!parse(options) || (listening < 0 && in_fd < 0)) return 2;
  keep_open(listening);
  keep_open(in_fd);
  keep_open(out_fd);
  signal(SIGPIPE, SIG_IGN);
  /* Nobody in the sandbox may read or trace the process that tells how commands ended. */
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (getrandom(&generation, sizeof generation, 0) != sizeof generation) return 1;
  if (generation == 0) generation = 1;
  if (listening >= 0) {
    int nothing = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= 2; fd++) dup2(nothing, fd);
  }
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGUSR1);
  /* A supervisor inherits the mask, so that a word to kill never comes too early for it. */
  sigprocmask(SIG_BLOCK, &children, NULL);
  sigdelset(&children, SIGUSR1);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  int signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  last_heard = now_ms();
  for (;;) serve(signals);
}
