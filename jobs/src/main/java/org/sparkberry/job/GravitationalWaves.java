package org.sparkberry.job;

import java.util.List;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.model.Work;
import org.sparkberry.model.waves.Coincidences;
import org.sparkberry.model.waves.Masses;
import org.sparkberry.model.waves.PeakSnr;
import org.sparkberry.model.waves.Search;
import org.sparkberry.model.waves.SearchReport;
import org.sparkberry.model.waves.StrainData;
import org.sparkberry.model.waves.TemplateBank;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Chart;

/** Merging black holes in the strain of gravitational-wave detectors, found by matched filtering. */
public final class GravitationalWaves implements Job {
    private static final Option<Long> TEMPLATES = Option.whole(
            "templates",
            "N",
            0,
            TemplateBank.MOST_TEMPLATES,
            "0",
            "how many templates; 0: as many as --max-mismatch takes");
    private static final List<String> GW150914 = List.of(
            "datasets/gravitational-waves/H-H1_LOSC_4_V2-1126259446-32.hdf5",
            "datasets/gravitational-waves/L-L1_LOSC_4_V2-1126259446-32.hdf5");
    private static final Option<List<String>> STRAIN = Option.list(
            "strain",
            "FILE,…",
            null,
            "strain of two detectors or more at the same time, HDF5 files of gwosc.org (default: GW150914, in datasets/)",
            name -> name);
    private static final Option<Double> MIN_MASS =
            Option.real("min-mass", "MASS", 3, 200, "5", "the lightest black hole, in solar masses at the detector");
    private static final Option<Double> MAX_MASS =
            Option.real("max-mass", "MASS", 3, 200, "60", "the heaviest, in solar masses at the detector");
    private static final Option<Double> MASS_STEP = Option.real(
            "mass-step", "MASS", 0.1, 100, null, "a grid of masses with this step instead of even mismatch");
    private static final Option<Double> MAX_MISMATCH = Option.real(
            "max-mismatch", "SHARE", 0.003, 0.3, "0.03", "which share of its SNR a signal between templates may lose");
    private static final Option<Double> LOW_FREQUENCY =
            Option.real("low-frequency", "HZ", 10, 200, "20", "frequencies below this are not looked at");
    private static final Option<Double> THRESHOLD =
            Option.real("threshold", "SNR", 3, 100, "4", "the least signal-to-noise ratio in each detector");

    private static final int BLOCK = 4;

    @Override
    public String name() {
        return "gravitational-waves";
    }

    @Override
    public String summary() {
        return "merging black holes in real detector data: a search with a bank of templates";
    }

    @Override
    public Option<Long> size() {
        return TEMPLATES;
    }

    @Override
    public long blockSize() {
        return BLOCK;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(STRAIN, MIN_MASS, MAX_MASS, MASS_STEP, MAX_MISMATCH, LOW_FREQUENCY, THRESHOLD);
    }

    @Override
    public List<Class<?>> travels() {
        return List.of(Coincidences.class, PeakSnr.class);
    }

    @Override
    public List<Chart> charts() {
        return WaveCharts.all();
    }

    @Override
    public Experiment prepare(Parameters parameters, Tables tables) {
        StrainData data =
                new StrainData(tables.strains(parameters.find(STRAIN).orElse(GW150914)), parameters.get(LOW_FREQUENCY));
        Search search = new Search(data, bank(parameters, data), parameters.get(THRESHOLD));
        Work work = new Work(parameters.streams(this), search.trials(), BLOCK);
        return dataflow -> dataflow.sample(search, work, found -> new SearchReport(
                        search,
                        found,
                        refinement ->
                                dataflow.estimate(refinement, new Work(work.streams(), refinement.trials(), BLOCK)))
                .result());
    }

    private static List<Masses> bank(Parameters parameters, StrainData data) {
        double least = parameters.get(MIN_MASS);
        double most = parameters.get(MAX_MASS);
        if (!(least <= most)) {
            throw new BadInput("--min-mass: must be at most --max-mass (" + most + "), not " + least);
        }
        if (parameters.find(MASS_STEP).isPresent()) {
            if (parameters.get(TEMPLATES) > 0) {
                throw new BadInput("--mass-step and --templates both say how many templates there are: leave one out");
            }
            double step = parameters.get(MASS_STEP);
            double steps = Math.floor((most - least) / step) + 1;
            if (steps * (steps + 1) / 2 > TemplateBank.MOST_TEMPLATES) {
                throw new BadInput(
                        "--mass-step: gives more than " + TemplateBank.MOST_TEMPLATES + " templates; set it higher");
            }
            return heard(new TemplateBank(data, least, most).grid(step), parameters);
        }
        if (!(least < most)) {
            throw new BadInput("--min-mass: must be below --max-mass (" + most + "), or give --mass-step");
        }
        TemplateBank bank = new TemplateBank(data, least, most);
        if (parameters.get(TEMPLATES) > 0) {
            return heard(bank.of(Math.toIntExact(parameters.get(TEMPLATES))), parameters);
        }
        List<Masses> covering = heard(bank.covering(parameters.get(MAX_MISMATCH)), parameters);
        if (covering.size() > TemplateBank.MOST_TEMPLATES) {
            throw new BadInput("--max-mismatch: takes more than " + TemplateBank.MOST_TEMPLATES
                    + " templates; set it or --min-mass higher");
        }
        return covering;
    }

    private static List<Masses> heard(List<Masses> bank, Parameters parameters) {
        if (bank.isEmpty()) {
            throw new BadInput("--low-frequency: black holes of " + parameters.get(MIN_MASS) + " to "
                    + parameters.get(MAX_MASS) + " solar masses have merged before their wave is well above "
                    + parameters.get(LOW_FREQUENCY) + " Hz; set it, --min-mass or --max-mass lower");
        }
        return bank;
    }
}
