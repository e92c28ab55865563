package org.sparkberry.report;

import java.util.List;
import java.util.stream.Stream;
import org.sparkberry.record.ColourScale;

/**
 * The colours of a {@link ColourScale.Map}: every 15th of matplotlib's 256 (viridis and inferno, van der Walt and Smith
 * 2015, public domain), with straight lines between them, which are within 6 of 255 of the others.
 */
final class ColourRamp {
    static final ColourRamp VIRIDIS = new ColourRamp(
            "440154 481769 472a7a 433d84 3d4e8a 355e8d 2e6d8e 297b8e 23898e 1f978b 21a585 2eb37c 46c06f 65cb5e 89d548"
                    + " b0dd2f d8e219 fde725");
    static final ColourRamp INFERNO = new ColourRamp(
            "000004 0a0722 1e0c45 380962 510e6c 69166e 801f6c 982766 b0315b c63d4d d94d3d e9612b f47918 fa9407 fcb014"
                    + " f8cd37 f2ea69 fcffa4");

    private final List<Integer> rgb;

    private ColourRamp(String hex) {
        rgb = Stream.of(hex.split(" "))
                .map(colour -> Integer.valueOf(colour, 16))
                .toList();
    }

    static ColourRamp of(ColourScale.Map map) {
        return switch (map) {
            case VIRIDIS -> VIRIDIS;
            case INFERNO -> INFERNO;
        };
    }

    /** The colour of a share of the way from the least to the most, as 0xRRGGBB; of the nearer end outside. */
    int at(double share) {
        double place = Math.min(1, Math.max(0, share)) * (rgb.size() - 1);
        int before = Math.min((int) place, rgb.size() - 2);
        double part = place - before;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = rgb.get(before) >> shift & 0xff;
            int high = rgb.get(before + 1) >> shift & 0xff;
            colour |= (int) Math.round(low + part * (high - low)) << shift;
        }
        return colour;
    }

    /** The same as {@code #rrggbb}. */
    String hexAt(double share) {
        return String.format("#%06x", at(share));
    }
}
