package org.sparkberry.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkberry.dataflow.Share;
import org.sparkberry.dataflow.Shared;
import org.sparkberry.dataflow.SparkSteps;
import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.estimate.ExactSum;
import org.sparkberry.estimate.Histogram;
import org.sparkberry.estimate.Moments;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Quantiles;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.Contract;
import org.sparkberry.model.ExercisePolicy;
import org.sparkberry.model.HistoricalBootstrap;
import org.sparkberry.model.LeastSquaresPolicy;
import org.sparkberry.model.Losses;
import org.sparkberry.model.Market;
import org.sparkberry.model.Right;
import org.sparkberry.model.Work;
import org.sparkberry.random.Streams;
import org.sparkberry.record.HostState;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Every class that travels between processes goes through the very serialiser that Spark uses, and back. */
class RegistrationTest {
    private static final double[] VALUES = {0.1, -2.5, 3e-9, 1e150, -1e150, 7, 0, Math.PI, -0.004};

    static Stream<Class<?>> classes() {
        return Registration.CLASSES.stream();
    }

    @Test
    void whatIsRegisteredIsWhatIsTriedHere() {
        assertThat(Registration.CLASSES)
                .containsExactlyInAnyOrderElementsOf(samples().keySet());
    }

    @ParameterizedTest
    @MethodSource("classes")
    void everyRegisteredClassTravelsWithItsContent(Class<?> type) {
        Object sample = sample(type);
        assertThat(sample.getClass()).isEqualTo(type);
        Object back = throughSpark(sample);
        assertThat(back.getClass()).isEqualTo(type);
        assertThat(content(back)).isEqualTo(content(sample));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void samplesHaveContentThatAnEmptyObjectHasNot(Class<?> type) {
        // Otherwise the test above would not see that content is lost.
        Object empty = empties().get(type);
        if (empty != null) {
            assertThat(content(sample(type))).isNotEqualTo(content(empty));
            assertThat(content(throughSpark(empty))).isEqualTo(content(empty));
        }
    }

    @Test
    void anEstimatorThatTravelledMergesLikeOneThatStayed() {
        Losses stayed = losses(2);
        stayed.merge(losses(3));
        Losses travelled = (Losses) throughSpark(losses(2));
        travelled.merge((Losses) throughSpark(losses(3)));
        assertThat(content(travelled)).isEqualTo(content(stayed));
    }

    /** What all tasks share is sent as tasks are: its own classes need not be registered. */
    @Test
    void aCarriedValueTravelsWhateverItIs() {
        assertThat(throughSpark(new Shared.Carried(new Stranger(5)))).isEqualTo(new Shared.Carried(new Stranger(5)));
    }

    @Test
    void aClassThatIsNotRegisteredDoesNotTravel() {
        assertThatThrownBy(() -> throughSpark(new Stranger(1)))
                .hasStackTraceContaining("Class is not registered: " + Stranger.class.getName());
        assertThatThrownBy(() -> throughSpark(new Stranger[0])).hasStackTraceContaining("Class is not registered");
    }

    private record Stranger(int value) implements Serializable {}

    private static Object sample(Class<?> type) {
        return Optional.ofNullable(samples().get(type))
                .orElseThrow(() -> new AssertionError("registered without a sample here: " + type));
    }

    /** Of every registered class one that is full. */
    private static Map<Class<?>, Object> samples() {
        ExecutorState state = new ExecutorState("7", new HostState("pi3", 4711, 0x50005, 1 << 20, 48.312, -7));
        return Map.ofEntries(
                Map.entry(Estimator[].class, new Estimator<?>[] {proportion(), moments(), losses(2)}),
                Map.entry(ControlledMeans.class, controlledMeans()),
                Map.entry(ExactSum[].class, new ExactSum[] {exactSum(), new ExactSum(), exactSum()}),
                Map.entry(ExactSum.class, exactSum()),
                Map.entry(Histogram.class, histogram()),
                Map.entry(Moments.class, moments()),
                Map.entry(Proportion.class, proportion()),
                Map.entry(Quantiles.class, quantiles()),
                Map.entry(ExercisePolicy.class, policy()),
                Map.entry(Losses.class, losses(2)),
                Map.entry(Share.class, new Share<>(losses(2), "3", new long[] {7, 9}, new long[] {-1, 5})),
                Map.entry(ExecutorState.class, state),
                Map.entry(ExecutorState[].class, new ExecutorState[] {
                    state, new ExecutorState("8", new HostState("pi4", 1, -1, -1, Double.NaN, 0)), state
                }),
                Map.entry(HostState.class, state.host()),
                Map.entry(long[][].class, new long[][] {{1, Long.MIN_VALUE}, null, {}}),
                Map.entry(double[][].class, new double[][] {{1, -0.0}, null, {Double.MIN_VALUE}}),
                Map.entry(SparkSteps.Part.class, part(3)),
                Map.entry(SparkSteps.Part[].class, new SparkSteps.Part[] {part(0), part(7)}));
    }

    private static SparkSteps.Part part(int first) {
        return new SparkSteps.Part(first, new double[][] {{1, 2}, {3}}, new double[][] {null, {4}});
    }

    private static Map<Class<?>, Object> empties() {
        return Map.of(
                Estimator[].class, new Estimator<?>[0],
                ControlledMeans.class, new ControlledMeans(1),
                ExactSum[].class, new ExactSum[0],
                ExactSum.class, new ExactSum(),
                Histogram.class, new Histogram(-3, 4, 5),
                Moments.class, new Moments(),
                Proportion.class, new Proportion(),
                Quantiles.class, new Quantiles(7, 1e-6),
                ExercisePolicy.class, new ExercisePolicy(),
                Losses.class, bootstrap().estimator());
    }

    private static ControlledMeans controlledMeans() {
        ControlledMeans means = new ControlledMeans(1);
        for (int replicate = 0; replicate < ControlledMeans.REPLICATES; replicate++) {
            double c = VALUES[replicate % 7];
            double y = VALUES[replicate % 5] + replicate;
            means.add(replicate, 5, new double[] {c, c * c, y * y, y, y * y, y * c});
        }
        return means;
    }

    private static ExactSum exactSum() {
        ExactSum sum = new ExactSum();
        for (double value : VALUES) {
            sum.add(value);
        }
        return sum;
    }

    private static Histogram histogram() {
        Histogram histogram = new Histogram(-3, 4, 5);
        for (double value : VALUES) {
            histogram.add(value);
        }
        return histogram;
    }

    private static Moments moments() {
        Moments moments = new Moments();
        for (double value : VALUES) {
            moments.add(value);
        }
        return moments;
    }

    private static Proportion proportion() {
        Proportion proportion = new Proportion();
        proportion.add(3, 1L << 60);
        return proportion;
    }

    private static Quantiles quantiles() {
        Quantiles quantiles = new Quantiles(7, 1e-6);
        for (double value : VALUES) {
            quantiles.add(value);
        }
        return quantiles;
    }

    private static ExercisePolicy policy() {
        LeastSquaresPolicy model = new LeastSquaresPolicy(new Market(36, 0.06, 0.2), new Contract(Right.PUT, 40, 1), 3);
        ExercisePolicy policy = model.estimator();
        model.compute(new Work(new Streams(1, "test"), 100, 100).block(0), policy);
        return policy;
    }

    private static Losses losses(long block) {
        HistoricalBootstrap model = bootstrap();
        Losses losses = model.estimator();
        model.compute(new Work(new Streams(1, "test"), 1000, 100).block(block), losses);
        return losses;
    }

    private static HistoricalBootstrap bootstrap() {
        return new HistoricalBootstrap(new double[] {0.01, -0.02, 0.005, 0.013}, 10);
    }

    /** All that can be seen of an object, to compare it by. */
    private static Object content(Object object) {
        if (object instanceof long[][] || object instanceof double[][]) {
            return Arrays.deepToString((Object[]) object);
        }
        if (object instanceof Object[] array) {
            return Arrays.stream(array).map(RegistrationTest::content).toList();
        }
        if (object instanceof SparkSteps.Part part) {
            return List.of(part.first(), content(part.states()), content(part.shown()));
        }
        if (object instanceof Histogram histogram) {
            return histogram.table("histogram");
        }
        if (object instanceof Moments moments) {
            return List.of(moments.count(), moments.mean(), moments.variance());
        }
        if (object instanceof Share<?> share) {
            return List.of(
                    content(share.estimator()),
                    share.executor(),
                    IntStream.range(0, share.fingerprints())
                            .mapToObj(i -> share.block(i) + " " + share.fingerprint(i))
                            .toList());
        }
        if (object instanceof ControlledMeans means) {
            return means.trials() == 0
                    ? List.of()
                    : List.of(
                            means.trials(),
                            means.independent(true).estimate("y", 0),
                            means.randomised(true).estimate("y", 0),
                            means.randomised(true).varianceReduction("reduction", 1));
        }
        if (object instanceof Proportion proportion) {
            return List.of(proportion.successes(), proportion.trials());
        }
        if (object instanceof Quantiles quantiles) {
            return quantiles.count() == 0 ? List.of() : everyRank(quantiles);
        }
        if (object instanceof ExercisePolicy policy) {
            return Arrays.toString(policy.coefficients());
        }
        if (object instanceof Losses losses) {
            Table table = losses.histogram().table("losses");
            return List.of(
                    content(losses.moments()),
                    content(losses.quantiles()),
                    new Result(losses.moments().count(), List.of(), List.of(table)).digest());
        }
        return object;
    }

    private static List<Estimate> everyRank(Quantiles quantiles) {
        List<Estimate> all = new ArrayList<>();
        for (long rank = 1; rank <= quantiles.count(); rank++) {
            all.add(quantiles.quantile("q", (rank - 0.5) / quantiles.count()));
        }
        return all;
    }

    private static Object throughSpark(Object object) {
        SparkConf conf = new SparkConf(false)
                .set("spark.kryo.registrationRequired", "true")
                .set("spark.kryo.registrator", Registration.class.getName());
        SerializerInstance kryo = new KryoSerializer(conf).newInstance();
        ClassTag<Object> any = ClassTag$.MODULE$.apply(Object.class);
        ByteBuffer bytes = kryo.serialize(object, any);
        return kryo.deserialize(bytes, any);
    }
}
