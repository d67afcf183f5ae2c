package dev.homeport.search;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// Makes requests about a tree: patterns from its text, and every flag.
final class TreeRequests {
  private static final int SAMPLE = 32 << 10;
  private static final int TRIES = 50;

  private static final List<String> TYPES =
      List.of("c", "h", "cpp", "java", "py", "md", "rst", "sh", "make", "json", "txt", "xml");

  private final Path root;
  private final List<WorkspacePath> files;

  private TreeRequests(Path root, List<WorkspacePath> files) {
    this.root = root;
    this.files = files;
  }

  /// Requests about a tree that has at least one file with text.
  static TreeRequests of(Workspace workspace) throws IOException, InterruptedException {
    var list = (GlobOutcome.Files) Glob.over(workspace).list(GlobRequest.of("**"));
    return new TreeRequests(
        workspace.root(), list.files().stream().map(TreeRequests::path).toList());
  }

  private static WorkspacePath path(FoundFile file) {
    return new WorkspacePath(List.of(file.path().split("/")));
  }

  /// A request, the same for the same state of the generator.
  GrepRequest next(Random random) throws IOException {
    WorkspacePath file = files.get(random.nextInt(files.size()));
    List<String> lines = lines(random.nextBoolean() ? List.of(file) : files, random);
    var patterns = new TreePatterns(random);
    boolean isLiteral = random.nextInt(8) == 0;
    String pattern = isLiteral ? patterns.literal(lines.getFirst()) : patterns.next(lines);
    var request =
        GrepRequest.of(pattern).lineLimit(Integer.MAX_VALUE).timeout(Duration.ofMinutes(5));
    if (isLiteral) {
      request.with(GrepOption.LITERAL);
    }
    if (random.nextInt(4) == 0) {
      request.with(GrepOption.IGNORE_CASE);
    }
    if (mayCrossLines(pattern, isLiteral, random)) {
      request.with(GrepOption.MULTILINE);
      if (random.nextBoolean()) {
        request.with(GrepOption.DOT_ALL);
      }
    }
    if (random.nextInt(4) == 0) {
      request.context(random.nextInt(4), random.nextInt(4));
    }
    OutputMode[] modes = OutputMode.values();
    return request
        .scope(scope(file, random))
        .order(random.nextInt(4) == 0 ? FileOrder.MODIFIED : FileOrder.PATH)
        .mode(random.nextBoolean() ? OutputMode.CONTENT : modes[random.nextInt(modes.length)])
        .build();
  }

  /// Leaves out where ripgrep and Homeport differ on purpose: see docs/conformance.md.
  private static boolean mayCrossLines(String pattern, boolean isLiteral, Random random) {
    boolean isAlike =
        isLiteral || !(TreePatterns.canBeEmpty(pattern) || TreePatterns.looksBack(pattern));
    return isAlike && random.nextInt(3) == 0;
  }

  private List<String> lines(List<WorkspacePath> from, Random random) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      List<String> lines = sample(from.get(random.nextInt(from.size())), random);
      int first = lines.isEmpty() ? 0 : random.nextInt(lines.size());
      if (first < lines.size() && !lines.get(first).isBlank()) {
        return lines.subList(first, Math.min(lines.size(), first + 4));
      }
    }
    return List.of("nothing");
  }

  private List<String> sample(WorkspacePath path, Random random) throws IOException {
    try (var file = new RandomAccessFile(root.resolve(path.toString()).toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.min(SAMPLE, file.length())];
      if (bytes.length == 0) {
        return List.of();
      }
      file.seek(file.length() == bytes.length ? 0 : random.nextLong(file.length() - SAMPLE));
      file.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.indexOf('\0') >= 0
          ? List.of()
          : text.lines().filter(line -> line.indexOf('\uFFFD') < 0).toList();
    } catch (FileNotFoundException e) {
      return List.of(); // an edit of the tree has deleted it
    }
  }

  private static FileScope scope(WorkspacePath file, Random random) {
    FileScope scope = FileScope.WORKSPACE;
    int depth = file.segments().size();
    if (depth > 1 && random.nextInt(60) > 0) {
      int names = Math.min(depth - 1, random.nextInt(8) == 0 ? 1 : 2 + random.nextInt(3));
      scope = scope.below(new WorkspacePath(file.segments().subList(0, names)));
    } else if (random.nextInt(4) == 0) {
      scope = scope.below(file);
    }
    scope = scope.withHidden(random.nextInt(5) == 0).withIgnored(random.nextInt(5) == 0);
    return switch (random.nextInt(12)) {
      case 0 -> scope.withGlobs("*" + extension(file));
      case 1 -> scope.withGlobs("!*" + extension(file));
      case 2 -> scope.withGlobs("**/" + file.segments().getFirst() + "/**");
      case 3 -> scope.withGlobs("[a-m]*", "!*.{h,md,txt}");
      case 4 -> scope.withGlobs(RandomTree.glob(random));
      case 5 -> scope.withTypes(TYPES.get(random.nextInt(TYPES.size())));
      default -> scope;
    };
  }

  private static String extension(WorkspacePath file) {
    String name = file.segments().getLast();
    return name.substring(Math.max(0, name.lastIndexOf('.')));
  }
}
