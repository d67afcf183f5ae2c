/// Skills over the protocol: the Skills extension (SEP-2640) and what announces changes of skills.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.skills;
