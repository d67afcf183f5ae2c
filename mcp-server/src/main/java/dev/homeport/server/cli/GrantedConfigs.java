package dev.homeport.server.cli;

import dev.homeport.server.ServerConfig;
import dev.homeport.server.TenantConfigs;
import dev.homeport.server.config.Config;
import dev.homeport.server.identity.Grant;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.Toolset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;

/// What a grant gives, as far as the arguments of `serve` allow it.
record GrantedConfigs(ServerArguments arguments, Surroundings surroundings)
    implements TenantConfigs {
  @Override
  public ServerConfig of(Grant grant) throws IOException {
    try {
      Path directory = ServerArguments.usable(grant.workspace(), surroundings);
      Config config = ServerArguments.config(directory, surroundings, arguments.allSet());
      var toolsets = EnumSet.noneOf(Toolset.class);
      toolsets.addAll(arguments.selected());
      toolsets.retainAll(grant.toolsets());
      boolean isReadOnly = arguments.readOnly() || grant.readOnly();
      return new ServerConfig(directory, new ToolRegistry.Selection(toolsets, isReadOnly), config);
    } catch (CommandException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }
}
