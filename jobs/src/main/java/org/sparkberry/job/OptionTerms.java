package org.sparkberry.job;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sparkberry.model.Barrier;
import org.sparkberry.model.Contract;
import org.sparkberry.model.Heston;
import org.sparkberry.model.Market;
import org.sparkberry.model.Right;
import org.sparkberry.model.Sampling;
import org.sparkberry.record.BadInput;

/** What is to be priced, as it is typed: the options of {@link OptionPricing}, and which type has which. */
final class OptionTerms {
    private static final int MOST_DATES = 1000;
    /** A step takes two numbers. */
    private static final int MOST_STEPS = MOST_DATES / 2;

    private static final double DATES_PER_YEAR = 50;

    private static final Option<String> TYPE = new Option<>(
            "type",
            "TYPE",
            "european",
            "what is priced: " + String.join(", ", OptionType.words()),
            Option.choice("type", OptionType.words(), null, "").read());
    private static final Option<String> RIGHT = Option.choice(
            "right", List.of("call", "put"), null, "to buy or to sell (default: call; put with --type american)");
    private static final Option<Double> SPOT =
            Option.real("spot", "PRICE", 0.001, 1_000_000, "100", "today's price of the asset");
    private static final Option<Double> STRIKE =
            Option.real("strike", "PRICE", 0.001, 1_000_000, "100", "the price at which one may buy or sell");
    private static final Option<Double> RATE =
            share("rate", -0.5, 1, "5%", "riskless rate a year, continuously compounded: 0.05 or 5%");
    private static final Option<Double> VOLATILITY =
            share("volatility", 0.001, 3, "20%", "standard deviation of a year's log return: 0.2 or 20%");
    private static final Option<Double> MATURITY =
            Option.real("maturity", "YEARS", 0.001, 50, "1", "the option's life in years");
    private static final Option<Long> DATES = Option.whole(
            "dates",
            "N",
            1,
            MOST_DATES,
            null,
            "evenly spaced dates up to maturity, of an asian's mean, an american's exercise, or discrete monitoring"
                    + " (default: 50 a year)");
    private static final Option<Double> BARRIER = Option.real(
            "barrier", "PRICE", 0.001, 1_000_000, null, "an upper barrier if above the spot, else a lower one");
    private static final Option<String> KNOCK = Option.choice(
            "knock", List.of("out", "in"), "out", "whether the option ends or begins when the barrier is touched");
    private static final Option<String> MONITORING = Option.choice(
            "monitoring",
            List.of("continuous", "discrete"),
            "continuous",
            "when a barrier or lookback is watched: at every moment, or on --dates");
    private static final Option<Double> VARIANCE =
            Option.real("variance", "V", 0, 4, "0.04", "Heston: today's variance a year, the volatility squared");
    private static final Option<Double> MEAN_VARIANCE =
            Option.real("mean-variance", "V", 1e-6, 4, "0.04", "Heston: the variance that it reverts to");
    private static final Option<Double> REVERSION =
            Option.real("reversion", "K", 0.01, 100, "1.5", "Heston: how fast it reverts, a year");
    private static final Option<Double> VOLATILITY_OF_VARIANCE = Option.real(
            "volatility-of-variance", "E", 0.001, 10, "0.3", "Heston: how much the variance varies, a year");
    private static final Option<Double> CORRELATION =
            Option.real("correlation", "R", -1, 1, "-0.7", "Heston: of the price with its variance");
    private static final Option<Long> STEPS = Option.whole(
            "steps", "N", 1, MOST_STEPS, null, "Heston: steps of the simulation up to maturity (default: 50 a year)");
    private static final Option<String> SAMPLING = Option.choice(
            "sampling",
            List.of("random", "antithetic", "sobol"),
            "antithetic",
            "random: independent paths; antithetic: pairs of mirrored paths; sobol: 32 randomised Sobol sequences");
    private static final Option<String> CONTROL_VARIATE = Option.choice(
            "control-variate", List.of("on", "off"), "on", "correct the mean by that of a value whose mean is known");

    private static final Set<OptionType> MONITORED = EnumSet.of(OptionType.BARRIER, OptionType.LOOKBACK);
    private static final Set<OptionType> HESTON_ONLY = EnumSet.of(OptionType.HESTON);
    /** Options that not all types have, with those that do. */
    private static final Map<Option<?>, Set<OptionType>> OF_TYPES = Map.ofEntries(
            Map.entry(STRIKE, EnumSet.complementOf(EnumSet.of(OptionType.LOOKBACK))),
            Map.entry(VOLATILITY, EnumSet.complementOf(EnumSet.of(OptionType.HESTON))),
            Map.entry(
                    DATES, EnumSet.of(OptionType.ASIAN, OptionType.BARRIER, OptionType.LOOKBACK, OptionType.AMERICAN)),
            Map.entry(BARRIER, EnumSet.of(OptionType.BARRIER)),
            Map.entry(KNOCK, EnumSet.of(OptionType.BARRIER)),
            Map.entry(MONITORING, MONITORED),
            Map.entry(VARIANCE, HESTON_ONLY),
            Map.entry(MEAN_VARIANCE, HESTON_ONLY),
            Map.entry(REVERSION, HESTON_ONLY),
            Map.entry(VOLATILITY_OF_VARIANCE, HESTON_ONLY),
            Map.entry(CORRELATION, HESTON_ONLY),
            Map.entry(STEPS, HESTON_ONLY));

    /** Beyond, the mean price rests on paths that no sample holds: its relative variance is e⁹ at σ√T = 3. */
    private static final double LARGEST_SPREAD = 3;

    private static final Pattern PERCENT = Pattern.compile("([+-]?\\d{1,9}(?:\\.\\d{0,18})?)%");

    private final Parameters parameters;

    /** @throws BadInput if an option was given that the type does not have, or values do not go together */
    OptionTerms(Parameters parameters) {
        this.parameters = parameters;
        for (Option<?> option : all()) {
            Set<OptionType> types = OF_TYPES.getOrDefault(option, EnumSet.allOf(OptionType.class));
            if (parameters.isGiven(option) && !types.contains(type())) {
                throw new BadInput(option.flag() + ": --type " + type().word() + " has none; it belongs to --type "
                        + types.stream().map(OptionType::word).collect(Collectors.joining(", ")));
            }
        }
        if (parameters.isGiven(DATES) && MONITORED.contains(type()) && !isMonitoredOnDates()) {
            throw new BadInput("--dates: continuous monitoring has none; add --monitoring discrete");
        }
        checkSpread();
    }

    static List<Option<?>> all() {
        return List.of(
                TYPE,
                RIGHT,
                SPOT,
                STRIKE,
                RATE,
                VOLATILITY,
                MATURITY,
                DATES,
                BARRIER,
                KNOCK,
                MONITORING,
                VARIANCE,
                MEAN_VARIANCE,
                REVERSION,
                VOLATILITY_OF_VARIANCE,
                CORRELATION,
                STEPS,
                SAMPLING,
                CONTROL_VARIATE);
    }

    OptionType type() {
        return OptionType.of(parameters.get(TYPE));
    }

    Market market() {
        return new Market(parameters.get(SPOT), parameters.get(RATE), parameters.get(VOLATILITY));
    }

    Heston heston() {
        return new Heston(
                parameters.get(SPOT),
                parameters.get(RATE),
                parameters.get(VARIANCE),
                parameters.get(MEAN_VARIANCE),
                parameters.get(REVERSION),
                parameters.get(VOLATILITY_OF_VARIANCE),
                parameters.get(CORRELATION));
    }

    Right right() {
        return Right.valueOf(parameters
                .find(RIGHT)
                .orElse(type() == OptionType.AMERICAN ? "put" : "call")
                .toUpperCase(Locale.ROOT));
    }

    double maturity() {
        return parameters.get(MATURITY);
    }

    Contract contract() {
        return new Contract(right(), parameters.get(STRIKE), maturity());
    }

    /** @throws BadInput if the barrier is where the price is, or if the option can never pay */
    Barrier barrier() {
        Barrier barrier =
                new Barrier(parameters.get(BARRIER), parameters.get(KNOCK).equals("out"));
        double spot = parameters.get(SPOT);
        if (barrier.level() == spot) {
            throw new BadInput("--barrier: must not be the spot price " + Quantity.plain(spot)
                    + ", where the option ends or begins at once");
        }
        double sign = right().sign();
        if (barrier.out()
                && sign * (barrier.level() - spot) > 0
                && sign * (barrier.level() - parameters.get(STRIKE)) <= 0) {
            throw new BadInput("--barrier: an option that knocks out at " + Quantity.plain(barrier.level())
                    + ", before the strike " + Quantity.plain(parameters.get(STRIKE)) + ", never pays");
        }
        return barrier;
    }

    boolean isMonitoredOnDates() {
        return parameters.get(MONITORING).equals("discrete");
    }

    int dates() {
        return count(DATES, MOST_DATES);
    }

    int steps() {
        return count(STEPS, MOST_STEPS);
    }

    Sampling sampling() {
        return Sampling.valueOf(parameters.get(SAMPLING).toUpperCase(Locale.ROOT));
    }

    boolean isControlled() {
        return parameters.get(CONTROL_VARIATE).equals("on");
    }

    private int count(Option<Long> option, int most) {
        long byTime = (long) Math.ceil(DATES_PER_YEAR * maturity());
        return Math.toIntExact(parameters.find(option).orElse(Math.min(most, byTime)));
    }

    private void checkSpread() {
        boolean heston = type() == OptionType.HESTON;
        double spread = Math.sqrt(maturity())
                * (heston
                        ? Math.sqrt(Math.max(parameters.get(VARIANCE), parameters.get(MEAN_VARIANCE)))
                        : parameters.get(VOLATILITY));
        if (!(spread <= LARGEST_SPREAD)) {
            throw new BadInput("--maturity: " + (heston ? "the root of the variance" : "the volatility")
                    + " times the root of the maturity must be at most " + Quantity.plain(LARGEST_SPREAD) + ", not "
                    + String.format(Locale.ROOT, "%.3g", spread)
                    + ": the mean of such prices rests on paths too rare to be drawn");
        }
    }

    /** A share, written 0.05 or 5%. */
    private static Option<Double> share(
            String name, double least, double most, String defaultText, String description) {
        return new Option<>(name, "SHARE", defaultText, description, text -> {
            var percent = PERCENT.matcher(text);
            if (!percent.matches()) {
                return Quantity.real(name, text, least, most);
            }
            double value = Quantity.real(name, percent.group(1) + "e-2", -Double.MAX_VALUE, Double.MAX_VALUE);
            if (!(value >= least && value <= most)) {
                throw new BadInput("--" + name + ": must be from " + Quantity.plain(least) + " to "
                        + Quantity.plain(most) + ", not " + text);
            }
            return value;
        });
    }
}
