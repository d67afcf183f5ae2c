/// What sandboxes may reach of the network, and with which credentials: values that a server
/// configures. Without a rule there is no network at all.
package dev.homeport.sandbox.egress;
