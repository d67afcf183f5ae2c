/// Sources of skills in git; the only package of the module that knows JGit.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.git;
