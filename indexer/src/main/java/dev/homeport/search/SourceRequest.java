package dev.homeport.search;

import dev.homeport.search.gram.GramFilter;
import dev.homeport.search.live.TableWalk.Interest;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.workspace.WorkspacePath;
import java.util.Optional;

/// Which files are wanted of a [FileSource].
///
/// @param start a directory, for all files below it, or a file
/// @param filter which of these files
/// @param interest tells files that need not be given
/// @param order in which they are given
/// @param grams what must be in a file for it to be of use, if there is such a thing
record SourceRequest(
    WorkspacePath start,
    TreeFilter filter,
    Interest interest,
    FileOrder order,
    Optional<GramFilter> grams) {}
