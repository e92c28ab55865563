package org.sparkberry.job;

import java.util.List;
import org.sparkberry.record.Axis;
import org.sparkberry.record.Chart;
import org.sparkberry.record.ColourScale;
import org.sparkberry.record.Layer;
import org.sparkberry.record.Panel;

/** The figures of a search for gravitational waves. */
final class WaveCharts {
    private static final Axis CHIRP_MASS = Axis.linear("chirp mass (M☉)");
    private static final Axis TOTAL_MASS = Axis.linear("total mass (M☉)");
    private static final Axis SECONDS = Axis.linear("time from the signal's arrival in the detector (s)");

    /** Of the second stage's templates, those of its finer pass. */
    private static final double FINE_SHARE = 0.8;

    private WaveCharts() {}

    static List<Chart> all() {
        return List.of(whitened(), snr(), masses(), spectrum(), background());
    }

    private static Chart whitened() {
        return Chart.of(
                "whitened-strain",
                "The loudest candidate in the strain",
                "Each detector's strain, whitened and limited to the band in which it hears best, with the best"
                        + " template over it. A merger is a wave that becomes faster and higher, then rings down.",
                Panel.of(
                                SECONDS,
                                Axis.linear("whitened strain (σ of the noise)"),
                                Layer.line("whitened", "seconds", "strain")
                                        .named("strain")
                                        .faint(),
                                Layer.line("whitened", "seconds", "template").named("best template"))
                        .forEach("detector")
                        .titled("{detector}"));
    }

    private static Chart snr() {
        return Chart.of(
                "snr",
                "How well the best template fits, at every moment",
                "The signal-to-noise ratio of the matched filter. Noise alone stays below 4 or so. Time begins in"
                        + " each detector when the signal arrives there: a few milliseconds apart.",
                Panel.of(
                        SECONDS,
                        Axis.linear("signal-to-noise ratio"),
                        Layer.line("snr", "seconds", "snr").by("detector")));
    }

    private static Chart masses() {
        String snr = "network signal-to-noise ratio";
        return Chart.of(
                        "mass-plane",
                        "Which masses fit",
                        "A dot is a template, a grey one without a coincidence. A signal tells the chirp mass best;"
                                + " the second stage looks closer around the best template, and its outermost are not shown.",
                        Panel.of(
                                        CHIRP_MASS,
                                        TOTAL_MASS,
                                        Layer.points("templates", "mass.chirp", "mass.total")
                                                .faint(),
                                        Layer.points("templates", "mass.chirp", "mass.total")
                                                .coloured(ColourScale.logarithmic("snr.network", snr)))
                                .titled("all templates"),
                        Panel.of(
                                        CHIRP_MASS.overShare(FINE_SHARE),
                                        TOTAL_MASS.overShare(FINE_SHARE),
                                        Layer.points("refined", "mass.chirp", "mass.total")
                                                .coloured(ColourScale.linear("snr.network", snr)))
                                .titled("second stage"))
                .inColumns(2);
    }

    private static Chart spectrum() {
        return Chart.of(
                "spectrum",
                "The noise of the detectors",
                "The amplitude spectral density of the strain. Peaks are the mains, mirrors on their wires and"
                        + " calibration; the search listens where the curve is low.",
                Panel.of(
                        Axis.logarithmic("frequency (Hz)"),
                        Axis.logarithmic("strain noise (1/√Hz)"),
                        Layer.line("spectrum", "hertz", "strain").by("detector")));
    }

    private static Chart background() {
        return Chart.of(
                "background",
                "How often noise alone is as loud",
                "Coincidences that cannot be waves, since one detector's data were slid in time against the other's."
                        + " The interval is that of rare events: where many are louder, the slides combine the same few"
                        + " peaks again and again, and the rate is known several times worse than it says.",
                Panel.of(
                        Axis.linear("network signal-to-noise ratio"),
                        Axis.logarithmic("louder by chance (per hour)"),
                        Layer.line("background", "snr.network", "rate.low")
                                .named("95 % interval")
                                .faint(),
                        Layer.line("background", "snr.network", "rate.high")
                                .named("95 % interval")
                                .faint(),
                        Layer.line("background", "snr.network", "rate").named("rate")));
    }
}
