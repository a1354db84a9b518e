package io.github.falcogateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The package table: what each package owns is in its package-info, what it may import is here. */
@AnalyzeClasses(packages = "io.github.falcogateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String BASE = "io.github.falcogateway.";
    private static final JavaClasses PRODUCTION = new com.tngtech.archunit.core.importer.ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.falcogateway");

    private static Map<String, List<String>> table() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put("event", List.of());
        table.put("secret", List.of());
        table.put("retry", List.of());
        table.put("lifetime", List.of());
        table.put("telemetry", List.of("event"));
        table.put("filter", List.of("event"));
        table.put("codec", List.of("event"));
        table.put("host", List.of("event"));
        table.put("rule", List.of("event", "filter"));
        table.put("journal", List.of("event", "telemetry"));
        table.put("bus", List.of("event"));
        table.put("falcorules", List.of("event"));
        table.put("intake", List.of("event", "codec", "host", "journal", "bus", "telemetry"));
        table.put("sink", List.of("event", "rule", "journal", "bus", "retry", "secret", "telemetry"));
        table.put("dispatch", List.of("event", "rule", "journal", "bus", "sink", "telemetry"));
        for (String sink :
                List.of("prometheus", "discord", "file", "http", "alertmanager", "stdout", "syslog", "kafka")) {
            table.put("sink." + sink, List.of("event", "codec", "secret", "sink", "telemetry"));
        }
        table.put("auth", List.of("event", "secret"));
        table.put("login", List.of("auth", "lifetime", "secret"));
        table.put("ingest.http", List.of("auth", "event", "codec", "intake", "secret", "telemetry"));
        table.put(
                "ingest.grpc",
                List.of(
                        "event",
                        "codec",
                        "intake",
                        "lifetime",
                        "retry",
                        "secret",
                        "telemetry",
                        "wire.outputs",
                        "wire.schema",
                        "wire.version"));
        table.put(
                "serve.grpc",
                List.of(
                        "event",
                        "codec",
                        "bus",
                        "journal",
                        "telemetry",
                        "wire.outputs",
                        "wire.schema",
                        "wire.version"));
        table.put("live", List.of("event", "codec", "filter", "bus", "journal", "telemetry"));
        table.put("admin", List.of("bus", "telemetry"));
        return table;
    }

    @TestFactory
    List<DynamicTest> packagesImportOnlyWhatTheirRowAllows() {
        List<DynamicTest> tests = new ArrayList<>();
        table().forEach((owner, allowed) -> tests.add(DynamicTest.dynamicTest(
                owner, () -> imports(owner, allowed).allowEmptyShould(true).check(PRODUCTION))));
        return tests;
    }

    private static ArchRule imports(String owner, List<String> allowed) {
        List<String> names = new ArrayList<>(allowed.stream().map(BASE::concat).toList());
        names.add(BASE + owner);
        DescribedPredicate<JavaClass> foreign = DescribedPredicate.describe(
                "of the gateway outside " + names,
                type -> type.getPackageName().startsWith(BASE) && !names.contains(type.getPackageName()));
        return noClasses().that().resideInAPackage(BASE + owner).should().dependOnClassesThat(foreign);
    }

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLE =
            slices().matching("io.github.falcogateway.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_PURE_CORE_KNOWS_NO_VERTX = noClasses()
            .that()
            .resideInAnyPackage(
                    BASE + "event",
                    BASE + "secret",
                    BASE + "retry",
                    BASE + "filter",
                    BASE + "codec",
                    BASE + "host",
                    BASE + "rule")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..");

    @ArchTest
    static final ArchRule ONLY_THE_BUS_CALLS_THE_EVENT_BUS =
            noClasses().that().resideOutsideOfPackage(BASE + "bus").should().callMethod(Vertx.class, "eventBus");

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL_OR_SEALED = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .haveSimpleNameNotEndingWith("package-info")
            .and()
            // Generated out of src/main/proto.
            .resideOutsideOfPackage(BASE + "wire..")
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
            .orShould()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT);
}
