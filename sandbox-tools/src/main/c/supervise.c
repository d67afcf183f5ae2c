#define _GNU_SOURCE
#include "supervise.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire.h"

enum { INPUT_FD, OUTPUT_FD, ERROR_FD, REPORT_FD, LOWEST_OTHER, MOST_PASSES = 10000 };

/* The numbers that were signalled in a pass, a bit each. */
struct marks {
  unsigned char *bits;
  size_t size;
};

static bool mark(struct marks *marks, pid_t pid) {
  size_t byte = (size_t)pid / 8;
  if (byte >= marks->size) {
    size_t size = byte + 4096;
    marks->bits = must(realloc(marks->bits, size));
    memset(marks->bits + marks->size, 0, size - marks->size);
    marks->size = size;
  }
  unsigned char bit = (unsigned char)(1 << pid % 8);
  bool fresh = !(marks->bits[byte] & bit);
  marks->bits[byte] |= bit;
  return fresh;
}

static int signal_below(pid_t, int, struct marks *, bool (*)(pid_t));

/* Signals the children of one thread and all below them; gives how many had no mark yet. */
static int signal_children(const char *path, int number, struct marks *marks,
                           bool (*kept)(pid_t)) {
  FILE *children = fopen(path, "re");
  if (children == NULL) return 0;
  int fresh = 0;
  int child;
  while (fscanf(children, "%d", &child) == 1) {
    if (kept != NULL && kept(child)) continue;
    if (mark(marks, child)) {
      fresh++;
      kill(child, number);
    }
    fresh += signal_below(child, number, marks, NULL);
  }
  fclose(children);
  return fresh;
}

static int signal_below(pid_t parent, int number, struct marks *marks, bool (*kept)(pid_t)) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task", parent);
  DIR *threads = opendir(path);
  if (threads == NULL) return 0;
  int fresh = 0;
  struct dirent *thread;
  while ((thread = readdir(threads)) != NULL) {
    if (thread->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "/proc/%d/task/%.16s/children", parent, thread->d_name);
    fresh += signal_children(path, number, marks, kept);
  }
  closedir(threads);
  return fresh;
}

/* Whoever is stopped starts nothing more, so that not even a fork bomb outruns the kill. */
int kill_below(bool (*kept)(pid_t)) {
  struct marks stopped = {0}, killed = {0};
  for (int i = 0; i < MOST_PASSES && signal_below(getpid(), SIGSTOP, &stopped, kept) > 0; i++) {
  }
  int count = signal_below(getpid(), SIGKILL, &killed, kept);
  free(stopped.bits);
  free(killed.bits);
  return count;
}

static void lead(const struct surroundings *around, char **arguments) {
  setsid();
  sigset_t none;
  sigemptyset(&none);
  signal(SIGPIPE, SIG_DFL);
  for (int i = 0; i < around->limits; i++) {
    struct rlimit limit = {around->limit[i].value, around->limit[i].value};
    setrlimit((__rlimit_resource_t)around->limit[i].resource, &limit);
  }
  if (chdir(around->directory) == 0) {
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvp(arguments[0], arguments);
  }
  dprintf(ERROR_FD, "%s: %s\n", arguments[0], strerror(errno));
  _exit(errno == ENOENT ? 127 : 126);
}

static void tell(struct report report) {
  if (write(REPORT_FD, &report, sizeof report) != sizeof report) _exit(1);
}

/* Waits for the leader, or for the word to kill, and then until there is nobody left. */
static void watch(pid_t leader, const sigset_t *expected) {
  int status = 0;
  bool running = true;
  while (running) {
    if (sigwaitinfo(expected, NULL) == SIGUSR1) kill_below(NULL);
    int seen;
    pid_t pid;
    while ((pid = waitpid(-1, &seen, WNOHANG)) > 0) {
      if (pid == leader) {
        status = seen;
        running = false;
      }
    }
  }
  while (waitpid(-1, NULL, WNOHANG) >= 0 || errno != ECHILD) {
    kill_below(NULL);
    struct timespec pause = {.tv_nsec = 1000000};
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    sigtimedwait(expected, NULL, &pause);
  }
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  tell((struct report){.ended = 1,
                       .value = status,
                       .user_us = usage.ru_utime.tv_sec * 1000000LL + usage.ru_utime.tv_usec,
                       .system_us = usage.ru_stime.tv_sec * 1000000LL + usage.ru_stime.tv_usec,
                       .peak_kib = usage.ru_maxrss});
}

static void close_others(void) {
  if (syscall(SYS_close_range, LOWEST_OTHER, ~0U, 0) == 0) return;
  for (int fd = LOWEST_OTHER; fd < 4096; fd++) close(fd);
}

static void run_supervisor(const struct surroundings *around, char **arguments, int input,
                           int output, int reports) {
  /* Out of the way of the numbers they get. */
  input = fcntl(input, F_DUPFD_CLOEXEC, 10);
  output = fcntl(output, F_DUPFD_CLOEXEC, 10);
  reports = fcntl(reports, F_DUPFD_CLOEXEC, 10);
  dup2(input, INPUT_FD);
  dup2(output, OUTPUT_FD);
  dup2(output, ERROR_FD);
  dup3(reports, REPORT_FD, O_CLOEXEC);
  close_others();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  sigset_t expected;
  sigemptyset(&expected);
  sigaddset(&expected, SIGCHLD);
  sigaddset(&expected, SIGUSR1);
  sigprocmask(SIG_SETMASK, &expected, NULL);
  pid_t leader = fork();
  if (leader == 0) lead(around, arguments);
  if (leader < 0) {
    dprintf(ERROR_FD, "%s: %s\n", arguments[0], strerror(errno));
    tell((struct report){.ended = 1, .value = 126 << 8});
    _exit(0);
  }
  tell((struct report){.value = leader});
  int nothing = open("/dev/null", O_RDWR);
  for (int fd = INPUT_FD; fd <= ERROR_FD; fd++) dup2(nothing, fd);
  watch(leader, &expected);
  _exit(0);
}

static void close_both(int pipe[2]) {
  if (pipe[0] >= 0) close(pipe[0]);
  if (pipe[1] >= 0) close(pipe[1]);
}

bool supervise(const struct surroundings *around, char **arguments, struct supervised *started) {
  int input[2] = {-1, -1}, output[2] = {-1, -1}, reports[2] = {-1, -1};
  pid_t pid = -1;
  if (pipe2(input, O_CLOEXEC) == 0 && pipe2(output, O_CLOEXEC) == 0 &&
      pipe2(reports, O_CLOEXEC) == 0) {
    pid = fork();
    if (pid == 0) run_supervisor(around, arguments, input[0], output[1], reports[1]);
  }
  int error = errno;
  if (pid < 0) {
    close_both(input);
    close_both(output);
    close_both(reports);
    errno = error;
    return false;
  }
  close(input[0]);
  close(output[1]);
  close(reports[1]);
  int ours[] = {input[1], output[0], reports[0]};
  for (int i = 0; i < 3; i++) fcntl(ours[i], F_SETFL, O_NONBLOCK);
  *started = (struct supervised){pid, input[1], output[0], reports[0]};
  return true;
}
