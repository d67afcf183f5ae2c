package dev.homeport.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The judge of traces finds each step that is missing or comes too late.
class TraceTest {
  private static final Path ROOT = Path.of("/w");
  private static final Path LOCK = ROOT.resolve(".homeport/lock");
  private static final String OPEN =
      "7 openat(3</w/d>, \".tmp\", O_WRONLY|O_CREAT|O_EXCL, 0600) = 4</w/d/.tmp>";
  private static final String WRITE = "7 write(4</w/d/.tmp>, \"a (b], \\\"c\"..., 4096) = 4096";
  private static final String SYNC = "7 fsync(4</w/d/.tmp>) = 0";
  private static final String RENAME = "7 renameat(3</w/d>, \".tmp\", 3</w/d>, \"a\") = 0";
  private static final String SYNC_DIRECTORY = "7 fsync(5</w/d>)       = 0";
  private static final String ANSWER =
      "8 write(1<pipe:[99]>, \"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":1,\\\"result\\\"\"..., 90) ="
          + " 90";

  private static List<String> losses(String... lines) {
    Trace trace = trace(lines);
    return trace.losses(-1, trace.answer(1));
  }

  private static Trace trace(String... lines) {
    return new Trace(ROOT, Set.of(LOCK), SystemCall.parse(List.of(lines)));
  }

  @Test
  void acceptsTheWholeOrder() {
    String[] lines = {OPEN, WRITE, SYNC, RENAME, SYNC_DIRECTORY, ANSWER};

    assertThat(losses(lines)).isEmpty();
    assertThat(trace(lines).isReplaced(ROOT.resolve("d/a"), -1, 5)).isTrue();
    assertThat(trace(lines).isReplaced(ROOT.resolve("d/b"), -1, 5)).isFalse();
  }

  @Test
  void missesTheSyncOfTheFile() {
    String missing = "d/.tmp is not synced between a write and its rename";

    assertThat(losses(OPEN, WRITE, RENAME, SYNC_DIRECTORY, ANSWER)).containsExactly(missing);
    assertThat(losses(OPEN, SYNC, WRITE, RENAME, SYNC_DIRECTORY, ANSWER)).containsExactly(missing);
    assertThat(losses(OPEN, WRITE, RENAME, SYNC, SYNC_DIRECTORY, ANSWER)).containsExactly(missing);
  }

  @Test
  void missesTheSyncOfTheDirectory() {
    String missing = "the directory of d/a is not synced between its rename and the answer";

    assertThat(losses(OPEN, WRITE, SYNC, RENAME, ANSWER)).containsExactly(missing);
    assertThat(losses(OPEN, WRITE, SYNC, SYNC_DIRECTORY, RENAME, ANSWER)).containsExactly(missing);
    assertThat(losses(OPEN, WRITE, SYNC, RENAME, ANSWER, SYNC_DIRECTORY)).containsExactly(missing);
  }

  @Test
  void missesWhatIsNotOverWhenTheAnswerIsWritten() {
    assertThat(
            losses(
                OPEN,
                WRITE,
                SYNC,
                RENAME,
                "7 fsync(5</w/d> <unfinished ...>",
                ANSWER,
                "7 <... fsync resumed>) = 0"))
        .containsExactly("the directory of d/a is not synced between its rename and the answer");
    assertThat(
            losses(
                OPEN,
                WRITE,
                "7 fsync(4</w/d/.tmp> <unfinished ...>",
                "8 renameat(3</w/d>, \".tmp\", 3</w/d>, \"a\") = 0",
                "7 <... fsync resumed>) = 0",
                SYNC_DIRECTORY,
                ANSWER))
        .containsExactly("d/.tmp is not synced between a write and its rename");
  }

  @Test
  void missesTheSyncsOfAnAppend() {
    String create = "7 openat(3</w/d>, \"log\", O_RDWR|O_CREAT, 0600) = 4</w/d/log>";
    String append = "7 pwrite64(4</w/d/log>, \"{}\\n\", 3, 0) = 3";
    String sync = "7 fdatasync(4</w/d/log>) = 0";

    assertThat(losses(create, SYNC_DIRECTORY, append, sync, ANSWER)).isEmpty();
    assertThat(losses(create, append, sync, ANSWER))
        .containsExactly(
            "the directory of d/log is not synced between its creation and the answer");
    assertThat(losses(create, SYNC_DIRECTORY, append, ANSWER))
        .containsExactly("d/log is not synced between a write and the answer");
  }

  @Test
  void looksAtNothingElse() {
    assertThat(
            losses(
                "7 write(4</w/.homeport/lock>, \"x\", 1) = 1",
                "7 write(4</elsewhere/cache>, \"x\", 1) = 1",
                "7 write(2<pipe:[98]>, \"x\", 1) = 1",
                "7 openat(AT_FDCWD</w>, \"x\", O_RDWR|O_CREAT, 0600) = -1 EACCES (Permission"
                    + " denied)",
                "7 --- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL} ---",
                ANSWER,
                "9 +++ exited with 0 +++"))
        .isEmpty();
  }
}
