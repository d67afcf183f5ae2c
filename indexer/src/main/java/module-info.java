/// Exact grep and glob, and ranked search, over a workspace.
@org.jspecify.annotations.NullMarked
module dev.homeport.index {
  requires static transitive org.jspecify;
  requires transitive dev.homeport.memory;
  requires com.github.albfernandez.juniversalchardet;
  requires org.apache.lucene.analysis.common;
  requires org.apache.lucene.core;
  requires org.safere;

  exports dev.homeport.index;
  exports dev.homeport.search;
}
