#define _GNU_SOURCE
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tree.h"
#include "wire.h"
#include "zygote.h"

enum { INPUT_FD, OUTPUT_FD, ERROR_FD, REPORT_FD, LOWEST_OTHER };

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
    int seen;
    pid_t pid;
    while ((pid = waitpid(-1, &seen, WNOHANG)) > 0) {
      if (pid == leader) {
        status = seen;
        running = false;
      }
    }
    if (running && sigwaitinfo(expected, NULL) == SIGUSR1) kill_below(NULL);
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
  tell((struct report){.kind = ENDED,
                       .value = status,
                       .user_us = usage.ru_utime.tv_sec * 1000000LL + usage.ru_utime.tv_usec,
                       .system_us = usage.ru_stime.tv_sec * 1000000LL + usage.ru_stime.tv_usec,
                       .peak_kib = usage.ru_maxrss});
}

static void close_others(void) {
  if (syscall(SYS_close_range, LOWEST_OTHER, ~0U, 0) == 0) return;
  for (int fd = LOWEST_OTHER; fd < 4096; fd++) close(fd);
}

static sigset_t expect(void) {
  sigset_t expected;
  sigemptyset(&expected);
  sigaddset(&expected, SIGCHLD);
  sigaddset(&expected, SIGUSR1);
  sigprocmask(SIG_SETMASK, &expected, NULL);
  return expected;
}

/* The streams are the leader's. */
static void let_go(void) {
  int nothing = open("/dev/null", O_RDWR);
  for (int fd = INPUT_FD; fd <= ERROR_FD; fd++) dup2(nothing, fd);
  if (nothing > REPORT_FD) close(nothing);
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
  sigset_t expected = expect();
  pid_t leader = fork();
  if (leader == 0) lead(around, arguments);
  if (leader < 0) {
    dprintf(ERROR_FD, "%s: %s\n", arguments[0], strerror(errno));
    tell((struct report){.kind = ENDED, .value = 126 << 8});
    _exit(0);
  }
  tell((struct report){.kind = LEADER, .value = leader});
  let_go();
  watch(leader, &expected);
  _exit(0);
}

int run_watch(char **options) {
  if (options[0] == NULL) return 2;
  pid_t leader = atoi(options[0]);
  prctl(PR_SET_DUMPABLE, 0);
  fcntl(REPORT_FD, F_SETFD, FD_CLOEXEC);
  sigset_t expected = expect();
  tell((struct report){.kind = SUPERVISOR, .value = getpid()});
  tell((struct report){.kind = LEADER, .value = leader});
  let_go();
  watch(leader, &expected);
  return 0;
}

/* The pipes of a command: what it reads, what it writes, what is reported about it. */
struct pipes {
  int input[2], output[2], reports[2];
};

static void close_both(int pipe[2]) {
  if (pipe[0] >= 0) close(pipe[0]);
  if (pipe[1] >= 0) close(pipe[1]);
}

static bool open_pipes(struct pipes *pipes) {
  *pipes = (struct pipes){{-1, -1}, {-1, -1}, {-1, -1}};
  return pipe2(pipes->input, O_CLOEXEC) == 0 && pipe2(pipes->output, O_CLOEXEC) == 0 &&
         pipe2(pipes->reports, O_CLOEXEC) == 0;
}

static bool give_up(struct pipes *pipes, int error) {
  close_both(pipes->input);
  close_both(pipes->output);
  close_both(pipes->reports);
  errno = error;
  return false;
}

static bool keep_ours(struct pipes *pipes, pid_t supervisor, struct supervised *started) {
  close(pipes->input[0]);
  close(pipes->output[1]);
  close(pipes->reports[1]);
  *started = (struct supervised){supervisor, pipes->input[1], pipes->output[0], pipes->reports[0]};
  int ours[] = {started->input, started->output, started->reports};
  for (int i = 0; i < 3; i++) fcntl(ours[i], F_SETFL, O_NONBLOCK);
  return true;
}

bool supervise(const struct surroundings *around, char **arguments, struct supervised *started) {
  struct pipes pipes;
  if (!open_pipes(&pipes)) return give_up(&pipes, errno);
  pid_t pid = fork();
  if (pid == 0) {
    run_supervisor(around, arguments, pipes.input[0], pipes.output[1], pipes.reports[1]);
  }
  return pid < 0 ? give_up(&pipes, errno) : keep_ours(&pipes, pid, started);
}

static pid_t interpreter;
static int requests = -1;

pid_t zygote(void) { return interpreter; }

void zygote_ended(void) {
  interpreter = 0;
  close(requests);
  requests = -1;
}

static void run_interpreter(const struct surroundings *around, int requested) {
  char program[4096];
  ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  program[length < 0 ? 0 : length] = 0;
  requested = fcntl(requested, F_DUPFD, 10);
  let_go();
  dup2(requested, REPORT_FD);
  close_others();
  char *arguments[] = {"python3", "-c", (char *)ZYGOTE, program, (char *)around->directory, NULL};
  struct surroundings root = *around;
  root.directory = "/";
  lead(&root, arguments);
}

static bool start_interpreter(const struct surroundings *around) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return false;
  pid_t pid = fork();
  if (pid == 0) run_interpreter(around, pair[1]);
  close(pair[1]);
  if (pid < 0) {
    close(pair[0]);
    return false;
  }
  interpreter = pid;
  requests = pair[0];
  fcntl(requests, F_SETFL, O_NONBLOCK);
  return true;
}

bool supervise_snippet(const struct surroundings *around, const char *snippet,
                       struct supervised *started) {
  struct pipes pipes;
  if (interpreter == 0 && !start_interpreter(around)) return false;
  if (!open_pipes(&pipes)) return give_up(&pipes, errno);
  int theirs[] = {pipes.input[0], pipes.output[1], pipes.reports[1]};
  struct iovec text = {(void *)snippet, strlen(snippet)};
  union {
    char bytes[CMSG_SPACE(sizeof theirs)];
    struct cmsghdr aligned;
  } control = {0};
  struct msghdr message = {.msg_iov = &text,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  *head = (struct cmsghdr){
      .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof theirs)};
  memcpy(CMSG_DATA(head), theirs, sizeof theirs);
  if (text.iov_len == 0 || sendmsg(requests, &message, MSG_NOSIGNAL) < 0) {
    return give_up(&pipes, errno);
  }
  return keep_ours(&pipes, 0, started);
}
