package org.sparkberry.dataflow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** What was done so far as the bytes of a checkpoint. */
final class StateBytes {
    private StateBytes() {}

    static byte[] write(Serializable state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out =
                new ObjectOutputStream(new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED), 1 << 16))) {
            out.writeObject(state);
        }
        return bytes.toByteArray();
    }

    /**
     * What these bytes are.
     *
     * @param job a class of the job that wrote them: its package's classes may be among them
     * @throws IOException if they are none, or hold objects of classes that no state of such a job consists of
     */
    static Object read(byte[] bytes, Class<?> job) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new StateStream(bytes, job)) {
            return in.readObject();
        }
    }

    /** Makes objects of classes that states consist of, and of no others, whoever wrote the file. */
    private static final class StateStream extends ObjectInputStream {
        private final ClassLoader loader;

        StateStream(byte[] state, Class<?> job) throws IOException {
            super(new InflaterInputStream(new ByteArrayInputStream(state)));
            ClassLoader own = job.getClassLoader();
            this.loader = own == null ? StateBytes.class.getClassLoader() : own;
            String ours = "org.sparkberry.";
            String theirs = job.getPackageName() + ".";
            setObjectInputFilter(info -> {
                Class<?> type = info.serialClass();
                while (type != null && type.isArray()) {
                    type = type.getComponentType();
                }
                boolean isFit = type == null
                        || type.isPrimitive()
                        || type.getName().startsWith(ours)
                        || type.getName().startsWith(theirs)
                        || type.getName().matches("java\\.(lang|math|util)\\.[A-Za-z$]+");
                return isFit ? ObjectInputFilter.Status.ALLOWED : ObjectInputFilter.Status.REJECTED;
            });
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
