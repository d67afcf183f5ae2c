package dev.homeport.server.skills;

import dev.homeport.server.tool.Lazy;
import dev.homeport.server.transport.ExtensionMethods;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.usage.SkillUsage;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// Everything by which clients see skills beside the tools, or nothing where skills are switched
/// off. Thread-safe.
public final class SkillServing {
  private final boolean isOn;
  private final ExtensionMethods methods;
  private final List<McpSyncServer> servers = new CopyOnWriteArrayList<>();

  /// @param isOn whether skills are served at all
  /// @param catalog opened when a client first asks
  /// @param usage counts what users invoke
  /// @param sdk what the SDK answers for
  public SkillServing(boolean isOn, Lazy<SkillCatalog> catalog, SkillUsage usage, OfSdk sdk) {
    this.isOn = isOn;
    var skills = new OpenSkills(catalog, this::changed);
    this.methods =
        isOn
            ? new SkillsExtension(skills, Lazy.of(sdk.resources()::get))
                .and(new SkillPrompts(skills, usage, Lazy.of(sdk.prompts()::get)))
            : ExtensionMethods.NONE;
  }

  /// What the SDK lists by itself, asked for with the first list.
  public record OfSdk(Supplier<List<Resource>> resources, Supplier<List<Prompt>> prompts) {}

  /// What the transport answers beside the SDK.
  public ExtensionMethods methods() {
    return methods;
  }

  /// What a server declares.
  public Map<String, Map<String, Object>> capabilities() {
    return isOn ? Map.of(SkillsExtension.ID, SkillsExtension.CAPABILITY) : Map.of();
  }

  /// Tells the clients of a server from now on when skills change.
  public void announceTo(McpSyncServer server) {
    if (isOn) {
      servers.add(server);
    }
  }

  /// Tells all clients that there are other skills, which they read as resources and prompts.
  public void changed() {
    for (McpSyncServer server : servers) {
      server.notifyResourcesListChanged();
      server.notifyPromptsListChanged();
    }
  }
}
