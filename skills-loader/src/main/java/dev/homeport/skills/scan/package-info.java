/// What is dangerous about skills, for those who are asked to trust them.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.scan;
