/// Small programs that use Homeport's modules as libraries.
@org.jspecify.annotations.NullMarked
package dev.homeport.samples;
