package org.sparkberry.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSerializerTest {
    record Inner(double real, boolean yes) {}

    record Outer(int whole, long large, @Nullable String text, Inner first, Inner second) {}

    record Positive(int value) {
        Positive {
            if (value < 1) {
                throw new IllegalArgumentException("must be at least 1: " + value);
            }
        }
    }

    private record Hidden(int value) {}

    /** Spark's default, spark.kryo.referenceTracking, is true. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRecordOfRecordsComesBackToTheBit(boolean references) {
        Inner same = new Inner(Double.NaN, true);
        Outer record = new Outer(Integer.MIN_VALUE, 1L << 62, "π, \"σ\"", same, same);
        assertThat(throughKryo(record, references)).isEqualTo(record);
        Outer other = new Outer(0, -1, null, new Inner(-0.0, false), new Inner(Double.MIN_VALUE, true));
        assertThat(throughKryo(other, references)).isEqualTo(other);
    }

    @Test
    void whatWasSharedIsSharedAgain() {
        Inner same = new Inner(1, true);
        Inner[] both = (Inner[]) throughKryo(new Inner[] {same, same, new Inner(1, true)}, true);
        assertThat(both).containsExactly(same, same, same);
        assertThat(both[1]).isSameAs(both[0]);
        assertThat(both[2]).isNotSameAs(both[0]);
    }

    @Test
    void theConstructorsChecksHoldForWhatComesIn() {
        Output output = new Output(64);
        Kryo kryo = kryo(true);
        kryo.writeClassAndObject(output, new Positive(1));
        byte[] bytes = output.toBytes();
        // Kryo 4 writes an int in zigzag form: the last byte is 2 for 1, and 0 for 0.
        assertThat(bytes[bytes.length - 1]).isEqualTo((byte) 2);
        bytes[bytes.length - 1] = 0;
        assertThatThrownBy(() -> kryo.readClassAndObject(new Input(bytes)))
                .isInstanceOf(KryoException.class)
                .hasRootCauseMessage("must be at least 1: 0");
    }

    @Test
    void aRecordThatCannotBeReachedIsRefusedByName() {
        assertThatThrownBy(() -> throughKryo(new Hidden(1), true))
                .isInstanceOf(KryoException.class)
                .hasMessageContaining(Hidden.class.getName());
    }

    private static Object throughKryo(Object value, boolean references) {
        Kryo kryo = kryo(references);
        Output output = new Output(64, -1);
        kryo.writeClassAndObject(output, value);
        return kryo.readClassAndObject(new Input(output.toBytes()));
    }

    private static Kryo kryo(boolean references) {
        Kryo kryo = new Kryo();
        kryo.setReferences(references);
        kryo.setRegistrationRequired(true);
        Serializer<Record> serializer = new RecordSerializer();
        kryo.register(Inner.class, serializer);
        kryo.register(Outer.class, serializer);
        kryo.register(Positive.class, serializer);
        kryo.register(Hidden.class, serializer);
        kryo.register(Inner[].class);
        return kryo;
    }
}
