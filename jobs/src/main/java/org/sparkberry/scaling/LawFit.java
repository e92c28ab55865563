package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * A law fitted to runs, with what the runs cannot tell of it.
 *
 * <p>The uncertainty is in draws: data sets as they might have been measured, each with its own fit. A data set is the
 * law's times with residuals of the runs put back at random, scaled for the degrees of freedom that the fit used up,
 * and by √(ν/χ²ᵥ) for not knowing the size of the scatter itself, which makes the draws of a linear law Student's t.
 * From fewer than 20 degrees of freedom the shape of the scatter cannot be seen, and it is taken to be normal.
 *
 * <p>Draws have no bounds, else intervals near a bound would be too short: a parameter's interval is that of all draws,
 * cut to what is physically possible. Predictions are made by the nearest possible coefficients of each draw.
 */
public final class LawFit {
    static final int DRAWS = 1000;
    /** From so many degrees of freedom residuals are resampled; more than so many runs are as good as normal. */
    private static final int SHAPE_SHOWS = 20;

    private static final int SHAPE_DOES_NOT_MATTER = 2000;

    private final Law law;
    private final LogTimes times;
    private final LeastSquares.Solution free;
    private final LeastSquares.Solution bounded;
    private final double squares;
    private final Misfit misfit;
    private final double[][] freeDraws;
    private final double[][] draws;

    /**
     * A parameter.
     *
     * @param symbol what it is
     * @param interval its value and 95 % interval
     */
    public record Parameter(Law.Symbol symbol, Interval interval) {}

    private LawFit(Law law, LogTimes times, int drawn) {
        this.law = law;
        this.times = times;
        LeastSquares search = new LeastSquares(
                law, times.n(), Arrays.stream(times.runs()).asDoubleStream().toArray());
        this.free = search.solve(times.mean(), false);
        this.bounded = search.solve(times.mean(), true);
        this.squares = bounded.squares() + times.squaresWithin();
        this.misfit = Misfit.of(times, logSeconds(free), law.size());
        this.freeDraws = new double[drawn][];
        this.draws = new double[drawn][];
        draw(search);
    }

    /** Fits, with as many draws as intervals need. The runs must be more than the coefficients, at no fewer n than there are coefficients. */
    static LawFit of(Law law, LogTimes times) {
        return of(law, times, DRAWS);
    }

    /** The same with another number of draws: fewer are quicker, and their intervals less smooth. */
    static LawFit of(Law law, LogTimes times, int draws) {
        return new LawFit(law, times, draws);
    }

    /**
     * The same runs give the same draws. Other runs give others: if all fits had the same thousand, all their intervals
     * would be too short, or too long, by the same few percent.
     */
    private RandomGenerator random(int purpose) {
        return new Well19937c(
                new int[] {purpose, law.size(), Arrays.hashCode(times.mean()), Arrays.hashCode(times.deviations())});
    }

    private void draw(LeastSquares search) {
        RandomGenerator random = random(0);
        double[] fitted = logSeconds(free);
        double[] residuals = resample() ? residuals(fitted) : new double[0];
        for (int b = 0; b < draws.length; b++) {
            double stretch = misfit.scatter() * Math.sqrt(misfit.degrees() / chiSquare(random, misfit.degrees()));
            double[] logSeconds = new double[fitted.length];
            for (int j = 0; j < fitted.length; j++) {
                logSeconds[j] = fitted[j] + stretch * meanResidual(random, times.runs()[j], residuals);
            }
            LeastSquares.Solution drawn = search.solve(logSeconds, free.coefficients(), false);
            freeDraws[b] = drawn.coefficients();
            draws[b] = Arrays.stream(drawn.coefficients()).allMatch(c -> c >= 0)
                    ? drawn.coefficients()
                    : search.bounded(logSeconds, drawn).coefficients();
        }
    }

    private double[] logSeconds(LeastSquares.Solution solution) {
        return Arrays.stream(times.n())
                .map(n -> Math.log(law.seconds(n, solution.coefficients())))
                .toArray();
    }

    private boolean resample() {
        return !misfit.isThere()
                && misfit.degrees() >= SHAPE_SHOWS
                && times.totalRuns() <= SHAPE_DOES_NOT_MATTER
                && misfit.scatter() > Misfit.LEAST_SCATTER;
    }

    /** Of all runs, with mean 0 and variance 1. */
    private double[] residuals(double[] fitted) {
        double[] residuals = times.deviations().clone();
        int next = 0;
        for (int j = 0; j < fitted.length; j++) {
            for (int i = 0; i < times.runs()[j]; i++) {
                residuals[next++] += times.mean()[j] - fitted[j];
            }
        }
        double mean = Arrays.stream(residuals).average().orElse(0);
        double deviation = Math.sqrt(
                Arrays.stream(residuals).map(r -> (r - mean) * (r - mean)).sum() / residuals.length);
        return Arrays.stream(residuals).map(r -> (r - mean) / deviation).toArray();
    }

    private static double meanResidual(RandomGenerator random, int runs, double[] residuals) {
        if (residuals.length == 0) {
            return random.nextGaussian() / Math.sqrt(runs);
        }
        double sum = 0;
        for (int i = 0; i < runs; i++) {
            sum += residuals[random.nextInt(residuals.length)];
        }
        return sum / runs;
    }

    /** Of so many degrees of freedom: a sum of squared normals, or for many their normal limit (Wilson and Hilferty). */
    private static double chiSquare(RandomGenerator random, int degrees) {
        if (degrees > 100) {
            double cube = 1 - 2.0 / (9 * degrees) + random.nextGaussian() * Math.sqrt(2.0 / (9 * degrees));
            return degrees * cube * cube * cube;
        }
        double sum = 0;
        for (int i = 0; i < degrees; i++) {
            double normal = random.nextGaussian();
            sum += normal * normal;
        }
        return sum;
    }

    public Law law() {
        return law;
    }

    /** T(1) first. */
    public List<Parameter> parameters() {
        double[] values = law.parameters(bounded.coefficients());
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            int which = i;
            Interval all = interval(values[i], freeDraws, c -> law.parameters(c)[which], 0.95);
            double low = Math.max(0, all.low());
            double most = law.most(law.symbols().get(i));
            double high = Math.max(low, Math.min(most, all.high()));
            parameters.add(new Parameter(
                    law.symbols().get(i),
                    new Interval(values[i], Math.min(low, values[i]), Math.max(high, values[i]))));
        }
        return parameters;
    }

    /** The parameter of this symbol. */
    public Interval parameter(Law.Symbol symbol) {
        return parameters().stream()
                .filter(parameter -> parameter.symbol() == symbol)
                .findFirst()
                .orElseThrow()
                .interval();
    }

    /** T(n). */
    public double seconds(double n) {
        return law.seconds(n, bounded.coefficients());
    }

    /**
     * Speedup on n against a reference n with its 95 % interval: T(reference)/T(n), for weak scaling n/reference times
     * that.
     */
    public Interval speedup(double n, double reference, boolean weak) {
        double work = weak ? n / reference : 1;
        return of(c -> work * law.seconds(reference, c) / law.seconds(n, c), 0.95);
    }

    /** T(n) with the interval that holds the law's time with this probability. */
    Interval seconds(double n, double level) {
        return interval(seconds(n), draws, c -> law.seconds(n, c), level);
    }

    /** A function of the coefficients with its interval, physically possible coefficients only. */
    Interval of(ToDoubleFunction<double[]> function, double level) {
        return interval(function.applyAsDouble(bounded.coefficients()), draws, function, level);
    }

    /**
     * A function of T(1) and T(n), with its interval.
     *
     * @param wrongness how far the law itself may be from the truth at an n: a standard deviation in log seconds
     */
    Interval joint(double n, DoubleUnaryOperator wrongness, DoubleBinaryOperator ofOneAndMany, double level) {
        RandomGenerator random = random(1);
        double[] values = new double[draws.length];
        for (int b = 0; b < draws.length; b++) {
            double one = law.seconds(1, draws[b]) * Math.exp(wrongness.applyAsDouble(1) * random.nextGaussian());
            double many = law.seconds(n, draws[b]) * Math.exp(wrongness.applyAsDouble(n) * random.nextGaussian());
            values[b] = ofOneAndMany.applyAsDouble(one, n == 1 ? one : many);
        }
        return quantiles(ofOneAndMany.applyAsDouble(seconds(1), seconds(n)), values, level);
    }

    /** The interval that holds the mean of so many new runs at n with this probability. */
    Interval newRuns(double n, double wrongness, int runs, double level) {
        RandomGenerator random = random(2);
        double[] values = new double[draws.length];
        for (int b = 0; b < draws.length; b++) {
            double stretch = misfit.scatter() * Math.sqrt(misfit.degrees() / chiSquare(random, misfit.degrees()));
            double error = Math.hypot(wrongness, stretch / Math.sqrt(runs));
            values[b] = law.seconds(n, draws[b]) * Math.exp(error * random.nextGaussian());
        }
        return quantiles(seconds(n), values, level);
    }

    /** The standard deviation of log T(n) over the draws. */
    double logError(double n) {
        double[] logs = Arrays.stream(draws)
                .mapToDouble(c -> Math.log(law.seconds(n, c)))
                .toArray();
        double mean = Arrays.stream(logs).average().orElse(0);
        return Math.sqrt(Arrays.stream(logs).map(x -> (x - mean) * (x - mean)).sum() / (draws.length - 1));
    }

    /** How much a run scatters about the law, as a share of its time. */
    public double scatter() {
        return Math.sqrt(squares / (times.totalRuns() - law.size()));
    }

    /** Whether the search for the best coefficients came to an end. */
    public boolean converged() {
        return bounded.converged();
    }

    /** Whether, and how much, the points miss the law by more than chance. */
    Misfit misfit() {
        return misfit;
    }

    /**
     * Akaike's information criterion, corrected for small samples (Hurvich and Tsai 1989, doi:10.1093/biomet/76.2.297);
     * infinite where the runs are too few for it.
     *
     * @param inflation of the variance, by which the fit counts less (the quasi-likelihood's QAICc: Burnham and
     *     Anderson 2002, equation 2.17)
     */
    double aicc(double inflation) {
        int runs = times.totalRuns();
        int k = law.size() + 1;
        if (runs <= k + 1) {
            return Double.POSITIVE_INFINITY;
        }
        double variance = Math.max(squares / runs, Misfit.LEAST_SCATTER * Misfit.LEAST_SCATTER);
        return runs * Math.log(variance) / inflation + 2.0 * k + 2.0 * k * (k + 1) / (runs - k - 1);
    }

    private static Interval interval(
            double value, double[][] draws, ToDoubleFunction<double[]> function, double level) {
        return quantiles(value, Arrays.stream(draws).mapToDouble(function).toArray(), level);
    }

    private static Interval quantiles(double value, double[] values, double level) {
        double[] known =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (known.length < values.length / 2) {
            return new Interval(value, Double.NaN, Double.NaN);
        }
        return new Interval(
                value,
                Math.min(value, quantile(known, (1 - level) / 2)),
                Math.max(value, quantile(known, (1 + level) / 2)));
    }

    private static double quantile(double[] sorted, double p) {
        double place = Math.max(0, Math.min(sorted.length - 1.0, p * (sorted.length + 1) - 1));
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
