package dev.homeport.skills.store;

import dev.homeport.skills.source.SourceName;
import dev.homeport.skills.source.SourceOrigin;

/// A skill that `skills-lock.json` names and the lock file of Homeport does not.
///
/// @param name what it would be called
/// @param origin where it comes from
/// @param hash what its files are said to be; may be empty
public record Import(SourceName name, SourceOrigin origin, String hash) {}
