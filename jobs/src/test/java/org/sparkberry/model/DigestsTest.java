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
            "darts", "9e556656ce1d1733f271be2a39a569f735927c385dbf0a6fff7c8b315aee0f7e",
            "historical-bootstrap-1", "809efe575fdd7cee82df6cd4a40fe1831be5bfcec74918c394d9038c9f5edaac",
            "historical-bootstrap-10", "51a3257f0649d67ac7b28b4e21bb5ea92c1a704231be2ee552af5f44eba4a8bf",
            "historical-bootstrap-250", "83f3bffcd77ce9e0231c1047f606f1e1770d898fce3df4e88ca9c4aa307c46cb",
            "european-RANDOM", "f17b6584e7ea825e38dcdd2458b2a434c5d127c76677d23df6c7fba2ae2217d0",
            "asian-RANDOM", "29ac830d605a37b853db1b098d5fb51a338dc6d09b1c56305036c58372ec882e",
            "european-ANTITHETIC", "788c2b5cced6ab64a882e0e92f89708ef92f65b1acf7aba923589df7078f5a51",
            "asian-ANTITHETIC", "36225b37e5161a1303cfce27f456d6877831dbf464d66fb3f19cf1a59b4f8b4d");

    @Test
    void theBitsOfScalarsAreThoseOfEveryOtherJava() {
        assertThat(Digests.scalar()).isEqualTo(PINNED);
    }

    @Test
    void theBitsOfVectorsAreThoseOfScalars() {
        assertThat(Digests.vector()).isEqualTo(PINNED);
    }
}
