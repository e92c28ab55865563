package org.sparkberry.model.waves;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.estimate.Table.Column;

/**
 * What a search says in the end: the loudest candidate with error bars, all candidates, and tables to look at. The masses
 * are refined by further passes over templates around the best one.
 */
public final class SearchReport {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double Z_95 = 1.959963984540054;

    /**
     * What the waveform itself may be wrong by. The chirp mass of post-Newtonian inspirals (TaylorF2 to order 3.5) of 12 +
     * 7 to 15 + 8 M☉ comes out 0.2 to 0.5 % too low, their total mass wrong by up to 2 %; heavier ones, which such an
     * inspiral does not describe to the end, by up to 2 and 8 %. Spins, which the waveform lacks, are not in it.
     */
    private static final double CHIRP_SYSTEMATIC = 0.01;

    private static final double TOTAL_SYSTEMATIC = 0.03;

    private final Search search;
    private final Coincidences found;
    private final Function<Refinement, PeakSnr> refine;
    private final double hours;

    /** @param refine computes a further pass */
    public SearchReport(Search search, Coincidences found, Function<Refinement, PeakSnr> refine) {
        this.search = search;
        this.found = found;
        this.refine = refine;
        this.hours = search.slides().totalSeconds() / SECONDS_PER_HOUR;
    }

    public Result result() {
        List<Candidates.Candidate> candidates = Candidates.of(search, found);
        List<Estimate> estimates = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        List<List<Object>> refined = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        List<List<Object>> whitened = new ArrayList<>();
        List<List<Object>> snr = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidates.Candidate candidate = candidates.get(i);
            FollowUp followUp = FollowUp.of(search, search.bank().get(candidate.template()), candidate.sample());
            PoissonRate alarms = new PoissonRate(found.louder(candidate.snr()), hours);
            if (i == 0) {
                SecondStage stage = new SecondStage(search, followUp, refine);
                MassPosterior posterior = stage.posterior();
                followUp = stage.candidate();
                refined.addAll(stage.rows());
                estimates.addAll(estimates(followUp, posterior, alarms));
                whitened.addAll(Whitened.rows(search.data(), followUp));
                snr.addAll(around(followUp));
            }
            rows.add(row(i + 1, followUp, alarms));
        }
        estimates.add(chance());
        tables.add(new Table("candidates", candidateColumns(), rows));
        tables.add(templates());
        tables.add(new Table(
                "whitened",
                List.of(
                        Column.text("detector"),
                        Column.real("seconds"),
                        Column.real("strain"),
                        Column.real("template")),
                whitened));
        tables.add(new Table("snr", List.of(Column.text("detector"), Column.real("seconds"), Column.real("snr")), snr));
        tables.add(new Table(
                "refined",
                List.of(Column.real("mass.chirp"), Column.real("mass.total"), Column.real("snr.network")),
                refined));
        tables.add(background());
        tables.add(SpectrumTable.of(search.data()));
        return new Result(search.trials(), estimates, tables);
    }

    private static List<Estimate> estimates(FollowUp candidate, MassPosterior posterior, PoissonRate alarms) {
        List<Estimate> estimates = new ArrayList<>();
        List<FollowUp.Peak> seen = candidate.seen();
        for (int d = 0; d < seen.size(); d++) {
            double masses = posterior.timeDeviation(d) / Strain.HERTZ;
            estimates.add(normal(
                    "gps." + seen.get(d).detector(),
                    seen.get(d).gps(),
                    quadrature(seen.get(d).gpsError(), masses)));
        }
        double masses = 1000 * posterior.delayDeviation(0, 1) / Strain.HERTZ;
        estimates.add(normal(
                "delay.milliseconds", candidate.delayMilliseconds(), quadrature(candidate.delayError(), masses)));
        for (FollowUp.Peak peak : candidate.peaks()) {
            estimates.add(normal("snr." + peak.detector(), peak.snr(), 1));
        }
        estimates.add(normal("snr.network", candidate.networkSnr(), 1));
        estimates.add(posterior.estimate("mass.chirp", Masses::chirp, CHIRP_SYSTEMATIC));
        estimates.add(posterior.estimate("mass.total", Masses::total, TOTAL_SYSTEMATIC));
        estimates.add(alarms.estimate("false-alarm-rate"));
        return estimates;
    }

    private static double quadrature(double one, double other) {
        return Math.sqrt(one * one + other * other);
    }

    /**
     * How many seconds of the data have a coincidence by chance. The slides combine the same few peaks again and again, so
     * that their counts depend on each other (Was et al. 2010, arXiv:0906.2120), and how far the mean of many is off is not
     * known.
     */
    private Estimate chance() {
        double seconds = found.louder(0) / hours * (search.data().searchedSeconds() / SECONDS_PER_HOUR);
        return new Estimate("seconds-with-chance-coincidence", seconds, Double.NaN, Double.NaN, Double.NaN, 0, null);
    }

    private static Estimate normal(String name, double value, double error) {
        return new Estimate(name, value, error, value - Z_95 * error, value + Z_95 * error, 0, null);
    }

    private List<Column> candidateColumns() {
        List<Column> columns = new ArrayList<>(List.of(Column.whole("rank")));
        search.data().detectors().forEach(detector -> columns.add(Column.real("gps." + detector)));
        search.data().detectors().forEach(detector -> columns.add(Column.real("snr." + detector)));
        for (String name : List.of(
                "snr.network",
                "delay.milliseconds",
                "mass.1",
                "mass.2",
                "mass.chirp",
                "mass.total",
                "false-alarm-rate")) {
            columns.add(Column.real(name));
        }
        return columns;
    }

    private static List<Object> row(long rank, FollowUp candidate, PoissonRate alarms) {
        List<Object> row = new ArrayList<>(List.of(rank));
        candidate.peaks().forEach(peak -> row.add(peak.isSeen() ? peak.gps() : Double.NaN));
        candidate.peaks().forEach(peak -> row.add(peak.snr()));
        Masses masses = candidate.masses();
        row.addAll(List.of(
                candidate.networkSnr(),
                candidate.delayMilliseconds(),
                masses.first(),
                masses.second(),
                masses.chirp(),
                masses.total(),
                alarms.mean()));
        return row;
    }

    private static List<List<Object>> around(FollowUp candidate) {
        List<List<Object>> rows = new ArrayList<>();
        for (FollowUp.Peak peak : candidate.peaks()) {
            for (int i = 0; i < peak.around().size(); i++) {
                double seconds = (double) (i - peak.around().size() / 2) / Strain.HERTZ;
                rows.add(List.of(peak.detector(), seconds, peak.around().get(i)));
            }
        }
        return rows;
    }

    private Table templates() {
        List<Column> columns = new ArrayList<>();
        for (String name : List.of("mass.1", "mass.2", "mass.chirp", "mass.total")) {
            columns.add(Column.real(name));
        }
        search.data().detectors().forEach(detector -> columns.add(Column.real("snr." + detector)));
        columns.add(Column.real("snr.network"));
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < search.bank().size(); i++) {
            Masses masses = search.bank().get(i);
            List<Object> row =
                    new ArrayList<>(List.of(masses.first(), masses.second(), masses.chirp(), masses.total()));
            for (int d = 0; d < search.data().detectors().size(); d++) {
                row.add((double) found.highest(d, i));
            }
            row.add((double) found.network(i));
            rows.add(row);
        }
        return new Table("templates", columns, rows);
    }

    /** From the threshold up to where no coincidence in a slide is as loud, in steps of ¼. */
    private Table background() {
        List<List<Object>> rows = new ArrayList<>();
        double snr = Math.ceil(4 * search.threshold() * Math.sqrt(2)) / 4;
        for (double last = 0; last <= found.loudestSlide(); snr += 0.25) {
            last = snr;
            long louder = found.louder(snr);
            Estimate rate = new PoissonRate(louder, hours).estimate("rate");
            rows.add(List.of(snr, louder, rate.value(), rate.low(), rate.high()));
        }
        return new Table(
                "background",
                List.of(
                        Column.real("snr.network"),
                        Column.whole("louder"),
                        Column.real("rate"),
                        Column.real("rate.low"),
                        Column.real("rate.high")),
                rows);
    }
}
