/// Sandboxes made of containers of a Docker engine on this machine.
///
/// The engine's API is used through docker-java; only the streams of commands are spoken directly,
/// because docker-java cannot end a command's input without ending its output. Each container works
/// on a copy of the workspace in a volume of its own, which follows the workspace.
package dev.homeport.sandbox.docker;
