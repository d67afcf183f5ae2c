/// Scans over arrays of bytes.
package dev.homeport.search.bytes;
