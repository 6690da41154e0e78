package io.papi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between packages, and the room of each vendor. */
@AnalyzeClasses(packages = "io.papi", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule arrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("Main")
          .definedBy("io.papi")
          .layer("config")
          .definedBy("io.papi.config..")
          .layer("http")
          .definedBy("io.papi.http..")
          .layer("cache")
          .definedBy("io.papi.cache..")
          .layer("alternate")
          .definedBy("io.papi.alternate..")
          .layer("coalesce")
          .definedBy("io.papi.coalesce..")
          .layer("store")
          .definedBy("io.papi.store..")
          .layer("log")
          .definedBy("io.papi.log..")
          .layer("metrics")
          .definedBy("io.papi.metrics..")
          .layer("lookup")
          .definedBy("io.papi.lookup..")
          .layer("dataset")
          .definedBy("io.papi.dataset..")
          .layer("query")
          .definedBy("io.papi.query..")
          .layer("rows")
          .definedBy("io.papi.rows..")
          .layer("reporting")
          .definedBy("io.papi.reporting..")
          .whereLayer("Main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("Main")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("Main", "config")
          .whereLayer("cache")
          .mayOnlyBeAccessedByLayers("Main", "config")
          .whereLayer("alternate")
          .mayOnlyBeAccessedByLayers("Main")
          .whereLayer("coalesce")
          .mayOnlyBeAccessedByLayers("Main", "config")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("Main", "config")
          .whereLayer("log")
          .mayOnlyBeAccessedByLayers("Main")
          .whereLayer("metrics")
          .mayOnlyBeAccessedByLayers("Main", "config")
          .whereLayer("rows")
          .mayOnlyBeAccessedByLayers("query", "http", "alternate", "store")
          .whereLayer("reporting")
          .mayOnlyBeAccessedByLayers("http", "cache", "coalesce", "store");

  /**
   * Inside http the arrows go one way too; the routes of operators read requests as callers' do.
   */
  @ArchTest
  static final ArchRule arrowsInHttp =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("server")
          .definedBy("io.papi.http")
          .layer("admin")
          .definedBy("io.papi.http.admin..")
          .layer("dataset")
          .definedBy("io.papi.http.dataset..")
          .layer("query")
          .definedBy("io.papi.http.query..")
          .layer("answer")
          .definedBy("io.papi.http.answer..")
          .layer("page")
          .definedBy("io.papi.http.page..")
          .layer("openapi")
          .definedBy("io.papi.http.openapi..")
          .layer("admission")
          .definedBy("io.papi.http.admission..")
          .layer("port")
          .definedBy("io.papi.http.port..")
          .layer("connection")
          .definedBy("io.papi.http.connection..")
          .layer("tls")
          .definedBy("io.papi.http.tls..")
          .layer("format")
          .definedBy("io.papi.http.format..")
          .layer("exchange")
          .definedBy("io.papi.http.exchange..")
          .whereLayer("server")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("admin")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("admission")
          .mayOnlyBeAccessedByLayers("server", "admin")
          .whereLayer("page")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("openapi")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("dataset")
          .mayOnlyBeAccessedByLayers("server", "admin", "openapi")
          .whereLayer("query")
          .mayOnlyBeAccessedByLayers("server", "admin", "openapi")
          .whereLayer("answer")
          .mayOnlyBeAccessedByLayers("dataset", "query")
          .whereLayer("format")
          .mayOnlyBeAccessedByLayers("server", "query", "openapi")
          .whereLayer("port")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("connection")
          .mayOnlyBeAccessedByLayers("server", "port")
          .whereLayer("tls")
          .mayOnlyBeAccessedByLayers("server", "port");

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.papi.(**)").should().beFreeOfCycles();

  /** Inside cache: redis → its clock → its connection, and redis → cache; embedded by itself. */
  @ArchTest
  static final ArchRule arrowsInCache =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cache")
          .definedBy("io.papi.cache")
          .layer("redis")
          .definedBy("io.papi.cache.redis")
          .layer("clock")
          .definedBy("io.papi.cache.redis.clock")
          .layer("connection")
          .definedBy("io.papi.cache.redis.connection")
          .layer("embedded")
          .definedBy("io.papi.cache.redis.embedded")
          .whereLayer("cache")
          .mayOnlyBeAccessedByLayers("redis")
          .whereLayer("redis")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("clock")
          .mayOnlyBeAccessedByLayers("redis")
          .whereLayer("connection")
          .mayOnlyBeAccessedByLayers("redis", "clock")
          .whereLayer("embedded")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule lookupIsALeaf =
      classes()
          .that(resideInAPackage("io.papi.lookup.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.papi.lookup..", "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule datasetIsALeaf =
      classes()
          .that(resideInAPackage("io.papi.dataset.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.papi.dataset..", "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule callerIsALeaf =
      classes()
          .that(resideInAPackage("io.papi.caller.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.papi.caller..", "io.papi.lookup..", "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule queryIsALeaf =
      classes()
          .that(resideInAPackage("io.papi.query.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.papi.query..",
                  "io.papi.rows..",
                  "io.papi.dataset..",
                  "io.papi.lookup..",
                  "java..",
                  "org.jspecify.."));

  @ArchTest
  static final ArchRule secretIsALeaf =
      classes()
          .that(resideInAPackage("io.papi.secret.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.papi.secret..", "java..", "org.jspecify.."));

  /** What is written is read in one way, whichever keys there are. */
  @ArchTest
  static final ArchRule treeKnowsNoKeys =
      classes()
          .that(resideInAPackage("io.papi.config.tree.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.papi.config.tree..",
                  "io.papi.secret..",
                  "java..",
                  "org.jspecify..",
                  "org.slf4j..",
                  "com.typesafe.."));

  @ArchTest
  static final ArchRule reportingIsALeaf =
      classes()
          .that(resideInAPackage("io.papi.reporting.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.papi.reporting..",
                  "io.papi.caller..",
                  "java..",
                  "org.jspecify..",
                  "io.micrometer.core..",
                  "com.google.errorprone.annotations.."));

  @ArchTest static final ArchRule helidon = room("io.helidon..", "io.papi.http..");

  @ArchTest static final ArchRule hocon = room("com.typesafe..", "io.papi.config.tree..");

  @ArchTest
  static final ArchRule caffeine = room("com.github.benmanes.caffeine..", "io.papi.cache");

  @ArchTest static final ArchRule jedis = room("redis.clients..", "io.papi.cache.redis..");

  @ArchTest
  static final ArchRule redisServer = room("redis.embedded..", "io.papi.cache.redis.embedded..");

  @ArchTest static final ArchRule sql = room("java.sql..", "io.papi.store..");

  @ArchTest static final ArchRule dataSource = room("javax.sql..", "io.papi.store..");

  @ArchTest static final ArchRule hikari = room("com.zaxxer.hikari..", "io.papi.store..");

  @ArchTest static final ArchRule snowflake = room("net.snowflake..", "io.papi.store.snowflake..");

  @ArchTest static final ArchRule h2 = room("org.h2..", "io.papi.store.embedded..");

  @ArchTest static final ArchRule tpcds = room("io.trino..", "io.papi.store.embedded..");

  @ArchTest
  static final ArchRule jackson =
      room(
          "tools.jackson..",
          "io.papi.store..",
          "io.papi.http..",
          "io.papi.alternate..",
          "io.papi.log..");

  @ArchTest static final ArchRule logback = room("ch.qos.logback..", "io.papi.log..");

  @ArchTest
  static final ArchRule resilience4j =
      room("io.github.resilience4j..", "io.papi.store..", "io.papi.cache..");

  @ArchTest
  static final ArchRule prometheus = room("io.micrometer.prometheusmetrics..", "io.papi.metrics..");

  @ArchTest
  static final ArchRule bucket4j = room("io.github.bucket4j..", "io.papi.http.admission..");

  /** Nobody outside of {@code packages} imports the vendor. */
  private static ArchRule room(String vendor, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(vendor);
  }
}
