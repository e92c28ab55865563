package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The bits of every model are pinned: the same on every Java from 17 on, with the vector module and without. The digests
 * are those of this code; that they are right is the matter of each model's own test. A digest that changes is a change
 * that users see: say so in CHANGELOG.md.
 */
final class DigestsTest {
    static final Map<String, String> PINNED = Map.of(
            "darts", "598789c461c5b101d4080d56cffe7050c277f04e5c33b26764c3b32e97ca6793",
            "historical-bootstrap-1", "1f9ee4e18e104e1a245de1d8059064f0b7646851f2caf4f60a9c789b4056fb52",
            "historical-bootstrap-10", "c47f3929cdcc4c8f99e6359b8c26af0a92f4b5e3cf040c31978a7493f86e924f",
            "historical-bootstrap-250", "ae68d3fa27cf209147645f3752cb523d3062b6f81d097a3dbdef2d2af7325591");

    @Test
    void theBitsOfScalarsAreThoseOfEveryOtherJava() {
        assertThat(Digests.scalar()).isEqualTo(PINNED);
    }

    @Test
    void theBitsOfVectorsAreThoseOfScalars() {
        assertThat(Digests.vector()).isEqualTo(PINNED);
    }
}
