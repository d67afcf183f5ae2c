package dev.homeport.session;

/// Who works in a session: sessions are shared by neither principals nor client programs.
///
/// @param principal the person or service, as the transport identified it
/// @param client the name of the client program, such as `claude-code`
public record SessionOwner(String principal, String client) {}
