package org.sparkberry.record;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The hosts that {@code ./sparkberry virtual} boots on this machine, known by the names that it gives. */
public final class VirtualPis {
    private static final String BRIDGE = "sparkberry0";
    private static final String CONTROL_GROUP = "sparkberry-virtual";

    private VirtualPis() {}

    /** Whether this host is one of them. */
    public static boolean include(String host) {
        try {
            NetworkInterface bridge = NetworkInterface.getByName(BRIDGE);
            if (bridge == null) {
                return false;
            }
            byte[] address = InetAddress.getByName(host).getAddress();
            return bridge.getInterfaceAddresses().stream().anyMatch(network -> contains(network, address));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the process of this folder of /proc runs in one of them, or looks after one. */
    static boolean own(Path process) {
        try {
            return Files.readString(process.resolve("cgroup")).contains(CONTROL_GROUP);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean contains(InterfaceAddress network, byte[] address) {
        byte[] own = network.getAddress().getAddress();
        int bits = network.getNetworkPrefixLength();
        if (own.length != address.length || !Arrays.equals(own, 0, bits / 8, address, 0, bits / 8)) {
            return false;
        }
        int left = 8 - bits % 8;
        return bits % 8 == 0 || (own[bits / 8] & 0xFF) >> left == (address[bits / 8] & 0xFF) >> left;
    }
}
