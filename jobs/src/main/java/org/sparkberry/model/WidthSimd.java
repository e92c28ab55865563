package org.sparkberry.model;

import java.util.function.IntSupplier;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** How many bits a vector has in this JVM: as many as suit the processor, at most {@link Kernels#LANES} × 64. */
final class WidthSimd implements IntSupplier {
    static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED.length() > Kernels.LANES
            ? LongVector.SPECIES_512
            : LongVector.SPECIES_PREFERRED;

    static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, LONGS.vectorShape());

    @Override
    public int getAsInt() {
        return LONGS.vectorBitSize();
    }
}
