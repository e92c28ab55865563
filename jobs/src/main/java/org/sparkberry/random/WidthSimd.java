package org.sparkberry.random;

import java.util.function.IntSupplier;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** How many bits a vector has in this JVM: as many as suit the processor, at most 512, which are eight lanes. */
public final class WidthSimd implements IntSupplier {
    public static final VectorSpecies<Long> LONGS =
            LongVector.SPECIES_PREFERRED.length() > 8 ? LongVector.SPECIES_512 : LongVector.SPECIES_PREFERRED;

    public static final VectorSpecies<Double> DOUBLES =
            LongVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    @Override
    public int getAsInt() {
        return LONGS.vectorBitSize();
    }
}
