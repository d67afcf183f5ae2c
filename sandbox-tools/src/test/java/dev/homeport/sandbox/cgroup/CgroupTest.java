package dev.homeport.sandbox.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.SandboxLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against recorded trees; the kernel makes a group's files, so the tests make them beforehand.
class CgroupTest {
  private static final SandboxLimits LIMITS = new SandboxLimits(1 << 20, 7, 1, 1);

  @TempDir Path mount;

  private void group(String path, String... files) throws IOException {
    Path directory = Files.createDirectories(mount.resolve(path));
    for (String file : files) {
      Files.writeString(directory.resolve(file), "");
    }
  }

  @Test
  void limitsAGroupOfVersion1() throws IOException {
    var membership = List.of("4:memory:/svc", "3:pids:/", "0::/svc");
    group("memory/svc/homeport-i-s1", "memory.limit_in_bytes", "memory.oom_control");
    group("pids/homeport-i-s1", "pids.max");

    Cgroup cgroup = Cgroup.create(mount, membership, "i-s1", LIMITS).orElseThrow();

    assertThat(mount.resolve("memory/svc/homeport-i-s1/memory.limit_in_bytes"))
        .hasContent("1048576");
    assertThat(mount.resolve("pids/homeport-i-s1/pids.max")).hasContent("7");
    Files.writeString(
        mount.resolve("memory/svc/homeport-i-s1/memory.oom_control"),
        "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
    assertThat(cgroup.oomKills()).isEqualTo(3);
  }

  @Test
  void limitsAGroupOfVersion2() throws IOException {
    group("svc/homeport-i-s1", "memory.max", "memory.swap.max", "pids.max", "memory.events");

    Cgroup cgroup = Cgroup.create(mount, List.of("0::/svc"), "i-s1", LIMITS).orElseThrow();

    assertThat(mount.resolve("svc/homeport-i-s1/memory.max")).hasContent("1048576");
    assertThat(mount.resolve("svc/homeport-i-s1/memory.swap.max")).hasContent("0");
    assertThat(mount.resolve("svc/homeport-i-s1/pids.max")).hasContent("7");
    Files.writeString(
        mount.resolve("svc/homeport-i-s1/memory.events"), "low 0\noom 2\noom_kill 1\n");
    assertThat(cgroup.oomKills()).isEqualTo(1);
  }

  @Test
  void givesUpWhereNothingIsDelegated() throws IOException {
    Files.createDirectory(mount.resolve("svc"));

    assertThat(Cgroup.create(mount, List.of("0::/svc"), "i-s1", LIMITS)).isEmpty();
    assertThat(Cgroup.create(mount, List.of("0::/elsewhere"), "i-s1", LIMITS)).isEmpty();
    assertThat(mount.resolve("svc")).isEmptyDirectory();
  }

  @Test
  void sweepsTheGroupsOfDeadInstancesOnly() throws IOException {
    group("svc/homeport-dead-s1");
    group("svc/homeport-live-s1");

    Cgroup.sweep(mount, List.of("0::/svc"), "live"::equals);

    assertThat(mount.resolve("svc/homeport-dead-s1")).doesNotExist();
    assertThat(mount.resolve("svc/homeport-live-s1")).exists();
  }
}
