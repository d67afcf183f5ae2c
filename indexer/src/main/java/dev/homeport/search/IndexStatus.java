package dev.homeport.search;

/// What is indexed of a workspace.
///
/// @param state what becomes of the index
/// @param indexedFiles how many files are indexed
/// @param otherFiles how many are not, in the state that they have: each search reads them whole
/// @param readFiles how many files this process has read for the index since it was opened
/// @param isWriter whether this process writes the index
public record IndexStatus(
    State state, int indexedFiles, int otherFiles, int readFiles, boolean isWriter) {
  /// What becomes of an index.
  public enum State {
    /// It is opened, or the files are being read.
    STARTING,
    /// There are so few files that a search reads them all.
    NOT_NEEDED,
    /// It is being made, or brought up to date.
    UPDATING,
    /// All is indexed that can be.
    READY,
    /// It cannot be kept, for a reason that is in the log; a search reads all files.
    UNAVAILABLE
  }
}
