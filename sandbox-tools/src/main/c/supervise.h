/* Runs a command below a supervisor of its own, which ends whatever the command leaves behind. */
#ifndef HOMEPORT_SUPERVISE_H
#define HOMEPORT_SUPERVISE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

enum { MOST_LIMITS = 8 };

/* What every command gets. */
struct surroundings {
  const char *directory;
  int limits;
  struct {
    int resource;
    rlim_t value;
  } limit[MOST_LIMITS];
};

/* What a supervisor writes into its pipe: the leader's number, then how it ended. */
struct report {
  int32_t ended, value;
  int64_t user_us, system_us, peak_kib;
};

struct supervised {
  pid_t supervisor;
  int input, output, reports; /* our ends of the pipes */
};

/* Starts a program; false with errno if there is no room for it. */
bool supervise(const struct surroundings *around, char **arguments, struct supervised *started);

/* Kills the descendants of this process, gives how many; those below a kept child are left alone. */
int kill_below(bool (*kept)(pid_t child));

#endif
