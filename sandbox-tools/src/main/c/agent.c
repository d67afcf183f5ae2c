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
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"
#include "store.h"
#include "supervise.h"
#include "wire.h"

enum { NONCE = 16, MOST_UNSENT = 256 << 10 };
enum { STRAY_PAUSE_MS = 5, STRAYS_MS = 100, SILENCE_MS = 1000, PATIENCE_MS = 2000 };

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

static struct exec *execs;
static struct surroundings around = {.directory = "/"};
static struct buffer in, out;
static int listening = -1, in_fd = -1, out_fd = -1;
static uint32_t generation;
static int64_t last_heard;
static int64_t lease_ms;
static int64_t strays_until; /* 0 if there are none to be ended */

static void say(uint32_t type, uint32_t exec, uint64_t sequence, const void *payload, size_t size) {
  if (out_fd < 0) return;
  put_frame(&out, &(struct frame){type, exec, (uint32_t)size, generation, sequence, payload});
}

static struct exec *find(uint32_t id) {
  struct exec *exec = execs;
  while (exec != NULL && exec->id != id) exec = exec->next;
  return exec;
}

static bool is_kept(pid_t pid) {
  if (pid == zygote()) return true;
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) {
    if (exec->at.supervisor == pid) return true;
  }
  return false;
}

static void close_end(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
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
  if (find(frame->exec) != NULL) return say(REFUSED, frame->exec, EEXIST, NULL, 0);
  size_t count = 0;
  for (uint32_t i = 0; i < frame->length; i++) count += frame->payload[i] == 0;
  if (count == 0 || frame->payload[frame->length - 1] != 0) {
    return say(REFUSED, frame->exec, EINVAL, NULL, 0);
  }
  char **arguments = must(calloc(count + 1, sizeof *arguments));
  char *text = must(malloc(frame->length));
  memcpy(text, frame->payload, frame->length);
  char *next = text;
  for (size_t i = 0; i < count; i++, next += strlen(next) + 1) arguments[i] = next;
  struct exec *exec = must(calloc(1, sizeof *exec));
  /* Not every snippet can be forked, but then it can be started. */
  bool snippet = frame->sequence == 1 && count == 3;
  if ((snippet && supervise_snippet(&around, arguments[2], &exec->at)) ||
      supervise(&around, arguments, &exec->at)) {
    exec->id = frame->exec;
    exec->attached = true;
    store_open(&exec->store);
    exec->next = execs;
    execs = exec;
    say(STARTED, exec->id, 0, NULL, 0);
  } else {
    say(REFUSED, frame->exec, (uint64_t)errno, NULL, 0);
    free(exec);
  }
  free(arguments);
  free(text);
}

static void forget(struct exec *gone) {
  struct exec **link = &execs;
  while (*link != gone) link = &(*link)->next;
  *link = gone->next;
  close_end(&gone->at.input);
  close_end(&gone->at.output);
  close_end(&gone->at.reports);
  store_close(&gone->store);
  free(gone->input.data);
  free(gone);
}

static void send_signal(struct exec *exec, int number) {
  if (number == SIGKILL && !exec->ended) {
    exec->killed = true;
    if (exec->patience == 0) exec->patience = now_ms() + PATIENCE_MS;
    if (exec->at.supervisor > 0) {
      kill(exec->at.supervisor, SIGUSR1);
      /* A command can stop its supervisor, but not this process. */
      kill(exec->at.supervisor, SIGCONT);
    }
  } else if (number != SIGKILL && exec->leader > 0 && !exec->ended) {
    kill(-exec->leader, number);
  }
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
      send_signal(exec, (int)frame->sequence);
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
      if (exec->told) forget(exec);
      break;
  }
}

static void handle(const struct frame *frame) {
  if (frame->type == HELLO && frame->length == NONCE) return welcome(frame);
  /* Meant for a sandbox that is no more. */
  if (frame->generation != generation) return;
  if (frame->type == END) exit(0);
  if (frame->type == START) return start(frame);
  struct exec *exec = find(frame->exec);
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

static void feed(struct exec *exec) {
  uint64_t before = exec->input_taken;
  while (exec->at.input >= 0 && exec->input.start < exec->input.end) {
    size_t length = exec->input.end - exec->input.start;
    ssize_t count = write(exec->at.input, exec->input.data + exec->input.start, length);
    if (count < 0 && errno == EAGAIN) break;
    if (count < 0) close_end(&exec->at.input);
    if (count > 0) exec->input.start += (size_t)count, exec->input_taken += (uint64_t)count;
  }
  if (exec->input_ended && exec->input.start == exec->input.end) close_end(&exec->at.input);
  if (exec->input_taken > before) say(INPUT_TAKEN, exec->id, exec->input_taken, NULL, 0);
}

static void end(struct exec *exec, struct report report) {
  exec->report = report;
  exec->ended = true;
  close_end(&exec->at.reports);
  close_end(&exec->at.input);
}

/* Without a report its supervisor was killed, and the command's processes are ours to end now; they
   become our children only when all of the supervisor is gone. */
static void end_without_report(struct exec *exec) {
  end(exec, (struct report){.kind = ENDED, .value = SIGKILL});
  strays_until = now_ms() + STRAYS_MS;
}

static void read_report(struct exec *exec) {
  struct report report;
  ssize_t count = sizeof report;
  while (!exec->ended && count == sizeof report) {
    count = read(exec->at.reports, &report, sizeof report);
    if (count == 0) end_without_report(exec);
    if (count != sizeof report) continue;
    if (report.kind == ENDED) end(exec, report);
    if (report.kind == LEADER) exec->leader = report.value;
    if (report.kind == SUPERVISOR) {
      exec->at.supervisor = report.value;
      if (exec->killed) send_signal(exec, SIGKILL);
    }
  }
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

static void bury(pid_t pid) {
  if (pid == zygote()) zygote_ended();
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) {
    if (exec->at.supervisor == pid) exec->at.supervisor = 0;
  }
}

static void reap(int signals) {
  struct signalfd_siginfo ignored;
  while (read(signals, &ignored, sizeof ignored) > 0) {
  }
  pid_t pid;
  while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) bury(pid);
  if (strays_until > 0 && kill_below(is_kept) == 0 && now_ms() > strays_until) strays_until = 0;
}

static int sooner(int64_t one, int64_t other) {
  if (other < 0) other = 0;
  return (int)(one < 0 || other < one ? other : one);
}

/* How long nothing can happen but what comes through a descriptor; -1 if forever. */
static int quiet_ms(void) {
  int64_t now = now_ms();
  int quiet = strays_until > 0 ? STRAY_PAUSE_MS : -1;
  if (lease_ms > 0) quiet = sooner(quiet, last_heard + lease_ms - now);
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) {
    if (exec->ended && exec->at.output >= 0 && store_has_room(&exec->store, false)) return 0;
    if (!store_has_room(&exec->store, false)) quiet = sooner(quiet, SILENCE_MS);
    if (exec->patience > 0 && !exec->ended) quiet = sooner(quiet, exec->patience - now);
  }
  return quiet;
}

static bool is_silent(void) { return out_fd < 0 || now_ms() - last_heard > SILENCE_MS; }

static void watch_exec(struct exec *exec, struct pollfd *polled) {
  bool room = store_has_room(&exec->store, is_silent());
  bool to_feed = exec->input.start < exec->input.end;
  polled[0] = (struct pollfd){room ? exec->at.output : -1, POLLIN, 0};
  polled[1] = (struct pollfd){to_feed ? exec->at.input : -1, POLLOUT, 0};
  polled[2] = (struct pollfd){exec->at.reports, POLLIN, 0};
}

/* Who does not kill its command in time is killed itself, and what is left is ours. */
static void run_out(struct exec *exec) {
  pid_t killer = exec->at.supervisor > 0 ? exec->at.supervisor : zygote();
  if (killer > 0) kill(killer, SIGKILL);
  if (exec->at.supervisor == 0) end_without_report(exec);
}

static void serve_exec(struct exec *exec, const struct pollfd *polled) {
  if (polled[0].revents) {
    if (!store_take(&exec->store, exec->at.output, is_silent())) close_end(&exec->at.output);
  } else if (exec->ended && polled[0].fd >= 0) {
    /* All is read, even if a process of another command holds the pipe. */
    close_end(&exec->at.output);
  }
  if (polled[2].revents) read_report(exec);
  if (exec->patience > 0 && !exec->ended && now_ms() >= exec->patience) run_out(exec);
}

static void serve(int signals) {
  static struct pollfd *polled;
  static size_t size;
  size_t count = 4;
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) count += 3;
  if (count > size) polled = must(realloc(polled, (size = 2 * count) * sizeof *polled));
  bool unsent = out.start < out.end;
  polled[0] = (struct pollfd){listening, POLLIN, 0};
  polled[1] = (struct pollfd){in_fd, POLLIN, 0};
  polled[2] = (struct pollfd){unsent ? out_fd : -1, POLLOUT, 0};
  polled[3] = (struct pollfd){signals, POLLIN, 0};
  size_t at = 4;
  for (struct exec *exec = execs; exec != NULL; exec = exec->next, at += 3) {
    watch_exec(exec, polled + at);
  }
  int ready = poll(polled, count, quiet_ms());
  at = 4;
  for (struct exec *exec = execs; ready >= 0 && exec != NULL; exec = exec->next, at += 3) {
    serve_exec(exec, polled + at);
  }
  /* After the execs, whose list these may change. */
  if (polled[1].revents) hear();
  if (polled[0].revents) answer();
  if (polled[3].revents || strays_until > 0) reap(signals);
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) {
    feed(exec);
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
  } else {
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
