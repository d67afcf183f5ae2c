/// The skill catalog: discovery, lenient load, search and reading of Agent Skills.
@org.jspecify.annotations.NullMarked
module dev.homeport.skills {
  requires static transitive org.jspecify;
  requires transitive dev.homeport.memory;
  requires java.net.http;
  requires org.apache.commons.compress;
  requires org.eclipse.jgit;
  requires org.eclipse.jgit.ssh.apache;
  requires org.safere;
  requires org.snakeyaml.engine;
  requires tools.jackson.databind;

  exports dev.homeport.skills;
  exports dev.homeport.skills.eval;
  exports dev.homeport.skills.lint;
  exports dev.homeport.skills.publish;
  exports dev.homeport.skills.report;
  exports dev.homeport.skills.scan;
  exports dev.homeport.skills.signature;
  exports dev.homeport.skills.source;
  exports dev.homeport.skills.store;
  exports dev.homeport.skills.usage;
}
