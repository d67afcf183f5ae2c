package dev.homeport.server.skills;

import dev.homeport.sandbox.ExecLimits;
import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecOutput;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.Mount;
import dev.homeport.sandbox.session.Sandboxes;
import dev.homeport.server.tool.Lazy;
import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCommands;
import dev.homeport.skills.publish.SkillCopies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Skills in sandboxes: their files at `/skills`, where nothing can change them, and the commands
/// in their texts, if the user lets them be run. Thread-safe.
public final class SandboxedSkills {
  private static final String TARGET = "/skills";
  private static final ExecLimits LIMITS =
      new ExecLimits(Duration.ofSeconds(30), 12 << 10, 4 << 10, 1 << 20);

  private final Lazy<Sandboxes> sandboxes;
  private final Lazy<SkillCopies> copies;
  private final List<Path> trusted;

  /// @param sandboxes made with the [#mount] of the copies
  /// @param copies what the sandboxes see
  /// @param trusted directories whose skills may run the commands in their texts
  public SandboxedSkills(Lazy<Sandboxes> sandboxes, Lazy<SkillCopies> copies, List<Path> trusted) {
    this.sandboxes = sandboxes;
    this.copies = copies;
    this.trusted = List.copyOf(trusted);
  }

  /// What sandboxes see of copies.
  public static Mount mount(SkillCopies copies) throws IOException {
    return new Mount(copies.directory().toAbsolutePath(), TARGET, false);
  }

  /// Runs commands in the default sandbox of a session.
  public SkillCommands of(String session) {
    return new SkillCommands() {
      @Override
      public Optional<String> directory(Skill skill) throws IOException, InterruptedException {
        return copies.get().copy(skill).map(name -> TARGET + "/" + name);
      }

      @Override
      public boolean mayRun(Skill skill) {
        return isTrusted(skill);
      }

      @Override
      public Result run(Skill skill, String command) throws IOException, InterruptedException {
        var request =
            new ExecRequest(session, ExecRequest.DEFAULT_SANDBOX, "bash", command, "", LIMITS);
        return result(sandboxes.get().execute(request, _ -> {}).outcome());
      }
    };
  }

  /// By where the skill really is, so that no link makes it another's.
  private boolean isTrusted(Skill skill) {
    List<String> names = skill.location().directory().segments();
    Optional<Path> directory =
        real(skill.location().root().base().resolve(String.join("/", names)));
    return directory.isPresent()
        && trusted.stream()
            .flatMap(root -> real(root).stream())
            .anyMatch(root -> directory.get().startsWith(root));
  }

  private static Optional<Path> real(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static SkillCommands.Result result(ExecOutcome outcome) {
    return switch (outcome) {
      case ExecOutcome.Exited(int code, var output) when code == 0 ->
          new SkillCommands.Result.Output(output.text());
      case ExecOutcome.Exited(int code, var output) -> failed("exit " + code, output);
      case ExecOutcome.Signalled(int signal, var output) -> failed("signal " + signal, output);
      case ExecOutcome.TimedOut(var limit, var output) ->
          failed("not done after %d s".formatted(limit.toSeconds()), output);
      case ExecOutcome.OutOfMemory(var output) -> failed("out of memory", output);
      case ExecOutcome.Lost(var reason, var output) -> failed(reason, output);
      case ExecOutcome.Refused(var reason) -> new SkillCommands.Result.Failed(reason);
    };
  }

  private static SkillCommands.Result failed(String how, ExecOutput output) {
    String text = output.text().strip();
    return new SkillCommands.Result.Failed(text.isEmpty() ? how : how + ": " + text);
  }
}
