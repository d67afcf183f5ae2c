/// Runs commands in sandboxes, and brings chosen changes back.
@org.jspecify.annotations.NullMarked
module dev.homeport.sandbox {
  requires static transitive org.jspecify;
  requires transitive dev.homeport.memory;
  requires com.github.dockerjava.api;
  requires com.github.dockerjava.core;
  requires com.github.dockerjava.transport;
  requires com.github.dockerjava.transport.zerodep;
  requires org.apache.commons.compress;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;

  exports dev.homeport.sandbox;
  exports dev.homeport.sandbox.bubblewrap;
  exports dev.homeport.sandbox.docker;
  exports dev.homeport.sandbox.egress;
  exports dev.homeport.sandbox.session;
}
