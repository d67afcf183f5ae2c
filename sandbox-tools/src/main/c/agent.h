/* The programs in this binary. */
#ifndef HOMEPORT_AGENT_H
#define HOMEPORT_AGENT_H

/* Runs commands for a harness, until it is told to end. */
int run_agent(char **options);
/* Holds the mounts of a sandbox, starts its agents, and ends them when no harness is there. */
int run_keeper(char **options);

#endif
