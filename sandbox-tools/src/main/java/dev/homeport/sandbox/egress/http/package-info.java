/// HTTP/1.1 as the proxy of sandboxes reads and writes it: whatever two readers could take for two
/// different messages is none.
package dev.homeport.sandbox.egress.http;
