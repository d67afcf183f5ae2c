package dev.homeport.sandbox.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// Finds the addresses of names. Thread-safe.
public interface HostResolver {
  /// That of this machine.
  HostResolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /// The addresses of a name, at least one.
  List<InetAddress> resolve(String name) throws IOException;
}
