package io.theus.spring;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Keeps the packages of the integration in order, and each optional library where an
 * application may leave it out.
 */
@AnalyzeClasses(packages = "io.theus.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageStructureTests {

	@ArchTest
	final ArchRule everyPackageHasItsPlace = classes().should()
		.resideInAnyPackage("io.theus.spring", "io.theus.spring.kafka", "io.theus.spring.transaction",
				"io.theus.spring.observation", "io.theus.spring.outbox", "io.theus.spring.actuate",
				"io.theus.spring.reactor", "io.theus.spring.signal", "io.theus.spring.web",
				"io.theus.spring.boot.autoconfigure");

	@ArchTest
	final ArchRule foundationKnowsNoFeature = noClasses().that()
		.resideInAPackage("io.theus.spring")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.theus.spring.*..");

	@ArchTest
	final ArchRule featuresKnowOnlyTheFoundation = classes().that()
		.resideInAnyPackage("io.theus.spring.kafka", "io.theus.spring.transaction", "io.theus.spring.observation",
				"io.theus.spring.outbox", "io.theus.spring.actuate", "io.theus.spring.reactor",
				"io.theus.spring.signal", "io.theus.spring.web")
		.should()
		.onlyDependOnClassesThat(resideInAnyPackage("java..", "org..", "io.micrometer..", "reactor..",
				"tools.jackson..", "io.theus", "io.theus.annotation", "io.theus.error", "io.theus.path",
				"io.theus.state", "io.theus.schema", "io.theus.contract", "io.theus.telemetry", "io.theus.heavy",
				"io.theus.signal", "io.theus.outbox", "io.theus.store", "io.theus.audit", "io.theus.audit.recipe",
				"io.theus.audit.rule", "io.theus.conflict", "io.theus.transaction", "io.theus.history",
				"io.theus.parallel", "io.theus.process", "io.theus.workflow", "io.theus.run", "io.theus.engine",
				"io.theus.spring", "io.theus.spring.kafka", "io.theus.spring.transaction",
				"io.theus.spring.observation", "io.theus.spring.outbox", "io.theus.spring.actuate",
				"io.theus.spring.reactor", "io.theus.spring.signal", "io.theus.spring.web"))
		.allowEmptyShould(true);

	@ArchTest
	final ArchRule featuresDoNotKnowEachOther = slices()
		.matching("io.theus.spring.(kafka|transaction|observation|outbox|actuate|reactor|signal|web)")
		.should()
		.notDependOnEachOther()
		.allowEmptyShould(true);

	@ArchTest
	final ArchRule autoConfigurationIsUsedByNobody = noClasses().that()
		.resideOutsideOfPackage("io.theus.spring.boot.autoconfigure")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.theus.spring.boot.autoconfigure");

	@ArchTest
	final ArchRule bootIsKnownToAutoConfigurationAndEndpoints = noClasses().that()
		.resideOutsideOfPackages("io.theus.spring.boot.autoconfigure", "io.theus.spring.actuate")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	final ArchRule kafkaIsKnownToItsPackage = noClasses().that()
		.resideOutsideOfPackages("io.theus.spring.boot.autoconfigure", "io.theus.spring.kafka")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..");

	@ArchTest
	final ArchRule reactorIsKnownToItsPackage = noClasses().that()
		.resideOutsideOfPackages("io.theus.spring.boot.autoconfigure", "io.theus.spring.reactor")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("reactor..", "org.reactivestreams..");

	@ArchTest
	final ArchRule jacksonIsKnownToTheRelayThatShowsContent = noClasses().that()
		.resideOutsideOfPackage("io.theus.spring.outbox")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("tools.jackson..");

	@ArchTest
	final ArchRule metricsAreKnownToTheirPackage = noClasses().that()
		.resideOutsideOfPackages("io.theus.spring.boot.autoconfigure", "io.theus.spring.observation")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer..");

	@ArchTest
	final ArchRule autoConfigurationsAreFinalAndShowNoMembers = classes().that()
		.areAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration")
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould(haveNoPublicMethods());

	private static ArchCondition<JavaClass> haveNoPublicMethods() {
		return new ArchCondition<>("have no public methods") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getMethods()
					.stream()
					.filter((method) -> method.getModifiers().contains(JavaModifier.PUBLIC))
					.forEach((method) -> events
						.add(SimpleConditionEvent.violated(method, "%s is public".formatted(method.getFullName()))));
			}

		};
	}

}
