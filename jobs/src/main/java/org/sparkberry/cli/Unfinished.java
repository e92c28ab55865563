package org.sparkberry.cli;

/** Says how to go on, if a run that has begun does not end: when it is closed, and when the process is stopped. */
final class Unfinished implements AutoCloseable {
    private final Terminal terminal;
    private final String command;
    private final Thread hook = new Thread(this::tell, "tell how to go on");
    private boolean hasBegun;

    /** @param command goes on with the run */
    Unfinished(Terminal terminal, String command) {
        this.terminal = terminal;
        this.command = command;
    }

    /** From now on there is something to go on from. */
    void begin() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            hasBegun = true;
        } catch (IllegalStateException e) {
            // The process is being stopped before anything was done.
        }
    }

    /**
     * Nothing is to be gone on with.
     *
     * @return false if the process is being stopped, and it was said already how to go on
     */
    boolean forget() {
        boolean isInTime = !hasBegun || removeHook();
        hasBegun = false;
        return isInTime;
    }

    @Override
    public void close() {
        if (hasBegun && removeHook()) {
            tell();
        }
    }

    /** Returns false if the process is being stopped: then the hook tells. */
    private boolean removeHook() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void tell() {
        terminal.note("what was done is kept; go on with: " + command);
    }
}
