#define _GNU_SOURCE
#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_OPEN = 16 };

const char OVERLAY[] = "merged";

static bool failed(const char *what) {
  printf("%s: %s\n", what, strerror(errno));
  return false;
}

static bool write_file(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  bool written = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
  if (fd >= 0) close(fd);
  return written;
}

static bool enter(void) {
  char users[64], groups[64];
  snprintf(users, sizeof users, "0 %u 1", geteuid());
  snprintf(groups, sizeof groups, "0 %u 1", getegid());
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return failed("unshare");
  /* Without this the kernel lets nobody map a group. */
  if (!write_file("/proc/self/setgroups", "deny") && errno != ENOENT) return failed("setgroups");
  if (!write_file("/proc/self/uid_map", users)) return failed("uid_map");
  if (!write_file("/proc/self/gid_map", groups)) return failed("gid_map");
  return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 || failed("private mounts");
}

/* A file in the mask stands for what is to be hidden. Whiteouts need no privileges since Linux 5.8. */
static int hide(const char *path, const struct stat *file, int type, struct FTW *at) {
  (void)file, (void)at;
  return type != FTW_F || (unlink(path) == 0 && mknod(path, S_IFCHR, 0) == 0) ? 0 : -1;
}

static bool mount_overlay(const char *workspace) {
  static const char layers[] = "userxattr,lowerdir=mask:lower,upperdir=upper,workdir=work";
  return mount(workspace, "lower", NULL, MS_BIND | MS_REC, NULL) == 0 &&
         mount("homeport", OVERLAY, "overlay", 0, layers) == 0;
}

static bool mount_scratch(const char *bytes) {
  char options[128];
  snprintf(options, sizeof options, "size=%s,mode=0755", bytes);
  return mount("homeport", "scratch", "tmpfs", MS_NOSUID | MS_NODEV, options) == 0 &&
         mkdir("scratch/tmp", 0777) == 0 && chmod("scratch/tmp", 01777) == 0 &&
         mkdir("scratch/home", 0755) == 0;
}

bool make_mounts(const char *workspace, const char *scratch_bytes, bool overlay) {
  if (nftw("mask", hide, MOST_OPEN, FTW_PHYS) != 0) return failed("mask");
  if (!enter()) return false;
  if (overlay && mount_overlay(workspace)) {
    puts("overlay");
  } else {
    puts("copy");
    if (mount("copy", OVERLAY, NULL, MS_BIND | MS_REC, NULL) != 0) return failed("copy");
  }
  return mount_scratch(scratch_bytes) || failed("scratch");
}
