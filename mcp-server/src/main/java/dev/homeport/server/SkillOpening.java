package dev.homeport.server;

import dev.homeport.server.config.Config;
import dev.homeport.server.config.ConfigKey;
import dev.homeport.server.skills.SkillNotice;
import dev.homeport.server.skills.SkillNoticeWriter;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.workspace.Workspace;
import java.io.IOException;

/// Opens the skills of a workspace, and keeps the notice that the next run gives of them.
final class SkillOpening implements AutoCloseable {
  private final UserDirectories user;
  private final Config config;
  private final SkillNoticeWriter notices;

  SkillOpening(ServerConfig server, UserDirectories user) {
    this.user = user;
    this.config = server.config();
    this.notices = new SkillNoticeWriter(notice(server, user));
  }

  /// What clients are told of the skills when they connect: another notice for other roots and for
  /// another policy.
  static SkillNotice notice(ServerConfig server, UserDirectories user) {
    Config config = server.config();
    String settings =
        String.join(
            " ",
            config.setting(ConfigKey.SKILLS_QUARANTINE).text(),
            config.setting(ConfigKey.SKILLS_MANAGED).text(),
            config.setting(ConfigKey.SKILLS_ROOTS).text());
    return SkillNotice.of(user.cache().resolve("skill-notices"), server.workspace(), settings);
  }

  /// The catalog, reviewed and watched.
  ///
  /// @param changed is told when there are other skills
  SkillCatalog open(Workspace workspace, Runnable changed) throws IOException {
    var settings = new SkillSettings(workspace.root(), user, config);
    SkillCatalog catalog = settings.catalog(workspace).reviewedBy(settings.quarantine());
    catalog.watch((_, _) -> {
      changed.run();
      notices.changed(catalog);
    });
    notices.changed(catalog);
    return catalog;
  }

  @Override
  public void close() {
    notices.close();
  }
}
