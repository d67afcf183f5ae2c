/// Signatures of skills by OpenSSF Model Signing: `skill.oms.sig` beside `SKILL.md`.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.signature;
