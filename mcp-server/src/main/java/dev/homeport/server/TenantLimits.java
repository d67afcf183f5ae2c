package dev.homeport.server;

import dev.homeport.server.transport.SessionLimits;

/// What each who is served over HTTP may ask at most.
///
/// @param requestsPerMinute requests in a minute; those not used are saved up, for one minute
/// @param calls calls at work at a time
/// @param sessions sessions of the legacy era
public record TenantLimits(long requestsPerMinute, int calls, SessionLimits sessions) {}
