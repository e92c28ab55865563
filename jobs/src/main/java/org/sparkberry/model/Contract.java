package org.sparkberry.model;

import java.io.Serializable;

/**
 * What an option promises.
 *
 * @param right call or put
 * @param strike K, above 0
 * @param maturity T in years, above 0
 */
public record Contract(Right right, double strike, double maturity) implements Serializable {
    public Contract {
        if (!(strike > 0 && maturity > 0)) {
            throw new IllegalArgumentException("strike " + strike + ", maturity " + maturity);
        }
    }
}
