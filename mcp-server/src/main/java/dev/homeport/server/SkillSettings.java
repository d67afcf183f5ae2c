package dev.homeport.server;

import dev.homeport.secret.SecretAllowList;
import dev.homeport.secret.SecretFinding;
import dev.homeport.secret.SecretKind;
import dev.homeport.server.config.Config;
import dev.homeport.server.config.ConfigKey;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.skills.SkillsConfig.Scope;
import dev.homeport.skills.scan.KeptScans;
import dev.homeport.skills.scan.Quarantine;
import dev.homeport.skills.scan.ScanBaseline;
import dev.homeport.skills.scan.SecretDetector;
import dev.homeport.skills.signature.SignatureVerifier;
import dev.homeport.skills.signature.TrustedSigners;
import dev.homeport.skills.store.SourceRoots;
import dev.homeport.skills.usage.SkillUsage;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/// The skills of a user in a workspace, as they are configured.
///
/// @param workspace the workspace
/// @param user where the user's own files are
/// @param config what is configured
public record SkillSettings(Path workspace, UserDirectories user, Config config) {
  /// Kinds that documentation shows with values made up; the others have a form of their own.
  private static final Set<SecretKind> DOUBTFUL =
      Set.of(
          SecretKind.ASSIGNED_SECRET,
          SecretKind.AUTHORIZATION,
          SecretKind.CONNECTION_PASSWORD,
          SecretKind.URL_PASSWORD);

  /// Where skills are looked for.
  public SkillsConfig roots() {
    SkillsConfig roots = SkillsConfig.standard(workspace, user.home());
    for (Path managed : config.paths(ConfigKey.SKILLS_MANAGED, user.home())) {
      roots = roots.with(root(Scope.MANAGED, managed));
    }
    for (Path more : config.paths(ConfigKey.SKILLS_ROOTS, user.home())) {
      roots = roots.with(root(Scope.EXTRA, more));
    }
    return roots;
  }

  /// Directories at home are shown with their way from there.
  private Root root(Scope scope, Path directory) {
    Path home = user.home().toAbsolutePath().normalize();
    if (!directory.startsWith(home) || directory.equals(home)) {
      return Root.directory(scope, directory);
    }
    var names = new ArrayList<String>();
    home.relativize(directory).forEach(name -> names.add(name.toString()));
    return new Root(scope, home, new WorkspacePath(names), "~");
  }

  /// The catalog of some roots, without a review; what was parsed is kept for the next time.
  public SkillCatalog catalog(SkillsConfig roots) {
    return SkillCatalog.open(roots, SkillHost.current(), user.cache().resolve("skills"));
  }

  /// The catalog of the workspace's roots and of its sources, without a review.
  public SkillCatalog catalog(Workspace opened) {
    return SkillCatalog.open(
        SourceRoots.of(opened, user.state(), roots()),
        SkillHost.current(),
        user.cache().resolve("skills"));
  }

  /// Those whose signatures count.
  public TrustedSigners trustedSigners() {
    return TrustedSigners.read(config.paths(ConfigKey.SKILLS_TRUSTED_SIGNERS, user.home()));
  }

  /// Verifies signatures; tells the log which trusted files are of no use.
  public SignatureVerifier signatures() {
    TrustedSigners trusted = trustedSigners();
    trusted
        .problems()
        .forEach(
            problem -> System.getLogger(SkillSettings.class.getName()).log(Level.WARNING, problem));
    return new SignatureVerifier(trusted, InstantSource.system());
  }

  /// Finds secrets; what is configured as none is none here either.
  public SecretDetector secrets() {
    SecretAllowList allowed = config.allowed();
    return text ->
        SecretFinding.in(text, allowed).stream()
            .map(found ->
                new SecretDetector.Found(
                    found.kind().label(), found.line(), !DOUBTFUL.contains(found.kind())))
            .toList();
  }

  /// Withholds what the configured policy does not let pass.
  public Quarantine quarantine() {
    String policy = config.setting(ConfigKey.SKILLS_QUARANTINE).text();
    return quarantine(Quarantine.Policy.valueOf(policy.toUpperCase(Locale.ROOT)));
  }

  /// Withholds what a policy does not let pass.
  public Quarantine quarantine(Quarantine.Policy policy) {
    var scans =
        new KeptScans(user.cache().resolve("skill-scans"), secrets(), config.allowed().toString());
    return new Quarantine(policy, scans, signatures(), this::accepted);
  }

  /// Counts how often skills are used.
  public static SkillUsage usage(UserDirectories user) {
    return SkillUsage.in(user.state().resolve("stats"), InstantSource.system());
  }

  /// Where the findings are kept that the user has looked at and accepts.
  public Path acceptedFile() {
    return user.state().resolve("skills-accepted.json");
  }

  /// The findings that the user accepts; none if the file cannot be read.
  public ScanBaseline accepted() {
    try {
      return ScanBaseline.parse(Files.readString(acceptedFile())).orElse(ScanBaseline.NONE);
    } catch (NoSuchFileException none) {
      return ScanBaseline.NONE;
    } catch (IOException e) {
      System.getLogger(SkillSettings.class.getName())
          .log(Level.WARNING, "accepted findings of skills cannot be read: {0}", e.getMessage());
      return ScanBaseline.NONE;
    }
  }
}
