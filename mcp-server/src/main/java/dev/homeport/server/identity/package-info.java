/// Who may use a server over HTTP, and how they prove it: tokens of our own, kept as hashes, and
/// access tokens of an authorization server. Loaded by `serve` and `token` only.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.identity;
