package org.sparkberry.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A jar with a job of a user's own, or with what such a job needs.
 *
 * @param path of the file, absolute
 * @param sha256 of its bytes, as 64 hexadecimal digits: what tells one build of a job from the next
 */
public record JobJar(String path, String sha256) {
    /**
     * The jar in this file.
     *
     * @throws BadInput if it cannot be read
     */
    public static JobJar of(Path file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return new JobJar(
                    file.toAbsolutePath().normalize().toString(), HexFormat.of().formatHex(hash));
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + BadInput.reason(e), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Checks that the file is still there, and still the same.
     *
     * @throws BadInput if not
     */
    public void checkUnchanged() {
        if (!Files.exists(Path.of(path))) {
            throw new BadInput(path + ": no such file; the sweep was begun with this jar, put it back");
        }
        if (!of(Path.of(path)).equals(this)) {
            throw new BadInput(path + ": was changed since the sweep began, and one sweep measures one program; put the"
                    + " old jar back, or start a new sweep");
        }
    }
}
