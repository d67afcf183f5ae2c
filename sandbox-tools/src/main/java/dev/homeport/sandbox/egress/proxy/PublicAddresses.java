package dev.homeport.sandbox.egress.proxy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Tells addresses of the internet from those of this machine, its networks and its cloud.
final class PublicAddresses {
  /// What IANA lists as not reachable from everywhere, and what leads to such addresses.
  private static final List<Range> OTHERS =
      List.of(
          Range.of("0.0.0.0", 8),
          Range.of("10.0.0.0", 8),
          Range.of("100.64.0.0", 10),
          Range.of("127.0.0.0", 8),
          Range.of("168.63.129.16", 32), // the metadata service of Azure
          Range.of("169.254.0.0", 16),
          Range.of("172.16.0.0", 12),
          Range.of("192.0.0.0", 24),
          Range.of("192.0.2.0", 24),
          Range.of("192.88.99.0", 24),
          Range.of("192.168.0.0", 16),
          Range.of("198.18.0.0", 15),
          Range.of("198.51.100.0", 24),
          Range.of("203.0.113.0", 24),
          Range.of("224.0.0.0", 3),
          Range.of("2001::", 23),
          Range.of("2001:db8::", 32),
          Range.of("2002::", 16),
          Range.of("3fff::", 20));

  /// Of IPv6 only this is given to anybody.
  private static final Range GLOBAL = Range.of("2000::", 3);

  private PublicAddresses() {}

  /// Addresses that begin with the same bits.
  private record Range(List<Byte> prefix, int bits) {
    static Range of(String address, int bits) {
      return new Range(bytes(InetAddress.ofLiteral(address)), bits);
    }

    boolean contains(InetAddress address) {
      List<Byte> other = bytes(address);
      if (other.size() != prefix.size()) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if (((prefix.get(bit / 8) ^ other.get(bit / 8)) & mask) != 0) {
          return false;
        }
      }
      return true;
    }

    private static List<Byte> bytes(InetAddress address) {
      byte[] bytes = address.getAddress();
      var list = new Byte[bytes.length];
      Arrays.setAll(list, i -> bytes[i]);
      return List.of(list);
    }
  }

  /// Whether a host of the internet can have it.
  static boolean contains(InetAddress given) {
    InetAddress address = plain(given);
    boolean global = address instanceof Inet4Address || GLOBAL.contains(address);
    return global && OTHERS.stream().noneMatch(range -> range.contains(address));
  }

  /// An IPv4 address may be written as one of IPv6.
  private static InetAddress plain(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has " + address.getAddress().length, e);
    }
  }
}
