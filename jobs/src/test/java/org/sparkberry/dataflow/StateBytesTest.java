package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.model.Darts;

class StateBytesTest {
    @Test
    void aLedgerComesBackWithAllItsAccounts() throws Exception {
        Ledger<Proportion> ledger = new Ledger<>();
        ledger.enter("host pi1", new Darts(), BlockRanges.of(0, 5), hits(3, 5));
        ledger.enter("host pi2", new Darts(), BlockRanges.of(7, 9), hits(1, 2));

        @SuppressWarnings("unchecked") // It was one.
        Ledger<Proportion> back = (Ledger<Proportion>) StateBytes.read(StateBytes.write(ledger), Proportion.class);

        assertThat(back.blocks()).isEqualTo(BlockRanges.of(0, 5).plus(BlockRanges.of(7, 9)));
        assertThat(back.blocksOf("host pi2")).isEqualTo(BlockRanges.of(7, 9));
        back.strike("host pi1");
        assertThat(back.merged(new Darts()).successes()).isEqualTo(1);
        assertThat(back.merged(new Darts()).trials()).isEqualTo(2);
    }

    @Test
    void objectsThatNoStateConsistsOfAreNotMade() throws Exception {
        assertThatThrownBy(() -> StateBytes.read(bytes(URI.create("file:/etc")), Proportion.class))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("REJECTED");
    }

    private static byte[] bytes(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Proportion hits(long successes, long trials) {
        Proportion proportion = new Proportion();
        proportion.add(successes, trials);
        return proportion;
    }
}
