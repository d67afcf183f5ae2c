/* The programs in this binary. */
#ifndef HOMEPORT_AGENT_H
#define HOMEPORT_AGENT_H

/* Runs commands for a harness, until it is told to end. */
int run_agent(char **options);
/* Holds the mounts of a sandbox, starts its agents, and ends them when no harness is there. Options: the
   milliseconds of its lease, the sandbox's directory, the workspace (empty: no mounts), the bytes of
   scratch space, `overlay` or `copy`. */
int run_keeper(char **options);
/* Thaws what a server froze, some seconds after that was killed. */
int run_guard(char **options);

#endif
