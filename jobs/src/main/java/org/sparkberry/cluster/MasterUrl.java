package org.sparkberry.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkberry.record.BadInput;

/** What may stand behind {@code --master}, and what it says of the application and of the way to the master. */
public final class MasterUrl {
    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|[1-9]\\d{0,3})(,\\d{1,3})?])?");
    private static final Pattern LOCAL_CLUSTER =
            Pattern.compile("local-cluster\\[\\s*([1-9]\\d{0,2})\\s*,\\s*([1-9]\\d{0,2})\\s*,\\s*([1-9]\\d{0,5})\\s*]");
    private static final Pattern STANDALONE_ADDRESS = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");
    private static final String STANDALONE = "spark://";
    private static final int CONNECT_MILLIS = 5_000;

    private MasterUrl() {}

    /**
     * Checks that the text is a master URL that Sparkberry knows and, for a standalone master, that one of its
     * addresses can be reached.
     *
     * @throws BadInput if not
     */
    public static void check(String master) {
        if (LOCAL.matcher(master).matches()) {
            return;
        }
        Matcher localCluster = LOCAL_CLUSTER.matcher(master);
        if (localCluster.matches()) {
            if (Integer.parseInt(localCluster.group(3)) < Session.LEAST_EXECUTOR_MEBIBYTES) {
                throw new BadInput("--master: " + master + " has " + localCluster.group(3)
                        + " MiB per worker, but an executor needs at least " + Session.LEAST_EXECUTOR_MEBIBYTES);
            }
            return;
        }
        if (!master.startsWith(STANDALONE)) {
            throw new BadInput("--master: must be local[N], local[*], local-cluster[WORKERS,CORES,MiB], "
                    + "spark://HOST:PORT or cluster, not '" + master + "'");
        }
        List<String> failures = new ArrayList<>();
        for (String address : master.substring(STANDALONE.length()).split(",", -1)) {
            Optional<String> failure = connect(master, address);
            if (failure.isEmpty()) {
                return;
            }
            failures.add(failure.get());
        }
        throw new BadInput("--master: no Spark master answers at " + master + " (" + String.join("; ", failures)
                + "); is it running, and is its port open to this machine?");
    }

    /** Whether executors are other processes than the driver. */
    public static boolean hasExecutors(String master) {
        return !LOCAL.matcher(master).matches();
    }

    /** Whether the master is a standalone master, which has a page to ask. */
    public static boolean isStandalone(String master) {
        return master.startsWith(STANDALONE);
    }

    /** The memory of each worker of a {@code local-cluster}; empty for other masters. */
    static OptionalInt workerMebibytes(String master) {
        Matcher localCluster = LOCAL_CLUSTER.matcher(master);
        return localCluster.matches() ? OptionalInt.of(Integer.parseInt(localCluster.group(3))) : OptionalInt.empty();
    }

    /**
     * This machine's address on the way to the master, where workers can connect back. Spark itself would take the one
     * that the machine's name has, or that of its first network card.
     */
    static Optional<String> addressTowards(String master) {
        Matcher first =
                STANDALONE_ADDRESS.matcher(master.substring(STANDALONE.length()).split(",", 2)[0]);
        if (!first.matches()) {
            return Optional.empty();
        }
        // Connecting a datagram socket looks up the route and sends nothing.
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(first.group(1), Integer.parseInt(first.group(2))));
            return Optional.of(socket.getLocalAddress())
                    .filter(address -> !address.isAnyLocalAddress())
                    .map(InetAddress::getHostAddress);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> connect(String master, String address) {
        Matcher matcher = STANDALONE_ADDRESS.matcher(address);
        if (!matcher.matches()
                || Integer.parseInt(matcher.group(2)) < 1
                || Integer.parseInt(matcher.group(2)) > 65535) {
            throw new BadInput("--master: '" + address + "' in " + master + " is not HOST:PORT (such as pi1:7077)");
        }
        InetSocketAddress socketAddress = new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
        if (socketAddress.isUnresolved()) {
            return Optional.of(matcher.group(1) + ": unknown host");
        }
        try (Socket socket = new Socket()) {
            socket.connect(socketAddress, CONNECT_MILLIS);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(address + ": " + BadInput.reason(e));
        }
    }
}
