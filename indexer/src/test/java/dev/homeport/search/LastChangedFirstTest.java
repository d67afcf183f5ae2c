package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.tree.TreeFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastChangedFirstTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sortsAsAStableSortWould(long seed) {
    var random = new Random(seed);
    var files = new ArrayList<TreeFile>();
    for (int i = random.nextInt(500); i > 0; i--) {
      long modified =
          switch ((int) seed % 4) {
            case 0 -> random.nextInt(5);
            case 1 -> random.nextLong();
            case 2 -> 1_700_000_000_000_000_000L + random.nextInt();
            default -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
          };
      files.add(new TreeFile("f" + i, i, modified, 0));
    }
    List<TreeFile> expected =
        files.stream().sorted(Comparator.comparingLong(TreeFile::modified).reversed()).toList();

    assertThat(LastChangedFirst.sort(files)).as("seed " + seed).isEqualTo(expected);
  }
}
