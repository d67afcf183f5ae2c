package dev.homeport.server;

import dev.homeport.server.identity.Grant;
import java.io.IOException;

/// Makes the configuration of one who is served over HTTP.
@FunctionalInterface
public interface TenantConfigs {
  /// The workspace, tools and limits of a grant.
  ///
  /// @throws IOException if its workspace is not there, or its configuration is wrong
  ServerConfig of(Grant grant) throws IOException;
}
