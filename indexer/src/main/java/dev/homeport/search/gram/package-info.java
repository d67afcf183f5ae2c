/// Which trigrams of bytes a text must have so that a pattern can match it.
package dev.homeport.search.gram;
