package org.sparkberry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.FileDescriptor;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.record.Clock;

/** The order of the rooms and what each may use. If a room is wrong, change this table and say so. */
class RoomsTest {
    /** A room imports only rooms before it in this list. */
    private static final List<String> ROOMS =
            List.of("random", "estimate", "model", "record", "scaling", "dataflow", "job", "cluster", "report", "cli");

    private static final String SPARK = "org.apache.spark";

    private static final JavaClasses CLASSES = importOurs();

    @Test
    void everyClassIsInARoomAndNoRoomIsMissing() {
        Set<String> found = CLASSES.stream()
                .map(type -> type.getPackageName().replaceFirst("^org\\.sparkberry\\.?", ""))
                // The science of a workload may take several files: then they have a package of their own below.
                .map(room -> room.replaceFirst("^model\\..*", "model"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(new TreeSet<>(ROOMS));
    }

    @Test
    void aRoomImportsOnlyRoomsAboveItInTheList() {
        for (int i = 0; i < ROOMS.size() - 1; i++) {
            String[] below = ROOMS.subList(i + 1, ROOMS.size()).stream()
                    .map(RoomsTest::room)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(room(ROOMS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(below)
                    .check(CLASSES);
        }
    }

    /** Beside the JDK, JSpecify's annotations and the room itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "random   | jdk.incubator.vector",
                "estimate | ''",
                "model    | random estimate jdk.incubator.vector",
                "record   | estimate model com.fasterxml.jackson com.univocity.parsers org.apache.parquet",
                "scaling  | estimate record org.apache.commons.math3",
                "report   | estimate record scaling org.jetbrains.letsPlot kotlin com.github.weisj.jsvg org.w3c.dom org.xml.sax javax",
                "dataflow | random estimate model record org.apache.spark org.apache.hadoop scala com.univocity.parsers io.jhdf",
                "job      | random estimate model record dataflow org.apache.spark scala",
            })
    void aRoomUsesOnlyWhatItMay(String room, String allowed) {
        List<String> packages = new ArrayList<>(List.of("java..", "org.jspecify.annotations..", room(room)));
        Stream.of(allowed.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> ROOMS.contains(name) ? room(name) : name + "..")
                .forEach(packages::add);
        classes()
                .that()
                .resideInAPackage(room(room))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages.toArray(String[]::new))
                .check(CLASSES);
    }

    /** Not every JVM has the module: what may be missing is loaded by its name. */
    @Test
    void theVectorModuleIsOnlyInKernelsThatAreFoundByTheirNames() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Simd")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Simd")
                .check(CLASSES);
        assertThat(CLASSES.stream()).anyMatch(type -> type.getSimpleName().endsWith("Simd"));
    }

    @Test
    void roomsHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("org.sparkberry.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void sparkIsOnlyInDataflowJobAndCluster() {
        String[] spark = {room("dataflow"), room("job"), room("cluster")};
        noClasses()
                .that()
                .resideOutsideOfPackages(spark)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SPARK + "..")
                .check(CLASSES);
        // A value that is only passed on, declared with var, is no dependency for the rule above.
        noClasses()
                .that()
                .resideOutsideOfPackages(spark)
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("it takes or gives a class of Spark", RoomsTest::passesSpark))
                .check(CLASSES);
    }

    @Test
    void standardOutputExitAndEnvironmentAreOnlyInCli() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("cli"))
                .should()
                .accessTargetWhere(member(System.class, "out", "err", "exit", "getenv", "console"))
                .orShould()
                .accessTargetWhere(member(FileDescriptor.class, "out", "err"))
                .orShould()
                .accessTargetWhere(member(Runtime.class, "exit"))
                .orShould()
                .accessTargetWhere(DescribedPredicate.describe(
                        "it prints a stack trace",
                        access -> access.getTarget().getFullName().endsWith(".printStackTrace()")))
                .check(CLASSES);
    }

    @Test
    void theClockAndTheHardwareAreOnlyInRecord() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("record"))
                .should()
                .accessTargetWhere(member(System.class, "nanoTime", "currentTimeMillis"))
                .orShould()
                .accessTargetWhere(DescribedPredicate.describe(
                        "it asks java.time for now",
                        access -> access.getTargetOwner().getPackageName().startsWith("java.time")
                                && Set.of("now", "millis", "systemUTC", "systemDefaultZone")
                                        .contains(access.getName())))
                .orShould()
                .accessTargetWhere(member(Date.class, JavaConstructor.CONSTRUCTOR_NAME))
                .orShould()
                .accessTargetWhere(member(Runtime.class, "availableProcessors", "maxMemory", "totalMemory"))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.management..", "com.sun.management..")
                .check(CLASSES);
    }

    @Test
    void noClassIsNamedAfterNothingInParticular() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Manager|Common|Commons|Impl|Misc)")
                .check(CLASSES);
    }

    /** The rules above see what they forbid: where it is allowed, it is there. */
    @Test
    void theRulesAreNotBlind() {
        assertThat(accessesFrom("cli")).anyMatch(member(System.class, "getenv")).anyMatch(member(System.class, "exit"));
        assertThat(accessesFrom("record")).anyMatch(member(System.class, "nanoTime"));
        assertThat(accessesFrom("cluster")).anyMatch(RoomsTest::passesSpark);
    }

    private static List<JavaAccess<?>> accessesFrom(String room) {
        return CLASSES.stream()
                .filter(type -> type.getPackageName().equals("org.sparkberry." + room))
                .<JavaAccess<?>>flatMap(type -> type.getAccessesFromSelf().stream())
                .toList();
    }

    private static JavaClasses importOurs() {
        // All rules go by names: nothing need be known of the classes of Spark and the JDK, which takes ten seconds.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .importUrl(Clock.class.getProtectionDomain().getCodeSource().getLocation());
    }

    private static String room(String name) {
        return "org.sparkberry." + name + "..";
    }

    private static DescribedPredicate<JavaAccess<?>> member(Class<?> owner, String... names) {
        return DescribedPredicate.describe(
                "it is " + owner.getSimpleName() + "." + String.join("/", names),
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && List.of(names).contains(access.getName()));
    }

    private static boolean passesSpark(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target)) {
            return false;
        }
        return Stream.concat(Stream.of(target.getRawReturnType()), target.getRawParameterTypes().stream())
                .anyMatch(type -> type.getPackageName().startsWith(SPARK));
    }
}
