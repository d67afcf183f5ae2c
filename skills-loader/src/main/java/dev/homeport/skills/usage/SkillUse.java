package dev.homeport.skills.usage;

import java.util.Locale;

/// What happened to a skill.
public enum SkillUse {
  /// A search found it.
  FOUND,
  /// It was loaded.
  LOADED,
  /// A file was asked for that it does not have.
  FILE_MISSING,
  /// A search found no skill at all.
  NONE_FITS;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
