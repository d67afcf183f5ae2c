package dev.homeport.skills.wellknown;

import dev.homeport.skills.source.Shown;
import dev.homeport.skills.source.SourceEntry;
import dev.homeport.skills.source.SourceException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/// Unpacks the archive of one skill into memory: zip, or tar in gzip. Where paths and links lead is
/// checked by who writes them to disk. One object unpacks once.
final class Unpacking {
  private static final int ANY_EXECUTE = 0b001_001_001;

  private final String skill;
  private final int mostFiles;
  private final Map<SourceEntry, byte[]> files = new HashMap<>();
  private long left;

  /// @param skill its name, the directory of the files
  /// @param mostFiles how many it may have
  /// @param mostBytes how many bytes these may have together
  Unpacking(String skill, int mostFiles, long mostBytes) {
    this.skill = skill;
    this.mostFiles = mostFiles;
    this.left = mostBytes;
  }

  Map<SourceEntry, byte[]> unpack(byte[] archive) throws SourceException {
    try {
      if (archive.length > 1 && archive[0] == 'P' && archive[1] == 'K') {
        zip(archive);
      } else {
        tar(new GzipCompressorInputStream(new ByteArrayInputStream(archive)));
      }
    } catch (SourceException told) {
      throw told;
    } catch (IOException | IllegalArgumentException damaged) {
      throw new SourceException(
          "the archive of the skill '%s' is damaged, or neither zip nor tar.gz; tell its owner"
              .formatted(skill),
          damaged);
    }
    return files;
  }

  private void zip(byte[] archive) throws IOException {
    try (var zip = ZipFile.builder().setByteArray(archive).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (entry.isDirectory()) {
          continue;
        }
        if (entry.isUnixSymlink()) {
          put(
              entry.getName(),
              SourceEntry.Kind.LINK,
              zip.getUnixSymlink(entry).getBytes(StandardCharsets.UTF_8));
        } else {
          try (InputStream content = zip.getInputStream(entry)) {
            put(entry.getName(), kind(entry.getUnixMode()), limited(content));
          }
        }
      }
    }
  }

  private void tar(InputStream in) throws IOException {
    try (var tar = new TarArchiveInputStream(new BufferedInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isDirectory()) {
          continue;
        }
        if (entry.isSymbolicLink()) {
          put(
              entry.getName(),
              SourceEntry.Kind.LINK,
              entry.getLinkName().getBytes(StandardCharsets.UTF_8));
        } else if (entry.isFile() && !entry.isLink()) {
          put(entry.getName(), kind(entry.getMode()), limited(tar));
        } else {
          throw new SourceException(
              "the archive of the skill '%s' holds '%s', which is neither file nor link; tell its"
                      .formatted(skill, Shown.of(entry.getName()))
                  + " owner");
        }
      }
    }
  }

  private static SourceEntry.Kind kind(int mode) {
    return (mode & ANY_EXECUTE) == 0 ? SourceEntry.Kind.FILE : SourceEntry.Kind.PROGRAM;
  }

  private byte[] limited(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes((int) left + 1);
    if (bytes.length > left) {
      throw tooLarge();
    }
    left -= bytes.length;
    return bytes;
  }

  private void put(String name, SourceEntry.Kind kind, byte[] content) throws SourceException {
    String plain = name.startsWith("./") ? name.substring(2) : name;
    files.put(new SourceEntry(skill + "/" + plain, kind), content);
    if (files.size() > mostFiles) {
      throw tooLarge();
    }
  }

  private SourceException tooLarge() {
    return new SourceException(
        "the archive of the skill '%s' unpacks to more than %d files or 16 MiB; tell its owner"
            .formatted(skill, mostFiles));
  }
}
