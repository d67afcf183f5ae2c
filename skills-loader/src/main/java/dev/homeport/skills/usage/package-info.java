/// Counts how often skills are found and used.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.usage;
