package org.sparkberry.model.waves;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The masses of a candidate, refined by passes over templates around the best one so far. */
final class SecondStage {
    /** How much of ½ρ² a template of the last grid may lose: others have less than e⁻⁸ of the likelihood. */
    private static final double DEPTH = 8;
    /** Beyond this, the mismatch of close templates says nothing. */
    private static final double WIDEST = 0.15;
    /** A best template that is farther from the middle may have better ones outside of the grid. */
    private static final double MIDDLE = 0.5 * WIDEST;

    private static final int MOST_PASSES = 5;

    private final Search search;
    private final Function<Refinement, PeakSnr> refine;
    private final StrainData segment;
    private final List<List<Object>> rows = new ArrayList<>();
    private FollowUp candidate;

    /** @param refine computes a pass */
    SecondStage(Search search, FollowUp candidate, Function<Refinement, PeakSnr> refine) {
        this.search = search;
        this.candidate = candidate;
        this.refine = refine;
        this.segment = search.data()
                .part(
                        candidate.segment(),
                        candidate.seen().stream().map(FollowUp.Peak::detector).toList());
    }

    /** What the last pass says; {@link #candidate} is then its best template. */
    MassPosterior posterior() {
        Mismatch mismatch = Mismatch.of(search.data());
        for (int pass = 1; pass <= MOST_PASSES; pass++) {
            Masses middle = candidate.masses();
            Masses best =
                    pass(new MassGrid(mismatch, middle).within(WIDEST, 9, 15)).best();
            if (mismatch.between(mismatch.shape(middle), mismatch.shape(best)) < MIDDLE) {
                break;
            }
        }
        double loudness = candidate.networkSnr();
        double radius = Math.min(WIDEST, DEPTH / (loudness * loudness));
        return pass(new MassGrid(mismatch, candidate.masses()).within(radius, 15, 25));
    }

    private MassPosterior pass(List<Masses> grid) {
        int start = search.data().segments().start(candidate.segment());
        int[] samples = candidate.seen().stream()
                .mapToInt(peak -> peak.sample() - start)
                .toArray();
        PeakSnr peaks = refine.apply(new Refinement(segment, grid, samples));
        for (int i = 0; i < grid.size(); i++) {
            rows.add(List.of(grid.get(i).chirp(), grid.get(i).total(), peaks.network(i)));
        }
        MassPosterior posterior = new MassPosterior(grid, peaks);
        candidate = candidate.refined(search, posterior.best());
        return posterior;
    }

    FollowUp candidate() {
        return candidate;
    }

    /** Rows of a table: chirp mass, total mass and network SNR of all templates of all passes. */
    List<List<Object>> rows() {
        return rows;
    }
}
