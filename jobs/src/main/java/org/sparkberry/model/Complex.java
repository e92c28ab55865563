package org.sparkberry.model;

/** A complex number, with the same bits on every machine. */
record Complex(double re, double im) {
    Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    Complex minus(Complex other) {
        return new Complex(re - other.re, im - other.im);
    }

    Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    Complex times(double factor) {
        return new Complex(re * factor, im * factor);
    }

    Complex over(Complex other) {
        double norm = other.re * other.re + other.im * other.im;
        return times(new Complex(other.re / norm, -other.im / norm));
    }

    Complex exp() {
        double modulus = StrictMath.exp(re);
        return new Complex(modulus * StrictMath.cos(im), modulus * StrictMath.sin(im));
    }

    /** The principal value. */
    Complex log() {
        return new Complex(StrictMath.log(StrictMath.hypot(re, im)), StrictMath.atan2(im, re));
    }

    /** The root with a real part of at least 0. */
    Complex sqrt() {
        double modulus = StrictMath.hypot(re, im);
        double root = Math.sqrt(0.5 * (modulus + Math.abs(re)));
        if (root == 0) {
            return this;
        }
        double other = 0.5 * im / root;
        return re >= 0 ? new Complex(root, other) : new Complex(Math.abs(other), Math.copySign(root, im));
    }
}
