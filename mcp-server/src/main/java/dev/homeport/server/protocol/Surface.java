package dev.homeport.server.protocol;

/// Everything that a client can see of a server, in either era and over any transport.
///
/// @param card what it says of itself
/// @param methods what it answers
/// @param changes tells when lists have changed
public record Surface(ServerCard card, Methods methods, Changes changes) {}
