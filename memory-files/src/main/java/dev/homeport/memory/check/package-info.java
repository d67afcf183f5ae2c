/// Looks for what is wrong with the memory files, and proposes what to do about it.
package dev.homeport.memory.check;
