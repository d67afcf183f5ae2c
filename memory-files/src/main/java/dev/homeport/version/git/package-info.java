/// The version log as a git repository; the only package that knows JGit.
package dev.homeport.version.git;
