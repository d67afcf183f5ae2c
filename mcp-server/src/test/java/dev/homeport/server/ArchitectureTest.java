package dev.homeport.server;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What `docs/design.md` says about dependencies and the module system cannot hold.
class ArchitectureTest {
  private static final String[] MEMORY_FILES = {
    "dev.homeport.claude..",
    "dev.homeport.file..",
    "dev.homeport.memory..",
    "dev.homeport.plan..",
    "dev.homeport.result..",
    "dev.homeport.secret..",
    "dev.homeport.session..",
    "dev.homeport.text..",
    "dev.homeport.version.."
  };
  private static final String WORKSPACE = "dev.homeport.workspace..";
  private static final String[] INDEXER = {"dev.homeport.index..", "dev.homeport.search.."};
  private static final String SKILLS = "dev.homeport.skills..";
  private static final String SANDBOX = "dev.homeport.sandbox..";
  private static final String SERVER = "dev.homeport.server..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.homeport");

  @Test
  void seesTheWholeProduct() {
    assertThat(CLASSES.size()).isGreaterThan(250);
    assertThat(CLASSES.stream().map(type -> type.getPackageName()))
        .contains(
            "dev.homeport.workspace",
            "dev.homeport.memory",
            "dev.homeport.skills",
            "dev.homeport.sandbox",
            "dev.homeport.server.tool");
  }

  @Test
  void nobodyLooksUpALoggerBeforeThereIsSomethingToLog() {
    // The search for a logging library opens every jar: 110 ms of a start.
    check(noFields().that().areStatic().should().haveRawType(System.Logger.class));
  }

  @Test
  void memoryFilesKnowsNoOtherModule() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(with(MEMORY_FILES, WORKSPACE))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(INDEXER, SKILLS, SANDBOX, SERVER)));
  }

  @Test
  void theModulesInTheMiddleKnowOnlyTheWorkspace() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(INDEXER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(MEMORY_FILES, SKILLS, SANDBOX, SERVER))
            .allowEmptyShould(true));
    check(
        noClasses()
            .that()
            .resideInAPackage(SKILLS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(with(MEMORY_FILES, SANDBOX, SERVER), INDEXER)));
    check(
        noClasses()
            .that()
            .resideInAPackage(SANDBOX)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(with(MEMORY_FILES, SKILLS, SERVER), INDEXER)));
  }

  @Test
  void librariesKnowNoServerFrameworkAndOnlyTheIndexerKnowsLucene() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.springframework..", "io.modelcontextprotocol..", "org.apache.catalina.."));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(INDEXER)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.lucene.."));
  }

  @Test
  void onlyTheMetricsKnowMicrometer() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.homeport.server.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus.."));
  }

  @Test
  void onlyTheExportOfTheHistoryAndTheSkillsKnowGit() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.homeport.version.git..", SKILLS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit.."));
  }

  @Test
  void theToolsKnowNoProtocolAndNoHostPath() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.homeport.server.tool..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.modelcontextprotocol..", "dev.homeport.server.mcp..")
            .orShould()
            .dependOnClassesThat(equivalentTo(Path.class)));
  }

  @Test
  void onlySandboxesDemoAndCommandsStartProcesses() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                SANDBOX, "dev.homeport.server.demo..", "dev.homeport.server.cli..")
            .should()
            .dependOnClassesThat(equivalentTo(ProcessBuilder.class))
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class));
  }

  @Test
  void onlyMainTouchesTheStandardStreams() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void nothingUsesABacktrackingExpression() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat(equivalentTo(Pattern.class))
            .orShould()
            .callMethod(String.class, "matches", String.class)
            .orShould()
            .callMethod(String.class, "replaceAll", String.class, String.class));
  }

  @Test
  void packagesHaveNoCycles() {
    check(
        slices()
            .matching("dev.homeport.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(equivalentTo(Main.class), alwaysTrue())
            .ignoreDependency(alwaysTrue(), equivalentTo(Main.class)));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static String[] with(String[] packages, String... more) {
    String[] all = Arrays.copyOf(packages, packages.length + more.length);
    System.arraycopy(more, 0, all, packages.length, more.length);
    return all;
  }
}
