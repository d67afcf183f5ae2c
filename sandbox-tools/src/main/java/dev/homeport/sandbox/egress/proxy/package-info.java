/// The way of sandboxes to the network: a proxy in the server's process for each sandbox.
///
/// A sandbox has no interface but loopback. Its agent leads connections to a Unix socket here; what
/// comes through is HTTP, which is held to the rules and asked for again by the proxy. Nothing that
/// the sandbox wrote reaches a server without having been understood, but what goes through a
/// tunnel that a rule allows as a whole.
package dev.homeport.sandbox.egress.proxy;
