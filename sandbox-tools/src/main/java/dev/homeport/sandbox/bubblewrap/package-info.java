/// Sandboxes made of Linux namespaces by bubblewrap, with the workspace as an overlay.
///
/// One process holds a mount namespace with the overlay for each sandbox. In it lives a bubblewrap
/// whose first process is the resident agent, which runs the commands; both outlive a server that
/// is killed by less than a minute. A build without a C compiler has no agent: then each command
/// runs in a bubblewrap of its own, and all ends when the server does.
package dev.homeport.sandbox.bubblewrap;
