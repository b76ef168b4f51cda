package io.synchronik.impl;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** What may use what. */
@AnalyzeClasses(packages = "io.synchronik", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> IMPL =
      resideInAPackage("io.synchronik.impl..");
  private static final DescribedPredicate<JavaClass> API =
      resideInAPackage("io.synchronik..").and(not(IMPL)).as("the API");

  /** What each package of the implementation uses of it, from below to above. */
  private static final Map<String, String> USES = new LinkedHashMap<>();

  static {
    USES.put("settings", "");
    USES.put("settings.unit", "settings");
    USES.put("audit", "");
    USES.put("lifecycle", "settings");
    USES.put("net.plan", "");
    USES.put("net", "net.plan");
    USES.put("net.analysis", "");
    USES.put("task", "");
    USES.put("store.jdbc", "settings");
    USES.put("store.schema", "settings store.jdbc");
    USES.put("store.jpa", "settings lifecycle");
    USES.put("store.run", "lifecycle store.jdbc store.jpa");
    USES.put("store.unit", "lifecycle store.jdbc store.jpa");
    USES.put("store.flow", "net store.jdbc store.run");
    USES.put("store.item", "lifecycle store.jdbc store.run");
    USES.put("store.pool", "store.jdbc store.jpa store.run");
    USES.put("store.event", "store.jdbc store.jpa store.run");
    USES.put("store.node", "store.jdbc store.run");
    USES.put("store.monitor", "settings store.jdbc");
    USES.put("store.audit", "settings audit store.jdbc");
    USES.put("store.bulk", "settings store.jdbc");
    USES.put("exec", "settings store.jdbc");
    String low = "settings audit lifecycle exec ";
    String stored = "store.jdbc store.jpa store.run ";
    USES.put("tx", "settings audit exec store.jdbc");
    USES.put("output", "settings store.jdbc store.run tx");
    USES.put("event", "store.jdbc store.event tx");
    USES.put("tell", "exec store.jdbc store.event tx event");
    USES.put("journal", low + stored + "store.event store.node store.audit tx event tell");
    String kept = "store.unit store.flow store.pool store.node ";
    USES.put("unit", low + "settings.unit net.plan " + stored + kept + "tx journal");
    USES.put("due", "settings lifecycle store.jdbc store.jpa store.unit store.monitor tx");
    USES.put(
        "node",
        low
            + stored
            + "store.unit store.pool store.event store.node store.audit store.bulk tx tell journal"
            + " unit");
    USES.put(
        "run",
        low
            + "task "
            + stored
            + "store.unit store.flow store.item store.node tx tell journal unit node");
    USES.put(
        "run.attempt", low + "task store.jdbc store.run store.flow tx output journal unit run");
    String ground = low + stored + "store.unit tx journal unit node run run.attempt ";
    USES.put("time", ground);
    USES.put("flow", ground + "net net.plan store.flow time");
    USES.put("item.claim", ground + "store.item time");
    USES.put("item.add", ground + "store.item item.claim");
    USES.put("item", ground + "task store.item store.monitor time item.claim item.add");
    USES.put("pool", ground + "store.pool time");
    USES.put(
        "bulk",
        low
            + "store.jdbc store.run store.unit store.item store.bulk tx journal unit node run"
            + " item");
    USES.put(
        "why",
        "settings settings.unit lifecycle net net.plan store.jdbc store.jpa store.run store.unit"
            + " store.flow store.node store.item store.pool store.monitor store.audit tx unit due"
            + " run item.claim");
    USES.put(
        "monitor",
        "settings lifecycle store.jdbc store.unit store.node store.monitor store.audit tx event"
            + " due");
    USES.put(
        "boot",
        ground
            + "store.schema store.node output event tell time flow item item.claim item.add pool"
            + " bulk due monitor why");
    USES.put("cron", "");
    USES.put("quartz", "cron lifecycle settings");
    USES.put("bean", "settings");
    USES.put("cdi.work", "bean unit");
    USES.put("cdi.unit", "settings settings.unit lifecycle net.plan unit bean quartz cdi.work");
    USES.put("cdi.platform", "settings store.jpa tx");
    USES.put("cdi", "settings tx tell unit boot quartz bean cdi.work cdi.unit cdi.platform");
    USES.put("admin.json", "");
    USES.put("admin.http", "settings audit admin.json");
    USES.put("admin.run", "admin.json admin.http");
    USES.put("admin.flow", "admin.json admin.http admin.run");
    USES.put("admin.item", "admin.json admin.http admin.run");
    USES.put("admin.pool", "admin.json admin.http admin.run");
    USES.put("admin.journal", "settings admin.json admin.http");
    USES.put("admin.node", "admin.json admin.http");
    USES.put("admin.bulk", "admin.json admin.http");
    USES.put("admin.monitor", "admin.json admin.http");
    USES.put("admin.session", "admin.json admin.http");
    USES.put("dashboard", "settings admin.http");
    USES.put("admin.unit", "admin.json admin.http admin.run admin.flow");
    USES.put(
        "admin",
        "settings admin.json admin.http admin.run admin.flow admin.item admin.pool admin.journal"
            + " admin.node admin.bulk admin.unit admin.monitor admin.session");
  }

  private static final int LARGEST_PACKAGE = 25;

  @ArchTest
  static void packagesUseWhatIsBelow(JavaClasses all) {
    USES.forEach(
        (user, used) -> {
          String[] packages =
              Stream.concat(Stream.of(user), Stream.of(used.split(" ")))
                  .map(name -> "io.synchronik.impl." + name)
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage("io.synchronik.impl." + user)
              .should()
              .dependOnClassesThat(IMPL.and(not(resideInAnyPackage(packages))))
              .as("impl." + user + " uses nothing but " + used + " of impl")
              .check(all);
        });
  }

  @ArchTest
  static void everyPackageHasItsPlace(JavaClasses all) {
    assertThat(all.stream().filter(IMPL).map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(
            USES.keySet().stream().map("io.synchronik.impl."::concat).toList());
  }

  @ArchTest
  static void packagesAreSmall(JavaClasses all) {
    assertThat(
            all.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting())))
        .allSatisfy(
            (name, files) -> assertThat(files).as(name).isLessThanOrEqualTo(LARGEST_PACKAGE));
  }

  @ArchTest
  static final ArchRule apiNeedsJakartaAlone =
      classes()
          .that(API)
          .should()
          .onlyDependOnClassesThat(
              API.or(resideInAnyPackage("java..", "jakarta..", "org.jspecify.annotations.."))
                  .or(
                      belongTo(
                          nameMatching("(boolean|byte|char|short|int|long|float|double|void).*"))));

  @ArchTest
  static final ArchRule coreIsPure =
      classes()
          .that()
          .resideInAnyPackage(
              "io.synchronik.impl.cron..",
              "io.synchronik.impl.lifecycle..",
              "io.synchronik.impl.net..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java.lang..", "java.util..", "java.time..", "org.jspecify..")
                  .or(resideInAPackage("io.synchronik..")));

  @ArchTest
  static final ArchRule netKnowsNoTimeAndNoChance =
      noClasses()
          .that()
          .resideInAPackage("io.synchronik.impl.net..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Instant.class, Random.class, ThreadLocalRandom.class);

  private static final SliceAssignment EACH_PACKAGE =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "each package";
        }
      };

  @ArchTest
  static final ArchRule noCycles = slices().assignedFrom(EACH_PACKAGE).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule quartzIsConfined =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.synchronik.impl.quartz..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.quartz..");

  @ArchTest
  static final ArchRule jtaIsConfined =
      noClasses()
          .that(
              IMPL.and(
                  not(
                      resideInAnyPackage(
                          "io.synchronik.impl.tx..",
                          "io.synchronik.impl.run..",
                          "io.synchronik.impl.cdi.."))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.transaction..");

  @ArchTest
  static final ArchRule sqlHasOneHome =
      noClasses()
          .that(IMPL.and(not(resideInAPackage("io.synchronik.impl.store.."))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "jakarta.persistence.criteria..");

  @ArchTest
  static final ArchRule timeIsTheDatabases =
      noClasses()
          .that(IMPL.and(not(resideInAPackage("io.synchronik.impl.settings.."))))
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callConstructor(Date.class);

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  /** What is logged can only be heard where the platform's logging hands it on. */
  @ArchTest
  static final ArchRule platformLoggingAlone =
      noClasses()
          .that(not(resideInAPackage("io.synchronik.impl.output..")))
          .should(USE_JAVA_UTIL_LOGGING)
          .because("applications choose their logging");

  @ArchTest
  static final ArchRule namesAreNouns =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Handler");

  /** They tell failures in other words, and isolate nothing. */
  private static final Set<String> TRANSLATORS = Set.of("NamedDataSource", "RequestJson");

  /** What isolates one thing from others, or gives something back, must do so for errors too. */
  @ArchTest
  static void whoCatchesAnyExceptionCatchesErrors(JavaClasses all) {
    List<String> gaps = new ArrayList<>();
    for (JavaClass one : all) {
      if (IMPL.test(one) && !TRANSLATORS.contains(one.getSimpleName())) {
        for (JavaCodeUnit unit : one.getCodeUnits()) {
          unit.getTryCatchBlocks().stream()
              .filter(ArchitectureTest::forgetsErrors)
              .forEach(block -> gaps.add(block.getSourceCodeLocation().toString()));
        }
      }
    }
    assertThat(gaps).isEmpty();
  }

  private static boolean forgetsErrors(TryCatchBlock block) {
    Set<String> caught =
        block.getCaughtThrowables().stream().map(JavaClass::getName).collect(toSet());
    return isAny(caught, RuntimeException.class, Exception.class)
        && !isAny(caught, Error.class, Throwable.class);
  }

  private static boolean isAny(Set<String> caught, Class<?>... types) {
    return Stream.of(types).map(Class::getName).anyMatch(caught::contains);
  }
}
