/// Skills as the Skills extension of MCP (SEP-2640) wants them: valid to the letter, complete, with
/// digests.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.publish;
