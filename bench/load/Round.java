import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as the report shows them. */
final class Round {

    private Round() {}

    static double to(int digits, double value) {
        return Double.isFinite(value) ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).doubleValue() : -1;
    }
}
