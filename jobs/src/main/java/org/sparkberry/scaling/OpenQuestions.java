package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the fitted laws cannot tell from these runs, each with the measurement that would help. */
final class OpenQuestions {
    /** Predictions that differ by more than this share are worth a word. */
    private static final double DIFFERENT = 0.1;
    /** Where these are found, a law that fits badly is no news. */
    private static final Set<Finding.Kind> EXPLAIN = Set.of(Finding.Kind.SUSPECT_BASELINE, Finding.Kind.FEW_TASKS);

    private final Fits fits;

    private OpenQuestions(Fits fits) {
        this.fits = fits;
    }

    /** @param defects of the data, which explain some of it */
    static List<Finding> of(Fits fits, List<Finding> defects) {
        OpenQuestions questions = new OpenQuestions(fits);
        List<Finding> findings = new ArrayList<>();
        questions.convergence(findings);
        if (defects.stream().noneMatch(defect -> EXPLAIN.contains(defect.kind()))) {
            questions.misfit(findings);
            questions.coherency(findings);
            questions.disagreement().ifPresent(findings::add);
        }
        questions.leftOut().ifPresent(findings::add);
        return findings;
    }

    private void convergence(List<Finding> findings) {
        for (LawFit law : fits.laws()) {
            if (!law.converged()) {
                findings.add(new Finding(
                        Finding.Kind.NOT_CONVERGED,
                        law.law().title() + ": the search for its parameters did not come to an end",
                        "take its numbers as a guess; look for wrong rows in the file"));
            }
        }
    }

    private void misfit(List<Finding> findings) {
        if (fits.best().misfit().isThere()) {
            findings.add(new Finding(
                    Finding.Kind.LAW_MISSES_POINTS,
                    "no law goes through the points: " + fits.best().law().title()
                            + ", the best, misses them by more than chance; the intervals allow for it",
                    "look for points that stand out, or a change of the machine (another switch, two sockets) between"
                            + " them; measure more n"));
        }
    }

    /** κ and the bend that it makes. */
    private void coherency(List<Finding> findings) {
        Optional<LawFit> universal = fits.laws().stream()
                .filter(law -> law.law().symbols().contains(Law.Symbol.KAPPA))
                .findFirst();
        if (universal.isEmpty()) {
            return;
        }
        if (universal.get().parameter(Law.Symbol.KAPPA).low() <= 0) {
            findings.add(new Finding(
                    Finding.Kind.NOT_TOLD_FROM_ZERO,
                    "κ cannot be told from 0 with these points, so whether more executors ever make it slower is open",
                    measure()));
            return;
        }
        fits.peak()
                .filter(peak -> peak.value() > fits.most())
                .ifPresent(peak -> findings.add(new Finding(
                        Finding.Kind.PEAK_NOT_SEEN,
                        "no point beyond the bend: the peak, the n that is fastest, is not identifiable from n up to "
                                + fits.most(),
                        // Where the law has it, rounded to what one would measure.
                        "measure n = "
                                + Math.round(Math.min(peak.value() * 1.25, Fits.FARTHEST * (double) fits.most())))));
    }

    private Optional<Finding> disagreement() {
        int far = 2 * fits.most();
        List<LawFit> asGood = fits.asGood();
        double least =
                asGood.stream().mapToDouble(law -> law.seconds(far)).min().orElseThrow();
        double most = asGood.stream().mapToDouble(law -> law.seconds(far)).max().orElseThrow();
        if (most < least * (1 + DIFFERENT)) {
            return Optional.empty();
        }
        String each = asGood.stream()
                .map(law -> law.law().title() + " " + InWords.short3(law.seconds(far)) + " s")
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        return Optional.of(new Finding(
                Finding.Kind.LAWS_DISAGREE,
                "laws that fit about as well differ at n = " + far + ": " + each
                        + "; predictions are their weighted mean, with the widest interval",
                measure()));
    }

    private Optional<Finding> leftOut() {
        if (fits.leftOut().isEmpty()) {
            return Optional.empty();
        }
        String which = fits.leftOut().stream()
                .map(Law::title)
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        return Optional.of(new Finding(
                Finding.Kind.LAW_LEFT_OUT,
                "too few runs or distinct n to fit " + which,
                measure() + ", and repeat each n 3 times or more"));
    }

    private String measure() {
        OptionalInt next = fits.nextMeasurement();
        return "measure n = " + (next.isPresent() ? next.getAsInt() : 2 * fits.most());
    }
}
