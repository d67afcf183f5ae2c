package dev.homeport.server.cli;

import dev.homeport.server.config.Config;
import dev.homeport.server.config.ConfigKey;
import dev.homeport.server.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows what is configured.
@Command(
    name = "config",
    description = {
      "Show each setting in effect and where it comes from.",
      "~/.config/homeport/config.yaml sets them; .homeport/config.yaml of a workspace may only"
          + " narrow."
    })
final class ConfigCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  private final Surroundings surroundings;

  ConfigCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException {
    Config config = options.config(surroundings).config();
    var rows = new ArrayList<List<String>>();
    for (ConfigKey key : ConfigKey.values()) {
      Setting setting = config.setting(key);
      // What looks like a secret is not shown, even if it is said to be none.
      String value =
          key == ConfigKey.SECRETS_ALLOW && !setting.values().isEmpty()
              ? setting.values().size() + " values"
              : setting.text();
      rows.add(List.of(key.label(), value, setting.origin()));
    }
    TextTable.print(rows, surroundings.out());
    return ExitCodes.DONE;
  }
}
