/// How well search finds skills, by the questions that skills bring along.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.eval;
