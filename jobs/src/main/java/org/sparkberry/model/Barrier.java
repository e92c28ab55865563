package org.sparkberry.model;

/**
 * A barrier and what touching it does: a knock-out option ends, a knock-in one begins.
 *
 * @param level H, above 0; an upper barrier if it is above today's price, else a lower one
 * @param out whether it is a knock-out
 */
public record Barrier(double level, boolean out) {
    public Barrier {
        if (!(level > 0)) {
            throw new IllegalArgumentException("barrier " + level);
        }
    }

    boolean isUpper(Market market) {
        return level > market.spot();
    }
}
