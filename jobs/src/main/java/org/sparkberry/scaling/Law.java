package org.sparkberry.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A law of scaling: the seconds that a job takes on n executors. Each is a sum of basis functions of n with
 * coefficients that are not negative (Gustafson's is the inverse of such a sum), so that what is physically impossible,
 * such as a negative serial fraction, is a coefficient below 0. Strong laws are of a fixed work, weak laws of work that
 * grows with n.
 */
public enum Law {
    /**
     * T(n) = T(1)·(σ + (1 − σ)/n), σ the serial fraction. Amdahl 1967 (doi:10.1145/1465482.1465560).
     */
    AMDAHL("amdahl", "Amdahl", false, List.of(Symbol.SIGMA_SERIAL)) {
        @Override
        double[] basis(double n) {
            return new double[] {1 / n, 1};
        }

        @Override
        double[] parameters(double[] c) {
            return new double[] {c[0] + c[1], c[1] / (c[0] + c[1])};
        }
    },

    /**
     * T(n) = T(1)·(1 + σ(n − 1) + κn(n − 1))/n, σ contention, κ coherency. The Universal Scalability Law: Gunther, A
     * general theory of computational scalability based on rational functions, 2008 (arXiv:0808.1431), equation 3.
     */
    UNIVERSAL("universal", "Universal Scalability Law", false, List.of(Symbol.SIGMA, Symbol.KAPPA)) {
        @Override
        double[] basis(double n) {
            return new double[] {1 / n, 1, n - 1};
        }

        @Override
        double[] parameters(double[] c) {
            // (1 + σ(n − 1) + κn(n − 1))/n = (1 − σ)/n + σ + κ(n − 1)
            double one = c[0] + c[1];
            return new double[] {one, c[1] / one, c[2] / one};
        }
    },

    /**
     * T(n) = θ₀ + θ₁/n + θ₂·ln n + θ₃·n: serial work, parallel work, a tree of messages, work for every executor.
     * Venkataraman et al., Ernest, NSDI 2016, equation 1, with the size of the input fixed.
     */
    COMMUNICATION(
            "communication",
            "communication (Ernest)",
            false,
            List.of(Symbol.SERIAL, Symbol.PARALLEL, Symbol.TREE, Symbol.EACH)) {
        @Override
        double[] basis(double n) {
            return new double[] {1, 1 / n, Math.log(n), n};
        }

        @Override
        double[] parameters(double[] c) {
            return new double[] {c[0] + c[1] + c[3], c[0], c[1], c[2], c[3]};
        }
    },

    /**
     * Scaled speedup S(n) = n − α(n − 1), so T(n) = T(1)·n/(n − α(n − 1)), α the serial fraction. Gustafson 1988
     * (doi:10.1145/42411.42415).
     */
    GUSTAFSON("gustafson", "Gustafson", true, List.of(Symbol.ALPHA)) {
        @Override
        double[] basis(double n) {
            return new double[] {1, 1 / n};
        }

        @Override
        int sign() {
            return -1;
        }

        @Override
        double[] parameters(double[] c) {
            // 1/T = ((1 − α) + α/n)/T(1)
            return new double[] {1 / (c[0] + c[1]), c[1] / (c[0] + c[1])};
        }
    },

    /** The Universal Scalability Law for n times the work: T(n) = T(1)·(1 + σ(n − 1) + κn(n − 1)). */
    UNIVERSAL_WEAK("universal", "Universal Scalability Law", true, List.of(Symbol.SIGMA, Symbol.KAPPA)) {
        @Override
        double[] basis(double n) {
            return new double[] {1, n - 1, n * (n - 1)};
        }

        @Override
        double[] parameters(double[] c) {
            return new double[] {c[0], c[1] / c[0], c[2] / c[0]};
        }
    },

    /** T(n) = θ₀ + θ₂·ln n + θ₃·n: Ernest's law when the input grows with n, which makes θ₁ a part of θ₀. */
    COMMUNICATION_WEAK(
            "communication", "communication (Ernest)", true, List.of(Symbol.CONSTANT, Symbol.TREE, Symbol.EACH)) {
        @Override
        double[] basis(double n) {
            return new double[] {1, Math.log(n), n};
        }

        @Override
        double[] parameters(double[] c) {
            return new double[] {c[0] + c[2], c[0], c[1], c[2]};
        }
    };

    /** A parameter of a law. */
    public enum Symbol {
        T1("seconds", "T(1)", "time on one", false),
        SIGMA_SERIAL("sigma", "σ", "serial fraction", true),
        SIGMA("sigma", "σ", "contention", true),
        KAPPA("kappa", "κ", "coherency", true),
        ALPHA("alpha", "α", "serial fraction", true),
        SERIAL("theta0", "θ₀", "serial seconds", false),
        PARALLEL("theta1", "θ₁", "parallel seconds", false),
        TREE("theta2", "θ₂", "seconds per ln n", false),
        EACH("theta3", "θ₃", "seconds per executor", false),
        CONSTANT("theta0", "θ₀", "constant seconds", false);

        private final String key;
        private final String letter;
        private final String meaning;
        private final boolean share;

        Symbol(String key, String letter, String meaning, boolean share) {
            this.key = key;
            this.letter = letter;
            this.meaning = meaning;
            this.share = share;
        }

        /** Its name in files. */
        public String key() {
            return key;
        }

        /** As in the law's formula. */
        public String letter() {
            return letter;
        }

        public String meaning() {
            return meaning;
        }

        /** Whether it is a share of T(1) without a unit; else it is in seconds. */
        public boolean isShare() {
            return share;
        }
    }

    private final String key;
    private final String title;
    private final boolean weak;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<Symbol> symbols;

    Law(String key, String title, boolean weak, List<Symbol> others) {
        this.key = key;
        this.title = title;
        this.weak = weak;
        this.symbols = Stream.concat(Stream.of(Symbol.T1), others.stream()).toList();
    }

    /** Its name in files and on the command line. */
    public String key() {
        return key;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** T(1) first, then the law's own. */
    public List<Symbol> symbols() {
        return symbols;
    }

    /** How many coefficients the law has. */
    int size() {
        return basis(1).length;
    }

    /** The most that a parameter can be: a serial fraction, and contention for the same work, end at 1. */
    double most(Symbol symbol) {
        boolean endsAtOne = symbol == Symbol.SIGMA_SERIAL
                || symbol == Symbol.ALPHA
                || (symbol == Symbol.SIGMA && this == UNIVERSAL);
        return endsAtOne ? 1 : Double.POSITIVE_INFINITY;
    }

    /** The basis functions at n. */
    abstract double[] basis(double n);

    /** 1 if T(n) is the sum of the basis functions, −1 if 1/T(n) is. */
    int sign() {
        return 1;
    }

    /** The coefficients of the basis as what they mean, one for each of {@link #symbols}. */
    abstract double[] parameters(double[] coefficients);

    /** T(n), NaN where the sum is not positive. */
    final double seconds(double n, double[] coefficients) {
        double[] basis = basis(n);
        double sum = 0;
        for (int i = 0; i < basis.length; i++) {
            sum += basis[i] * coefficients[i];
        }
        if (!(sum > 0)) {
            return Double.NaN;
        }
        return sign() > 0 ? sum : 1 / sum;
    }

    /** The laws for data of this kind. */
    static List<Law> candidates(boolean weak) {
        return Arrays.stream(values()).filter(law -> law.weak == weak).toList();
    }
}
