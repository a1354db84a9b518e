package io.github.falcogateway.sink;

/** How many further messages people can take, each asked for once. Confined to one event loop. */
final class Room {

    private int ordinary;
    private int storms;
    private int folds;
    private int reports;

    /**
     * @param ordinary of a group or of what a throttle held
     * @param storms that tell a storm of urgent events
     * @param folds that tell what comes in a flood beside it
     * @param reports digests, and what silences held that are over
     */
    Room(int ordinary, int storms, int folds, int reports) {
        this.ordinary = ordinary;
        this.storms = storms;
        this.folds = folds;
        this.reports = reports;
    }

    boolean takesOrdinary() {
        return ordinary-- > 0;
    }

    boolean takesStorm() {
        return storms-- > 0;
    }

    boolean takesFold() {
        return folds-- > 0;
    }

    boolean takesReport() {
        return reports-- > 0;
    }
}
