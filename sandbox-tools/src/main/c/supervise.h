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

/* What a supervisor writes into its pipe: its own number if it was not forked by the agent, the
   leader's number, and how it ended. */
enum report_kind { LEADER, ENDED, SUPERVISOR };

struct report {
  int32_t kind, value;
  int64_t user_us, system_us, peak_kib;
};

struct supervised {
  pid_t supervisor; /* 0 while that is not known */
  int input, output, reports; /* our ends of the pipes */
};

/* Starts a program; false with errno if there is no room for it. */
bool supervise(const struct surroundings *around, char **arguments, struct supervised *started);

/* Starts `python3 -c SNIPPET` by a fork of an interpreter that is ready; false if there is none. */
bool supervise_snippet(const struct surroundings *around, const char *snippet,
                       struct supervised *started);

/* The process that waits for snippets, or 0. */
pid_t zygote(void);

/* Takes note that it is gone. */
void zygote_ended(void);

/* Goes on as the supervisor of a child, with a pipe for reports as descriptor 3. */
int run_watch(char **options);

#endif
