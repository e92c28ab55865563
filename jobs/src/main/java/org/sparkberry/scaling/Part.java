package org.sparkberry.scaling;

import java.util.Locale;
import org.sparkberry.record.CoreSeconds;

/** A part of the time of an iteration's cores. */
public enum Part {
    COMPUTE(Cause.SLOWER_CORES),
    GARBAGE_COLLECTION(Cause.GARBAGE_COLLECTION),
    DESERIALIZATION(Cause.DESERIALIZATION),
    SCHEDULER_DELAY(Cause.SCHEDULER_DELAY),
    SHUFFLE(Cause.SHUFFLE),
    RESULT(Cause.RESULT),
    IDLE_CORES(Cause.IDLE_CORES),
    DRIVER(Cause.DRIVER);

    private final Cause cause;

    Part(Cause cause) {
        this.cause = cause;
    }

    /** Its name in files: {@code idle-cores}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What limits the scaling if this part grows most. */
    Cause cause() {
        return cause;
    }

    double of(CoreSeconds coreSeconds) {
        return switch (this) {
            case COMPUTE -> coreSeconds.computeSeconds();
            case GARBAGE_COLLECTION -> coreSeconds.gcSeconds();
            case DESERIALIZATION -> coreSeconds.deserializeSeconds();
            case SCHEDULER_DELAY -> coreSeconds.schedulerSeconds();
            case SHUFFLE -> coreSeconds.shuffleSeconds();
            case RESULT -> coreSeconds.resultSeconds();
            case IDLE_CORES -> coreSeconds.idleSeconds();
            case DRIVER -> coreSeconds.driverSeconds();
        };
    }
}
