package dev.homeport.sandbox.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A host as requests name it, in the one form that it has here.
///
/// Whatever some resolver would take for an address in disguise, such as `127.1`, `2130706433` or
/// `0x7f.1`, is no host.
///
/// @param name a DNS name in lower case without a dot at its end, or an IP address without brackets
/// @param address the address, if that is what the name is
public record Host(String name, Optional<InetAddress> address) {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;
  private static final int PARTS_OF_ADDRESS = 4;

  /// Reads a name, or an address; one with colons may have brackets.
  ///
  /// @return empty if it is neither
  public static Optional<Host> parse(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      return addressOf(text.substring(1, text.length() - 1)).filter(_ -> text.contains(":"));
    }
    if (text.contains(":")) {
      return addressOf(text);
    }
    String name = text.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    List<String> labels = List.of(name.split("\\.", -1));
    if (labels.stream().allMatch(Host::isNumber)) {
      return labels.size() == PARTS_OF_ADDRESS ? addressOf(name) : Optional.empty();
    }
    boolean valid =
        name.length() <= LONGEST_NAME
            && labels.stream().allMatch(Host::isLabel)
            && !isNumber(labels.getLast())
            && !labels.getLast().startsWith("0x");
    return valid ? Optional.of(new Host(name, Optional.empty())) : Optional.empty();
  }

  private static Optional<Host> addressOf(String text) {
    try {
      InetAddress address =
          text.contains(":") ? Inet6Address.ofLiteral(text) : Inet4Address.ofLiteral(text);
      String name = address.getHostAddress();
      boolean canonical = text.contains(":") ? !text.contains("%") : text.equals(name);
      return canonical ? Optional.of(new Host(name, Optional.of(address))) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isNumber(String label) {
    return !label.isEmpty() && label.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.length() <= LONGEST_LABEL
        && label
            .chars()
            .allMatch(
                c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
  }

  /// The name as it stands in a URL.
  public String inUrl() {
    return name.contains(":") ? "[" + name + "]" : name;
  }

  /// Whether it is an address of the loopback interface.
  public boolean isLoopback() {
    return address.isPresent() && address.get().isLoopbackAddress();
  }
}
