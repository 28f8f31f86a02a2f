package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A broker in a JVM of its own, which can be killed and started again with the files that
 * it has left behind.
 */
final class ExternalBroker implements AutoCloseable {

	private final Path directory;

	private final int port = freePort();

	private Process process;

	ExternalBroker(Path directory) {
		this.directory = directory;
		int controller = freePort();
		write("server.properties", """
				process.roles=broker,controller
				node.id=1
				controller.quorum.bootstrap.servers=localhost:%2$d
				listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
				advertised.listeners=PLAINTEXT://localhost:%1$d
				controller.listener.names=CONTROLLER
				listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
				log.dirs=%3$s
				auto.create.topics.enable=false
				offsets.topic.num.partitions=1
				offsets.topic.replication.factor=1
				transaction.state.log.replication.factor=1
				transaction.state.log.min.isr=1
				share.coordinator.state.topic.replication.factor=1
				group.initial.rebalance.delay.ms=0
				group.min.session.timeout.ms=1000
				""".formatted(this.port, controller, directory.resolve("data")));
		write("logback.xml", """
				<configuration>
					<appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
						<encoder><pattern>%d %-5level %logger{20} - %msg%n</pattern></encoder>
					</appender>
					<root level="WARN"><appender-ref ref="CONSOLE"/></root>
				</configuration>
				""");
		Process format = java("kafka.tools.StorageTool", "format", "--standalone", "-t", Uuid.randomUuid().toString(),
				"-c", file("server.properties"));
		assertThat(end(format)).as(() -> "log of broker: " + log()).isZero();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(String name, String content) {
		try {
			Files.writeString(this.directory.resolve(name), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String file(String name) {
		return this.directory.resolve(name).toString();
	}

	private Process java(String main, String... arguments) {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-Dlogback.configurationFile=" + file("logback.xml"), "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main));
		command.addAll(List.of(arguments));
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("broker.log").toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String log() {
		try {
			return Files.readString(this.directory.resolve("broker.log"), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	String address() {
		return "localhost:" + this.port;
	}

	void start() {
		this.process = java("kafka.Kafka", file("server.properties"));
		await().atMost(Duration.ofSeconds(60)).until(this::answers);
	}

	private boolean answers() {
		assertThat(this.process.isAlive()).as(() -> "log of broker: " + log()).isTrue();
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("localhost", this.port), 500);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	void create(String topic) {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address()))) {
			admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// As if the machine had lost its power, but for what it still had to write
	void kill() {
		end(this.process.destroyForcibly());
	}

	// As if it had no time for anybody
	void freeze() {
		signal("STOP");
	}

	void thaw() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			end(new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int end(Process process) {
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		if (this.process != null) {
			kill();
		}
	}

}
