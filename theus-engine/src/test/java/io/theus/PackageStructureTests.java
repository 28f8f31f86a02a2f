package io.theus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the packages of the engine in order, and each library behind the one package that
 * is meant to know it. Packages of the order need not exist.
 */
@AnalyzeClasses(packages = "io.theus", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageStructureTests {

	/** Bottom-up: a package may use only those before it. */
	private static final List<String> ORDER = List.of("io.theus.error", "io.theus.path", "io.theus",
			"io.theus.annotation", "io.theus.internal.collection", "io.theus.internal.ring", "io.theus.internal.yaml",
			"io.theus.internal.memory", "io.theus.expression", "io.theus.state", "io.theus.internal.codec",
			"io.theus.schema", "io.theus.initial", "io.theus.contract", "io.theus.telemetry", "io.theus.heavy",
			"io.theus.signal", "io.theus.outbox", "io.theus.store", "io.theus.audit.rule", "io.theus.invariant",
			"io.theus.audit.recipe", "io.theus.audit", "io.theus.conflict", "io.theus.transaction", "io.theus.history",
			"io.theus.parallel", "io.theus.process", "io.theus.workflow", "io.theus.run", "io.theus.engine");

	private static final DescribedPredicate<JavaClass> SPRING_RETRY = resideInAnyPackage("org.springframework.retry..",
			"org.springframework.classify..");

	@ArchTest
	final ArchRule everyPackageHasItsPlace = classes().should(haveAPlaceInTheOrder());

	@ArchTest
	final ArchRule packagesUseOnlyThoseBelow = classes().should(useOnlyPackagesBelow());

	@ArchTest
	final ArchRule packagesFormNoCycles = slices().assignedFrom(packages())
		.should()
		.beFreeOfCycles()
		.allowEmptyShould(true);

	@ArchTest
	final ArchRule facadeIsUsedByNobody = noClasses().that()
		.resideOutsideOfPackage("io.theus.engine")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.theus.engine")
		.allowEmptyShould(true);

	@ArchTest
	final ArchRule librariesAreFew = classes().should()
		.onlyDependOnClassesThat(resideInAnyPackage("java..", "javax..", "io.theus..", "org.jspecify..", "org.slf4j..",
				"org.snakeyaml.engine..", "tools.jackson..", "com.fasterxml.jackson.annotation..",
				"jakarta.validation..", "com.sun.jna..")
			.or(SPRING_RETRY));

	@ArchTest
	final ArchRule yamlLibraryIsKnownToOnePackage = isKnownOnlyTo("io.theus.internal.yaml",
			resideInAPackage("org.snakeyaml.."));

	@ArchTest
	final ArchRule retryLibraryIsKnownToOnePackage = isKnownOnlyTo("io.theus.transaction", SPRING_RETRY);

	@ArchTest
	final ArchRule jsonLibraryIsKnownToOnePackage = isKnownOnlyTo("io.theus.outbox",
			resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.."));

	@ArchTest
	final ArchRule nativeLibraryIsKnownToOnePackage = isKnownOnlyTo("io.theus.internal.memory",
			resideInAPackage("com.sun.jna.."));

	@ArchTest
	final ArchRule packageNamesSaySomething = noClasses().should()
		.resideInAnyPackage("..impl..", "..util..", "..common..", "..core..", "..helper..", "..manager..");

	@ArchTest
	void retryLibraryIsKnownToOneClassAtMost(JavaClasses engine) {
		List<String> users = engine.stream()
			.filter((type) -> type.getDirectDependenciesFromSelf()
				.stream()
				.anyMatch((dependency) -> SPRING_RETRY.test(dependency.getTargetClass())))
			.map((type) -> outermost(type).getName())
			.distinct()
			.sorted()
			.toList();
		assertThat(users).as("classes that know Spring Retry").hasSizeLessThanOrEqualTo(1);
	}

	@ArchTest
	void packagesAreAnnotatedNullMarked(JavaClasses engine) {
		Map<String, Boolean> marked = new HashMap<>();
		engine.forEach((type) -> marked.merge(type.getPackageName(),
				type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked"), Boolean::logicalOr));
		assertThat(marked).isNotEmpty().allSatisfy((name, nullMarked) -> assertThat(nullMarked).as(name).isTrue());
	}

	private static ArchRule isKnownOnlyTo(String packageName, DescribedPredicate<JavaClass> library) {
		return noClasses().that()
			.resideOutsideOfPackage(packageName)
			.should()
			.dependOnClassesThat(library)
			.allowEmptyShould(true);
	}

	private static ArchCondition<JavaClass> haveAPlaceInTheOrder() {
		return new ArchCondition<>("be in a package of the order") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean listed = ORDER.contains(type.getPackageName());
				events.add(new SimpleConditionEvent(type, listed,
						"package of '%s' is not in the order: add it".formatted(type.getName())));
			}

		};
	}

	private static ArchCondition<JavaClass> useOnlyPackagesBelow() {
		return new ArchCondition<>("use only packages below their own: " + ORDER) {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				int height = ORDER.indexOf(type.getPackageName());
				type.getDirectDependenciesFromSelf()
					.stream()
					.filter((dependency) -> ORDER.indexOf(dependency.getTargetClass().getPackageName()) > height)
					.forEach((dependency) -> events
						.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
			}

		};
	}

	private static SliceAssignment packages() {
		return new SliceAssignment() {

			@Override
			public SliceIdentifier getIdentifierOf(JavaClass type) {
				return type.getPackageName().startsWith("io.theus") ? SliceIdentifier.of(type.getPackageName())
						: SliceIdentifier.ignore();
			}

			@Override
			public String getDescription() {
				return "packages of the engine";
			}

		};
	}

	private static JavaClass outermost(JavaClass type) {
		return type.getEnclosingClass().map(PackageStructureTests::outermost).orElse(type);
	}

}
