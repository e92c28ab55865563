package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.cluster.MasterStatus;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Json;

/**
 * The life of a cluster on five virtual Pis of mixed models, in its order: from hosts with ssh to a Spark cluster that
 * computes, is hurt in all ways, heals by itself, grows, shrinks, is upgraded, loses its power, and goes without a trace.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClusterIT {
    private static final List<String> FIRST = List.of("pi1", "pi2", "pi3", "pi4");
    private static final String MASTER = address("pi1");
    private static final URI PAGE = URI.create("http://" + MASTER + ":8080");
    /** Of a node while jobs run: 4 cores of a tenth of that leave the driver its share of this machine. */
    private static final String WORKING = "0.2";
    /** What a job of the fault tests may take beyond the same without a fault; the slowest is a worker's time-out. */
    private static final Duration FAULT_BOUND = Duration.ofMinutes(4);

    private static final long TRIALS = 40_000_000_000L;

    /** Everything in a node's files that is neither a log nor the package system's own book-keeping. */
    private static final String TREE = "sudo find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /tmp -o"
            + " -path /dev -o -path /var/log -o -path /var/cache -o -path /var/lib/apt -o -path /var/lib/dpkg -o"
            + " -path /var/lib/systemd -o -path /var/lib/ucf -o -path /var/tmp \\) -prune -o ! -type d -printf '%p %M %u %g %l %s\\n'"
            + " -o -type d -printf '%p %M %u %g\\n' | LC_ALL=C sort";
    /** What the package system and account tools rewrite: backups of /etc/passwd and the like, caches. */
    private static final String REWRITTEN =
            "/etc/(passwd|group|shadow|gshadow|subuid|subgid)-? .*|/etc/\\.pwd\\.lock .*"
                    + "|/etc/ld\\.so\\.cache .*|/etc/ssl/certs.*|/usr/lib/.*/__pycache__.*|/usr/share/mime.*|/root/\\..*"
                    + "|/etc/ca-certificates\\.conf.*|.*\\.pyc .*";

    @TempDir
    static Path folder;

    private static NavigableSet<String> before = new TreeSet<>();
    private static final Map<String, List<String>> TREES = new HashMap<>();
    private static Path cluster = Path.of("");
    private static String digest = "";

    @BeforeAll
    static void boot() throws Exception {
        VirtualPis.assumePossible();
        VirtualPis.assumeOnPath("ansible-playbook");
        before = VirtualPis.traces();
        cluster = folder.resolve("cluster");
        Launched up = VirtualPis.up(
                "5", "--model", "pi5-8gb,pi4-4gb,pi4-2gb,pi3bplus,pi4-4gb", "--speed", "0.5", "--oversubscribe");
        assertThat(up.exitCode()).as(up.err()).isZero();
        for (String node : List.of("pi1", "pi2", "pi3", "pi4", "pi5")) {
            TREES.put(node, tree(node));
        }
    }

    @AfterAll
    static void downLeavesNothing() throws Exception {
        if (before.isEmpty()) {
            return;
        }
        Launched down = VirtualPis.call("down");
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(VirtualPis.traces()).isEqualTo(before);
    }

    @Test
    @Order(1)
    void initAsksTheNodesWhatTheyAre() throws Exception {
        Path key = Path.of("/var/lib/sparkberry-virtual/ssh-key");

        Launched init = cluster("init", "10.79.13.[1-4]", "--key", key.toString());

        assertThat(init.exitCode()).as(init.err()).isZero();
        assertThat(init.out())
                .contains("pi1   10.79.13.1  master  Raspberry Pi 5 8 GB (virtual), 4 cores, 8192 MiB")
                .contains("pi4   10.79.13.4  worker  Raspberry Pi 3 Model B+ (virtual), 4 cores, 1024 MiB");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.resolve("secret"))))
                .isEqualTo("rw-------");
        assertThat(secret()).matches("[0-9a-f]{64}");
        assertThat(Files.readString(cluster.resolve("inventory.yml"))).doesNotContain(secret());
        Launched again = cluster("init", "10.79.13.[1-4]", "--key", key.toString());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("has a cluster already");
    }

    @Test
    @Order(2)
    void doctorFindsNothingOnHealthyNodes() throws Exception {
        Launched doctor = cluster("doctor", "--format", "json");

        assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isZero();
        // A note each, that Java will be installed.
        assertThat(Json.tree(doctor.out()).path("findings")).hasSize(4).allSatisfy(finding -> {
            assertThat(finding.path("severity").asText()).isEqualTo("notes");
            assertThat(finding.path("check").asText()).isEqualTo("java");
        });
    }

    @Test
    @Order(3)
    void upMakesAClusterAndASecondUpChangesNothing() throws Exception {
        // Shorter than for real boards, so that this test need not wait.
        set("worker_timeout_seconds: 60", "worker_timeout_seconds: 20");
        set("master_torn_seconds: 20", "master_torn_seconds: 10");
        set("drain_seconds: 120", "drain_seconds: 40");

        Launched check = cluster("up", "--check");
        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
        assertThat(on("pi2", "id spark 2>&1; ls /opt /etc/sparkberry 2>&1")).contains("no such user", "No such file");

        Launched up = cluster("up");

        assertThat(up.exitCode()).as(up.out() + up.err()).isZero();
        assertThat(up.out()).contains("master   spark://" + MASTER + ":7077", "workers  3, all with the master");
        // By the table of boards: 4 GB, 2 GB, 1 GB.
        assertThat(MasterStatus.ask(PAGE).workers())
                .extracting(worker -> worker.host() + " " + worker.cores() + " " + worker.memoryMebibytes())
                .containsExactlyInAnyOrder("10.79.13.2 4 2800", "10.79.13.3 4 1100", "10.79.13.4 4 480");
        Launched doctor = cluster("doctor", "--format", "json");
        assertThat(Json.tree(doctor.out()).path("findings"))
                .as("what is found on a healthy cluster")
                .isEmpty();
        Launched second = cluster("up", "--skip-doctor");
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).contains(" 0 things changed");
        Launched status = cluster("status");
        assertThat(status.exitCode()).as(status.out() + status.err()).isZero();
        assertThat(status.out()).contains("3 of 3 run", "1 of 1 run", "ALIVE");
    }

    @Test
    @Order(4)
    void doctorFindsWhatIsPlantedAndNothingElse() throws Exception {
        assertPlanted(Map.of(
                "pi2", List.of("hosts", "old-java", "throttled", "port-taken"),
                "pi3", List.of("clock", "swap-on-card", "blocked-port", "hot"),
                "pi4", List.of("full-disk", "wifi", "powersave", "old-release", "extra-port")));
        assertPlanted(Map.of(
                "pi2", List.of("same-name", "32-bit", "small-board"),
                "pi3", List.of("rest-port", "was-throttled", "no-memory-cgroup"),
                "pi4", List.of("no-sudo")));
    }

    private static void assertPlanted(Map<String, List<String>> faults) throws Exception {
        Map<String, String> checks = plant("--list")
                .lines()
                .map(line -> line.split("\t", -1))
                .collect(Collectors.toMap(row -> row[0], row -> row[1]));
        List<String> expected = new ArrayList<>();
        try {
            for (Map.Entry<String, List<String>> each : faults.entrySet()) {
                for (String fault : each.getValue()) {
                    plant(each.getKey(), fault);
                    expected.add(each.getKey() + " " + checks.get(fault));
                }
            }
            Launched doctor = cluster("doctor", "--format", "json");
            assertThat(doctor.exitCode()).as(doctor.err()).isEqualTo(1);
            List<String> found = new ArrayList<>();
            for (JsonNode finding : Json.tree(doctor.out()).path("findings")) {
                assertThat(finding.path("cure").asText()).as(finding.toString()).isNotBlank();
                found.add(finding.path("node").asText() + " "
                        + finding.path("check").asText());
            }
            assertThat(found).containsAll(expected);
            // Some faults have two faces: a board that says it has 512 MiB is too small for its executor too.
            assertThat(found)
                    .allMatch(each -> faults.containsKey(each.split(" ", -1)[0]) || each.startsWith("this machine"));
        } finally {
            for (Map.Entry<String, List<String>> each : faults.entrySet()) {
                for (String fault : each.getValue()) {
                    plant("--undo", each.getKey(), fault);
                }
            }
        }
    }

    @Test
    @Order(5)
    void verifySeesEveryWorkerComputeTheSameBits() throws Exception {
        slow(FIRST, WORKING);

        Launched verify = cluster("verify");

        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.out()).contains("verified: 3 workers took part, the same bits");
    }

    @Test
    @Order(6)
    void aSweepLeavesOutWhatAThrottledNodeDid() throws Exception {
        // 0xe0000: at some time since it started, not now. 0x50005: under-voltage and throttled now.
        assertThat(VirtualPis.call("throttle", "pi2", "0xe0000").exitCode()).isZero();
        assertThat(VirtualPis.call("throttle", "pi4", "0x50005").exitCode()).isZero();

        Launched sweep = onCluster(
                "sweep",
                "pi",
                "--executors",
                "1,2,3",
                "--trials",
                "4e8",
                "--invocations",
                "1",
                "--iterations",
                "1",
                "--warmup",
                "0",
                "--master",
                "spark://" + MASTER + ":7077",
                "--results",
                folder.toString());

        VirtualPis.call("throttle", "pi2", "0");
        VirtualPis.call("throttle", "pi4", "0");
        assertThat(sweep.err()).doesNotContain(secret());
        List<Map<String, String>> runs = runs(sweep);
        List<Map<String, String>> withAll =
                runs.stream().filter(run -> "3".equals(run.get("executors"))).toList();
        assertThat(withAll).isNotEmpty().allSatisfy(run -> {
            assertThat(run).containsEntry("executorsSeen", "3").containsEntry("valid", "false");
            assertThat(run.get("reason")).contains("under-voltage on pi4").doesNotContain("pi2");
        });
        assertThat(runs)
                .extracting(run -> run.get("digest"))
                .containsOnly(runs.get(0).get("digest"));
        assertThat(runs).extracting(run -> run.get("executors")).contains("0", "1", "2", "3");
    }

    private static List<Map<String, String>> runs(Launched sweep) throws IOException {
        Path directory;
        try (var found = Files.list(folder)) {
            directory = found.filter(path -> path.getFileName().toString().startsWith("sweep-pi-"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(sweep.out() + sweep.err()));
        }
        List<String> lines = Files.readAllLines(directory.resolve("runs.csv"));
        List<String> head = Arrays.asList(lines.get(0).split(",", -1));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            Map<String, String> row = new HashMap<>();
            for (int column = 0; column < cells.length; column++) {
                row.put(head.get(column), cells[column]);
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    @Order(7)
    void killingTheMasterThreeTimesDoesNotHurtAJob() throws Exception {
        digest = Json.tree(Launched.in(folder, words("local[1]")).out())
                .path("digest")
                .asText();
        assertThat(digest).hasSize(64);

        assertSurvives(() -> {
            for (int kill = 0; kill < 3; kill++) {
                String killed = on("pi1", "systemctl show --value --property MainPID sparkberry-master")
                        .strip();
                on("pi1", "sudo kill -KILL " + killed);
                await(
                        Duration.ofSeconds(90),
                        () -> MasterStatus.ask(PAGE).isAlive()
                                && !on("pi1", "systemctl show --value --property MainPID sparkberry-master")
                                        .strip()
                                        .equals(killed));
            }
        });
    }

    @Test
    @Order(8)
    void aWorkerThatIsPoweredOffDoesNotHurtAJobAndComesBack() throws Exception {
        assertSurvives(
                () -> assertThat(VirtualPis.call("stop", "pi2", "--power-cut").exitCode())
                        .isZero());

        assertThat(VirtualPis.call("start", "pi2").exitCode()).isZero();
        awaitWorkers("10.79.13.2", "10.79.13.3", "10.79.13.4");
    }

    @Test
    @Order(9)
    void aWorkerWhoseCableIsPulledDoesNotHurtAJobAndComesBack() throws Exception {
        assertSurvives(() -> {
            assertThat(VirtualPis.call("cut", "pi3").exitCode()).isZero();
            Thread.sleep(40_000);
            assertThat(VirtualPis.call("heal", "pi3").exitCode()).isZero();
        });

        awaitWorkers("10.79.13.2", "10.79.13.3", "10.79.13.4");
    }

    private interface Fault {
        void happen() throws Exception;
    }

    /** Runs the job, hurts the cluster when tasks run, and compares the bits with those of one thread. */
    private static void assertSurvives(Fault fault) throws Exception {
        CompletableFuture<Launched> job = CompletableFuture.supplyAsync(() -> {
            try {
                return onCluster(words("spark://" + MASTER + ":7077"));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await(Duration.ofMinutes(2), () -> on("pi2", "pgrep -fc CoarseGrainedExecutorBackend || true")
                .strip()
                .matches("[1-9]\\d*"));
        // Until its first tasks are at work.
        Thread.sleep(10_000);
        assertThat(job).as("the job is still at work when it is hurt").isNotDone();
        long start = System.nanoTime();
        fault.happen();
        Launched run = job.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAULT_BOUND);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Json.tree(run.out()).path("digest").asText()).isEqualTo(digest);
    }

    private static String[] words(String master) {
        return new String[] {
            "run",
            "pi",
            "--trials",
            "" + TRIALS,
            "--seed",
            "3",
            "--master",
            master,
            "--format",
            "json",
            "--results",
            folder.resolve("results").toString()
        };
    }

    @Test
    @Order(10)
    void withoutTheSecretNothingGoes() throws Exception {
        // A node of the cluster, past its firewall, but not as the user who may read the secret.
        String submitted = on(
                "pi2",
                "cd /tmp && timeout 150 /opt/sparkberry/spark/bin/spark-submit --master spark://" + MASTER
                        + ":7077 --conf spark.driver.host=10.79.13.2 /opt/sparkberry/sparkberry.jar run pi --trials 1e6"
                        + " 2>&1; echo exit code $?");
        assertThat(submitted).doesNotContain("exit code 0").doesNotContain("digest");
        assertThat(on("pi2", "cat /etc/sparkberry/spark-defaults.conf 2>&1")).contains("Permission denied");
        JsonNode page = Json.tree(get("pi2", "http://" + MASTER + ":8080/json/"));
        assertThat(page.path("activeapps")).isEmpty();
        assertThat(page.path("completedapps"))
                .allSatisfy(application ->
                        assertThat(application.path("state").asText()).isNotEqualTo("WAITING"));
        assertThat(get("pi2", "http://" + MASTER + ":6066/v1/submissions/status/1"))
                .contains("refused");

        // A job goes on while the pages are told to kill it, and its block managers get noise.
        assertSurvives(() -> {
            String id = Json.tree(get("pi2", "http://" + MASTER + ":8080/json/"))
                    .path("activeapps")
                    .path(0)
                    .path("id")
                    .asText();
            assertThat(id).startsWith("app-");
            on(
                    "pi2",
                    "python3 -c \"import urllib.request as r; r.urlopen('http://" + MASTER
                            + ":8080/app/kill/', data=b'id=" + id + "&terminate=true')\" 2>&1 | tail -n 1");
            for (String host : List.of("10.79.13.3", "10.79.13.4")) {
                on(
                        "pi2",
                        "head -c 4096 /dev/urandom | timeout 5 bash -c 'cat > /dev/tcp/" + host + "/7200' 2>&1; true");
            }
        });

        // A host that is not of the cluster comes through no port but that of ssh.
        for (String port : List.of("7077", "8080", "18080")) {
            assertThat(on("pi5", "timeout 4 bash -c 'exec 3<>/dev/tcp/" + MASTER + "/" + port + "'; echo $?"))
                    .as(port)
                    .isNotEqualTo("0\n");
        }
        for (String port : List.of("7078", "8081")) {
            assertThat(on("pi5", "timeout 4 bash -c 'exec 3<>/dev/tcp/10.79.13.2/" + port + "'; echo $?"))
                    .as(port)
                    .isNotEqualTo("0\n");
        }
        assertThat(on("pi5", "timeout 4 bash -c 'exec 3<>/dev/tcp/" + MASTER + "/22'; echo $?"))
                .isEqualTo("0\n");
    }

    @Test
    @Order(11)
    void aJobThatIsStartedOnTheMasterShowsInTheHistoryServer() throws Exception {
        slow(FIRST, "1");
        String readme = Files.readString(Launched.root().resolve("cluster-setup/README.md"));
        String command = readme.replaceFirst("(?s).*`(cd /var/lib/sparkberry; sudo -u spark [^`]*)`.*", "$1");

        String run = on("pi1", command + " --trials 1e7 2>&1");

        assertThat(run).contains("digest");
        await(Duration.ofMinutes(1), () -> get("pi1", "http://" + MASTER + ":18080/api/v1/applications")
                .contains("sparkberry run pi"));
    }

    @Test
    @Order(12)
    void theSecretIsInOneFileOfEachNodeAndNowhereElse() throws Exception {
        String secret = secret();
        for (String node : FIRST) {
            // The pattern comes through a file that others cannot read: no command line has it.
            String found = secretly(
                    node,
                    "sudo grep -rlF -f - / --exclude-dir=proc --exclude-dir=sys --exclude-dir=dev"
                            + " -s | xargs -r sudo stat --format '%n %a %U'");
            assertThat(found).isEqualTo("/etc/sparkberry/spark-defaults.conf 600 spark\n");
            assertThat(secretly(node, "sudo sh -c 'cat /proc/[0-9]*/cmdline' | tr '\\0' ' ' | grep -cF -f - ; true"))
                    .isEqualTo("0\n");
        }
        for (String page : List.of(":8080/", ":8080/json/", ":18080/", ":8080/environment/")) {
            assertThat(get("pi2", "http://" + MASTER + page)).doesNotContain(secret);
        }
        assertThat(get("pi2", "http://10.79.13.2:8081/")).doesNotContain(secret).contains("Worker");
        assertThat(cluster("logs").out()).doesNotContain(secret).contains("pi2, worker");
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret)) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    /** Each file of the master's state, cut at random places: 10 with -Dsparkberry.truncations=10, 1 in every build. */
    @Test
    @Order(13)
    void aMasterWithTornStateServesAgain() throws Exception {
        Random random = new Random(7);
        int cuts = Integer.getInteger("sparkberry.truncations", 1);
        List<String> files = on("pi1", "sudo find /var/lib/sparkberry/recovery -type f -printf '%f\\n' | sort")
                .lines()
                .toList();
        assertThat(files).anyMatch(name -> name.startsWith("MANIFEST")).contains("CURRENT");
        for (int cut = 0; cut < cuts; cut++) {
            for (String name : files) {
                double share = random.nextDouble();
                long start = System.nanoTime();
                String done = on(
                        "pi1",
                        "sudo bash -c 'cd /var/lib/sparkberry/recovery; file=" + name + ";"
                                + " kill -KILL $(systemctl show --value --property MainPID sparkberry-master);"
                                + " if [ -f $file ]; then truncate --size $(awk \"BEGIN {print int($(stat -c %s $file) * "
                                + share
                                + ")}\") $file; echo cut; fi'");
                assertThat(done).matches("(cut\n)?");
                await(Duration.ofMinutes(1), () -> MasterStatus.ask(PAGE).isAlive());
                System.out.printf(
                        "%s cut at %.0f %%: ALIVE after %.1f s%n",
                        name, 100 * share, (System.nanoTime() - start) / 1e9);
            }
        }
        awaitWorkers("10.79.13.2", "10.79.13.3", "10.79.13.4");
    }

    @Test
    @Order(14)
    void aNodeIsTakenInAndLetGoWithoutATrace() throws Exception {
        Launched add = cluster("add", "10.79.13.5");
        assertThat(add.exitCode()).as(add.out() + add.err()).isZero();
        awaitWorkers("10.79.13.2", "10.79.13.3", "10.79.13.4", "10.79.13.5");

        Launched remove = cluster("remove", "pi5", "--yes");

        assertThat(remove.exitCode()).as(remove.out() + remove.err()).isZero();
        assertThat(tree("pi5")).isEqualTo(TREES.get("pi5"));
        awaitWorkers("10.79.13.2", "10.79.13.3", "10.79.13.4");
        assertThat(Files.readString(cluster.resolve("inventory.yml"))).doesNotContain("10.79.13.5");
        assertThat(cluster("remove", "pi1", "--yes").err()).contains("pi1 is the master");
    }

    @Test
    @Order(15)
    void upgradeBringsAnOfficialArchiveOneNodeAfterAnother() throws Exception {
        Path home = Launched.root().resolve("cluster-setup/runtime/target");
        Path archive = folder.resolve("spark-4.2.0-bin-hadoop3.tgz");
        Launched packed = Launched.of(
                home,
                Map.of(),
                List.of(
                        "tar",
                        "--transform",
                        "s,^spark,spark-4.2.0-bin-hadoop3,",
                        "--use-compress-program=gzip -1",
                        "-cf",
                        archive.toString(),
                        "spark"));
        assertThat(packed.exitCode()).as(packed.err()).isZero();
        String sum = sha512(archive);
        set("spark_archive: \"\"", "spark_archive: " + archive);
        set(
                "spark_archive_sha512: \"\"",
                "spark_archive_sha512: " + sum.replace(sum.charAt(0), '0').replace('1', '2'));
        Launched wrong = cluster("upgrade");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("is not what spark_archive_sha512 says");
        setSum(sum);

        Launched upgrade = cluster("upgrade");

        assertThat(upgrade.exitCode()).as(upgrade.out() + upgrade.err()).isZero();
        for (String node : FIRST) {
            assertThat(on(node, "readlink /opt/sparkberry/spark; ls -d /opt/sparkberry/spark-*"))
                    .isEqualTo(
                            "spark-" + sum.substring(0, 12) + "\n/opt/sparkberry/spark-" + sum.substring(0, 12) + "\n");
        }
        awaitWorkers("10.79.13.2", "10.79.13.3", "10.79.13.4");
    }

    @Test
    @Order(16)
    void theClusterComesBackByItselfAfterItsPowerWasOff() throws Exception {
        Launched shutdown = cluster("shutdown", "--yes");
        assertThat(shutdown.exitCode()).as(shutdown.out() + shutdown.err()).isZero();
        await(Duration.ofMinutes(2), () -> VirtualPis.call("status").out().split(" off ", -1).length == 5);

        for (String node : FIRST) {
            assertThat(VirtualPis.call("start", node).exitCode()).isZero();
        }

        awaitWorkers("10.79.13.2", "10.79.13.3", "10.79.13.4");
    }

    @Test
    @Order(17)
    void resetLeavesNothingOfOurs() throws Exception {
        assertThat(cluster("reset").err()).contains("--yes");

        Launched reset = cluster("reset", "--yes");

        assertThat(reset.exitCode()).as(reset.out() + reset.err()).isZero();
        for (String node : FIRST) {
            assertThat(tree(node)).as(node).isEqualTo(TREES.get(node));
            assertThat(
                            on(
                                    node,
                                    "getent passwd spark; getent group spark; systemctl list-units --all 'sparkberry*'"
                                            + " --no-legend; sudo nft list tables; dpkg-query -W default-jdk-headless chrony 2>&1; true"))
                    .matches("(dpkg-query: no packages found matching .*\n|(default-jdk-headless|chrony)\\s*\n)*");
        }
        assertThat(cluster.resolve("conf")).doesNotExist();
        Launched second = cluster("reset", "--yes");
        assertThat(second.out()).contains(" 0 things changed");
    }

    // --- Words ---

    private static String address(String node) {
        return "10.79.13." + node.substring(2);
    }

    private static Launched cluster(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("cluster"));
        all.addAll(List.of(words));
        all.addAll(List.of("--cluster", cluster.toString()));
        return Launched.in(Path.of("/"), all.toArray(String[]::new));
    }

    private static Launched onCluster(String... words) throws IOException, InterruptedException {
        return Launched.in(
                folder, Map.of("SPARK_CONF_DIR", cluster.resolve("conf").toString()), words);
    }

    private static String on(String node, String command) throws IOException, InterruptedException {
        return VirtualPis.on(node, command).out();
    }

    /** Runs a command there whose standard input is the secret. */
    private static String secretly(String node, String command) throws IOException, InterruptedException {
        String ssh = "./sparkberry virtual shell " + node + " " + quoted(command) + " < " + cluster.resolve("secret");
        return Launched.of(Launched.root(), Map.of(), List.of("bash", "-c", ssh))
                .out();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String get(String node, String page) throws IOException, InterruptedException {
        return on(
                node,
                "python3 -c \"import urllib.request as r; print(r.urlopen('" + page
                        + "', timeout=10).read().decode())\" 2>&1");
    }

    private static String plant(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "python3", Launched.root().resolve("cluster-setup/tests/plant").toString()));
        command.addAll(List.of(words));
        Launched planted = Launched.of(Launched.root(), Map.of(), command);
        assertThat(planted.exitCode()).as(planted.err()).isZero();
        return planted.out();
    }

    private static List<String> tree(String node) throws IOException, InterruptedException {
        return on(node, TREE).lines().filter(line -> !line.matches(REWRITTEN)).toList();
    }

    private static void slow(List<String> nodes, String factor) throws IOException, InterruptedException {
        for (String node : nodes) {
            assertThat(VirtualPis.call("slow", node, factor).exitCode()).isZero();
        }
    }

    private static String secret() throws IOException {
        return Files.readString(cluster.resolve("secret")).strip();
    }

    private static void set(String from, String to) throws IOException {
        Path file = cluster.resolve("group_vars/all.yml");
        String text = Files.readString(file);
        assertThat(text).contains("\n" + from + "\n");
        Files.writeString(file, text.replace("\n" + from + "\n", "\n" + to + "\n"));
    }

    private static void setSum(String sum) throws IOException {
        Path file = cluster.resolve("group_vars/all.yml");
        Files.writeString(
                file, Files.readString(file).replaceAll("spark_archive_sha512: .*", "spark_archive_sha512: " + sum));
    }

    private static String sha512(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Duration deadline, Condition condition) throws Exception {
        long start = System.nanoTime();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (BadInput e) {
                // It does not answer now.
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(deadline);
            Thread.sleep(500);
        }
    }

    private static void awaitWorkers(String... hosts) throws Exception {
        await(Duration.ofMinutes(4), () -> MasterStatus.ask(PAGE).workers().stream()
                .map(MasterStatus.Worker::host)
                .sorted()
                .toList()
                .equals(List.of(hosts)));
    }
}
