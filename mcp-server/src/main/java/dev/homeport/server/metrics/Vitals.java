package dev.homeport.server.metrics;

import dev.homeport.search.IndexStatus;
import java.util.Optional;

/// The state of one workspace that is served.
///
/// @param index what is indexed of it; empty if nothing of it was searched yet
/// @param sandboxes how many sandboxes were made and not stopped
public record Vitals(Optional<IndexStatus> index, int sandboxes) {}
