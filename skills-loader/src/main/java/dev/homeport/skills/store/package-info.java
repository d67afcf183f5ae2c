/// Keeps sources of skills on this machine: fetched, checked, agreed to and locked.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.store;
