/* The processes below this one. */
#ifndef HOMEPORT_TREE_H
#define HOMEPORT_TREE_H

#include <stdbool.h>
#include <sys/types.h>

/* Kills the descendants of this process, gives how many; those below a kept child are left alone. */
int kill_below(bool (*kept)(pid_t child));

#endif
