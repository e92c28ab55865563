package org.sparkberry.model;

import java.util.Optional;
import java.util.function.Supplier;
import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.random.PortableMath;
import org.sparkberry.random.Streams;

/**
 * An Asian option: max(±(A − K), 0) at maturity, with A the arithmetic mean of the price at evenly spaced dates T/n, …,
 * T. Quantities: price, delta, vega; the derivatives are the path's own (Glasserman 2003, section 7.2). Control variate:
 * the same option on the geometric mean, whose price has a closed form ({@link GeometricAsian}; Kemna and Vorst 1990).
 */
public final class AsianOption implements DatedValuation {
    private static final long serialVersionUID = 1;

    private static final Supplier<Optional<AsianOptionKernel>> KERNEL =
            Kernels.find(AsianOptionKernel.class, kernel -> {
                AsianOption any =
                        new AsianOption(new Market(1, 0, 0.1), new Contract(Right.CALL, 1, 1), 4, Sampling.RANDOM);
                long[] states = new Streams(0, "rehearsal").states(0, Kernels.LANES);
                double[] sums = new double[ControlledMeans.sumsOf(3) * Kernels.LANES];
                kernel.add(any, true, states, 2, sums);
                kernel.add(any, false, states, 2, sums);
            });

    private final BrownianPath path;
    final double rootStep;
    final double sign;
    final double volatility;
    final double inverseSpot;
    final double discountedStrike;
    /** e^(−rT)·S₀, and that over n. */
    final double discountedSpot;

    final double arithmeticScale;
    /** σ/n, and the mean over the dates of (r − σ²/2)t. */
    final double geometricScale;

    final double geometricDrift;
    final double geometricPrice;
    /** Of each date t: (r − σ²/2)t and σt. */
    final double[] drift;

    final double[] volatilityTime;

    /** @param dates n, at least 1 */
    public AsianOption(Market market, Contract contract, int dates, Sampling sampling) {
        double maturity = contract.maturity();
        this.path = new BrownianPath(maturity, dates, sampling == Sampling.SOBOL);
        this.rootStep = Math.sqrt(maturity / dates);
        this.sign = contract.right().sign();
        this.volatility = market.volatility();
        this.inverseSpot = 1 / market.spot();
        this.discountedStrike = contract.strike() * market.discount(maturity);
        this.discountedSpot = market.spot() * market.discount(maturity);
        this.arithmeticScale = discountedSpot / dates;
        this.geometricScale = volatility / dates;
        this.geometricDrift = market.logDrift() * maturity * (dates + 1) / (2.0 * dates);
        this.geometricPrice = GeometricAsian.price(market, contract, dates);
        this.drift = new double[dates];
        this.volatilityTime = new double[dates];
        for (int j = 0; j < dates; j++) {
            double time = maturity * (j + 1) / dates;
            drift[j] = market.logDrift() * time;
            volatilityTime[j] = volatility * time;
        }
    }

    @Override
    public BrownianPath path() {
        return path;
    }

    @Override
    public int quantities() {
        return 3;
    }

    @Override
    public Optional<LaneSums> lanes(boolean antithetic) {
        return KERNEL.get().map(kernel -> lanes(kernel, antithetic));
    }

    LaneSums lanes(AsianOptionKernel kernel, boolean antithetic) {
        return (states, rounds, sums) -> kernel.add(this, antithetic, states, rounds, sums);
    }

    @Override
    public void value(double[] w, double mirror, double[] sample) {
        double sum = 0;
        double slopes = 0;
        double logs = 0;
        for (int j = 0; j < w.length; j++) {
            double brownian = mirror * w[j];
            double growth = PortableMath.exp(Math.fma(volatility, brownian, drift[j]));
            sum += growth;
            // ∂S/∂σ = S·(W − σt)
            slopes = Math.fma(growth, brownian - volatilityTime[j], slopes);
            logs += brownian;
        }
        double arithmetic = arithmeticScale * sum;
        double geometric = discountedSpot * PortableMath.exp(Math.fma(geometricScale, logs, geometricDrift));
        double gain = sign * (arithmetic - discountedStrike);
        double geometricGain = sign * (geometric - discountedStrike);
        double slope = gain > 0 ? sign : 0;
        sample[0] = Math.fma(0.5, geometricGain + Math.abs(geometricGain), -geometricPrice);
        sample[1] = 0.5 * (gain + Math.abs(gain));
        sample[2] = slope * (arithmetic * inverseSpot);
        sample[3] = slope * (arithmeticScale * slopes);
    }
}
