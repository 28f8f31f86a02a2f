package io.theus.process;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SubmissionPublisher;

import javax.tools.ToolProvider;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import io.theus.HeavyArray;
import io.theus.Isolation;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.StateUpdate;
import io.theus.annotation.Input;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.annotation.ProcessDefaults;
import io.theus.contract.Contract;
import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AnnotatedProcessesTests {

	@Test
	void processIsNamedByClassAndMethod() {
		TheusEngine engine = TheusEngine.builder().processes(new Named(), new URLReader()).build();
		assertThat(engine.processes().all()).extracting(ProcessDefinition::id)
			.containsExactly("URLReader.read", "named.other", "named.plain");
		assertThat(engine.processes().get("renamed").id()).isEqualTo("named.other");
		assertThat(engine.processes().get("named.other").name()).isEqualTo("renamed");
	}

	@Test
	void attributesMakeTheContract() {
		ProcessDefinition process = only(new Complete());
		Contract contract = process.contract();
		assertThat(contract.semantic()).isEqualTo(Semantic.EFFECT);
		assertThat(contract.inputs()).extracting(Object::toString)
			.containsExactly("domain.in", "domain.{id}.both", "domain.{id}.input");
		assertThat(contract.outputs()).extracting(Object::toString)
			.containsExactly("domain.out", "domain.{id}.both", "domain.{id}.output");
		assertThat(contract.spec().emits()).containsExactly("sig_a");
		assertThat(contract.spec().sends()).containsExactly("topic");
		assertThat(contract.spec().sideEffects()).containsExactly("http:x");
		assertThat(contract.spec().errors()).containsExactly(IOException.class);
		assertThat(contract.hasSideEffects()).isTrue();
		assertThat(process.timeout()).isEqualTo(Duration.ofMillis(1500));
		assertThat(process.parameters()).extracting(Parameter::kind)
			.containsExactly(Parameter.Kind.ARGUMENT, Parameter.Kind.INPUT, Parameter.Kind.CONTEXT);
	}

	@Test
	void defaultsOfTheClassApply() {
		TheusEngine engine = TheusEngine.builder().processes(new Chat()).build();
		ProcessDefinition post = engine.processes().get("post");
		assertThat(post.contract().inputs()).extracting(Object::toString)
			.containsExactlyInAnyOrder("domain.chat.{chatId}.messages", "domain.chat.{chatId}.topic", "global.limits");
		assertThat(post.contract().outputs()).extracting(Object::toString)
			.containsExactly("domain.chat.{chatId}.messages", "domain.chat.{chatId}.last");
		assertThat(post.contract().spec().errors()).containsExactly(IllegalArgumentException.class, IOException.class);
		assertThat(post.timeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(engine.processes().get("slow").timeout()).isEqualTo(Duration.ofSeconds(9));
		engine.execute("post", "c1", "hello");
		assertThat(engine.state().get("domain.chat.c1.last")).isEqualTo("hello");
	}

	@Test
	void defaultsAreInherited() {
		assertThat(only(new SpecialChat()).contract().inputs()).extracting(Object::toString)
			.contains("domain.chat.{chatId}.messages");
	}

	@Test
	void interfaceMayDeclareTheProcess() {
		ProcessDefinition process = only(new Implementation());
		assertThat(process.id()).isEqualTo("implementation.load");
		assertThat(process.contract().inputs()).extracting(Object::toString)
			.containsExactly("domain.a", "domain.x.{id}");
		assertThat(process.parameters().get(1).kind()).isEqualTo(Parameter.Kind.INPUT);
		assertThat(process.contract().outputs()).extracting(Object::toString).containsExactly("domain.stored");
	}

	@Test
	void genericInterfaceMayDeclareTheProcess() {
		TheusEngine engine = TheusEngine.builder().processes(new GenericImplementation()).build();
		assertThat(engine.processes().all()).extracting(ProcessDefinition::id)
			.containsExactly("genericImplementation.handle");
		assertThat(engine.<String>execute("handle", "x")).isEqualTo("handled x");
	}

	@Test
	void superclassMayDeclareTheProcess() {
		TheusEngine engine = TheusEngine.builder().processes(new Overriding()).build();
		assertThat(engine.processes().all()).extracting(ProcessDefinition::id)
			.containsExactly("overriding.inherited", "overriding.overridden");
		assertThat(engine.<String>execute("overridden")).isEqualTo("below");
	}

	@Test
	void annotationOfOnesOwnMayDeclareTheProcess() {
		assertThat(only(new WithMeta()).contract().semantic()).isEqualTo(Semantic.GUIDE);
	}

	@Test
	void nearestDeclarationCounts() throws Exception {
		Method method = Redeclaring.class.getDeclaredMethod("load", String.class, String.class);
		assertThat(AnnotatedProcesses.find(method).orElseThrow().inputs()).containsExactly("domain.own");
		assertThat(AnnotatedProcesses.find(Object.class.getMethod("toString"))).isEmpty();
		assertThat(AnnotatedProcesses.hasProcesses(Redeclaring.class)).isTrue();
		assertThat(AnnotatedProcesses.hasProcesses(String.class)).isFalse();
	}

	@Test
	void methodThatCannotBeInterceptedIsRefused() {
		refused(new Final(), "final.run", "its method is final and cannot be intercepted",
				"make it an instance method that is neither private nor final");
		refused(new Private(), "private.run", "its method is private and cannot be intercepted",
				"make it an instance method that is neither private nor final");
		refused(new Static(), "static.run", "its method is static and cannot be intercepted",
				"make it an instance method that is neither private nor final");
	}

	@Test
	void stageIsAcceptedAndJudgedByItsValue() {
		assertThat(definition(new Stage()).isAsynchronous()).isTrue();
		assertThat(definition(new Nested()).isAsynchronous()).isTrue();
		refused(new StageOfNothing(), "stageOfNothing.run", "it has @Output('domain.a') and returns nothing",
				"return the value, or remove the annotation and write through the context");
		refused(new StageOfScalar(), "stageOfScalar.run",
				"it is PURE and its return type Long cannot fill its outputs [domain.a, domain.b]",
				"return a map by path, a list in order, or a record with @Output components");
	}

	@Test
	void asynchronousProcessIsNotRaw() {
		refused(new RawStage(), "rawStage.run", "it is asynchronous and has isolation = RAW",
				"choose HYBRID, or let the process return the value itself");
	}

	@Test
	void valueThatTheEngineCouldNotWaitForIsRefused() {
		refused(new PlainFuture(), "plainFuture.run",
				"its method is asynchronous and returns Future, which does not tell when it is done",
				"return a CompletableFuture");
		refused(new OwnFuture(), "ownFuture.run",
				"its method is asynchronous and returns Own, which the engine cannot make for the caller",
				"declare it as CompletionStage or CompletableFuture");
		refused(new Stream(), "stream.run",
				"its method returns a stream (SubmissionPublisher), and a process returns one " + "value",
				"return the elements as one value that is there later, such as Mono<List<...>>, or a CompletableFuture");
		refused(new Suspending(), "suspending.run",
				"its method is a suspend function of Kotlin, which returns whenever it waits",
				"write a function that does not suspend, or one that returns a CompletableFuture, such as "
						+ "scope.future { ... }");
	}

	@Test
	void outputThatTheReturnTypeCannotFillIsRefused() {
		refused(new VoidOutput(), "voidOutput.run", "it has @Output('domain.a') and returns nothing",
				"return the value, or remove the annotation and write through the context");
		refused(new VoidPure(), "voidPure.run",
				"it is PURE and its return type void cannot fill its outputs [domain.a]",
				"return the value, a PURE process writes by its return value only");
		refused(new ScalarPure(), "scalarPure.run",
				"it is PURE and its return type int cannot fill its outputs [domain.a, domain.b]",
				"return a map by path, a list in order, or a record with @Output components");
		refused(new WildPure(), "wildPure.run", "output 'domain.*' names more than one path",
				"use placeholders instead of wildcards");
		refused(new WildOutput(), "wildOutput.run", "@Output 'domain.**' names more than one path",
				"use placeholders instead of wildcards");
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> TheusEngine.builder()
				.process("code.wildPure",
						(spec) -> spec.semantic(Semantic.PURE).outputs("domain.*").body((context, a) -> 1))
				.build())
			.withMessage("process 'code.wildPure' is declared wrongly: output 'domain.*' names more than one path, "
					+ "use placeholders instead of wildcards");
	}

	@Test
	void inputThatIsNoSinglePathIsRefused() {
		refused(new WildInput(), "wildInput.run", "@Input 'domain.*' names more than one path",
				"use placeholders instead of wildcards");
		refused(new BadInput(), "badInput.run", "@Input 'domain..a' is no path at position=7", "a segment is missing");
		refused(new CircularInput(), "circularInput.run", "its @Input paths depend on each other",
				"let one of them depend on arguments only");
		refused(new NoSource(), "noSource.run",
				"placeholder '{nam}' in input 'domain.{nam}' has no source, " + "did you mean 'name'",
				"name an argument or an @Input parameter: available=[name]");
	}

	@Test
	void parametersWithoutNamesAreRefused(@TempDir Path folder) throws Exception {
		Path source = Files.writeString(folder.resolve("Nameless.java"),
				"public class Nameless {" + " @io.theus.annotation.Process public void run(String id) { } }");
		assertThat(ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-cp", System.getProperty("java.class.path"), "-proc:none", source.toString()))
			.isZero();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { folder.toUri().toURL() },
				getClass().getClassLoader())) {
			refused(loader.loadClass("Nameless").getConstructor().newInstance(), "nameless.run",
					"the names of its parameters are not in the class file", "compile with -parameters");
		}
	}

	@Test
	void timeoutThatIsNoneIsRefused() {
		refused(new BadTimeout(), "badTimeout.run", "timeout 'soon' is no duration",
				"write for example 500ms, 10s, 2m or PT10S");
		refused(new ZeroTimeout(), "zeroTimeout.run", "timeout '0s' is no duration",
				"write for example 500ms, 10s, 2m or PT10S");
	}

	@Test
	void relativePatternWithoutARootIsRefused() {
		refused(new Rootless(), "rootless.run", "pattern './messages' is relative and its class has no root",
				"declare @ProcessDefaults(root = ...) on the class or begin with a layer");
	}

	@Test
	void outputsThatNothingCanWriteAreWarnedOf() {
		Logger logger = (Logger) LoggerFactory.getLogger(AnnotatedProcesses.class);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		Level level = logger.getLevel();
		logger.setLevel(Level.WARN);
		logger.addAppender(appender);
		try {
			TheusEngine.builder().processes(new Idle(), new Complete(), new Chat(), new HoldsContext()).build();
		}
		finally {
			logger.detachAppender(appender);
			logger.setLevel(level);
		}
		assertThat(appender.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("Process 'idle.run' declares outputs but can write none of them: its class holds no "
					+ "ProcessContext and its method has no @Output; inject a ProcessContext or annotate what it returns");
	}

	private static ProcessDefinition only(Object target) {
		List<ProcessDefinition> all = TheusEngine.builder().processes(target).build().processes().all();
		assertThat(all).hasSize(1);
		return all.get(0);
	}

	private static ProcessDefinition definition(Object target) {
		return TheusEngine.builder().processes(target).build().processes().get("run");
	}

	@Test
	void arrayIsNoInput() {
		refused(new ArrayInput(), "arrayInput.run",
				"@Input 'heavy.frame' is a HeavyArray, which the state does not hold",
				"name the path in inputs and map it with context.heavy(...), or take its HeavyDescriptor");
	}

	private static void refused(Object target, String process, String problem, String action) {
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> TheusEngine.builder().processes(target).build())
			.withMessage("process '%s' is declared wrongly: %s, %s", process, problem, action)
			.satisfies((ex) -> {
				assertThat(ex.process()).isEqualTo(process);
				assertThat(ex.action()).isEqualTo(action);
			});
	}

	static class Idle {

		@Process(outputs = "domain.a")
		void run() {
		}

	}

	static class HoldsContext {

		private final Optional<ProcessContext> state = Optional.empty();

		@Process(outputs = "domain.a")
		void run() {
			this.state.ifPresent((context) -> context.set("domain.a", 1));
		}

	}

	static class Named {

		@Process
		void plain() {
		}

		@Process(name = "renamed")
		void other() {
		}

	}

	static class URLReader {

		@Process
		void read() {
		}

	}

	static class Complete {

		@Process(inputs = "domain.in", outputs = "domain.out", updates = "domain.{id}.both", emits = "sig_a",
				sends = "topic", errors = IOException.class, sideEffects = "http:x", timeout = "1500ms")
		@Output("domain.{id}.output")
		String run(String id, @Input("domain.{id}.input") String input, ProcessContext context) {
			return input;
		}

	}

	@ProcessDefaults(root = "domain.chat.{chatId}", inputs = "global.limits", errors = IOException.class,
			timeout = "7s")
	static class Chat {

		@Process(inputs = "./messages", outputs = "./messages", errors = IllegalArgumentException.class)
		@Output("./last")
		String post(String chatId, String text, @Input("./topic") @Nullable String topic) {
			return text;
		}

		@Process(timeout = "9s")
		void slow() {
		}

	}

	@ProcessDefaults(root = "domain.chat.{chatId}")
	static class BaseChat {

	}

	static class SpecialChat extends BaseChat {

		@Process(inputs = "./messages")
		void post(String chatId) {
		}

	}

	interface Declared {

		@Process(inputs = "domain.a")
		@Output("domain.stored")
		String load(String id, @Input("domain.x.{id}") String value);

	}

	static class Implementation implements Declared {

		@Override
		public String load(String id, String value) {
			return value;
		}

	}

	static class Redeclaring implements Declared {

		@Override
		@Process(inputs = "domain.own")
		public String load(String id, String value) {
			return value;
		}

	}

	interface Generic<T> {

		@Process
		String handle(T value);

	}

	static class GenericImplementation implements Generic<String> {

		@Override
		public String handle(String value) {
			return "handled " + value;
		}

	}

	static class Base {

		@Process
		String inherited() {
			return "above";
		}

		@Process
		String overridden() {
			return "above";
		}

	}

	static class Overriding extends Base {

		@Override
		String overridden() {
			return "below";
		}

	}

	@Process(semantic = Semantic.GUIDE)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Router {

	}

	static class WithMeta {

		@Router
		void route() {
		}

	}

	static class Final {

		@Process
		final void run() {
		}

	}

	static class Private {

		@Process
		@SuppressWarnings("UnusedMethod")
		private void run() {
		}

	}

	static class Static {

		@Process
		static void run() {
		}

	}

	static class Stage {

		@Process
		CompletionStage<String> run() {
			return CompletableFuture.completedFuture("x");
		}

	}

	static class PlainFuture {

		@Process
		java.util.concurrent.Future<String> run() {
			return CompletableFuture.completedFuture("x");
		}

	}

	static class RawStage {

		@Process(isolation = Isolation.RAW)
		CompletionStage<String> run() {
			return CompletableFuture.completedFuture("x");
		}

	}

	static class Nested {

		@Process
		@Output("domain.a")
		CompletableFuture<List<String>> run() {
			return CompletableFuture.completedFuture(List.of());
		}

	}

	static class StageOfNothing {

		@Process
		@Output("domain.a")
		CompletionStage<Void> run() {
			return CompletableFuture.completedFuture(null);
		}

	}

	static class StageOfScalar {

		@Process(semantic = Semantic.PURE, outputs = { "domain.a", "domain.b" })
		CompletionStage<Long> run() {
			return CompletableFuture.completedFuture(1L);
		}

	}

	static class OwnFuture {

		@Process
		Own<String> run() {
			return new Own<>();
		}

	}

	static class Own<T> extends CompletableFuture<T> {

	}

	static class Stream {

		@Process
		SubmissionPublisher<String> run() {
			return new SubmissionPublisher<>();
		}

	}

	// As the Kotlin compiler makes it
	static class Suspending {

		@Process
		Object run(String argument, Continuation<? super String> continuation) {
			return argument;
		}

	}

	static class VoidOutput {

		@Process
		@Output("domain.a")
		void run() {
		}

	}

	static class VoidPure {

		@Process(semantic = Semantic.PURE, outputs = "domain.a")
		void run() {
		}

	}

	static class ScalarPure {

		@Process(semantic = Semantic.PURE, outputs = { "domain.a", "domain.b" })
		int run() {
			return 1;
		}

	}

	static class WildPure {

		@Process(semantic = Semantic.PURE, outputs = "domain.*")
		Map<String, Object> run() {
			return Map.of();
		}

	}

	static class WildOutput {

		@Process
		@Output("domain.**")
		String run() {
			return "x";
		}

	}

	static class WildInput {

		@Process
		StateUpdate run(@Input("domain.*") String input) {
			return StateUpdate.remove("domain.x");
		}

	}

	static class BadInput {

		@Process
		void run(@Input("domain..a") String input) {
		}

	}

	static class CircularInput {

		@Process
		void run(@Input("domain.{b}") String a, @Input("domain.{a}") String b) {
		}

	}

	static class NoSource {

		@Process(inputs = "domain.{nam}")
		void run(String name) {
		}

	}

	static class ArrayInput {

		@Process
		void run(@Input("heavy.frame") HeavyArray frame) {
		}

	}

	static class BadTimeout {

		@Process(timeout = "soon")
		void run() {
		}

	}

	static class ZeroTimeout {

		@Process(timeout = "0s")
		void run() {
		}

	}

	static class Rootless {

		@Process(inputs = "./messages")
		void run() {
		}

	}

}
