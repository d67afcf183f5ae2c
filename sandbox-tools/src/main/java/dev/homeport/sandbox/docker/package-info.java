/// Sandboxes made of containers of a Docker engine on this machine.
///
/// The engine's API is used through docker-java; only streams are spoken directly, because
/// docker-java cannot end a command's input without ending its output. Commands are run by the
/// resident agent, the first process of the container, or by the engine where there is none. Each
/// container works on a copy of the workspace in a volume of its own, which follows the workspace.
package dev.homeport.sandbox.docker;
