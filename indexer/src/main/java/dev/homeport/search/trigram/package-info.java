/// The index of trigrams, read: which chunks of which files can hold a match.
///
/// A Lucene index whose documents are chunks of about 16 KiB that end with a line. Of each it keeps
/// the distinct trigrams of its bytes and its place in the file, no text. Matches are verified on
/// the file itself, so the index decides what is fast, never what is found; of files that are not
/// in its catalog, or not in the state that the catalog says, it knows nothing.
package dev.homeport.search.trigram;
