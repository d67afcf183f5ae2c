package dev.homeport.skills.scan;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/// The names in an archive: zip, tar, and tar in gzip. Nothing is unpacked.
final class ArchiveNames {
  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 64L << 20;

  /// What an archive holds.
  ///
  /// @param files how many entries it has
  /// @param escape an entry that would be written, or lead, outside of the directory; if any
  record Names(int files, Optional<String> escape) {}

  private ArchiveNames() {}

  /// Empty if the bytes are no archive of a known form, or a damaged one.
  static Optional<Names> of(byte[] bytes) {
    try {
      if (bytes[0] == 'P') {
        return Optional.of(zip(bytes));
      }
      boolean isGzip = (bytes[0] & 0xFF) == 0x1F;
      InputStream in = new ByteArrayInputStream(bytes);
      return Optional.of(tar(isGzip ? new GzipCompressorInputStream(in) : in));
    } catch (IOException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static Names zip(byte[] bytes) throws IOException {
    try (var zip = ZipFile.builder().setByteArray(bytes).get()) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
      var names = new ArrayList<String>();
      for (ZipArchiveEntry entry : entries.subList(0, Math.min(entries.size(), MOST))) {
        names.add(entry.getName());
        if (entry.isUnixSymlink()) {
          names.add(linked(entry, zip.getUnixSymlink(entry)));
        }
      }
      return new Names(entries.size(), escape(names));
    }
  }

  private static Names tar(InputStream in) throws IOException {
    try (var tar = new TarArchiveInputStream(new BufferedInputStream(in))) {
      var names = new ArrayList<String>();
      int files = 0;
      for (TarArchiveEntry entry = tar.getNextEntry();
          entry != null && files < MOST && tar.getBytesRead() < MOST_BYTES;
          entry = tar.getNextEntry()) {
        files++;
        names.add(entry.getName());
        if (entry.isSymbolicLink()) {
          names.add(linked(entry, entry.getLinkName()));
        } else if (entry.isLink()) {
          names.add(entry.getLinkName());
        }
        if (entry.getSize() > MOST_BYTES) {
          break;
        }
      }
      return new Names(files, escape(names));
    }
  }

  /// Where a link in an archive leads, as a path from the archive's top.
  private static String linked(ArchiveEntry entry, String target) {
    int slash = entry.getName().lastIndexOf('/');
    return target.startsWith("/") ? target : entry.getName().substring(0, slash + 1) + target;
  }

  private static Optional<String> escape(List<String> names) {
    return names.stream().filter(ArchiveNames::leadsOut).findFirst();
  }

  /// Whether a path is absolute, or climbs above where it begins.
  static boolean leadsOut(String path) {
    String plain = path.replace('\\', '/');
    boolean isDrive = plain.length() > 1 && plain.charAt(1) == ':';
    int depth = 0;
    for (String segment : plain.split("/", -1)) {
      depth += segment.equals("..") ? -1 : segment.isEmpty() || segment.equals(".") ? 0 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return plain.startsWith("/") || isDrive;
  }
}
