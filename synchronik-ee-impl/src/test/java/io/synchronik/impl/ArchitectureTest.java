package io.synchronik.impl;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** What may use what. */
@AnalyzeClasses(packages = "io.synchronik", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> IMPL =
      resideInAPackage("io.synchronik.impl..");
  private static final DescribedPredicate<JavaClass> API =
      resideInAPackage("io.synchronik..").and(not(IMPL)).as("the API");

  private static ArchRule mayUse(String user, String... used) {
    String[] packages =
        Stream.concat(Stream.of(user), Stream.of(used))
            .map(name -> "io.synchronik.impl." + name + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("io.synchronik.impl." + user + "..")
        .should()
        .dependOnClassesThat(IMPL.and(not(resideInAnyPackage(packages))))
        .as("impl." + user + " uses nothing but " + String.join(", ", used) + " of impl");
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

  @ArchTest static final ArchRule lifecycle = mayUse("lifecycle", "settings");

  @ArchTest static final ArchRule net = mayUse("net");

  @ArchTest static final ArchRule settings = mayUse("settings");

  @ArchTest static final ArchRule task = mayUse("task");

  @ArchTest static final ArchRule store = mayUse("store", "lifecycle", "net", "settings");

  @ArchTest
  static final ArchRule engine = mayUse("engine", "lifecycle", "net", "store", "settings", "task");

  @ArchTest
  static final ArchRule quartz = mayUse("quartz", "cron", "engine", "lifecycle", "settings");

  @ArchTest static final ArchRule cron = mayUse("cron");

  @ArchTest static final ArchRule admin = mayUse("admin");

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

  @ArchTest
  static final ArchRule noApiCycles =
      slices().matching("io.synchronik.(*)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("io.synchronik.impl.(*)..").should().beFreeOfCycles();

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
                          "io.synchronik.impl.engine..", "io.synchronik.impl.cdi.."))))
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

  @ArchTest static final ArchRule platformLoggingAlone = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

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
}
