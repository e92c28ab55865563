package org.sparkberry.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Json;

class MasterStatusTest {
    /**
     * What a master of Spark 4.2.0 answered at /json/, captured: an application has two executors (one core and 480 MiB
     * each) on the first of two workers, and the second worker was killed.
     */
    private static final String ANSWER =
            """
            {
              "url" : "spark://127.0.0.1:38177",
              "workers" : [ {
                "id" : "worker-20261121110520-127.0.0.1-32959",
                "host" : "127.0.0.1",
                "port" : 32959,
                "webuiaddress" : "http://127.0.0.1:46103",
                "cores" : 4,
                "coresused" : 2,
                "coresfree" : 2,
                "memory" : 2800,
                "memoryused" : 960,
                "memoryfree" : 1840,
                "resources" : { },
                "resourcesused" : { },
                "resourcesfree" : { },
                "state" : "ALIVE",
                "lastheartbeat" : 1795259125491
              }, {
                "id" : "worker-20261121110520-127.0.0.2-44073",
                "host" : "127.0.0.2",
                "port" : 44073,
                "webuiaddress" : "http://127.0.0.2:42507",
                "cores" : 4,
                "coresused" : 0,
                "coresfree" : 4,
                "memory" : 1100,
                "memoryused" : 0,
                "memoryfree" : 1100,
                "resources" : { },
                "resourcesused" : { },
                "resourcesfree" : { },
                "state" : "DEAD",
                "lastheartbeat" : 1795259125389
              } ],
              "aliveworkers" : 1,
              "cores" : 4,
              "coresused" : 2,
              "memory" : 2800,
              "memoryused" : 960,
              "resources" : [ { } ],
              "resourcesused" : [ { } ],
              "activeapps" : [ {
                "id" : "app-20261121110534-0000",
                "starttime" : 1795259134265,
                "name" : "sparkberry run pi",
                "cores" : 2,
                "user" : "root",
                "memoryperexecutor" : 480,
                "memoryperslave" : 480,
                "resourcesperexecutor" : [ ],
                "resourcesperslave" : [ ],
                "submitdate" : "Sat Nov 21 11:05:34 UTC 2026",
                "state" : "RUNNING",
                "duration" : 266
              } ],
              "completedapps" : [ ],
              "activedrivers" : [ ],
              "completeddrivers" : [ ],
              "status" : "ALIVE"
            }""";

    @Test
    void onlyWorkersThatAreAliveAreThere() throws IOException {
        MasterStatus status = MasterStatus.parse(Json.tree(ANSWER));
        assertThat(status.status()).isEqualTo("ALIVE");
        assertThat(status.isAlive()).isTrue();
        assertThat(status.workers()).containsExactly(new MasterStatus.Worker("127.0.0.1", 4, 2, 2800, 1840));
    }

    @Test
    void aStandbyMasterIsNotAlive() throws IOException {
        // What a master shows that waits for another one, or whose recovery file was torn by a power cut.
        assertThat(MasterStatus.parse(Json.tree("{\"workers\":[],\"status\":\"STANDBY\"}"))
                        .isAlive())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // cores per executor, MiB per executor, executors: the lesser of 2/cores and 1840/MiB, rounded down.
        "1, 480, 2",
        "1, 1840, 1",
        "1, 1841, 0",
        "2, 480, 1",
        "3, 480, 0",
        "1, 920, 2",
        "1, 921, 1"
    })
    void aWorkerTakesAsManyExecutorsAsItsFreeCoresAndMemoryAllow(int cores, int mebibytes, int executors) {
        MasterStatus.Worker worker = new MasterStatus.Worker("pi1", 4, 2, 2800, 1840);
        assertThat(worker.executors(cores, mebibytes)).isEqualTo(executors);
    }

    @Test
    void workersDoNotShareAnExecutor() {
        MasterStatus status = new MasterStatus(
                "ALIVE",
                List.of(
                        new MasterStatus.Worker("pi1", 4, 3, 2800, 2800),
                        new MasterStatus.Worker("pi2", 4, 3, 1100, 1100),
                        new MasterStatus.Worker("pi3", 4, 1, 6400, 6400)));
        // By cores 1 + 1 + 0 with two cores each, though 7 cores are free; by memory 2 + 1 + 6 with 1000 MiB each.
        assertThat(status.executors(2, 500)).isEqualTo(2);
        assertThat(status.executors(1, 1000)).isEqualTo(2 + 1 + 1);
    }

    @Test
    void inWordsItSaysWhatIsFree() throws IOException {
        assertThat(MasterStatus.parse(Json.tree(ANSWER)).inWords())
                .isEqualTo("1 worker: 127.0.0.1 with 2 of 4 cores and 1840 of 2800 MiB free");
        assertThat(new MasterStatus("ALIVE", List.of()).inWords()).isEqualTo("no worker");
    }

    @Test
    void theMasterIsAskedAtItsJsonPage() throws IOException {
        assertThat(ask(200, ANSWER).workers()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html>a router</html>",
                "404 | <html>Not Found</html>",
                "200 | {\"status\":\"ok\"}",
                "503 | {\"workers\":[],\"status\":\"ALIVE\"}"
            })
    void anotherWebServerIsNotTakenForAMaster(int code, String body) {
        assertThatThrownBy(() -> ask(code, body))
                .isInstanceOf(BadInput.class)
                .hasMessageEndingWith(" does not answer as a Spark master's page does");
    }

    @Test
    void nobodyThereIsBadInput() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        URI page = URI.create("http://127.0.0.1:" + port);
        assertThatThrownBy(() -> MasterStatus.ask(page))
                .isInstanceOf(BadInput.class)
                .hasMessage("the Spark master's page " + page + " does not answer");
    }

    /** Asks a web server that gives this answer at /json/ alone. */
    private static MasterStatus ask(int code, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean asked = exchange.getRequestURI().getPath().equals("/json/");
            exchange.sendResponseHeaders(asked ? code : 418, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return MasterStatus.ask(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
    }
}
