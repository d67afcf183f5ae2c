/// Sources of skills that sites publish at `/.well-known/agent-skills/index.json`.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.wellknown;
