/// What a workspace holds, kept in memory and brought up to date before each question.
///
/// A [FileTable] is an immutable tree of [Folder]s, each the listing of one directory. A [TreeScan]
/// makes one from the disk, with what has not changed taken over from the table before. A
/// [TreeWatch] tells which directories changed since it was last asked. [LiveTree] joins them.
package dev.homeport.search.live;
