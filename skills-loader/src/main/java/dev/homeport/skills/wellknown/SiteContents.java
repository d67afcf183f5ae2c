package dev.homeport.skills.wellknown;

import dev.homeport.skills.publish.SkillPublisher;
import dev.homeport.skills.source.ContentDigest;
import dev.homeport.skills.source.GitRevision;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceEntry;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The skills that a site offers, in memory, each checked against the digest in the index.
public final class SiteContents implements SourceContents {
  private static final int MOST_INDEX_BYTES = 4 << 20;
  private static final int MOST_FILE_BYTES = (int) SkillPublisher.MOST_BYTES;
  private static final long MOST_BYTES = 256L << 20;

  private final Map<SourceEntry, byte[]> files;
  private final List<String> notes;

  private SiteContents(Map<SourceEntry, byte[]> files, List<String> notes) {
    this.files = files;
    this.notes = notes;
  }

  /// Fetches the index and everything in it.
  ///
  /// @throws SourceException if something cannot be had, or is not what the index says
  public static SiteContents fetch(SourceOrigin.WellKnown origin)
      throws IOException, InterruptedException {
    try (var web = new WebFetch(origin.index())) {
      WebFetch.Fetched fetched = web.get(origin.index(), MOST_INDEX_BYTES);
      SkillIndexFile index = SkillIndexFile.parse(fetched.bytes(), fetched.at());
      var files = new HashMap<SourceEntry, byte[]>();
      long bytes = 0;
      for (SkillIndexFile.Offer offer : index.skills()) {
        byte[] file = web.get(offer.file(), MOST_FILE_BYTES).bytes();
        requireDigest(file, offer);
        Map<SourceEntry, byte[]> skill = files(file, offer);
        bytes += skill.values().stream().mapToLong(content -> content.length).sum();
        if (bytes > MOST_BYTES) {
          throw new SourceException(
              "%s offers more than %d MiB, which is too much"
                  .formatted(origin.index(), MOST_BYTES >> 20));
        }
        files.putAll(skill);
      }
      return new SiteContents(files, index.notes());
    }
  }

  private static void requireDigest(byte[] file, SkillIndexFile.Offer offer)
      throws SourceException {
    var found = new ContentDigest(Sha256.hex(file));
    if (!found.equals(offer.digest())) {
      throw new SourceException(
          "the skill '%s' is not what its index says: %s has digest %s, but should have %s. The site"
                  .formatted(offer.name(), offer.file(), found, offer.digest())
              + " is just being changed, or someone else changed it: try again, or tell its"
              + " owner.");
    }
  }

  private static Map<SourceEntry, byte[]> files(byte[] file, SkillIndexFile.Offer offer)
      throws SourceException {
    var skillFile = new SourceEntry(offer.name() + "/SKILL.md", SourceEntry.Kind.FILE);
    if (!offer.isArchive()) {
      return Map.of(skillFile, file);
    }
    Map<SourceEntry, byte[]> unpacked =
        new Unpacking(offer.name(), SkillPublisher.MOST_FILES, SkillPublisher.MOST_BYTES)
            .unpack(file);
    if (!unpacked.containsKey(skillFile)) {
      throw new SourceException(
          "the archive of the skill '%s' has no SKILL.md at its top; tell its owner"
              .formatted(offer.name()));
    }
    return unpacked;
  }

  @Override
  public List<SourceEntry> entries() {
    return List.copyOf(files.keySet());
  }

  @Override
  public long bytes(SourceEntry entry) {
    return read(entry).length;
  }

  @Override
  public byte[] read(SourceEntry entry) {
    byte[] content = files.get(entry);
    if (content == null) {
      throw new IllegalArgumentException(entry + " is none of these contents");
    }
    return content;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public Optional<GitRevision> revision() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Everything is in memory.
  }
}
