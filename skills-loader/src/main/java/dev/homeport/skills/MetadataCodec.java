package dev.homeport.skills;

/// Writes and reads what the authors of skills declared.
final class MetadataCodec {
  private MetadataCodec() {}

  static void write(ImageWriter out, SkillMetadata metadata) {
    SkillInvocation invocation = metadata.invocation();
    SkillRequirements requirements = metadata.requirements();
    out.text(metadata.whenToUse()).text(metadata.compatibility());
    out.texts(metadata.allowedTools()).texts(metadata.paths());
    out.flag(invocation.byModel()).flag(invocation.byUser());
    out.texts(invocation.arguments()).text(invocation.hint());
    out.texts(requirements.programs()).texts(requirements.anyPrograms());
    out.texts(requirements.variables()).texts(requirements.systems());
  }

  static SkillMetadata read(ImageReader in) {
    return new SkillMetadata(
        in.optionalText(),
        in.optionalText(),
        in.texts(),
        in.texts(),
        new SkillInvocation(in.flag(), in.flag(), in.texts(), in.optionalText()),
        new SkillRequirements(in.texts(), in.texts(), in.texts(), in.texts()));
  }
}
