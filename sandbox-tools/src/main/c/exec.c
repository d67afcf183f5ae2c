#define _GNU_SOURCE
#include "exec.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tree.h"

enum { STRAY_PAUSE_MS = 5, STRAYS_MS = 100, FULL_PAUSE_MS = 1000, PATIENCE_MS = 2000 };

struct exec *execs;

static int64_t strays_until; /* 0 if there are none to be ended */

struct exec *find_exec(uint32_t id) {
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

void close_end(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

struct exec *start_exec(const struct surroundings *around, const struct frame *frame) {
  if (find_exec(frame->exec) != NULL) return errno = EEXIST, NULL;
  size_t count = 0;
  for (uint32_t i = 0; i < frame->length; i++) count += frame->payload[i] == 0;
  if (count == 0 || frame->payload[frame->length - 1] != 0) return errno = EINVAL, NULL;
  char **arguments = must(calloc(count + 1, sizeof *arguments));
  char *text = must(malloc(frame->length));
  memcpy(text, frame->payload, frame->length);
  char *next = text;
  for (size_t i = 0; i < count; i++, next += strlen(next) + 1) arguments[i] = next;
  struct exec *exec = must(calloc(1, sizeof *exec));
  /* Not every snippet can be forked, but then it can be started. */
  bool snippet = frame->sequence == 1 && count == 3;
  bool started = (snippet && supervise_snippet(around, arguments[2], &exec->at)) ||
                 supervise(around, arguments, &exec->at);
  int error = errno;
  free(arguments);
  free(text);
  if (!started) {
    free(exec);
    return errno = error, NULL;
  }
  exec->id = frame->exec;
  store_open(&exec->store);
  exec->next = execs;
  execs = exec;
  return exec;
}

void forget_exec(struct exec *gone) {
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

void signal_exec(struct exec *exec, int number) {
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

bool feed_exec(struct exec *exec) {
  uint64_t before = exec->input_taken;
  while (exec->at.input >= 0 && exec->input.start < exec->input.end) {
    size_t length = exec->input.end - exec->input.start;
    ssize_t count = write(exec->at.input, exec->input.data + exec->input.start, length);
    if (count < 0 && errno == EAGAIN) break;
    if (count < 0) close_end(&exec->at.input);
    if (count > 0) exec->input.start += (size_t)count, exec->input_taken += (uint64_t)count;
  }
  if (exec->input_ended && exec->input.start == exec->input.end) close_end(&exec->at.input);
  return exec->input_taken > before;
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
      if (exec->killed) signal_exec(exec, SIGKILL);
    }
  }
}

static void bury(pid_t pid) {
  if (pid == zygote()) zygote_ended();
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) {
    if (exec->at.supervisor == pid) exec->at.supervisor = 0;
  }
}

void reap(void) {
  pid_t pid;
  while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) bury(pid);
  if (strays_until > 0 && kill_below(is_kept) == 0 && now_ms() > strays_until) strays_until = 0;
}

bool has_strays(void) { return strays_until > 0; }

int sooner(int64_t one, int64_t other) {
  if (other < 0) other = 0;
  return (int)(one < 0 || other < one ? other : one);
}

int quiet_ms(void) {
  int64_t now = now_ms();
  int quiet = strays_until > 0 ? STRAY_PAUSE_MS : -1;
  for (struct exec *exec = execs; exec != NULL; exec = exec->next) {
    if (exec->ended && exec->at.output >= 0 && store_has_room(&exec->store, false)) return 0;
    if (!store_has_room(&exec->store, false)) quiet = sooner(quiet, FULL_PAUSE_MS);
    if (exec->patience > 0 && !exec->ended) quiet = sooner(quiet, exec->patience - now);
  }
  return quiet;
}

void watch_exec(struct exec *exec, struct pollfd *polled, bool may_spill) {
  bool room = store_has_room(&exec->store, may_spill);
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

void serve_exec(struct exec *exec, const struct pollfd *polled, bool may_spill) {
  if (polled[0].revents) {
    if (!store_take(&exec->store, exec->at.output, may_spill)) close_end(&exec->at.output);
  } else if (exec->ended && polled[0].fd >= 0) {
    /* All is read, even if a process of another command holds the pipe. */
    close_end(&exec->at.output);
  }
  if (polled[2].revents) read_report(exec);
  if (exec->patience > 0 && !exec->ended && now_ms() >= exec->patience) run_out(exec);
}
