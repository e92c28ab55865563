package org.sparkberry.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class PortableMathTest {
    private static final MathContext DIGITS = new MathContext(40);

    @Test
    void theExponentialIsRightInTheLastPlace() {
        double worst = 0;
        for (int i = -7080; i <= 7080; i += 29) {
            double x = i * 0.1 + i * 1e-7;
            if (Math.abs(x) <= 708) {
                worst = Math.max(worst, ulps(PortableMath.exp(x), exponential(x)));
            }
        }
        for (int i = -4000; i <= 4000; i += 17) {
            worst = Math.max(worst, ulps(PortableMath.exp(i * 1e-4), exponential(i * 1e-4)));
        }
        assertThat(worst).isLessThan(1.2);
        assertThat(PortableMath.exp(0)).isEqualTo(1);
    }

    @Test
    void theLogarithmIsRightInTheLastPlace() {
        // ln y = ln 2ᵏ + …: checked through its inverse, e^(ln y) = y, to 40 digits: the error of ln y is that of y
        // over y.
        double worst = 0;
        for (int i = 1; i <= 8000; i += 13) {
            double y = i * 0.0005;
            worst = Math.max(worst, logarithmUlps(y));
        }
        for (int k = -1022; k < 1024; k += 41) {
            worst = Math.max(worst, logarithmUlps(Math.scalb(1.4142135623730951, k)));
            worst = Math.max(worst, logarithmUlps(Math.scalb(1.414213562373095, k)));
        }
        for (int k = 1; k <= 52; k++) {
            worst = Math.max(worst, logarithmUlps(1 - Math.scalb(1, -k)));
            worst = Math.max(worst, logarithmUlps(1 + Math.scalb(1, -k)));
        }
        assertThat(worst).isLessThan(1);
        assertThat(PortableMath.log(1)).isZero();
        // 2⁻¹⁰²² and the largest double, from 1024·ln 2 = 709.782712893384 and 1022·ln 2 = 708.396418532264.
        assertThat(PortableMath.log(Double.MIN_NORMAL)).isEqualTo(-708.3964185322641);
        assertThat(PortableMath.log(Double.MAX_VALUE)).isEqualTo(709.782712893384);
    }

    private static double logarithmUlps(double y) {
        double log = PortableMath.log(y);
        if (y == 1) {
            return log == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        BigDecimal share = new BigDecimal(y).divide(exponential(log), DIGITS).subtract(BigDecimal.ONE);
        return Math.abs(share.doubleValue()) / Math.ulp(log);
    }

    private static double ulps(double value, BigDecimal exact) {
        return new BigDecimal(value).subtract(exact).abs().doubleValue() / Math.ulp(value);
    }

    /** eˣ to 40 digits: e^(x/4096) by its series, squared twelve times. */
    private static BigDecimal exponential(double x) {
        MathContext more = new MathContext(60);
        BigDecimal small = new BigDecimal(x).divide(BigDecimal.valueOf(4096), more);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int k = 1; k <= 30; k++) {
            term = term.multiply(small, more).divide(BigDecimal.valueOf(k), more);
            sum = sum.add(term, more);
        }
        for (int i = 0; i < 12; i++) {
            sum = sum.multiply(sum, more);
        }
        return sum;
    }
}
