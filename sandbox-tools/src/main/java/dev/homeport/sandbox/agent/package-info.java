/// The resident agent, a small static program that is the first process of a sandbox; for the
/// backends of this module only.
///
/// It runs commands for whoever holds the [dev.homeport.sandbox.agent.AgentChannel] and keeps what
/// they print until that is acknowledged, so that another server can take over. Its source is in
/// `src/main/c`; `wire.h` there describes the frames.
package dev.homeport.sandbox.agent;
