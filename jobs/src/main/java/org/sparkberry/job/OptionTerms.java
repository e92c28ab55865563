package org.sparkberry.job;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sparkberry.model.Contract;
import org.sparkberry.model.Market;
import org.sparkberry.model.Right;
import org.sparkberry.model.Sampling;
import org.sparkberry.random.ScrambledSobol;
import org.sparkberry.record.BadInput;

/** What is to be priced, as it is typed: the options of {@link OptionPricing}, and which type has which. */
final class OptionTerms {
    static final Option<String> TYPE =
            Option.choice("type", List.of("european", "asian"), "european", "what kind of option to price");
    static final Option<String> RIGHT = Option.choice(
            "right", List.of("call", "put"), null, "to buy or to sell (default: call; put with --type american)");
    static final Option<Double> SPOT = Option.real("spot", "PRICE", 1e-4, 1e9, "100", "today's price of the asset");
    static final Option<Double> STRIKE =
            Option.real("strike", "PRICE", 1e-4, 1e9, "100", "the price at which the option may be exercised");
    static final Option<Double> RATE =
            share("rate", -0.5, 1, "5%", "riskless rate a year, continuously compounded: 0.05 or 5%");
    static final Option<Double> VOLATILITY =
            share("volatility", 0.001, 3, "20%", "standard deviation of a year's log return: 0.2 or 20%");
    static final Option<Double> MATURITY =
            Option.real("maturity", "YEARS", 0.001, 50, "1", "the option's life in years");
    static final Option<Long> DATES = Option.whole(
            "dates",
            "N",
            1,
            ScrambledSobol.mostDimensions(),
            null,
            "evenly spaced dates up to maturity on which the price is looked at (default: 50 a year)");
    static final Option<String> SAMPLING = Option.choice(
            "sampling",
            List.of("random", "antithetic", "sobol"),
            "antithetic",
            "random: independent paths; antithetic: pairs of mirrored paths; sobol: 32 randomised Sobol sequences");
    static final Option<String> CONTROL_VARIATE = Option.choice(
            "control-variate", List.of("on", "off"), "on", "correct the mean by that of a value whose mean is known");

    /** Options that only some types have, with those types. */
    private static final Map<Option<?>, Set<String>> OF_TYPES = Map.of(DATES, Set.of("asian"));

    private static final double DATES_PER_YEAR = 50;
    /** Beyond, the mean of the price rests on paths that no sample holds: σ√T = 3 has a variance of e⁹ times the mean². */
    private static final double LARGEST_SPREAD = 3;

    private static final Pattern PERCENT = Pattern.compile("([+-]?\\d{1,9}(?:\\.\\d{0,18})?)%");

    private final Parameters parameters;

    /**
     * @throws BadInput if an option was given that the type does not have, or values do not go together
     */
    OptionTerms(Parameters parameters) {
        this.parameters = parameters;
        String type = type();
        OF_TYPES.forEach((option, types) -> {
            if (parameters.isGiven(option) && !types.contains(type)) {
                throw new BadInput(option.flag() + ": --type " + type + " has no such thing; it belongs to --type "
                        + String.join(" or ", new TreeSet<>(types)));
            }
        });
        double spread = parameters.get(VOLATILITY) * Math.sqrt(parameters.get(MATURITY));
        if (!(spread <= LARGEST_SPREAD)) {
            throw new BadInput("--volatility: times the root of --maturity must be at most "
                    + Quantity.plain(LARGEST_SPREAD) + ", not "
                    + String.format(Locale.ROOT, "%.3g", spread) + ": no sample of such prices tells their mean");
        }
    }

    static List<Option<?>> all() {
        return List.of(TYPE, RIGHT, SPOT, STRIKE, RATE, VOLATILITY, MATURITY, DATES, SAMPLING, CONTROL_VARIATE);
    }

    String type() {
        return parameters.get(TYPE);
    }

    Market market() {
        return new Market(parameters.get(SPOT), parameters.get(RATE), parameters.get(VOLATILITY));
    }

    Contract contract() {
        String right = parameters.find(RIGHT).orElse(type().equals("american") ? "put" : "call");
        return new Contract(
                Right.valueOf(right.toUpperCase(Locale.ROOT)), parameters.get(STRIKE), parameters.get(MATURITY));
    }

    int dates() {
        return Math.toIntExact(parameters.find(DATES).orElse(Math.min(ScrambledSobol.mostDimensions(), (long)
                Math.ceil(DATES_PER_YEAR * parameters.get(MATURITY)))));
    }

    Sampling sampling() {
        return Sampling.valueOf(parameters.get(SAMPLING).toUpperCase(Locale.ROOT));
    }

    boolean controlled() {
        return parameters.get(CONTROL_VARIATE).equals("on");
    }

    /** A share, written 0.05 or 5%. */
    private static Option<Double> share(
            String name, double least, double most, String defaultText, String description) {
        return new Option<>(name, "SHARE", defaultText, description, text -> {
            var percent = PERCENT.matcher(text);
            return Quantity.real(name, percent.matches() ? percent.group(1) + "e-2" : text, least, most);
        });
    }
}
