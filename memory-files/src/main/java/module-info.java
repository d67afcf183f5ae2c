/// The workspace and everything that Homeport keeps in it as plain files.
@org.jspecify.annotations.NullMarked
module dev.homeport.memory {
  requires io.github.javadiffutils;
  requires org.eclipse.jgit;
  requires static transitive org.jspecify;
  requires tools.jackson.databind;

  exports dev.homeport.file;
  exports dev.homeport.claude;
  exports dev.homeport.memory;
  exports dev.homeport.memory.check;
  exports dev.homeport.plan;
  exports dev.homeport.result;
  exports dev.homeport.secret;
  exports dev.homeport.session;
  exports dev.homeport.version;
  exports dev.homeport.version.git;
  exports dev.homeport.workspace;

  opens dev.homeport.result to
      tools.jackson.databind;
  opens dev.homeport.session to
      tools.jackson.databind;
}
