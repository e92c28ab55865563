package org.sparkberry.model.waves;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which pairs of masses are searched for. Pairs are proposed one after the other, spread evenly, and one is taken if every
 * template so far is too far from it; when many in a row are refused, the bank is complete (Harry, Allen and
 * Sathyaprakash 2009, arXiv:0908.2090, with numbers of low discrepancy in place of random ones).
 */
public final class TemplateBank {
    /** A bank does not grow beyond this. */
    public static final int MOST_TEMPLATES = 20_000;

    /** So many refusals in a row: less than 1 % of the proposals is uncovered, with 98 % confidence. */
    private static final int PATIENCE = 400;

    /** So many proposals in a row that cannot be templates: next to none can. */
    private static final int MOST_UNFIT = 10_000;

    /** Where a bank of a given number begins, and by what its distance shrinks until it is full. */
    private static final double COARSEST = 0.4;

    private static final double FINER = 0.75;
    /** Templates whose chirp masses have a larger ratio than this have little in common. */
    private static final double FARTHEST = 1.5;

    /** Roberts' sequence in two dimensions: the powers of the inverse of the root of x³ = x + 1. */
    private static final double STEP_1 = 0.7548776662466927;

    private static final double STEP_2 = 0.5698402909980532;

    private final double least;

    private final double most;
    private final Mismatch mismatch;

    /**
     * @param least the lightest component in M☉
     * @param most the heaviest
     */
    public TemplateBank(StrainData data, double least, double most) {
        this.least = least;
        this.most = most;
        this.mismatch = Mismatch.of(data);
    }

    /** All pairs that the data can hear of the masses least, least + step, … up to the heaviest. */
    public List<Masses> grid(double step) {
        List<Masses> bank = new ArrayList<>();
        int steps = (int) Math.floor((most - least) / step * (1 + 1e-12));
        for (int i = 0; i <= steps; i++) {
            for (int j = 0; j <= i; j++) {
                Masses masses = new Masses(least + i * step, least + j * step);
                if (mismatch.hears(masses)) {
                    bank.add(masses);
                }
            }
        }
        return sorted(bank);
    }

    /**
     * As many templates as it takes for every signal to lose at most this share of its SNR; one more than
     * {@value #MOST_TEMPLATES} if it takes more than those.
     */
    public List<Masses> covering(double maximalMismatch) {
        return take(MOST_TEMPLATES + 1, maximalMismatch, 1);
    }

    /** So many templates, as evenly spread as they can be; none if the data can hear none. */
    public List<Masses> of(int count) {
        return take(count, COARSEST, FINER);
    }

    /** @param finer what a full bank's distance is multiplied by to make room; 1 if a full bank is the end */
    private List<Masses> take(int count, double coarsest, double finer) {
        NavigableMap<Double, Mismatch.Shape> taken = new TreeMap<>();
        double distance = coarsest;
        int refused = 0;
        int unfit = 0;
        for (int i = 1; taken.size() < count; i++) {
            Masses proposed = proposal(i);
            if (!(proposed.second() >= least && proposed.first() <= most && mismatch.hears(proposed))) {
                if (++unfit >= MOST_UNFIT) {
                    break;
                }
                continue;
            }
            unfit = 0;
            Mismatch.Shape shape = mismatch.shape(proposed);
            if (isFar(shape, taken, distance)) {
                taken.put(proposed.chirp(), shape);
                refused = 0;
            } else if (++refused >= PATIENCE) {
                if (finer == 1) {
                    break;
                }
                distance *= finer;
                refused = 0;
            }
        }
        return sorted(taken.values().stream().map(Mismatch.Shape::masses).toList());
    }

    /** Whether none that was taken is as near as this; those of about the same chirp mass are asked first. */
    private boolean isFar(Mismatch.Shape shape, NavigableMap<Double, Mismatch.Shape> taken, double distance) {
        double chirp = shape.masses().chirp();
        Iterator<Mismatch.Shape> lighter = taken.subMap(chirp / FARTHEST, true, chirp, true)
                .descendingMap()
                .values()
                .iterator();
        Iterator<Mismatch.Shape> heavier =
                taken.subMap(chirp, false, chirp * FARTHEST, true).values().iterator();
        while (lighter.hasNext() || heavier.hasNext()) {
            if (lighter.hasNext() && mismatch.between(shape, lighter.next()) < distance) {
                return false;
            }
            if (heavier.hasNext() && mismatch.between(shape, heavier.next()) < distance) {
                return false;
            }
        }
        return true;
    }

    /**
     * Every other pair is spread evenly in Mc^(−5/3) and η^(−3/5), to which the chirp times τ₀ and τ₃ are proportional,
     * the rest in the logarithms of the masses, which make room for the heavy ones. May lie outside of the bank's masses.
     */
    private Masses proposal(int number) {
        double u = fraction(number * STEP_1);
        double v = fraction(number * STEP_2);
        if (number % 2 == 0) {
            double one = least * StrictMath.pow(most / least, u);
            double other = least * StrictMath.pow(most / least, v);
            return new Masses(Math.max(one, other), Math.min(one, other));
        }
        double light = StrictMath.pow(new Masses(least, least).chirp(), -5.0 / 3);
        double heavy = StrictMath.pow(new Masses(most, most).chirp(), -5.0 / 3);
        double equal = StrictMath.pow(0.25, -0.6);
        double unequal = StrictMath.pow(new Masses(most, least).symmetricRatio(), -0.6);
        return Masses.of(
                StrictMath.pow(heavy + u * (light - heavy), -0.6),
                StrictMath.pow(equal + v * (unequal - equal), -5.0 / 3));
    }

    private static double fraction(double x) {
        return x - Math.floor(x);
    }

    private static List<Masses> sorted(List<Masses> bank) {
        return bank.stream()
                .sorted(Comparator.comparingDouble(Masses::chirp).thenComparingDouble(Masses::first))
                .toList();
    }
}
