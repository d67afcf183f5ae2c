/// Named sandboxes for sessions: made on first use, run by executor name, swept when their owner
/// died. [dev.homeport.sandbox.session.Sandboxes] is the way in.
package dev.homeport.sandbox.session;
