/* Holds the mount namespace of a sandbox and is the parent of its agents.

   They die with it, and it dies when nobody has been connected for the time of the lease. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"
#include "mounts.h"
#include "tree.h"
#include "wire.h"

enum { LISTEN_FD = 3, MOST_TRIES = 1000, KEEPER_OPTIONS = 5 };

static const char SOCKET[] = "keeper";
static const char ERRORS[] = "errors";

static struct buffer in, out;
static struct buffer groups; /* the control groups of the agents, each name ended by NUL */
static int connection = -1;

/* Without options a remount changes nothing, but drops what is cached and not in use. */
static int refresh(void) { return mount(NULL, OVERLAY, NULL, MS_REMOUNT, NULL) == 0 ? 0 : errno; }

static bool join(const char *group) {
  char path[4096];
  snprintf(path, sizeof path, "%s/cgroup.procs", group);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  bool joined = fd >= 0 && write(fd, "0", 1) == 1;
  if (fd >= 0) close(fd);
  return joined;
}

static void become(char **groups, char **arguments, int listening) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGCHLD, SIG_DFL);
  int errors = open(ERRORS, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  dup2(errors, 1);
  dup2(errors, 2);
  if (listening != LISTEN_FD) dup2(listening, LISTEN_FD);
  fcntl(LISTEN_FD, F_SETFD, 0);
  for (; *groups != NULL && **groups != 0; groups++) {
    if (!join(*groups)) {
      dprintf(2, "%s: %s\n", *groups, strerror(errno));
      _exit(1);
    }
  }
  execvp(arguments[0], arguments);
  dprintf(2, "%s: %s\n", arguments[0], strerror(errno));
  _exit(1);
}

/* Names of a socket and of control groups, an empty string, and a program that gets the socket. */
static int run(const struct frame *frame) {
  size_t count = 0;
  for (uint32_t i = 0; i < frame->length; i++) count += frame->payload[i] == 0;
  if (count < 3 || frame->payload[frame->length - 1] != 0) return EINVAL;
  char **strings = must(calloc(count + 1, sizeof *strings));
  char *text = must(malloc(frame->length));
  memcpy(text, frame->payload, frame->length);
  char *next = text;
  size_t program = 0;
  for (size_t i = 0; i < count; i++, next += strlen(next) + 1) {
    strings[i] = next;
    if (program == 0 && i > 0 && *next == 0) program = i + 1;
  }
  int error = EINVAL;
  if (program > 0 && program < count) {
    groups.start = groups.end = 0;
    append(&groups, strings[1], (size_t)(strings[program - 1] - strings[1]));
    int listening = listen_at(strings[0]);
    pid_t pid = listening < 0 ? -1 : fork();
    error = pid < 0 ? errno : 0;
    if (pid == 0) become(strings + 1, strings + program, listening);
    if (listening >= 0) close(listening);
  }
  free(strings);
  free(text);
  return error;
}

static void set(const char *group, const char *file, const char *value) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", group, file);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  if (write(fd, value, strlen(value)) < 0) perror(path);
  close(fd);
}

/* Kills the agents and removes their control groups, which takes until their last process is gone. */
static void end(void) {
  char *names_end = (char *)groups.data + groups.end;
  /* What is frozen does not even die. */
  for (char *name = (char *)groups.data; name < names_end; name += strlen(name) + 1) {
    set(name, "freezer.state", "THAWED");
    set(name, "cgroup.freeze", "0");
  }
  kill_below(NULL);
  while (wait(NULL) > 0 || errno == EINTR) {
  }
  for (char *name = (char *)groups.data; name < names_end; name += strlen(name) + 1) {
    for (int i = 0; i < MOST_TRIES && rmdir(name) != 0 && errno == EBUSY; i++) usleep(2000);
  }
  exit(0);
}

static void handle(const struct frame *frame) {
  if (frame->type == END) end();
  if (frame->type != REFRESH && frame->type != RUN) return;
  int error = frame->type == RUN ? run(frame) : refresh();
  put_frame(&out, &(struct frame){.type = DONE, .exec = frame->exec, .sequence = (uint64_t)error});
}

static void hang_up(void) {
  close(connection);
  connection = -1;
  in.start = in.end = out.start = out.end = 0;
}

static void hear(void) {
  bool open = fill(&in, connection);
  struct frame frame;
  while (next_frame(&in, &frame)) handle(&frame);
  if (!open || !flush(&out, connection)) hang_up();
}

static void answer(int listening) {
  int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return;
  if (connection >= 0) hang_up();
  connection = fd;
}

/* What a server froze where it cannot thaw itself: a line names a group, behind `-` one that is gone. */
static void note(char *line, struct buffer *names) {
  char *name = line + 1;
  size_t length = strlen(name) + 1;
  if (*line == '+') return append(names, name, length);
  char *end = (char *)names->data + names->end;
  for (char *at = (char *)names->data + names->start; at < end; at += strlen(at) + 1) {
    if (strcmp(at, name) != 0) continue;
    memmove(at, at + length, (size_t)(end - at) - length);
    names->end -= length;
    return;
  }
}

int run_guard(char **options) {
  if (options[0] == NULL) return 2;
  setsid();
  struct buffer names = {0};
  char *line = NULL;
  size_t size = 0;
  for (ssize_t length; (length = getline(&line, &size, stdin)) > 1;) {
    line[length - 1] = 0;
    note(line, &names);
  }
  if (names.start == names.end) return 0;
  /* The next server may take them over meanwhile. */
  sleep((unsigned)atoi(options[0]));
  char *end = (char *)names.data + names.end;
  for (char *at = (char *)names.data + names.start; at < end; at += strlen(at) + 1) {
    set(at, "freezer.state", "THAWED");
    set(at, "cgroup.freeze", "0");
  }
  return 0;
}

int run_keeper(char **options) {
  for (int i = 0; i < KEEPER_OPTIONS; i++) {
    if (options[i] == NULL) return 2;
  }
  int lease_ms = atoi(options[0]);
  setsid();
  if (chdir(options[1]) != 0) {
    perror(options[1]);
    return 1;
  }
  if (*options[2] != 0 && !make_mounts(options[2], options[3], strcmp(options[4], "overlay") == 0)) {
    return 1;
  }
  signal(SIGPIPE, SIG_IGN);
  /* Nobody asks how an agent ended: its harness sees that by the connection. */
  signal(SIGCHLD, SIG_IGN);
  int listening = listen_at(SOCKET);
  if (listening < 0) {
    perror(SOCKET);
    return 1;
  }
  puts("ready");
  fflush(stdout);
  int nothing = open("/dev/null", O_RDWR);
  for (int fd = 0; fd <= 2; fd++) dup2(nothing, fd);
  for (;;) {
    struct pollfd polled[] = {{listening, POLLIN, 0}, {connection, POLLIN, 0}};
    int ready = poll(polled, 2, connection < 0 ? lease_ms : -1);
    if (ready == 0) end();
    if (polled[1].revents) hear();
    if (polled[0].revents) answer(listening);
  }
}
