/// Control groups as the kernel shows them in files.
package dev.homeport.sandbox.cgroup;
