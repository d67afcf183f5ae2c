/* The mounts of a sandbox, in namespaces that they go with. */
#ifndef HOMEPORT_MOUNTS_H
#define HOMEPORT_MOUNTS_H

#include <stdbool.h>

/* Where the mounts are, below the sandbox's directory. */
extern const char OVERLAY[];

/* Makes this process root of a user namespace of its own, with mounts of its own, and mounts in the
   current directory: the workspace at `lower`, what is hidden as whiteouts in `mask`, changes in `upper`,
   all together at `merged`; or, where no overlay can be mounted, `copy` there; memory at `scratch`.
   Says which, and what failed, on standard output. */
bool make_mounts(const char *workspace, const char *scratch_bytes, bool overlay);

#endif
