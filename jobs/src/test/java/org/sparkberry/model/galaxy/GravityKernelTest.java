package org.sparkberry.model.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.sparkberry.model.Kernels;
import org.sparkberry.random.Streams;

final class GravityKernelTest {
    private static final List<GravityKernel> KERNELS = List.of(new GravityScalar(), new GravitySimd());

    /** By hand: r = (3, 4, 0), r² + ε² = 25 + 11 = 36, so m/r³ = 72/216 and m/r = 72/6. */
    @Test
    void softenedAttractionIsThatOfACalculationByHand() {
        for (GravityKernel kernel : KERNELS) {
            double[] sums = new double[4];
            kernel.add(new double[] {1, 1, 1, 5}, new double[] {4, 5, 1, 72}, false, 11, sums);

            assertThat(sums).containsExactly(new double[] {1, 4.0 / 3, 0, 12}, within(1e-14));
        }
    }

    @Test
    void aBodyDoesNotActOnItself() {
        for (GravityKernel kernel : KERNELS) {
            int bodies = 40;
            double[] group = random(bodies, 1);
            double[] sums = new double[4 * bodies];
            kernel.add(group, group, true, 0, sums);

            // Every other one, without softening, as Math.sqrt has it.
            double depth = 0;
            for (int other = 1; other < bodies; other++) {
                double dx = group[other] - group[0];
                double dy = group[bodies + other] - group[bodies];
                double dz = group[2 * bodies + other] - group[2 * bodies];
                depth += group[3 * bodies + other] / Math.sqrt(dx * dx + dy * dy + dz * dz);
            }
            assertThat(sums[3 * bodies]).isCloseTo(depth, within(1e-13 * depth));
        }
    }

    @Test
    void vectorsGiveTheBitsOfScalars() {
        for (int targets : new int[] {1, 7, 16, 64, 77}) {
            for (int sources : new int[] {1, 64, 100}) {
                double[][] sums = new double[2][4 * targets];
                for (int kernel = 0; kernel < 2; kernel++) {
                    double[] group = random(targets, 2);
                    KERNELS.get(kernel).add(group, random(sources, 3), false, 0.01, sums[kernel]);
                    KERNELS.get(kernel).add(group, group, true, 0, sums[kernel]);
                }
                assertThat(sums[1]).isEqualTo(sums[0]);
            }
        }
    }

    @Test
    void theBitsDoNotDependOnHowManyBodiesABlockHolds() {
        Bodies start = PlummerSphere.bodies(150, new Streams(5, "galaxy"));
        NBody.Settings settings = new NBody.Settings(1, 0.05, 0.01, 20, 1, 0);
        List<double[]> whole =
                Run.course(new NBody(start, settings, 150), new GravityScalar()).states();
        for (GravityKernel kernel : KERNELS) {
            for (int size : new int[] {1, 7, 64, 149}) {
                List<double[]> states =
                        Run.course(new NBody(start, settings, size), kernel).states();
                int body = 0;
                for (double[] state : states) {
                    int count = BlockState.bodies(state);
                    for (int i = 0; i < count; i++, body++) {
                        for (int row = 0; row < BlockState.ROWS; row++) {
                            assertThat(state[row * count + i]).isEqualTo(whole.get(0)[row * 150 + body]);
                        }
                    }
                }
                assertThat(body).isEqualTo(150);
            }
        }
    }

    /** Against roots of 40 digits. The random numbers are the same in every run. */
    @Test
    void theInverseRootIsRightToOneAndAHalfUnitsInTheLastPlace() {
        Random random = new Random(1);
        MathContext digits = new MathContext(40);
        for (int i = 0; i < 20_000; i++) {
            double x = Math.scalb(1 + random.nextDouble(), i % 40 == 0 ? random.nextInt(1_900) - 950 : i & 1);
            BigDecimal exact = BigDecimal.ONE.divide(new BigDecimal(x).sqrt(digits), digits);
            double root = InverseRoot.of(x);
            double units = new BigDecimal(root).subtract(exact).doubleValue() / Math.ulp(exact.doubleValue());

            assertThat(Math.abs(units)).as("1/√%s", x).isLessThan(1.5);
        }
    }

    /** A kernel in a package of its own is found only if it is public: else scalars would compute, and nobody see it. */
    @Test
    void theVectorsAreFound() throws InterruptedException {
        assumeTrue(!Kernels.inUse().equals("scalar"));
        Supplier<Optional<GravityKernel>> found = Kernels.find(GravityKernel.class, kernel -> {});
        for (int i = 0; i < 3000 && found.get().isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(found.get()).containsInstanceOf(GravitySimd.class);
    }

    private static double[] random(int bodies, long seed) {
        Random random = new Random(seed);
        return random.doubles(4L * bodies, 0.1, 1).toArray();
    }
}
