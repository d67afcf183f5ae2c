/// Where skills of others come from, and the lock file that says which version of them is used.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.source;
