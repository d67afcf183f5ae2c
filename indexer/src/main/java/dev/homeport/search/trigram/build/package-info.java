/// The index of trigrams, written: from files to chunks, to inverted runs, to segments.
package dev.homeport.search.trigram.build;
