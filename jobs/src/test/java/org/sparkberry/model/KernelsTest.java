package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.random.WidthSimd;

final class KernelsTest {
    private interface LostKernel {}

    private static final LostKernel FALLBACK = new LostKernel() {};

    @Test
    void saysWhatComputes() {
        // This JVM has the module (Surefire's argLine) and the second compiler.
        int bits = new WidthSimd().getAsInt();
        assertThat(bits).isIn(64, 128, 256, 512);
        assertThat(Kernels.inUse())
                .isEqualTo(
                        Kernels.usefulBits(System.getProperties()) == 0
                                ? "scalar"
                                : "vector, " + bits / 64 + " × 64 bits");
    }

    /** What JVMs say of themselves, as {@code java -XshowSettings:properties -version} prints it. */
    @ParameterizedTest
    @CsvSource({
        "'mixed mode', 17.0.15+6, true",
        "'mixed mode, sharing', 17.0.15+6, true",
        "'mixed mode, emulated-client, sharing', 17.0.15+6, false",
        "'interpreted mode', 17.0.15+6, false",
        "'mixed mode, sharing', 21.0.2+13-jvmci-23.1-b30, false",
        "'JRE 17 Linux amd64-64-Bit Compressed References (JIT enabled, AOT enabled)', openj9-0.45.0, false"
    })
    void vectorsAreUsedOnlyWhereTheSecondCompilerIs(String info, String version, boolean useful) {
        Properties properties = new Properties();
        properties.setProperty("java.vm.info", info);
        properties.setProperty("java.vm.version", version);
        properties.setProperty("os.arch", "aarch64");

        int bits = new WidthSimd().getAsInt();
        assertThat(Kernels.usefulBits(properties)).isEqualTo(useful && bits >= 128 ? bits : 0);
    }

    @Test
    void whatCannotBeLoadedIsComputedByScalars() {
        assertThat(Kernels.choose(LostKernel.class, FALLBACK, kernel -> {}).get())
                .isSameAs(FALLBACK);
    }

    @Test
    void scalarsComputeUntilTheVectorsAreRehearsed() throws Exception {
        assumeTrue(!Kernels.inUse().equals("scalar"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        DartsKernel scalar = new DartsScalar();
        Supplier<DartsKernel> kernel = Kernels.choose(DartsKernel.class, scalar, vector -> {
            begun.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        assertThat(kernel.get()).isSameAs(scalar);
        mayGoOn.countDown();
        while (kernel.get() == scalar) {
            Thread.onSpinWait();
        }
        assertThat(kernel.get()).isInstanceOf(DartsSimd.class);
    }
}
