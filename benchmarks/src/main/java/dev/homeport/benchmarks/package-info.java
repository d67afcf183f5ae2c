/// Measurements of Homeport beside its peers: ratios in one run, medians of runs in turn.
@org.jspecify.annotations.NullMarked
package dev.homeport.benchmarks;
