package org.sparkberry.model;

/** What an option is a right to: buy (call) or sell (put) at the strike. */
public enum Right {
    CALL(1),
    PUT(-1);

    private final double sign;

    Right(double sign) {
        this.sign = sign;
    }

    /** 1 for a call, −1 for a put: its payoff is max(sign·(S − K), 0). */
    public double sign() {
        return sign;
    }
}
