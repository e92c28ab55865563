package org.sparkberry.model;

import java.util.Arrays;
import org.sparkberry.random.Gaussian;
import org.sparkberry.random.PortableMath;
import org.sparkberry.random.RandomStream;

/**
 * The exercise policy of an American option by least squares: from the last date back, the discounted cash flow of
 * waiting is regressed on powers 0 to 5 of the price, over the paths on which exercise would pay. What is regressed has
 * the European option as its control variate (its value when the path pays less that now), which takes nearly all noise
 * out of the coefficients, so that few paths do.
 *
 * <p>The whole pass is one block, computed by one thread: a date needs the date after it on every path, and so few paths
 * take less time than a Spark job for each date would. Paths are made backwards, as Brownian bridges to 0, so that only
 * the present date is held. The normal equations are plain sums over the paths in order, solved by Cholesky's method
 * with + − × ÷ √ alone.
 *
 * <p>Source: Longstaff and Schwartz 2001, doi:10.1093/rfs/14.1.113; Rasmussen 2005,
 * doi:10.21314/JCF.2005.128 (the control variate in the regression).
 */
public final class LeastSquaresPolicy implements Model<ExercisePolicy> {
    private static final long serialVersionUID = 1;

    private static final int SIZE = ExercisePolicy.COEFFICIENTS;
    /** A pivot that lost this share of its diagonal is none: the powers left are not told apart by the paths. */
    private static final double SMALLEST_PIVOT = 1e-11;
    /** What waiting is worth where no path tells: more than any exercise pays. */
    private static final double NEVER = 1e300;

    private final Market market;
    private final Contract contract;
    private final int dates;

    /** @param dates on how many evenly spaced dates the option may be exercised, the last at maturity */
    public LeastSquaresPolicy(Market market, Contract contract, int dates) {
        this.market = market;
        this.contract = contract;
        this.dates = dates;
    }

    @Override
    public ExercisePolicy estimator() {
        return new ExercisePolicy();
    }

    @Override
    public void compute(Block block, ExercisePolicy policy) {
        policy.set(new Pass(block).coefficients());
    }

    private final class Pass {
        private final RandomStream random;
        private final double[] w;
        /** What each path pays, in today's money. */
        private final double[] cash;
        /** What the European option is worth when each path pays, in today's money. */
        private final double[] control;
        /** The same of each path on the present date, where exercise would pay. */
        private final double[] worth;

        private final double[] power = new double[2 * SIZE - 1];
        private final double[] moment = new double[SIZE];
        private final double[] all = new double[Math.max(0, dates - 1) * SIZE];

        Pass(Block block) {
            random = block.streams().stream(block.number());
            w = new double[Math.toIntExact(block.trials())];
            cash = new double[w.length];
            control = new double[w.length];
            worth = new double[w.length];
        }

        double[] coefficients() {
            double maturity = contract.maturity();
            double discount = market.discount(maturity);
            double root = Math.sqrt(maturity);
            for (int path = 0; path < w.length; path++) {
                w[path] = root * Gaussian.quantile(Gaussian.centred(random.nextLong()));
                cash[path] = discount * Math.max(0, gain(w[path], maturity));
                control[path] = cash[path];
            }
            for (int date = dates - 1; date >= 1; date--) {
                double time = maturity * date / dates;
                back(date);
                regress(time);
                double[] solution = solve();
                System.arraycopy(solution, 0, all, (date - 1) * SIZE, SIZE);
                exercise(time, solution);
            }
            return all;
        }

        /** W at this date, given W at the one after it. */
        private void back(int date) {
            double share = (double) date / (date + 1);
            double deviation = Math.sqrt(contract.maturity() / dates * share);
            for (int path = 0; path < w.length; path++) {
                w[path] = Math.fma(deviation, Gaussian.quantile(Gaussian.centred(random.nextLong())), share * w[path]);
            }
        }

        private void regress(double time) {
            Arrays.fill(power, 0);
            Arrays.fill(moment, 0);
            for (int path = 0; path < w.length; path++) {
                double gain = gain(w[path], time);
                if (gain > 0) {
                    double known = european(gain, time);
                    double waiting = cash[path] - control[path] + known;
                    worth[path] = known;
                    double x = AmericanOption.moneyness(gain, contract);
                    double term = 1;
                    for (int k = 0; k < power.length; k++) {
                        power[k] += term;
                        if (k < SIZE) {
                            moment[k] = Math.fma(term, waiting, moment[k]);
                        }
                        term *= x;
                    }
                }
            }
        }

        private void exercise(double time, double[] solution) {
            double discount = market.discount(time);
            for (int path = 0; path < w.length; path++) {
                double gain = gain(w[path], time);
                if (gain > 0
                        && discount * gain
                                >= AmericanOption.polynomial(solution, 0, AmericanOption.moneyness(gain, contract))) {
                    cash[path] = discount * gain;
                    control[path] = worth[path];
                }
            }
        }

        /** The price of the European option in today's money, at this time. */
        private double european(double gain, double time) {
            double price = contract.strike() + contract.right().sign() * gain;
            return market.discount(time)
                    * BlackScholes.price(
                            new Market(price, market.rate(), market.volatility()),
                            new Contract(contract.right(), contract.strike(), contract.maturity() - time));
        }

        private double gain(double brownian, double time) {
            double price =
                    market.spot() * PortableMath.exp(Math.fma(market.volatility(), brownian, market.logDrift() * time));
            return contract.right().sign() * (price - contract.strike());
        }

        /** The least squares solution, of as many powers as the paths tell apart. */
        private double[] solve() {
            double[] solution = new double[SIZE];
            if (!(power[0] >= SIZE)) {
                solution[0] = NEVER;
                return solution;
            }
            double[][] factor = new double[SIZE][SIZE];
            double[] half = new double[SIZE];
            int rank = 0;
            while (rank < SIZE && row(factor, half, rank)) {
                rank++;
            }
            for (int i = rank - 1; i >= 0; i--) {
                double value = half[i];
                for (int j = i + 1; j < rank; j++) {
                    value -= factor[j][i] * solution[j];
                }
                solution[i] = value / factor[i][i];
            }
            return solution;
        }

        /** The next row of Cholesky's factor L and of L⁻¹·moment; false if its pivot is lost in rounding. */
        private boolean row(double[][] factor, double[] half, int i) {
            double value = moment[i];
            for (int j = 0; j <= i; j++) {
                double entry = power[i + j];
                for (int k = 0; k < j; k++) {
                    entry -= factor[i][k] * factor[j][k];
                }
                if (j < i) {
                    factor[i][j] = entry / factor[j][j];
                    value -= factor[i][j] * half[j];
                } else if (entry > SMALLEST_PIVOT * power[2 * i]) {
                    factor[i][i] = Math.sqrt(entry);
                    half[i] = value / factor[i][i];
                    return true;
                }
            }
            return false;
        }
    }
}
