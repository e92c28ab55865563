package org.sparkberry.model;

import java.util.Optional;
import java.util.function.Supplier;
import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.random.Gaussian;
import org.sparkberry.random.PortableMath;
import org.sparkberry.random.Streams;

/**
 * A European option: max(±(S_T − K), 0) at maturity, with S_T = S₀·exp((r − σ²/2)T + σ√T·z) drawn at once. Quantities:
 * price, delta, vega; the derivatives are the path's own ("pathwise": Glasserman 2003, section 7.2). Control variate:
 * the discounted price S_T·e^(−rT), whose mean is S₀.
 */
public final class EuropeanOption implements Valuation {
    private static final long serialVersionUID = 1;

    private static final Supplier<Optional<EuropeanOptionKernel>> KERNEL =
            Kernels.find(EuropeanOptionKernel.class, kernel -> {
                EuropeanOption any = new EuropeanOption(new Market(1, 0, 0.1), new Contract(Right.CALL, 1, 1));
                long[] states = new Streams(0, "rehearsal").states(0, Kernels.LANES);
                double[] sums = new double[ControlledMeans.sumsOf(3) * Kernels.LANES];
                kernel.add(any, true, states, 8, sums);
                kernel.add(any, false, states, 8, sums);
            });

    final double sign;
    final double spot;
    final double inverseSpot;
    /** e^(−rT)·K, and the median of S_T·e^(−rT). */
    final double discountedStrike;

    final double discountedMedian;
    /** σ√T, √T and σT. */
    final double spread;

    final double rootMaturity;
    final double volatilityTime;

    public EuropeanOption(Market market, Contract contract) {
        double maturity = contract.maturity();
        this.sign = contract.right().sign();
        this.spot = market.spot();
        this.inverseSpot = 1 / market.spot();
        this.discountedStrike = contract.strike() * market.discount(maturity);
        this.rootMaturity = Math.sqrt(maturity);
        this.spread = market.volatility() * rootMaturity;
        this.volatilityTime = market.volatility() * maturity;
        this.discountedMedian = market.spot() * StrictMath.exp(-0.5 * spread * spread);
    }

    @Override
    public int dimensions() {
        return 1;
    }

    @Override
    public int quantities() {
        return 3;
    }

    @Override
    public Optional<LaneSums> lanes(boolean antithetic) {
        return KERNEL.get().map(kernel -> lanes(kernel, antithetic));
    }

    LaneSums lanes(EuropeanOptionKernel kernel, boolean antithetic) {
        return (states, rounds, sums) -> kernel.add(this, antithetic, states, rounds, sums);
    }

    @Override
    public Trial trial() {
        return new Trial() {
            private double z;

            @Override
            public void draw(double[] centred) {
                z = Gaussian.quantile(centred[0]);
            }

            @Override
            public void value(double mirror, double[] sample) {
                double normal = mirror * z;
                double price = discountedMedian * PortableMath.exp(spread * normal);
                double gain = sign * (price - discountedStrike);
                double slope = gain > 0 ? sign * price : 0;
                sample[0] = price - spot;
                sample[1] = 0.5 * (gain + Math.abs(gain));
                sample[2] = slope * inverseSpot;
                sample[3] = slope * Math.fma(rootMaturity, normal, -volatilityTime);
            }
        };
    }
}
