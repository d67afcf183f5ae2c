/// Files of arrays that are read at memory speed.
package dev.homeport.search.columns;
