package org.sparkberry.dataflow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.sparkberry.estimate.Estimator;

/** A ledger as the bytes of a checkpoint. */
final class LedgerBytes {
    private LedgerBytes() {}

    static byte[] write(Ledger<?> ledger) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out =
                new ObjectOutputStream(new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED), 1 << 16))) {
            out.writeObject(ledger);
        }
        return bytes.toByteArray();
    }

    /**
     * The ledger that these bytes are.
     *
     * @param empty an estimator of the kind that it holds
     * @throws IOException if they are none, or hold objects of classes that no ledger of such estimators consists of
     */
    @SuppressWarnings("unchecked") // The first block's fingerprint has shown that this job wrote it.
    static <E extends Estimator<E>> Ledger<E> read(byte[] bytes, E empty) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new LedgerStream(bytes, empty.getClass())) {
            return (Ledger<E>) in.readObject();
        }
    }

    /** Makes objects of classes that ledgers consist of, and of no others, whoever wrote the file. */
    private static final class LedgerStream extends ObjectInputStream {
        private final ClassLoader loader;

        LedgerStream(byte[] state, Class<?> estimator) throws IOException {
            super(new InflaterInputStream(new ByteArrayInputStream(state)));
            ClassLoader own = estimator.getClassLoader();
            this.loader = own == null ? LedgerBytes.class.getClassLoader() : own;
            String ours = "org.sparkberry.";
            String theirs = estimator.getPackageName() + ".";
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
