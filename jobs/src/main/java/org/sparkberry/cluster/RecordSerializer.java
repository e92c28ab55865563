package org.sparkberry.cluster;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.RecordComponent;

/** Kryo 4 cannot make records: this writes their components and calls their constructor. */
final class RecordSerializer extends Serializer<Record> {
    @Override
    public void write(Kryo kryo, Output output, Record value) {
        try {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                kryo.writeClassAndObject(output, component.getAccessor().invoke(value));
            }
        } catch (ReflectiveOperationException e) {
            throw new KryoException("not a public record: " + value.getClass(), e);
        }
    }

    @Override
    public Record read(Kryo kryo, Input input, Class<Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = kryo.readClassAndObject(input);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new KryoException("not a public record: " + type, e);
        }
    }
}
