/// What is wrong with skills, for their authors.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.lint;
