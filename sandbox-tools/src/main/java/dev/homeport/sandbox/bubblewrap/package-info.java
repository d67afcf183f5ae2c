/// Sandboxes made of Linux namespaces by bubblewrap, with the workspace as an overlay.
///
/// One process holds a mount namespace with the overlay for each sandbox; each command runs in a
/// bubblewrap of its own inside that, so killing the bubblewrap kills all that the command started.
/// All of these processes end when the server does.
package dev.homeport.sandbox.bubblewrap;
