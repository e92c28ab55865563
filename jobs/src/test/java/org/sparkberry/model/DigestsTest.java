package org.sparkberry.model;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The bits of every model are pinned: the same on every Java from 17 on, with the vector module and without. The digests
 * are those of this code; that they are right is the matter of each model's own test. A digest that changes is a change
 * that users see: say so in CHANGELOG.md.
 */
final class DigestsTest {
    static final Map<String, String> PINNED = Map.ofEntries(
            entry("darts", "9e556656ce1d1733f271be2a39a569f735927c385dbf0a6fff7c8b315aee0f7e"),
            entry("gravitational-waves", "02a3369f9f3f33884c55b94049e551a673a2c1e1b81010262d0f5ee3fa61ae24"),
            entry("historical-bootstrap-1", "809efe575fdd7cee82df6cd4a40fe1831be5bfcec74918c394d9038c9f5edaac"),
            entry("historical-bootstrap-10", "51a3257f0649d67ac7b28b4e21bb5ea92c1a704231be2ee552af5f44eba4a8bf"),
            entry("historical-bootstrap-250", "83f3bffcd77ce9e0231c1047f606f1e1770d898fce3df4e88ca9c4aa307c46cb"),
            entry("european-RANDOM", "f17b6584e7ea825e38dcdd2458b2a434c5d127c76677d23df6c7fba2ae2217d0"),
            entry("asian-RANDOM", "29ac830d605a37b853db1b098d5fb51a338dc6d09b1c56305036c58372ec882e"),
            entry("european-ANTITHETIC", "788c2b5cced6ab64a882e0e92f89708ef92f65b1acf7aba923589df7078f5a51"),
            entry("asian-ANTITHETIC", "36225b37e5161a1303cfce27f456d6877831dbf464d66fb3f19cf1a59b4f8b4d"),
            entry("galaxy-plummer", "561751e68e236be95ac35ec3d3bf681460f5bb76bab650b1c1c1a94f00308e6a"),
            entry("galaxy-encounter", "078882acb557ccec4818029fc05025a3ae59c1d3c91c28da751f18f30f14468f"),
            entry("american-RANDOM", "a05115402ba6901a68e83f9e8e2445cfc0758b8b5e875066218d53a5845e8c8c"),
            entry("barrier-RANDOM", "260375f2263b26d84e215b33b5f3312b8564c6315575ea2fad4e3ed37a930873"),
            entry("barrier-dates-RANDOM", "0ec447f25fa5ce427c5374b968dd5e3e17323d30cab81cb73baf90470ee0d5c5"),
            entry("lookback-RANDOM", "cee6447b5abe32b8546e1dfd058164a402b816e2a0be719125a383a4b142d696"),
            entry("lookback-dates-RANDOM", "27f74e1b539b2c6a18b31bb5065e0442c36a6d880237316857f38c905c90f06c"),
            entry("heston-RANDOM", "a04e3f82cbfea24b6607211588f9fd584d7430e19718cc5be24ce68df947bde9"),
            entry("american-ANTITHETIC", "2eed4aac31898a61dcd4b5108ef227dccbead59cfe3a72b8713a5360821dba50"),
            entry("barrier-ANTITHETIC", "4c54ea6be7346d0509d0416093fbd37148f1d46dc52970ca2f53572c3c6c77f5"),
            entry("barrier-dates-ANTITHETIC", "7ed03d2e3a813ae5438144c472e1417f3a15a48eba31895ca71ca6c5f3dca6f0"),
            entry("lookback-ANTITHETIC", "1eb3e77dc125e5aeb11733e6f3492362add84ed48e9f05ce32f7b4356af62091"),
            entry("lookback-dates-ANTITHETIC", "c66b76634747cb211914c5d5e362d8bbbae7c118360696685313a7a50f34ac27"),
            entry("heston-ANTITHETIC", "68407305523bcb6e04e28dc301eb3e2e0d94eef94a204cd1c0fe3ff073b506d0"),
            entry("european-SOBOL", "f8e42526b127dc08c26e339999672499b547bb6d203f51d5026b669b881b4bab"),
            entry("asian-SOBOL", "8b957c1bbb1fc5f1c90518934806e2132f5f67b31846ad083e42c2696d3d39bc"),
            entry("american-SOBOL", "f1ca9a451c7522425c70fbd17dc2774ec320fd4bc1f014e295e10796e84a41bd"),
            entry("barrier-SOBOL", "d4daf37e6b00fec82eb995a3d3bb06d4c0dc3dc666a176849a2763a8c500e93e"),
            entry("barrier-dates-SOBOL", "85bce71814d1a1a03a7a7ac71027e144743241d18ede906c16da4c72312592af"),
            entry("lookback-SOBOL", "cb18f764050994b6fa6c5b70edd6d7cc893dbd544cca105705c41fef83ec488a"),
            entry("lookback-dates-SOBOL", "a9d458e5dccfdfcd5b61056538f097cc2b5a448a746091b12e9f65fdcf78f4ba"),
            entry("heston-SOBOL", "eb53f622915a5fbc863a904d3837f2c74b10ba90bbbed317979e3def2a6fa06a"));

    @Test
    void theBitsOfScalarsAreThoseOfEveryOtherJava() {
        assertThat(Digests.scalar()).isEqualTo(PINNED);
    }

    @Test
    void theBitsOfVectorsAreThoseOfScalars() {
        assertThat(Digests.vector()).isEqualTo(PINNED);
    }
}
