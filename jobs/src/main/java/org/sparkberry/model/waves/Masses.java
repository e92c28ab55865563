package org.sparkberry.model.waves;

import java.io.Serializable;

/**
 * The masses of two black holes in M☉ as the detector sees them: redshifted, (1 + z) times those at the source.
 *
 * @param first the heavier one
 * @param second the lighter one
 */
public record Masses(double first, double second) implements Serializable {
    /** G·M☉/c³ in seconds: the nominal solar mass parameter of IAU 2015 Resolution B3 over c³. */
    static final double SOLAR_SECONDS = 4.925491025543576e-6;

    public Masses {
        if (!(second > 0 && first >= second && first < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("masses: " + first + ", " + second);
        }
    }

    /** The pair with this chirp mass and symmetric mass ratio η, of at most ¼. */
    static Masses of(double chirp, double symmetricRatio) {
        double total = chirp / StrictMath.pow(symmetricRatio, 0.6);
        double difference = Math.sqrt(Math.max(0, 1 - 4 * symmetricRatio));
        return new Masses(total * (1 + difference) / 2, total * (1 - difference) / 2);
    }

    /** M = m₁ + m₂. */
    public double total() {
        return first + second;
    }

    /** η = m₁m₂/M². */
    public double symmetricRatio() {
        return first * second / (total() * total());
    }

    /** The chirp mass (m₁m₂)^(3/5)/M^(1/5), which sets how the frequency rises. */
    public double chirp() {
        return total() * StrictMath.pow(symmetricRatio(), 0.6);
    }
}
