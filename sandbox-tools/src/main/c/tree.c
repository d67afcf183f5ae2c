#define _GNU_SOURCE
#include "tree.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire.h"

enum { MOST_PASSES = 10000 };

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
