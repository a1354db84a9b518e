import io.vertx.core.json.JsonObject;

/** Counts of durations in buckets under one percent wide; records without allocating. Confined to one thread at a time. */
final class Latencies {

    private static final int SUB = 128;
    private static final int SUB_BITS = 7;

    private final long[] counts = new long[(64 - SUB_BITS + 1) * SUB];
    private long total;
    private long max;

    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[index(value)]++;
        total++;
        max = Math.max(max, value);
    }

    void add(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        max = Math.max(max, other.max);
    }

    long count() {
        return total;
    }

    double millis(double quantile) {
        long rank = (long) Math.ceil(total * quantile);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return Math.min(max, lowest(i)) / 1e6;
            }
        }
        return 0;
    }

    JsonObject json() {
        return new JsonObject()
                .put("p50_ms", Round.to(3, millis(0.5)))
                .put("p99_ms", Round.to(3, millis(0.99)))
                .put("p99_9_ms", Round.to(3, millis(0.999)))
                .put("max_ms", Round.to(3, max / 1e6));
    }

    private static int index(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(value);
        int sub = (int) (value >>> (exponent - SUB_BITS)) & (SUB - 1);
        return (exponent - SUB_BITS + 1) * SUB + sub;
    }

    private static long lowest(int index) {
        if (index < SUB) {
            return index;
        }
        int exponent = index / SUB + SUB_BITS - 1;
        return (1L << exponent) + ((long) (index % SUB) << (exponent - SUB_BITS));
    }
}
