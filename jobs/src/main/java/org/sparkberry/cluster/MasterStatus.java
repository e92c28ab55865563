package org.sparkberry.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Json;

/**
 * What a standalone master says of itself on its page {@code /json/}.
 *
 * @param status {@code ALIVE}, {@code STANDBY}, {@code RECOVERING}
 * @param workers the workers that are alive
 */
public record MasterStatus(String status, List<Worker> workers) {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(DEADLINE).build();

    /**
     * A worker that is alive.
     *
     * @param host its address
     * @param cores that it has
     * @param coresFree of them, not in use
     * @param memoryMebibytes that it offers to executors
     * @param memoryFreeMebibytes of it, not in use
     */
    public record Worker(String host, int cores, int coresFree, int memoryMebibytes, int memoryFreeMebibytes) {
        /** How many executors of this size the worker can start now. */
        public int executors(int coresPerExecutor, int executorMebibytes) {
            return Math.min(coresFree / coresPerExecutor, memoryFreeMebibytes / executorMebibytes);
        }
    }

    /**
     * Asks the master.
     *
     * @param page the master's web page, such as {@code http://pi1:8080}
     * @throws BadInput if no master answers there within 5 seconds
     */
    public static MasterStatus ask(URI page) {
        try {
            HttpRequest request = HttpRequest.newBuilder(page.resolve("/json/"))
                    .timeout(DEADLINE)
                    .build();
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode tree = Json.tree(response.body());
            if (response.statusCode() != 200 || !tree.path("workers").isArray()) {
                throw new BadInput(page + " does not answer as a Spark master's page does");
            }
            return parse(tree);
        } catch (JsonProcessingException e) {
            throw new BadInput(page + " does not answer as a Spark master's page does", e);
        } catch (IOException e) {
            throw new BadInput("the Spark master's page " + page + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("interrupted while asking " + page, e);
        }
    }

    static MasterStatus parse(JsonNode tree) {
        List<Worker> workers = new ArrayList<>();
        for (JsonNode worker : tree.path("workers")) {
            if (worker.path("state").asText().equals("ALIVE")) {
                workers.add(new Worker(
                        worker.path("host").asText(),
                        worker.path("cores").asInt(),
                        worker.path("coresfree").asInt(),
                        worker.path("memory").asInt(),
                        worker.path("memoryfree").asInt()));
            }
        }
        return new MasterStatus(tree.path("status").asText(), List.copyOf(workers));
    }

    public boolean isAlive() {
        return status.equals("ALIVE");
    }

    /** How many executors of this size all workers together can start now. */
    public int executors(int coresPerExecutor, int executorMebibytes) {
        return workers.stream()
                .mapToInt(worker -> worker.executors(coresPerExecutor, executorMebibytes))
                .sum();
    }

    /** In words: {@code 4 workers: 10.0.0.2 with 4 of 4 cores and 2800 of 2800 MiB free, …}. */
    public String inWords() {
        if (workers.isEmpty()) {
            return "no worker";
        }
        List<String> each = workers.stream()
                .map(worker -> worker.host + " with " + worker.coresFree + " of " + worker.cores + " cores and "
                        + worker.memoryFreeMebibytes + " of " + worker.memoryMebibytes + " MiB free")
                .toList();
        return workers.size() + (workers.size() == 1 ? " worker: " : " workers: ") + String.join(", ", each);
    }
}
