/// The words of sandboxes: computers that run what an agent writes, apart from the host.
///
/// A [SandboxBackend] is one kind of isolation, a [Sandbox] is made of it from a [SandboxSpec], and
/// a [Command] runs in it as an [Exec]. There is never a fallback without isolation.
package dev.homeport.sandbox;
