package org.sparkberry.model;

/** A valuation along one Brownian path, of which it needs to know W on evenly spaced dates. */
interface DatedValuation extends Valuation {
    /** How the path is made of a trial's numbers. */
    BrownianPath path();

    /**
     * Values a path.
     *
     * @param w W on each date
     * @param mirror 1, or −1 for the mirror image −W
     * @param sample as {@link Valuation.Trial#value}
     */
    void value(double[] w, double mirror, double[] sample);

    @Override
    default int dimensions() {
        return path().times();
    }

    @Override
    default Trial trial() {
        BrownianPath path = path();
        double[] w = new double[path.times()];
        return new Trial() {
            @Override
            public void draw(double[] centred) {
                path.fill(centred, w);
            }

            @Override
            public void value(double mirror, double[] sample) {
                DatedValuation.this.value(w, mirror, sample);
            }
        };
    }
}
